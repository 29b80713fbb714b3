"""Every button and every form there is, aimed at a group that is not theirs: refused or harmless, and told nothing.

Kasia and Wei have a group of their own. Amir is in another, Desmond in none, and somebody in a workspace that
has not installed us has the very user id that Kasia has in hers. Each presses everything.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.fuzz.marks import OTHERS, OWN, SEALED, YOURS
from tests.fuzz.seeds import AMIR
from tests.fuzz.town import STRANGER, Town, foreign, town
from tests.handlers import every_press

pytestmark = pytest.mark.slow

Json = dict[str, Any]
ROUND = "2026-W48"
ELSEWHERE = "T0OTHER"
EXAMPLE = '"placeholder": {"type": "plain_text", "text": "Young carers"'
"""In the form that sets a group up."""


@pytest.fixture
async def place(redis_url: str) -> AsyncIterator[Town]:
    async with town(redis_url) as place:
        place.stage.pg.world.traffic.log.clear()
        yield place


async def wards(place: Town) -> tuple[str, list[str], list[str]]:
    """The other group's id; the ids of what is in it; and of who is."""
    store = place.store
    groups = await store.groups.many(await store.index.groups())
    other = next(id_ for id_, one in groups.items() if one.name == OTHERS)
    inside = [id_ for every in (store.commitments, store.asks, store.offers) for id_ in await every.all(other)]
    return other, [*inside, ROUND, "C0WARDS"], list(await store.leaders.all(other))


async def thrown(place: Town, aims: list[str], signed: Callable[[Json], Json]) -> str:
    """All that was said to anybody of it, and logged. Nobody else's record may have changed."""
    payloads = [signed(one) for one in every_press.everything(aims)]
    with capture_logs() as lines:
        acks = await every_press.throw(place.stage, payloads)
    assert [ack for ack in acks if not ack.ok] == []
    assert [(line["what"], line["exc_info"]) for line in lines if line["event"] == "bug"] == []
    assert await foreign(place) == place.foreign
    calls = [call.args for call in place.stage.pg.world.traffic.calls]
    return json.dumps([[ack.body for ack in acks], calls, str(lines)], ensure_ascii=False, default=str)


def nothing_of_theirs(said: str, *more: str) -> None:
    said = said.replace(EXAMPLE, "")
    for word in (SEALED, OTHERS, *more):
        assert word not in said, said[max(0, said.index(word) - 300) : said.index(word) + 100]


def test_every_listener_is_tried() -> None:
    assert len(every_press.actions()) > 150
    assert len(every_press.forms()) > 30


@pytest.mark.timeout(240)
async def test_a_leader_of_another_group_with_this_ones_ids(place: Town) -> None:
    other, subjects, people = await wards(place)
    aims = [*every_press.aimed(other, subjects=subjects, persons=people[:1], round=ROUND)]
    nothing_of_theirs(await thrown(place, aims, every_press.by(place.stage, AMIR)))


@pytest.mark.timeout(240)
async def test_a_leader_with_ids_of_another_groups_things_in_their_own(place: Town) -> None:
    other, subjects, people = await wards(place)
    own = next(id_ for id_ in place.ids["group"] if id_ != other)
    aims = [*every_press.aimed(own, subjects=subjects, persons=people[:1], round=ROUND)]
    nothing_of_theirs(await thrown(place, aims, every_press.by(place.stage, AMIR)))


@pytest.mark.timeout(240)
@pytest.mark.parametrize("group", ["theirs", "nobody's"])
async def test_a_stranger_with_any_groups_ids(place: Town, group: str) -> None:
    other, subjects, _ = await wards(place)
    aims = [
        *every_press.aimed(other if group == "theirs" else "g0", subjects=subjects[:1], persons=[], round=ROUND)
    ]
    nothing_of_theirs(await thrown(place, aims, every_press.by(place.stage, STRANGER)), YOURS, OWN)


@pytest.mark.timeout(240)
async def test_whoever_has_kasias_user_id_in_a_workspace_without_us_is_not_kasia(place: Town) -> None:
    other, subjects, _ = await wards(place)
    aims = [*every_press.aimed(other, subjects=subjects[:1], persons=[], round=ROUND)]
    said = await thrown(place, aims, every_press.by(place.stage, "U0KASIA", team=ELSEWHERE, home=ELSEWHERE))
    nothing_of_theirs(said, YOURS, OWN)
