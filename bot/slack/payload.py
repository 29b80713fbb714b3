"""What Slack sends, read in one place for both ways in: its shape is checked and its text cleaned before Bolt, or
any listener, sees it. So no reader further in meets a number for a name, or a null for a form."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import parse_qsl

import msgspec

from bot.slack.controls import without_controls

Body = dict[str, Any]

MAX_DEPTH = 64
"""Levels of lists and objects. Slack's own stay below twenty."""


class BadPayload(Exception):
    """Nothing that Slack sends. `kind` is one of a few; its text may name the place too, and quotes nothing."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(f"{kind}: {detail}" if detail else kind)
        self.kind, self.detail = kind, detail


SlackId = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_.\-]{1,64}$")]
"""Of a person, team, channel, view or message: opaque, but never with what would part it from others in a key."""


class _Id(msgspec.Struct):
    id: SlackId | None = None


class _User(_Id):
    team_id: SlackId | None = None


class _Known(_User):
    """Somebody who pressed or sent; without them nobody can be answered."""

    id: SlackId


class _Option(msgspec.Struct):
    value: str | None = None


class _Field(msgspec.Struct):
    """What stands in an input, or what was pressed."""

    value: str | None = None
    selected_option: _Option | None = None
    selected_date: str | None = None
    selected_time: str | None = None
    selected_user: str | None = None


class _Action(_Field, kw_only=True):
    action_id: str
    block_id: str | None = None


class _State(msgspec.Struct):
    values: dict[str, dict[str, _Field | None]] = {}


class _Block(msgspec.Struct):
    type: str
    block_id: str | None = None
    element: dict[str, Any] | None = None


class _View(_Id):
    type: str | None = None
    callback_id: str | None = None
    private_metadata: str | None = None
    previous_view_id: str | None = None
    app_installed_team_id: SlackId | None = None
    team_id: SlackId | None = None
    state: _State | None = None
    blocks: list[_Block] = []


class _Container(msgspec.Struct):
    type: str | None = None
    channel_id: SlackId | None = None
    message_ts: SlackId | None = None
    is_ephemeral: bool = False


class _Interaction(msgspec.Struct, kw_only=True):
    user: _Known
    team: _Id | None = None
    enterprise: _Id | None = None
    channel: _Id | None = None
    container: _Container | None = None
    message: dict[str, Any] | None = None
    trigger_id: str = ""
    response_url: str = ""
    response_urls: list[dict[str, Any]] = []


class _MessageBlock(_Block):
    elements: list[dict[str, Any]] = []


class _Pressed(msgspec.Struct):
    """The message that a button stood in, which may be drawn again without it."""

    text: str | None = None
    blocks: list[_MessageBlock] = []


class _Press(_Interaction, kw_only=True):
    actions: list[_Action]
    message: _Pressed | None = None  # type: ignore[assignment]
    view: _View | None = None


class _Form(_View, kw_only=True):
    type: str
    callback_id: str


class _Sent(_Interaction, kw_only=True):
    view: _Form


class _Other(_Interaction, kw_only=True):
    """Nothing of ours listens for it, but Bolt looks into it before it says so."""

    view: _View | None = None


class _OnMessage(_Interaction, kw_only=True):
    """A shortcut on a message."""

    callback_id: str
    message: dict[str, Any]


class _Challenge(msgspec.Struct, kw_only=True):
    challenge: str


class _Authorization(msgspec.Struct):
    team_id: str | None = None
    enterprise_id: str | None = None
    user_id: str | None = None


class _Inner(msgspec.Struct):
    type: str
    tab: str | None = None
    user_team: SlackId | None = None


class _Event(msgspec.Struct, kw_only=True):
    team_id: SlackId
    enterprise_id: SlackId | None = None
    event: _Inner
    event_id: str = ""
    authorizations: list[_Authorization] = []


class _PersonsEvent(_Inner, kw_only=True):
    user: SlackId
    channel: SlackId | None = None


class _Joined(_PersonsEvent, kw_only=True):
    channel: SlackId


class _ChannelsEvent(_Inner, kw_only=True):
    channel: SlackId


class _MovedChannel(_Inner, kw_only=True):
    old_channel_id: SlackId
    new_channel_id: SlackId


class _Message(_Inner, kw_only=True):
    """In a DM with us. Edits and deletions are messages too, and say neither who nor what here."""

    channel: SlackId
    ts: SlackId
    channel_type: str | None = None
    subtype: str | None = None
    user: SlackId | None = None
    bot_id: SlackId | None = None
    thread_ts: SlackId | None = None
    text: str | None = None
    source_team: SlackId | None = None
    team: SlackId | None = None


class _Command(msgspec.Struct, kw_only=True):
    command: str
    team_id: SlackId
    user_id: SlackId
    channel_id: SlackId
    text: str = ""
    trigger_id: str = ""
    response_url: str = ""


class _Revoked(_Inner, kw_only=True):
    tokens: dict[str, list[str] | None]


_OF_COMMANDS = frozenset(
    (
        *("token", "command", "text", "response_url", "trigger_id", "api_app_id", "is_enterprise_install"),
        *(
            f"{one}_{what}"
            for one in ("team", "enterprise", "channel", "user")
            for what in ("id", "name", "domain")
        ),
        "ssl_check",
    )
)
"""Fields of a slash command and of Slack's check of a certificate. Bolt might look into others, so they go."""

_SHAPES: dict[str, Any] = {
    "block_actions": _Press,
    "view_submission": _Sent,
    "view_closed": _Sent,
    "event_callback": _Event,
    "shortcut": _Other,
    "message_action": _OnMessage,
    "block_suggestion": _Other,
    "url_verification": _Challenge,
}
_EVENTS: dict[str, Any] = {
    "member_joined_channel": _Joined,
    "app_home_opened": _PersonsEvent,
    "channel_id_changed": _MovedChannel,
    "message": _Message,
    "channel_unarchive": _ChannelsEvent,
    "group_unarchive": _ChannelsEvent,
    "tokens_revoked": _Revoked,
}
"""Those we listen for. In others `user` and `channel` may be objects, which nobody here reads."""


def parse(raw: bytes, content_type: str) -> Body:
    """The body of an HTTP request, as Slack encodes it. Raises BadPayload."""
    form: dict[str, str] = {}
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise BadPayload("not UTF-8") from None
    if content_type != "application/json":
        form = dict(parse_qsl(text, keep_blank_values=True))
        if "payload" not in form:
            return checked(form)
    try:
        return checked(json.loads(form.get("payload", text)))
    except (ValueError, RecursionError):  # which would quote it
        raise BadPayload("not JSON") from None


def checked(body: Any) -> Body:
    """The payload, cleaned of control characters, if it has the shape of what we read. Raises BadPayload."""
    if not isinstance(body, dict) or not body:
        raise BadPayload("not an object")
    clean: Body = _clean(body, MAX_DEPTH)
    kind = clean.get("type")
    if kind is not None and not isinstance(kind, str):
        raise BadPayload("type is not text")
    if "command" in clean or "ssl_check" in clean:
        return _checked_command({key: clean[key] for key in _OF_COMMANDS if key in clean})
    shape = _SHAPES.get(kind or "")
    if shape is None:
        raise BadPayload("unknown type")
    try:
        msgspec.convert(clean, shape)
        if shape is _Press and not clean["actions"]:
            raise BadPayload("no action")
        if shape in (_Press, _Sent) and not (clean["user"].get("team_id") or (clean.get("team") or {}).get("id")):
            raise BadPayload("no team")
        if shape is _Event and clean["event"]["type"] in _EVENTS:
            msgspec.convert(clean["event"], _EVENTS[clean["event"]["type"]])
    except (msgspec.ValidationError, UnicodeError) as error:
        raise BadPayload("wrong shape", str(error)) from None  # names types and places; nothing of its own to quote
    return clean


def _checked_command(form: Body) -> Body:
    try:
        msgspec.convert(form, dict[str, str])
        if "command" in form:
            msgspec.convert(form, _Command)
    except (msgspec.ValidationError, UnicodeError) as error:
        raise BadPayload("wrong shape", str(error)) from None
    return form


def _clean(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    if not isinstance(value, (dict, list)):
        return value
    if depth == 0:
        raise BadPayload("too deep")
    if isinstance(value, list):
        return [_clean(one, depth - 1) for one in value]
    return {key: _clean(one, depth - 1) for key, one in value.items()}
