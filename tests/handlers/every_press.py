"""Every press and every form that a listener is registered for, aimed wherever a forger likes.

What there is to press is read from the listeners themselves, and forms from the screens that are drawn: whoever
adds a button has it tried here too.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import handlers
from bot.views.action_payload import ActionPayload, write
from playground.forms import elements, initial_values, options, state, unmet
from playground.traffic import Ack
from tests.edge.test_listeners import Listening
from tests.fuzz.marks import ECHO, OWN
from tests.handlers.test_drawn_and_heard import DRAWN, hears
from tests.stage import Stage

Json = dict[str, Any]

AT_ONCE = 8
LAST = ("leave", "absence_skip")
"""After these whoever pressed is in no group any more, so they come last."""


@cache
def _listening() -> Listening:
    app = Listening()  # type: ignore[no-untyped-call]
    handlers.listen(app)  # type: ignore[arg-type]
    return app


def actions() -> list[str]:
    """An action id for each listener: one that is drawn, where there is one."""
    names = [_heard(one) for one in _listening().names("action")]  # type: ignore[no-untyped-call]
    return sorted(names, key=lambda one: one.partition(":")[0] in LAST)


def _heard(listener: str) -> str:
    drawn = [element["action_id"] for view in DRAWN for _, element in elements(view["blocks"])]
    return next((one for one in drawn if hears(listener, one)), f"{listener}:1")


def forms() -> list[Json]:
    """A view for each form that can be sent, filled in as far as Slack's client insists. No group is named in it.
    One that is told was read from the store."""
    callbacks = _listening().names("view")  # type: ignore[no-untyped-call]
    found = [_filled(next(view for view in DRAWN if view.get("callback_id") == name)) for name in callbacks]
    unmarked: list[Json] = json.loads(json.dumps(found).replace(OWN, ECHO))
    return unmarked


def _filled(view: Json) -> Json:
    blocks = [block | {"block_id": block.get("block_id", f"b{n}")} for n, block in enumerate(view["blocks"])]
    values = initial_values(blocks)
    wanting = unmet(blocks, values)
    for block in blocks:
        if block["block_id"] in wanting or block.get("element", {}).get("type") == "plain_text_input":
            values[block["block_id"]][block["element"]["action_id"]] = _some(block["element"])
    return view | {"blocks": blocks, "id": "V0FORGED", "state": {"values": values}, "previous_view_id": ""}


def _some(element: Json) -> Json:
    known = {"datepicker": "2026-12-01", "timepicker": "14:00", "plain_text_input": "forged words"}
    value: Any = known.get(element["type"]) or options(element)[0]
    return state(element, [value] if element["type"] in ("checkboxes", "multi_static_select") else value)


def aimed(group: str, *, subjects: list[str], persons: list[str], round: str) -> Iterator[str]:
    """What a button's value or a form's metadata may say of one group."""
    for person in persons:
        yield write(ActionPayload(group=group, person=person, round=round, subject=subjects[0]))
    for subject in subjects:
        yield write(ActionPayload(group=group, subject=subject, round=round))


def press(action_id: str, value: str) -> Json:
    return {
        "type": "block_actions",
        "actions": [
            {
                "action_id": action_id,
                "block_id": "b",
                "type": "button",
                "value": value,
                "selected_option": {"value": value},
            }
        ],
        "state": {"values": {}},
    }


def submission(view: Json, metadata: str) -> Json:
    return {"type": "view_submission", "view": view | {"private_metadata": metadata}}


def everything(aims: list[str]) -> list[Json]:
    presses = [press(action, aim) for action in actions() for aim in aims]
    return presses + [submission(view, aim) for view in forms() for aim in aims]


def by(stage: Stage, user_id: str, team: str = "T0RIVER", home: str = "T0RIVER") -> Callable[[Json], Json]:
    """Sent by this user id of `home`, through the installation of `team`."""
    known = stage.pg.world.users.get(user_id)

    def signed(payload: Json) -> Json:
        who = stage.person("Jo")
        more: Json = {
            "user": {"id": user_id, "team_id": home, "name": known.name if known else "nobody"},
            "team": {"id": team, "domain": "x"},
            "api_app_id": who.app().id,
            "trigger_id": who.trigger(who.app()),
            "container": {},
            "channel": {"id": "C0CARERS", "name": "young-carers"},
            "response_url": who.response_url(who.app(), stage.pg.world.channels["C0CARERS"]),
        }
        if "view" in payload:
            more["view"] = payload["view"] | {"app_installed_team_id": team, "team_id": home, "type": "modal"}
        return payload | more

    return signed


async def throw(stage: Stage, payloads: list[Json]) -> list[Ack]:
    """Some at once, as from many clients."""
    app = stage.person("Jo").app()
    acks: list[Ack] = []
    for start in range(0, len(payloads), AT_ONCE):
        together = (
            stage.pg.dispatcher.deliver(app, "interactive", one) for one in payloads[start : start + AT_ONCE]
        )
        acks += await asyncio.gather(*together)
    await stage.settle()
    return acks
