"""A thousand quiet asks through the real planner: whether the helper says no, says nothing, is away or was never
asked, the asker hears the same words at the same times, as many of them.

Each case is played by groups that differ in nothing else, all in one Redis and on one clock. The words, the number
of leaders, whose words come near and when the ask is made are drawn anew for each case.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import Place
from bot.domain.matters import MatterCode
from bot.domain.people import Reach, SlackIdentity
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.snapshot import Membership
from bot.storage import RedisStore
from bot.usecases import asks, introductions, matters, people
from bot.usecases.snapshot import require_member
from tests.domain import young_carers
from tests.scheduler.fortnight import FRIDAY, ROUND, carers_of, live, live_to
from tests.scheduler.postroom import Bot

pytestmark = pytest.mark.slow

ASKS = int(os.environ.get("ASKS", "40"))  # noqa: TID251
"""`make asks` plays the thousand."""

SEEDS = (11, 12)
WISHES = ("repeat call-outs", "supported housing", "a minibus on Saturdays", "discharge letters", "tenancy visits")
NAMES = ("jo", "wei", "amir", "aoife", "kasia")
"""Jo asks; Wei is who behaves in one way or another."""


@dataclass(frozen=True)
class Case:
    """What the groups of one case have in common."""

    number: int
    leaders: int
    wish: str
    near: tuple[str, ...]
    asked_at: datetime


Deed = Callable[[Bot, Membership], Awaitable[None]]


async def nothing(bot: Bot, wei: Membership) -> None:
    """Silence."""


async def says_no(bot: Bot, wei: Membership) -> None:
    for matter in matters.mine(wei, bot.clock.now()):
        if matter.code is MatterCode.ASK:
            await matters.not_now(bot.deps, wei, matter.id, bot.clock.now())


async def is_away(bot: Bot, wei: Membership) -> None:
    await people.go_away(bot.deps, wei.person.identities[0], date(2027, 1, 4), bot.clock.now())


async def keeps_away_from_jo(bot: Bot, wei: Membership) -> None:
    jo = wei.person.id.replace("wei", "jo")
    await introductions.exclude(bot.deps, wei, jo, bot.clock.now())


BEFORE: tuple[Deed, ...] = (nothing, nothing, is_away, keeps_away_from_jo)
AFTER: tuple[Deed, ...] = (nothing, says_no, nothing, nothing)
SORTS = len(BEFORE)


def cases(many: int, seed: int) -> list[Case]:
    draw = random.Random(seed)
    return [
        Case(
            number=number,
            leaders=draw.randint(3, len(NAMES)),
            wish=draw.choice(WISHES),
            near=("wei", *draw.sample(NAMES[2:], draw.randint(0, 2))),
            asked_at=FRIDAY + timedelta(hours=draw.choice((1, 3, 27, 75))),
        )
        for number in range(many)
    ]


def group_of(case: Case, sort: int) -> str:
    return f"g{case.number}x{sort}"


def team_of(case: Case, sort: int) -> str:
    """A workspace each, since those of one wait for each other."""
    return f"T{case.number}X{sort}"


def person_of(case: Case, sort: int, name: str) -> str:
    return f"{name}{case.number}x{sort}"


async def settle(bot: Bot, case: Case, sort: int) -> None:
    """A group of that case, joined and welcomed; whose words come near, have shared them."""
    group_id = group_of(case, sort)
    team = team_of(case, sort)
    young = replace(young_carers.group(), id=group_id, place=Place(team_id=team, channel=f"C-{group_id}"))
    await bot.store.groups.change(group_id, lambda _: young)
    for name in NAMES[: case.leaders]:
        id_ = person_of(case, sort, name)
        who = SlackIdentity(team_id=team, user_id=f"U-{id_}")
        person = replace(
            young_carers.person(id_),
            name=name.capitalize(),
            identities=(who,),
            reach=Reach(via_team=team, user_id=who.user_id),
        )
        leader = young_carers.leader(id_, organisation=f"{name.capitalize()}'s trust")
        await bot.store.people.change(id_, lambda _, new=person: new)
        await bot.store.leaders.change(group_id, id_, lambda _, new=leader: new)
        await bot.store.index.put_person(who, id_)
        await bot.store.index.join(id_, group_id, FRIDAY)
        if name in case.near:
            words = Answer(text=f"We have worked on {case.wish} for years.", audience=Audience.GROUP)
            plate = Plate(person_id=id_, round=ROUND, organisation=words)
            await bot.store.plates.change(group_id, id_, lambda _, new=plate: new, round=ROUND)
    await bot.store.due.look_at(group_id, bot.clock.now())


async def member(bot: Bot, case: Case, sort: int, name: str) -> Membership:
    id_ = person_of(case, sort, name)
    who = SlackIdentity(team_id=team_of(case, sort), user_id=f"U-{id_}")
    return await require_member(bot.store, who, group_of(case, sort), asks.NEEDS)


async def as_each_does(bot: Bot, played: list[Case], deeds: tuple[Deed, ...]) -> None:
    for case in played:
        for sort, deed in enumerate(deeds):
            if deed is not nothing:
                await deed(bot, await member(bot, case, sort, "wei"))


def heard(bot: Bot, case: Case, sort: int, name: str) -> list[tuple[datetime, str]]:
    """All that came to them, and when."""
    return bot.slack.to(person_of(case, sort, name))


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", SEEDS)
async def test_whoever_asks_quietly_cannot_tell_a_no_from_silence_from_away_from_not_asked(
    store: RedisStore, seed: int
) -> None:
    bot = await carers_of(store)
    played = cases(ASKS // SORTS // len(SEEDS), seed)
    for case in played:
        for sort in range(SORTS):
            await settle(bot, case, sort)
    await as_each_does(bot, played, BEFORE)
    for asked_at in sorted({case.asked_at for case in played}):
        await live_to(bot, asked_at)
        for case in (one for one in played if one.asked_at == asked_at):
            for sort in range(SORTS):
                jo = await member(bot, case, sort, "jo")
                await asks.add(bot.deps, jo, f"a{case.number}x{sort}", f"{case.wish}, please", True, asked_at)
    await live_to(bot, datetime(2026, 12, 2, 9, 30, tzinfo=UTC))
    await as_each_does(bot, played, AFTER)
    await live(bot, FRIDAY + timedelta(days=19))

    ends, put = 0, Counter[int]()
    for case in played:
        silent = heard(bot, case, 0, "jo")
        ends += sum("Nobody has said yes" in words for _, words in silent)
        for sort in range(SORTS):
            assert heard(bot, case, sort, "jo") == silent, (case, BEFORE[sort].__name__, AFTER[sort].__name__)
            put[sort] += any("after" in words for _, words in heard(bot, case, sort, "wei"))
    assert ends == len(played), "each asker hears how it ended, once"
    assert put[0] == put[1] > len(played) / 2, "and most who were about were asked"
    assert put[3] == 0, "who is not to be asked was not"
