"""Tokens: given for a code, taken back, and who an event is visible to.

https://docs.slack.dev/reference/methods/oauth.v2.access
"""

import hmac
from typing import Any

from playground import installs, rotation
from playground.api.registry import Call, Refusal, method
from playground.apps import App, Install
from playground.events import authorization
from playground.tickets import CODE_LIFE, Code

Json = dict[str, Any]


def _client(call: Call) -> App:
    """The app that the client id and secret belong to."""
    given = call.text("client_id")
    app = next((one for one in call.world.apps.values() if one.client_id and one.client_id == given), None)
    if app is None:
        raise Refusal("invalid_client_id")
    if not hmac.compare_digest(app.client_secret.encode(), call.text("client_secret").encode()):
        raise Refusal("bad_client_secret")
    return app


def _code(call: Call, app: App) -> Code:
    """The code, spent now: one use, within ten minutes, with the address it was sent to."""
    code = call.world.codes.get(call.text("code"))
    if code is None or code.app_id != app.id or call.world.clock.now() - code.born > CODE_LIFE:
        raise Refusal("invalid_code")
    if code.used:
        raise Refusal("code_already_used")
    if call.text("redirect_uri") != code.redirect_uri:
        raise Refusal("bad_redirect_uri")
    code.used = True
    return code


@method("oauth.v2.access", token=False)
async def oauth_v2_access(call: Call) -> Json:
    """Exchange a code for a bot token, or a refresh token for the next one."""
    grant = call.text("grant_type", "authorization_code")
    if grant not in ("authorization_code", "refresh_token"):
        raise Refusal("invalid_grant_type")
    app = _client(call)
    if grant == "refresh_token":
        one = rotation.by_refresh_token(app, call.text("refresh_token"))
        if one is None or one.bot_token in call.world.revoked:
            raise Refusal("invalid_refresh_token")
        rotation.renew(call.world, one)
        return _granted(call, app, one)
    code = _code(call, app)
    one = installs.install(call.world, app, code.team_id, code.scopes, code.user_id)
    if app.token_rotation:
        rotation.renew(call.world, one)
    return _granted(call, app, one) | {"authed_user": {"id": code.user_id}}


def _granted(call: Call, app: App, one: Install) -> Json:
    return {
        "app_id": app.id,
        "scope": ",".join(one.scopes),
        "token_type": "bot",
        "access_token": one.bot_token,
        "bot_user_id": one.bot_user_id,
        "team": {"id": one.team_id, "name": call.world.workspaces[one.team_id].name},
        "enterprise": None,
        "is_enterprise_install": False,
    } | rotation.fields(one, call.world.clock.now())


@method("auth.revoke")
async def auth_revoke(call: Call) -> Json:
    """Take the calling token back; `test` only says that it could be."""
    _, install = call.caller
    if call.flag("test"):
        return {"revoked": False}
    installs.revoke(call.world, install)
    return {"revoked": True}


@method("apps.uninstall")
async def apps_uninstall(call: Call) -> Json:
    """Remove the app from the workspace of the calling token."""
    app, install = call.caller
    if _client(call) is not app:
        raise Refusal("client_id_token_mismatch")
    installs.uninstall(call.world, app, install.team_id)
    return {}


@method("apps.event.authorizations.list")
async def apps_event_authorizations_list(call: Call) -> Json:
    """Every installation an event is visible to; wants the app-level token."""
    app = call.app_level("authorizations:read")
    context = call.world.event_contexts.get(str(call.needed("event_context")))
    if context is None:
        raise Refusal("invalid_event_context")
    if context.app_id != app.id:
        raise Refusal("auth_mismatch")
    there = [app.installs[one] for one in context.team_ids if one in app.installs]
    return {"authorizations": [authorization(one) for one in there]}
