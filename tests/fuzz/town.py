"""Two groups that know nothing of each other, a stranger to both, and every payload that their screens can send.

Young carers has Sam, Jo and Amir; Kasia and Wei have a group of their own in a private channel. What nobody else
may read bears a mark: SEALED for the other group's words and for Jo's own lane, YOURS for what Young carers share.
"""

from __future__ import annotations

import copy
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from bot.domain.introductions import Why, introduce
from bot.domain.people import Leader, SlackIdentity
from bot.storage import RedisStore
from bot.store import keys
from playground.actor import PersonCannot
from playground.clicks import Surface
from playground.forms import elements
from playground.messages import Channel
from tests.fuzz.marks import ECHO, OTHERS, OWN, SEALED, YOURS
from tests.master_keys import store_at
from tests.stage import Stage, staged

Json = dict[str, Any]

OFFERED = "Anything you could lend: a person, a room, data, ten minutes?"

CARERS, WARDS = "C0CARERS", "C0WARDS"
AMIR, STRANGER, BOT, CLOSED = "U0AMIR", "U0DESMOND", "U0PRIYA", "U0AOIFE"
SHEETS = (
    "See commitments",
    "Change my settings",
    "Change the rhythm",
    "Move a meeting",
    "Read digests",
    "For you",
    "Why this?",
    "Open now",
    "What people can lend",
    "Ask for something",
)


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
        seeds = [*await _seeds(stage), *_events()]
        place = Town(stage, json.loads(_unmarked(json.dumps(seeds))), await _ids(stage), {})
        place.foreign = await foreign(place)
        stage.pg.world.traffic.log.clear()
        yield place
        left = [key.decode() async for key in place.store.connection.client.scan_iter(count=1000)]
        assert [key for key in left if not keys.known(key)] == []


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


async def _seeds(stage: Stage) -> list[Json]:
    found: list[Json] = []
    for name, where in (("Jo", "young-carers"), ("Amir", "young-carers"), ("Kasia", "wards")):
        who = stage.person(name)
        for channel in list(stage.pg.world.channels.values()):
            if who.id in channel.members:
                found += [one for message in channel.seen_by(who.id) for one in _presses(stage, name, message)]
        await who.open_home()
        await stage.settle()
        for label in ("Answer", "Add a commitment", "Change my settings", "I'm away until…", *SHEETS):
            found += await _forms(stage, name, label)
        for command, text in (
            ("/plate", "Beds."),
            ("/commit", "Walk."),
            ("/between", ""),
            ("/between", "digest last"),
            ("/between", "ask A van."),
        ):
            fields = who._command_fields(who.app(), who.channel(where))
            found.append(fields | {"command": command, "text": text})
        found.append(await _shortcut(stage, name, where))
    return found


async def _shortcut(stage: Stage, name: str, where: str) -> Json:
    """On a message of somebody else's."""
    await stage.person(name).shortcut("make_commitment", stage.posts(where)[-1])
    await stage.settle()
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    sent = [one.payload for one in stage.pg.world.traffic.deliveries]
    return copy.deepcopy(next(one for one in reversed(sent) if one.get("type") == "message_action"))


def _presses(stage: Stage, name: str, message: Any) -> list[Json]:
    who = stage.person(name)
    app = stage.pg.world.apps.get(message.app_id)
    return [] if app is None else _acts(who, Surface(app, message.blocks, {}, message=message))


def _acts(who: Any, surface: Surface) -> list[Json]:
    acts = []
    for block, element in elements(surface.blocks):
        action = {key: element[key] for key in ("type", "action_id", "value") if key in element}
        if options := element.get("options"):
            action["selected_option"] = options[0]
        action["block_id"] = block["block_id"]
        acts.append(who.place(surface) | {"type": "block_actions", "trigger_id": "1.2.3", "actions": [action]})
    return acts


async def _forms(stage: Stage, name: str, label: str) -> list[Json]:
    """The form or sheet behind a button, sent and pressed in, if this person has that button."""
    who = stage.person(name)
    try:
        if label in SHEETS:
            await stage.press(name, "More")
            await who.press_in_modal(label)
        else:
            await stage.press(name, label)
    except (PersonCannot, AssertionError):
        return []
    finally:
        await stage.settle()
    found: list[Json] = []
    while who.modal is not None:
        surface = who.modal_surface()
        found += _acts(who, surface)
        place = who.place(surface)
        del place["container"]
        found.append(copy.deepcopy(place | {"type": "view_submission", "trigger_id": "1.2.3"}))
        await who.close()
    return found


def _events() -> list[Json]:
    each = [
        {"type": "app_home_opened", "user": AMIR, "channel": "D1", "tab": "home"},
        {"type": "member_joined_channel", "user": AMIR, "channel": CARERS},
        {"type": "member_joined_channel", "user": BOT, "channel": CARERS},
        {"type": "channel_id_changed", "old_channel_id": "C0OLD", "new_channel_id": "C0NEW"},
        {"type": "channel_unarchive", "channel": CARERS, "user": AMIR},
        _typed("1795600000.000100", text=f"{ECHO} <!channel> &lt;b&gt; <https://evil.example|x>"),
        _typed("1795600001.000100", text="x" * 4000, subtype="file_share", files=[{"id": "F1"}]),
        _typed("1795600002.000100", text=ECHO, thread_ts="1795600000.000100"),
        _typed("1795600003.000100", subtype="message_changed", message={"text": ECHO}, hidden=True),
        _typed("1795600004.000100", text=ECHO, bot_id="B1"),
        {"type": "reaction_added", "user": AMIR, "item": {"channel": CARERS}},
    ]
    return [{"type": "event_callback", "team_id": "T0RIVER", "event_id": "Ev1", "event": event} for event in each]


def _typed(ts: str, **more: Any) -> Json:
    """In a DM with the bot."""
    said = {"type": "message", "channel": "D1", "channel_type": "im", "user": AMIR, "team": "T0RIVER", "ts": ts}
    return said | {"event_ts": ts, "client_msg_id": f"m{ts}"} | more


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
