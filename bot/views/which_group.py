"""Which group is meant, asked of who is in several before a form opens; what they typed goes on to that form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.groups import Group
from bot.ports import StateValues, View
from bot.views import action_payload, blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.words import cut

GROUP = "group"
WORDS = "what"


class Beginning(NamedTuple):
    """How that form begins, and whose this one is: `form` is where *Next* is handled, `label` and `most` are of the
    field that the words are for."""

    form: str
    title: str
    label: str
    most: int


def which_group_form(one: Beginning, groups: Sequence[Group], typed: str) -> View:
    """To who began in a channel of none of their groups."""
    options = [inputs.option(group.name, group.id) for group in groups[:100]]  # the most that Slack takes
    return blocks.form(
        one.form,
        one.title,
        "Next",
        action_payload.write(ActionPayload()),  # of no group yet
        inputs.asked(GROUP, "With which group?", inputs.select(GROUP, options), optional=False),
        inputs.text_input(WORDS, one.label, initial=cut(typed, one.most), most=one.most, lines=True),
    )


def read_which_group(one: Beginning, values: StateValues) -> tuple[str, str]:
    """The group's id as it was chosen, and the words by now; raises Problem where they are too long."""
    return inputs.chosen(values, GROUP), inputs.typed_within(values, WORDS, one.most)
