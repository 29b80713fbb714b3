"""A group's channel: where nothing can be posted in it, that is noted; and when it can again, what is owed
follows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain import channel_days
from bot.domain.due import STILL_NEWS
from bot.domain.groups import Connection, Group, Hello, MessageRef, Place, Preview
from bot.domain.outbox import Entry, Kind
from bot.domain.problems import Problem, ProblemCode
from bot.domain.reach import connected_now, without_panel
from bot.domain.trouble import posts_only
from bot.ports import Deps, SlackRefused, Store
from bot.usecases import voice
from bot.usecases.follow_up import GUARD, look_after
from bot.usecases.preview import waits
from bot.usecases.reach import look_soon
from bot.usecases.snapshot import load_snapshot

RENAMED = "renamed"
STILL_TOLD = timedelta(days=1)
"""How long Slack may go on telling of something, and be late with it."""


async def invited(deps: Deps, place: Place, event_id: str, now: datetime) -> None:
    """The bot came into a channel: where a group lives in it, what is owed there goes now; else it says hello, once
    for each invitation however often Slack tells of it."""
    if group_id := await deps.store.index.group(place):
        # two of our installations may be in it: which of them speaks is settled before what is owed goes
        await voice.chosen(deps, group_id, now)
        return await opened(deps.store, group_id, now)
    hello = Entry(
        name=f"hello:{place.team_id}:{place.channel}:{event_id}",
        kind=Kind.HELLO,
        group_id=place.channel,
        team_id=place.team_id,
        due_at=now,
        expires_at=now + STILL_NEWS,
        subject=place.channel,
    )
    await deps.store.outbox.add([hello])
    return None


async def told(deps: Deps, entry: Entry, ref: MessageRef, now: datetime) -> None:
    """After what else follows from a day's post was noted: then what comes behind it is looked for."""
    await deps.store.groups.change(
        entry.group_id, lambda stored: stored and channel_days.noted(stored, entry, ref, now)
    )
    await deps.store.due.look_at(entry.group_id, now)


@asynccontextmanager
async def redrawn_after(deps: Deps, group_id: str, ref: MessageRef | None, now: datetime) -> AsyncIterator[None]:
    """Around a save that the day's post at `ref` tells of: a look at the group draws it anew.

    The sequence: it is owed a little later, should we die half-way; the save; it is owed at once. A look in
    between draws nothing, so none is taken for the one that shows what was saved.
    """
    await _owe_redraw(deps, group_id, ref, now + GUARD)
    yield
    await _owe_redraw(deps, group_id, ref, now)


async def departures_redrawn(deps: Deps, group: Group, now: datetime) -> None:
    """The posts that tell of leavers ask for whoever takes up what they held: they are drawn anew once somebody
    has. Whoever dies before leaves them as they were; a press there says then that somebody was quicker."""
    for post in channel_days.posts_of(group):
        if any(told.startswith(f"{Kind.DEPARTURE}:") for told in post.told):
            await _owe_redraw(deps, group.id, post.post, now)


async def _owe_redraw(deps: Deps, group_id: str, ref: MessageRef | None, at: datetime) -> None:
    await deps.store.groups.change(group_id, lambda stored: stored and channel_days.owed(stored, ref, at))
    await deps.store.due.look_at(group_id, at)


async def day_redrawn(deps: Deps, entry: Entry, again_at: datetime | None = None) -> None:
    """That post reads as it should, or is gone; or, with `again_at`, Slack would not have it changed, and
    it is tried then."""
    await deps.store.groups.change(
        entry.group_id, lambda stored: stored and channel_days.redrawn(stored, entry.subject, again_at)
    )


async def said_aloud(deps: Deps, entry: Entry) -> None:
    """It stands in the thread of a day's post, or can't."""
    await deps.store.groups.change(
        entry.group_id, lambda stored: stored and channel_days.said_aloud(stored, entry.subject)
    )


async def opened(store: Store, group_id: str, now: datetime, *, posted: bool = True) -> None:
    """It can be posted in, or may be again: what is owed and still news goes now. Not before somebody has looked,
    where it is shared since. `posted`: not by a change of what stands there, or a reply under it."""
    # asked after each post, and mostly there is no trouble: a read, and no write
    group = await store.groups.get(group_id)
    if group is None or (group.trouble is None and not group.connection.closed):
        return
    if posted or not (group.trouble and posts_only(group.trouble)):
        # decided again on what stands: the channel may have come to be shared since the read
        await store.groups.change(group_id, lambda stored: stored and _opened(stored))
        await store.due.look_at(group_id, now)


def _opened(group: Group) -> Group:
    connection = replace(group.connection, archived=False, frozen="")
    unseen = group.trouble if group.trouble and group.trouble.unseen else None
    return replace(group, connection=connection, trouble=unseen)


async def reopened(deps: Deps, group: Group, now: datetime) -> None:
    """Slack tells that it was unarchived; late perhaps, so it is asked. Where it would not say, it is believed.

    The sequence: asked; opened, and what Slack told noted, so that an answer to whoever asked before us counts
    no more; looked at anew, since an archiving may have been told of in between."""
    told: Connection | None = None
    with suppress(SlackRefused):
        told = replace(await deps.messenger.connection(group.place), looked_at=now)
    if told and told.closed:
        return

    def noted(stored: Group | None) -> Group | None:
        if stored is None or told is None:
            return stored and _opened(stored)
        return connected_now(_opened(stored), told, now)

    await deps.store.groups.change(group.id, noted)
    await look_soon(deps, group.place, now)


async def taken_by(store: Store, group: Group | None, now: datetime) -> Problem:
    """That another group has the channel, or is about to be posted there. `group` is None where its record is not
    there yet."""
    if group and group.unposted:
        return waits(await load_snapshot(store, group.id), now)
    name, panel_at = (group.name, group.panel_at) if group else ("", None)
    return Problem(ProblemCode.GROUP_THERE_ALREADY, name=name, panel_posted=panel_at is not None)


async def go_on_in(
    deps: Deps, group: Group, new: Place, seen: Connection, hello: Hello | None, now: datetime
) -> None:
    """A group whose channel is gone goes on in another that its leaders are in, and its panel is posted there.
    `seen`: with whom that is shared, as they were shown. `hello`: ours in it, if they came by that. Should its own
    be there again one day, another group may be set up in it. The sequence: the index by the new channel, the
    group, then the index by the old one."""
    before = await deps.store.groups.get(group.id)
    # the first one put wins: of two groups that want the channel at once, one has it
    standing = await deps.store.index.put_group(new, group.id)
    if standing != group.id:
        raise await taken_by(deps.store, await deps.store.groups.get(standing), now)

    def there(stored: Group | None) -> Group | None:
        if stored is None:
            return None
        moved = replace(without_panel(stored, now), place=new, trouble=None, connection=seen, members_due_at=now)
        moved = replace(moved, hello=hello)
        return replace(moved, preview=Preview(teams=seen.teams, posted_at=now)) if moved.unposted else moved

    # its record after the index: should we die in between both channels lead to the same group, and the press comes
    # again
    async with look_after(deps.store, group.id, now):
        await deps.store.groups.change(group.id, there)
    # last: until the group has moved, it is found by its old channel
    if before and before.place != new:
        await deps.store.index.forget_place(before.place)


async def moved(deps: Deps, old: Place, new: Place, at: str, now: datetime) -> None:
    """Slack gave the channel another id, as it does when it is shared; `at` is its own moment of that. The group
    goes with it, from where it is: told of again, later than of the next id, it changes nothing.

    Slack may tell of the next id first. So what was told is noted, and then looked for whose group is there: of two
    told at once in the wrong order, one finds the group or the other what was noted.
    """
    await deps.store.tickets.issue(RENAMED, old.channel, STILL_TOLD, says=f"{at} {new.channel}")
    group_id = await deps.store.index.group(old)
    if group_id is None or await deps.store.index.put_group(new, group_id) != group_id:
        return

    def followed(stored: Group | None) -> Group | None:
        # followed already, perhaps further: this was told late
        if stored is None or stored.place.channel != old.channel:
            return stored
        there = replace(channel_days.renamed(stored, new.channel), place=new, members_due_at=now)
        return _opened(there)

    # after the index, by which a press in the new channel finds the group at once; Slack tells of it again should
    # we die in between
    await deps.store.groups.change(group_id, followed)
    await deps.store.due.look_at(group_id, now)
    later, _, next_id = (await deps.store.tickets.look(RENAMED, new.channel)).partition(" ")
    if next_id and later > at:  # seconds since 1970, in as many digits each
        await moved(deps, new, replace(new, channel=next_id), later, now)
