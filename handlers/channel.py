"""What Slack tells of a channel that we are in: somebody came, be it the bot itself; it moved, opened or closed."""

from __future__ import annotations

from typing import Any

from bot.domain.groups import Place
from bot.ports import Deps
from bot.usecases import channel, groups, installation, reach
from handlers.absence import came_into_channel
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Slack tells of every channel that we are in."""
    app.event("member_joined_channel")(somebody_came)
    app.event("channel_id_changed")(moved)
    for event in ("channel_unarchive", "group_unarchive"):
        app.event(event)(opened)
    for event in ("channel_shared", "channel_unshared", "channel_archive", "group_archive"):
        app.event(event)(connection_changed)


async def somebody_came(event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """When the bot itself is invited; or a leader is in the channel again."""
    team_id = context.get("team_id") or body["team_id"]
    # of two installations in one channel Slack may name one beside the other's bot
    ours = await installation.team_of_bot(deps.store, event.get("user", ""))
    place = Place(team_id=ours or team_id, channel=event["channel"])
    if not ours and event.get("user") != context.get("bot_user_id"):
        await came_into_channel(deps, place, event.get("user", ""))
        return
    await channel.invited(deps, place, body.get("event_id", event["channel"]), deps.now())


async def moved(event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """Slack gives a channel another id as it is shared."""
    team_id = context.get("team_id") or body["team_id"]
    old, new = (Place(team_id=team_id, channel=event[name]) for name in ("old_channel_id", "new_channel_id"))
    await channel.moved(deps, old, new, event.get("event_ts", ""), deps.now())


async def opened(event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """It was unarchived. Told late perhaps, so Slack is asked."""
    team_id = context.get("team_id") or body["team_id"]
    if group := await groups.group_in(deps.store, Place(team_id=team_id, channel=event["channel"])):
        await channel.reopened(deps, group, deps.now())


async def connection_changed(
    event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps
) -> None:
    """It is shared with others now, or no more with some; or archived. Told late perhaps, so Slack is asked."""
    team_id = context.get("team_id") or body["team_id"]
    await reach.look_soon(deps, Place(team_id=team_id, channel=event["channel"]), deps.now())
