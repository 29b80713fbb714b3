"""The shared channel ends for some, is frozen, or goes for all: each is decided, told to whom it concerns, and
there is never a second group by accident."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from inline_snapshot import snapshot
from msgspec.structs import replace

from bot.domain.groups import Group, Preview
from bot.storage import RedisStore
from playground.connect import share
from playground.messages import Channel
from tests.connect.conftest import CHARITY, COUNCIL, HOSPITALS, Browser, connected
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def group(stage: Stage, browser: Browser) -> Stage:
    """The hospitals have installed Between, the charity has not; Jo and Aoife are in Sam's group."""
    await browser.install("U0JO")
    await stage.gather("Jo", "Aoife")
    await stage.at("2026-11-24 11:00")
    return stage


async def cut_off(stage: Stage, team: str) -> Channel:
    """The council disconnects a workspace, whose people keep a frozen copy; Slack tells of it."""
    world = stage.pg.world
    copy = world.disconnect(world.channels["C0CARERS"], team)
    await stage.pg.settled()
    await stage.settle()
    return copy


async def the_group(stage: Stage) -> Group:
    groups = stage.bot.deps.store.groups
    found = await groups.many(await stage.bot.deps.store.index.groups())
    (one,) = found.values()
    return one


async def people_known(stage: Stage) -> list[str]:
    return await stage.bot.deps.store.index.people()


def in_council(stage: Stage) -> str:
    channel = stage.pg.world.channels["C0CARERS"]
    return "\n".join(stage.shown(m) for m in channel.messages.values() if m.app_id and not m.ephemeral_to)


async def test_who_can_still_be_reached_is_told_privately_that_their_workspace_was_disconnected(
    group: Stage,
) -> None:
    await cut_off(group, HOSPITALS)
    group.clock.advance(timedelta(minutes=30))
    await group.settle()
    told = [text for text in group.sent("Jo") if "was disconnected from its channel" in text]
    assert len(told) == 1
    assert told[0].startswith("Young carers: your workspace was disconnected")
    assert "no longer in this channel" not in in_council(group), "she can be asked, so nothing is announced"


async def test_who_cannot_is_taken_out_and_the_channel_hears_of_it(group: Stage) -> None:
    before = len(group.sent("Aoife"))
    await cut_off(group, CHARITY)
    await group.at("2026-11-25 12:00")
    assert len(group.sent("Aoife")) == before
    assert "Aoife (Young Carers Together) is no longer in this channel and I can't reach them" in in_council(group)


@pytest.mark.slow
async def test_who_was_taken_out_reaches_by_buttons_of_before_what_is_kept_of_them(group: Stage) -> None:
    """No message could tell Aoife, and she has no command and no Home."""
    await cut_off(group, CHARITY)
    await group.at("2026-11-25 12:00")
    aoife = group.person("Aoife")
    await aoife.press(group.dms("Aoife")[0], "More")
    said = group.newest("Aoife", "[Erase me]")
    assert "What I keep of you from before is yours" in group.shown(said)
    await aoife.press(said, "My data")
    await aoife.press_in_modal("Read it here")
    assert "Young Carers Together" in group.modal("Aoife")
    await aoife.close(everything=True)
    await aoife.press(said, "Erase me")
    assert await aoife.submit() is None
    await group.at("2026-11-25 12:30")
    names = [one.name for one in (await group.bot.deps.store.people.many(await people_known(group))).values()]
    assert sorted(names) == ["Jo", "Sam"]


@pytest.mark.slow
async def test_the_rest_of_the_group_goes_on(group: Stage) -> None:
    await cut_off(group, CHARITY)
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.at("2026-11-27 12:00")
    assert "Discharge letters" in in_council(group)


async def test_a_leader_who_is_cut_off_sets_up_no_second_group_by_accident(group: Stage) -> None:
    copy = await cut_off(group, HOSPITALS)
    copy.frozen = ""
    jo = group.person("Jo")
    await jo.command("/between", "set up", copy)
    assert "*Young carers* is your group already. Its channel stands for the others" in group.modal("Jo")
    assert "[More] [Set up another group]" in group.modal("Jo")
    await jo.press_in_modal("Set up another group")
    assert "What you work on together" in group.modal("Jo"), "if that is what she wants"


@pytest.mark.slow
async def test_a_frozen_channel_is_said_to_be_so_and_nobody_is_asked(group: Stage) -> None:
    group.pg.world.channels["C0CARERS"].frozen = "connection_severed"
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.at("2026-12-01 12:00")
    assert (await the_group(group)).connection.frozen == "connection_severed"
    told = [text for text in group.sent("Sam") if "is frozen, since workspaces were disconnected" in text]
    assert len(told) == 1
    assert not [text for text in group.sent("Sam") if "is archived" in text]


@pytest.mark.slow
async def test_where_the_convenor_cannot_be_written_to_another_leader_hears_that_the_bot_is_out(
    group: Stage,
) -> None:
    """Aoife shares no channel with the bot any more, and has none of her own."""
    store = group.bot.deps.store
    one, everybody = await the_group(group), await store.people.many(await store.index.people())
    aoife = next(person.id for person in everybody.values() if person.name == "Aoife")
    await store.groups.change(one.id, lambda stored: stored and replace(stored, convenor=aoife))
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.person("Sam").remove_bot("young-carers")
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.at("2026-11-30 12:00")
    told = {name: [text for text in group.sent(name) if "in the channel of the group" in text] for name in CAST}
    assert told["Aoife"] == []
    assert [len(told["Sam"]), "/invite @Between" in told["Sam"][0]] == [1, True]


@pytest.mark.slow
@pytest.mark.parametrize("post_only", [True, False])
async def test_a_convenor_of_another_workspace_reads_what_to_do_whether_it_may_only_post_or_not(
    group: Stage, post_only: bool
) -> None:
    """Slack tells no app which workspaces may only post. Both installations are out of the channel, so neither
    hands it to the other and back."""
    world, store = group.pg.world, group.bot.deps.store
    world.channels["C0CARERS"].post_only += [HOSPITALS] if post_only else []
    one, everybody = await the_group(group), await store.people.many(await store.index.people())
    jo = next(person.id for person in everybody.values() if person.name == "Jo")
    await store.groups.change(one.id, lambda stored: stored and replace(stored, convenor=jo))
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.person("Sam").remove_bot("young-carers")
    await group.at("2026-11-27 12:00")
    (told,) = [text for text in group.sent("Jo") if "in the channel of the group" in text]
    assert (
        "Type /invite @Between in it. Where your workspace may only post, Slack does not let you: then ask" in told
    )
    await group.person("Sam" if post_only else "Jo").invite_bot("young-carers")
    await group.at("2026-11-27 14:00")
    assert "Discharge letters" in in_council(group)


CAST = ("Sam", "Aoife")


# -- the host has not installed it ---------------------------------------------------------------


@pytest.fixture
async def guest_of_the_council(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """Only the hospitals have installed Between; their bot speaks in the council's channel, and Jo leads."""
    async with connected(redis_url, env=False, slack_allowed_workspaces=HOSPITALS) as stage:
        del stage.pg.world.app("Between").installs[COUNCIL]
        async with aiohttp.ClientSession() as http:
            await Browser(stage, http).install("U0JO")
        await stage.set_up("Jo", "Riverside Hospitals Trust")
        yield stage


async def goes_on_in(stage: Stage, channel: Channel) -> None:
    await stage.person("Jo").command("/between", "set up", channel)
    assert "Does it go on in this one?" in stage.modal("Jo")
    await stage.person("Jo").press_in_modal("Go on here")
    await stage.settle()


async def lost(stage: Stage) -> None:
    """The hospitals are cut off from the council's channel, and no copy of theirs is left to use."""
    await cut_off(stage, HOSPITALS)
    await stage.at("2026-11-25 12:00")
    await stage.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await stage.at("2026-11-27 12:00")
    assert [text for text in stage.sent("Jo") if "I can't find the channel of the group" in text]


def spoken(stage: Stage, channel: Channel) -> str:
    return "\n".join(stage.shown(m) for m in channel.messages.values() if m.app_id and not m.ephemeral_to)


@pytest.mark.slow
async def test_the_group_goes_on_in_the_channel_that_its_leaders_have_now(guest_of_the_council: Stage) -> None:
    stage = guest_of_the_council
    before = await the_group(stage)
    await lost(stage)
    new = stage.pg.world.add_channel("new-carers", "channel", [HOSPITALS], ["U0JO", "U0BETWEENT"])
    await goes_on_in(stage, new)
    assert "I post its buttons in this channel next." in stage.modal("Jo")
    after = await the_group(stage)
    assert (after.id, after.place.channel) == (before.id, new.id)
    await stage.at("2026-11-27 13:00")
    assert spoken(stage, new).count("[Join]") == 1
    assert "Discharge letters" in spoken(stage, new), "what was due and is still news"


@pytest.mark.slow
async def test_where_its_own_is_there_again_another_group_may_be_set_up_in_it(guest_of_the_council: Stage) -> None:
    stage = guest_of_the_council
    await lost(stage)
    new = stage.pg.world.add_channel("new-carers", "channel", [HOSPITALS], ["U0JO", "U0BETWEENT"])
    await goes_on_in(stage, new)
    await stage.person("Jo").close(everything=True)
    share(stage.pg.world, stage.pg.world.channels["C0CARERS"], HOSPITALS, ["U0JO", "U0BETWEENT"])
    await stage.person("Jo").command("/between", "set up", stage.pg.world.channels["C0CARERS"])
    assert "== Set up a group ==" in stage.modal("Jo")


@pytest.mark.slow
async def test_one_that_was_never_posted_is_posted_there(guest_of_the_council: Stage) -> None:
    """Jo closed what she was shown in the council's channel, which is gone now."""
    stage, store = guest_of_the_council, guest_of_the_council.bot.deps.store
    await lost(stage)
    one = await the_group(stage)
    await store.groups.change(one.id, lambda stored: stored and replace(stored, preview=Preview()))
    new = stage.pg.world.add_channel("new-carers", "channel", [HOSPITALS], ["U0JO", "U0BETWEENT"])
    await goes_on_in(stage, new)
    assert spoken(stage, new).count("[Join]") == 1


@pytest.mark.slow
async def test_in_one_that_others_read_what_goes_there_is_shown_first(guest_of_the_council: Stage) -> None:
    stage = guest_of_the_council
    await lost(stage)
    members = ["U0JO", "U0BETWEENT", "U0AOIFE"]
    new = stage.pg.world.add_channel("new-carers", "channel", [HOSPITALS, CHARITY], members)
    await goes_on_in(stage, new)
    assert stage.modal("Jo") == snapshot("""\
== Before I post here ==
*Nothing of the group is in this channel yet.* When you press *Post it* this goes there, and then what you all share for everyone:
*Young carers* meets every second Monday at 14:00, London time, next Monday 30 November. Set up by Jo (Riverside Hospitals Trust) @jo.lindqvist.
Join: before each meeting I ask what's on your plate, post what you share, and write to nobody else.
----
Who can read it: everyone in #new-carers of Riverside Hospitals Trust and one more organisation, also whoever joins it later, and so can those who keep their organisations' records.
  Close this, and nothing is posted. *Set up a group*, pressed here again, brings it back.
[Post it] [Cancel]\
""")  # noqa: E501
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-27 13:00")
    assert spoken(stage, new) == ""
    assert (await the_group(stage)).place.channel == "C0CARERS", "who closes it changes nothing"
    await goes_on_in(stage, new)
    assert await stage.person("Jo").submit() is None
    await stage.settle()
    assert "I post its buttons in this channel next." in stage.modal("Jo")
    assert spoken(stage, new).count("[Join]") == 1
    await stage.at("2026-11-30 09:00")
    assert not [text for text in stage.sent("Jo") if "People of other organisations" in text], "she has looked"
    assert (await the_group(stage)).trouble is None


@pytest.mark.slow
async def test_the_hello_in_that_channel_goes_green_no_more(guest_of_the_council: Stage) -> None:
    stage = guest_of_the_council
    await lost(stage)
    new = stage.pg.world.add_channel("new-carers", "channel", [HOSPITALS], ["U0JO"])
    await stage.person("Jo").invite_bot("new-carers")
    await stage.at("2026-11-27 12:10")
    [hello] = [m for m in new.messages.values() if "[Set up a group]" in stage.shown(m)]
    await stage.person("Jo").press(hello, "Set up a group")
    await stage.person("Jo").press_in_modal("Go on here")
    await stage.at("2026-11-27 13:00")
    assert "is set up here" in stage.shown(hello)
