"""What an app learns of people of other workspaces, and what they can and cannot do.

https://docs.slack.dev/apis/slack-connect
"""

from typing import Any

import pytest

from playground.acts import PersonCannot
from playground.people import User, Workspace
from tests.playground.blocks import actions, button, home, modal, section
from tests.playground.connect.conftest import Stage
from tests.playground.refusals import code

Json = dict[str, Any]


@pytest.fixture
def far(stage: Stage) -> str:
    """Somebody of a workspace that never shared a channel with the others."""
    stage.world.workspaces["T0FAR"] = Workspace("T0FAR", "Far")
    stage.world.users["U0FAR"] = User("U0FAR", "T0FAR", "far", "Far Away")
    return "U0FAR"


# -- what is known -----------------------------------------------------------------------


async def test_of_aoife_neither_locale_nor_email_is_told(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: profile data "will not contain any locale information"."""
    user = (await stage.river.users_info(user="U0AOIFE", include_locale=True))["user"]
    ours = (await stage.river.users_info(user="U0SAM", include_locale=True))["user"]
    assert (user["team_id"], user["is_stranger"]) == ("T0CARERS", False)
    assert "locale" not in user
    assert "email" not in user["profile"]
    assert (ours["locale"], ours["profile"]["email"]) == ("en-GB", "sam.okafor@council.example")
    assert "is_stranger" not in ours


async def test_a_stranger_is_somebody_who_shares_no_channel_with_the_bot(stage: Stage) -> None:
    """https://docs.slack.dev/reference/objects/user-object"""
    assert (await stage.river.users_info(user="U0TOMASZ"))["user"]["is_stranger"] is True
    await stage.person("Aoife").invite("young-carers", "Tomasz")
    assert (await stage.river.users_info(user="U0TOMASZ"))["user"]["is_stranger"] is False


async def test_somebody_never_met_is_not_found(stage: Stage, far: str) -> None:
    """https://docs.slack.dev/reference/methods/users.info"""
    assert await code(stage.river, "users.info", user=far) == "user_not_found"
    assert await code(stage.river, "conversations.open", users=far) == "user_not_found"
    assert await code(stage.river, "team.info", team="T0FAR") == "team_not_found"
    assert (await stage.river.team_info(team="T0CARERS"))["team"]["name"] == "Young Carers Together"


async def test_what_slack_does_not_say_can_be_played_either_way(stage: Stage) -> None:
    """Not documented: whether zone and e-mail come for external members."""
    assert (await stage.river.users_info(user="U0AOIFE"))["user"]["tz"] == "Europe/Dublin"
    stage.world.guesses.external_tz, stage.world.guesses.external_email = False, True
    user = (await stage.river.users_info(user="U0AOIFE"))["user"]
    assert "tz" not in user
    assert user["profile"]["email"] == "aoife.brennan@youngcarers.example"


async def test_the_list_of_people_holds_the_own_workspace_only(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: `users.list` does not contain them."""
    ids = {user["id"] for user in (await stage.trust.users_list())["members"]}
    assert ids == {"U0JO", "U0PRIYA", "U0BETWEENT"}


async def test_each_installation_has_a_bot_of_its_own(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: "multiple bot copies"."""
    one, other = await stage.river.auth_test(), await stage.trust.auth_test()
    assert (one["team_id"], one["user_id"]) == ("T0RIVER", "U0BETWEEN")
    assert (other["team_id"], other["user_id"]) == ("T0TRUST", "U0BETWEENT")


# -- what they can do --------------------------------------------------------------------


async def test_aoife_has_no_commands_and_no_shortcuts(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: only in workspaces where the app is installed."""
    stage.world.app("Between").shortcuts.append(_shortcut())
    with pytest.raises(PersonCannot, match="/plate is not a valid command"):
        await stage.person("Aoife").command("/plate", "", "young-carers")
    with pytest.raises(PersonCannot, match="no global shortcut"):
        await stage.person("Aoife").shortcut("Check in")
    said = await stage.person("Aoife").say("young-carers", "Ring the lead")
    with pytest.raises(PersonCannot, match="no message shortcut"):
        await stage.person("Aoife").shortcut("Make this a commitment", said)


def _shortcut() -> Any:
    from playground.apps import Shortcut

    return Shortcut("check_in", "Check in")


@pytest.mark.parametrize("guest", ["Wei", "Kasia"])
async def test_guests_have_commands_if_their_workspace_lets_them(stage: Stage, guest: str) -> None:
    """https://slack.com/intl/en-in/help/articles/1500009181142-Manage-app-permissions-in-Slack"""
    with pytest.raises(PersonCannot, match="not there for guests"):
        await stage.person(guest).command("/plate")
    stage.world.workspaces["T0RIVER"].guests_use_apps = True

    @stage.bolt.command("/plate")
    async def plate(ack: Any) -> None:
        await ack()

    assert (await stage.person(guest).command("/plate")).ok


async def test_a_home_published_for_aoife_is_taken_and_not_shown(stage: Stage) -> None:
    """https://github.com/slackapi/bolt-js/issues/1948"""
    heard = stage.listen("app_home_opened")
    published = await stage.river.views_publish(user_id="U0AOIFE", view=home(section("Hello")))
    assert published["ok"]
    assert await stage.person("Aoife").open_home() is None
    await stage.pg.settled()
    assert stage.person("Aoife").notices[-1].text == "This is still a work in progress."
    assert len(heard) == 1
    with pytest.raises(PersonCannot, match="still empty"):
        await stage.person("Aoife").press_home("Go")


async def test_jo_sees_the_home_of_her_own_workspaces_installation(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: "you may have multiple app homes"."""
    await stage.trust.views_publish(user_id="U0JO", view=home(section("From the hospitals")))
    await stage.river.views_publish(user_id="U0JO", view=home(section("From the council")))
    view = stage.person("Jo").home()
    assert view
    assert view.blocks[0]["text"]["text"] == "From the hospitals"


async def test_people_who_may_only_post_can_do_nothing_else(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.inviteShared (`external_limited`)"""
    stage.world.channels["C0CARERS"].post_only.append("T0CARERS")
    aoife = stage.person("Aoife")
    assert (await aoife.say("young-carers", "Only words")).text == "Only words"
    for act in (aoife.invite("young-carers", "Tomasz"), aoife.rename("young-carers", "mine")):
        with pytest.raises(PersonCannot, match="may only post"):
            await act


async def test_a_bot_of_a_post_only_workspace_cannot_join(stage: Stage) -> None:
    """`restricted_action`: https://docs.slack.dev/reference/methods/conversations.join"""
    stage.world.channels["C0CARERS"].post_only.append("T0TRUST")
    stage.world.app("Between").installs["T0TRUST"].scopes.append("channels:join")
    assert await code(stage.trust, "conversations.join", channel="C0CARERS") == "restricted_action"


async def test_only_people_whose_workspace_has_the_app_can_bring_it_in(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: another team must install the app independently."""
    with pytest.raises(PersonCannot, match="not installed in Young Carers Together"):
        await stage.person("Aoife").invite_bot("young-carers")
    await stage.person("Jo").invite_bot("young-carers")
    assert "U0BETWEENT" in stage.world.channels["C0CARERS"].members


async def test_guests_are_invited_and_a_guest_of_one_channel_stays_in_it(stage: Stage) -> None:
    """https://docs.slack.dev/reference/objects/user-object (`is_restricted`, `is_ultra_restricted`)"""
    with pytest.raises(PersonCannot, match="have to be invited"):
        await stage.person("Wei").join("homes")
    with pytest.raises(PersonCannot, match="one channel only"):
        await stage.person("Sam").invite("general", "Kasia")
    user = (await stage.river.users_info(user="U0KASIA"))["user"]
    assert (user["is_restricted"], user["is_ultra_restricted"]) == (True, True)


async def test_nobody_enters_a_channel_their_workspace_is_not_connected_to(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    with pytest.raises(PersonCannot, match="not connected to #general"):
        await stage.person("Sam").invite("general", "Aoife")
    with pytest.raises(PersonCannot, match="not a channel of Young Carers"):
        await stage.person("Aoife").join("C0HOMES")


# -- direct messages ---------------------------------------------------------------------


async def test_a_dm_needs_a_shared_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open (`invalid_user_combination`)"""
    assert (await stage.river.conversations_open(users="U0AOIFE"))["ok"]
    assert await code(stage.river, "conversations.open", users="U0TOMASZ") == "invalid_user_combination"
    assert await code(stage.trust, "conversations.open", users="U0AOIFE") == "invalid_user_combination"


async def test_a_message_to_somebody_out_of_reach_finds_no_channel(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.postMessage (`channel_not_found`, for a DM not permitted)"""
    assert await code(stage.river, "chat.postMessage", channel="U0TOMASZ", text="Hello") == "channel_not_found"


@pytest.mark.parametrize("error", ["channel_not_found", "restricted_action"])
async def test_an_open_dm_is_closed_once_no_channel_is_shared(stage: Stage, error: str) -> None:
    """Not documented: the error is a guess that a test may change."""
    dm = (await stage.river.conversations_open(users="U0AOIFE"))["channel"]["id"]
    await stage.river.chat_postMessage(channel=dm, text="While we share a channel")
    stage.world.guesses.dm_after_unshare = error
    stage.world.unshare("young-carers", "T0CARERS")
    assert await code(stage.river, "chat.postMessage", channel=dm, text="After") == error
    assert await code(stage.river, "conversations.open", users="U0AOIFE") == "invalid_user_combination"
    assert (await stage.river.users_info(user="U0AOIFE"))["user"]["is_stranger"] is True


async def test_or_it_stays_open(stage: Stage) -> None:
    """Not documented either way."""
    dm = (await stage.river.conversations_open(users="U0AOIFE"))["channel"]["id"]
    stage.world.guesses.dm_after_unshare = ""
    stage.world.unshare("young-carers", "T0CARERS")
    assert (await stage.river.chat_postMessage(channel=dm, text="After"))["ok"]


async def test_two_installations_have_two_dms_with_jo(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.open: A DM belongs to one bot user and one person."""
    one = (await stage.river.conversations_open(users="U0JO"))["channel"]["id"]
    other = (await stage.trust.conversations_open(users="U0JO"))["channel"]["id"]
    assert one != other
    assert stage.person("Jo").dm().id == other
    assert await code(stage.trust, "chat.postMessage", channel=one, text="Not mine") == "channel_not_found"


# -- what a token sees -------------------------------------------------------------------


async def test_a_token_sees_its_own_workspace_only(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.info (`channel_not_found`)"""
    assert await code(stage.trust, "conversations.info", channel="C0GENERAL") == "channel_not_found"
    found = await stage.trust.conversations_info(channel="C0CARERS")
    assert found["channel"]["context_team_id"] == "T0TRUST"


async def test_each_token_lists_the_channels_of_its_workspace(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/conversations.list"""
    ours = {one["id"] for one in (await stage.river.conversations_list())["channels"]}
    theirs = {one["id"] for one in (await stage.trust.conversations_list())["channels"]}
    assert (ours, theirs) == ({"C0GENERAL", "C0CARERS", "C0HOMES"}, {"C0TRUST", "C0CARERS"})
    first = await stage.river.conversations_list(limit=2)
    rest = await stage.river.conversations_list(limit=2, cursor=first["response_metadata"]["next_cursor"])
    assert {one["id"] for one in first["channels"] + rest["channels"]} == ours


async def test_a_bot_lists_the_conversations_it_is_in(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/users.conversations"""
    assert [one["id"] for one in (await stage.river.users_conversations())["channels"]] == ["C0CARERS"]
    found = await stage.river.users_conversations(user="U0SAM", types="public_channel,private_channel")
    assert {one["id"] for one in found["channels"]} == {"C0GENERAL", "C0CARERS", "C0HOMES"}
    assert await code(stage.river, "users.conversations", types="im") == "missing_scope"
    assert await code(stage.river, "conversations.list", types="rooms") == "invalid_types"


async def test_one_name_means_another_channel_in_each_workspace(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect: no assumptions about names."""
    stage.world.channels["C0TRUST"].members.append("U0BETWEENT")
    posted = await stage.trust.chat_postMessage(channel="#general", text="To the hospitals")
    assert posted["channel"] == "C0TRUST"


async def test_one_installation_cannot_change_what_another_wrote(stage: Stage) -> None:
    """https://docs.slack.dev/reference/methods/chat.update (`cant_update_message`), views.update (`not_found`)"""
    message = await stage.post(actions(button("Go", "go")))
    args = {"channel": "C0CARERS", "ts": message.ts, "text": "Mine now"}
    assert await code(stage.trust, "chat.update", **args) == "cant_update_message"

    @stage.bolt.action("go")
    async def go(ack: Any, body: Json, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=modal(section("a")))

    sam = stage.person("Sam")
    await sam.press(message, "Go")
    view = await stage.pg.until(lambda: sam.modal)
    assert await code(stage.trust, "views.update", view_id=view.id, view=modal(section("b"))) == "not_found"
