"""Which group a command or a shortcut means: the channel's, else the only one they are in; else they are asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.groups import Group
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, Message
from bot.ports.blocks import Button
from bot.usecases.groups import group_in, groups_of
from bot.usecases.snapshot import NotJoined, load_member, load_member_in, require_member
from bot.views import menu
from bot.views.problems import join_first, with_typed
from bot.views.which_group import GROUP, Beginning, read_which_group, which_group_form
from handlers.acks import ack_message
from handlers.incoming import Command, Incoming, acknowledge, read_submission, show
from handlers.joining import offer_or_say, recognise

Answer = Callable[[Message], Awaitable[object]]
Ask = Callable[[list[Group]], Awaitable[object]]
"""Asks who is in several groups which of them is meant."""


async def group_of_command(
    ack: AsyncAck, command: Command, deps: Deps, button: Callable[[str], Button], typed: str = ""
) -> str | None:
    """The group's id; or None once they were answered with a choice, or with how to begin; and with what they
    `typed`, which a button can't carry.
    """
    await recognise(deps, command.team_id, command.who)
    here = await group_in(deps.store, command.place)
    answer = partial(ack_message, ack)
    return here.id if here else await _only_group(answer, command, deps, _by_button(answer, button, typed), typed)


async def _only_group(answer: Answer, incoming: Incoming, deps: Deps, ask: Ask, typed: str) -> str | None:
    groups = await groups_of(deps.store, incoming.who)
    if len(groups) == 1:
        return groups[0].id
    if groups:
        await ask(groups)
        return None
    known = bool(await deps.store.index.person(incoming.who))
    await answer(with_typed(menu.no_group(incoming.channel, known=known), typed))
    return None


def _by_button(answer: Answer, button: Callable[[str], Button], typed: str) -> Ask:
    return lambda groups: answer(with_typed(menu.choose_group(groups, button), typed))


async def _by_form(
    ack: AsyncAck, command: Command, deps: Deps, beginning: Beginning, typed: str, groups: list[Group]
) -> None:
    await show(deps, command, which_group_form(beginning, groups, typed))
    await acknowledge(ack, typed, beginning.most)


async def member_chosen(
    body: dict[str, Any], deps: Deps, beginning: Beginning, needs: Section = Section.NAMES
) -> tuple[Membership, str]:
    """*Next*: by who was asked with which of their groups, and the words as they are by now. OLD_BUTTON for a group
    that is none of theirs: it comes from outside, and of theirs there is a list."""
    sent = read_submission(body)
    group_id, words = read_which_group(beginning, sent.values)
    if group_id not in {one.id for one in await groups_of(deps.store, sent.who)}:
        raise Problem(ProblemCode.OLD_BUTTON, GROUP)
    return await require_member(deps.store, sent.who, group_id, needs), words


async def member_for_command(
    ack: AsyncAck,
    command: Command,
    deps: Deps,
    button: Callable[[str], Button],
    needs: Section = Section.NAMES,
    *,
    beginning: Beginning | None = None,
    typed: str = "",
) -> Membership | None:
    """Whoever typed a command, in the group it means; or None once they were answered: with a choice, or with the
    form to join. What they `typed` for a form goes on to it by a form with the choice, since a button can't carry
    it; given back is what they typed after a command where neither holds it.
    """
    answer = partial(ack_message, ack)
    ask = _by_button(answer, button, command.text)
    if beginning and typed:
        ask = partial(_by_form, ack, command, deps, beginning, typed)
    member = await _member_meant(answer, command, deps, ask, needs, command.text)
    if isinstance(member, NotJoined):
        await offer_or_say(deps, command, member.snapshot)
        await (ack_message(ack, join_first(command.text)) if command.text else ack())
        return None
    return member


async def member_for_shortcut(
    incoming: Incoming, deps: Deps, beginning: Beginning, typed: str, needs: Section = Section.NAMES
) -> Membership | None:
    """The same for a shortcut on a message. Its acknowledgement can't say anything, so how to begin comes by its
    address."""
    answer = partial(deps.messenger.reply, incoming.response_url)

    async def ask(groups: list[Group]) -> None:
        await show(deps, incoming, which_group_form(beginning, groups, typed))

    member = await _member_meant(answer, incoming, deps, ask, needs)
    if isinstance(member, NotJoined):
        await offer_or_say(deps, incoming, member.snapshot)
        return None
    return member


async def _member_meant(
    answer: Answer,
    incoming: Incoming,
    deps: Deps,
    ask: Ask,
    needs: Section,
    typed: str = "",
) -> Membership | NotJoined | None:
    await recognise(deps, incoming.team_id, incoming.who)
    if here := await load_member_in(deps.store, incoming.who, incoming.place, needs):
        return here
    group_id = await _only_group(answer, incoming, deps, ask, typed)
    return await load_member(deps.store, incoming.who, group_id, needs) if group_id else None
