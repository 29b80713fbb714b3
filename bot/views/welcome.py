"""What the first DM says, and *Tell me more*."""

from __future__ import annotations

from bot.domain.checkins import hour_kept
from bot.domain.handover import spoke_before
from bot.domain.meetings import apart_over_a_fortnight
from bot.domain.people import Leader, Person
from bot.domain.reach import Words
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import everyone, who_is_everyone
from bot.views.blocks import Bold
from bot.views.dates import how_often, say_meetings, say_zone
from bot.views.handover import handover_button
from bot.views.reach import IN_SHORT, SENTENCES
from bot.views.words import called, cut, escape

TELL_MORE = "welcome_more"

MOST_WORDS = 90
A_FEW = 20
"""Characters of a name: some four words."""


def welcome(
    snapshot: GroupSnapshot, person: Person, leader: Leader, words: Words = Words.ALL, when: str = ""
) -> Message:
    """The first DM: who set this up, what is asked, how often, who sees what, how to stop; and, by `words`, where
    not everything works. `when`: from or until when it is asked, if not always. Whoever follows somebody of
    their organisation is offered where things stand; their settings are then behind *More*."""
    group = snapshot.group
    often, reminder = how_often(group.rhythm.meeting), "one reminder, " if group.rhythm.nudge else ""
    follows = spoke_before(snapshot.leaders.values(), leader)
    setter = called(snapshot, group.set_up_by) if group.set_up_by != person.id else "You"
    hour, short = hour_kept(person.hour, group.rhythm), IN_SHORT[words]
    told = {  # in mrkdwn, so no word that anybody typed
        "What I ask:": f"{when}what's on your plate, {often}, at {hour}, {say_zone(person.zone)}. "
        f"{'At' if when else f'Two minutes, {reminder}at'} most two unasked messages a week.",
        "Who sees it:": f"you choose for each answer. {everyone(snapshot)}; or just you.",
        "How to stop:": "press Leave at any time. Nobody is shown who did not answer.",
    } | ({"Where:": short} if short else {})
    room = MOST_WORDS - len(" ".join([*told, *told.values()]).split())
    name, hello, speaks = _opening(group.name, person.name, setter, leader.organisation, room)
    first = f"{escape(f'{name}{hello}')}<#{group.place.channel}>{escape(speaks)}"
    return blocks.message(
        "\n".join([first, *(f"{about} {said}" for about, said in told.items())]),
        blocks.paragraph(Bold(name), hello, blocks.channel(group.place.channel), speaks),
        *[blocks.section(f"*{about}* {said}") for about, said in told.items()],
        blocks.row(
            menu.share_button(group.id, primary=True),
            blocks.button("Tell me more", TELL_MORE, action_payload.write(ActionPayload(group=group.id))),
            handover_button(group.id) if follows else menu.settings_button(group.id),
            menu.leave_button(group),
            menu.more_button(group.id),
        ),
    )


def _opening(group: str, person: str, setter: str, organisation: str, room: int) -> tuple[str, str, str]:
    """The group, who set it up, and, where there is `room` for so many words, for whom they speak: they said that
    themselves a moment ago. Of names that are longer still the beginning will do."""
    speaks = f". You speak for {organisation}." if organisation else "."
    whole = f". Hello {person}. {setter} set up Between for it in "
    for last in (speaks, "."):
        if len(f"{group}{whole}#{last}".split()) <= room:
            return group, whole, last
    return cut(group, A_FEW), f". Hello {cut(person, A_FEW)}. {cut(setter, A_FEW)} set up Between in ", "."


def more_of_welcome(snapshot: GroupSnapshot, words: Words = Words.ALL) -> View:
    """*Tell me more*: the rest of what the first DM has no room for."""
    group = snapshot.group
    meets, often = say_meetings(group.rhythm.meeting, group.zone), how_often(group.rhythm.meeting)
    before = "" if apart_over_a_fortnight(group.rhythm.meeting) else " before the meeting"
    return blocks.sheet(
        "Tell me more",
        blocks.paragraph(Bold(group.name), f" meets {meets}. {often.capitalize()} I ask you once."),
        blocks.section(
            "*What I ask:* what's on your plate, for your organisation and for you, one question that changes each "
            "time, and how it's going with what you said you'd do. A line is plenty; every message has Skip."
        ),
        blocks.section(
            "*What becomes of it:* what is for everyone goes into the digest in the channel"
            f"{before}. "
            "You can change it or pull it back at any time; a digest that is out is corrected."
        ),
        blocks.section(
            "*Just me* is shown to nobody else. Whoever runs the server could reach what is stored, and public "
            "bodies may have to disclose it."
        ),
        blocks.section(
            "*When I'm silent:* outside your hours, at weekends, on your public holidays, while you're away, and "
            "once you leave."
        ),
        blocks.section(f"*What works for you:* {SENTENCES[words]}"),
        who_is_everyone(snapshot),
    )
