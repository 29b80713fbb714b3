"""A question's day: whoever dies while it closes, each answer stands once, in one order, and what is held back is
gone."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.inquiry import Inquiry, InquiryAnswer
from bot.ports import SlackRefused
from bot.storage import RedisStore
from bot.usecases.retention import forget_old
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import FRIDAY, carers_of, live
from tests.scheduler.postroom import Bot, Death, Killed, doomed

THREAD_LOCKED = SlackRefused("restricted_action_thread_locked", permanent=True, can_end=True, unreachable=True)
CLOSES = FRIDAY + timedelta(hours=3)
POST = MessageRef(team_id="T1", channel="C1", ts="1.0")


async def closing(store: RedisStore) -> Bot:
    """Half a minute after its hour: Sam wrote with a name, Jo without or not at all."""
    bot = await carers_of(store)
    one = Inquiry(
        id="i1", by="sam", question="What for?", at=FRIDAY, opened_at=FRIDAY, closes_at=CLOSES, posted=POST
    )
    await store.inquiries.change("g7", "i1", lambda _: one)
    for by, named in (("sam", True), ("jo", False)):
        new = InquiryAnswer(id=f"w{by}", text=f"Of {by}.", at=FRIDAY, named=named)
        await store.inquiry_answers.change("g7", by, lambda _, new=new: new, round="i1")
    await live(bot, CLOSES)
    bot.clock.move_to(CLOSES + timedelta(seconds=30))
    return bot


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
        one = await store.inquiries.get("g7", "i1")
        assert one is not None
        assert [shown.id for shown in one.answers] == ["wsam"], f"dead at step {step}"
        assert one.settled, f"dead at step {step}"
        assert one.replies[0].posted, f"dead at step {step}"
        assert (one.drawn, one.changes) == (1, 1)
        assert [*await store.inquiry_answers.all("g7", round="i1")] == ["sam"], f"dead at step {step}"
        assert sum("Of sam." in post.text for post in bot.slack.posted) == 1, f"dead at step {step}"
        if not death.came:
            return


async def test_nothing_is_shown_of_a_group_that_has_ended(store: RedisStore) -> None:
    bot = await closing(store)
    yesterday = (FRIDAY - timedelta(days=1)).date()
    await store.groups.change("g7", lambda stored: stored and replace(stored, ends_on=yesterday))
    await store.due.look_at("g7", bot.clock.now())
    await bot.tick()
    one = await store.inquiries.get("g7", "i1")
    assert one is not None
    assert (bool(one.closed_at), one.answers) == (True, ())
    assert not await store.inquiry_answers.all("g7", round="i1")
    assert not [post for post in bot.slack.posted if "Of " in post.text]


async def test_where_threads_are_locked_the_answers_are_in_the_sheet_alone(store: RedisStore) -> None:
    bot = await closing(store)
    bot.slack.orders.append(THREAD_LOCKED)
    await bot.tick()
    await live(bot, CLOSES + timedelta(hours=3))
    one = await kept(store)
    assert one.replies[0].given_up == "restricted_action_thread_locked"
    assert one.drawn == 1


async def test_it_is_kept_as_long_as_plates_and_then_no_answer_is(store: RedisStore) -> None:
    bot = await closing(store)
    await bot.tick()
    await forget_old(store, "g7", CLOSES + timedelta(days=360))
    assert await store.inquiry_answers.all("g7", round="i1")
    await forget_old(store, "g7", CLOSES + timedelta(days=368))
    assert not await store.inquiry_answers.all("g7", round="i1")
    assert not await store.inquiries.all("g7")


async def kept(store: RedisStore) -> Inquiry:
    found = await store.inquiries.get("g7", "i1")
    assert found is not None
    return found
