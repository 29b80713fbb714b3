"""How Slack writes users, conversations, messages and views as JSON."""

import hashlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.connect import is_stranger
from playground.messages import Channel, Message
from playground.people import User, Workspace
from playground.views import View
from playground.world import World

Json = dict[str, Any]
IMAGE_SIZES = (24, 32, 48, 72, 192, 512)
"""https://docs.slack.dev/reference/objects/user-object"""


def user_json(world: World, user: User) -> Json:
    """A user object as `users.info` gives it."""
    zone = ZoneInfo(user.tz)
    local: datetime = world.clock.now().astimezone(zone)
    offset = local.utcoffset()
    return {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "color": user.colour.lstrip("#"),
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": local.tzname() or user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(user),
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": user.is_ultra_restricted,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "updated": int(world.clock.now().timestamp()),
        "is_email_confirmed": True,
    }


def _profile(user: User) -> Json:
    profile: Json = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": "" if user.is_bot else user.name,
        "display_name_normalized": "" if user.is_bot else user.name,
        "first_name": user.first_name,
        "last_name": " ".join(user.real_name.split()[1:]),
        "team": user.team_id,
        "avatar_hash": f"g{_digits(user)[:11]}",
        **{f"image_{size}": _picture(user, size) for size in IMAGE_SIZES},
    }
    if user.is_bot:
        profile |= {"bot_id": user.bot_id, "api_app_id": user.app_id}
    return profile


def profile_json(user: User) -> Json:
    """A profile as `users.profile.get` gives it, without an e-mail address. Nobody here has set a status."""
    return _profile(user) | {
        "phone": "",
        "skype": "",
        "status_text": "",
        "status_emoji": "",
        "status_expiration": 0,
    }


def _picture(user: User, size: int) -> str:
    """Where a picture would be of somebody who never gave one; nothing is there."""
    digits = _digits(user)
    return f"https://secure.gravatar.com/avatar/{digits}.jpg?s={size}&d=identicon"


def _digits(user: User) -> str:
    return hashlib.md5(user.id.encode(), usedforsecurity=False).hexdigest()


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
            "topic": {"value": channel.topic, "creator": "", "last_set": 0},
            "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
            "previous_names": [],
        }
    )


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
