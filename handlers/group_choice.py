"""Which group a command or a shortcut means: the channel's, else the only one they are in; else they are asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from slack_bolt.async_app import AsyncAck

from bot.domain.groups import Group
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, Message, View
from bot.ports.blocks import Button
from bot.usecases.groups import group_in, groups_of
from bot.usecases.snapshot import NotJoined, load_member, load_member_in
from bot.views import menu
from bot.views.problems import join_first, with_typed
from handlers.acks import ack_message
from handlers.incoming import Command, Incoming, show
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


async def member_for_command(
    ack: AsyncAck, command: Command, deps: Deps, button: Callable[[str], Button], needs: Section = Section.NAMES
) -> Membership | None:
    """Whoever typed a command, in the group it means; or None once they were answered: with a choice, or with the
    form to join. What they typed after it is given back where no form holds it.
    """
    answer = partial(ack_message, ack)
    ask = _by_button(answer, button, command.text)
    member = await _member_meant(answer, command, deps, ask, needs, command.text)
    if isinstance(member, NotJoined):
        await offer_or_say(deps, command, member.snapshot)
        await (ack_message(ack, join_first(command.text)) if command.text else ack())
        return None
    return member


async def member_for_shortcut(
    incoming: Incoming, deps: Deps, choice: Callable[[list[Group]], View], needs: Section = Section.NAMES
) -> Membership | None:
    """The same for a shortcut on a message. Its acknowledgement can't say anything, so how to begin comes by its
    address; `choice` is a form, which goes on with the message's words."""
    answer = partial(deps.messenger.reply, incoming.response_url)
    member = await _member_meant(answer, incoming, deps, lambda groups: show(deps, incoming, choice(groups)), needs)
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
