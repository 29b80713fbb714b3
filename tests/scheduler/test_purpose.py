"""A draft is put to all, and comes to stand: whoever dies meanwhile, the planner finds it again, and each is said
once."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.purpose import PURPOSE_ID, AskedChange, InSlack, Purpose, Wording
from bot.ports import SlackRefused
from bot.storage import RedisStore
from bot.usecases.retention import forget_old
from tests.domain.young_carers import leader, person
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import FRIDAY, carers_of, live
from tests.scheduler.loopback import LOST
from tests.scheduler.postroom import Bot, Death, Killed, doomed

POST = MessageRef(team_id="T1", channel="C1", ts="1.0")
WEEK = FRIDAY + timedelta(days=7)
THREAD_LOCKED = SlackRefused("restricted_action_thread_locked", permanent=True, can_end=True, unreachable=True)


async def drafted(store: RedisStore, **more: object) -> Bot:
    """Saved, and nothing of it posted: as after a press that died before the look at the group."""
    bot = await carers_of(store)
    one = Wording(
        id="w1", by="sam", at=FRIDAY, opens_at=FRIDAY, sentence="Carers are seen.", can_live={"sam": FRIDAY}
    )
    one = replace(one, **more)
    await store.purposes.change("g7", PURPOSE_ID, lambda _: Purpose(wordings=(one,)))
    bot.clock.move_to(FRIDAY)
    return bot


async def about_to_stand(store: RedisStore) -> Bot:
    """Three can live with it, each of an organisation of their own, and the week is over."""
    people = ("sam", "jo", "kim")
    bot = await drafted(store, can_live=dict.fromkeys(people, FRIDAY), post=InSlack(posted=POST))
    for id_ in people:
        new = leader(id_, organisation=f"{id_}'s")
        await store.leaders.change("g7", id_, lambda _, new=new: new)
        await store.people.change(id_, lambda one, id_=id_: one or person(id_))
    await live(bot, WEEK - timedelta(minutes=1))
    bot.slack.posted.clear()
    bot.clock.move_to(WEEK)
    return bot


async def kept(store: RedisStore) -> Wording:
    found = await store.purposes.get("g7", PURPOSE_ID)
    assert found is not None
    return found.wordings[0]


def said(bot: Bot, words: str) -> int:
    """By itself, or in a post that it was added to."""
    return sum(words in text for text in bot.slack.stands.values())


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_whoever_dies_between_the_save_and_the_post_it_is_posted_once(store: RedisStore, after: bool) -> None:
    for step in calls(7, 1 + 3 * after):
        bot = await drafted(store)
        await store.due.look_at("g7", FRIDAY)
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await doomed(bot, death).tick()
        await bot.after(timedelta(seconds=15))
        await live(bot, FRIDAY + timedelta(minutes=30))
        assert said(bot, "drafts what we are here for") == 1, f"dead at step {step}"
        assert (await kept(store)).post.posted, f"dead at step {step}"
        if not death.came:
            return


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_whoever_dies_as_it_comes_to_stand_the_channel_is_told_once(store: RedisStore, after: bool) -> None:
    for step in calls(7, 1 + 3 * after):
        bot = await about_to_stand(store)
        await store.due.look_at("g7", WEEK)
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await doomed(bot, death).tick()
        await bot.after(timedelta(seconds=15))
        await live(bot, WEEK + timedelta(minutes=90))  # it is told with the capture of that day
        one = await kept(store)
        assert one.stood_at, f"dead at step {step}"
        assert one.told_at, f"dead at step {step}"
        assert one.can_live == {}
        assert (one.post.drawn, one.post.changes) == (1, 1), f"dead at step {step}"
        assert said(bot, "This is what we are here for, since") == 1, f"dead at step {step}"
        if not death.came:
            return


async def test_a_post_whose_answer_was_lost_on_the_way_stands_once(store: RedisStore) -> None:
    bot = await drafted(store)
    bot.slack.orders.append(LOST)
    await store.due.look_at("g7", FRIDAY)
    await bot.tick()
    await live(bot, FRIDAY + timedelta(minutes=30))
    assert said(bot, "drafts what we are here for") == 1


async def test_a_post_that_slack_will_not_have_changed_is_tried_each_day(store: RedisStore) -> None:
    bot = await about_to_stand(store)
    bot.slack.cannot_update = SlackRefused("edit_window_closed", permanent=True, can_end=True)
    await store.due.look_at("g7", WEEK)
    await bot.tick()
    await live(bot, WEEK + timedelta(minutes=5))
    assert (await kept(store)).post.refused_at
    bot.slack.cannot_update = None
    await live(bot, WEEK + timedelta(hours=25))
    assert (await kept(store)).post.drawn == 1


async def test_a_week_begins_once_it_is_in_the_channel(store: RedisStore) -> None:
    bot = await drafted(store)
    bot.slack.orders.append(SlackRefused("is_archived", permanent=True, can_end=True, unreachable=True))
    await store.due.look_at("g7", FRIDAY)
    await live(bot, FRIDAY + timedelta(hours=3))
    assert said(bot, "drafts what we are here for") == 1
    assert (await kept(store)).opens_at >= FRIDAY + timedelta(minutes=30)


async def test_where_threads_are_locked_what_she_would_change_is_in_the_sheet_alone(store: RedisStore) -> None:
    asked = AskedChange(id="c1", by="jo", text="Shorter.", at=FRIDAY)
    bot = await drafted(store, asked=(asked,), post=InSlack(posted=POST))
    bot.slack.orders.append(THREAD_LOCKED)
    await store.due.look_at("g7", FRIDAY)
    await bot.tick()
    await live(bot, FRIDAY + timedelta(hours=3))
    assert (await kept(store)).asked[0].reply.given_up == "restricted_action_thread_locked"
    assert not said(bot, "Shorter.")


async def test_while_the_group_is_paused_nothing_is_put_to_it_and_nothing_comes_to_stand(store: RedisStore) -> None:
    bot = await about_to_stand(store)
    until = (WEEK + timedelta(days=3)).date()
    await store.groups.change("g7", lambda one: one and replace(one, paused_until=until))
    await store.due.look_at("g7", WEEK)
    await live(bot, WEEK + timedelta(days=1))
    assert (await kept(store)).stood_at is None
    await live(bot, WEEK + timedelta(days=4))
    assert (await kept(store)).stood_at


async def test_wordings_are_kept_for_as_long_as_the_group_and_what_was_asked_for_a_year(store: RedisStore) -> None:
    asked = AskedChange(id="c1", by="jo", text="Shorter.", at=FRIDAY)
    await drafted(store, asked=(asked,), stood_at=WEEK, told_at=WEEK)
    await forget_old(store, "g7", FRIDAY + timedelta(days=360))
    assert (await kept(store)).asked
    await forget_old(store, "g7", FRIDAY + timedelta(days=3680))
    assert ((await kept(store)).sentence, (await kept(store)).asked) == ("Carers are seen.", ())
