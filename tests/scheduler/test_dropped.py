"""What was dropped is no more than that: when its reason is gone, what is due is sent after all."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.about import About
from bot.domain.outbox import Kind, Status
from bot.domain.rhythm import Moved
from bot.ports import SlackRefused
from bot.usecases import checkin, groups, people
from tests.domain import young_carers
from tests.members import as_leader
from tests.scheduler.fortnight import FRIDAY, ROUND, SAM, live, live_to
from tests.scheduler.loopback import BUSY, Loopback
from tests.scheduler.postroom import Bot, entry

MINUTE = timedelta(minutes=1)
MONDAY = date(2026, 11, 30)
END = datetime(2026, 12, 1, 19, tzinfo=UTC)
UNREACHED = SlackRefused("connection_lost", permanent=False)


def on(day: int, clock: str) -> datetime:
    """November's 27th to 30th, or the first days of December."""
    month = 11 if day > 20 else 12
    return datetime.fromisoformat(f"2026-{month}-{day:02}T{clock}+00:00")


async def later(bot: Bot) -> datetime | None:
    done = await checkin.remind_later(bot.deps, await as_leader(bot.deps, SAM, "g7"), ROUND, bot.clock.now())
    assert done.checkin
    return done.checkin.ask_again_at


async def taken(bot: Bot, week: str) -> set[bytes]:
    return await bot.store.connection.client.smembers(f"b:{{p:sam}}:dms:{week}")


async def test_later_comes_though_the_nudge_it_stands_for_was_dropped(carers: Bot) -> None:
    """Slack could not be reached for the hour in which the nudge was worth sending."""
    await live_to(carers, on(30, "07:59"))
    carers.slack.orders.extend([UNREACHED] * 400)
    while carers.clock.now() < on(30, "09:30"):
        await carers.after(MINUTE)
    carers.slack.orders.clear()
    again = await later(carers)
    await live(carers, END)
    assert carers.slack.to("sam")[-1] == (
        again,
        "Young carers: you asked me to come back later, Sam Tester. Two minutes now?",
    )


async def test_later_pressed_while_the_nudge_waits_in_the_queue_comes_at_its_own_time(carers: Bot) -> None:
    await live_to(carers, on(30, "07:59"))
    carers.slack.resting.add("T2")
    await carers.after(MINUTE)
    carers.clock.move_to(on(30, "08:30"))
    await carers.tick()
    again = await later(carers)
    carers.slack.resting.clear()
    await carers.after(MINUTE)
    before = len(carers.slack.to("sam"))
    await live(carers, END)
    assert [at for at, _ in carers.slack.to("sam")[before:]] == [again]
    assert before == 1


@pytest.mark.parametrize("how", ["away", "paused"])
async def test_who_is_back_within_the_round_is_asked(carers: Bot, how: str) -> None:
    """Slack told us to wait on Friday, and before the check-in could go Sam was away until Monday."""
    carers.clock.move_by(MINUTE)
    carers.slack.resting.add("T2")
    await carers.tick()
    carers.slack.resting.clear()
    if how == "away":
        await people.go_away(carers.deps, SAM, MONDAY, carers.clock.now())
    else:
        await people.pause(carers.deps, await as_leader(carers.deps, SAM, "g7"), MONDAY, carers.clock.now())
    await carers.after(MINUTE)
    assert carers.slack.to("sam") == []
    await live(carers, END)
    assert carers.slack.to("sam")[0][0] == on(30, "09:00")


@pytest.mark.slow
async def test_what_waits_goes_by_the_rounds_new_times_when_the_meeting_has_moved(carers: Bot) -> None:
    """Slack refuses from Friday on; the check-in would have been worth sending until Monday evening."""
    carers.slack.orders.extend([UNREACHED] * 4000)
    carers.clock.move_by(MINUTE)
    await carers.tick()
    moved = young_carers.group(moved=(Moved(planned=date(2026, 12, 3), to=date(2026, 12, 10), at="14:00"),))
    await carers.store.groups.change("g7", lambda _: moved)
    await carers.store.due.look_at("g7", carers.clock.now())
    await live_to(carers, on(1, "08:30"))
    while carers.clock.now() < on(1, "09:30"):
        await carers.after(5 * MINUTE)
    carers.slack.orders.clear()
    await carers.after(5 * MINUTE)
    assert [at for at, _ in carers.slack.to("sam")] == [carers.clock.now()]


async def test_what_a_full_week_has_no_place_for_is_not_put_in_the_outbox(carers: Bot) -> None:
    await live_to(carers, on(30, "07:59"))
    for name in ("one", "two"):
        assert await carers.store.allowance.take("sam", ROUND, name, 2)
    await live(carers, END)
    assert len(carers.slack.to("sam")) == 1
    assert (await carers.store.delivery.counts())[Status.DROPPED] == 0


async def test_a_place_is_given_back_to_the_week_it_was_taken_in(bot: Bot, slack: Loopback) -> None:
    """Taken on Friday, and dropped on Monday."""
    await bot.store.people.change("sam", lambda _: young_carers.person("sam"))
    bot.clock.move_to(FRIDAY)
    slack.resting.add("T1")
    letter = entry(Kind.NUDGE, "nudge", FRIDAY, person_id="sam")
    await bot.store.outbox.add([letter])
    slack.orders.extend([BUSY] * 100)
    slack.resting.add("T2")
    await bot.tick()
    assert await taken(bot, "2026-W48") == {b"nudge"}
    bot.clock.move_to(FRIDAY + timedelta(days=3))
    await bot.tick()
    found = await bot.store.delivery.status("nudge")
    assert found
    assert found.status is Status.DROPPED
    assert await taken(bot, "2026-W48") == set()


async def test_a_first_dm_answers_a_press_so_it_comes_at_once_in_a_full_week_too(carers: Bot) -> None:
    for name in ("one", "two"):
        assert await carers.store.allowance.take("sam", "2026-W48", name, 2)
    await people.leave(carers.deps, await as_leader(carers.deps, SAM, "g7"), carers.clock.now())
    about = About(name="Sam", organisation="Trust", zone="Europe/London", nation="GB", hour="09:00")
    carers.clock.move_by(timedelta(hours=1))
    await people.join(carers.deps, SAM, "T2", "g7", about, carers.clock.now())
    joined = carers.clock.now()
    await live(carers, on(30, "08:59"))
    assert [(at, text.split(".")[0]) for at, text in carers.slack.to("sam")] == [(joined, "Young carers")]


@pytest.mark.slow
async def test_a_change_is_announced_though_slack_was_gone_for_two_days(carers: Bot) -> None:
    carers.slack.orders.extend([UNREACHED] * 4000)
    await groups.move_meeting(
        carers.deps,
        await as_leader(carers.deps, SAM, "g7"),
        date(2026, 12, 3),
        date(2026, 12, 4),
        "14:00",
        carers.clock.now(),
    )
    for _ in range(2 * 24 * 4 + 1):
        await carers.after(15 * MINUTE)
    carers.slack.orders.clear()
    await carers.after(15 * MINUTE)
    assert [text for text in carers.slack.texts if "moves to" in text]


async def test_who_leaves_while_their_dm_is_being_opened_is_not_written_to(carers: Bot) -> None:
    opened = carers.slack.open_dm

    async def slow(team_id: str, user_id: str) -> str:
        if user_id == "U-sam":
            await people.leave(carers.deps, await as_leader(carers.deps, SAM, "g7"), carers.clock.now())
        return await opened(team_id, user_id)

    carers.slack.open_dm = slow  # type: ignore[method-assign]
    await carers.after(MINUTE)
    assert carers.slack.to("sam") == []
    assert len(carers.slack.to("jo")) == 1
    assert await taken(carers, "2026-W48") == set()
