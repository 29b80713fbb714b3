"""How records are read: each time anew (`compare_and_set.CompareAndSet`), or each once (`glance.Glance`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

from bot.redis.connection import text_of
from bot.store.codec import Schema

T = TypeVar("T")


class RecordKey(NamedTuple):
    """Where one record lies: every record is a field of a hash, so that one script serves them all."""

    key: str
    field: str

    def __str__(self) -> str:
        return f"{self.key} {self.field}"


class RecordReader(Protocol):
    """StoreDown where Redis can't be asked, BadRecord for what can't be read."""

    async def records(self, schema: Schema[T], spots: Sequence[RecordKey]) -> list[T | None]:
        """In their order; one round trip to each server that has some of them."""
        ...

    async def shelf(self, schema: Schema[T], key: str) -> dict[str, T]:
        """All records of a hash by field, in the order of the fields."""
        ...

    async def change(
        self, schema: Schema[T], record_key: RecordKey, decide: Callable[[T | None], T | None]
    ) -> T | None:
        """As `ports.Records.change`."""
        ...

    async def word(self, key: str) -> str | None:
        """What a string holds."""
        ...

    async def words(self, key: str) -> list[str]:
        """What a sorted set holds, the lowest first."""
        ...

    async def many_words(self, keys: Iterable[str]) -> list[list[str]]:
        """The same of several, in their order; one round trip to each server that has some of them."""
        ...

    async def holds(self, key: str, member: str) -> bool:
        """Whether a sorted set holds it."""
        ...

    async def replicate(self, key: str, *command: Any) -> None:
        """A write that does no harm twice; as `Connection.keep`."""
        ...


def bytes_of(raw: bytes | str | None) -> bytes:
    """Nothing is no record."""
    return raw.encode() if isinstance(raw, str) else raw or b""


def by_field(found: dict[bytes | str, bytes | str]) -> dict[str, bytes]:
    return dict(sorted((text_of(field), bytes_of(raw)) for field, raw in found.items()))
