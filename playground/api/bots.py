"""Bots, as apps may look them up: https://docs.slack.dev/reference/methods/bots.info."""

from typing import Any

from playground.api.registry import Call, Refusal, method
from playground.connect import knows

Json = dict[str, Any]


@method("bots.info", "users:read")
async def bots_info(call: Call) -> Json:
    """A bot by its `bot` id, the one that messages carry; without an id there is nothing to say."""
    wanted = call.text("bot")
    if not wanted:
        return {}
    team = call.caller[1].team_id
    user = next((one for one in call.world.users.values() if one.bot_id == wanted), None)
    if user is None or not knows(call.world, team, user):
        raise Refusal("bot_not_found")
    return {
        "bot": {
            "id": wanted,
            "deleted": user.deleted,
            "name": user.real_name,
            "updated": int(call.world.clock.now().timestamp()),
            "app_id": user.app_id,
            "user_id": user.id,
            "icons": {},
        }
    }
