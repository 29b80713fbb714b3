"""Sam opens a conversation with Jo, who can help: in one of the three, or by a DM to each; never both."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment
from bot.domain.introductions import Introduction, Way
from bot.domain.problems import Problem
from bot.domain.tending import can_help
from bot.ports import Deps, SlackRefused
from bot.storage import RedisStore
from bot.usecases import introductions, people
from bot.usecases.snapshot import require_member
from tests.domain import young_carers
from tests.scheduler.fortnight import JO, SAM, carers_of, live_to
from tests.scheduler.loopback import LOST, NO_SCOPE, ODD
from tests.scheduler.postroom import Bot, Death, Killed, doomed

MONDAY = datetime(2026, 11, 30, 10, 30, tzinfo=UTC)
TOGETHER = "G-T1-U-jo-U-sam-G"
LATER = timedelta(hours=2)

EXTERNAL = SlackRefused("invalid_user_combination", permanent=True, unreachable=True)
GONE = SlackRefused("user_disabled", permanent=True, unreachable=True)


async def press(deps: Deps, now: datetime) -> Introduction:
    member = await require_member(deps.store, SAM, "g7", introductions.NEEDS)
    commitment = member.snapshot.commitments["c1"]
    return await introductions.to_a_helper(deps, member, commitment, "jo", now)


async def on_monday(store: RedisStore) -> Bot:
    """Sam has heard that Jo can help with what is stuck."""
    bot = await carers_of(store)
    for name in ("sam", "jo"):  # of one workspace, which is the group's
        person = young_carers.person(name)
        await store.people.change(name, lambda _, p=person: replace(p, reach=replace(p.reach, via_team="T1")))
    commitment = Commitment(
        id="c1", made_by="sam", made_at=bot.clock.now(), what="Ring the housing lead", tenders=("sam",)
    )
    helped = can_help(commitment, "jo", MONDAY - timedelta(days=1), {"sam", "jo"})
    await store.commitments.change("g7", "c1", lambda _: helped)
    await live_to(bot, MONDAY)
    bot.slack.posted.clear()
    return bot


@pytest.fixture
async def monday(store: RedisStore) -> Bot:
    return await on_monday(store)


def together(bot: Bot) -> list[str]:
    return [one.text for one in bot.slack.posted if one.place.channel == TOGETHER]


def by_dm(bot: Bot) -> dict[str, int]:
    """How often each was introduced by a DM of their own."""
    return {name: sum(": an introduction." in text for _, text in bot.slack.to(name)) for name in ("sam", "jo")}


async def kept(bot: Bot) -> Introduction:
    (one,) = (await bot.store.introductions.all("g7")).values()
    return one


async def test_they_are_put_in_one_conversation_and_nobody_gets_a_dm(monday: Bot) -> None:
    await press(monday.deps, MONDAY)
    await live_to(monday, MONDAY + LATER)
    (text,) = together(monday)
    assert "Young carers: an introduction." in text
    assert "offered" in text
    assert "“Ring the housing lead”" in text
    assert "Twenty minutes? A walk counts." in text
    assert by_dm(monday) == {"sam": 0, "jo": 0}
    assert (await kept(monday)).way is Way.TOGETHER


async def test_pressed_twice_and_again_the_next_day_it_is_one_conversation(monday: Bot) -> None:
    first = await press(monday.deps, MONDAY)
    assert await press(monday.deps, MONDAY) == first
    await live_to(monday, MONDAY + timedelta(days=1))
    assert (await press(monday.deps, monday.clock.now())).way is Way.TOGETHER
    await live_to(monday, MONDAY + timedelta(days=1, hours=3))
    assert len(together(monday)) == 1


@pytest.mark.parametrize("refusal", [NO_SCOPE, EXTERNAL, GONE], ids=lambda one: one.code)
async def test_where_slack_refuses_each_gets_a_dm_with_how_to_reach_the_other(
    monday: Bot, refusal: SlackRefused
) -> None:
    monday.slack.cannot_open_group = refusal
    await press(monday.deps, MONDAY)
    await live_to(monday, MONDAY + LATER)
    assert together(monday) == []
    assert by_dm(monday) == {"sam": 1, "jo": 1}
    one = await kept(monday)
    assert (one.way, set(one.told)) == (Way.APART, {"sam", "jo"})
    group = await monday.store.groups.get("g7")
    assert group
    assert group.trouble is None


async def test_a_scope_that_comes_later_brings_no_second_introduction(monday: Bot) -> None:
    monday.slack.cannot_open_group = NO_SCOPE
    await press(monday.deps, MONDAY)
    await live_to(monday, MONDAY + LATER)
    monday.slack.cannot_open_group = None
    await live_to(monday, MONDAY + timedelta(days=3))
    assert together(monday) == []
    assert by_dm(monday) == {"sam": 1, "jo": 1}


@pytest.mark.slow
async def test_what_slack_refuses_for_no_known_reason_is_tried_for_two_days_and_then_told_to_each(
    monday: Bot,
) -> None:
    monday.slack.cannot_open_group = ODD
    await press(monday.deps, MONDAY)
    await live_to(monday, MONDAY + timedelta(days=1))
    assert by_dm(monday) == {"sam": 0, "jo": 0}
    await live_to(monday, MONDAY + timedelta(days=3))
    assert by_dm(monday) == {"sam": 1, "jo": 1}


async def test_a_lost_answer_that_slack_can_tell_of_is_looked_up_and_nobody_gets_a_dm(monday: Bot) -> None:
    await press(monday.deps, MONDAY)
    monday.slack.orders.append(LOST)
    await live_to(monday, MONDAY + LATER)
    assert len(together(monday)) == 1
    assert by_dm(monday) == {"sam": 0, "jo": 0}


async def test_a_lost_answer_that_nobody_may_look_for_is_said_to_each_as_it_is(monday: Bot) -> None:
    monday.slack.cannot_look = NO_SCOPE
    await press(monday.deps, MONDAY)
    monday.slack.orders.append(LOST)
    await live_to(monday, MONDAY + LATER)
    assert len(together(monday)) == 1
    assert by_dm(monday) == {"sam": 1, "jo": 1}
    assert "can't tell whether it arrived" in monday.slack.to("sam")[-1][1]


async def test_it_waits_until_both_are_in_their_hours_and_back(monday: Bot) -> None:
    await people.go_away(monday.deps, JO, date(2026, 12, 2), MONDAY)
    await press(monday.deps, MONDAY)
    await live_to(monday, MONDAY + timedelta(days=1, hours=20))
    assert together(monday) == []
    await live_to(monday, datetime(2026, 12, 2, 9, 1, tzinfo=UTC))
    assert len(together(monday)) == 1


async def test_whose_hours_never_meet_are_written_to_each_in_their_own(monday: Bot) -> None:
    await monday.store.people.change("jo", lambda one: one and replace(one, zone="Pacific/Auckland", nation="NZ"))
    await press(monday.deps, MONDAY)
    await live_to(monday, MONDAY + timedelta(days=1, hours=2))
    assert together(monday) == []
    assert by_dm(monday) == {"sam": 1, "jo": 1}
    assert "share no working hours" in monday.slack.to("jo")[-1][1]


async def test_who_has_left_meanwhile_hears_nothing_and_sam_hears_that(monday: Bot) -> None:
    monday.clock.move_to(datetime(2026, 11, 30, 19, tzinfo=UTC))
    await press(monday.deps, monday.clock.now())
    await people.leave(monday.deps, await require_member(monday.store, JO, "g7"), monday.clock.now())
    await live_to(monday, datetime(2026, 12, 1, 12, tzinfo=UTC))
    assert together(monday) == []
    assert by_dm(monday)["jo"] == 0
    assert "has left the group meanwhile" in monday.slack.to("sam")[-1][1]


async def test_nobody_is_put_together_with_who_offered_them_nothing(monday: Bot) -> None:
    member = await require_member(monday.store, JO, "g7", introductions.NEEDS)
    with pytest.raises(Problem):
        await introductions.to_a_helper(
            monday.deps, member, member.snapshot.commitments["c1"], "sam", monday.clock.now()
        )


def _steps() -> Iterator[tuple[int, bool]]:
    return itertools.product(range(1, 80, 2), (False, True))


@pytest.mark.slow
@pytest.mark.parametrize("may_look", [True, False], ids=["may look", "may not look"])
async def test_wherever_the_bot_dies_it_is_posted_once_and_never_besides_a_dm_that_was_not_owed(
    store: RedisStore, may_look: bool
) -> None:
    """Between any two calls from the look at the group on: opened, marked, posted, noted. Dead after one is dead
    before the next, so every second of them is enough."""
    unsure = 0
    for step, after in _steps():
        bot = await on_monday(store)
        bot.slack.cannot_look = None if may_look else NO_SCOPE
        await press(bot.deps, MONDAY)
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await doomed(bot, death).tick()
        await bot.after(timedelta(seconds=15))
        await live_to(bot, MONDAY + LATER)
        posted, dms, one = together(bot), by_dm(bot), await kept(bot)
        assert len(posted) <= 1, step
        if one.way is Way.UNSURE:
            unsure += 1
            assert dms == {"sam": 1, "jo": 1}, step
        else:
            assert (one.way, len(posted), dms) == (Way.TOGETHER, 1, {"sam": 0, "jo": 0}), step
        if not death.came:
            assert bool(unsure) != may_look
            return
    raise AssertionError("a look has no end")
