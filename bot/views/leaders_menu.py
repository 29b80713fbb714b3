"""Menus of a group's leaders: whom a commitment is passed on to, who would be glad to hear of it, whom to thank.

They are menus of our own, since Slack's would not show people of other workspaces.
"""

from __future__ import annotations

from collections.abc import Collection

from bot.domain.commitments import Commitment
from bot.domain.glad import MOST_NAMED
from bot.domain.passing import MOST_ASKED, WHOEVER
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues
from bot.ports.blocks import Block, Option
from bot.views import inputs
from bot.views.words import called, one_line

PASSED_TO = "pass_to"
GLAD = "glad"
ANYONE = "whoever_can"
"""The value of *Whoever can take it*; an option's value can't be empty."""

MOST_OPTIONS = 100
"""Slack takes no more in a menu."""


def leader_options(snapshot: GroupSnapshot, *, but: str = "") -> list[Option]:
    """Everyone in the group but one, as far as a menu holds them."""
    ids = [id_ for id_ in snapshot.active() if id_ != but][:MOST_OPTIONS]
    return [inputs.option(one_line(called(snapshot, id_), 75), id_) for id_ in ids]


def pass_on_inputs(snapshot: GroupSnapshot, commitment: Commitment) -> list[Block]:
    """Nothing where nobody else is in the group."""
    others = leader_options(snapshot, but=commitment.made_by)[: MOST_OPTIONS - 1]  # less *Whoever can take it*
    if not others:
        return []
    chosen = [one.to or ANYONE for one in commitment.passing]
    options = [inputs.option("Whoever can take it", ANYONE), *others]
    menu = inputs.several(PASSED_TO, options, chosen, MOST_ASKED, "Keep it")
    hint = "The first yes has it. Who says not now is shown to nobody."
    return [inputs.asked(PASSED_TO, "Pass it on", menu, hint=hint)]


def read_pass_to(values: StateValues) -> tuple[str, ...] | None:
    """Person ids, `WHOEVER` for *Whoever can take it*, and none to keep it; None where the form did not ask."""
    chosen = inputs.chosen_several(values, PASSED_TO)
    return None if chosen is None else tuple(WHOEVER if one == ANYONE else one for one in chosen)


def glad_inputs(snapshot: GroupSnapshot, maker: str, named: Collection[str]) -> list[Block]:
    """Who'd be glad to hear how it goes; nothing where nobody else is in the group."""
    others = leader_options(snapshot, but=maker)
    if not others:
        return []
    menu = inputs.several(GLAD, others, named, MOST_NAMED, "Nobody in particular")
    return [inputs.asked(GLAD, "Who'd be glad to hear how it goes?", menu)]


def read_glad(values: StateValues) -> tuple[str, ...] | None:
    """Person ids, which may be of who has left since; None where the form did not ask."""
    return inputs.chosen_several(values, GLAD)
