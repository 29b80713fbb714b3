"""Every message once: what an entry goes through on its way to Slack, and what may go wrong there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.outbox import Kind, Status
from bot.ports import SlackRefused
from bot.storage import RedisStore
from tests.clock import Clock
from tests.domain import young_carers
from tests.scheduler.loopback import BUSY, GONE, LOST, NO_SCOPE, ODD, Loopback
from tests.scheduler.postroom import Bot, entry
from tests.scheduler.postroom import bot as a_bot

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECONDS, MINUTES = timedelta(seconds=1), timedelta(minutes=1)
DIGEST = entry(Kind.DIGEST, "digest:g7:2026-W48", NINE, round="2026-W48")
PANEL = entry(Kind.PANEL, "panel:g7", NINE)


async def put(bot: Bot, *entries: object) -> None:
    await bot.store.outbox.add(entries)  # type: ignore[arg-type]


async def status(bot: Bot, name: str = PANEL.name) -> tuple[Status, str]:
    found = await bot.store.delivery.status(name)
    assert found is not None
    return found.status, found.why


async def test_what_is_due_goes_and_what_is_not_stays(bot: Bot, slack: Loopback) -> None:
    await put(bot, PANEL, entry(Kind.PANEL, "panel:tomorrow", NINE + timedelta(days=1)))
    await bot.tick()
    assert slack.texts == ["panel:g7"]
    assert await status(bot) == (Status.SENT, "")
    await bot.after(timedelta(days=1))
    assert slack.texts == ["panel:g7", "panel:tomorrow"]


async def test_the_same_name_added_again_before_and_after_it_went_goes_once(bot: Bot, slack: Loopback) -> None:
    assert await bot.store.outbox.add([PANEL, PANEL]) == 1
    assert await bot.store.outbox.add([PANEL]) == 0
    await bot.tick()
    assert await bot.store.outbox.add([PANEL]) == 0
    await bot.tick()
    assert slack.texts == ["panel:g7"]


async def test_an_entry_comes_back_from_redis_as_it_went_in(bot: Bot) -> None:
    nudge = entry(
        Kind.NUDGE, "nudge:g7:2026-W48:sam", NINE, round="2026-W48", person_id="sam", subject="s1", team_id="T9"
    )
    odd = entry(Kind.CHANGE, "a name of its own", NINE, team_id="T9")
    await put(bot, nudge, odd)
    taken = [one for partition in range(8) for one in await bot.take(partition)]
    assert sorted((one.entry for one in taken), key=lambda one: one.kind) == [odd, nudge]


async def test_a_lost_answer_is_looked_for_and_not_sent_again(bot: Bot, slack: Loopback) -> None:
    slack.orders.append(LOST)
    await put(bot, PANEL)
    await bot.tick()
    assert await status(bot) == (Status.UNKNOWN, "")
    await bot.after(11 * SECONDS)
    assert slack.texts == ["panel:g7"]
    assert await status(bot) == (Status.SENT, "")
    assert bot.letters.told == ["panel:g7"]


async def test_a_send_that_never_arrived_is_sent_again(bot: Bot, slack: Loopback) -> None:
    slack.orders.append(SlackRefused("http_503", permanent=False, in_doubt=True))
    await put(bot, PANEL)
    await bot.tick()
    assert slack.texts == []
    await bot.after(11 * SECONDS)
    assert slack.texts == ["panel:g7"]


async def test_where_slack_cannot_be_asked_it_stays_unknown_for_good(bot: Bot, slack: Loopback) -> None:
    slack.orders.append(LOST)
    slack.cannot_look = NO_SCOPE
    await put(bot, PANEL)
    await bot.tick()
    await bot.after(11 * SECONDS)
    await bot.after(timedelta(hours=1))
    assert slack.texts == ["panel:g7"]
    assert await status(bot) == (Status.UNKNOWN, "missing_scope")


async def test_where_slack_cannot_answer_just_now_it_is_asked_again(bot: Bot, slack: Loopback) -> None:
    slack.orders.append(LOST)
    slack.cannot_look = BUSY
    await put(bot, PANEL)
    await bot.tick()
    await bot.after(11 * SECONDS)
    assert await status(bot) == (Status.UNKNOWN, "")
    slack.cannot_look = None
    await bot.after(31 * SECONDS)
    assert await status(bot) == (Status.SENT, "")
    assert slack.texts == ["panel:g7"]


async def test_it_is_found_also_when_the_clock_was_stepped_back_meanwhile(
    store: RedisStore, slack: Loopback, clock: Clock
) -> None:
    ahead, right = Clock(clock.now() + 10 * MINUTES), clock
    slack.orders.append(LOST)
    fast = a_bot(store, slack, ahead, server=lambda: 1_000_000)
    await put(fast, PANEL)
    await fast.tick()
    assert slack.posted[0].at == right.now()
    await a_bot(store, slack, right, server=lambda: 1_012_000).after(12 * MINUTES)
    assert slack.texts == ["panel:g7"]


async def test_too_many_requests_delay_that_workspace_alone(bot: Bot, slack: Loopback) -> None:
    slack.resting.add("T1")
    both = [entry(Kind.PANEL, f"panel:{team}:{n}", NINE, team_id=team) for team in ("T1", "T2") for n in (1, 2)]
    await put(bot, *both)
    await bot.tick()
    assert sorted(slack.texts) == ["panel:T2:1", "panel:T2:2"]
    slack.resting.clear()
    await put(bot, entry(Kind.PANEL, "panel:T1:3", NINE))
    await bot.after(25 * SECONDS)
    assert len(slack.texts) == 2
    await bot.after(5 * SECONDS)
    assert sorted(slack.texts) == sorted([*(one.name for one in both), "panel:T1:3"])


async def test_a_refusal_for_good_ends_it_with_its_reason(bot: Bot, slack: Loopback) -> None:
    slack.orders.append(GONE)
    await put(bot, PANEL)
    await bot.tick()
    await bot.after(timedelta(hours=1))
    assert slack.texts == []
    assert await status(bot) == (Status.FAILED, "channel_not_found")


async def test_a_refusal_we_do_not_know_is_tried_again_with_longer_waits(bot: Bot, slack: Loopback) -> None:
    slack.orders.extend([ODD, ODD])
    await put(bot, PANEL)
    await bot.tick()
    await bot.after(2 * SECONDS)
    await bot.after(2 * SECONDS)
    assert slack.texts == []
    await bot.after(2 * SECONDS)
    assert slack.texts == ["panel:g7"]


async def test_a_nudge_that_is_too_late_is_never_sent(bot: Bot, slack: Loopback, clock: Clock) -> None:
    await bot.store.people.change("sam", lambda _: young_carers.person())
    nudge = entry(Kind.NUDGE, "nudge:g7:w:sam", NINE, lasts=15 * MINUTES, person_id="sam")
    await put(bot, nudge)
    await bot.after(15 * MINUTES)
    assert slack.texts == []
    assert await status(bot, nudge.name) == (Status.DROPPED, "too late to be of use")


async def test_what_its_composer_no_longer_wants_is_dropped(bot: Bot, slack: Loopback) -> None:
    bot.letters.dropped[PANEL.name] = "answered meanwhile"
    await put(bot, PANEL)
    await bot.tick()
    assert slack.texts == []
    assert await status(bot) == (Status.DROPPED, "answered meanwhile")


async def test_a_dm_is_opened_once_and_opened_anew_when_it_is_gone(bot: Bot, slack: Loopback) -> None:
    await bot.store.people.change("sam", lambda _: young_carers.person())
    welcome = [entry(Kind.WELCOME, f"welcome:{n}", NINE, person_id="sam") for n in (1, 2)]
    await put(bot, welcome[0])
    await bot.tick()
    slack.orders.append(GONE)
    await put(bot, welcome[1])
    await bot.tick()
    assert slack.texts == ["welcome:1", "welcome:2"]
    assert slack.opened == ["U-sam", "U-sam"]
    sam = await bot.store.people.get("sam")
    assert sam
    assert sam.reach.dm_channel == "D-T2-U-sam"


async def test_a_dm_that_cannot_be_opened_ends_with_slacks_reason(bot: Bot, slack: Loopback) -> None:
    await bot.store.people.change("sam", lambda _: young_carers.person())
    slack.cannot_open = SlackRefused("invalid_user_combination", permanent=True)
    await put(bot, entry(Kind.WELCOME, "welcome", NINE, person_id="sam"))
    await bot.tick()
    assert await status(bot, "welcome") == (Status.FAILED, "invalid_user_combination")


async def test_a_poisoned_entry_is_set_aside_and_the_others_go_on(bot: Bot, slack: Loopback) -> None:
    bot.letters.breaks.add("panel:bad")
    await put(bot, entry(Kind.PANEL, "panel:bad", NINE), PANEL)
    for _ in range(6):
        await bot.after(40 * SECONDS)
    assert slack.texts == ["panel:g7"]
    assert await bot.store.delivery.dead() == [("panel:bad", "ValueError")]
    assert (await bot.store.delivery.counts())["dead"] == 1
    assert await bot.store.outbox.add([entry(Kind.PANEL, "panel:bad", NINE)]) == 0


async def test_what_cannot_be_noted_after_it_went_is_not_sent_again(bot: Bot, slack: Loopback) -> None:
    bot.letters.breaks_after.add(PANEL.name)
    await put(bot, PANEL)
    for _ in range(7):
        await bot.after(40 * SECONDS)
    assert slack.texts == ["panel:g7"]
    assert await status(bot) == (Status.SENT, "ValueError")


async def test_counts_say_how_many_wait_and_how_many_went(bot: Bot, slack: Loopback) -> None:
    await put(bot, PANEL, entry(Kind.PANEL, "panel:later", NINE + timedelta(days=2)))
    await bot.tick()
    counts = await bot.store.delivery.counts()
    assert (counts["pending"], counts["sending"], counts["sent"]) == (1, 0, 1)


async def test_what_was_set_aside_is_put_back_once_it_is_mended(bot: Bot, slack: Loopback) -> None:
    bot.letters.breaks.add(PANEL.name)
    await put(bot, PANEL)
    for _ in range(6):
        await bot.after(40 * SECONDS)
    bot.letters.breaks.clear()
    assert await bot.store.delivery.revive(bot.clock.now()) == [PANEL.name]
    assert await bot.store.delivery.revive(bot.clock.now()) == []
    await bot.tick()
    assert slack.texts == ["panel:g7"]
    counts = await bot.store.delivery.counts()
    assert (counts["dead"], counts["sent"]) == (0, 1)


async def test_what_may_be_in_slack_is_looked_for_also_after_it_was_set_aside(bot: Bot, slack: Loopback) -> None:
    """Its answer was lost, and looking for it broke us five times."""
    slack.orders.append(LOST)
    slack.cannot_look = ValueError("a bug of ours")  # type: ignore[assignment]
    await put(bot, PANEL)
    for _ in range(7):
        await bot.after(40 * SECONDS)
    assert len(await bot.store.delivery.dead()) == 1
    slack.cannot_look = None
    await bot.store.delivery.revive(bot.clock.now())
    await bot.tick()
    assert slack.texts == ["panel:g7"]
    assert await status(bot) == (Status.SENT, "")


async def of_a_newer_bot(bot: Bot) -> tuple[str, bytes, bytes]:
    """PANEL waits as a kind of message that only a newer bot knows; the key, the field and what it was before."""
    await put(bot, PANEL)
    client = bot.store.connection.client
    [key] = [key async for key in client.scan_iter("b:{o*}:entries")]
    [(id_, raw)] = (await client.hgetall(key)).items()
    await client.hset(key, id_, raw.replace(b"\xa5panel", b"\xa5pamel"))
    return key, id_, raw


async def test_a_kind_that_only_a_newer_bot_knows_waits_for_one(bot: Bot, slack: Loopback) -> None:
    """During an upgrade, replica after replica."""
    key, id_, raw = await of_a_newer_bot(bot)
    for _ in range(5):
        await bot.after(MINUTES)
    assert await bot.store.delivery.dead() == []
    await bot.store.connection.client.hset(key, id_, raw)
    await bot.after(8 * MINUTES)
    assert slack.texts == ["panel:g7"]


async def test_a_kind_that_nobody_knows_is_set_aside_in_the_end(bot: Bot) -> None:
    await of_a_newer_bot(bot)
    for _ in range(20):
        await bot.after(MINUTES)
    assert len(await bot.store.delivery.dead()) == 1
