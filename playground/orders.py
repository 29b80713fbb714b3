"""Faults ordered over HTTP: `POST /faults`, `GET /faults`, `DELETE /faults` and `DELETE /faults/{id}`, in JSON."""

from typing import Any

from aiohttp import web

from playground.faults import Fault, NoSuchFault
from playground.world import World

Json = dict[str, Any]
PLACE = ("method", "team", "channel", "app")
KNOWN = {"kind", "seconds", "times", *PLACE}


class Orders:
    """Takes orders for one world. Only JSON is taken, so that no other site's form can order anything."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/faults", self.take),
            web.get("/faults", self.show),
            web.delete("/faults", self.withdraw),
            web.delete("/faults/{id}", self.withdraw),
        ]

    async def take(self, request: web.Request) -> web.Response:
        """`{"kind": …, "seconds": …, "times": …, "method": …, "team": …, "channel": …, "app": …}`."""
        if request.content_type != "application/json":
            return _said("Order with JSON.", 415)
        try:
            order = self._world.faults.order(*_read(await request.json()))
        except (ValueError, TypeError, OverflowError, LookupError, RecursionError) as fault:
            return _said(str(fault) or "That is no JSON.", 400)
        self._world.touch()
        return web.json_response(order.json(), status=201)

    async def show(self, _: web.Request) -> web.Response:
        return web.json_response(self._world.faults.json())

    async def withdraw(self, request: web.Request) -> web.Response:
        gone = self._world.faults.cancel(request.match_info.get("id"))
        self._world.touch()
        return web.json_response({"withdrawn": gone})


def _read(said: Any) -> tuple[Fault, int, str, str, str, str]:
    if not isinstance(said, dict):
        raise NoSuchFault("An order is a JSON object.")
    if strange := sorted(said.keys() - KNOWN):
        raise NoSuchFault(f"An order has no {strange[0]!r}. It may have: {', '.join(sorted(KNOWN))}.")
    method, team, channel, app = (str(said.get(name) or "") for name in PLACE)
    fault = Fault(str(said.get("kind") or ""), float(said.get("seconds") or 0))
    return fault, int(said.get("times") or 1), method, team, channel, app


def _said(sentence: str, status: int) -> web.Response:
    return web.json_response({"error": sentence}, status=status)
