"""A channel that other organisations read: Sam sees what will be posted, and who can read it, before it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from inline_snapshot import snapshot
from msgspec.structs import replace

from bot.domain.groups import Preview
from bot.storage import RedisStore
from bot.usecases.follow_up import GUARD
from playground.faults import Fault
from tests.connect.conftest import connected
from tests.promises.watch import all_kept
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def shared(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """The council's channel, shared with the hospitals and the charity; the council alone has installed Between."""
    async with connected(redis_url) as stage:
        yield stage
        await all_kept(stage)


async def invited(stage: Stage) -> None:
    await stage.person("Sam").invite_bot("young-carers")
    await stage.settle()
    await stage.bot.tick()


async def fills_in(stage: Stage, *, invite: bool = True) -> None:
    """All but *Post it*."""
    if invite:
        await invited(stage)
    sam = stage.person("Sam")
    await sam.press(stage.posts()[-1], "Set up a group")
    await sam.fill("Your organisation", "Riverside Council")
    await sam.fill("What you work on together", "Young carers")
    assert await sam.submit() is None
    await stage.settle()


def panels(stage: Stage) -> int:
    return len([one for one in stage.posts() if "[Join]" in stage.shown(one)])


async def test_sam_reads_what_will_be_posted_and_who_can_read_it_and_posts_it(shared: Stage) -> None:
    await fills_in(shared)
    assert shared.modal("Sam") == snapshot("""\
== Before I post it ==
*Nothing of the group is in the channel yet.* This goes there when you press *Post it*:
*Young carers* meets every second Monday at 14:00, London time, next Monday 30 November. Set up by Sam (Riverside Council) @sam.okafor.
Join: before each meeting I ask what's on your plate, post what you share, and write to nobody else.
----
Who can read it: everyone in #young-carers of Riverside Council and 2 more organisations, also whoever joins it later, and so can those who keep their organisations' records.
  Close this, and nothing is posted. *Set up a group*, under my first message there, brings it back.
[Post it] [Cancel]\
""")  # noqa: E501
    await shared.at("2026-11-23 12:00")
    assert [len(shared.posts()), panels(shared), len(shared.dms("Sam"))] == [1, 0, 0], "the hello alone"
    assert await shared.person("Sam").submit() is None
    await shared.settle()
    assert "Young carers is set up. I tell the channel next" in shared.modal("Sam")
    assert panels(shared) == 1
    assert "My message with the Join button comes below this one" in shared.shown(shared.posts()[0])
    assert len(shared.dms("Sam")) == 1
    await shared.person("Sam").close(everything=True)


async def test_who_closes_it_posts_nothing_and_finds_it_again(shared: Stage) -> None:
    await fills_in(shared)
    await shared.person("Sam").close(everything=True)
    await shared.at("2026-11-30 12:00")
    assert [panels(shared), len(shared.dms("Sam"))] == [0, 0]
    await shared.person("Sam").press(shared.posts()[0], "Set up a group")
    assert "Before I post it" in shared.modal("Sam")
    assert await shared.person("Sam").submit() is None
    await shared.settle()
    assert [panels(shared), len(shared.dms("Sam"))] == [1, 1]
    await shared.person("Sam").close(everything=True)


async def test_another_in_the_channel_posts_nothing_in_sams_name(shared: Stage) -> None:
    await fills_in(shared)
    await shared.person("Jo").press(shared.posts()[0], "Set up a group")
    await shared.settle()
    assert shared.person("Jo").modal is None
    assert "Young carers is being set up here by Sam. Nothing is posted before they have" in shared.notes("Jo")[-1]
    assert panels(shared) == 0


async def test_a_form_that_another_had_open_meanwhile_names_whom_to_ask(shared: Stage) -> None:
    """There is no message with a Join button yet."""
    await invited(shared)
    jo = shared.person("Jo")
    await jo.press(shared.posts()[-1], "Set up a group")
    await fills_in(shared, invite=False)
    asked = {"Your organisation": "Riverside Hospitals Trust", "What you work on together": "Night visits"}
    zones = {"Your time zone": "London", "The group's time zone": "London", "Public holidays of": "England"}
    for label, words in (asked | zones).items():
        await jo.fill(label, words)
    await jo.submit()
    assert "Young carers is being set up here by Sam." in shared.modal("Jo")
    assert "Night visits" in shared.modal("Jo")
    await shared.person("Sam").submit()
    await shared.settle()
    assert panels(shared) == 1


async def test_once_sam_has_left_the_channel_another_takes_it_on(shared: Stage) -> None:
    await fills_in(shared)
    store = shared.bot.deps.store
    (group,) = await store.index.groups()
    (sam,) = await store.leaders.all(group)
    await store.leaders.change(group, sam, lambda one: one and replace(one, left_at=shared.clock.now()))
    await shared.person("Jo").press(shared.posts()[0], "Set up a group")
    await shared.settle()
    assert "Join the group" in shared.modal("Jo")


async def test_after_a_week_another_in_the_channel_takes_it_on(shared: Stage) -> None:
    """Sam was called away before *Post it*; the form of Jo's says whose group it is."""
    await fills_in(shared)
    await shared.person("Sam").close(everything=True)
    await shared.person("Jo").press(shared.posts()[0], "Set up a group")
    await shared.settle()
    assert "From Monday 30 November on anyone here can take it on." in shared.notes("Jo")[-1]
    await shared.at("2026-11-30 12:00")
    jo = shared.person("Jo")
    await jo.press(shared.posts()[0], "Set up a group")
    await jo.choose_in_modal("Your organisation", "Riverside Council")
    await jo.fill("Your time zone", "London")
    await jo.fill("Public holidays of", "England")
    assert await jo.submit() is None
    await shared.settle()
    assert [panels(shared), len(shared.dms("Jo"))] == [0, 0]
    assert "Before I post it" in shared.modal("Jo")
    assert await jo.submit() is None
    await shared.settle()
    assert [panels(shared), len(shared.dms("Jo")), len(shared.dms("Sam"))] == [1, 1, 1]
    await jo.close(everything=True)


async def test_in_a_channel_of_one_workspace_nothing_is_shown_before(stage: Stage) -> None:
    await fills_in(stage)
    assert "Young carers is set up." in stage.modal("Sam")
    assert panels(stage) == 1
    (group,) = (await stage.bot.deps.store.groups.many(await stage.bot.deps.store.index.groups())).values()
    assert group.preview is None


async def test_where_slack_does_not_say_whose_channel_it_is_it_is_shown(stage: Stage) -> None:
    stage.pg.world.faults.order(Fault("fatal_before"), times=9, method="conversations.info")
    await fills_in(stage)
    assert "Slack did not tell me whose people they are." in stage.modal("Sam")
    assert panels(stage) == 0
    assert await stage.person("Sam").submit() is None
    await stage.settle()
    assert panels(stage) == 1


@pytest.mark.parametrize("saved", [False, True], ids=["before the save", "after it"])
async def test_who_dies_at_post_it_leaves_it_unposted_or_to_the_next_look(
    redis_url: str, store: RedisStore, saved: bool
) -> None:
    """A press saves between two wishes for a look; the second is never made."""
    async with connected(redis_url) as stage:
        await dies_at_post_it(stage, saved)
        assert panels(stage) == saved


async def dies_at_post_it(shared: Stage, saved: bool) -> None:
    await fills_in(shared)
    await shared.person("Sam").close(everything=True)
    store, now = shared.bot.deps.store, shared.clock.now()
    (group,) = await store.index.groups()
    await store.due.look_at(group, now + GUARD)
    if saved:
        await store.groups.change(group, lambda one: one and replace(one, preview=Preview(posted_at=now)))
    shared.clock.advance(GUARD + timedelta(seconds=1))
    await shared.settle()
    await shared.settle()
