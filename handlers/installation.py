"""Slack tells that a workspace has taken us out; and whoever installed us wants that forgotten."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.installation import End
from bot.ports import Deps
from bot.usecases import installation
from bot.views.installation import FORGET_INSTALLER
from handlers.incoming import read_press
from handlers.open_homes import Homes
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Slack tells that we came to a workspace or left it; and the one button of whoever installed us and leads
    nothing."""
    app.event("app_uninstalled")(ended)
    app.event("tokens_revoked")(ended)
    app.event("team_access_granted")(workspaces_came)
    app.event("team_access_revoked")(workspaces_left)
    app.actions |= {FORGET_INSTALLER: forget_installer}


async def ended(event: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """A workspace has taken us out, or revoked the bot's token: of people we have none."""
    by = End.REVOKED if event["type"] == "tokens_revoked" else End.UNINSTALLED
    if by is End.REVOKED and not event["tokens"].get("bot"):
        return
    # By Slack's own clock, where it says so: it tells such things again for an hour, when it may have us again.
    now, told_at = deps.now(), body.get("event_time")
    at = datetime.fromtimestamp(told_at, UTC) if isinstance(told_at, int) else now
    await installation.ended_for(deps, body.get("enterprise_id"), body["team_id"], by, at, now)


async def workspaces_came(event: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """An organisation that has us everywhere lets us into some of its workspaces."""
    organisation = body.get("enterprise_id") or body["team_id"]
    await installation.came_to_workspaces(deps.store, organisation, event["team_ids"])


async def workspaces_left(event: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """An organisation that has us everywhere takes us out of some of its workspaces."""
    for team_id in event["team_ids"]:
        await installation.left_workspace(deps, body.get("enterprise_id") or body["team_id"], team_id, deps.now())


async def forget_installer(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """*Erase that it was me*, on the Home of whoever installed us and leads nothing."""
    press = read_press(body)
    await installation.forget_installer(deps.store, [press.who], deps.now())
    await ack()
    await homes.redraw(deps, press)
