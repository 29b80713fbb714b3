"""Erasing those who can't press *Erase me* any more, as whoever runs the server does it when they ask: beside a bot
that runs, or without one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from bot.domain.groups import Group
from bot.domain.people import AbsenceReason, Leader, Person
from bot.open_store import readable
from bot.ports import Store
from bot.settings import CannotStart, Settings
from bot.usecases.erasure import ask_to_erase, groups_of
from bot.views.words import listed, one_line


class Gone(NamedTuple):
    """Somebody who is kept, and in no group now. `groups`: what their part in each is, or was."""

    person: Person
    groups: Sequence[tuple[Group, Leader]]

    @property
    def closed(self) -> bool:
        """Their Slack account was closed, as far as we were told: it is looked for while they are in a group."""
        ways = [one.departure for _, one in self.groups if one.departure]
        return any(one.reason is AbsenceReason.LEFT_SLACK for one in ways)


async def erase(settings: Settings, person_id: str, *, left: bool, now: datetime) -> tuple[str, bool]:
    """What to tell whoever asked, and whether it was done. Without an id: who could be erased so."""
    try:
        async with readable(settings) as store:
            return await erased(store, person_id, left=left, now=now) if person_id else (await gone(store), True)
    except CannotStart as error:
        return str(error), False


async def gone(store: Store) -> str:
    """Everybody who is kept and in no group, a line each."""
    people = await store.people.many(await store.index.people())
    found = [one for person in people.values() if (one := await _gone(store, person))]
    if not found:
        return "Everybody whose data is kept is in a group: they press Erase me themselves."
    lines = [f"  {one.person.id}  {_described(one)}" for one in sorted(found, key=lambda one: one.person.name)]
    return "\n".join(
        (
            "In no group any more, and kept:",
            *lines,
            "Who has a Slack account presses Erase me. For who has none, and asks you: between erase ID",
        )
    )


async def erased(store: Store, person_id: str, *, left: bool, now: datetime) -> tuple[str, bool]:
    """As their own press would have it. The bot does it at once, or when it next starts."""
    person = await store.people.get(person_id)
    if person is None:
        return f"Nobody is kept by the id {person_id!r}. `between erase` lists who is in no group any more.", False
    found, name = await _gone(store, person), one_line(person.name, 60)
    if found is None:
        return f"{name} is in a group, or being erased. In a group they press Erase me.", False
    await ask_to_erase(store, person_id, now, left=left)
    names = listed([one_line(one.name, 60) for one, _ in found.groups])
    held = listed([one_line(one.name, 60) for one, _ in found.groups if one.held])
    said = f"{name} is being erased from {names}, by the bot that runs or the next that starts."
    hidden = (
        f" A legal hold stands on {held}: there they are hidden, and erased when it is lifted. Until then "
        "Between's messages to them about it stay, with files and those that can't be told apart by group."
    )
    return said + (hidden if held else ""), True


async def _gone(store: Store, person: Person) -> Gone | None:
    """None of who is in a group, is being erased, or never was in one."""
    groups = await groups_of(store, person.id)
    if any(person.id in one.erasing for one in groups):
        return None
    parts = [(one, await store.leaders.get(one.id, person.id)) for one in groups]
    known = [(one, leader) for one, leader in parts if leader]
    in_one = any(leader.in_group for _, leader in known)
    return None if in_one or not known else Gone(person, known)


def _described(one: Gone) -> str:
    spoke_for = sorted({one_line(leader.organisation, 60) for _, leader in one.groups if leader.organisation})
    names = listed([one_line(group.name, 60) for group, _ in one.groups])
    how = "Slack account closed" if one.closed else "left"
    return ", ".join([one_line(one.person.name, 60), *spoke_for]) + f" ({names}; {how})"
