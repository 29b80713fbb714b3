"""Loading a group with everybody in it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Store


async def load_snapshot(store: Store, group_id: str, only: Iterable[str] | None = None) -> GroupSnapshot:
    """A group with everybody in it, or with `only` these people of it, where their names are all that is shown.

    Raises Problem where there is no such group.
    """
    if not group_id:
        raise Problem(ProblemCode.GROUP_UNKNOWN)
    await store.ahead(group_id)
    group, leaders = await store.groups.get(group_id), await store.leaders.all(group_id)
    if group is None:
        raise Problem(ProblemCode.GROUP_UNKNOWN)
    wanted = [*leaders, group.set_up_by] if only is None else only
    return GroupSnapshot(group=group, leaders=leaders, people=await store.people.many(wanted))
