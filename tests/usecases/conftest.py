"""Use cases on a real Redis, with no way to speak: none of them calls Slack itself."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.about import About
from bot.domain.group_words import GroupWords, SetUpWords
from bot.domain.groups import MessageRef, Place
from bot.domain.people import SlackIdentity
from bot.domain.plate import Audience, PlateWords, Words
from bot.domain.rhythm import Recurrence
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps
from bot.storage import RedisStore
from bot.usecases import digest, groups, people, rounds
from bot.usecases.snapshot import load_snapshot
from scheduler.due import plan_group
from tests.members import as_leader

PLACE = Place(team_id="T1", channel="C1")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
THURSDAYS = Recurrence(every="weeks", interval=2, weekday=3, at="14:00", anchor=date(2026, 12, 3))
GROUP = GroupWords(name="Young carers", zone="Europe/London", nation="GB-ENG", meeting=THURSDAYS)


def who(name: str) -> SlackIdentity:
    return SlackIdentity(team_id="T1", user_id=f"U-{name}")


def about(name: str, organisation: str = "Trust") -> About:
    return About(name=name, organisation=organisation, zone="Europe/London", nation="GB-ENG", hour="09:00")


def plate(text: str, me: str = "", **more: object) -> PlateWords:
    return PlateWords(
        organisation=Words(text=text, audience=Audience.GROUP),
        me=Words(text=me, audience=Audience.ME),
        question=Words(text="", audience=Audience.GROUP),
        **more,  # type: ignore[arg-type]
    )


@dataclass
class House:
    """A group as its use cases see it, and shorter ways to say what happens there."""

    deps: Deps
    group_id: str = ""
    ids: dict[str, str] = field(default_factory=dict)

    async def set_up(self, name: str = "Sam", at: datetime = MONDAY) -> GroupSnapshot:
        words = SetUpWords(group=GROUP, name=name, organisation="Council")
        snapshot = await groups.set_up(self.deps, who(name), PLACE, words, at)
        self.group_id = snapshot.group.id
        return snapshot

    async def join(self, name: str, organisation: str = "Trust", at: datetime = MONDAY) -> GroupSnapshot:
        return await people.join(self.deps, who(name), "T1", self.group_id, about(name, organisation), at)

    async def member(self, name: str) -> Membership:
        """As their press sees it. Raises Problem for somebody who is not in the group."""
        return await as_leader(self.deps, who(name), self.group_id)

    async def snapshot(self) -> GroupSnapshot:
        return (await self.member("Sam")).snapshot

    async def digests(self, now: datetime) -> GroupSnapshot:
        """Those of the group as a leader may read them."""
        return await digest.up_to_date(self.deps, await self.snapshot(), now)

    async def round(self, now: datetime = MONDAY) -> Round:
        return await rounds.round_for_words(self.deps.store, await self.snapshot(), now)

    async def post(self, round: Round) -> datetime:
        """The round's digest is composed and stands in the channel."""
        now = max(round.digest_at, round.closes_at) + timedelta(minutes=1)
        snapshot = await load_snapshot(self.deps.store, self.group_id, digest.NEEDS, round=round.name)
        assert await digest.draw(self.deps.store, snapshot, round, now)
        await digest.posted(
            self.deps, self.group_id, round.name, MessageRef(team_id="T1", channel="C1", ts="1"), now
        )
        return now

    async def look(self, now: datetime = MONDAY) -> None:
        """As the scheduler does at once after a press."""
        await plan_group(self.group_id, self.deps, now)

    async def outbox(self) -> int:
        return (await self.deps.store.delivery.counts()).get("pending", 0)


@pytest.fixture
async def house(store: RedisStore) -> House:
    """Sam's group, with Jo of the Trust in it."""
    ids = itertools.count(1)
    deps = Deps(store=store, messenger=None, now=lambda: MONDAY, new_id=lambda: f"id{next(ids)}")  # type: ignore[arg-type]
    house = House(deps)
    await house.set_up()
    await house.join("Jo")
    return house
