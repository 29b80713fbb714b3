"""Whatever is drawn to be pressed or sent has one listener, and every listener has something drawn for it."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

import handlers
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.commitments import Commitment
from bot.domain.groups import SettingsChange
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Message
from bot.slack.bolt import catch_the_rest
from bot.views import checkin, commitments, digest_pages, roster
from bot.views.action_payload import ActionPayload
from playground.forms import elements
from tests.edge.test_listeners import Listening
from tests.views.screens import SCREENS
from tests.views.two_hundred import KEPT, commitment_of, crowd, full_digest, plate_of
from tests.views.typed import NOW, Scene, round_

SHEETS = {"sheet"}
"""The callback id of a modal that is never sent."""


@pytest.fixture(scope="module")
def listening() -> Listening:
    app = Listening()  # type: ignore[no-untyped-call]
    handlers.listen(app)  # type: ignore[arg-type]
    return app


def screens() -> Iterator[dict[str, Any]]:
    """Every screen there is, of a group where everything is so that it can be shown."""
    for state in _states():
        for draw in SCREENS.values():
            drawn = draw(state)
            yield {"blocks": list(drawn.blocks)} if isinstance(drawn, Message) else drawn
    made, kept = full_digest("plain", 3, 40), [commitment_of(n, "plain", 1) for n in range(KEPT)]
    for page in (0, 1):
        yield digest_pages.whole(made, zone="UTC", page=page)
        yield roster.sheet(crowd(40, 40), ActionPayload(group="g7", page=page), NOW)
        yield commitments.sheet(_holding(kept), "p1", NOW, page)
    tended = [replace(one, made_by="p0", tenders=("p0", "p1")) for one in kept]
    yield commitments.sheet(_holding(tended), "p1", NOW)


def _holding(kept: list[Commitment]) -> GroupSnapshot:
    return replace(crowd(3, 40), commitments={one.id: one for one in kept})


def _states() -> Iterator[Scene]:
    snapshot = crowd(2, 3)
    change = SettingsChange(id="ch", at=NOW, by="p0", before=snapshot.group.settings, after=snapshot.group.settings)
    for state in CheckInState:
        yield Scene(
            snapshot=snapshot,
            me=snapshot.people["p0"],
            round=round_(),
            plates=[plate_of(n, "plain", 50) for n in range(3)],
            commitments=[commitment_of(n, "plain", 3) for n in range(9)],
            checkin=CheckIn(person_id="p0", round="2026-W48", state=state),
            digest=full_digest("plain", 2, 3),
            change=change,
            typed="Beds.",
        )


DRAWN = list(screens())
ACTIONS = {
    one["action_id"]
    for view in DRAWN
    for block, one in elements(view["blocks"])
    if block["type"] != "input" or block.get("dispatch_action")
}
CALLBACKS = {view["callback_id"] for view in DRAWN if view.get("callback_id")} - SHEETS


def hears(listener: str, drawn: str) -> bool:
    return listener == re.split("[:.]", drawn)[0]


@pytest.mark.parametrize("drawn", sorted(ACTIONS))
def test_what_can_be_pressed_is_heard_by_one_listener(listening: Listening, drawn: str) -> None:
    assert sum(hears(one, drawn) for one in listening.names("action")) == 1  # type: ignore[no-untyped-call]


def test_what_can_be_sent_is_heard_and_nothing_else_is_listened_for(listening: Listening) -> None:
    assert sorted(listening.names("view")) == sorted(CALLBACKS)  # type: ignore[no-untyped-call]


def test_every_listener_for_a_press_has_something_to_press(listening: Listening) -> None:
    names = listening.names("action")  # type: ignore[no-untyped-call]
    old = checkin.TAP  # in messages of before November 2026: read for a year
    assert [one for one in names if not any(hears(one, drawn) for drawn in ACTIONS)] == [old]


def test_the_app_itself_hands_every_listener_what_it_asks_for_by_name() -> None:
    """As Bolt has registered them, those that catch the rest and the middleware's names included."""
    app = AsyncApp(token="xoxb-none", signing_secret="none", request_verification_enabled=False)
    handlers.register(app, Deps(store=None, messenger=None, now=None, new_id=None))  # type: ignore[arg-type]
    catch_the_rest(app)
    known = set(inspect.signature(AsyncArgs.__init__).parameters) | {"deps"}
    asked = {name for one in app._async_listeners for name in one.arg_names}
    assert len(app._async_listeners) > 15
    assert asked - known == set()
