"""What others do with a commitment: join in, help, suggest words, take it up; and who is to hear of it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from msgspec.structs import replace

from bot.domain.as_read import must_be_as_read
from bot.domain.commitments import (
    Commitment,
    ProgressWords,
    State,
    Suggestion,
    must_be_open,
    must_say,
    only_maker,
    only_tenders,
    progress,
    reword,
)
from bot.domain.endings import ending
from bot.domain.first_steps import plan_next
from bot.domain.groups import Group
from bot.domain.hours import from_local
from bot.domain.matters import Matter, MatterCode
from bot.domain.news import UNDO_TIME, NewsCode, handed_on, with_news, without_news
from bot.domain.passing import may_take_up, pass_on
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.put_to import SteppedBack, TakenUp
from bot.domain.rounds import Round, called_off
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by


def tended_by(commitments: Iterable[Commitment], person_id: str) -> list[Commitment]:
    """A person's open commitments, oldest first."""
    mine = [c for c in commitments if person_id in c.tenders and c.state.open]
    return sorted(mine, key=lambda c: (c.made_at, c.id))


def spoken_since(commitments: Iterable[Commitment], person_id: str, since: datetime | None) -> bool:
    """Whether somebody has said how any of them goes, be it open still, done or let go by now."""
    lines = (line for one in commitments for line in one.history)
    return any(line.by == person_id and (since is None or line.at >= since) for line in lines)


def ended_since(commitments: Iterable[Commitment], person_id: str, since: datetime | None) -> list[Commitment]:
    """What somebody has said is done, or let go."""
    ends = ((one, ending(one)) for one in commitments)
    return [one for one, end in ends if since and end and end.by == person_id and end.at >= since]


def suggest(commitment: Commitment, *, by: str, what: str, now: datetime, here: Container[str]) -> Commitment:
    """Somebody else who tends it has better words; the last they suggested stand. The maker hears of it. Raises
    Problem where they are not `here` any more."""
    only_tenders(commitment, by)
    must_be_open(commitment)
    must_be_held(commitment, here)
    must_say(what)
    if any((one.by, one.what) == (by, what) for one in commitment.suggestions) or what == commitment.what:
        return commitment
    others = tuple(one for one in commitment.suggestions if one.by != by)
    suggested = replace(commitment, suggestions=(*others, Suggestion(by=by, at=now, what=what)))
    return with_news(suggested, NewsCode.SUGGESTED, [commitment.made_by], by, now)


def take(commitment: Commitment, *, by: str, of: str, now: datetime, read: str = "") -> Commitment:
    """The maker takes the words that `of` suggested. Raises Problem where they are gone, or others than they
    `read`."""
    only_maker(commitment, by)
    words = require(
        next((one.what for one in commitment.suggestions if one.by == of), None), ProblemCode.SUGGESTION_GONE
    )
    taken = reword(
        leave(commitment, by=by, of=of, read=read),
        by=by,
        what=words,
        part=commitment.part,
        first_step=commitment.first_step,
        benefit=commitment.benefit,
        now=now,
    )
    return with_news(taken, NewsCode.TAKEN, [of], by, now)


def taken_at(commitment: Commitment, at: datetime) -> str:
    """The words that its maker took at that moment, whatever has become of them."""
    later = [one for one in commitment.rewordings if one.at >= at]
    if later and later[0].at == at:  # it holds how they were until then
        later = later[1:]
    return later[0].what if later else commitment.what


def leave(commitment: Commitment, *, by: str, of: str, read: str = "") -> Commitment:
    """The maker leaves the words as they are; nobody is told. Raises Problem where `of` suggests others by now than
    they `read`: those are not answered yet."""
    only_maker(commitment, by)
    suggested = next((one for one in commitment.suggestions if one.by == of), None)
    if suggested:
        must_be_as_read(read, suggested.what)
        # A button of before December 2026 does not say what was `read`: but not these, of which its maker was not
        # told yet.
        untold = any((one.code, one.by, one.told) == (NewsCode.SUGGESTED, of, False) for one in commitment.news)
        if untold and not read:
            raise Problem(ProblemCode.WORDS_CHANGED, what=suggested.what)
    left = replace(commitment, suggestions=tuple(one for one in commitment.suggestions if one.by != of))
    return without_news(left, NewsCode.SUGGESTED, of)


def join(commitment: Commitment, person_id: str, now: datetime) -> Commitment:
    """Somebody tends it too, by their own wish, and its maker hears of it. Joining twice is joining once.
    Raises Problem where it has ended."""
    must_be_open(commitment)
    if person_id in commitment.tenders:
        return commitment
    helpers = tuple(h for h in commitment.helpers if h != person_id)
    joined = replace(commitment, tenders=(*commitment.tenders, person_id), helpers=helpers)
    return with_news(joined, NewsCode.JOINED, [commitment.made_by], person_id, now)


def step_back(commitment: Commitment, person_id: str, now: datetime) -> Commitment:
    """Somebody no longer tends it, and who has not heard that they joined in won't. It is its maker's to let go.
    Raises Problem for them, and for the last one."""
    if person_id not in commitment.tenders:
        return commitment
    if person_id == commitment.made_by or len(commitment.tenders) == 1:
        raise Problem(ProblemCode.LAST_TENDER)
    back = replace(
        commitment,
        tenders=tuple(t for t in commitment.tenders if t != person_id),
        stepped_back=(*commitment.stepped_back, SteppedBack(at=now, by=person_id)),
    )
    return without_news(back, NewsCode.JOINED, person_id)


def held_by_nobody(commitment: Commitment, here: Container[str]) -> bool:
    """Whether its maker has left the group, and nobody has taken it up since. `here`: who is in the group."""
    return commitment.state.open and commitment.made_by not in here


def must_be_held(commitment: Commitment, here: Container[str]) -> None:
    """Raises Problem where whoever made it has left, and takes nobody's words."""
    if held_by_nobody(commitment, here):
        raise Problem(ProblemCode.HELD_BY_NOBODY)


def take_up(commitment: Commitment, person_id: str, here: Container[str], now: datetime) -> Commitment:
    """Somebody makes it theirs, whose maker has left or passes it on; who made it first stands in its history, and
    whoever had it hears of it. What that one was still to hear of it is the new maker's to hear. What they were
    stuck with wants tending now: whoever takes it up has not called for help. Raises Problem where it has ended, or
    somebody holds it, who may have been quicker."""
    before = commitment.made_by
    if before == person_id:
        return commitment
    must_be_open(commitment)
    if not (held_by_nobody(commitment, here) or may_take_up(commitment, person_id)):
        raise Problem(ProblemCode.HELD_ALREADY)
    others = [id_ for id_ in commitment.tenders if id_ in here and id_ not in (person_id, before)]
    taken = replace(
        commitment,
        made_by=person_id,
        state=State.TENDING if commitment.state is State.STUCK else commitment.state,
        tenders=(person_id, *others),
        helpers=tuple(id_ for id_ in commitment.helpers if id_ != person_id),
        taken_up=(*commitment.taken_up, TakenUp(at=now, by=person_id, of=before)),
        passing=(),
        glad=(),
    )
    taken = handed_on(taken, before, person_id)
    return with_news(taken, NewsCode.TAKEN_UP, [before] if before in here else [], person_id, now)


def say_more(commitment: Commitment, *, by: str, words: ProgressWords, now: datetime, today: date) -> Commitment:
    """A line of progress; of its maker also the next step's day, and whom they pass it on to. What has ended is
    passed on to nobody."""
    said = progress(
        commitment,
        by=by,
        state=words.state,
        now=now,
        note=words.note,
        noticed=words.noticed,
        may_lead=words.may_lead,
        may_show=words.may_show,
    )
    if by != said.made_by:
        return said
    if not said.state.open:
        ended = replace(said, passing=())
        if said.state is commitment.state:  # words added to an end that is told already, or about to be
            return ended
        # those who joined in hear of it once it can't be undone as a slip any more
        untold = without_news(without_news(ended, NewsCode.ENDED, by), NewsCode.GOES_ON, by)
        return with_news(untold, NewsCode.ENDED, said.tenders, by, now + UNDO_TIME)
    said = plan_next(said, day=words.day, why=words.note, now=now, today=today)
    return said if words.pass_to is None else pass_on(said, to=words.pass_to, now=now)


def take_out(commitment: Commitment, by: str) -> None:
    """Whether its maker may take it out as if it had never been: while nobody else has touched it. Else raises
    Problem."""
    only_maker(commitment, by)
    others = commitment.tenders != (by,) or commitment.helpers or commitment.suggestions or commitment.taken_up
    if others or any(line.by != by for line in commitment.history):
        raise Problem(ProblemCode.TOUCHED_BY_OTHERS)


ROUNDS_UNTOUCHED = 2


def untouched_since(rounds: Iterable[Round], round: Round, group: Group) -> datetime | None:
    """What nobody has touched since this moment has been untouched for two rounds; None where there were not two
    before `round`."""
    before = sorted((one.name, one) for one in rounds if one.name < round.name and not called_off(one, group))
    if len(before) < ROUNDS_UNTOUCHED:
        return None
    return from_local(before[-ROUNDS_UNTOUCHED][1].opens_on, "00:00", group.zone)


def last_touched(commitment: Commitment) -> datetime:
    """When anybody last said something of it, changed its words or took it up."""
    kept = (commitment.history, commitment.rewordings, commitment.taken_up)
    return max([commitment.made_at, *(lines[-1].at for lines in kept if lines)])


def state_since(commitment: Commitment) -> datetime:
    """Since when it has been as it is: saying again what it is begins nothing, nor do others' words on it."""
    since = None
    for line in reversed(commitment.history):
        if line.state is commitment.state:
            since = line.at
        elif since and line.by == commitment.made_by:
            break
    return since or commitment.made_at


def hear_of_help(commitment: Commitment, here: Container[str]) -> list[str]:
    """Whoever is stuck with it, else its maker; where they are not `here` any more, whoever tends it still."""
    wanted = stuck_by(commitment, here) or [commitment.made_by]
    return [id_ for id_ in wanted if id_ in here] or [id_ for id_ in commitment.tenders if id_ in here]


def can_help(commitment: Commitment, person_id: str, now: datetime, here: Container[str]) -> Commitment:
    """Somebody says they can help, and some hear of it. Said twice, it is said once. Raises Problem where it has
    ended, and for whoever tends it."""
    must_be_open(commitment)
    if person_id in commitment.tenders:
        raise Problem(ProblemCode.TENDED_ALREADY)
    if person_id in commitment.helpers:
        return commitment
    helped = replace(commitment, helpers=(*commitment.helpers, person_id))
    return with_news(helped, NewsCode.CAN_HELP, hear_of_help(commitment, here), person_id, now)


UNHELD_FOR = timedelta(weeks=6)
"""How long those who tend it too may be asked to take up what its maker has left."""


def unheld_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:  # noqa: ARG001 (every sort's shape)
    """Whoever joined in is asked to take up what its maker has left: the first yes has it."""
    here = [id_ for id_, leader in snapshot.leaders.items() if leader.in_group]
    for commitment in snapshot.commitments.values():
        if not held_by_nobody(commitment, here):
            continue
        maker = snapshot.leaders.get(commitment.made_by)
        left_at = maker.left_at if maker and maker.left_at else commitment.made_at
        for id_ in commitment.tenders:
            if id_ in here:
                yield Matter(
                    code=MatterCode.UNHELD,
                    person_id=id_,
                    subject=f"{commitment.id}.{left_at:%Y%m%d}",
                    since=left_at,
                    until=left_at + UNHELD_FOR,
                )


def concerned(snapshot: GroupSnapshot, subject: str) -> tuple[str, ...]:
    """Whom a matter about a commitment names: its maker and who tends it."""
    commitment = snapshot.commitments.get(subject.split(".")[0])
    return (commitment.made_by, *commitment.tenders) if commitment else ()


def collective(commitment: Commitment, organisations: Mapping[str, str]) -> bool:
    """Whether people of two or more organisations tend it. `organisations` is by person id."""
    return len({organisations[t] for t in commitment.tenders if t in organisations}) > 1
