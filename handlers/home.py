"""App Home, drawn when it is opened."""

from __future__ import annotations

from functools import partial
from typing import Any

from bot.ports import Deps
from handlers.incoming import identity_of
from handlers.joining import recognise
from handlers.open_homes import Homes
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Of App Home we hear only where the app is installed."""
    app.event("app_home_opened")(partial(opened, homes=app.homes))


async def opened(
    event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps, homes: Homes
) -> None:
    """For anybody; Slack tells of the other tabs too. Whoever is in no group reads what Between is and how to
    begin."""
    if event.get("tab") != "home":
        return
    team_id = context.get("team_id") or body["team_id"]
    who = identity_of(event["user"], event.get("user_team"), team_id, body.get("enterprise_id"))
    await recognise(deps, team_id, who)
    await homes.opened(deps, team_id, who)
