"""`between year`: a group's year read from the store, beside the bots that use it, and laid down as files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from bot.domain.groups import Group
from bot.open_store import readable
from bot.ports import Store
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
        apart = which.casefold() == EVERY
        return {_folder(group) if apart else "": await _book(store, group, now) for group in groups}


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


def _folder(group: Group) -> str:
    """Its name as far as any disk takes it, and its id, so that no two groups share one."""
    plain = re.sub(r"[^a-z0-9]+", "-", group.name.casefold()).strip("-")[:40]
    return f"{plain}-{group.id}" if plain else group.id


async def _book(store: Store, group: Group, now: datetime) -> Book:
    snapshot = await store.snapshots.load(group.id, NEEDS)
    if snapshot is None:
        raise CannotStart(f"{group.name} is gone.")
    year = await our_year(store, snapshot, now)
    return {PAGE: page(year).encode(), **files(year)}


def laid_down(books: Mapping[str, Book], into: Path) -> Iterator[str]:
    """Says where each page is. What was there under the same names is written over."""
    for folder, book in books.items():
        where = into / folder
        where.mkdir(parents=True, exist_ok=True)
        for name, content in book.items():
            (where / name).write_bytes(content)
        yield str(where / PAGE)
