"""Emoji under messages. https://docs.slack.dev/reference/methods/reactions.add"""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.acts import PersonCannot
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import CONFIG, Stage
from tests.playground.refusals import code
from tests.playground.test_talk import listen

KINDS = ("reaction_added", "reaction_removed")


@pytest.fixture(autouse=True)
def with_scopes(world: World) -> None:
    app = world.app("Bell")
    app.installs["T0MILL"].scopes += ["reactions:read", "reactions:write"]
    app.events = [*CONFIG["apps"][0]["events"], *KINDS]


async def posted(client: AsyncWebClient) -> str:
    return str((await client.chat_postMessage(channel="C0OPEN", text="a"))["ts"])


async def test_an_app_puts_an_emoji_under_a_message_and_takes_it_away(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/reactions.get"""
    ts = await posted(client)
    await client.reactions_add(channel="C0OPEN", timestamp=ts, name="thumbsup")
    got = await client.reactions_get(channel="C0OPEN", timestamp=ts)
    assert (got["type"], got["channel"]) == ("message", "C0OPEN")
    assert got["message"]["reactions"] == [{"name": "thumbsup", "users": ["U0BELL"], "count": 1}]
    await client.reactions_remove(channel="C0OPEN", timestamp=ts, name="thumbsup")
    assert "reactions" not in (await client.reactions_get(channel="C0OPEN", timestamp=ts))["message"]


async def test_history_shows_who_put_which(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    pg.world.app("Bell").installs["T0MILL"].scopes.append("channels:history")
    ts = await posted(client)
    await client.reactions_add(channel="C0OPEN", timestamp=ts, name="eyes")
    for person in ("Sam", "Jo"):
        pg.person(person).react(pg.world.channels["C0OPEN"].messages[ts], "tada")
    found = (await client.conversations_history(channel="C0OPEN"))["messages"][0]["reactions"]
    assert [(one["name"], one["users"], one["count"]) for one in found] == [
        ("eyes", ["U0BELL"], 1),
        ("tada", ["U0SAM", "U0JO"], 2),
    ]


REFUSED = [
    ({"timestamp": "1.1"}, "message_not_found"),
    ({"timestamp": "soon"}, "bad_timestamp"),
    ({"name": "not an emoji"}, "invalid_name"),
    ({"channel": "C0SHUT"}, "channel_not_found"),
    ({"channel": "C0ELSE"}, "not_in_channel"),
    ({"timestamp": ""}, "no_item_specified"),
]


@pytest.mark.parametrize(("wrong", "error"), REFUSED)
async def test_a_reaction_is_refused_with_slacks_code(
    client: AsyncWebClient, wrong: dict[str, str], error: str
) -> None:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    right = {"channel": "C0OPEN", "timestamp": await posted(client), "name": "eyes"}
    assert await code(client, "reactions.add", **(right | wrong)) == error


async def test_the_same_emoji_twice_or_one_too_many_is_refused(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    ts = await posted(client)
    for number in range(23):
        await client.reactions_add(channel="C0OPEN", timestamp=ts, name=f"custom_{number}")
    assert await code(client, "reactions.add", channel="C0OPEN", timestamp=ts, name="custom_1") == "already_reacted"
    assert await code(client, "reactions.add", channel="C0OPEN", timestamp=ts, name="eyes") == "too_many_emoji"


async def test_what_was_not_put_there_cannot_be_taken_away(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/reactions.remove"""
    ts = await posted(client)
    assert await code(client, "reactions.remove", channel="C0OPEN", timestamp=ts, name="eyes") == "no_reaction"


@pytest.mark.parametrize("kind", KINDS)
async def test_an_app_hears_of_an_emoji_that_comes_or_goes(stage: Stage, kind: str) -> None:
    """https://docs.slack.dev/reference/events/reaction_added"""
    heard = {one: listen(stage, one) for one in KINDS}
    message = await stage.post()
    stage.sam.react(message, "eyes")
    stage.sam.react(message, "eyes")
    await stage.pg.settled()
    (body,) = heard[kind]
    event = body["event"]
    assert (event["user"], event["reaction"], event["item_user"]) == ("U0SAM", "eyes", "U0BELL")
    assert event["item"] == {"type": "message", "channel": "C0OPEN", "ts": message.ts}


async def test_without_its_scope_no_emoji_is_heard_of(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/reaction_added"""
    heard = listen(stage, "reaction_added")
    stage.pg.world.app("Bell").installs["T0MILL"].scopes.remove("reactions:read")
    stage.sam.react(await stage.post(), "eyes")
    await stage.pg.settled()
    assert heard == []


async def test_nobody_reacts_in_an_archived_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/reactions.add"""
    message = await stage.post()
    await stage.sam.archive("#open")
    with pytest.raises(PersonCannot, match="is_archived"):
        stage.sam.react(message, "eyes")
    assert (
        await code(stage.client, "reactions.add", channel="C0OPEN", timestamp=message.ts, name="eyes")
        == "is_archived"
    )
