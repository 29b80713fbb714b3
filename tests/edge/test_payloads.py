"""What is signed and yet no payload of Slack's: 400 in one place, one line that quotes nobody, and no traceback."""

import json
from urllib.parse import urlencode

import pytest
from structlog.testing import capture_logs

from bot.app import started
from bot.manifest import events
from bot.slack.controls import without_controls
from bot.slack.payload import BadPayload, checked, parse
from bot.slack.payload_shapes import EVENTS
from tests.edge.conftest import SECRET
from tests.edge.doors import FORM, send, signed

WORDS = "Beds are full again."
USER = {"id": "U0SAM", "team_id": "T0RIVER"}
ACTION = {"type": "button", "action_id": "more", "block_id": "b", "value": WORDS}
VIEW = {"id": "V1", "type": "modal", "callback_id": "plate", "private_metadata": WORDS, "blocks": [], "state": {}}
PRESS = {
    "type": "block_actions",
    "user": USER,
    "team": {"id": "T0RIVER"},
    "actions": [ACTION],
    "trigger_id": "1.2.3",
}
SENT = {"type": "view_submission", "user": USER, "team": {"id": "T0RIVER"}, "view": VIEW, "trigger_id": "1.2.3"}
EVENT = {
    "type": "event_callback",
    "team_id": "T0RIVER",
    "event": {"type": "app_home_opened", "user": "U0SAM", "tab": "home", "channel": "D1"},
}
MESSAGE = {
    "type": "message",
    "channel": "D1",
    "channel_type": "im",
    "user": "U0SAM",
    "ts": "1795600000.000100",
    "text": "Beds.",
}
ON_MESSAGE = {
    "type": "message_action",
    "callback_id": "make_commitment",
    "user": USER,
    "team": {"id": "T0RIVER"},
    "channel": {"id": "C0CARERS"},
    "message": {"text": WORDS},
    "trigger_id": "1.2.3",
}

REACTION = {"type": "reaction_added", "user": "U0SAM", "item": {"type": "message", "channel": "C0CARERS"}}
"""Nobody listens for it."""

ILL_TYPED = [
    *(json.dumps(one) for one in (None, [], {}, 1, WORDS, [PRESS])),
    "{",
    WORDS,
    "[" * 100_000,
    '{"a":' * 20_000,
    json.dumps(PRESS | {"nest": json.loads("[" * 200 + "]" * 200)}),
    *(
        json.dumps(whole | changed)
        for whole, changed in [
            (PRESS, {"type": 1}),
            (PRESS, {"type": [WORDS]}),
            (PRESS, {"user": None}),
            (PRESS, {"user": WORDS}),
            (PRESS, {"user": {"id": 7}}),
            (PRESS, {"user": {}}),
            (PRESS, {"user": USER | {"id": "U0 SAM"}}),
            (PRESS, {"user": USER | {"id": "}{"}}),
            (PRESS, {"user": {"id": "U0SAM"}, "team": None}),
            (PRESS, {"channel": {"id": WORDS}}),
            (PRESS, {"type": WORDS}),
            (SENT, {"view": {"id": "V1"}}),
            (EVENT, {"event": {"type": "member_joined_channel", "user": "U0SAM"}}),
            (PRESS, {"user": USER | {"team_id": 7}}),
            (PRESS, {"team": WORDS}),
            (PRESS, {"team": {"id": [WORDS]}}),
            (PRESS, {"enterprise": WORDS}),
            (PRESS, {"channel": WORDS}),
            (PRESS, {"container": [WORDS]}),
            (PRESS, {"trigger_id": 1}),
            (PRESS, {"response_url": [WORDS]}),
            (PRESS, {"actions": []}),
            (PRESS, {"actions": None}),
            (PRESS, {"actions": [WORDS]}),
            (PRESS, {"actions": [ACTION | {"value": 7}]}),
            (PRESS, {"actions": [ACTION | {"action_id": None}]}),
            (PRESS, {"actions": [ACTION | {"selected_option": WORDS}]}),
            (ON_MESSAGE, {"user": {"id": "U0SAM"}, "team": None}),
            (ON_MESSAGE, {"channel": None}),
            (ON_MESSAGE, {"channel": {}}),
            (ON_MESSAGE, {"channel": {"id": WORDS}}),
            (ON_MESSAGE, {"message": WORDS}),
            (ON_MESSAGE, {"callback_id": None}),
            (PRESS, {"view": WORDS}),
            (SENT, {"view": None}),
            (SENT, {"view": VIEW | {"private_metadata": 7}}),
            (SENT, {"view": VIEW | {"callback_id": [WORDS]}}),
            (SENT, {"view": VIEW | {"state": WORDS}}),
            (SENT, {"view": VIEW | {"state": {"values": [WORDS]}}}),
            (SENT, {"view": VIEW | {"state": {"values": {"b": WORDS}}}}),
            (SENT, {"view": VIEW | {"state": {"values": {"b": {"b": {"value": [WORDS]}}}}}}),
            (SENT, {"view": VIEW | {"blocks": [WORDS]}}),
            (EVENT, {"event": WORDS}),
            (EVENT, {"event": {}}),
            (EVENT, {"event": {"type": "app_home_opened", "user": {"id": "U0SAM"}}}),
            (EVENT, {"event": {"type": "member_joined_channel", "user": "U0SAM", "channel": 7}}),
            (EVENT, {"event": {"type": "member_left_channel", "user": "U0SAM"}}),
            (EVENT, {"event": {"type": "member_left_channel", "user": WORDS, "channel": "C0CARERS"}}),
            *((EVENT, {"event": {"type": "user_change", "user": user}}) for user in (None, WORDS, [WORDS], {}, 7)),
            (EVENT, {"event": {"type": "user_change"}}),
            (EVENT, {"event": {"type": "user_change", "user": {"id": WORDS}}}),
            (EVENT, {"event": {"type": "user_change", "user": USER | {"deleted": WORDS}}}),
            (EVENT, {"event": MESSAGE | {"ts": 7}}),
            (EVENT, {"event": MESSAGE | {"channel": None}}),
            (EVENT, {"event": MESSAGE | {"user": {"id": WORDS}}}),
            (EVENT, {"event": MESSAGE | {"text": [WORDS]}}),
            (EVENT, {"event": MESSAGE | {"thread_ts": {"ts": WORDS}}}),
            (EVENT, {"team_id": None}),
            (EVENT, {"authorizations": [WORDS]}),
            (EVENT, {"authorizations": 7}),
            (EVENT, {"enterprise": 7}),
            (EVENT, {"view": {"app_installed_team_id": 7}}),
            (EVENT, {"event": REACTION | {"user": 1.5}}),
            (EVENT, {"event": REACTION | {"user": ["id"]}}),
            (EVENT, {"event": REACTION | {"user": None, "user_id": [WORDS]}}),
            (EVENT, {"event": REACTION | {"channel": True}}),
            (EVENT, {"event": REACTION | {"item": {"channel": 7}}}),
            (PRESS, {"authorizations": 7}),
            (PRESS, {"authorizations": [7]}),
            *((EVENT, {"event": {"type": "reaction_added", key: False}}) for key in ("user", "channel")),
            *((EVENT, {key: 7}) for key in ("user", "channel", "enterprise")),
            (EVENT, {"team": {"id": [WORDS]}}),
            (EVENT, {"enterprise": {"id": {"id": WORDS}}}),
            (EVENT, {"authorizations": [{"enterprise": 7}]}),
            (EVENT, {"authorizations": [{"team_id": WORDS}]}),
        ]
    ),
]


def test_every_event_that_we_subscribe_to_has_a_shape_but_the_one_in_which_nothing_is_read():
    asked = {name.split(".")[0] for name in [*events(typing=True), *events(org=True)]}
    assert asked - {"app_uninstalled"} <= set(EVENTS)


@pytest.fixture
async def by_http(slack, settings_for):
    settings = settings_for(slack.api_url, slack_app_token="", slack_signing_secret=SECRET, http_port=0)
    async with started(settings, clock=slack.world.clock.now) as app:
        yield app


async def test_what_is_signed_but_no_payload_is_a_400_and_a_line_that_quotes_nobody(by_http, caplog):
    with capture_logs() as lines:
        for text in ILL_TYPED:
            raw = urlencode({"payload": text}).encode()
            assert await send(by_http, raw, signed(raw)) == 400, text[:100]
            raw = text.encode()
            assert await send(by_http, raw, signed(raw, "application/json")) == 400, text[:100]
        for raw in (b"", b"payload=", b"command=/plate", b"command=/plate&team_id=T0RIVER"):
            assert await send(by_http, raw, signed(raw, FORM)) == 400, raw
    assert {line["event"] for line in lines} == {"refused a malformed payload"}
    assert len(lines) == len({line["kind"] for line in lines})
    assert WORDS not in caplog.text + str(lines)
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(
    "whole", [PRESS, SENT, EVENT, EVENT | {"event": MESSAGE}, SENT | {"view": VIEW | {"state": None}}]
)
def test_what_slack_sends_is_read_as_it_is(whole):
    assert checked(whole) == whole
    assert parse(urlencode({"payload": json.dumps(whole)}).encode(), FORM) == whole


def test_an_event_that_nobody_listens_for_may_look_as_it_likes():
    other = EVENT | {"event": {"type": "team_join", "user": {"id": "U0SAM"}, "channel": {"id": "C1"}}}
    assert checked(other) == other


def test_controls_are_taken_out_wherever_text_comes_in():
    values = {"b": {"b": {"type": "plain_text_input", "value": "a\0b\x1b[31m\x07c\x0bd\x85e\tf\ng\x7f"}}}
    read = checked(SENT | {"view": VIEW | {"state": {"values": values}}})
    assert read["view"]["state"]["values"]["b"]["b"]["value"] == "ab[31mc d e\tf\ng"
    command = urlencode(
        {"command": "/plate", "team_id": "T", "user_id": "U", "channel_id": "C", "text": "Beds\0 full"}
    )
    assert parse(command.encode(), FORM)["text"] == "Beds full"


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("control", [*map(chr, (*range(32), *range(0x7F, 0xA0)))])
def test_parse__takes_out_every_control_however_it_is_written(control, escaped):
    sent = SENT | {"trigger_id": f"Beds{control} é are full"}
    written = json.dumps(sent, ensure_ascii=escaped)
    expected = sent | {"trigger_id": without_controls(sent["trigger_id"])}
    assert parse(urlencode({"payload": written}).encode(), FORM) == expected
    assert parse(written.encode(), "application/json") == expected


def test_parse__reads_half_an_emoji_as_slack_may_send_it():
    sent = SENT | {"trigger_id": "Beds \ud83d"}
    assert parse(json.dumps(sent).encode(), "application/json") == sent


def test_a_fault_never_quotes_what_was_sent():
    for text in ILL_TYPED:
        with pytest.raises(BadPayload) as fault:
            parse(text.encode(), "application/json")
        assert WORDS not in str(fault.value)
        assert fault.value.__cause__ is None
