"""Payloads to throw at the door: real ones with foreign ids, wrong types, hostile text, broken bytes or headers."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

Json = dict[str, Any]

HOSTILE = (
    "\0", "a\0b", "\x1b[31m", "<!channel>", "<@U0SAM>", "<https://evil.example|x>", "&lt;", "\u202e", "\ud800",
    "’" * 4001, "👍" * 1500, " ", "\u3164", "{}", '{"g":1}', "../../etc", "%00", "' OR 1=1", "__class__",
    "{0.__class__}", "x" * 4000, "\n" * 50, "NaN", "-1", "9" * 400, "2026-02-30", "25:99", "“It’s full”",
)  # fmt: skip
JUNK = (None, True, False, 0, -1, 1.5, 10**30, [], {}, [[]], {"id": 7}, ["x"], {"value": None}, "")
BROKEN = ("signed", "wrong secret", "no signature", "no headers", "odd signature", "stale", "two signatures")
KINDS = ("application/x-www-form-urlencoded", "application/json", "text/plain", "multipart/form-data", "")


@dataclass(frozen=True)
class Thrown:
    """What goes over the wire. `actor` is the Slack id of whoever sends it, where it can still be read."""

    raw: bytes
    kind: str
    headers: str
    actor: str


@st.composite
def thrown(draw: st.DrawFn, seeds: list[Json], ids: dict[str, list[str]], fresh: Any) -> Thrown:
    """`fresh(payload)` puts a trigger and an address in that are good for its actor."""
    payload = copy.deepcopy(draw(st.sampled_from(seeds)))
    if payload.get("type") != "event_callback":
        _act_as(payload, draw(st.sampled_from(ids["user"])))
        payload = draw(crossed(payload, ids))
    if draw(st.integers(0, 4)):
        fresh(payload)
    for _ in range(draw(st.integers(0, 3))):
        _spoil(payload, draw(st.integers(0, 10_000)), draw(spoilt))
    raw, kind = _encoded(payload, draw(st.booleans()))
    if draw(st.integers(0, 19)) == 0:
        # In thousandths: a trigger is not as long each time, and what is drawn must not depend on that.
        raw = _torn(raw, len(raw) * draw(st.integers(0, 1000)) // 1000, draw(st.binary(max_size=8)))
    if draw(st.integers(0, 19)) == 0:
        kind = draw(st.sampled_from(KINDS))
    headers = "signed" if draw(st.integers(0, 9)) else draw(st.sampled_from(BROKEN))
    return Thrown(raw, kind, headers, actor_of(payload))


spoilt = st.one_of(
    st.sampled_from(HOSTILE),
    st.sampled_from(JUNK),
    st.just(...),  # taken away
    st.text(max_size=40),
)


def _act_as(payload: Json, user_id: str) -> None:
    if "command" in payload:
        payload["user_id"] = user_id
    else:
        payload["user"] = {**payload["user"], "id": user_id}


def actor_of(payload: Any) -> str:
    user = payload.get("user_id") or payload.get("user") or (payload.get("event") or {})
    found = user.get("id") or user.get("user") if isinstance(user, dict) else user
    return found if isinstance(found, str) else ""


@st.composite
def crossed(draw: st.DrawFn, payload: Json, ids: dict[str, list[str]]) -> Json:
    """Ids of ours and of channels swapped for another of their kind; the workspace too, now and then."""
    written = json.dumps(payload)
    for kind in ("introduction", "group", "person", "commitment", "ask", "offer", "channel"):
        known = [one for one in ids[kind] if one in written]
        if known and draw(st.booleans()):
            written = re.sub("|".join(map(re.escape, known)), draw(st.sampled_from(ids[kind])), written)
    crossed_: Json = json.loads(written)
    if draw(st.integers(0, 9)) == 0 and isinstance(crossed_.get("team"), dict):
        crossed_["team"]["id"] = draw(st.sampled_from(ids["team"]))
    if draw(st.integers(0, 9)) == 0:
        _through(crossed_, draw(st.sampled_from(ids["team"])))
    return crossed_


def _through(payload: Json, team: str) -> None:
    """Of a person of another workspace, or come in by another installation: wherever a payload names one."""
    for place, key in ((payload.get("user"), "team_id"), (payload.get("view"), "app_installed_team_id")):
        if isinstance(place, dict) and key in place:
            place[key] = team
    for key in ("team_id", "context_team_id", "enterprise_id"):
        if key in payload:
            payload[key] = team


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands; what drives a handler more often than how a message once looked."""
    if path:
        yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in parts:
        if key not in ("blocks", "message", "team_domain"):
            yield from _places(one, (*path, key))


def _spoil(payload: Json, at: int, value: Any) -> None:
    every = list(_places(payload))
    if not every:
        return
    *way, last = every[at % len(every)]
    place: Any = payload
    for key in way:
        place = place[key]
    if value is not ...:
        place[last] = copy.deepcopy(value)  # else what is sampled from would be spoilt itself
    else:
        del place[last]


def _encoded(payload: Json, as_json: bool) -> tuple[bytes, str]:
    if "command" in payload:
        pairs = {key: one if isinstance(one, str) else json.dumps(one) for key, one in payload.items()}
        return urlencode(pairs, errors="surrogatepass").encode(), KINDS[0]
    written = json.dumps(payload)
    if as_json or payload.get("type") == "event_callback":
        return written.encode(), KINDS[1]
    return urlencode({"payload": written}).encode(), KINDS[0]


def _torn(raw: bytes, at: int, between: bytes) -> bytes:
    return raw[:at] + between + raw[at + len(between) :] if between else raw[:at]
