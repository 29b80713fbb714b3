"""What only a group's leaders can do: the press is read, its snapshot loaded, and whoever is not in the group is
offered to join it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Membership, Section
from bot.ports import Deps, View
from bot.usecases.snapshot import NotJoined, load_member, not_a_member
from handlers import joining
from handlers.incoming import Press, Submission, read_press, read_submission, show_page
from handlers.open_homes import Homes

Listener = Callable[[AsyncAck, Any, Membership, Deps], Awaitable[None]]
"""Handed a Press, or a Submission where it is a form's."""

Draw = Callable[[Press, Membership, Deps], Awaitable[View]]


def for_leaders(
    listener: Listener, needs: Section = Section.NAMES, *, home: bool = False, absent: bool = False
) -> Callable[..., Awaitable[None]]:
    """A listener for Bolt. `needs`: of the group's snapshot. `home`: what was done shows on their Home. `absent`:
    also for who is in the group and gone from its channel.

    The sequence: read, load, and then what the listener does, which saves before it acknowledges. A form of
    somebody who is not in the group any more gives them their words back.
    """

    async def answered(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
        if body.get("type") == "view_submission":
            incoming: Press | Submission = read_submission(body)
        else:
            incoming = read_press(body)
        member = await member_of(deps, incoming, needs, absent=absent)
        if isinstance(member, Membership):
            await listener(ack, incoming, member, deps)
            # last: it may be lost, and nothing waits for it
            if home:
                await homes.redraw(deps, incoming)
            return
        if isinstance(incoming, Submission):
            raise not_a_member(member.snapshot)
        await joining.offer_or_say(deps, incoming, member.snapshot)
        await ack()

    return answered


def opens(draw: Draw, needs: Section = Section.NAMES) -> Callable[..., Awaitable[None]]:
    """As `for_leaders`, of a button that opens what is drawn, or turns its page."""

    async def opened(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
        await show_page(ack, deps, press, await draw(press, member, deps))

    return for_leaders(opened, needs)


def draws(
    draw: Callable[[Press, Membership, Deps], View], needs: Section = Section.NAMES
) -> Callable[..., Awaitable[None]]:
    """As `opens`, of what is drawn at once from what was loaded."""

    async def drawn(press: Press, member: Membership, deps: Deps) -> View:
        return draw(press, member, deps)

    return opens(drawn, needs)


async def member_of(
    deps: Deps, incoming: Press | Submission, needs: Section = Section.NAMES, *, absent: bool = False
) -> Membership | NotJoined:
    """Whoever pressed. Raises Problem where it was meant for somebody else."""
    target = incoming.payload
    await joining.recognise(deps, incoming.team_id, incoming.who)
    return await load_member(
        deps.store, incoming.who, target.group, needs, round=target.round, only_for=target.person, absent=absent
    )
