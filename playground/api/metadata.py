"""A message's metadata, as Slack takes it: a type and a flat payload.

https://docs.slack.dev/messaging/message-metadata
"""

import json
from typing import Any

from playground.api.registry import Call, Refusal

Json = dict[str, Any]
PLAIN = (str, int, float, bool, type(None))


def checked(call: Call) -> Json | None:
    """The metadata argument; None if there is none, or an empty one, which takes earlier metadata away."""
    given = call.args.get("metadata")
    if not given:
        return None
    if not isinstance(given, dict) or not isinstance(given.get("event_type"), str) or not given["event_type"]:
        raise Refusal("invalid_metadata_format")
    payload = given.get("event_payload")
    if not isinstance(payload, dict):
        raise Refusal("invalid_metadata_format")
    if not all(_flat(value) for value in payload.values()):
        raise Refusal("invalid_metadata_schema")
    kept = {"event_type": given["event_type"], "event_payload": payload}
    if len(json.dumps(kept)) > call.world.guesses.metadata_bytes:
        raise Refusal("metadata_too_large")
    return kept


def _flat(value: Any) -> bool:
    """A plain value, or a list of plain values."""
    return isinstance(value, PLAIN) or (isinstance(value, list) and all(isinstance(one, PLAIN) for one in value))
