"""Channels that an app makes and manages. https://docs.slack.dev/reference/methods/conversations.create"""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.page import channels
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import CONFIG, Stage
from tests.playground.refusals import code
from tests.playground.test_talk import listen

MORE = ["channel_created", "channel_archive", "message.groups"]


@pytest.fixture(autouse=True)
def with_scopes(world: World) -> None:
    app = world.app("Bell")
    app.installs["T0MILL"].scopes += ["channels:manage", "groups:write", "groups:history", "users.profile:read"]
    app.events = [*CONFIG["apps"][0]["events"], *MORE]


async def test_an_app_makes_a_channel_and_is_its_first_member(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.create"""
    made = (await client.conversations_create(name="plans"))["channel"]
    assert (made["name"], made["is_member"], made["creator"]) == ("plans", True, "U0BELL")
    assert made["is_private"] is False
    await client.conversations_invite(channel=made["id"], users="U0SAM")
    assert (await client.conversations_members(channel=made["id"]))["members"] == ["U0BELL", "U0SAM"]


async def test_a_private_channel_is_seen_by_its_members_only(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.create"""
    made = (await client.conversations_create(name="quiet-plans", is_private=True))["channel"]
    assert made["is_private"] is True
    assert pg.world.channels[made["id"]].members == ["U0BELL"]


NAMES = [
    ("", "invalid_name_required"),
    ("x" * 81, "invalid_name_maxlength"),
    ("Big Plans", "invalid_name_specials"),
    ("--", "invalid_name_punctuation"),
    ("open", "name_taken"),
]


@pytest.mark.parametrize(("name", "error"), NAMES)
async def test_a_name_that_slack_does_not_take(client: AsyncWebClient, name: str, error: str) -> None:
    """https://docs.slack.dev/reference/methods/conversations.create"""
    assert await code(client, "conversations.create", name=name) == error
    assert await code(client, "conversations.rename", channel="C0OPEN", name=name) == error


async def test_each_kind_of_channel_needs_its_scope(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.create"""
    pg.world.app("Bell").installs["T0MILL"].scopes.remove("groups:write")
    assert await code(client, "conversations.create", name="plans", is_private=True) == "missing_scope"
    assert (await client.conversations_create(name="plans"))["ok"]


async def test_all_of_the_workspace_hear_of_a_new_public_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/channel_created"""
    heard = listen(stage, "channel_created")
    made = channels.make(stage.pg.world, stage.sam.user, "Spring plans")
    stage.pg.dispatcher.events.created(made, "U0SAM")
    await stage.pg.settled()
    (event,) = (body["event"] for body in heard)
    assert (event["channel"]["name"], event["channel"]["creator"]) == ("spring-plans", "U0SAM")


async def test_a_new_topic_is_said_in_the_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message/channel_topic"""
    heard = listen(stage, "message")
    answer = await stage.client.conversations_setTopic(channel="C0OPEN", topic="Spring")
    when = int(stage.pg.world.clock.now().timestamp())
    assert answer["channel"]["topic"] == {"value": "Spring", "creator": "U0BELL", "last_set": when}
    assert answer["channel"]["purpose"]["creator"] == ""
    await stage.sam.say("#open", "good")
    await stage.pg.settled()
    assert stage.sam.sees("#open")[0].text == "set the channel topic: Spring"
    told = [one.payload["event"] for one in stage.pg.world.traffic.deliveries if "subtype" in one.payload["event"]]
    assert [(one["subtype"], one["topic"], one["user"]) for one in told] == [("channel_topic", "Spring", "U0BELL")]
    assert heard


async def test_a_topic_is_not_too_long_and_set_by_members(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.setTopic"""
    assert await code(client, "conversations.setTopic", channel="C0OPEN", topic="x" * 251) == "too_long"
    assert await code(client, "conversations.setTopic", channel="C0ELSE", topic="x") == "not_in_channel"
    await client.conversations_setPurpose(channel="C0OPEN", purpose="For spring")
    assert (await client.conversations_info(channel="C0OPEN"))["channel"]["purpose"]["value"] == "For spring"


async def test_an_archived_channel_is_told_of_and_closed(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.archive"""
    await stage.client.conversations_archive(channel="C0OPEN")
    await stage.pg.settled()
    told = [one.payload["event"] for one in stage.pg.world.traffic.deliveries]
    assert [(one["type"], one["user"]) for one in told] == [("channel_archive", "U0BELL")]
    assert await code(stage.client, "conversations.archive", channel="C0OPEN") == "already_archived"
    assert await code(stage.client, "conversations.setTopic", channel="C0OPEN", topic="x") == "is_archived"


async def test_somebody_is_taken_out_and_the_app_hears_of_it(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.kick"""
    heard = listen(stage, "member_left_channel")
    await stage.client.conversations_kick(channel="C0OPEN", user="U0JO")
    await stage.pg.settled()
    assert [body["event"]["user"] for body in heard] == ["U0JO"]
    assert "U0JO" not in stage.pg.world.channel("#open").members


KICKS = [
    ("C0OPEN", "U0BELL", "cant_kick_self"),
    ("C0OPEN", "U0LENA", "not_in_channel"),
    ("C0OPEN", "U0NOBODY", "user_not_found"),
    ("C0ELSE", "U0SAM", "not_in_channel"),
]


@pytest.mark.parametrize(("channel", "user", "error"), KICKS)
async def test_who_cannot_be_taken_out(client: AsyncWebClient, channel: str, user: str, error: str) -> None:
    """https://docs.slack.dev/reference/methods/conversations.kick"""
    assert await code(client, "conversations.kick", channel=channel, user=user) == error


async def test_a_profile_has_its_names_and_an_empty_status(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/users.profile.get"""
    profile = (await client.users_profile_get(user="U0SAM"))["profile"]
    assert (profile["real_name"], profile["display_name"], profile["status_text"]) == ("Sam Okafor", "sam", "")
    assert "email" not in profile
    pg.world.app("Bell").installs["T0MILL"].scopes.append("users:read.email")
    assert (await client.users_profile_get(user="U0SAM"))["profile"]["email"] == "sam@mill.example"
    assert (await client.users_profile_get())["profile"]["bot_id"] == "B0BELL"
