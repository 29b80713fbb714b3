"""How Slack writes users, conversations, messages and views as JSON."""

from typing import Any

from playground.connect import is_stranger
from playground.messages import Channel, Message
from playground.people import User, Workspace
from playground.user_shapes import user_json
from playground.views import View
from playground.world import World

Json = dict[str, Any]


def team_json(team: Workspace) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "domain": team.domain,
        "url": f"https://{team.domain}.slack.com/",
        "email_domain": "",
        "icon": {"image_default": True},
    }


def seen_user_json(world: World, user: User, viewer: str) -> Json:
    """A user object as the bot user `viewer` gets it: people of other workspaces come with less."""
    shape = user_json(world, user)
    if user.team_id == world.users[viewer].team_id:
        return shape
    shape["is_stranger"] = is_stranger(world, viewer, user)
    for key in ("is_admin", "is_owner", "is_primary_owner", "is_email_confirmed"):
        del shape[key]
    if not world.guesses.external_tz:
        for key in ("tz", "tz_label", "tz_offset"):
            del shape[key]
    return shape


def channel_json(channel: Channel, viewer: str, team_id: str) -> Json:
    """A conversation object as `conversations.info` gives it to the bot user `viewer` of workspace `team_id`."""
    shared: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.is_im,
        "is_org_shared": False,
        "context_team_id": team_id,
        "updated": channel.created * 1000,
    }
    if channel.is_im:
        other = next((member for member in channel.members if member != viewer), viewer)
        return shared | {"user": other, "is_user_deleted": False, "priority": 0, "is_open": True}
    return (
        shared
        | _connections(channel, team_id)
        | {
            "name": channel.name,
            "name_normalized": channel.name,
            "is_channel": channel.kind == "channel",
            "is_group": channel.is_mpim,
            "is_mpim": channel.is_mpim,
            "is_private": channel.kind != "channel",
            "is_general": channel.is_general,
            "is_member": viewer in channel.members,
            "creator": channel.creator,
            "topic": _set(channel, "topic"),
            "purpose": _set(channel, "purpose"),
            "previous_names": [],
        }
    )


def _set(channel: Channel, what: str) -> Json:
    """A channel's topic or purpose, with who set it and when; nobody did where a people file gave it."""
    creator, when = channel.described.get(what, ("", 0))
    return {"value": getattr(channel, what), "creator": creator, "last_set": when}


def _connections(channel: Channel, team_id: str) -> Json:
    """What a channel says of the workspaces it connects, and whether it is frozen."""
    shape: Json = {
        "is_shared": channel.shared,
        "is_ext_shared": channel.shared,
        "is_frozen": bool(channel.frozen),
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "shared_team_ids": channel.teams,
    }
    if channel.frozen:
        shape["frozen_reason"] = channel.frozen
    if channel.shared:
        others = [one for one in channel.teams if one != team_id]
        shape |= {"connected_team_ids": others, "internal_team_ids": [], "conversation_host_id": channel.teams[0]}
    return shape


def message_json(world: World, message: Message, all_metadata: bool = True) -> Json:
    """A message as the API and events give it."""
    shape: Json = {"type": "message", "user": message.user_id, "ts": message.ts, "text": message.text}
    shape["team"] = message.team_id
    if message.client_msg_id:
        shape["client_msg_id"] = message.client_msg_id
    if message.subtype:
        shape |= {"subtype": message.subtype} | message.more
    if message.app_id:
        shape |= {"app_id": message.app_id, "bot_id": message.bot_id, "bot_profile": _bot_profile(world, message)}
    if message.blocks:
        shape["blocks"] = message.blocks
    if message.attachments:
        shape["attachments"] = message.attachments
    if message.reactions:
        every = message.reactions.items()
        shape["reactions"] = [{"name": one, "users": list(who), "count": len(who)} for one, who in every]
    if message.thread_ts:
        shape["thread_ts"] = message.thread_ts
    if message.edited_ts:
        shape["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    if message.metadata:
        kept = message.metadata if all_metadata else {"event_type": message.metadata["event_type"]}
        shape["metadata"] = kept
    return shape


def _bot_profile(world: World, message: Message) -> Json:
    app = world.apps[message.app_id or ""]
    return {"id": message.bot_id, "app_id": app.id, "name": app.name, "deleted": False, "team_id": message.team_id}


def view_json(view: View) -> Json:
    """A view as the API and interaction payloads give it, with the person's draft as its state."""
    content = view.content
    shape: Json = {
        "id": view.id,
        "team_id": view.team_id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": view.private_metadata,
        "callback_id": view.callback_id,
        "state": {"values": view.values},
        "hash": view.hash,
        "title": content.get("title") or {"type": "plain_text", "text": "View Title", "emoji": True},
        "clear_on_close": bool(content.get("clear_on_close")),
        "notify_on_close": bool(content.get("notify_on_close")),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "previous_view_id": view.previous_view_id,
        "root_view_id": view.root_view_id,
        "app_id": view.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": view.app_installed_team_id,
        "bot_id": view.bot_id,
    }
    if view.type == "modal":
        shape["submit_disabled"] = bool(content.get("submit_disabled"))
    return shape
