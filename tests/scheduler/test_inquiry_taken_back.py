"""A question is taken back: whoever dies in that press leaves it open with its answers, or gone without any."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.groups import MessageRef
from bot.domain.inquiry import Inquiry, InquiryAnswer, Otherwise
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership, Section
from bot.ports import Deps
from bot.storage import RedisStore
from bot.usecases import inquiry
from bot.usecases.retention import forget_old
from bot.usecases.snapshot import require_member
from tests.scheduler.fortnight import FRIDAY, SAM, carers_of, live
from tests.scheduler.postroom import Bot, Death, Killed, doomed

POST = MessageRef(team_id="T1", channel="C1", ts="1.0")


async def asked(store: RedisStore) -> Bot:
    """By Sam, who answered too, as Jo did."""
    bot = await carers_of(store)
    await live(bot, FRIDAY)
    closes = FRIDAY + timedelta(days=4)
    one = Inquiry(
        id="i1", by="sam", question="What for?", at=FRIDAY, opened_at=FRIDAY, closes_at=closes, posted=POST
    )
    await store.inquiries.change("g7", "i1", lambda _: one)
    for by in ("sam", "jo"):
        new = InquiryAnswer(id=f"w{by}", text=f"Of {by}.", at=FRIDAY)
        await store.inquiry_answers.change("g7", by, lambda _, new=new: new, round="i1")
    return bot


async def sam_of(deps: Deps) -> Membership:
    return await require_member(deps.store, SAM, "g7", Section.NAMES | Section.INQUIRIES)


@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_whoever_dies_taking_it_back_leaves_nothing_half(store: RedisStore, after: bool) -> None:
    for step in count(1):
        bot = await asked(store)
        death = Death(step, after=after)
        member = await sam_of(bot.deps)
        with suppress(Killed):
            await inquiry.take_back(doomed(bot, death).deps, member, "i1", bot.clock.now())
        await bot.after(timedelta(seconds=15))
        await live(bot, bot.clock.now() + timedelta(minutes=5))
        one, answers = await store.inquiries.get("g7", "i1"), await store.inquiry_answers.all("g7", round="i1")
        assert one is not None
        if one.taken_back_at:
            assert (one.settled, one.drawn, one.changes) == (True, 1, 1), f"dead at step {step}"
            assert not answers, f"dead at step {step}"
        else:
            assert death.came
            assert (one.open(bot.clock.now()), {*answers}) == (True, {"sam", "jo"}), f"dead at step {step}"
        if not death.came:
            return
    raise AssertionError("a press has no end")


async def test_an_answer_saved_as_it_is_taken_back_is_not_kept(store: RedisStore) -> None:
    bot = await asked(store)
    member = await sam_of(bot.deps)
    await inquiry.take_back(bot.deps, member, "i1", bot.clock.now())
    with pytest.raises(Problem) as refused:
        await inquiry.answer(bot.deps, member, "i1", "Late.", True, Otherwise.HOLD, bot.clock.now())
    assert refused.value.code is ProblemCode.INQUIRY_TAKEN_BACK
    assert not await store.inquiry_answers.all("g7", round="i1")


async def test_one_that_was_left_all_the_same_goes_with_the_daily_look(store: RedisStore) -> None:
    bot = await asked(store)
    await inquiry.take_back(bot.deps, await sam_of(bot.deps), "i1", bot.clock.now())
    late = InquiryAnswer(id="wjo", text="Late.", at=FRIDAY)
    await store.inquiry_answers.change("g7", "jo", lambda _: late, round="i1")
    await forget_old(store, "g7", bot.clock.now())
    assert not await store.inquiry_answers.all("g7", round="i1")
    assert await store.inquiries.get("g7", "i1")
