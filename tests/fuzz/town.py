"""Two groups that know nothing of each other, a stranger to both, and every payload that their screens can send.

Young carers has Sam, Jo and Amir; Kasia and Wei have a group of their own in a private channel. What nobody else
may read bears a mark: SEALED for the other group's words and for Jo's own lane, YOURS for what Young carers share.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from bot.domain.introductions import Why, introduce
from bot.domain.people import Leader, SlackIdentity
from bot.storage import RedisStore
from playground.messages import Channel
from tests import known_keys
from tests.fuzz.marks import ECHO, OTHERS, OWN, SEALED, YOURS
from tests.fuzz.seeds import AMIR, BOT, CARERS, Json, events, seeds
from tests.master_keys import store_at
from tests.stage import Stage, staged

OFFERED = "Anything you could lend: a person, a room, data, ten minutes?"

WARDS = "C0WARDS"
STRANGER, CLOSED = "U0DESMOND", "U0AOIFE"


@dataclass
class Town:
    stage: Stage
    seeds: list[Json]
    """Payloads as Slack's clients would send them, of everybody's screens; commands bear `command`."""
    ids: dict[str, list[str]]
    """Ids of one kind that may be put in each other's place."""
    foreign: dict[str, Any]
    """What of other people's records must stay as it is."""

    @property
    def store(self) -> RedisStore:
        store = self.stage.bot.deps.store
        assert isinstance(store, RedisStore)
        return store


@asynccontextmanager
async def town(redis_url: str) -> AsyncIterator[Town]:
    """On a clean Redis, which other tests use too; at the end it holds no key that nobody would clear away."""
    store = store_at(redis_url)
    await store.connection.client.flushall()
    await store.close()
    async with staged(redis_url, socket_mode=False) as stage:
        await _live(stage)
        found = [*await seeds(stage), *events()]
        place = Town(stage, json.loads(_unmarked(json.dumps(found))), await _ids(stage), {})
        place.foreign = await foreign(place)
        stage.pg.world.traffic.log.clear()
        yield place
        left = [key.decode() async for key in place.store.connection.client.scan_iter(count=1000)]
        assert [key for key in left if not known_keys.known(key)] == []


async def _live(stage: Stage) -> None:
    """A fortnight's beginning: set up, joined, answered, committed, digested."""
    world = stage.pg.world
    members = ["U0KASIA", "U0WEI"]
    world.channels[WARDS] = Channel(WARDS, "wards", "private", ["T0RIVER"], members, creator="U0KASIA")
    await stage.gather("Jo", "Amir")
    kasia = stage.person("Kasia")
    await kasia.invite_bot("wards")
    await stage.settle()
    await stage.bot.tick()
    await kasia.press(stage.posts("wards")[-1], "Set up a group")
    await stage.send("Kasia", {"Your organisation": "Millrace Housing", "What you work on together": OTHERS})
    await stage.at("2026-11-24 09:00")
    await stage.person("Wei").press(next(p for p in stage.posts("wards") if "[Join]" in stage.shown(p)), "Join")
    await stage.send("Wei", {"Your organisation": "Millrace Housing"})
    await stage.at("2026-11-25 16:00")
    await stage.answer("Jo", organisation=f"{YOURS} beds.", me=f"{SEALED} worry.")
    await stage.answer("Kasia", organisation=f"{SEALED} wards.", me=f"{SEALED} thought.")
    for name, where, words in (("Jo", "young-carers", YOURS), ("Kasia", "wards", SEALED)):
        await stage.person(name).command("/commit", f"{words} walk", where)
        await stage.settle()
        await stage.send(name, {})
    await _exchange(stage)
    await stage.at("2026-11-27 10:00")
    await stage.at("2026-11-27 10:05")
    stage.let_them_type()
    for name in ("Amir", "Jo"):
        await stage.type(name, "Something typed.")
    stage.person("Desmond").channel("young-carers").members.remove(STRANGER)
    world.users[CLOSED].deleted = world.users[BOT].is_bot = True


async def _exchange(stage: Stage) -> None:
    """Asks, quiet and open; offers; an introduction of Amir's, and one of two others."""
    for name, words, how, where in (
        ("Jo", f"{SEALED} wish", "Ask around quietly", "young-carers"),
        ("Kasia", f"{SEALED} van", "Put it to everyone", "wards"),
        ("Sam", f"{YOURS} van", "Put it to everyone", "young-carers"),
        ("Amir", "Volunteers.", "Put it to everyone", "young-carers"),
    ):
        await stage.person(name).command("/between", f"ask {words}", where)
        await stage.send(name, {"How": how})
    for name, words, who in (
        ("Jo", f"{SEALED} room", "Only to be matched: never quoted"),
        ("Sam", f"{YOURS} room", "For everyone to see"),
        ("Amir", "A kettle.", "For everyone to see"),
    ):
        await stage.press(name, "More")
        await stage.person(name).press_in_modal("What people can lend")
        await stage.person(name).press_in_modal("Offer something")
        assert await stage.send(name, {OFFERED: words, "Who sees it": who}) is None
    store, people = stage.bot.deps.store, {}
    for id_, person in (await store.people.many(await store.index.people())).items():
        people[person.name] = id_
    group = next(
        id_ for id_, one in (await store.groups.many(await store.index.groups())).items() if one.name == OWN
    )
    for one, other in (("Amir", "Jo"), ("Sam", "Jo")):
        made = introduce(None, why=Why.HELP, subject="c1", by=people[one], to=people[other], now=stage.clock.now())
        await store.introductions.change(group, made.id, lambda _, made=made: made)
    await store.due.look_at(group, stage.clock.now())


def _unmarked(written: str) -> str:
    """Without the marks, so that whatever bears one later was read from the store."""
    for mark in (SEALED, YOURS, OTHERS, OWN):
        written = written.replace(mark, ECHO)
    return written


async def _ids(stage: Stage) -> dict[str, list[str]]:
    store = stage.bot.deps.store
    groups = await store.index.groups()
    commitments = [id_ for group in groups for id_ in await store.commitments.all(group)]
    return {
        "group": groups,
        "person": await store.index.people(),
        "commitment": commitments,
        "ask": [id_ for group in groups for id_ in await store.asks.all(group)],
        "offer": [id_ for group in groups for id_ in await store.offers.all(group)],
        "introduction": [id_ for group in groups for id_ in await store.introductions.all(group)],
        "channel": [CARERS, WARDS],
        "user": [AMIR, STRANGER, BOT, CLOSED, "U0NOBODY"],
        "team": ["T0RIVER", "T0OTHER"],
    }


def _but_for_whom(leader: Leader | None) -> Leader | None:
    """Anybody in the group may object to whom somebody speaks for: that much of Jo's is not hers alone."""
    return leader and replace(leader, organisation="", unannounced_since=None, announced="")


async def foreign(place: Town) -> dict[str, Any]:
    """All of the other group, all people but Amir, and what Jo shared."""
    store, world = place.store, place.stage.pg.world
    client = store.connection.client

    async def person_of(user_id: str) -> str:
        found = await store.index.person(SlackIdentity(team_id=world.users[user_id].team_id, user_id=user_id))
        return found or ""

    wards = next(
        id_ for id_, group in (await store.groups.many(place.ids["group"])).items() if group.name == OTHERS
    )
    carers = next(id_ for id_ in place.ids["group"] if id_ != wards)
    amir, jo = await person_of(AMIR), await person_of("U0JO")
    kept: dict[str, Any] = {}
    patterns = [f"b:{{g:{wards}}}:*", *(f"b:{{p:{one}}}:*" for one in place.ids["person"] if one != amir)]
    for pattern in patterns:
        for key in sorted([key async for key in client.scan_iter(match=pattern, count=1000)]):
            kept[key.decode()] = await client.dump(key)
    round_ = next(iter(await store.rounds.all(carers)))
    kept |= {
        "Jo, as a leader": _but_for_whom(await store.leaders.get(carers, jo)),
        "Jo's plate": await store.plates.get(carers, jo, round=round_),
        "Jo's check-in": await store.checkins.get(carers, jo, round=round_),
        "Jo's offers": [one for one in (await store.offers.all(carers)).values() if one.by != amir],
        "Jo's quiet ask": [one for one in (await store.asks.all(carers)).values() if one.quiet and one.by == jo],
        "others' introductions": [
            one for one in (await store.introductions.all(carers)).values() if amir not in one.people
        ],
        "who put whom apart": [one for id_, one in (await store.exclusions.all(carers)).items() if id_ != amir],
        "what was put to others": [one for id_, one in (await store.attention.all(carers)).items() if id_ != amir],
        "strangers": [await person_of(one) for one in (STRANGER, BOT, CLOSED)],
    }
    return kept
