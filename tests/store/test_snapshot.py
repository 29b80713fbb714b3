"""A group as it is, loaded in two packets at most: what was asked for, and nothing read in between."""

from __future__ import annotations

import msgspec
import pytest

from bot.domain.checkins import CheckIn
from bot.domain.people import SlackIdentity
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import BadRecord
from bot.storage import RedisStore
from bot.store import keys
from bot.usecases.plate import NEEDS
from bot.usecases.rounds import round_for_words
from tests.store.leaders import CARERS, JO, NOW, SAM, SAM_AT_THE_TRUST, SAM_IN_SLACK, WALK, plate
from tests.store.packets import WEEK, Packets

STRANGER = SlackIdentity(team_id="T-TRUST", user_id="U-NOBODY")


async def load(store: RedisStore, sections: Section, round: str = "") -> GroupSnapshot:
    snapshot = await store.snapshots.load("g7", sections, who=SAM_IN_SLACK, round=round)
    assert snapshot is not None
    return snapshot


async def test_sam_s_group_with_everybody_is_two_packets(store: RedisStore, sent: Packets) -> None:
    sent.sent.clear()
    snapshot = await load(store, Section.NAMES)
    assert len(sent.sent) == 2
    assert (snapshot.group, snapshot.viewer) == (CARERS, "sam")
    assert snapshot.people == {"sam": SAM, "jo": JO}
    assert set(snapshot.leaders) == {"sam", "jo"}
    assert (snapshot.rounds, snapshot.commitments, snapshot.own_plates) == ({}, {}, {})


async def test_what_a_plate_s_form_needs_is_two_packets_too(store: RedisStore, sent: Packets) -> None:
    await store.commitments.change("g7", "c1", lambda _: WALK)
    checkin = CheckIn(person_id="sam", round=WEEK)
    await store.checkins.change("g7", "sam", lambda _: checkin, round=WEEK)
    round = await round_for_words(store, await load(store, NEEDS, WEEK), NOW)
    sent.sent.clear()
    snapshot = await load(store, NEEDS, WEEK)
    assert len(sent.sent) == 2
    assert snapshot.rounds == {round.name: round}
    assert snapshot.own_plates == {WEEK: plate("words")}
    assert snapshot.own_checkins == {WEEK: checkin}
    assert snapshot.commitments == {"c1": WALK}


async def test_nobody_else_s_plate_is_loaded_unless_all_are_asked_for(store: RedisStore, sent: Packets) -> None:
    await store.plates.change("g7", "jo", lambda _: plate("Jo's"), round=WEEK)
    sent.sent.clear()
    await load(store, NEEDS, WEEK)
    assert "Jo's" not in str(sent.sent)
    snapshot = await load(store, Section.PLATES, WEEK)
    assert set(snapshot.plates) == {"sam", "jo"}


async def test_the_viewer_alone_is_loaded_where_no_names_are_needed(store: RedisStore, sent: Packets) -> None:
    assert set((await load(store, Section.NOTHING)).people) == {"sam"}


async def test_a_stranger_sees_the_group_and_is_no_member(store: RedisStore, sent: Packets) -> None:
    snapshot = await store.snapshots.load("g7", NEEDS, who=STRANGER)
    assert snapshot is not None
    assert (snapshot.viewer, snapshot.member()) == ("", None)


async def test_who_left_is_known_by_name_and_is_no_member(store: RedisStore, sent: Packets) -> None:
    left = msgspec.structs.replace(SAM_AT_THE_TRUST, left_at=NOW)
    await store.leaders.change("g7", "sam", lambda _: left)
    snapshot = await load(store, Section.NAMES)
    assert snapshot.member() is None
    assert "sam" not in snapshot.active()
    assert snapshot.people["sam"] == SAM


async def test_an_unknown_group_is_none(store: RedisStore) -> None:
    assert await store.snapshots.load("g9", NEEDS) is None


async def test_a_damaged_record_is_named(store: RedisStore, sent: Packets) -> None:
    key = keys.of_group("g7", "leaders")
    await store.connection.ask(key, "HSET", key, "jo", "rubbish")
    with pytest.raises(BadRecord, match="jo"):
        await load(store, Section.NAMES)
