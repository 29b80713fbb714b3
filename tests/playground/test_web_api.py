"""Who may call the Web API, and how conversations and people are described.

https://docs.slack.dev/reference/methods
"""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from playground.server import Playground
from tests.playground.blocks import section
from tests.playground.conftest import TOKEN
from tests.playground.refusals import code, refusal

Json = dict[str, Any]


# -- who calls ---------------------------------------------------------------------------


async def test_auth_test_says_who_and_with_which_scopes(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/auth.test"""
    answer = await client.auth_test()
    assert (answer["user_id"], answer["bot_id"], answer["team_id"]) == ("U0BELL", "B0BELL", "T0MILL")
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_no_token(pg: Playground) -> None:
    """https://docs.slack.dev/apis/web-api"""
    assert await code(AsyncWebClient(base_url=pg.api_url), "auth.test") == "not_authed"


async def test_an_unknown_token(pg: Playground) -> None:
    """https://docs.slack.dev/apis/web-api"""
    assert await code(AsyncWebClient("xoxb-stolen", base_url=pg.api_url), "auth.test") == "invalid_auth"


async def test_the_token_may_stand_in_the_form(pg: Playground) -> None:
    """https://docs.slack.dev/apis/web-api"""
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{pg.api_url}auth.test", data={"token": TOKEN}) as answer,
    ):
        assert (await answer.json())["ok"] is True


async def test_an_unknown_method(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/apis/web-api"""
    answer = await refusal(client, "chat.sing")
    assert (answer["error"], answer["req_method"]) == ("unknown_method", "chat.sing")


async def test_a_missing_scope_says_which(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    pg.world.app("Bell").installs["T0MILL"].scopes = ["commands"]
    answer = await refusal(client, "chat.postMessage", channel="C0OPEN", text="a")
    assert (answer["error"], answer["needed"], answer["provided"]) == ("missing_scope", "chat:write", "commands")


async def test_an_app_token_is_not_for_messages(pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage"""
    client = AsyncWebClient("xapp-bell", base_url=pg.api_url)
    assert await code(client, "chat.postMessage", channel="C0OPEN", text="a") == "not_allowed_token_type"


async def test_a_bot_token_is_not_for_sockets(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/apps.connections.open"""
    assert await code(client, "apps.connections.open") == "not_allowed_token_type"


async def test_a_broken_body(pg: Playground) -> None:
    """https://docs.slack.dev/apis/web-api"""
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"}
    url = f"{pg.api_url}chat.postMessage"
    async with aiohttp.ClientSession() as http, http.post(url, data="{", headers=headers) as answer:
        assert (await answer.json())["error"] == "invalid_json"


# -- conversations and people --------------------------------------------------------------


async def test_opening_a_dm_twice_gives_the_same(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    first = await client.conversations_open(users="U0SAM", return_im=True)
    second = await client.conversations_open(users="U0SAM")
    assert first["channel"]["id"] == second["channel"]["id"]
    assert first["channel"]["user"] == "U0SAM"


@pytest.mark.parametrize(
    ("users", "error"),
    [("U0NONE", "user_not_found"), ("U0BELL", "user_not_found"), ("", "users_list_not_supplied")],
)
async def test_a_dm_is_refused(client: AsyncWebClient, users: str, error: str) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open"""
    assert await code(client, "conversations.open", users=users) == error


async def test_a_channel_is_described(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/objects/conversation-object"""
    channel = (await client.conversations_info(channel="C0BOTH", include_num_members=True))["channel"]
    assert (channel["name"], channel["is_ext_shared"], channel["num_members"]) == ("both", True, 3)
    assert channel["is_member"] is True


async def test_a_private_channel_without_the_bot_does_not_exist(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    assert await code(client, "conversations.info", channel="C0SHUT") == "channel_not_found"


async def test_a_dm_is_described_with_the_right_scope_only(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.info"""
    dm = (await client.conversations_open(users="U0SAM"))["channel"]["id"]
    assert (await refusal(client, "conversations.info", channel=dm))["needed"] == "im:read"


async def test_members_come_in_pages(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.members"""
    first = await client.conversations_members(channel="C0OPEN", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_members(channel="C0OPEN", limit=2, cursor=cursor)
    assert first["members"] + second["members"] == ["U0SAM", "U0JO", "U0BELL"]
    assert second["response_metadata"]["next_cursor"] == ""


async def test_history_is_newest_first_between_two_times(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    times = [(await client.chat_postMessage(channel="C0OPEN", text=one))["ts"] for one in "abc"]
    answer = await client.conversations_history(channel="C0OPEN", oldest=times[0])
    assert [one["text"] for one in answer["messages"]] == ["c", "b"]
    limited = await client.conversations_history(channel="C0OPEN", limit=1)
    assert (limited["messages"][0]["text"], limited["has_more"]) == ("c", True)


async def test_history_gives_metadata_whole_only_when_asked(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/messaging/message-metadata"""
    known = {"event_type": "note", "event_payload": {"id": "n1"}}
    await client.chat_postMessage(channel="C0OPEN", text="a", metadata=known)
    plain = await client.conversations_history(channel="C0OPEN")
    whole = await client.conversations_history(channel="C0OPEN", include_all_metadata=True)
    assert plain["messages"][0]["metadata"] == {"event_type": "note"}
    assert whole["messages"][0]["metadata"] == known


async def test_history_needs_the_bot_inside(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    assert await code(client, "conversations.history", channel="C0ELSE") == "not_in_channel"


async def test_a_bot_may_join_a_public_channel(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.join"""
    assert "warning" not in (await client.conversations_join(channel="C0ELSE")).data
    again = await client.conversations_join(channel="C0ELSE")
    assert again["warning"] == again["response_metadata"]["warnings"][0] == "already_in_channel"
    assert (await client.chat_postMessage(channel="C0ELSE", text="a"))["ok"]


async def test_a_person_is_described_with_their_zone(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/objects/user-object"""
    user = (await client.users_info(user="U0JO"))["user"]
    assert (user["tz"], user["tz_offset"], user["profile"]["real_name"]) == ("Asia/Kolkata", 19800, "Jo Lindqvist")
    assert "email" not in user["profile"]


async def test_a_person_has_pictures_of_every_size(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/objects/user-object (`image_*`)"""
    profile = (await client.users_info(user="U0JO"))["user"]["profile"]
    assert [key for key in profile if key.startswith("image_")] == [
        f"image_{size}" for size in (24, 32, 48, 72, 192, 512)
    ]
    assert profile["image_72"].startswith("https://")


async def test_an_email_needs_its_scope(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/users.info"""
    pg.world.app("Bell").installs["T0MILL"].scopes.append("users:read.email")
    assert (await client.users_info(user="U0SAM"))["user"]["profile"]["email"] == "sam@mill.example"


async def test_nobody(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/users.info"""
    assert await code(client, "users.info", user="U0NONE") == "user_not_found"


async def test_users_list_is_for_the_own_workspace(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/users.list"""
    found = [user["id"] for user in (await client.users_list())["members"]]
    assert found == ["U0SAM", "U0JO", "U0BELL"]


async def test_a_team_is_described(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/team.info"""
    pg.world.app("Bell").installs["T0MILL"].scopes.append("team:read")
    assert (await client.team_info())["team"]["name"] == "Mill"


async def test_blocks_can_be_judged_without_a_token(pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/blocks.validate"""
    client = AsyncWebClient(base_url=pg.api_url)
    assert (await client.api_call("blocks.validate", json={"blocks": [section("a")]}))["ok"]
    answer = await refusal(client, "blocks.validate", blocks=[section("a", colour="red")])
    assert answer["errors"][0]["pointer"] == "/blocks/0/colour"


async def test_a_time_that_is_none(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.history"""
    assert await code(client, "conversations.history", channel="C0OPEN", oldest="yesterday") == "invalid_ts_oldest"
