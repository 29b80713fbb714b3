"""The check-in DM and its nudge: the prompt, each commitment answered by one tap, and what stands after a press."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.checkins import CheckIn, CheckInState, closed
from bot.domain.commitments import Commitment, Progress, as_before, last_by
from bot.domain.hours import to_local
from bot.domain.matters import Matter
from bot.domain.people import Person
from bot.domain.plate import Plate, answers
from bot.domain.resting import later_holds
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import ended_since, last_touched, spoken_since, untouched_since
from bot.ports import Message, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.commitments import LET_GO, LONGEST, PROGRESS, STATE_WORDS, named
from bot.views.dates import say_day, say_day_of, say_time
from bot.views.matters import matter_blocks
from bot.views.saved import ANSWER, card, card_buttons, last_time, saved_words, untold
from bot.views.tending import helpers_line, stuck_line
from bot.views.words import escape, greeting, listed_within, one_line, quote

SKIP = "checkin_skip"
NOTHING_NEW = "checkin_nothing_new"
TAP = "commitment_tap"
"""Followed by the commitment's id, since an action id stands once in a message. Drawn until November 2026, with all
six states; to be read for a year."""
STUCK = "commitment_stuck"
UNDO = "commitment_undo"

MOST_TAPS = 3

OVER, NO_MORE = "That check-in has closed.", " I won't ask again for it."


def check_in(
    snapshot: GroupSnapshot,
    person: Person,
    round: Round,
    *,
    last: Plate | None,
    mine: list[Commitment],
    now: datetime,
    asked_at: datetime | None = None,
    until: datetime | None = None,
    matter: Matter | None = None,
) -> Message:
    """*Morning Sam. Young carers meets Thursday. Two minutes?* `matter` rides on it. `asked_at`: it stands since
    then, and goes on greeting as it did. `until`: the meeting has moved, and with it the time until which answers
    count."""
    hello = greeting(to_local(asked_at or now, person.zone).hour)
    opening = f"{hello} {person.name}. {_occasion(snapshot, round, now)} Two minutes?"
    if until:
        day = say_day_of(until, person.zone, now)
        when = say_time(until, person.zone) + ("" if day == "today" else f" on {day}")
        opening = f"{opening} The meeting has moved; you can answer until {when}."
    parts = [blocks.paragraph(opening), *last_time(snapshot, last), *untold(snapshot, round, now)]
    parts += _taps(snapshot, mine, _aim(snapshot, round, person))
    parts += [_choices(_aim(snapshot, round, person)), *_matter(snapshot, round, matter)]
    return blocks.message(escape(opening), *parts)


def nudge(snapshot: GroupSnapshot, person: Person, round: Round, now: datetime) -> Message:
    """The one reminder. It names a meeting that is still to come, on another day than this."""
    day = _meeting_day(snapshot, round, now)
    before = f" before {day}" if day and day != "today" else ""
    words = f"{snapshot.group.name}: still time{before}, if useful. No need if the week's got away from you."
    return blocks.message(escape(words), blocks.paragraph(words), _choices(_aim(snapshot, round, person)))


def asked_again(snapshot: GroupSnapshot, person: Person, round: Round) -> Message:
    """*Later today*, when later has come; it takes the nudge's place."""
    words = f"{snapshot.group.name}: you asked me to come back later, {person.name}. Two minutes now?"
    return blocks.message(escape(words), blocks.paragraph(words), _choices(_aim(snapshot, round, person)))


def checkin_status(
    snapshot: GroupSnapshot,
    person: Person,
    round: Round,
    checkin: CheckIn,
    *,
    plate: Plate | None,
    mine: list[Commitment],
    now: datetime,
    said: str = "",
    matter: Matter | None = None,
) -> Message:
    """What stands in place of the prompt after a press: what happened (`said`, or what follows from where the
    check-in stands), and how to change one's mind.
    """
    aimed, since = _aim(snapshot, round, person), checkin.asked_at
    undoable = not closed(round, now)
    taps = [*_ended(snapshot, aimed, since=since, undoable=undoable)]
    taps += _taps(snapshot, mine, aimed, since=since, undoable=undoable)
    below = _matter(snapshot, round, matter)
    if checkin.state is CheckInState.ANSWERED and plate and answers(plate):
        sentence = _named(snapshot, said) if said else ""
        told = escape(sentence) or saved_words(snapshot)
        shown = card(snapshot, round, plate, sentence=sentence)
        return blocks.message(told, *shown, *taps, blocks.row(*card_buttons(snapshot, round, plate)), *below)
    outcome, buttons = _outcome(snapshot, person, round, checkin, now)
    words = _named(snapshot, said or outcome)
    return blocks.message(escape(words), blocks.paragraph(words), *taps, blocks.row(*buttons), *below)


def over(
    snapshot: GroupSnapshot,
    person: Person,
    round: Round,
    plate: Plate | None,
    *,
    quiet: bool = False,
    ended: bool = False,
) -> Message:
    """A check-in whose round is past, in the message that asked: no more to press but *More*; and where its words
    are now. `quiet`: no next one comes before they share something, so they are told so, and how. `ended`: nor does
    one where the group has ended, and nothing that they share."""
    more = blocks.row(menu.more_button(snapshot.group.id))
    if plate and answers(plate):
        words = f"{snapshot.group.name}. This check-in is over. What you said in it:"
        return blocks.message(escape(words), *card(snapshot, round, plate, sentence=words), more)
    if quiet and not ended:
        words = f"{snapshot.group.name}. I'll stay silent until you share something, {person.name}."
        buttons = blocks.row(menu.share_button(snapshot.group.id), menu.more_button(snapshot.group.id))
        return blocks.message(escape(words), blocks.paragraph(words), buttons)
    follows = "The group has ended, so no more follow." if ended else "When I ask again, it's a message of its own."
    words = f"{snapshot.group.name}. This check-in is over, {person.name}. {follows}"
    return blocks.message(escape(words), blocks.paragraph(words), more)


def not_in_channel(snapshot: GroupSnapshot, person: Person) -> Message:
    """A check-in of somebody who left the channel: nothing to press, until they are in it again."""
    words = f"{snapshot.group.name}. You're not in its channel, {person.name}, so there is nothing to answer here."
    return blocks.message(escape(words), blocks.paragraph(words))


def put_off(status: Message) -> View:
    """What the sheet behind *More* becomes, once *Later today* was pressed in it."""
    return blocks.sheet("Later today", *status.blocks[:1])


def noted_late(commitment: Commitment) -> str:
    """To a tap in the message of a round that is over."""
    what = one_line(commitment.what, 80)
    return f"{OVER} I've noted how it stands now. {named(commitment.state)}: {what}"


def _outcome(
    snapshot: GroupSnapshot, person: Person, round: Round, checkin: CheckIn, now: datetime
) -> tuple[str, list[Button]]:
    """Words and buttons, by where the check-in stands."""
    value, group = action_payload.write(_aim(snapshot, round, person)), snapshot.group.id
    more = menu.more_button(group)
    answer = blocks.button("Answer", ANSWER, value)
    if checkin.state is CheckInState.ANSWERED:
        change = blocks.button("Change", ANSWER, value)
        if not spoken_since(snapshot.commitments.values(), person.id, checkin.asked_at):
            # once it has closed nothing is taken back
            undo = [] if closed(round, now) else [blocks.button("Undo", f"{UNDO}:", value)]
            return f"Thanks, {person.name}. Nothing new: all of it stands as before.", [change, *undo, more]
        return f"Thanks, {person.name}. Saved.", [change, more]
    if checkin.state is CheckInState.SKIPPED:
        return "Skipped. No reminder for this one.", [answer, more]
    if checkin.state is CheckInState.AWAY and person.away_until:
        back = blocks.button("I'm back", menu.BACK, value)
        day = say_day(person.away_until, to_local(now, person.zone).date())
        return f"You're away until {day}. Nothing from me before then.", [back, answer, more]
    if closed(round, now):
        return f"{OVER} A late answer is as welcome.", [answer, more]
    nothing, skip = blocks.button("Nothing new", NOTHING_NEW, value), blocks.button("Skip this one", SKIP, value)
    open_still = [answer, nothing, skip, more]
    holds = later_holds(snapshot, checkin, round, now)
    if checkin.ask_again_at and holds:
        day = say_day_of(checkin.ask_again_at, person.zone, now)
        when = f"{say_time(checkin.ask_again_at, person.zone)}{'' if day == 'today' else f' on {day}'}"
        return f"I'll ask again at {when}.", open_still
    return f"{_occasion(snapshot, round, now)}{NO_MORE if holds is False else ''}", open_still


def _choices(aimed: ActionPayload) -> Block:
    """What every asking offers, the first as the last. *Later today* and *I'm away until…* stand under *More*."""
    value = action_payload.write(aimed)
    return blocks.row(
        blocks.button("Answer", ANSWER, value, style="primary"),
        blocks.button("Nothing new", NOTHING_NEW, value),
        blocks.button("Skip this one", SKIP, value),
        blocks.button("More", menu.MORE, value),
    )


def _taps(
    snapshot: GroupSnapshot,
    mine: list[Commitment],
    aimed: ActionPayload,
    *,
    since: datetime | None = None,
    undoable: bool = True,
) -> list[Block]:
    """Each commitment they tend: one tap asks for help, and all else is said in a form. `since`: when the check-in
    asked; what was said after it can be taken back, where it is `undoable`."""
    parts: list[Block] = []
    round = snapshot.rounds.get(aimed.round)
    idle = untouched_since(snapshot.rounds.values(), round, snapshot.group) if round else None
    for commitment in mine[:MOST_TAPS]:
        parts += _tap(snapshot, commitment, aimed, since, idle, undoable=undoable)
    if len(mine) > MOST_TAPS:
        rest = listed_within([quote(one.what, 60) for one in mine[MOST_TAPS:]], 200)
        parts.append(blocks.aside(f"And {rest}, under More."))
    return parts


def _tap(
    snapshot: GroupSnapshot,
    commitment: Commitment,
    aimed: ActionPayload,
    since: datetime | None,
    idle: datetime | None,
    *,
    undoable: bool,
) -> list[Block]:
    """`idle`: what its maker has not touched since then may be let go."""
    last = last_by(commitment, aimed.person)
    # that it was made is no word on how it goes
    said = since is not None and last is not None and last.at >= since and last.at > commitment.made_at
    state = last.state if said and last else as_before(commitment, aimed.person)
    value = action_payload.write(msgspec.structs.replace(aimed, subject=commitment.id))
    lines = [one_line(commitment.what, 300)]
    if said and last:
        lines += [f"Now: {STATE_WORDS[state]}.", *_words_of(last)]
    else:
        lines.append(f"So far: {STATE_WORDS[state]}.")
    lines += [stuck_line(snapshot, commitment, aimed.person), helpers_line(snapshot, commitment)]
    more = blocks.button("Say more…", f"{PROGRESS}:{commitment.id}", value)
    if said:
        buttons = [*([blocks.button("Undo", f"{UNDO}:{commitment.id}", value)] if undoable else []), more]
    # its end is its maker's to say
    elif idle and aimed.person == commitment.made_by and last_touched(commitment) < idle:
        buttons = [more, blocks.button("Let it go…", f"{LET_GO}:{commitment.id}", value)]
    else:
        buttons = [blocks.button("Stuck, want help", f"{STUCK}:{commitment.id}", value), more]
    return [blocks.paragraph("\n".join(filter(None, lines))), blocks.row(*buttons)]


def _ended(snapshot: GroupSnapshot, aimed: ActionPayload, *, since: datetime | None, undoable: bool) -> list[Block]:
    """What they said is done or let go since the check-in asked. `undoable`: that can be taken back."""
    parts: list[Block] = []
    for commitment in ended_since(snapshot.commitments.values(), aimed.person, since)[:MOST_TAPS]:
        last = last_by(commitment, aimed.person)
        assert last is not None
        lines = [one_line(commitment.what, 300), f"Now: {STATE_WORDS[last.state]}.", *_words_of(last)]
        value = action_payload.write(msgspec.structs.replace(aimed, subject=commitment.id))
        undo = blocks.button("Undo", f"{UNDO}:{commitment.id}", value)
        parts += [blocks.paragraph("\n".join(lines)), *([blocks.row(undo)] if undoable else [])]
    return parts


def _words_of(said: Progress) -> list[str]:
    """What they said and noticed, whole, as everyone in the group reads it: it was saved by that press."""
    noticed = f"People noticed: {quote(said.noticed, LONGEST)}" if said.noticed else ""
    return [words for words in (quote(said.note, LONGEST) if said.note else "", noticed) if words]


def _matter(snapshot: GroupSnapshot, round: Round, matter: Matter | None) -> list[Block]:
    """What rides on it, below it."""
    return [blocks.divider(), *matter_blocks(snapshot, matter, round=round.name)] if matter else []


def _named(snapshot: GroupSnapshot, words: str) -> str:
    """The first line of every DM names its group."""
    return words if snapshot.group.name in words else f"{snapshot.group.name}. {words}"


def _occasion(snapshot: GroupSnapshot, round: Round, now: datetime) -> str:
    """Whose check-in it is, and the meeting it is for, while that is still to come."""
    day = _meeting_day(snapshot, round, now)
    return (
        f"{snapshot.group.name} meets {day}." if day else f"{snapshot.group.name}: what's on your plate this week?"
    )


def _meeting_day(snapshot: GroupSnapshot, round: Round, now: datetime) -> str:
    """Empty where there is no meeting, or it has begun."""
    if round.meeting_at is None or round.meeting_at <= now:
        return ""
    return say_day_of(round.meeting_at, snapshot.group.zone, now)


def _aim(snapshot: GroupSnapshot, round: Round, person: Person) -> ActionPayload:
    return ActionPayload(group=snapshot.group.id, round=round.name, person=person.id)
