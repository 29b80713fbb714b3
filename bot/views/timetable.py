"""When the bot writes, as far as a group can change it: as a form shows it and reads it back, and as a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from bot.domain.change import edition
from bot.domain.groups import Group, GroupSettings
from bot.domain.meetings import apart_over_a_fortnight, check_rhythm
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Rhythm
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.dates import WEEKDAYS, say_zone

OPEN = "timetable_open"
FORM = "timetable_form"
DAYS_BEFORE, WEEKDAY = "checkin_days_before", "checkin_weekday"
NUDGE = "nudge_percent"
DIGEST_AT, BRIEF_AT, FROM, TO = "digest_at", "brief_at", "hours_from", "hours_to"
"""Fields of the form, by the names that they have in a rhythm: what is wrong with one is said at the other."""

_DIGESTS, _BRIEFS, _FROMS, _TOS = range(7, 14), range(12, 19), range(6, 12), range(13, 22)
"""Hours to choose from. After a digest at one there is time to add to the brief, in the same hours."""

_NUDGES = {
    40: "when nearly half of the time to answer has gone",
    60: "when over half of the time to answer has gone",
    80: "late, when most of the time to answer has gone",
}


def timetable_form(group: Group) -> View:
    """To any leader. The reminder's time is asked only of a group that has one. It carries how the settings stand
    (`edition`)."""
    rhythm = group.rhythm
    soon = [inputs.option(words[0].upper() + words[1:], str(percent)) for percent, words in _NUDGES.items()]
    reminder = inputs.select(NUDGE, soon, str(rhythm.nudge_percent))
    hint = "Never in the last four hours."
    reminded = inputs.asked(NUDGE, "The reminder comes", reminder, optional=False, hint=hint)
    return blocks.form(
        FORM,
        "When I write",
        "Save and announce",
        action_payload.write(ActionPayload(group=group.id, state=edition(group))),
        blocks.section("It holds at once. Nobody is asked twice, and nobody is written to at weekends."),
        _asked_input(rhythm),
        *([reminded] if rhythm.nudge else []),
        _hour_input(DIGEST_AT, "The digest comes at", _DIGESTS, rhythm.digest_at),
        _hour_input(BRIEF_AT, "The brief, the working day before, at", _BRIEFS, rhythm.brief_at),
        _hour_input(FROM, "I write to you from", _FROMS, rhythm.hours_from),
        _hour_input(TO, "And before", _TOS, rhythm.hours_to),
    )


def read_timetable(values: StateValues, rhythm: Rhythm) -> Rhythm:
    """The rhythm with what the form says. Raises Problem at the field."""
    field = WEEKDAY if apart_over_a_fortnight(rhythm.meeting) else DAYS_BEFORE
    chosen = {field: inputs.chosen(values, field)}
    if late := inputs.chosen(values, NUDGE):  # a group without a reminder is not asked when it comes
        chosen[NUDGE] = late
    # -1 for what is no number: the rhythm refuses it by name
    numbers = {name: int(number) if number.isdecimal() else -1 for name, number in chosen.items()}
    clocks = {name: inputs.chosen(values, name) for name in (DIGEST_AT, FROM, TO)}
    # a form that was opened before it asked for this
    clocks[BRIEF_AT] = inputs.chosen(values, BRIEF_AT) or rhythm.brief_at
    found = check_rhythm(replace(rhythm, **numbers, **clocks))
    if found.digest_at < found.hours_from:
        raise Problem(ProblemCode.DIGEST_TOO_EARLY, DIGEST_AT, hour=found.digest_at, start=found.hours_from)
    return found


def changed(before: GroupSettings, after: GroupSettings) -> list[str]:
    """A sentence for each of them that differs."""
    old, new = before.rhythm, after.rhythm
    if apart_over_a_fortnight(new.meeting):
        asked = f"I ask on {WEEKDAYS[new.checkin_weekday]}s."
    else:
        days = new.checkin_days_before
        asked = f"I ask {days} days before we meet, or sooner, so that a working day is left to answer."
    sentences = {
        asked: (old.checkin_days_before, old.checkin_weekday) != (new.checkin_days_before, new.checkin_weekday),
        f"The reminder comes {_NUDGES[new.nudge_percent]}.": old.nudge_percent != new.nudge_percent,
        f"The digest comes at {new.digest_at}, {say_zone(after.zone)}.": old.digest_at != new.digest_at,
        f"The brief comes at {new.brief_at}, {say_zone(after.zone)}, on the working day before we meet.": (
            old.brief_at != new.brief_at
        ),
        f"I write from {new.hours_from} your time, and before {new.hours_to} your time.": (
            (old.hours_from, old.hours_to) != (new.hours_from, new.hours_to)
        ),
        # in the channel, as some of them learn by it when they are asked, and in words that name nobody
        f"Whoever chose another hour is asked at {new.hours_from} your time.": (
            old.hours_from < new.hours_from or new.hours_to < old.hours_to
        ),
    }
    return [sentence for sentence, differs in sentences.items() if differs]


def _asked_input(rhythm: Rhythm) -> Block:
    """Where meetings are over a fortnight apart rounds are weekly, and answers close on a Thursday."""
    if apart_over_a_fortnight(rhythm.meeting):
        options = [inputs.option(WEEKDAYS[day], str(day)) for day in range(3)]
        menu = inputs.select(WEEKDAY, options, str(rhythm.checkin_weekday))
        return inputs.asked(WEEKDAY, "I ask on", menu, optional=False)
    options = [inputs.option(f"{days} days before we meet", str(days)) for days in range(2, 11)]
    menu = inputs.select(DAYS_BEFORE, options, str(rhythm.checkin_days_before))
    hint = "Or sooner, so that a working day is left to answer."
    return inputs.asked(DAYS_BEFORE, "I ask", menu, optional=False, hint=hint)


def _hour_input(field: str, label: str, hours: Iterable[int], chosen: str) -> Block:
    clocks = sorted({chosen, *(f"{hour:02}:00" for hour in hours)})
    menu = inputs.select(field, [inputs.option(clock, clock) for clock in clocks], chosen)
    return inputs.asked(field, label, menu, optional=False)
