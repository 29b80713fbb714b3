"""Each record without one person: what is theirs is gone; where others' words stand with it, it names nobody.

`left`: they chose to leave the group what they said they would do, how it went, and questions they put to all.
These stay then, and name nobody. `now` is when: what says a day says that one. All of it can be done twice without
harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from msgspec.structs import replace

from bot.domain.asks import Ask, Routed
from bot.domain.attention import Attention
from bot.domain.commitments import Commitment, FirstStep, Progress, State
from bot.domain.exclusions import Exclusions
from bot.domain.groups import DayPost, Group, GroupSettings, NowSpeaks, OrganisationsPost, SettingsChange
from bot.domain.inquiry import Inquiry
from bot.domain.installation import Installation
from bot.domain.introductions import Introduction
from bot.domain.news import News
from bot.domain.people import Departure, Leader
from bot.domain.pulse import Pulse, without
from bot.domain.purpose import Ended, Purpose, Wording, concluded
from bot.domain.second_account import SecondAccount

ObjectedTo = TypeVar("ObjectedTo", NowSpeaks, SecondAccount, Departure)

NOBODY = "nobody"
"""Who somebody is after they were erased: the same for all of them, so that nothing holds one's words together."""

NO_WORDS = "—"
"""In place of words that were erased, where others' words hang on them."""


def wholly(record: Any, person_id: str, left: bool, now: datetime) -> None:
    """It lies under their own id."""


def untouched(record: Any, person_id: str, left: bool, now: datetime) -> Any:
    """It holds nothing of anybody."""
    return record


def own(record: Any, person_id: str, left: bool, now: datetime) -> Any:
    """Whatever stands under `person_id`: theirs goes whole, another's stays as it is."""
    return None if record.person_id == person_id else record


def by_them(record: Any, person_id: str, left: bool, now: datetime) -> Any:
    """The same of what says `by` whom it is."""
    return None if record.by == person_id else record


def attention(one: Attention, person_id: str, left: bool, now: datetime) -> Attention | None:
    """Of others it holds the ids of matters, which may be made of who they are about."""
    if one.person_id == person_id:
        return None
    return replace(
        one,
        put={id_: put for id_, put in one.put.items() if person_id not in id_},
        ended={id_: at for id_, at in one.ended.items() if person_id not in id_},
    )


def installation(one: Installation, user_id: str, left: bool, now: datetime) -> Installation:
    """By their Slack user id: it stays installed, and nobody is named."""
    return replace(one, installed_by="") if one.installed_by == user_id else one


def group(one: Group, person_id: str, left: bool, now: datetime) -> Group:
    """A convenor's role falls open. Posts of earlier days tell of them no more when they are drawn anew; a second
    account that was theirs goes."""
    return replace(
        one,
        # it names an entry, whose name may be made of their id
        day_claim=None,
        day_post=_day_post(one.day_post, person_id) if one.day_post else None,
        day_posts=tuple(_day_post(each, person_id) for each in one.day_posts),
        second_accounts=tuple(
            _without_objector(each, person_id) for each in one.second_accounts if each.person_id != person_id
        ),
        set_up_by=nobody_for(one.set_up_by, person_id),
        convenor=None if one.convenor == person_id else one.convenor,
        panel_shows=_settings(one.panel_shows, person_id) if one.panel_shows else None,
    )


def _day_post(one: DayPost, person_id: str) -> DayPost:
    return replace(
        one,
        # what a post tells is named by ids, theirs among them
        told=tuple(each for each in one.told if person_id not in each),
        joined={each: at for each, at in one.joined.items() if person_id not in each},
        aloud=tuple(each for each in one.aloud if person_id not in each),
    )


def _settings(one: GroupSettings, person_id: str) -> GroupSettings:
    return replace(one, convenor=None) if one.convenor == person_id else one


def uncalled(called: Mapping[str, str], person_id: str) -> dict[str, str]:
    """How others were called."""
    return {id_: words for id_, words in called.items() if id_ != person_id}


def nobody_for(id_: str, person_id: str) -> str:
    """`NOBODY` in place of them; every other id as it is."""
    return NOBODY if id_ == person_id else id_


def change(one: SettingsChange, person_id: str, left: bool, now: datetime) -> SettingsChange:
    """It stays, since settings follow from it; who made it, or objected, is nobody."""
    return replace(
        one,
        by=nobody_for(one.by, person_id),
        before=_settings(one.before, person_id),
        after=_settings(one.after, person_id),
        objected_by=one.objected_by and nobody_for(one.objected_by, person_id),
        called=uncalled(one.called, person_id),
    )


def speaks_for(one: OrganisationsPost, person_id: str, left: bool, now: datetime) -> OrganisationsPost | None:
    """Their line goes; without another the post goes too."""
    lines = tuple(_without_objector(line, person_id) for line in one.lines if line.person_id != person_id)
    return replace(one, lines=lines) if lines else None


def leader(one: Leader, person_id: str, left: bool, now: datetime) -> Leader | None:
    """Of others it says who objected to their being taken out."""
    if one.person_id == person_id:
        return None
    return replace(one, departure=_without_objector(one.departure, person_id)) if one.departure else one


def _without_objector(one: ObjectedTo, person_id: str) -> ObjectedTo:
    by = nobody_for(one.objected_by, person_id) if one.objected_by else None
    return replace(one, objected_by=by, called=uncalled(one.called, person_id))


# -- commitments ---------------------------------------------------------------------------


def commitment(one: Commitment, person_id: str, left: bool, now: datetime) -> Commitment | None:
    """Their own goes, unless they leave it; where others tend it, it stays for these, without its words. Of
    another's, what they said goes, or stays with nobody's name. What nobody holds can be taken up."""
    made = one.made_by == person_id
    if made and not left:
        others = [id_ for id_ in one.tenders if id_ not in (person_id, NOBODY)]
        if not others or not one.state.open:
            return None
        one = _wordless(one)
    return replace(
        one,
        made_by=nobody_for(one.made_by, person_id),
        tenders=without_id(one.tenders, person_id),
        helpers=without_id(one.helpers, person_id),
        glad=without_id(one.glad, person_id),
        history=_history(one, person_id, left),
        rewordings=tuple(
            replace(each, by=nobody_for(each.by, person_id))
            for each in one.rewordings
            if left or each.by != person_id
        ),
        suggestions=tuple(said for said in one.suggestions if said.by != person_id),
        news=_news(one.news, person_id),
        taken_up=tuple(
            replace(each, by=nobody_for(each.by, person_id), of=nobody_for(each.of, person_id))
            for each in one.taken_up
        ),
        stepped_back=tuple(each for each in one.stepped_back if each.by != person_id),
        passing=tuple(each for each in one.passing if each.to != person_id),
        calls=tuple(
            replace(each, routed=_unrouted(each.routed, person_id)) for each in one.calls if each.by != person_id
        ),
    )


def _wordless(one: Commitment) -> Commitment:
    return replace(
        one, what=NO_WORDS, part="", first_step=FirstStep(), benefit="", rewordings=(), state=State.MOVING, tags=()
    )


def without_id(ids: Iterable[str], person_id: str) -> tuple[str, ...]:
    """The others, in their order."""
    return tuple(id_ for id_ in ids if id_ != person_id)


def _history(one: Commitment, person_id: str, left: bool) -> tuple[Progress, ...]:
    """The first line says that it was made, and nothing else: without it, whoever said something next would be read
    as its maker."""
    lines = [line for line in one.history if left or line.by != person_id or line.at == one.made_at]
    return tuple(replace(line, by=nobody_for(line.by, person_id)) for line in lines)


def _news(news: Iterable[News], person_id: str) -> tuple[News, ...]:
    return tuple(one for one in news if person_id not in (one.to, one.by))


def _unrouted(routed: Iterable[Routed], person_id: str) -> tuple[Routed, ...]:
    """The place stays taken, as that of somebody who is not to be asked: nobody can tell."""
    return tuple(Routed(to=NOBODY, excluded=True) if one.to == person_id else one for one in routed)


# -- asks, introductions, exclusions -----------------------------------------------------------


def ask(one: Ask, person_id: str, left: bool, now: datetime) -> Ask | None:
    """Theirs goes. Of another's: what they said goes, and that they were asked is nobody's."""
    if one.by == person_id:
        return None
    return replace(
        one,
        thanked="" if one.thanked == person_id else one.thanked,
        waves=tuple(replace(wave, routed=_unrouted(wave.routed, person_id)) for wave in one.waves),
        yeses=tuple(yes for yes in one.yeses if yes.by != person_id),
        known=tuple(line for line in one.known if line.by != person_id),
        news=_news(one.news, person_id),
    )


def introduction(one: Introduction, person_id: str, left: bool, now: datetime) -> Introduction | None:
    """Gone, where they are one of the two: nothing of it is the other's alone."""
    return None if person_id in one.people else one


def pulse(one: Pulse, person_id: str, left: bool, now: datetime) -> Pulse | None:
    """Their answer goes while it is open; a closed one holds nobody's."""
    return without(one, person_id)


def exclusions(one: Exclusions, person_id: str, left: bool, now: datetime) -> Exclusions | None:
    """Theirs go; others have them excluded no more."""
    if one.person_id == person_id:
        return None
    return replace(one, of={id_: at for id_, at in one.of.items() if id_ != person_id})


# -- questions to all ----------------------------------------------------------------------------


def inquiry(one: Inquiry, person_id: str, left: bool, now: datetime) -> Inquiry | None:
    """A question that others may have answered stays for their answers, without its words. What they answered
    themselves is withdrawn before (`inquiry.withdraw`); here their name goes."""
    mine = one.by == person_id
    if mine and one.waits:
        return None
    groupings = [each for each in one.groupings if left or each.by != person_id]
    changed = mine and (not left or one.posted is not None)
    return replace(
        one,
        by=nobody_for(one.by, person_id),
        question=NO_WORDS if mine and not left else one.question,
        changes=one.changes + 1 if changed else one.changes,
        answers=tuple(replace(each, by="", called={}) if each.by == person_id else each for each in one.answers),
        called=uncalled(one.called, person_id),
        groupings=tuple(replace(each, by=nobody_for(each.by, person_id)) for each in groupings),
    )


# -- what the group is here for ------------------------------------------------------------------


def purpose(one: Purpose, person_id: str, left: bool, now: datetime) -> Purpose:
    """Words that came to stand are the group's by then, and name nobody. A draft that never did goes, unless they
    leave it; the place of it stays. What they would have changed is withdrawn, as by a press of theirs."""
    return replace(one, wordings=tuple(_wording(each, person_id, left, now) for each in one.wordings))


def _wording(one: Wording, person_id: str, left: bool, now: datetime) -> Wording:
    asked = []
    for each in one.asked:
        if each.by == person_id:
            reply = replace(each.reply, changes=each.reply.changes + 1)
            at = each.withdrawn_at or now
            each = replace(each, by=NOBODY, text="", called={}, withdrawn_at=at, reply=reply)
        asked.append(each)
    one = replace(
        one,
        can_live={id_: at for id_, at in one.can_live.items() if id_ != person_id},
        asked=tuple(asked),
    )
    if one.by != person_id:
        return one
    if one.under_way:
        one = concluded(one, ended=Ended.TAKEN_BACK, ended_at=now)
    words = one if one.stood_at or left else replace(one, sentence=NO_WORDS, aims=())
    return replace(words, by=NOBODY, called={}, post=replace(words.post, changes=words.post.changes + 1))
