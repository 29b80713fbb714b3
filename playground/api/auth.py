"""Who a token belongs to, and where Socket Mode connects."""

from typing import Any

from playground.api.registry import Call, Refusal, method
from playground.shapes import team_json

Json = dict[str, Any]


@method("api.test", token=False)
async def api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise Refusal(error, args=call.args)
    return {"args": call.args}


@method("auth.test")
async def auth_test(call: Call) -> Json:
    app, install = call.caller
    team = call.world.workspaces[install.team_id]
    return {
        "url": f"https://{team.domain}.slack.com/",
        "team": team.name,
        "user": call.world.users[install.bot_user_id].name,
        "team_id": team.id,
        "user_id": install.bot_user_id,
        "bot_id": install.bot_id,
        "app_id": app.id,
        "is_enterprise_install": False,
    }


@method("apps.connections.open")
async def apps_connections_open(call: Call) -> Json:
    """A one-time address for Socket Mode; wants the app-level token."""
    app = call.app_level("connections:write")
    ticket = call.dispatcher.sockets.ticket(app.id)
    return {"url": f"{call.base_url.replace('http', 'ws', 1)}/link/?ticket={ticket}&app_id={app.id}"}


@method("team.info", "team:read")
async def team_info(call: Call) -> Json:
    own = call.caller[1].team_id
    team = call.world.workspaces.get(call.text("team", own))
    if team is None or (team.id != own and frozenset({team.id, own}) not in call.world.acquainted):
        raise Refusal("team_not_found")
    return {"team": team_json(team)}
