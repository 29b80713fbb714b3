"""People, as apps may look them up."""

from typing import Any

from playground.api.registry import Call, Refusal, method
from playground.people import User
from playground.shapes import seen_user_json
from playground.user_shapes import profile_json

Json = dict[str, Any]
MOST_EXCHANGED = 400


def _seen(call: Call, user: User) -> Json:
    """The user object; neither locale nor (by our guess) e-mail is given of people of other workspaces."""
    shape, install = seen_user_json(call.world, user, call.bot), call.caller[1]
    ours = user.team_id == install.team_id
    if "users:read.email" in install.scopes and user.email and (ours or call.world.guesses.external_email):
        shape["profile"]["email"] = user.email
    if call.flag("include_locale") and ours:
        shape["locale"] = user.locale
    return shape


@method("users.info", "users:read")
async def users_info(call: Call) -> Json:
    return {"user": _seen(call, call.user())}


@method("users.profile.get", "users.profile:read")
async def users_profile_get(call: Call) -> Json:
    """Somebody's profile; without `user`, the bot's own. https://docs.slack.dev/reference/methods/users.profile.get"""
    user = call.user() if call.text("user") else call.world.users[call.bot]
    profile = profile_json(user) | {"fields": {}}
    if email := _seen(call, user)["profile"].get("email"):
        profile["email"] = email
    return {"profile": profile}


@method("migration.exchange")
async def migration_exchange(call: Call) -> Json:
    """Ids from before a workspace came to an Enterprise organisation, of which there are none here.

    https://docs.slack.dev/reference/methods/migration.exchange
    """
    if len(str(call.needed("users")).split(",")) > MOST_EXCHANGED:
        raise Refusal("too_many_users")
    raise Refusal("not_enterprise_team")


@method("users.lookupByEmail", "users:read.email")
async def users_lookup_by_email(call: Call) -> Json:
    """Somebody of the own workspace; who has left it is not found.

    https://docs.slack.dev/reference/methods/users.lookupByEmail
    """
    wanted, team = str(call.needed("email")).casefold(), call.caller[1].team_id
    for user in call.world.people():
        if user.email.casefold() == wanted and user.team_id == team and not user.deleted:
            return {"user": _seen(call, user)}
    raise Refusal("users_not_found")


@method("users.list", "users:read")
async def users_list(call: Call) -> Json:
    team = call.caller[1].team_id
    members = [_seen(call, user) for user in call.world.users.values() if user.team_id == team]
    return {
        "members": members,
        "cache_ts": int(call.world.clock.now().timestamp()),
        "response_metadata": {"next_cursor": ""},
    }
