"""A bot leaves and brings people in, and looks people and bots up.

https://docs.slack.dev/reference/methods/conversations.invite
"""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.people import User
from playground.server import Playground
from tests.playground.refusals import code, refusal

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _scopes(pg: Playground) -> None:
    """What the bot needs for all of this."""
    scopes = pg.world.app("Bell").installs["T0MILL"].scopes
    scopes += ["channels:manage", "groups:write", "users:read.email"]
    pg.world.users["U0ANA"] = User("U0ANA", "T0MILL", "ana", "Ana Ruiz", email="ana@mill.example")


def members(pg: Playground, channel: str = "C0OPEN") -> set[str]:
    return set(pg.world.channels[channel].members)


# -- leaving -----------------------------------------------------------------------------


async def test_a_bot_leaves(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.leave"""
    assert (await client.conversations_leave(channel="C0OPEN"))["ok"]
    assert "U0BELL" not in members(pg)


async def test_leaving_where_one_is_not_is_no_error_but_not_ok(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.leave"""
    with pytest.raises(SlackApiError) as caught:
        await client.conversations_leave(channel="C0ELSE")
    answer = caught.value.response
    assert (answer["ok"], answer["not_in_channel"], answer.get("error")) == (False, True, None)


async def test_nobody_leaves_the_general_channel(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.leave (`cant_leave_general`)"""
    pg.world.channels["C0OPEN"].is_general = True
    assert await code(client, "conversations.leave", channel="C0OPEN") == "cant_leave_general"


async def test_the_last_one_stays(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.leave (`last_member`)"""
    pg.world.channels["C0SHUT"].members = ["U0BELL"]
    assert await code(client, "conversations.leave", channel="C0SHUT") == "last_member"


async def test_a_direct_message_is_not_left(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/conversations.leave (`method_not_supported_for_channel_type`)"""
    dm = (await client.conversations_open(users="U0SAM"))["channel"]["id"]
    assert await code(client, "conversations.leave", channel=dm) == "method_not_supported_for_channel_type"


async def test_leaving_needs_a_scope(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.leave"""
    pg.world.app("Bell").installs["T0MILL"].scopes = ["groups:write"]
    assert await code(client, "conversations.leave", channel="C0OPEN") == "missing_scope"


# -- inviting ----------------------------------------------------------------------------


async def test_a_bot_brings_somebody_in(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.invite"""
    answer = await client.conversations_invite(channel="C0OPEN", users=["U0ANA"])
    assert (answer["channel"]["id"], "U0ANA" in members(pg)) == ("C0OPEN", True)


@pytest.mark.parametrize(
    ("args", "error"),
    [
        ({"users": ""}, "no_user"),
        ({"users": "U0NONE"}, "user_not_found"),
        ({"users": "U0BELL"}, "cant_invite_self"),
        ({"users": "U0SAM"}, "already_in_channel"),
        ({"users": "U0LENA"}, "cant_invite"),
        ({"users": "U0ANA", "channel": "C0ELSE"}, "not_in_channel"),
        ({"users": "U0ANA", "channel": "C0NONE"}, "channel_not_found"),
    ],
)
async def test_whom_a_bot_cannot_bring_in(client: AsyncWebClient, pg: Playground, args: Json, error: str) -> None:
    """https://docs.slack.dev/reference/methods/conversations.invite"""
    before = members(pg)
    assert await code(client, "conversations.invite", **{"channel": "C0OPEN", **args}) == error
    assert members(pg) == before


async def test_of_several_none_comes_unless_the_bot_insists(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.invite (`force`)"""
    args = {"channel": "C0OPEN", "users": "U0NONE,U0ANA"}
    answer = await refusal(client, "conversations.invite", **args)
    assert answer["errors"] == [{"user": "U0NONE", "ok": False, "error": "user_not_found"}]
    assert "U0ANA" not in members(pg)
    assert (await client.api_call("conversations.invite", json=args | {"force": True}))["ok"]
    assert "U0ANA" in members(pg)


async def test_an_archived_channel_stays_as_it_is(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/conversations.invite (`is_archived`)"""
    pg.world.channels["C0OPEN"].archived = True
    assert await code(client, "conversations.invite", channel="C0OPEN", users="U0ANA") == "is_archived"
    assert await code(client, "conversations.leave", channel="C0OPEN") == "is_archived"


# -- looking up --------------------------------------------------------------------------


async def test_somebody_is_found_by_their_address(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail"""
    user = (await client.users_lookupByEmail(email="Ana@mill.example"))["user"]
    assert (user["id"], user["profile"]["email"]) == ("U0ANA", "ana@mill.example")


async def test_an_address_of_nobody_or_of_somebody_who_left(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail (`users_not_found`)"""
    assert await code(client, "users.lookupByEmail", email="nobody@mill.example") == "users_not_found"
    pg.world.users["U0ANA"].deleted = True
    assert await code(client, "users.lookupByEmail", email="ana@mill.example") == "users_not_found"


async def test_an_address_is_looked_up_with_a_scope_of_its_own(client: AsyncWebClient, pg: Playground) -> None:
    """https://docs.slack.dev/reference/methods/users.lookupByEmail"""
    pg.world.app("Bell").installs["T0MILL"].scopes = ["users:read"]
    answer = await refusal(client, "users.lookupByEmail", email="ana@mill.example")
    assert (answer["error"], answer["needed"]) == ("missing_scope", "users:read.email")


async def test_a_bot_says_whose_it_is(client: AsyncWebClient) -> None:
    """https://docs.slack.dev/reference/methods/bots.info"""
    bot = (await client.bots_info(bot="B0BELL"))["bot"]
    assert (bot["app_id"], bot["user_id"], bot["name"], bot["deleted"]) == ("A0BELL", "U0BELL", "Bell", False)
    assert await code(client, "bots.info", bot="B0NONE") == "bot_not_found"
