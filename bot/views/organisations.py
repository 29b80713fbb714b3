"""Whom somebody speaks for: chosen from the group's list or added to it, and announced in the channel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.groups import NowSpeaks, OrganisationsPost
from bot.domain.organisations import can_object, listed
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block, Button, Choice
from bot.views import action_payload, blocks, inputs, menu
from bot.views.action_payload import ActionPayload
from bot.views.as_filled import filled, with_blocks
from bot.views.blocks import Bold, Part
from bot.views.words import as_posted, contained, escape, one_line

ORGANISATION = "organisation_name"
OTHER_ORGANISATION = "other_organisation"
OBJECT = "organisation_object"

LONGEST_NAME = 80
ANOTHER = "another"
_LISTED = "="
"""Before an entry's name in an option's value, so that no organisation is called `another`."""

MOST_CHOICES = 99
"""Slack's hundred options of a menu, less the one to add another."""


def organisation_inputs(leaders: Mapping[str, Leader], organisation: str, hint: str = "") -> list[Block]:
    """A choice from the group's list, with a field for a new one where that is chosen; in a group that has no list
    yet, the field alone."""
    entries = listed(leaders)
    if not entries:
        field = inputs.text_input(
            ORGANISATION, "Your organisation", initial=organisation, most=LONGEST_NAME, optional=False
        )
        return [field]
    # their own is among those that fit, wherever it stands in the list
    shown = sorted(entries, key=lambda name: name != organisation)[:MOST_CHOICES]
    options = [inputs.option(one_line(name, 75), _LISTED + name) for name in entries if name in shown]
    options.append(inputs.option("Another organisation…", ANOTHER))
    new = organisation not in ("", *entries)
    chosen = ANOTHER if new else _LISTED + organisation
    menu = inputs.select(ORGANISATION, options, chosen, placeholder="Choose")
    drawn = inputs.asked(ORGANISATION, "Your organisation", menu, optional=False, heard=True, hint=hint)
    return [drawn, *([_other_input(organisation)] if new else [])]


def _other_input(organisation: str = "") -> Block:
    return inputs.text_input(
        OTHER_ORGANISATION, "Which one?", initial=organisation, most=LONGEST_NAME, optional=False,
        hint="It joins the group's list.",
    )  # fmt: skip


def with_choice(view: Mapping[str, Any]) -> View:
    """The form that is open (`view`, as Slack sends it), with the field for a new organisation below the choice
    where another one was chosen, and without it else. All that was typed stays."""
    values = view.get("state", {}).get("values", {})
    parts: list[Any] = []
    for block in view["blocks"]:
        if block.get("block_id") != OTHER_ORGANISATION:
            parts.append(filled(block, values))
        if block.get("block_id") == ORGANISATION and inputs.chosen(values, ORGANISATION) == ANOTHER:
            parts.append(filled(_other_input(), values))
    return with_blocks(view, parts)


def read_organisation(values: StateValues) -> str:
    """As it was chosen or typed. Raises Problem at the field."""
    chosen = inputs.chosen(values, ORGANISATION)
    if chosen.startswith(_LISTED):
        return one_line(chosen.removeprefix(_LISTED), LONGEST_NAME)
    field = OTHER_ORGANISATION if chosen == ANOTHER and OTHER_ORGANISATION in values else ORGANISATION
    return inputs.typed_line(values, field, LONGEST_NAME, ProblemCode.ORGANISATION_MISSING)


def announcement(snapshot: GroupSnapshot, post: OrganisationsPost) -> Message:
    """Who speaks for which organisation from now on, each with their Slack account; one press undoes it, as long as
    they do."""
    told = [_told(snapshot, line) for line in post.lines]
    standing = [line for line in post.lines if not line.objected_by]
    open_lines = [line for line in standing if can_object(snapshot.leaders.get(line.person_id), line)]
    below = "Anyone in the group can object, which undoes it." if open_lines else ""
    if not standing:
        below = "Worth a word together."
    buttons = [_object(snapshot, post, open_lines)] if open_lines else []
    return blocks.message(
        "\n".join(filter(None, [*(as_text(parts) for parts in told), below])),
        *(blocks.paragraph(*parts) for parts in told),
        *([blocks.aside(below)] if below else []),
        blocks.row(*buttons, menu.more_button(snapshot.group.id)),
    )


def _told(snapshot: GroupSnapshot, line: NowSpeaks) -> list[Part]:
    who: list[Part] = [Bold(line.name), *account(snapshot, line.person_id)]
    if line.objected_by:
        objector = f"{as_posted(snapshot, line.called, line.objected_by)} objected: "
        if line.before:
            return [objector, *who, " speaks for ", Bold(line.before), ", as before."]
        return [objector, *who, " speaks for no organisation for now."]
    if line.back:
        return [*who, " is back, and speaks for ", Bold(line.after), "."]
    new = ", new in this group" if line.new else ""
    if line.before:
        return [*who, " now speaks for ", Bold(line.after), f"{new}, no longer for {line.before}."]
    return [*who, " speaks for ", Bold(line.after), f"{new}."]


def account(snapshot: GroupSnapshot, person_id: str) -> list[Part]:
    """Somebody's Slack account, to stand after their name: what nobody can choose for themselves."""
    person = snapshot.people.get(person_id)
    return [" ", blocks.user(person.reach.user_id)] if person else []


def as_text(parts: list[Part]) -> str:
    """The same for a message's `text`."""
    return "".join(
        escape(contained(part)) if isinstance(part, str) else f"<@{part['user_id']}>"
        for part in parts
        if isinstance(part, str) or part["type"] == "user"
    )


def read_line(subject: str) -> tuple[str, int]:
    """Which post, and which of its lines, somebody objects to. Raises Problem for what can't be read."""
    post_id, _, number = subject.rpartition(".")
    if not number.isdecimal():
        raise Problem(ProblemCode.OLD_BUTTON)
    return post_id, int(number)


def _object(snapshot: GroupSnapshot, post: OrganisationsPost, lines: list[NowSpeaks]) -> Button | Choice:
    """A button for one, a menu for several."""
    sure = blocks.confirm("Object?", "This goes back to how it was, and the message says so.", "Object", "Leave it")
    values = {
        line.person_id: action_payload.write(ActionPayload(group=snapshot.group.id, subject=f"{post.id}.{number}"))
        for number, line in enumerate(post.lines)
    }
    if len(lines) == 1:
        return blocks.button("Object", OBJECT, values[lines[0].person_id], confirm=sure)
    options = [inputs.option(one_line(f"{line.name}: {line.after}", 75), values[line.person_id]) for line in lines]
    return inputs.select(OBJECT, options, placeholder="Object to…", confirm=sure)
