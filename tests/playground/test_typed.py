"""What people type, as Slack's client sends it: https://docs.slack.dev/messaging/formatting-message-text."""

from typing import Any

import pytest

from playground import typed
from tests.playground.conftest import Stage
from tests.playground.test_talk import listen

Json = dict[str, Any]
NAMES = typed.Names({"Sam Okafor": "U1", "sam": "U1", "Sam Okafor-Bligh": "U2"}, {"open": "C1", "open-day": "C2"})

SENT = [
    ("see https://x.example/a?b=1&c=2.", "see <https://x.example/a?b=1&amp;c=2>."),
    ("<https://x.example>", "&lt;<https://x.example>&gt;"),
    ("(slack.com/help), README.md, e.g. 1.2", "(<http://slack.com/help|slack.com/help>), README.md, e.g. 1.2"),
    ("write to sam@mill.example", "write to <mailto:sam@mill.example|sam@mill.example>"),
    ("@Sam Okafor-Bligh, @sam and @samuel", "<@U2>, <@U1> and @samuel"),
    ("in #open-day, #open and #openly", "in <#C2|open-day>, <#C1|open> and #openly"),
    ("@here and <!channel>", "<!here> and &lt;!channel&gt;"),
    ("`@sam` and ```https://x.example```", "`@sam` and ```https://x.example```"),
    (":tada: at 12:30:45", ":tada: at 12:30:45"),
    ("HTTPS://X.EXAMPLE/Q, Slack.com", "<HTTPS://X.EXAMPLE/Q>, <http://Slack.com|Slack.com>"),
    ("https://x.example/a|b", "<https://x.example/a%7Cb>"),
    ("x" * 200_000, "x" * 200_000),
]


@pytest.mark.parametrize(("said", "text"), SENT, ids=[said[:20] for said, _ in SENT])
def test_names_channels_and_addresses_are_found_in_what_is_typed(said: str, text: str) -> None:
    """https://docs.slack.dev/messaging/formatting-message-text"""
    assert typed.text(said, NAMES) == text


def section(*elements: Json, kind: str = "rich_text_section") -> Json:
    return {"type": kind, "elements": list(elements)}


def words(text: str, **style: bool) -> Json:
    return {"type": "text", "text": text} | ({"style": style} if style else {})


RICH = [
    (
        "a *b _c_* d",
        [section(words("a "), words("b ", bold=True), words("c", bold=True, italic=True), words(" d"))],
    ),
    (
        "> said\nthen `x_y`",
        [
            section(words("said"), kind="rich_text_quote"),
            section(words("then "), words("x_y", code=True)),
        ],
    ),
    (
        "*at https://x.example/_a_/~b~/c now*",
        [
            section(
                words("at ", bold=True),
                {"type": "link", "url": "https://x.example/_a_/~b~/c", "style": {"bold": True}},
                words(" now", bold=True),
            )
        ],
    ),
    ("```a\n*b*```", [section(words("a\n*b*"), kind="rich_text_preformatted")]),
    (
        "@sam in #open :tada:",
        [
            section(
                {"type": "user", "user_id": "U1"},
                words(" in "),
                {"type": "channel", "channel_id": "C1"},
                words(" "),
                {"type": "emoji", "name": "tada"},
            )
        ],
    ),
    (
        "https://x.example and slack.com",
        [
            section(
                {"type": "link", "url": "https://x.example"},
                words(" and "),
                {"type": "link", "url": "http://slack.com", "text": "slack.com"},
            )
        ],
    ),
]


@pytest.mark.parametrize(("said", "elements"), RICH)
def test_the_same_comes_as_rich_text(said: str, elements: list[Json]) -> None:
    """https://docs.slack.dev/reference/block-kit/blocks/rich-text-block"""
    assert typed.rich(said, NAMES) == {"type": "rich_text", "elements": elements}


async def test_what_is_typed_comes_as_text_and_as_rich_text_with_its_clients_id(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message"""
    heard = listen(stage, "message")
    await stage.sam.say("#open", "Hello @Jo Lindqvist, see #elsewhere")
    await stage.sam.say("#open", "Again")
    await stage.pg.settled()
    event, again = (body["event"] for body in heard)
    assert event["text"] == "Hello <@U0JO>, see <#C0ELSE|elsewhere>"
    assert event["blocks"][0]["type"] == "rich_text"
    assert {"type": "user", "user_id": "U0JO"} in event["blocks"][0]["elements"][0]["elements"]
    assert len(event["client_msg_id"]) == 36
    assert event["client_msg_id"] != again["client_msg_id"]


async def test_an_apps_message_has_no_clients_id(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    posted = await stage.client.chat_postMessage(channel="C0OPEN", text="a")
    assert "client_msg_id" not in posted["message"]


# -- naming an app that is not there -----------------------------------------------------


async def test_an_app_that_is_named_and_then_let_in_hears_of_it(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_mention"""
    listen(stage, "message")
    listen(stage, "member_joined_channel")
    heard = listen(stage, "app_mention")
    await stage.sam.say("#elsewhere", "@Bell are you there?")
    await stage.pg.settled()
    assert heard == []
    offered = stage.sam.notices[-1]
    assert offered.text == "You mentioned Bell, but it is not in this channel."
    await stage.sam.answer_offer(offered, invite=True)
    await stage.pg.settled()
    assert [body["event"]["text"] for body in heard] == ["<@U0BELL> are you there?"]
    assert "U0BELL" in stage.pg.world.channel("#elsewhere").members
    assert stage.sam.notices == []


async def test_an_app_that_is_named_and_not_let_in_hears_nothing(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_mention"""
    heard = listen(stage, "app_mention")
    await stage.sam.say("#elsewhere", "@Bell are you there?")
    await stage.sam.answer_offer(stage.sam.notices[-1], invite=False)
    await stage.pg.settled()
    assert heard == []
    assert "U0BELL" not in stage.pg.world.channel("#elsewhere").members


async def test_where_the_app_is_nothing_is_offered(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/app_mention"""
    listen(stage, "message")
    listen(stage, "app_mention")
    await stage.sam.say("#open", "@Bell are you there?")
    await stage.pg.settled()
    assert stage.sam.notices == []
