"""A review's day: whoever dies while it closes, its bands stand once and what was placed is gone."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import FirstStep, make
from bot.domain.groups import MessageRef
from bot.domain.problems import Problem, ProblemCode
from bot.domain.review import Placing, Placings, Review
from bot.ports import SlackRefused
from bot.storage import RedisStore
from bot.usecases import review
from bot.usecases.retention import forget_old
from tests.domain import young_carers
from tests.members import as_leader
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import FRIDAY, SAM, carers_of, live
from tests.scheduler.postroom import Bot, Death, Killed, doomed

THREAD_LOCKED = SlackRefused("restricted_action_thread_locked", permanent=True, can_end=True, unreachable=True)
CLOSES = FRIDAY + timedelta(hours=3)
POST = MessageRef(team_id="T1", channel="C1", ts="1.0")
FIVE = ("sam", "jo", "amir", "wei", "kasia")


async def closing(store: RedisStore) -> Bot:
    """Half a minute after its hour: all five placed the one form, and Wei has left since without a word."""
    bot = await carers_of(store)
    for name in FIVE:
        await store.people.change(name, lambda _, name=name: young_carers.person(name))
        await store.leaders.change("g7", name, lambda _, name=name: young_carers.leader(name))
    form = make(id="c1", by="jo", what="One form.", part="", first_step=FirstStep(), benefit="", now=FRIDAY)
    await store.commitments.change("g7", "c1", lambda _: form)
    one = Review(id="r1", by="sam", at=FRIDAY, closes_at=CLOSES, posted=POST)
    await store.reviews.change("g7", "r1", lambda _: one)
    for n, name in enumerate(FIVE):
        new = Placings(at=FRIDAY, placed={"c1": Placing.WEED if n % 2 else Placing.GROW})
        await store.placings.change("g7", name, lambda _, new=new: new, round="r1")
    await live(bot, CLOSES)
    bot.clock.move_to(CLOSES + timedelta(seconds=30))
    return bot


async def kept(store: RedisStore) -> Review:
    found = await store.reviews.get("g7", "r1")
    assert found is not None
    return found


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_whoever_dies_while_it_closes_it_closes_once(store: RedisStore, after: bool) -> None:
    for step in calls(5, 1 + 3 * after):
        bot = await closing(store)
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await doomed(bot, death).tick()
        await bot.after(timedelta(seconds=15))
        await live(bot, CLOSES + timedelta(minutes=30))
        one = await kept(store)
        assert len(one.shown) == 1, f"dead at step {step}"
        assert one.settled, f"dead at step {step}"
        assert one.reply, f"dead at step {step}"
        assert (one.drawn, one.changes) == (1, 1)
        assert not await store.placings.all("g7", round="r1"), f"dead at step {step}"
        assert sum("About half: weed" in post.text for post in bot.slack.posted) == 1, f"dead at step {step}"
        if not death.came:
            return


async def test_nothing_is_shown_of_a_group_that_has_ended(store: RedisStore) -> None:
    bot = await closing(store)
    yesterday = (FRIDAY - timedelta(days=1)).date()
    await store.groups.change("g7", lambda stored: stored and replace(stored, ends_on=yesterday))
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    one = await kept(store)
    assert (bool(one.closed_at), one.shown) == (True, ())
    assert not await store.placings.all("g7", round="r1")


async def test_what_was_placed_by_who_is_gone_does_not_count(store: RedisStore) -> None:
    bot = await closing(store)
    for name in ("amir", "wei", "kasia"):
        left = young_carers.leader(name, left_at=FRIDAY)
        await store.leaders.change("g7", name, lambda _, left=left: left)
    await bot.tick()
    assert (await kept(store)).shown == ()
    assert not await store.placings.all("g7", round="r1")


async def test_bands_that_slack_will_not_have_changed_are_tried_each_day(store: RedisStore) -> None:
    bot = await closing(store)
    await bot.tick()
    bot.slack.cannot_update = SlackRefused("edit_window_closed", permanent=True, can_end=True)
    await store.commitments.change("g7", "c1", lambda one: one and replace(one, what="Two forms."))
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    one = await kept(store)
    assert (bool(one.reply_refused_at), one.refused_at, one.drawn) == (True, None, 1)
    bot.slack.cannot_update = None
    await live(bot, CLOSES + timedelta(hours=23))
    assert (await kept(store)).reply_drawn == 0
    await live(bot, CLOSES + timedelta(hours=25))
    assert ((await kept(store)).reply_drawn, (await kept(store)).reply_refused_at) == (1, None)


async def test_where_threads_are_locked_what_it_showed_is_in_the_sheet_alone(store: RedisStore) -> None:
    bot = await closing(store)
    bot.slack.orders.append(THREAD_LOCKED)
    await bot.tick()
    await live(bot, CLOSES + timedelta(hours=3))
    one = await kept(store)
    assert one.given_up == "restricted_action_thread_locked"
    assert one.drawn == 1


async def test_a_save_that_comes_after_it_was_closed_leaves_nothing(store: RedisStore) -> None:
    """She pressed in time, and another bot closed it before her save."""
    bot = await closing(store)
    member = await as_leader(bot.deps, SAM, "g7")
    whole = await store.snapshots.load("g7", review.NEEDS, who=SAM)
    assert whole is not None
    await bot.tick()
    with pytest.raises(Problem) as raised:
        await review.place(
            bot.deps, replace(member, snapshot=whole), "r1", {"c1": Placing.WEED}, CLOSES - timedelta(seconds=1)
        )
    assert raised.value.code is ProblemCode.REVIEW_CLOSED
    assert not await store.placings.all("g7", round="r1")


async def test_what_one_who_died_left_goes_with_the_next_round_and_the_review_after_a_year(
    store: RedisStore,
) -> None:
    bot = await closing(store)
    await bot.tick()
    stray = Placings(at=CLOSES, placed={"c1": Placing.WEED})
    await store.placings.change("g7", "sam", lambda _: stray, round="r1")
    await forget_old(store, "g7", CLOSES + timedelta(days=9))
    assert not await store.placings.all("g7", round="r1")
    await forget_old(store, "g7", CLOSES + timedelta(days=360))
    assert await store.reviews.all("g7")
    await forget_old(store, "g7", CLOSES + timedelta(days=368))
    assert not await store.reviews.all("g7")
