"""The check-in DM and its nudge: the prompt, each commitment answered by one tap, and what stands after a press."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.checkins import CheckIn, CheckInState, reminder_missed
from bot.domain.commitments import Commitment
from bot.domain.hours import to_local
from bot.domain.people import Person
from bot.domain.plate import Plate, answers, shares_with_group
from bot.domain.rounds import Round, taken
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import IN_THE_CHANNEL, everyone
from bot.views.commitments import PROGRESS, STATE_WORDS, helpers_line, named
from bot.views.dates import say_day, say_time
from bot.views.plate import PULL_BACK, SEEN_BY_ME
from bot.views.words import escape, greeting, listed_within, one_line

ANSWER = "checkin_answer"
SKIP = "checkin_skip"
LIGHTER = "quiet_lighter"
PAUSE = "quiet_pause"
KEEP = "quiet_keep"
QUIET_SKIP = "quiet_skip"
NOTHING_NEW = "checkin_nothing_new"
TAP = "commitment_tap:"
"""Followed by the commitment's id, since an action id stands once in a message. Drawn until November 2026, with all
six states; to be read for a year."""
STUCK = "commitment_stuck:"
UNDO = "commitment_undo:"

MOST_TAPS = 3

SAID_LIGHTER = "Every other round, then. You can change that in your settings."
SAID_KEEP = "As it was, then. I'll ask at the next round."
SAID_SILENT = "That's fine. I'll stay silent until you share something."
"""What stands in place of the message after two silent rounds, by which of its buttons was pressed."""

OVER = "That check-in has closed."


def check_in(
    snapshot: GroupSnapshot,
    person: Person,
    round: Round,
    *,
    last: Plate | None,
    mine: list[Commitment],
    now: datetime,
) -> Message:
    """*Morning Sam. We meet Thursday. Two minutes?*"""
    opening = (
        f"{greeting(to_local(now, person.zone).hour)} {person.name}. {_occasion(snapshot, round, now)} Two minutes?"
    )
    parts = [blocks.paragraph(opening)]
    if last and answers(last):
        parts += [
            blocks.context("Last time you said:"),
            blocks.quote("\n".join(one_line(answer.text, 200) for answer in answers(last))),
        ]
    parts += _taps(snapshot, mine, _aim(snapshot, round, person))
    parts += [_choices(_aim(snapshot, round, person)), blocks.aside(_who_asks(snapshot))]
    return blocks.message(escape(opening), *parts)


def nudge(snapshot: GroupSnapshot, person: Person, round: Round, now: datetime) -> Message:
    """The one reminder."""
    before = f" before {_meeting_day(snapshot, round, now)}" if round.meeting_at else ""
    words = f"Still time{before}, if useful. No need if the week's got away from you."
    choices = _choices(_aim(snapshot, round, person), again=False)
    return blocks.message(words, blocks.section(words), choices, blocks.aside(_who_asks(snapshot)))


def asked_again(snapshot: GroupSnapshot, person: Person, round: Round) -> Message:
    """*Later today*, when later has come; it takes the nudge's place."""
    words = f"You asked me to come back later, {person.name}. Two minutes now?"
    return blocks.message(
        escape(words),
        blocks.paragraph(words),
        _choices(_aim(snapshot, round, person), again=False),
        blocks.aside(_who_asks(snapshot)),
    )


def quiet(snapshot: GroupSnapshot, person: Person) -> Message:
    """After two silent rounds, the one message; then silence."""
    value = action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id))
    words = "I've not been much use lately. What suits?"
    return blocks.message(
        words,
        blocks.section(words),
        blocks.row(
            blocks.button("Make it lighter", LIGHTER, value),
            blocks.button("Pause until…", PAUSE, value),
            blocks.button("Keep as is", KEEP, value),
            menu.leave_button(snapshot.group, "Take me off"),
            blocks.button("Skip", QUIET_SKIP, value),
        ),
        blocks.aside(f"{_who_asks(snapshot)} If you press nothing, I'll stay silent."),
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
    outcome, seen, buttons = _outcome(snapshot, person, round, checkin, plate, mine, now)
    words = said or outcome
    parts = [blocks.paragraph(words), *([blocks.aside(seen)] if seen else [])]
    taps = _taps(snapshot, mine, _aim(snapshot, round, person), since=checkin.asked_at)
    return blocks.message(escape(words), *parts, *taps, blocks.row(*buttons))


def put_off(status: Message) -> View:
    """What the sheet behind *More* becomes, once *Later today* was pressed in it."""
    return blocks.sheet("Later today", *status.blocks[:1])


def noted_late(commitment: Commitment) -> str:
    """To a tap in the message of a round that is over."""
    what = one_line(commitment.what, 80)
    return f"{OVER} I've noted how it stands now. {named(commitment.state)}: {what}"


def quiet_answered(snapshot: GroupSnapshot, words: str) -> Message:
    group = snapshot.group.id
    return blocks.message(
        words, blocks.section(words), blocks.row(menu.settings_button(group), menu.more_button(group))
    )


def paused(snapshot: GroupSnapshot, until: date, today: date) -> View:
    words = f"Nothing about {snapshot.group.name} until {say_day(until, today)}."
    return blocks.sheet("Paused", blocks.paragraph(words), blocks.row(menu.settings_button(snapshot.group.id)))


def _spoken(person: Person, checkin: CheckIn, mine: list[Commitment]) -> bool:
    """Whether they said anything of what they tend since they were asked."""
    since = checkin.asked_at
    return any(line.by == person.id and (since is None or line.at >= since) for c in mine for line in c.history)


def _outcome(
    snapshot: GroupSnapshot,
    person: Person,
    round: Round,
    checkin: CheckIn,
    plate: Plate | None,
    mine: list[Commitment],
    now: datetime,
) -> tuple[str, str, list[Button]]:
    """Words, who sees it and buttons, by where the check-in stands."""
    value, group = action_payload.write(_aim(snapshot, round, person)), snapshot.group.id
    more = menu.more_button(group)
    answer = blocks.button("Answer now", ANSWER, value)
    if checkin.state is CheckInState.ANSWERED:
        change = blocks.button("Change my answer" if plate else "Add words", ANSWER, value)
        pull = [blocks.button("Pull it back", PULL_BACK, value)] if plate and shares_with_group(plate) else []
        spoken = plate or _spoken(person, checkin, mine)
        if not spoken:
            undo = blocks.button("Undo", UNDO, value)
            return f"Thanks, {person.name}. Nothing new: all of it stands as before.", "", [change, undo, more]
        return (
            f"Thanks, {person.name}. Saved.",
            _seen_by(snapshot, plate),
            [change, *pull, menu.commit_button(group), more],
        )
    if checkin.state is CheckInState.SKIPPED:
        return "Skipped. Nothing more this round.", "", [blocks.button("Answer after all", ANSWER, value), more]
    if checkin.state is CheckInState.AWAY and person.away_until:
        back = blocks.button("I'm back", menu.BACK, value)
        day = say_day(person.away_until, to_local(now, person.zone).date())
        return f"You're away until {day}. Nothing from me before then.", "", [back, answer, more]
    if taken(round, now):
        return OVER, "", [menu.share_button(group), more]
    if checkin.ask_again_at and not reminder_missed(checkin, now):
        day = say_day(to_local(checkin.ask_again_at, person.zone).date(), to_local(now, person.zone).date())
        when = f"{say_time(checkin.ask_again_at, person.zone)}{'' if day == 'today' else f' on {day}'}"
        return f"I'll ask again at {when}.", "", [answer, blocks.button("Skip this one", SKIP, value), more]
    return _occasion(snapshot, round, now), "", [answer, blocks.button("Skip this one", SKIP, value), more]


def _seen_by(snapshot: GroupSnapshot, plate: Plate | None) -> str:
    if plate is None:
        return f"How it's going with a commitment is seen by everyone in the group. {IN_THE_CHANNEL}"
    if not shares_with_group(plate):
        return SEEN_BY_ME
    return (
        f"What you marked for everyone will be seen by {everyone(snapshot)} {IN_THE_CHANNEL} The rest is seen by "
        "you and nobody else."
    )


def _choices(aimed: ActionPayload, *, again: bool = True) -> Block:
    """*Later today* and *I'm away until…* stand under *More*. A reminder can't be put off again."""
    value = action_payload.write(aimed)
    nothing = [blocks.button("Nothing new", NOTHING_NEW, value)] if again else []
    return blocks.row(
        blocks.button("Answer", ANSWER, value, style="primary"),
        *nothing,
        blocks.button("Skip this one", SKIP, value),
        blocks.button("More", menu.MORE, value),
    )


def _taps(
    snapshot: GroupSnapshot, mine: list[Commitment], aimed: ActionPayload, *, since: datetime | None = None
) -> list[Block]:
    """Each commitment they tend: one tap asks for help, and all else is said in a form. `since`: when the check-in
    asked; what was said after it can be taken back."""
    parts: list[Block] = []
    for commitment in mine[:MOST_TAPS]:
        parts += _tap(snapshot, commitment, aimed, since)
    if len(mine) > MOST_TAPS:
        rest = listed_within([f"“{one_line(one.what, 60)}”" for one in mine[MOST_TAPS:]], 200)
        parts.append(blocks.aside(f"And {rest}, under More."))
    return parts


def _tap(
    snapshot: GroupSnapshot, commitment: Commitment, aimed: ActionPayload, since: datetime | None
) -> list[Block]:
    last = commitment.history[-1] if commitment.history else None
    said = since is not None and last is not None and last.by == aimed.person and last.at >= since
    state = last.state if said and last else commitment.state
    value = action_payload.write(msgspec.structs.replace(aimed, subject=commitment.id))
    saved = f"{named(state)}. Saved." if said else f"So far: {STATE_WORDS[state]}."
    lines = [one_line(commitment.what, 300), saved, helpers_line(snapshot, commitment)]
    first = (
        blocks.button("Undo", UNDO + commitment.id, value)
        if said
        else blocks.button("Stuck, want help", STUCK + commitment.id, value)
    )
    more = blocks.button("Say more…", f"{PROGRESS}:{commitment.id}", value)
    return [blocks.paragraph("\n".join(filter(None, lines))), blocks.row(first, more)]


def _occasion(snapshot: GroupSnapshot, round: Round, now: datetime) -> str:
    if round.meeting_at is None:
        return f"{snapshot.group.name}: what's on your plate this week?"
    return f"We meet {_meeting_day(snapshot, round, now)}."


def _meeting_day(snapshot: GroupSnapshot, round: Round, now: datetime) -> str:
    zone = snapshot.group.zone
    assert round.meeting_at is not None
    return say_day(to_local(round.meeting_at, zone).date(), to_local(now, zone).date())


def _who_asks(snapshot: GroupSnapshot) -> str:
    """Which group it is about, for whoever is in two."""
    return f"For {snapshot.group.name}. Who sees each answer is yours to choose, in the form."


def _aim(snapshot: GroupSnapshot, round: Round, person: Person) -> ActionPayload:
    return ActionPayload(group=snapshot.group.id, round=round.name, person=person.id)
