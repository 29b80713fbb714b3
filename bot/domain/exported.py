"""What of each record is a person's own, as items for *My data*. Whatever would give away what others keep to
themselves is left out: who was asked, who passed, who would rather not be put together with them."""

from __future__ import annotations

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.brief import Brief
from bot.domain.checkins import CheckIn
from bot.domain.commitments import Commitment
from bot.domain.digest import Digest
from bot.domain.exclusions import Exclusions
from bot.domain.groups import Group, OrganisationsPost, SettingsChange
from bot.domain.inquiry import Inquiry, InquiryAnswer
from bot.domain.installation import Installation
from bot.domain.introductions import Introduction
from bot.domain.items import Item, What
from bot.domain.ledger import Ledger
from bot.domain.offers import Offer
from bot.domain.people import Leader, Person
from bot.domain.plate import ME_LANE, ORGANISATION_LANE, QUESTION, Audience, Plate, of
from bot.domain.pulse import Pulse
from bot.domain.purpose import Purpose
from bot.domain.typed import Typed


def nothing(record: object, person_id: str) -> list[Item]:  # noqa: ARG001 (every kind's shape)
    """Of what holds nobody's words."""
    return []


def person(one: Person, person_id: str) -> list[Item]:  # noqa: ARG001
    """All of it: the record is theirs."""
    items = [
        Item(what=What.NAME, text=one.name),
        *(Item(what=What.FORMER_NAME, text=name) for name in one.former_names),
        Item(what=What.ZONE, text=one.zone),
        Item(what=What.NATION, text=one.nation),
        Item(what=What.HOUR, text=one.hour),
    ]
    guest = {key: account.guest for key, account in one.accounts.items()}  # in how many channels, as a guest
    items += [
        Item(what=What.SLACK_ID, text=f"{each.team_id} {each.user_id}", about=guest.get(each.key, ""))
        for each in one.identities
    ]
    return items + ([Item(what=What.AWAY, text=one.away_until.isoformat())] if one.away_until else [])


def ledger(one: Ledger, person_id: str) -> list[Item]:  # noqa: ARG001
    """What waits for a place in their week, by its kind; it names their groups."""
    wishes = [wish for some in one.wishes.values() for wish in some]
    return [Item(what=What.WAITING, text=wish.name.partition(":")[0], at=wish.at, private=True) for wish in wishes]


def typed(one: Typed, person_id: str) -> list[Item]:  # noqa: ARG001
    """Where in their DM stands what they typed last: Slack's time of it, never a word."""
    return [Item(what=What.TYPED, text=one.heard, private=True)]


def installation(one: Installation, user_id: str) -> list[Item]:
    """By their Slack user id."""
    return [Item(what=What.INSTALLED, text=one.name)] if one.installed_by == user_id else []


def group(one: Group, person_id: str) -> list[Item]:
    """That they set it up, look after its rhythm, or proved a second account in it."""
    items = [Item(what=What.SET_UP, at=one.set_up_at)] if one.set_up_by == person_id else []
    items += [
        Item(what=What.SECOND_ACCOUNT, at=each.at, text=f"{each.team_id}:{each.user_id}")
        for each in one.second_accounts
        if each.person_id == person_id
    ]
    return items + ([Item(what=What.CONVENOR)] if one.convenor == person_id else [])


def leader(one: Leader, person_id: str) -> list[Item]:
    """When they joined and left, for whom they speak, and what they chose."""
    if one.person_id != person_id:
        return []
    items = [Item(what=What.JOINED, at=one.joined_at)]
    items += [Item(what=What.SPEAKS_FOR, text=one.organisation)] if one.organisation else []
    items += [Item(what=What.LEFT, at=one.left_at)] if one.left_at else []
    items += [Item(what=What.PAUSED, text=one.paused_until.isoformat())] if one.paused_until else []
    return items + ([Item(what=What.LIGHTER)] if one.lighter else [])


_LANES = {
    ORGANISATION_LANE: What.PLATE_ORGANISATION,
    ME_LANE: What.PLATE_ME,
    QUESTION: What.PLATE_QUESTION,
}


def plate(one: Plate, person_id: str) -> list[Item]:
    """One item for each answer; *just me* is private."""
    if one.person_id != person_id:
        return []
    found = [(what, of(one, lane)) for lane, what in _LANES.items()]
    return [
        Item(what=what, text=answer.text, about=one.round, private=answer.audience is Audience.ME)
        for what, answer in found
        if answer
    ]


def checkin(one: CheckIn, person_id: str) -> list[Item]:
    """Private, since a silence is nobody's business."""
    if one.person_id != person_id:
        return []
    return [Item(what=What.CHECK_IN, text=one.state.value, at=one.asked_at, about=one.round, private=True)]


def commitment(one: Commitment, person_id: str) -> list[Item]:
    """What they made whole; of another's, that they tend it, help or are glad, and what they said of it."""
    made = one.made_by == person_id
    items = _made(one, person_id) if made else []
    items += [Item(what=What.TENDS, about=one.what)] if person_id in one.tenders and not made else []
    items += [Item(what=What.HELPS, about=one.what)] if person_id in one.helpers else []
    items += [Item(what=What.GLAD, about=one.what)] if person_id in one.glad else []
    for line in one.history:
        if line.by != person_id:
            continue
        text = f"{line.state.value}: {line.note}" if line.note else line.state.value
        items.append(Item(what=What.PROGRESS, text=text, at=line.at, about=one.what))
        items += [Item(what=What.NOTICED, text=line.noticed, at=line.at, about=one.what)] if line.noticed else []
    items += [
        Item(what=What.SUGGESTED, text=said.what, at=said.at, about=one.what)
        for said in one.suggestions
        if said.by == person_id
    ]
    items += [
        Item(what=What.STEPPED_BACK, at=back.at, about=one.what)
        for back in one.stepped_back
        if back.by == person_id
    ]
    return items + [
        Item(what=What.TAKEN_UP, at=taken.at, about=one.what) for taken in one.taken_up if taken.by == person_id
    ]


def _made(one: Commitment, person_id: str) -> list[Item]:
    step = " ".join(filter(None, (one.first_step.what, one.first_step.when, one.first_step.with_whom)))
    tags = ", ".join(one.tags)
    rest = ((What.PART, one.part), (What.FIRST_STEP, step), (What.BENEFIT, one.benefit), (What.TAGS, tags))
    items = [Item(what=What.COMMITMENT, text=one.what, at=one.made_at)]
    items += [Item(what=what, text=text, about=one.what) for what, text in rest if text]
    items += [
        Item(what=What.WORDS_BEFORE, text=before.what, at=before.at, about=one.what)
        for before in one.rewordings
        if before.by in (person_id, "")
    ]
    items += [Item(what=What.GLAD_NAMED, about=one.what, people=one.glad)] if one.glad else []
    passed = tuple(each.to for each in one.passing if each.to)
    return items + ([Item(what=What.PASSED_ON, about=one.what, people=passed)] if passed else [])


def digest(one: Digest, person_id: str) -> list[Item]:
    """Their words as they were posted."""
    found = [line for line in one.plates if line.person_id == person_id]
    texts = [text for line in found for text in (line.organisation_lane, line.me_lane, line.question) if text]
    return [Item(what=What.POSTED, text="\n".join(texts), at=one.composed_at, about=one.round)] if texts else []


def brief(one: Brief, person_id: str) -> list[Item]:
    """The lines that they added. Others hold words that are exported where they were said."""
    return [
        Item(what=What.BRIEF_LINE, text=line.text, at=line.at, about=one.round)
        for line in one.added
        if line.by == person_id
    ]


def change(one: SettingsChange, person_id: str) -> list[Item]:
    """That they made it, or objected; not what it was."""
    items = [Item(what=What.CHANGED_SETTINGS, at=one.at)] if one.by == person_id else []
    return items + ([Item(what=What.OBJECTED, at=one.at)] if one.objected_by == person_id else [])


def speaks_for(one: OrganisationsPost, person_id: str) -> list[Item]:
    """For whom they were announced to speak, and that they objected to a line."""
    items = [
        Item(what=What.SPEAKS_FOR, text=line.after, at=one.at) for line in one.lines if line.person_id == person_id
    ]
    return items + [Item(what=What.OBJECTED, at=one.at) for line in one.lines if line.objected_by == person_id]


def attention(one: Attention, person_id: str) -> list[Item]:
    """What was put to them, and what they answered *Not now* or *No more of these*: by its sort alone, and
    private."""
    if one.person_id != person_id:
        return []
    said = [(What.PUT, id_, put.at) for id_, put in one.put.items()]
    said += [(What.NOT_NOW, id_, at) for id_, at in one.ended.items()]
    items = [Item(what=what, text=id_.partition(".")[0], at=at, private=True) for what, id_, at in said]
    return items + [Item(what=What.NO_MORE, text=sort.partition(".")[0], private=True) for sort in one.no_more]


def ask(one: Ask, person_id: str) -> list[Item]:
    """Theirs, private while it is quiet. Of another's only what they said: that they were asked is not in it."""
    if one.by == person_id:
        thanked = [Item(what=What.THANKED, about=one.what, people=(one.thanked,))] if one.thanked else []
        return [Item(what=What.ASK, text=one.what, at=one.at, private=one.quiet), *thanked]
    items = [Item(what=What.ASK_YES, at=yes.at, about=one.what) for yes in one.yeses if yes.by == person_id]
    return items + [
        Item(what=What.ASK_KNOWS, text=line.words, at=line.at, about=one.what)
        for line in one.known
        if line.by == person_id
    ]


def offer(one: Offer, person_id: str) -> list[Item]:
    """Theirs; private where it is only to be matched."""
    mine = one.by == person_id
    return [Item(what=What.OFFER, text=one.what, at=one.at, private=not one.shown)] if mine else []


def introduction(one: Introduction, person_id: str) -> list[Item]:
    """What the other ticked or said of it is the other's."""
    if person_id not in one.people:
        return []
    other = (one.other(person_id),)
    items = [Item(what=What.INTRODUCED, at=one.made_at or one.at, people=other)]
    said, ticked = one.answers.get(person_id), one.ticks.get(person_id)
    items += [Item(what=What.TALKED, text=said.talk.value, at=said.at, people=other, private=True)] if said else []
    if ticked:
        half_days = " ".join(ticked.half_days)
        items.append(Item(what=What.TICKED, text=half_days, at=ticked.at, people=other, private=True))
    return items


def exclusions(one: Exclusions, person_id: str) -> list[Item]:
    """Whom they would rather not be put together with; private. Never who would rather not with them."""
    if one.person_id != person_id:
        return []
    return [Item(what=What.NOT_WITH, at=at, people=(other,), private=True) for other, at in one.of.items()]


def inquiry(one: Inquiry, person_id: str) -> list[Item]:
    """The question, where they put it, and headings that they gave. Their own answer is in `inquiry_answer`."""
    items = [Item(what=What.INQUIRY, text=one.question, at=one.at)] if one.by == person_id else []
    return items + [
        Item(what=What.HEADING, text=each.heading, at=each.at, about=one.question)
        for each in one.groupings
        if each.by == person_id and each.heading
    ]


def inquiry_answer(one: InquiryAnswer, person_id: str) -> list[Item]:  # noqa: ARG001
    """Private also with their name: until its day nobody knows that they answered."""
    return [Item(what=What.INQUIRY_ANSWER, text=one.text, at=one.at, private=True)]


def purpose(one: Purpose, person_id: str) -> list[Item]:
    """That they can live with words is private: nobody is shown who pressed."""
    items: list[Item] = []
    for each in one.wordings:
        items += (
            [Item(what=What.PURPOSE_DRAFT, text="\n".join(each.texts), at=each.at)] if each.by == person_id else []
        )
        items += [
            Item(what=What.PURPOSE_CHANGE, text=asked.text, at=asked.at, about=each.sentence)
            for asked in each.asked
            if asked.by == person_id and asked.text
        ]
        if person_id in each.can_live:
            said = each.can_live[person_id]
            items.append(Item(what=What.PURPOSE_CAN_LIVE, at=said, about=each.sentence, private=True))
    return items


def pulse(one: Pulse, person_id: str) -> list[Item]:
    """While it is open; then nothing of anybody is left in it."""
    choice = one.answers.get(person_id)
    return [Item(what=What.PULSE_ANSWER, text=choice, private=True)] if choice else []
