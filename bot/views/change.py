"""A change of a group's settings: announced in its channel, what changed in words, and one press to object."""

from __future__ import annotations

from datetime import date

from bot.domain.groups import GroupSettings, SettingsChange
from bot.domain.hours import from_local, to_local
from bot.domain.meetings import meeting_at
from bot.domain.nations import nation_name
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import action_payload, blocks, menu, timetable
from bot.views.action_payload import ActionPayload
from bot.views.convening import WHAT_BECOMES, paused_words, without_it
from bot.views.dates import say_meetings, say_time, say_whole_day, say_zone
from bot.views.questions import asked
from bot.views.words import as_posted, escape

OBJECT = "change_object"


def announcement(snapshot: GroupSnapshot, change: SettingsChange, *, aloud: bool = False) -> Message:
    """A change of settings, for all to see; one press undoes it, while it can be undone. `aloud`: in the thread of
    the post where it stands with that button, and where it stays as it is though somebody objects."""
    if change.objected_by:
        objector = as_posted(snapshot, change.called, change.objected_by)
        below = f"{objector} objected, so this is as it was before. Worth a word together."
        buttons = [menu.more_button(snapshot.group.id)]
    elif change.shut or aloud:
        below, buttons = "", [menu.more_button(snapshot.group.id)]
    else:
        value = action_payload.write(ActionPayload(group=snapshot.group.id, subject=change.id))
        sure = blocks.confirm(
            "Object?", "This goes back to how it was, and the channel is told so.", "Object", "Leave it"
        )
        below = "Anyone in the group can object, which undoes it."
        buttons = [blocks.button("Object", OBJECT, value, confirm=sure), menu.more_button(snapshot.group.id)]
    who, what = as_posted(snapshot, change.called, change.by), " ".join(_what_changed(snapshot, change))
    words = f"{who} changed {snapshot.group.name}: {what}"
    return blocks.message(
        f"{escape(words)} {escape(below)}".strip(),
        blocks.paragraph(words),
        *([blocks.aside(below)] if below else []),
        *([] if aloud else [blocks.row(*buttons)]),
    )


def _what_changed(snapshot: GroupSnapshot, change: SettingsChange) -> list[str]:
    """A sentence for each setting that differs, and for each meeting that moved; each day with its date, since
    the post stays in the channel."""
    before, after = change.before, change.after
    sentences = {
        f"It is called {after.name}.": before.name != after.name,
        f"We meet {say_meetings(after.rhythm.meeting, after.zone)}.": before.rhythm.meeting != after.rhythm.meeting,
        f"Its clock is {say_zone(after.zone)}.": before.zone != after.zone,
        f"It keeps the public holidays of {nation_name(after.nation)}.": before.nation != after.nation,
        f"{as_posted(snapshot, change.called, after.convenor or '')} looks after the rhythm.": before.convenor
        != after.convenor,
        asked(after.questions, same=after.same_question): (before.questions, before.same_question)
        != (after.questions, after.same_question),
        f"I send {'one' if after.rhythm.nudge else 'no'} reminder.": before.rhythm.nudge != after.rhythm.nudge,
    }
    # by the clock of when it was changed: the post stays, and is drawn anew for other reasons
    today = to_local(change.at, before.zone).date()
    moves = [
        f"The meeting of {say_whole_day(move.planned, today)} "
        f"{'is that day' if move.to == move.planned else f'moves to {say_whole_day(move.to, today)}'} at "
        f"{say_time(from_local(move.to, move.at, before.zone), before.zone)}."
        for move in after.rhythm.moved
        if move not in before.rhythm.moved
    ]
    said = [sentence for sentence, differs in sentences.items() if differs]
    return [*said, *timetable.changed(before, after), *moves, *_rests(before, after, today)]


def _rests(before: GroupSettings, after: GroupSettings, today: date) -> list[str]:
    """Meetings that won't be, a pause, an end."""
    skipped = [
        to_local(meeting_at(after.rhythm, after.zone, planned), after.zone).date()
        for planned in after.rhythm.skipped
        if planned not in before.rhythm.skipped
    ]
    nothing = without_it(after.rhythm.meeting)
    said = [f"We won't meet on {say_whole_day(day, today)}: {nothing}." for day in skipped]
    if after.paused_until and after.paused_until != before.paused_until:
        said.append(paused_words(after.paused_until, today))
    if after.ends_on and after.ends_on != before.ends_on:
        said.append(
            f"The group ends on {say_whole_day(after.ends_on, today)}. From then on I ask nobody. {WHAT_BECOMES}"
        )
    stopped = (before.paused_until and not after.paused_until) or (before.ends_on and not after.ends_on)
    return [*said, "I ask as before again."] if stopped else said
