"""The traffic between the playground and the apps, in words: what went, how it was answered, what was refused."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from playground.faults import KINDS
from playground.page.refusals import explain
from playground.page.trouble import plain
from playground.traffic import ApiCall, Delivery, Traffic

SHOWN = 80
"""How many of the newest entries the panel lists."""

_HIDDEN = "(hidden)"
_SECRETS = {"token", "access_token", "refresh_token", "client_secret", "code"}
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[\w.-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as the panel lists it. `bad` lines are drawn in red."""

    key: str
    at: str
    way: str
    what: str
    result: str
    bad: bool


def lines(traffic: Traffic) -> list[Line]:
    """The newest entries first."""
    newest = list(traffic.log)[-SHOWN:]
    return [_delivery(one) if isinstance(one, Delivery) else _call(one) for one in reversed(newest)]


def key(entry: Delivery | ApiCall) -> str:
    """A handle on an entry for as long as it is in the log."""
    return f"t{id(entry):x}"


def details(traffic: Traffic, wanted: str) -> str | None:
    """Everything that was said, as indented JSON."""
    entry = next((one for one in traffic.log if key(one) == wanted), None)
    return json.dumps(_said(entry), indent=2, ensure_ascii=False, default=str) if entry else None


def _said(entry: Delivery | ApiCall) -> dict[str, Any]:
    if isinstance(entry, ApiCall):
        return {"arguments": hidden(entry.args), "response": hidden(entry.response)}
    return {"payload": hidden(entry.payload), "answer": hidden(entry.ack.body) if entry.ack else None}


def hidden(said: Any) -> Any:
    """The same without tokens and secrets: people show this panel to others, and copy from it."""
    if isinstance(said, dict):
        return {key: _HIDDEN if key in _SECRETS and value else hidden(value) for key, value in said.items()}
    if isinstance(said, list):
        return [hidden(one) for one in said]
    return _TOKEN.sub(_HIDDEN, said) if isinstance(said, str) else said


def _delivery(one: Delivery) -> Line:
    again = f", attempt {one.attempt + 1}" if one.attempt else ""
    bad = one.ack is not None and not one.ack.ok
    return Line(key(one), f"{one.at:%H:%M:%S}", "→", f"{_kind(one)}{again} ({one.via})", _answer(one), bad)


def _kind(one: Delivery) -> str:
    """What a delivery says: the event, the command, or the click and what was clicked."""
    said = one.payload
    if one.kind == "slash_commands":
        return f"{said.get('command', '')} {said.get('text', '')}".strip()
    inner: dict[str, Any] = said.get("event") or next(iter(said.get("actions") or [{}]), {})
    return " ".join(str(word) for word in (_type(said, inner), inner.get("action_id")) if word)


def _type(said: dict[str, Any], inner: dict[str, Any]) -> str:
    return str(inner.get("type") if said.get("type") == "event_callback" else said.get("type") or "")


def _answer(one: Delivery) -> str:
    if one.ack is None:
        return "waiting for an answer"
    took = f"{one.ack.took * 1000:.0f} ms"
    if one.ack.ok:
        return f"acknowledged in {took}"
    return f"not acknowledged after {took}: {one.ack.failure or one.ack.status}"


def _call(one: ApiCall) -> Line:
    took = f"{one.took * 1000:.0f} ms"
    result = f"Refused: {one.refusal}: {explain(one.refusal)}" if one.refusal else f"ok in {took}"
    if one.fault:
        result = f"A fault that was ordered struck: {plain(KINDS.get(one.fault, one.fault))}"
    return Line(key(one), f"{one.at:%H:%M:%S}", "←", one.method, result, bool(one.refusal or one.fault))
