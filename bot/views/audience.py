"""Who sees an answer: said in one line before it is sent and after, the names behind it one press away."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.plate import ME_LANE, ORGANISATION_LANE, QUESTION, Audience
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.words import count, escape, listed_within, one_line

WHO = "who_is_everyone"
EVERYONE_SEES = "everyone_sees"

LANES = (ORGANISATION_LANE, ME_LANE, QUESTION)
USUAL = {ORGANISATION_LANE: Audience.GROUP, ME_LANE: Audience.ME, QUESTION: Audience.GROUP}

MOST_ORGANISATIONS = 40
"""In the sheet, so that it stays under Slack's hundred blocks and opens at once."""


def everyone(snapshot: GroupSnapshot) -> str:
    """“Everyone: 9 leaders of 6 organisations, and whoever reads #young-carers”, in mrkdwn."""
    leaders = count(len(snapshot.active()), "leader")
    organisations = count(len(snapshot.organisations()), "organisation")
    return f"Everyone: {leaders} of {organisations}, and whoever reads <#{escape(snapshot.group.place.channel)}>"


def who_is_everyone(snapshot: GroupSnapshot) -> Block:
    """The line, with the button that names them."""
    names = blocks.button("Who is that?", WHO, action_payload.write(ActionPayload(group=snapshot.group.id)))
    return blocks.section(everyone(snapshot), names)


def names_sheet(snapshot: GroupSnapshot) -> View:
    """The people and the organisations behind *everyone*, and what can't be promised."""
    organisations = snapshot.organisations()
    parts = [blocks.section(f"{everyone(snapshot)}.")]
    for name in organisations[:MOST_ORGANISATIONS]:
        people = [
            one_line(snapshot.people[id_].name, 60)
            for id_, leader in snapshot.active().items()
            if leader.organisation == name
        ]
        parts.append(blocks.paragraph(Bold(one_line(name, 80)), f": {listed_within(people, 1500)}"))
    # how many there are is said all the same: nobody is to think that these are all who read it
    more = len(organisations) - MOST_ORGANISATIONS
    parts += [blocks.context(f"And {count(more, 'organisation')} more.")] if more > 0 else []
    parts.append(
        blocks.context(
            "*Just me* is shown to nobody else. Whoever runs the server could reach what is stored, and public "
            "bodies may have to disclose it."
        )
    )
    return blocks.sheet("Who is that?", *parts)


def audience_input(labels: Mapping[str, str], audiences: Mapping[str, Audience]) -> Block:
    """One group of boxes for the whole form: a lane that is ticked is for everyone, else just its author's."""
    options = [inputs.option(one_line(label, 75), lane) for lane, label in labels.items()]
    seen = [lane for lane, audience in audiences.items() if audience is Audience.GROUP]
    return inputs.asked(EVERYONE_SEES, "Everyone sees:", inputs.checkboxes(EVERYONE_SEES, options, seen))


def read_audience(values: StateValues, lane: str) -> Audience:
    """Of a form from before December 2026 each lane had a choice of its own."""
    ticked = inputs.chosen_several(values, EVERYONE_SEES)
    if ticked is not None:
        return Audience.GROUP if lane in ticked else Audience.ME
    chosen = inputs.chosen(values, f"{lane}_audience")
    return Audience(chosen) if chosen in list(Audience) else USUAL[lane]
