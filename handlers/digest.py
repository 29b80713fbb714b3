"""Digests asked for again: the last one, one of a date, all of it."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import GroupSnapshot, Membership, Section
from bot.ports import Deps
from bot.usecases import digest, unconfirmed
from bot.views import digest as screens
from bot.views import digest_pages, menu
from bot.views.dates import read_day
from bot.views.unconfirmed import POST_AGAIN, posted_next
from handlers.acks import ack_message
from handlers.best_effort import best_effort
from handlers.group_choice import group_of_command
from handlers.incoming import Command, Incoming, Press, read_press, show
from handlers.joining import readable
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """For leaders, and for whoever is in the group's channel, where digests stand to be read."""
    app.actions |= {
        menu.DIGEST: open_digest,
        menu.DIGESTS: open_chooser,
        screens.WHOLE: open_whole,
        digest_pages.PICK: open_whole,
        POST_AGAIN: for_leaders(post_again, Section.ROUNDS),
    }


async def open_digest(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Read the digest*: the one that the message was about, where it was about one; else the last."""
    press = read_press(body)
    if snapshot := await with_digests(deps, press, press.payload.group):
        round_name = press.payload.round
        found = digest.of_round(snapshot, round_name) if round_name else digest.last(snapshot)
        await show(deps, press, digest_pages.whole(found, zone=snapshot.group.zone))
    await ack()


async def open_chooser(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Read digests*, behind *More*: those that are kept, to choose one."""
    press = read_press(body)
    if snapshot := await with_digests(deps, press, press.payload.group):
        await show(deps, press, digest_pages.chooser(snapshot, digest.kept(snapshot)))
    await ack()


async def open_whole(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """A page of a digest; from a page's own buttons, in its place."""
    press = read_press(body)
    if snapshot := await with_digests(deps, press, press.payload.group):
        found = digest.of_round(snapshot, press.payload.round)
        view = digest_pages.whole(found, zone=snapshot.group.zone, page=press.payload.page)
        # a page's own buttons; whoever chose from the list finds that beneath
        if press.in_modal and not press.chosen:
            await deps.messenger.update_form(press.team_id, press.view_id, view)
        else:
            await show(deps, press, view)
    await ack()


async def post_again(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Post it*, by who has looked in the channel for a digest of which we can't tell. ROUND_GONE once the round is
    no longer kept, DIGEST_TOO_LATE once it is no news."""
    await unconfirmed.post_again(deps, member.snapshot, press.payload.round, deps.now())
    await ack()
    if press.response_url:
        said = posted_next(member.snapshot)
        await best_effort(deps.messenger.reply(press.response_url, said, replace=True))


async def command(ack: AsyncAck, incoming: Command, deps: Deps, typed: str) -> None:
    """`/between digest [last, or a day]`: as it was posted. Raises Problem for a day that can't be read."""
    typed = typed.casefold()
    day = incoming.text if typed not in ("", "last") else ""
    group_id = await group_of_command(ack, incoming, deps, menu.digest_button, day)
    if not group_id:
        return
    if snapshot := await with_digests(deps, incoming, group_id):
        found = digest.last(snapshot) if typed in ("", "last") else digest.of_day(snapshot, read_day(typed))
        await ack_message(ack, screens.digest_message(found, zone=snapshot.group.zone))
    else:  # they were offered to join instead
        await ack()


async def with_digests(deps: Deps, incoming: Incoming, group_id: str) -> GroupSnapshot | None:
    """The group with its digests as they should read, for whoever may; see `joining.readable`."""
    snapshot = await readable(deps, incoming, group_id, Section.NAMES | Section.DIGESTS | Section.ROUNDS)
    return await digest.up_to_date(deps, snapshot, deps.now()) if snapshot else None
