"""The words behind a digest, in its thread: a reply for each organisation, once, in order, and as they are now."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.outbox import Kind
from bot.domain.plate import Answer, Audience, Plate
from bot.ports import Message, SlackRefused
from bot.storage import RedisStore
from bot.usecases import plate
from bot.usecases.digest import mark_for_correction
from bot.views.trouble import STILL_AS_IT_WAS as STILL
from scheduler.due import plan_group
from tests.kinds import ROUND as ROUND_KINDS
from tests.kinds import of
from tests.members import as_leader
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import JO, ROUND, SAM, carers_of, live, live_to, shared
from tests.scheduler.loopback import LOST, Posted
from tests.scheduler.postroom import Bot, Death, Killed, doomed

ABOUT = (*ROUND_KINDS, Kind.DIGEST_REPLY, Kind.CORRECTION, Kind.REPLY_CORRECTION, Kind.UNCORRECTED)
"""Orders are for the next posts, one each, so that no other kind may come between."""

TEN = datetime(2026, 12, 2, 10, tzinfo=UTC)
NOON = TEN + timedelta(hours=2)
THREAD_LOCKED = SlackRefused("restricted_action_thread_locked", permanent=True, can_end=True, unreachable=True)
NO_THREAD = SlackRefused("thread_not_found", permanent=True)
ARCHIVED = SlackRefused("is_archived", permanent=True, can_end=True, unreachable=True)
EDITS_OVER = SlackRefused("edit_window_closed", permanent=True, can_end=True)
DELETED = SlackRefused("message_not_found", permanent=True)


def replies(bot: Bot) -> list[Posted]:
    """What was posted in the digest's thread."""
    [digest] = [one.ref for one in bot.slack.posted if ": the digest," in one.text]
    found = [one for one in bot.slack.posted if one.place.thread]
    assert {one.place.thread for one in found} <= {digest.ts}
    return found


def texts(bot: Bot) -> list[str]:
    """As they read now."""
    return [bot.slack.stands[one.ref.ts] for one in replies(bot)]


async def with_two_organisations(bot: Bot) -> None:
    await bot.store.leaders.change("g7", "jo", lambda one: one and replace(one, organisation="Brigade"))
    await shared(bot)


@pytest.fixture
async def shared_by_two(carers: Bot) -> Bot:
    """Jo's organisation stands before Sam's; it is a second before the digest."""
    carers.kinds = of(ABOUT)
    await with_two_organisations(carers)
    await live_to(carers, TEN - timedelta(seconds=1))
    return carers


async def test_each_organisation_has_its_words_under_the_digest_in_order(shared_by_two: Bot) -> None:
    await live(shared_by_two, NOON)
    assert texts(shared_by_two) == [
        "Brigade. Jo Tester: Word of jo.",
        "The Trust. Sam Tester: Word of sam.",
    ]


async def test_looked_at_again_and_again_nothing_is_posted_twice(shared_by_two: Bot) -> None:
    await live(shared_by_two, NOON)
    for _ in range(3):
        await plan_group("g7", shared_by_two.deps, shared_by_two.clock.now())
        await shared_by_two.after(timedelta(minutes=1))
    assert len(replies(shared_by_two)) == 2
    assert len({one.delivery_id for one in replies(shared_by_two)}) == 2


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("orders", [[], [None, LOST, LOST]], ids=["heard", "answers lost"])
async def test_wherever_the_bot_dies_each_reply_is_there_once(
    store: RedisStore, after: bool, orders: list[Exception | None]
) -> None:
    steps = calls(13, 1 + 6 * after, at_length=3)
    came = True
    while came:
        bot = await carers_of(store)
        await with_two_organisations(bot)
        await live_to(bot, TEN - timedelta(seconds=1))
        bot.slack.orders.extend(orders)
        death = Death(next(steps), after=after)
        with suppress(Killed, BaseExceptionGroup):
            await live(doomed(bot, death), NOON)
        await bot.after(timedelta(seconds=15))
        await live(bot, NOON)
        assert [one.text for one in replies(bot)] == [
            "Brigade. Jo Tester: Word of jo.",
            "The Trust. Sam Tester: Word of sam.",
        ], f"dead at step {death}"
        came = death.came


@pytest.mark.parametrize("refusal", [THREAD_LOCKED, NO_THREAD])
async def test_what_slack_will_not_have_in_the_thread_holds_up_nothing(
    shared_by_two: Bot, refusal: SlackRefused
) -> None:
    shared_by_two.slack.orders.extend([None, refusal])
    await live(shared_by_two, NOON + timedelta(days=1))
    assert texts(shared_by_two) == ["The Trust. Sam Tester: Word of sam."]
    group = await shared_by_two.store.groups.get("g7")
    assert group
    assert group.trouble is None
    assert group.to_correct == {}


async def test_where_the_channel_is_archived_they_come_when_it_can_be_posted_in_again(shared_by_two: Bot) -> None:
    shared_by_two.slack.orders.extend([None, ARCHIVED])
    await live(shared_by_two, NOON)
    assert len(replies(shared_by_two)) == 2
    assert replies(shared_by_two)[0].at >= TEN + timedelta(hours=1)


async def test_where_nobody_can_tell_whether_one_is_there_it_is_not_sent_again(shared_by_two: Bot) -> None:
    shared_by_two.slack.orders.extend([None, LOST])
    shared_by_two.slack.cannot_look = SlackRefused("missing_scope", permanent=True)
    await live(shared_by_two, NOON)
    assert len(replies(shared_by_two)) == 2
    assert len({one.delivery_id for one in replies(shared_by_two)}) == 2


@pytest.mark.slow
async def test_they_are_no_news_ten_days_on(shared_by_two: Bot) -> None:
    shared_by_two.slack.orders.extend([None, *[ARCHIVED] * 400])
    await live(shared_by_two, TEN + timedelta(days=11))
    shared_by_two.slack.orders.clear()
    await live(shared_by_two, TEN + timedelta(days=14))
    assert replies(shared_by_two) == []


async def pulled_back(bot: Bot, who: object) -> None:
    await plate.pull_back_plate(bot.deps, await as_leader(bot.deps, who, "g7"), ROUND, bot.clock.now())  # type: ignore[arg-type]


async def test_what_is_pulled_back_is_gone_from_the_thread_and_the_reply_says_so(shared_by_two: Bot) -> None:
    await live_to(shared_by_two, NOON)
    await pulled_back(shared_by_two, SAM)
    await live(shared_by_two, NOON + timedelta(hours=1))
    assert texts(shared_by_two) == [
        "Brigade. Jo Tester: Word of jo.",
        "The Trust: what stood here was pulled back.",
    ]


async def test_what_is_pulled_back_while_replies_are_on_their_way_is_gone_from_them(shared_by_two: Bot) -> None:
    post = shared_by_two.slack.post

    async def slow(place: object, message: Message, *, delivery_id: str) -> object:
        if "Word of sam." in message.text and place.thread:  # type: ignore[attr-defined]
            await pulled_back(shared_by_two, SAM)
        return await post(place, message, delivery_id=delivery_id)  # type: ignore[arg-type]

    shared_by_two.slack.post = slow  # type: ignore[method-assign, assignment]
    await live(shared_by_two, NOON)
    assert len(texts(shared_by_two)) == 2
    assert "Word of sam." not in " ".join(shared_by_two.slack.stands.values())


async def test_an_organisation_that_pulled_all_back_before_its_turn_has_no_reply(shared_by_two: Bot) -> None:
    post = shared_by_two.slack.post

    async def slow(place: object, message: Message, *, delivery_id: str) -> object:
        if "Word of jo." in message.text and place.thread:  # type: ignore[attr-defined]
            await pulled_back(shared_by_two, SAM)
        return await post(place, message, delivery_id=delivery_id)  # type: ignore[arg-type]

    shared_by_two.slack.post = slow  # type: ignore[method-assign, assignment]
    await live(shared_by_two, NOON)
    assert texts(shared_by_two) == ["Brigade. Jo Tester: Word of jo."]


async def test_a_late_answer_of_another_organisation_has_a_reply_of_its_own(carers: Bot) -> None:
    await carers.store.leaders.change("g7", "jo", lambda one: one and replace(one, organisation="Brigade"))
    await shared(carers)
    await carers.store.plates.change("g7", "jo", lambda _: None, round=ROUND)
    await live_to(carers, NOON)
    assert len(replies(carers)) == 1
    words = Plate(person_id="jo", round=ROUND, organisation=Answer(text="Late word.", audience=Audience.GROUP))
    snapshot = await carers.store.snapshots.load("g7", plate.NEEDS, who=JO)
    assert snapshot
    await mark_for_correction(carers.deps, snapshot, ROUND, carers.clock.now())
    await carers.store.plates.change("g7", "jo", lambda _: words, round=ROUND)
    await live(carers, NOON + timedelta(hours=1))
    assert texts(carers) == ["The Trust. Sam Tester: Word of sam.", "Brigade. Jo Tester: Late word."]


async def test_where_slack_will_not_change_a_reply_its_author_is_told_once(shared_by_two: Bot) -> None:
    await live_to(shared_by_two, NOON)
    update = shared_by_two.slack.update
    in_thread = {one.ref.ts for one in replies(shared_by_two)}

    async def not_in_threads(ref: object, message: Message) -> None:
        if ref.ts in in_thread:  # type: ignore[attr-defined]
            raise EDITS_OVER
        await update(ref, message)  # type: ignore[arg-type]

    shared_by_two.slack.update = not_in_threads  # type: ignore[method-assign, assignment]
    before = len(shared_by_two.slack.to("sam"))
    await pulled_back(shared_by_two, SAM)
    await live(shared_by_two, NOON + timedelta(days=3))
    assert [text for _, text in shared_by_two.slack.to("sam")[before:] if "would not let me change" in text] == [
        "Young carers: " + STILL
    ]
    shared_by_two.slack.update = update  # type: ignore[method-assign]
    await live(shared_by_two, NOON + timedelta(days=5))
    assert "Word of sam." not in " ".join(texts(shared_by_two))


async def test_whose_words_were_changed_after_all_is_not_told_that_they_were_not(shared_by_two: Bot) -> None:
    """Jo's reply can be changed, Sam's can't; both pulled back."""
    await live_to(shared_by_two, NOON)
    [sams] = [one.ref.ts for one in replies(shared_by_two) if "Word of sam." in one.text]
    update = shared_by_two.slack.update

    async def not_sams(ref: MessageRef, message: Message) -> None:
        if ref.ts == sams:
            raise EDITS_OVER
        await update(ref, message)

    shared_by_two.slack.update = not_sams  # type: ignore[method-assign]
    for who in (SAM, JO):
        await pulled_back(shared_by_two, who)
    await live(shared_by_two, NOON + timedelta(days=1))
    told = [one.place.channel for one in shared_by_two.slack.posted if STILL in one.text]
    assert told == ["D-T2-U-sam"]


async def test_what_somebody_deleted_is_not_owed_a_correction_for_ever(shared_by_two: Bot) -> None:
    await live_to(shared_by_two, NOON)
    shared_by_two.slack.cannot_update = DELETED
    await pulled_back(shared_by_two, SAM)
    await live(shared_by_two, NOON + timedelta(hours=1))
    group = await shared_by_two.store.groups.get("g7")
    assert group
    assert group.to_correct == {}


async def test_a_digest_of_before_there_were_threads_is_corrected_and_gets_no_replies(carers: Bot) -> None:
    await shared(carers)
    await live_to(carers, TEN - timedelta(seconds=1))
    await live_to(carers, TEN)
    kept = await carers.store.digests.get("g7", ROUND)
    assert kept
    assert kept.posted
    before = len(carers.slack.posted)
    await carers.store.digests.change(
        "g7", ROUND, lambda one: one and replace(one, threaded=False, replies=(), since=None)
    )
    await pulled_back(carers, SAM)
    await live(carers, NOON)
    assert "Word of sam." not in carers.slack.stands[kept.posted.ts]
    assert "Word of jo." in carers.slack.stands[kept.posted.ts]
    assert [one.text for one in carers.slack.posted[before:] if one.place.thread] == []
