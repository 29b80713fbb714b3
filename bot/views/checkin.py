"""The check-in DM and its nudge: the prompt, each commitment answered by one tap, and what stands after a press."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.commitments import Commitment, State
from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.plate import Plate, answers
from bot.domain.rounds import Round, taken
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.commitments import STATE_WORDS, helpers_line, named
from bot.views.dates import say_day, say_time
from bot.views.saved import ANSWER, card, card_buttons, last_time, saved_words
from bot.views.words import escape, greeting, one_line

LATER = "checkin_later"
SKIP = "checkin_skip"
TAP = "commitment_tap:"
"""Followed by the commitment's id, since an action id stands once in a message."""

MOST_TAPS = 3

OVER = "That check-in has closed."

WEEK_FULL = "I've written twice this week, so I'll leave it there. Answer whenever suits."
"""To *Later today*, where a third message would be needed."""


def check_in(
    snapshot: GroupSnapshot,
    person: Person,
    round: Round,
    *,
    last: Plate | None,
    mine: list[Commitment],
    now: datetime,
    until: datetime | None = None,
) -> Message:
    """*Morning Sam. Young carers meets Thursday. Two minutes?* `until`: the meeting has moved, and with it the time
    until which answers count."""
    hello = greeting(to_local(now, person.zone).hour)
    opening = f"{hello} {person.name}. {_occasion(snapshot, round, now)} Two minutes?"
    if until:
        day = say_day(to_local(until, person.zone).date(), to_local(now, person.zone).date())
        when = say_time(until, person.zone) + ("" if day == "today" else f" on {day}")
        opening = f"{opening} The meeting has moved; you can answer until {when}."
    parts = [blocks.paragraph(opening), *last_time(snapshot, last)]
    parts += _taps(snapshot, mine, _aim(snapshot, round, person))
    parts += [_choices(_aim(snapshot, round, person))]
    return blocks.message(escape(opening), *parts)


def nudge(snapshot: GroupSnapshot, person: Person, round: Round, now: datetime) -> Message:
    """The one reminder. It names a meeting that is still to come, on another day than this."""
    day = _meeting_day(snapshot, round, now)
    before = f" before {day}" if day and day != "today" else ""
    words = f"{snapshot.group.name}: still time{before}, if useful. No need if the week's got away from you."
    return blocks.message(
        escape(words), blocks.paragraph(words), _choices(_aim(snapshot, round, person), again=False)
    )


def asked_again(snapshot: GroupSnapshot, person: Person, round: Round) -> Message:
    """*Later today*, when later has come; it takes the nudge's place."""
    words = f"{snapshot.group.name}: you asked me to come back later, {person.name}. Two minutes now?"
    return blocks.message(
        escape(words), blocks.paragraph(words), _choices(_aim(snapshot, round, person), again=False)
    )


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
) -> Message:
    """What stands in place of the prompt after a press: what happened (`said`, or what follows from where the
    check-in stands), and how to change one's mind.
    """
    taps = _taps(snapshot, mine, _aim(snapshot, round, person), since=checkin.asked_at)
    if checkin.state is CheckInState.ANSWERED and plate and answers(plate):
        sentence = _named(snapshot, said) if said else ""
        told = escape(sentence) or saved_words(snapshot)
        shown = card(snapshot, round, plate, sentence=sentence)
        return blocks.message(told, *shown, *taps, blocks.row(*card_buttons(snapshot, round, plate)))
    outcome, buttons = _outcome(snapshot, person, round, checkin, now)
    words = _named(snapshot, said or outcome)
    return blocks.message(escape(words), blocks.paragraph(words), *taps, blocks.row(*buttons))


def over(snapshot: GroupSnapshot, person: Person, round: Round, plate: Plate | None) -> Message:
    """A check-in whose round is past, in the message that asked: no more to press but *More*; and where its words
    are now."""
    more = blocks.row(menu.more_button(snapshot.group.id))
    if plate and answers(plate):
        words = f"{snapshot.group.name}. This check-in is over. What you said in it:"
        return blocks.message(escape(words), *card(snapshot, round, plate, sentence=words), more)
    words = f"{snapshot.group.name}. This check-in is over, {person.name}. The next one is a message of its own."
    return blocks.message(escape(words), blocks.paragraph(words), more)


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
        return f"Thanks, {person.name}. Saved.", [blocks.button("Change", ANSWER, value), more]
    if checkin.state is CheckInState.SKIPPED:
        return "Skipped. Nothing more this round.", [answer, more]
    if checkin.state is CheckInState.AWAY and person.away_until:
        back = blocks.button("I'm back", menu.BACK, value)
        day = say_day(person.away_until, to_local(now, person.zone).date())
        return f"You're away until {day}. Nothing from me before then.", [back, answer, more]
    if taken(round, now):
        return f"{OVER} A late answer is as welcome.", [answer, more]
    skip = blocks.button("Skip this one", SKIP, value)
    if checkin.ask_again_at:
        day = say_day(to_local(checkin.ask_again_at, person.zone).date(), to_local(now, person.zone).date())
        when = f"{say_time(checkin.ask_again_at, person.zone)}{'' if day == 'today' else f' on {day}'}"
        return f"I'll ask again at {when}.", [answer, skip, more]
    words = WEEK_FULL if checkin.week_full else _occasion(snapshot, round, now)
    return words, [answer, skip, more]


def _choices(aimed: ActionPayload, *, again: bool = True) -> Block:
    value = action_payload.write(aimed)
    later = [blocks.button("Later today", LATER, value)] if again else []
    return blocks.row(
        blocks.button("Answer", ANSWER, value, style="primary"),
        *later,
        blocks.button("Skip this one", SKIP, value),
        blocks.button("I'm away until…", menu.AWAY, value),
        menu.more_button(aimed.group),
    )


def _taps(
    snapshot: GroupSnapshot, mine: list[Commitment], aimed: ActionPayload, *, since: datetime | None = None
) -> list[Block]:
    """Each commitment they tend with its states: one tap answers it, with no form to open.

    Only what was said after `since` is marked: Slack sends nothing for a tap on what is marked already, so that
    *still moving* could not be said.
    """
    if not mine:
        return []
    parts = [blocks.section("*What you tend.* One tap each, if you like.")]
    parts += [_tap(snapshot, commitment, aimed, since) for commitment in mine[:MOST_TAPS]]
    if len(mine) > MOST_TAPS:
        parts.append(blocks.context(f"And {len(mine) - MOST_TAPS} more, under More."))
    return parts


def _tap(snapshot: GroupSnapshot, commitment: Commitment, aimed: ActionPayload, since: datetime | None) -> Block:
    said = since is not None and bool(commitment.history) and commitment.history[-1].at >= since
    so_far = "" if said else f"So far: {STATE_WORDS[commitment.state]}."
    lines = [one_line(commitment.what, 300), so_far, helpers_line(snapshot, commitment)]
    options = [
        blocks.option(
            named(state),
            action_payload.write(msgspec.structs.replace(aimed, subject=commitment.id, state=state)),
        )
        for state in State
    ]
    chosen = options[list(State).index(commitment.state)]["value"] if said else None
    return blocks.line("\n".join(filter(None, lines)), blocks.radio(TAP + commitment.id, options, chosen))


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
    zone = snapshot.group.zone
    if round.meeting_at is None or round.meeting_at <= now:
        return ""
    return say_day(to_local(round.meeting_at, zone).date(), to_local(now, zone).date())


def _aim(snapshot: GroupSnapshot, round: Round, person: Person) -> ActionPayload:
    return ActionPayload(group=snapshot.group.id, round=round.name, person=person.id)
