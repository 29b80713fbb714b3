"""An organisation's export: what its leaders have shared with everyone in a group, for one of them who asks."""

from __future__ import annotations

from datetime import datetime

from bot.domain.called import one_called
from bot.domain.items import Item
from bot.domain.people import DataRequest
from bot.domain.problems import Problem, ProblemCode
from bot.domain.shared import NEEDS, shared_by
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Store
from bot.usecases import inquiry
from bot.usecases.personal_data import ask_for
from bot.usecases.snapshot import load_snapshot


async def request(deps: Deps, member: Membership, now: datetime) -> str:
    """Whose it is. The channel is told, and then the files come. Raises Problem for who speaks for none."""
    organisation = member.leader.organisation
    if not organisation:
        raise Problem(ProblemCode.NO_ORGANISATION)
    asked = DataRequest(at=now, organisation=organisation, called=one_called(member))
    await ask_for(deps, member, asked)
    return organisation


async def shared(store: Store, group_id: str, organisation: str) -> tuple[GroupSnapshot, list[tuple[str, Item]]]:
    """As everybody in the group can read it now."""
    snapshot = await load_snapshot(store, group_id, NEEDS)
    answers = {id_: await inquiry.shown(store, group_id, one) for id_, one in snapshot.inquiries.items()}
    return snapshot, shared_by(snapshot, organisation, answers)
