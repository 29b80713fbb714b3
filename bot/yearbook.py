"""`between year`: a group's year read from the store, beside the bots that use it, and laid down as files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.domain.groups import Group
from bot.open_store import readable
from bot.settings import CannotStart, Settings
from bot.usecases.year import NEEDS, our_year
from bot.views.year_page import page
from bot.views.year_tables import files

EVERY = "all"
PAGE = "page.html"

Book = Mapping[str, bytes]
"""The files of one group, by their names."""


async def written(settings: Settings, which: str, now: datetime) -> dict[str, Book]:
    """A book for each group, by the folder it goes into: empty where one group was asked for. Raises
    CannotStart."""
    async with readable(settings) as store:
        groups = _chosen(await store.groups.many(await store.index.groups()), which)
        books: dict[str, Book] = {}
        for group in groups:
            snapshot = await store.snapshots.load(group.id, NEEDS)
            if snapshot is None:
                raise CannotStart(f"{group.name} is gone.")
            # its name as far as any disk takes it, and its id, so that no two groups share one
            plain = re.sub(r"[^a-z0-9]+", "-", group.name.casefold()).strip("-")[:40]
            folder = f"{plain}-{group.id}" if plain else group.id
            year = await our_year(store, snapshot, now)
            books[folder if which.casefold() == EVERY else ""] = {PAGE: page(year).encode(), **files(year)}
        return books


def _chosen(known: Mapping[str, Group], which: str) -> Sequence[Group]:
    """By its id, or its name in whatever case. Raises CannotStart where that is none, or several."""
    every = sorted(known.values(), key=lambda one: (one.name.casefold(), one.id))
    if which.casefold() == EVERY and every:
        return every
    if which in known:
        return [known[which]]
    found = [one for one in every if one.name.casefold() == which.casefold()]
    if len(found) == 1:
        return found
    if found:
        raise CannotStart(f"Several groups have that name. Say which by its id: {_named(found)}.")
    raise CannotStart(f"No group has that name. There are: {_named(every)}." if every else "There is no group yet.")


def _named(groups: Sequence[Group]) -> str:
    return ", ".join(f"{one.name} ({one.id})" for one in groups)


def laid_down(books: Mapping[str, Book], into: Path) -> Iterator[str]:
    """Says where each page is. What was there under the same names is written over."""
    for folder, book in books.items():
        where = into / folder
        where.mkdir(parents=True, exist_ok=True)
        for name, content in book.items():
            (where / name).write_bytes(content)
        yield str(where / PAGE)
