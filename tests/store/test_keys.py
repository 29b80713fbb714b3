"""Where things lie: a group's facts in one slot of a cluster, and every key known."""

from __future__ import annotations

from functools import partial

import pytest
from redis.crc import key_slot

from bot.store import keys
from tests import known_keys
from tests.store.leaders import CHANNEL, SAM_IN_SLACK

OF_A_GROUP = [keys.group("g7")] + [
    keys.of_group("g7", part) for part in ("leaders", "rounds", "commitments", "digests", "changes")
]
OF_A_ROUND = [
    keys.of_group("g7", part, round_) for part in ("plates", "checkins") for round_ in ("2026-W48", "2026-W50")
]
OTHERS = [
    keys.of_person("sam", "person"),
    keys.of_person("sam", "ledger"),
    keys.of_person("sam", "typed"),
    keys.of_person("sam", "groups"),
    keys.of_person("sam", "groups_ever"),
    keys.everything("groups"),
    keys.everything("people"),
    keys.identity(SAM_IN_SLACK),
    keys.place(CHANNEL),
    keys.outbox(3, "due"),
    keys.DUE,
]


def slots(names: list[str]) -> set[int]:
    return {key_slot(name.encode()) for name in names}


def test_all_that_is_a_groups_lies_in_one_slot() -> None:
    assert len(slots(OF_A_GROUP + OF_A_ROUND)) == 1


def test_two_groups_may_lie_apart() -> None:
    assert slots([keys.group("g7")]) != slots([keys.group("g8")])


def test_all_that_is_sams_lies_in_one_slot() -> None:
    parts = ("person", "ledger", "typed", "groups", "groups_ever")
    assert len(slots([keys.of_person("sam", part) for part in parts])) == 1


def test_a_partition_of_the_outbox_lies_in_one_slot_and_the_partitions_do_not() -> None:
    for part in range(keys.PARTITIONS):
        assert len(slots([keys.outbox(part, "due"), keys.outbox(part, "entry:checkin:g7:2026-W48:sam")])) == 1
    assert len(slots([keys.outbox(part, "due") for part in range(keys.PARTITIONS)])) == keys.PARTITIONS


def test_there_is_no_ninth_partition() -> None:
    with pytest.raises(ValueError):
        keys.outbox(keys.PARTITIONS, "due")


@pytest.mark.parametrize("name", OF_A_GROUP + OF_A_ROUND + OTHERS)
def test_every_key_is_known(name: str) -> None:
    assert known_keys.known(name)


def test_all_keys_differ() -> None:
    every = OF_A_GROUP + OF_A_ROUND + OTHERS
    assert len(set(every)) == len(every)


@pytest.mark.parametrize(
    "name", ["x", "b:{g:g7}:gruop", "b:{g:g7}:plates", "b:{g:}:group", "b:{p:sam}:person:more"]
)
def test_a_stray_key_is_not_known(name: str) -> None:
    assert not known_keys.known(name)


@pytest.mark.parametrize("odd", ["", "g}7", "g 7", "{g7", "g:7", "g\n7", "gé"])
def test_an_id_can_not_move_a_key(odd: str) -> None:
    of_round = partial(keys.of_group, "g7", "plates")
    for make in (keys.group, partial(keys.of_person, part="person"), lambda id_: of_round(id_ or " ")):
        with pytest.raises(ValueError):
            make(odd)
