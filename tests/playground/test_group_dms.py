"""Direct conversations of more than two. https://docs.slack.dev/reference/methods/conversations.open"""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.acts import PersonCannot
from playground.server import Playground
from playground.world import World
from tests.playground.conftest import CONFIG, Stage
from tests.playground.refusals import code
from tests.playground.test_talk import listen


@pytest.fixture(autouse=True)
def with_scopes(world: World) -> None:
    app = world.app("Bell")
    app.installs["T0MILL"].scopes += ["mpim:write", "mpim:history", "mpim:read"]
    app.events = [*CONFIG["apps"][0]["events"], "message.mpim"]


async def test_a_bot_opens_one_with_several_people_and_writes_there(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    opened = await client.conversations_open(users="U0SAM,U0JO", return_im=True)
    channel = opened["channel"]
    assert (channel["is_mpim"], channel["is_im"], channel["is_private"]) == (True, False, True)
    assert channel["name"] == "mpdm-bell--sam--jo-1"
    await client.chat_postMessage(channel=channel["id"], text="To the two of you")
    for name in ("Sam", "Jo"):
        assert pg.person(name).last(channel["id"]).text == "To the two of you"
    with pytest.raises(PersonCannot):
        pg.person("Lena").sees(channel["id"])


async def test_the_same_people_have_the_same_conversation(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    ids = [(await client.conversations_open(users=both))["channel"]["id"] for both in ("U0SAM,U0JO", "U0JO,U0SAM")]
    assert ids[0] == ids[1]


REFUSED = [
    ("U0SAM,U0SAM", "not_enough_users"),
    ("U0SAM,U0NOBODY", "user_not_found"),
    ("U0SAM,U0BELL", "user_not_found"),
    ("U0SAM,U0FAR", "invalid_user_combination"),
    (",".join(f"U{number}" for number in range(9)), "too_many_users"),
]


@pytest.mark.parametrize(("users", "error"), REFUSED)
async def test_what_cannot_be_opened_is_refused_with_slacks_code(
    client: AsyncWebClient, users: str, error: str
) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    assert await code(client, "conversations.open", users=users) == error


async def test_several_people_need_a_scope_of_their_own(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/scopes/mpim.write"""
    pg.world.app("Bell").installs["T0MILL"].scopes.remove("mpim:write")
    assert await code(client, "conversations.open", users="U0SAM,U0JO") == "missing_scope"
    assert (await client.conversations_open(users="U0SAM"))["ok"]


async def test_lists_and_history_know_of_it(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/users.conversations"""
    opened = (await client.conversations_open(users="U0SAM,U0JO"))["channel"]["id"]
    await pg.person("Jo").say(opened, "Hello both")
    found = (await client.users_conversations(types="mpim"))["channels"]
    assert [one["id"] for one in found] == [opened]
    said = (await client.conversations_history(channel=opened))["messages"]
    assert [one["text"] for one in said] == ["Hello both"]


async def test_words_there_are_heard_as_of_a_group_dm(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message.mpim"""
    heard = listen(stage, "message")
    group = stage.sam.group("Jo", "Bell")
    await stage.jo.say(group, "Shall we?")
    await stage.pg.settled()
    (event,) = (body["event"] for body in heard)
    assert (event["channel_type"], event["text"], event["channel"]) == ("mpim", "Shall we?", group.id)


async def test_without_its_scope_a_group_dm_is_not_heard(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message.mpim"""
    heard = listen(stage, "message")
    stage.pg.world.app("Bell").installs["T0MILL"].scopes.remove("mpim:history")
    await stage.jo.say(stage.sam.group("Jo", "Bell"), "Shall we?")
    await stage.pg.settled()
    assert heard == []


async def test_a_reply_in_a_dm_is_heard_with_its_thread(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message.im"""
    heard = listen(stage, "message")
    posted = await stage.client.chat_postMessage(channel="U0SAM", text="How are you?")
    await stage.sam.say("Bell", "Fine", thread_ts=posted["ts"])
    await stage.pg.settled()
    event = heard[-1]["event"]
    assert (event["channel_type"], event["thread_ts"], event["parent_user_id"]) == ("im", posted["ts"], "U0BELL")


async def test_a_group_dm_is_no_channel_to_leave_or_invite_to(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.invite"""
    opened = (await client.conversations_open(users="U0SAM,U0JO"))["channel"]["id"]
    wrong = "method_not_supported_for_channel_type"
    assert await code(client, "conversations.leave", channel=opened) == wrong
    assert await code(client, "conversations.invite", channel=opened, users="U0LENA") == wrong


async def test_sharing_a_group_dm_is_not_sharing_a_channel(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    await client.conversations_open(users="U0SAM,U0LENA")
    await pg.person("Lena").leave("#both")
    assert await code(client, "conversations.open", users="U0LENA") == "invalid_user_combination"
