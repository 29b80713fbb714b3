"""What each leader is promised, kept when a DM goes: their hours, and two a week over all kinds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.outbox import Kind, Outcome, Status
from bot.ports import SlackRefused
from tests.clock import Clock
from tests.domain import young_carers
from tests.scheduler.loopback import GONE, Loopback
from tests.scheduler.postroom import Bot, entry

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TWO_WEEKS = timedelta(days=14)


@pytest.fixture(autouse=True)
async def sam_in_young_carers(bot: Bot) -> None:
    await bot.store.groups.change("g7", lambda _: young_carers.group())
    for name in ("sam", "jo"):
        await bot.store.people.change(name, lambda _, name=name: young_carers.person(name))


def dm(kind: Kind, name: str, at: datetime = MONDAY, person: str = "sam", lasts: timedelta = TWO_WEEKS) -> object:
    return entry(kind, name, at, person_id=person, lasts=lasts)


async def send(bot: Bot, *entries: object) -> None:
    await bot.store.outbox.add(entries)  # type: ignore[arg-type]
    await bot.tick()


async def test_sam_gets_two_a_week_over_all_kinds_and_jo_her_own_two(bot: Bot, slack: Loopback) -> None:
    week = timedelta(days=3)
    await send(bot, dm(Kind.NUDGE, "nudge"), dm(Kind.CHECK_IN, "checkin"))
    await send(bot, dm(Kind.QUIET, "quiet", lasts=week), dm(Kind.CHECK_IN, "to jo", person="jo"))
    assert sorted(slack.texts) == ["checkin", "nudge", "to jo"]
    dropped = Outcome(status=Status.DROPPED, why="they have had two messages this week")
    assert await bot.store.delivery.status("quiet") == dropped


async def test_the_same_message_tried_again_counts_once(bot: Bot, slack: Loopback) -> None:
    slack.orders.extend([SlackRefused("odd", permanent=False)] * 3)
    await send(bot, dm(Kind.WELCOME, "one"))
    for _ in range(4):
        await bot.after(timedelta(seconds=20))
    await send(bot, dm(Kind.WELCOME, "two"))
    assert slack.texts == ["one", "two"]


async def test_what_was_surely_not_sent_does_not_count(bot: Bot, slack: Loopback) -> None:
    refused = SlackRefused("restricted_action", permanent=True)
    slack.orders.extend([refused, refused])
    await send(bot, dm(Kind.WELCOME, "one"), dm(Kind.WELCOME, "two"))
    await send(bot, dm(Kind.WELCOME, "three"), dm(Kind.WELCOME, "four"))
    assert sorted(slack.texts) == ["four", "three"]


async def test_posts_in_the_channel_count_for_nobody(bot: Bot, slack: Loopback) -> None:
    slack.orders.append(GONE)
    await send(bot, *[entry(Kind.PANEL, f"panel:{number}", MONDAY) for number in range(4)])
    assert len(slack.texts) == 3


async def test_a_check_in_held_up_past_their_hours_waits_for_the_morning(
    bot: Bot, slack: Loopback, clock: Clock
) -> None:
    """The bot was down until eight in the evening."""
    await bot.store.outbox.add([dm(Kind.CHECK_IN, "checkin")])  # type: ignore[list-item]
    clock.move_to(MONDAY + timedelta(hours=11))
    await bot.tick()
    assert slack.texts == []
    clock.move_to(MONDAY + timedelta(hours=23))
    await bot.tick()
    assert slack.texts == ["checkin"]


async def test_a_nudge_whose_next_morning_is_too_late_is_dropped(bot: Bot, slack: Loopback, clock: Clock) -> None:
    evening = MONDAY + timedelta(hours=8, minutes=55)
    nudge = dm(Kind.NUDGE, "nudge", evening, lasts=timedelta(minutes=15))
    await bot.store.outbox.add([nudge])  # type: ignore[list-item]
    clock.move_to(evening + timedelta(minutes=6))
    await bot.tick()
    assert slack.texts == []
    found = await bot.store.delivery.status("nudge")
    assert found
    assert found.status is Status.DROPPED


async def test_a_welcome_answers_a_press_so_it_comes_at_any_hour(bot: Bot, slack: Loopback, clock: Clock) -> None:
    clock.move_to(MONDAY + timedelta(hours=13))
    await send(bot, dm(Kind.WELCOME, "welcome", clock.now()))
    assert slack.texts == ["welcome"]
