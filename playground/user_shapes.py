"""How Slack writes users and their profiles as JSON."""

import hashlib
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from playground.people import User
from playground.state import State

Json = dict[str, Any]
IMAGE_SIZES = (24, 32, 48, 72, 192, 512)
"""https://docs.slack.dev/reference/objects/user-object"""


def user_json(world: State, user: User) -> Json:
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
