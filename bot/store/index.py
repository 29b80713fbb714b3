"""From what Slack calls somebody or somewhere to what we call it. Every command may happen twice without harm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.redis.connection import Connection, text_of
from bot.store import keys

MOST_LINKED = 10_000


@dataclass(eq=False)
class RedisIndex:
    """`ports.Index`. Any number of bots at once: each entry is put by one command, SET NX, and the first to put it
    is believed by all.

    What leads to somebody is several entries in several slots, so whoever dies half-way leaves some. They are
    written in an order in which the rest is found and added by the next press, or by a look at the group; and taken
    away in one in which the rest is found by the next erasure.
    """

    _connection: Connection
    _linked: set[SlackIdentity] = field(default_factory=set)

    async def person(self, identity: SlackIdentity) -> str | None:
        """A round trip for each of its pairs, until one is known."""
        for one in identity.each():
            if found := await self._word(keys.identity(one)):
                return found
        return None

    async def put_person(self, identity: SlackIdentity, person_id: str) -> str:
        """The identity first, since until then it is not known whose id stands. Whoever dies before the list leaves
        it to the next press, or to a look at the group."""
        own, *others = identity.each()
        # Several presses of one person may come at once, the first of their life: each brings an id drawn by lot,
        # and SET NX lets one stand. All go on with that one, so nobody is two people.
        stands = await self._put(keys.identity(own), await self.person(identity) or person_id)
        await self._note(identity, stands)
        for other in others:
            await self._put(keys.identity(other), stands)
        await self._list("people", stands)
        return stands

    async def link(self, identity: SlackIdentity, person_id: str) -> None:
        """Looked up once in the life of this process: an entry that was put stays."""
        if identity.elsewhere and identity not in self._linked:
            # Who is forgotten is put once more, which changes nothing; the bound is for a bot that runs for years.
            if len(self._linked) > MOST_LINKED:
                self._linked.clear()
            await self._note(identity, person_id)
            for one in identity.each():
                await self._put(keys.identity(one), person_id)
            # Only once all of it stands: where Redis failed half-way, the next press does it again.
            self._linked.add(identity)

    async def group(self, place: Place) -> str | None:
        """Mostly one round trip: the channel's own key is asked only where the place has none."""
        found = await self._word(keys.place(place))
        return found or await self._word(keys.channel(place.channel))

    async def put_group(self, place: Place, group_id: str) -> str:
        """By the channel first: of two installations in it that are asked at once, one wins for both."""
        own = await self._word(keys.place(place))
        stands = await self._put(keys.channel(place.channel), own or group_id)
        return await self._put(keys.place(place), stands)

    async def forget_place(self, place: Place) -> None:
        """Of its channel too, by whichever workspace."""
        for key in (keys.place(place), keys.channel(place.channel)):
            # Two keys in two slots of a cluster: who dies in between leaves the other, and forgetting again ends
            # it.
            await self._connection.replicate(key, "UNLINK", key)

    async def groups_of(self, person_id: str) -> list[str]:
        """From `b:{p:<person>}:groups`, a sorted set scored by when they joined."""
        return await self._words(keys.of_person(person_id, "groups"))

    async def groups_of_all(self, person_ids: Iterable[str]) -> dict[str, list[str]]:
        """One round trip to each server that has some of them."""
        ids = list(person_ids)
        asked = [(key, ("ZRANGE", key, 0, -1)) for key in (keys.of_person(id_, "groups") for id_ in ids)]
        found = await self._connection.ask_all(asked)
        return {id_: [text_of(raw) for raw in raws] for id_, raws in zip(ids, found, strict=True)}

    async def join(self, person_id: str, group_id: str, at: datetime) -> None:
        """Joining again, without leaving, keeps the first moment."""
        # First that they were ever in it: who dies in between leaves a group too many for an erasure to look
        # through, where the other order could leave one that no erasure finds.
        await self.was_in(person_id, group_id)
        key = keys.of_person(person_id, "groups")
        await self._connection.replicate(key, "ZADD", key, "NX", at.timestamp(), group_id)

    async def leave(self, person_id: str, group_id: str) -> None:
        """They stay in `groups_ever`, by which an erasure finds them."""
        key = keys.of_person(person_id, "groups")
        await self._connection.replicate(key, "ZREM", key, group_id)

    async def was_in(self, person_id: str, group_id: str) -> None:
        """Who dies between the two leaves somebody who is not listed; the next press lists them."""
        key = keys.of_person(person_id, "groups_ever")
        await self._connection.replicate(key, "ZADD", key, 0, group_id)
        await self._list("people", person_id)

    async def list_group(self, group_id: str) -> None:
        """In `b:{all}:groups`, a sorted set that nothing leaves."""
        await self._list("groups", group_id)

    async def lists(self, group_id: str) -> bool:
        """One round trip."""
        key = keys.everything("groups")
        return await self._connection.ask(key, "ZSCORE", key, group_id) is not None

    async def groups(self) -> list[str]:
        """In the order of their ids."""
        return await self._words(keys.everything("groups"))

    async def people(self) -> list[str]:
        """In the order of their ids."""
        return await self._words(keys.everything("people"))

    async def groups_ever(self, person_id: str) -> list[str]:
        """Those they are in are among them also where an older version joined them to it."""
        ever = await self._words(keys.of_person(person_id, "groups_ever"))
        return sorted({*ever, *await self.groups_of(person_id)})

    async def unlink(self, identities: Iterable[SlackIdentity], teams: Iterable[str], person_id: str) -> None:
        """One that leads to somebody else by now stays: they joined anew. What was noted may be of another account
        of theirs, and pairs from before it was noted are found by `teams` alone."""
        own = list(identities)
        users = {one.user_id for one in own}
        known = {SlackIdentity(team_id=team, user_id=one.user_id) for one in own for team in (one.team_id, *teams)}
        await self._lead_nowhere(
            {*known, *(one for one in await self._noted(person_id) if one.user_id in users)}, person_id
        )

    async def forget(self, person_id: str, weeks: Iterable[str]) -> None:
        """A command for each key, and two for each pair that leads to them."""
        # What leads to them before the list that tells what does: who dies in between finds the rest by the list.
        await self._lead_nowhere(await self._noted(person_id), person_id)
        counted = [keys.dms(person_id, week) for week in weeks]
        lists = (
            keys.of_person(person_id, "groups"),
            keys.of_person(person_id, "groups_ever"),
            keys.of_person(person_id, "identities"),
        )
        for key in (*lists, *counted):
            await self._connection.replicate(key, "DEL", key)
        everybody = keys.everything("people")
        await self._connection.replicate(everybody, "ZREM", everybody, person_id)

    async def _note(self, identity: SlackIdentity, person_id: str) -> None:
        """Before the pairs but its own lead there: one that is there and not noted would outlive them."""
        key = keys.of_person(person_id, "identities")
        pairs = [part for one in identity.each() for part in (0, one.key)]
        await self._connection.replicate(key, "ZADD", key, *pairs)

    async def _noted(self, person_id: str) -> list[SlackIdentity]:
        pairs = [one.partition(":") for one in await self._words(keys.of_person(person_id, "identities"))]
        return [SlackIdentity(team_id=team, user_id=user) for team, _, user in pairs]

    async def _lead_nowhere(self, pairs: Iterable[SlackIdentity], person_id: str) -> None:
        for one in sorted(pairs, key=lambda one: one.key):
            key = keys.identity(one)
            # Two round trips, and no script: a pair that leads to them leads nowhere else until it is deleted,
            # since `_put` never replaces what stands.
            if await self._word(key) == person_id:
                await self._connection.replicate(key, "DEL", key)
        self._linked.clear()

    async def _list(self, part: str, id_: str) -> None:
        key = keys.everything(part)
        await self._connection.replicate(key, "ZADD", key, 0, id_)

    async def _put(self, key: str, id_: str) -> str:
        # Sent, kept, and read apart: NX answers the loser with nothing, and GET with NX is of Redis 7 on (we take
        # 6.2).
        await self._connection.replicate(key, "SET", key, id_, "NX")
        return await self._word(key) or id_

    async def _word(self, key: str) -> str | None:
        """A string; None where there is none."""
        raw = await self._connection.ask(key, "GET", key)
        return None if raw is None else text_of(raw)

    async def _words(self, key: str) -> list[str]:
        """The members of a sorted set, the lowest score first; empty where there is none."""
        return [text_of(raw) for raw in await self._connection.ask(key, "ZRANGE", key, 0, -1)]
