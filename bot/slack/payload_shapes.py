"""Shapes of what Slack sends: of each kind of payload the fields that we read, and of what type they are."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

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
    root_view_id: str | None = None
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


class Press(_Interaction, kw_only=True):
    actions: list[_Action]
    message: _Pressed | None = None  # type: ignore[assignment]
    view: _View | None = None


class _Form(_View, kw_only=True):
    type: str
    callback_id: str


class Sent(_Interaction, kw_only=True):
    view: _Form


class Other(_Interaction, kw_only=True):
    """Nothing of ours listens for it, but Bolt looks into it before it says so."""

    view: _View | None = None


class _Stands(_Id):
    """A channel with a message in it."""

    id: SlackId


class OnMessage(_Interaction, kw_only=True):
    """A shortcut on a message."""

    callback_id: str
    channel: _Stands
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


class Event(msgspec.Struct, kw_only=True):
    team_id: SlackId
    enterprise_id: SlackId | None = None
    context_team_id: SlackId | None = None
    event: _Inner
    event_id: str = ""
    authorizations: list[_Authorization] = []


class _PersonsEvent(_Inner, kw_only=True):
    user: SlackId
    channel: SlackId | None = None


class _CameOrWent(_PersonsEvent, kw_only=True):
    channel: SlackId


class _Account(_User, kw_only=True):
    """As it is from now on."""

    id: SlackId
    deleted: bool | None = None
    is_restricted: bool | None = None
    is_ultra_restricted: bool | None = None


class _AccountChanged(_Inner, kw_only=True):
    user: _Account


class _ChannelsEvent(_Inner, kw_only=True):
    channel: SlackId


class _MovedChannel(_Inner, kw_only=True):
    old_channel_id: SlackId
    new_channel_id: SlackId
    event_ts: Annotated[str, msgspec.Meta(pattern=r"^[0-9.]{0,32}$")] = ""


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


class Command(msgspec.Struct, kw_only=True):
    command: str
    team_id: SlackId
    user_id: SlackId
    channel_id: SlackId
    text: str = ""
    trigger_id: str = ""
    response_url: str = ""


class _Workspaces(_Inner, kw_only=True):
    team_ids: list[SlackId]


class _Revoked(_Inner, kw_only=True):
    tokens: dict[str, list[str] | None]


class ReadByBolt(msgspec.Struct):
    """What Bolt found, by which the installation is looked up."""

    enterprise_id: SlackId | None = None
    team_id: SlackId | None = None
    user_id: SlackId | None = None


SHAPES: dict[str, Any] = {
    "block_actions": Press,
    "view_submission": Sent,
    "view_closed": Sent,
    "event_callback": Event,
    "shortcut": Other,
    "message_action": OnMessage,
    "block_suggestion": Other,
    "url_verification": _Challenge,
}
EVENTS: dict[str, Any] = {
    "member_joined_channel": _CameOrWent,
    "member_left_channel": _CameOrWent,
    "user_change": _AccountChanged,
    "app_home_opened": _PersonsEvent,
    "channel_id_changed": _MovedChannel,
    "message": _Message,
    "channel_archive": _ChannelsEvent,
    "channel_unarchive": _ChannelsEvent,
    "group_archive": _ChannelsEvent,
    "group_unarchive": _ChannelsEvent,
    "channel_shared": _ChannelsEvent,
    "channel_unshared": _ChannelsEvent,
    "tokens_revoked": _Revoked,
    "team_access_granted": _Workspaces,
    "team_access_revoked": _Workspaces,
}
"""Those we listen for. In others `user` and `channel` may be objects, which nobody here reads."""
