"""Each sort of person there is, in one channel of five workspaces. Slack names the organisation that one workspace
is part of in all that comes from there."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from playground import installs
from playground.connect import share
from playground.delivery import Dispatcher
from playground.people import User, Workspace
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.connect.org_wide import install_org_wide
from tests.stage import Stage

RIVERS, WATER, RIDERS = "E0RIVERS", "T0WATER", "T0RIDERS"
"""An organisation that installed Between for all its workspaces; one of those; and one that may only post."""


@dataclass(frozen=True)
class Sort:
    """`by`: the workspace whose bot writes to them. `commands`: they have those, and a Home."""

    name: str
    organisation: str
    by: str = COUNCIL
    commands: bool = False

    @property
    def wish(self) -> str:
        return f"A minibus for {self.name}"

    @property
    def for_all(self) -> str:
        return f"What {self.name} shares"

    @property
    def for_one(self) -> str:
        return f"zanzibar{self.name.casefold()}"

    @property
    def answer(self) -> str:
        return f"{self.name} wants a bridge"


SORTS = {
    "of the host's workspace": Sort("Margaret", "Riverside Police", commands=True),
    "a guest of the host": Sort("Wei", "Millrace Housing"),
    "a guest of the host, in this channel alone": Sort("Kasia", "Millrace Housing"),
    "of a workspace that installed it": Sort("Jo", "Riverside Hospitals Trust", HOSPITALS, commands=True),
    "of one that did not": Sort("Aoife", "Young Carers Together"),
    "of one that may only post": Sort("Gwen", "Ferry Riders"),
    "of an organisation that installed it for all its workspaces": Sort("Nia", "Wye Water", WATER, commands=True),
    "who left and joined again": Sort("Tomasz", "Young Carers Together"),
    "with two accounts": Sort("Ravi", "Ferry Riders"),
}
ALL = tuple(SORTS.values())
DESERTER = Sort("Desmond", "Riverside Council", commands=True)
"""Of the host, whose account is closed on the way."""

INSTALLER = "Ines"
"""Installed Between at the hospitals, and leads nothing."""

NEW = (
    User("U0GWEN", RIDERS, "gwen", "Gwen Pryce"),
    User("U0NIA", WATER, "nia", "Nia Howell"),
    User("U0RAVI", COUNCIL, "ravi", "Ravi Anand", is_restricted=True),
    User("U0RAVITOO", RIDERS, "ravindra", "Ravindra Anand"),
    User("U0INES", HOSPITALS, "ines", "Ines Duarte"),
)


@asynccontextmanager
async def town(redis_url: str) -> AsyncIterator[Stage]:
    async with connected(redis_url, slack_allowed_workspaces=HOSPITALS) as stage, aiohttp.ClientSession() as http:
        world = stage.pg.world
        await installed_for_all(stage)
        world.workspaces[RIDERS] = Workspace(RIDERS, "Ferry Riders", "ferry-riders")
        world.users.update({one.id: copy.copy(one) for one in NEW})
        channel = world.channels["C0CARERS"]
        channel.members += ["U0MARGARET", "U0KASIA", "U0TOMASZ", "U0RAVI"]
        share(world, channel, WATER, ["U0NIA"])
        share(world, channel, RIDERS, ["U0GWEN", "U0RAVITOO"])
        channel.post_only.append(RIDERS)
        await Browser(stage, http).install("U0INES")
        stage.pg.dispatcher.deliver = _naming_it(stage.pg.dispatcher)  # type: ignore[method-assign]
        yield stage


async def installed_for_all(stage: Stage, organisation: str = RIVERS) -> None:
    """By an organisation, with a token that Slack knows as one of Wye Water's."""
    app = stage.pg.world.app("Between")
    stage.pg.world.workspaces[WATER] = Workspace(WATER, "Wye Water", "wye-water")
    given = installs.install(stage.pg.world, app, WATER, app.installs[COUNCIL].scopes)
    await install_org_wide(stage, organisation, "Rivers", given, "U0NIA")


def _naming_it(dispatcher: Dispatcher) -> Any:
    deliver = dispatcher.deliver

    async def named(app: Any, kind: str, payload: dict[str, Any], *more: Any, **others: Any) -> Any:
        user = payload.get("user")
        if "U0NIA" in (payload.get("user_id"), user.get("id") if isinstance(user, dict) else user):
            payload = payload | {"enterprise": {"id": RIVERS, "name": "Rivers"}, "enterprise_id": RIVERS}
        return await deliver(app, kind, payload, *more, **others)

    return named
