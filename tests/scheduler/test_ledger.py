"""Sam in several groups at once, weeks long, with the real store: two a week, each group in its turn."""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil

import pytest
from msgspec.structs import replace

from bot.domain.checkins import CheckInState
from bot.domain.groups import Group, Place
from bot.domain.installation import InstallerLeaving, Leaving
from bot.domain.ledger import DMS_A_WEEK
from bot.domain.plate import Audience, PlateWords, Words
from bot.storage import RedisStore
from bot.store import keys
from bot.usecases import checkin, people, plate
from bot.usecases.home import home_sections
from bot.views.home import home
from scheduler.kinds import KINDS
from tests.clock import Clock
from tests.domain import young_carers
from tests.members import as_leader
from tests.scheduler.deaths import calls
from tests.scheduler.fortnight import JO, SAM, SLACK_USERS
from tests.scheduler.loopback import Loopback
from tests.scheduler.postroom import Bot, Death, DeathAt, Killed, doomed
from tests.scheduler.postroom import bot as a_bot

pytestmark = pytest.mark.slow

BEGIN = datetime(2026, 11, 16, 7, tzinfo=UTC)
"""A Monday, before anybody's hours."""
WEEK = timedelta(weeks=1)


def weekly(number: int, weekday: int) -> Group:
    """A group that meets each week on that day, Monday to Wednesday, and asks on Wednesday to Friday before."""
    meeting = replace(young_carers.THURSDAYS, interval=1, weekday=weekday)
    own = {"id": f"g{number}", "name": f"Group {number}", "place": Place(team_id="T1", channel=f"C-g{number}")}
    return replace(young_carers.group(meeting), **own)


async def joins(bot: Bot, group: Group, *names: str, at: datetime = BEGIN) -> None:
    await bot.store.groups.change(group.id, lambda _: group)
    for name in names:
        await bot.store.people.change(name, lambda _, name=name: young_carers.person(name))
        await bot.store.leaders.change(
            group.id, name, lambda _, name=name: young_carers.leader(name, joined_at=at, welcomed_at=at)
        )
        await bot.store.index.put_person(SLACK_USERS[name], name)
        await bot.store.index.join(name, group.id, at)
    await bot.store.due.look_at(group.id, bot.clock.now())


async def in_groups(store: RedisStore, count: int) -> Bot:
    """Sam is in all of them, Jo in the first alone. Those of the lowest ids ask last in the week."""
    clock = Clock(BEGIN)
    bot = a_bot(store, Loopback(clock.now), clock)
    bot.kinds = KINDS
    for number in range(count):
        await joins(bot, weekly(number, 2 - number % 3), *(("sam", "jo") if number == 0 else ("sam",)))
    return bot


async def live(bots: list[Bot], until: datetime, *, skips: bool = True) -> None:
    """From one due moment to the next, all bots side by side. Sam skips what asks him, or is silent for good."""
    first, seen = bots[0], 0
    while True:
        await asyncio.gather(*(bot.tick() for bot in bots))
        news, seen = len(first.slack.posted) > seen, len(first.slack.posted)
        for group_id in await first.store.index.groups_of("sam") if skips and news else ():
            await skipped(first, group_id)
        at = await first.store.due.next_at()
        if at is None or at >= until:
            return
        if at > first.clock.now():
            first.clock.move_to(at)


async def skipped(bot: Bot, group_id: str) -> None:
    for name in list(await bot.store.rounds.all(group_id))[-2:]:
        for who, user in (("sam", SAM), ("jo", JO)):
            asked = await bot.store.checkins.get(group_id, who, round=name)
            if asked and asked.asked_at and asked.state is CheckInState.WAITING:
                member = await as_leader(bot.deps, user, group_id, round=name)
                await checkin.skip(bot.deps, member, name, bot.clock.now())


async def check_ins(bot: Bot, who: str = "sam") -> dict[str, list[int]]:
    """In which weeks each group asked them, by what the groups have noted."""
    weeks: dict[str, list[int]] = defaultdict(list)
    for group_id in await bot.store.index.groups_of(who):
        for name in await bot.store.rounds.all(group_id):
            asked = await bot.store.checkins.get(group_id, who, round=name)
            if asked and asked.asked_at:
                weeks[group_id].append((asked.asked_at - BEGIN).days // 7)
    return weeks


def most(bot: Bot, who: str = "sam") -> int:
    """How many DMs they got in the week with the most."""
    weeks = Counter((at - BEGIN).days // 7 for at, _ in bot.slack.to(who))
    return max(weeks.values())


@pytest.mark.parametrize("count", [2, 3, 6])
async def test_each_of_sams_groups_asks_him_in_its_turn(store: RedisStore, count: int) -> None:
    bot = await in_groups(store, count)
    await live([bot], BEGIN + 7 * WEEK)
    weeks = await check_ins(bot)
    assert most(bot) <= DMS_A_WEEK
    assert len(weeks) == count
    for turns in weeks.values():
        assert all(later - earlier <= ceil(count / 2) + 1 for earlier, later in pairwise([-1, *turns, 7])), weeks
    assert {*(await check_ins(bot, "jo"))["g0"]} == {*range(7)}, "nobody waits who is in one group only"


async def test_a_check_in_that_had_to_wait_for_a_week_comes_at_sams_hour_too(store: RedisStore) -> None:
    """All four groups would ask on the same morning, and two have to wait."""
    bot = await in_groups(store, 0)
    for number in range(4):
        await joins(bot, weekly(number, 3), "sam")
    await live([bot], BEGIN + 4 * WEEK)
    came = [f"{at:%a %H:%M}" for at, text in bot.slack.to("sam") if "Two minutes?" in text]
    assert len(came) > DMS_A_WEEK
    assert {one.partition(" ")[2] for one in came} == {"09:00"}


async def test_a_third_group_that_sam_joins_has_its_turn_and_takes_nobodys(store: RedisStore) -> None:
    bot = await in_groups(store, 2)
    await live([bot], BEGIN + 2 * WEEK)
    await joins(bot, weekly(2, 1), "sam", at=bot.clock.now())
    await live([bot], BEGIN + 8 * WEEK)
    weeks = await check_ins(bot)
    assert most(bot) <= DMS_A_WEEK
    for turns in weeks.values():
        assert all(later - earlier <= 3 for earlier, later in pairwise([*turns, 8])), weeks
    assert weeks["g2"]


async def test_two_bots_side_by_side_choose_the_same(store: RedisStore) -> None:
    bot = await in_groups(store, 4)
    other = a_bot(store, bot.slack, bot.clock)
    other.kinds = KINDS
    await live([bot, other], BEGIN + 5 * WEEK)
    assert most(bot) <= DMS_A_WEEK
    assert bot.slack.twice == [] or Counter(at for at, _ in bot.slack.to("sam")).most_common(1)[0][1] <= DMS_A_WEEK
    assert {group: len(turns) for group, turns in (await check_ins(bot)).items()} == dict.fromkeys(
        ("g0", "g1", "g2", "g3"), pytest.approx(2.5, abs=0.6)
    )


async def test_a_nudge_leaves_the_place_to_a_check_in_that_comes_later_in_the_week(store: RedisStore) -> None:
    """Sam is silent: Monday's meeting would nudge him on Thursday morning, and two others ask after that."""
    bot = await in_groups(store, 3)
    await live([bot], BEGIN + 2 * WEEK, skips=False)
    assert most(bot) <= DMS_A_WEEK
    assert not [text for _, text in bot.slack.to("sam") if text.startswith("Still time")]


@pytest.mark.dies
@pytest.mark.parametrize("after", [False, True], ids=["before a call", "after a call"])
async def test_wherever_the_bot_dies_in_planning_sam_gets_what_he_would_have(
    store: RedisStore, after: bool
) -> None:
    """At some calls of the looks at three groups from Wednesday to Friday, and of what is sent then."""
    steps, came, expected = calls(293, 1 + 146 * after, at_length=31), True, None
    while came:
        await store.connection.client.flushall()
        bot = await in_groups(store, 3)
        await live([bot], BEGIN + WEEK + timedelta(days=2, minutes=119))
        step = next(steps) if expected else 10_000
        death = Death(step, after=after)
        with suppress(Killed, BaseExceptionGroup):
            await live([doomed(bot, death)], BEGIN + WEEK + timedelta(days=4, hours=3))
        await bot.after(timedelta(seconds=15))
        await live([bot], BEGIN + 2 * WEEK)
        assert most(bot) <= DMS_A_WEEK
        got = await check_ins(bot)
        expected, came = expected or got, death.came or expected is None
        assert got == expected, f"dead at step {step}"
    assert step > 200


@pytest.mark.parametrize("call", ["add", "change", "look_at", "take"])
async def test_who_dies_between_the_ledger_and_the_outbox_leaves_it_to_the_next(
    store: RedisStore, call: str
) -> None:
    """On Thursday at nine, when g1 asks; g0 has its place on Friday."""
    bot = await in_groups(store, 3)
    await live([bot], BEGIN + timedelta(days=3, hours=1, minutes=59))
    bot.clock.move_to(BEGIN + timedelta(days=3, hours=2))
    death = DeathAt(call)
    with suppress(Killed, BaseExceptionGroup):
        await doomed(bot, death).tick()
    assert death.came
    await bot.after(timedelta(seconds=15))
    await live([bot], BEGIN + WEEK)
    assert [place for place, turns in (await check_ins(bot)).items() if turns] == ["g0", "g1"]
    assert len(bot.slack.to("sam")) == DMS_A_WEEK


async def test_looking_again_writes_nothing(store: RedisStore) -> None:
    bot = await in_groups(store, 3)
    await live([bot], BEGIN + WEEK)
    key, writes = keys.of_person("sam", "ledger"), set()
    for _ in range(3):
        for group_id in ("g0", "g1", "g2"):
            await store.due.look_at(group_id, bot.clock.now())
        await bot.tick()
        writes.add(await store.connection.client.hget(key, "record"))
    assert len(writes) == 1


@pytest.mark.parametrize("before", [1, 2])
async def test_a_store_without_ledgers_goes_on_in_the_midst_of_a_week(store: RedisStore, before: int) -> None:
    """As the version before left it: what it counted counts, and nobody is sent what they had."""
    bot = await in_groups(store, 3)
    await live([bot], BEGIN + WEEK + timedelta(days=3))
    await store.connection.client.delete(keys.of_person("sam", "ledger"))
    sent = bot.slack.to("sam")
    for number in range(before - 1):
        assert await store.allowance.take("sam", "2026-W48", f"letter:{number}", DMS_A_WEEK)
    await live([bot], BEGIN + 2 * WEEK)
    assert len(bot.slack.to("sam")) == len(sent) + DMS_A_WEEK - before
    ledger = await bot.store.ledgers.get("sam")
    assert ledger
    assert set(ledger.wishes) == {"g0", "g1", "g2"}
    await live([bot], BEGIN + 5 * WEEK)
    assert most(bot) <= DMS_A_WEEK
    assert all(turns[-1] >= 2 for turns in (await check_ins(bot)).values())


async def test_a_place_that_is_not_needed_any_more_goes_to_whoever_waits(store: RedisStore) -> None:
    """Two groups are before g2 in the week; Sam leaves one of them before it asks him."""
    bot = await in_groups(store, 3)
    await live([bot], BEGIN + WEEK)
    before = await check_ins(bot)
    ledger = await bot.store.ledgers.get("sam")
    assert ledger
    last = next(id_ for id_ in ("g0", "g1", "g2") if id_ not in before)
    asked = next(id_ for id_ in before if id_ != last)
    await people.leave(bot.deps, await as_leader(bot.deps, SAM, asked), bot.clock.now())
    await live([bot], BEGIN + 2 * WEEK)
    assert set(await check_ins(bot)) == {"g0", "g1", "g2"} - {asked}
    ledger = await bot.store.ledgers.get("sam")
    assert ledger
    assert asked not in ledger.wishes
    await people.leave(bot.deps, await as_leader(bot.deps, SAM, last), bot.clock.now())
    assert await bot.store.ledgers.get("sam") is None
    await live([bot], BEGIN + 3 * WEEK)
    assert await bot.store.ledgers.get("sam") is None


async def test_who_is_in_one_group_has_no_ledger(store: RedisStore) -> None:
    bot = await in_groups(store, 2)
    await live([bot], BEGIN + WEEK)
    assert await bot.store.ledgers.get("sam")
    assert await bot.store.ledgers.get("jo") is None


async def test_home_says_which_check_in_waits_its_turn_until_it_comes_or_is_answered(store: RedisStore) -> None:
    """Monday's group would ask on Wednesday, and the two before it in the queue on Thursday and Friday."""
    bot, left = await in_groups(store, 3), "g2"
    await live([bot], BEGIN + timedelta(days=2, hours=3))
    bot.clock.move_to(BEGIN + timedelta(days=2, hours=3))
    assert await check_ins(bot) == {}
    assert await waits(bot) == {left}
    round = max(await store.rounds.all(left))
    nothing = Words(text="", audience=Audience.GROUP)
    words = PlateWords(organisation=Words(text="Beds", audience=Audience.GROUP), me=nothing, question=nothing)
    await plate.share_plate(bot.deps, await as_leader(bot.deps, SAM, left), round, words, bot.clock.now())
    assert await waits(bot) == set()


async def waits(bot: Bot) -> set[str]:
    """The groups of which Home says so."""
    person, sections = await home_sections(bot.deps, SAM, bot.clock.now())
    shown = str(home(person, sections, bot.clock.now()))
    assert shown.count("waits its turn") == sum(section.waiting for section in sections)
    return {section.snapshot.group.id for section in sections if section.waiting}


async def test_what_is_owed_since_the_morning_of_sams_check_in_goes_a_working_day_later(store: RedisStore) -> None:
    clock = Clock(BEGIN)
    bot = a_bot(store, Loopback(clock.now), clock)
    leaving = InstallerLeaving(key="T1", leaving=Leaving.GUEST, since=BEGIN + timedelta(days=4))
    await joins(bot, replace(weekly(0, 2), installer=leaving, convenor="sam"), "sam")
    await live([bot], BEGIN + timedelta(days=7, hours=6), skips=False)
    came = [(f"{at:%a %H:%M}", text.partition(":")[0]) for at, text in bot.slack.to("sam")]
    assert ("Fri 09:00", "checkin") in came
    assert ("Mon 09:00", "installer") in came
    assert [what for _, what in came].count("installer") == 1
