"""A store as seen at a glance: each record is read once, until something is changed through it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from bot.domain.people import SlackIdentity
from bot.ports import BadRecord
from bot.redis.connection import text_of
from bot.store import keys
from bot.store.codec import Schema, decode
from bot.store.compare_and_set import CompareAndSet, record_of
from bot.store.once import Once, Question
from bot.store.reader import RecordKey, by_field, bytes_of
from bot.store.records import FIELD
from bot.store.repositories import Repositories

T = TypeVar("T")


class Glance(Repositories):
    """`ports.Store.glance`. What is made once for each press has to be made in a few microseconds."""

    def __init__(self, store: Any) -> None:
        self._remembered = Remembered(store.compare_and_set)
        super().__init__(self._remembered)
        self._store = store
        self.outbox = store.outbox
        self.delivery = store.delivery
        self.due = store.due
        self.allowance = store.allowance
        self.method_limiter = store.method_limiter

    async def ahead(
        self,
        group_id: str,
        *,
        round: str = "",
        person: str = "",
        who: SlackIdentity | None = None,
        form: bool = False,
    ) -> None:
        with suppress(BadRecord, ValueError):  # ValueError: an id that can't be part of a key
            await self._remembered.ahead(_sure_to_be_asked(group_id, round, person, who, form))

    def glance(self) -> Glance:
        """Another one, which has read nothing yet. It does not forget what is changed through this one."""
        return Glance(self._store)


class Remembered:
    """`Facts` that are remembered.

    The bytes of records outlive the forgetting, as guesses for a change to begin from: see `CompareAndSet.change`.
    """

    def __init__(self, compare_and_set: CompareAndSet) -> None:
        self._compare_and_set = compare_and_set
        self._page = _Page(compare_and_set)
        self._bytes: dict[RecordKey, bytes] = {}
        self._shelves: dict[str, dict[str, bytes]] = {}

    def _forget(self) -> None:
        """Who asked before still gets their answer, on the old page: it is nobody else's."""
        self._page = _Page(self._compare_and_set)

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[None]:
        """What was read while a write was under way may be from before it, so it is forgotten too."""
        self._forget()
        try:
            yield
        finally:
            self._forget()

    async def ahead(self, questions: Sequence[Question]) -> None:
        page = self._page
        new = [question for question in questions if question not in page.once.answers]
        for question, answer in zip(new, await page.once.ask(new), strict=True):
            if question[0] == "HGETALL":
                self._laid_out(page, question[1], answer)
            elif question[0] == "HGET":
                self._bytes[RecordKey(*question[1:])] = bytes_of(answer)

    async def records(self, schema: Schema[T], spots: Sequence[RecordKey]) -> list[T | None]:
        page = self._page
        missing = [
            record_key
            for record_key in spots
            if record_key not in page.records and record_key.key not in page.shelves
        ]
        if missing:
            raws = await page.once.ask([("HGET", *record_key) for record_key in missing])
            for record_key, raw in zip(missing, raws, strict=True):
                self._bytes[record_key] = bytes_of(raw)
                page.records[record_key] = record_of(schema, self._bytes[record_key], record_key)
        return [page.record(schema, record_key) for record_key in spots]

    async def shelf(self, schema: Schema[T], key: str) -> dict[str, T]:
        page = self._page
        if key not in page.shelves:
            (found,) = await page.once.ask((("HGETALL", key),))
            self._laid_out(page, key, found)
        return {field: page.there(schema, RecordKey(key, field), raw) for field, raw in page.shelves[key].items()}

    def _laid_out(self, page: _Page, key: str, found: dict[bytes | str, bytes | str]) -> None:
        """By whoever comes first of those that waited for the same."""
        if key not in page.shelves:
            page.shelves[key] = self._shelves[key] = by_field(found)

    async def word(self, key: str) -> str | None:
        (raw,) = await self._page.once.ask((("GET", key),))
        return None if raw is None else text_of(raw)

    async def words(self, key: str) -> list[str]:
        (found,) = await self._page.once.ask((("ZRANGE", key, 0, -1),))
        return [text_of(raw) for raw in found]

    async def many_words(self, keys: Iterable[str]) -> list[list[str]]:
        found = await self._page.once.ask([("ZRANGE", key, 0, -1) for key in keys])
        return [[text_of(raw) for raw in raws] for raws in found]

    async def holds(self, key: str, member: str) -> bool:
        (score,) = await self._page.once.ask((("ZSCORE", key, member),))
        return score is not None

    async def change(
        self, schema: Schema[T], record_key: RecordKey, decide: Callable[[T | None], T | None]
    ) -> T | None:
        async with self._writing():
            return await self._compare_and_set.change(schema, record_key, decide, self._expected(record_key))

    def _expected(self, record_key: RecordKey) -> bytes | None:
        """Once: what it was good for is then written over."""
        expected = self._bytes.pop(record_key, None)
        shelf = self._shelves.pop(record_key.key, None)
        return shelf.get(record_key.field, b"") if expected is None and shelf is not None else expected

    async def replicate(self, key: str, *command: Any) -> None:
        async with self._writing():
            await self._compare_and_set.replicate(key, *command)


def _sure_to_be_asked(
    group_id: str, round: str, person: str, who: SlackIdentity | None, form: bool
) -> list[Question]:
    def of_person(part: str) -> Question:
        return ("HGET", keys.of_group(group_id, part, round), person)

    asked: list[Question] = [("GET", keys.identity(who))] if who else []
    if person:
        asked.append(("HGET", keys.person(person), FIELD))
    if not group_id:
        return asked
    asked += [("HGET", keys.group(group_id), FIELD), ("HGETALL", keys.of_group(group_id, "leaders"))]
    if form or round:
        asked += [("HGETALL", keys.of_group(group_id, part)) for part in ("rounds", "commitments")]
    if round and person:
        asked += [of_person("plates"), of_person("checkins")]
    if round and who:
        asked.append(("HGET", keys.of_group(group_id, "digests"), round))
    return asked


class _Page:
    """All that was read since the last write of one's own. `shelves` are whole hashes, as bytes; `records` those
    of either kind that were decoded."""

    def __init__(self, compare_and_set: CompareAndSet) -> None:
        self.once = Once(compare_and_set.connection)
        self.records: dict[RecordKey, Any] = {}
        self.shelves: dict[str, dict[str, bytes]] = {}

    def record(self, schema: Schema[T], record_key: RecordKey) -> T | None:
        if record_key in self.records:
            return self.records[record_key]  # type: ignore[no-any-return]
        raw = self.shelves[record_key.key].get(record_key.field)
        return self.there(schema, record_key, raw) if raw else None

    def there(self, schema: Schema[T], record_key: RecordKey, raw: bytes) -> T:
        """A damaged record is not remembered, so that only whoever needs it fails."""
        if self.records.get(record_key) is None:
            self.records[record_key] = decode(schema, raw, str(record_key))
        return self.records[record_key]  # type: ignore[no-any-return]
