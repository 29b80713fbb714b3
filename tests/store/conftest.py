"""What tests of the store share: a group with two leaders, and a look at what goes to Redis."""

from __future__ import annotations

import msgspec
import pytest

from bot.storage import RedisStore
from tests.store.leaders import CARERS, JO, SAM, SAM_AT_THE_TRUST, SAM_IN_SLACK, plate
from tests.store.packets import WEEK, Packets


@pytest.fixture
async def sent(store: RedisStore, monkeypatch: pytest.MonkeyPatch) -> Packets:
    """Sam and Jo lead a group, and both have a plate."""
    await store.groups.change("g7", lambda _: CARERS)
    for person in (SAM, JO):
        await store.people.change(person.id, lambda _, person=person: person)  # type: ignore[misc]
        leader = msgspec.structs.replace(SAM_AT_THE_TRUST, person_id=person.id)
        await store.leaders.change("g7", person.id, lambda _, leader=leader: leader)  # type: ignore[misc]
        await store.plates.change("g7", person.id, lambda _: plate("words"), round=WEEK)
    await store.index.put_person(SAM_IN_SLACK, "sam")
    return Packets(store, monkeypatch)
