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
from bot.store import snapshot as snapshots
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
    round = await round_for_words(store, await load(store, NEEDS, "2026-W47"), NOW)
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


async def test_sam_s_second_press_is_one_packet_and_shows_what_is_stored_now(
    store: RedisStore, sent: Packets
) -> None:
    await load(store, NEEDS, WEEK)
    await store.plates.change("g7", "sam", lambda _: plate("other words"), round=WEEK)
    renamed = msgspec.structs.replace(SAM, name="Sam of the Trust")
    await store.people.change("sam", lambda _: renamed)
    sent.sent.clear()
    snapshot = await load(store, NEEDS, WEEK)
    assert len(sent.sent) == 1
    assert (snapshot.own_plates, snapshot.people["sam"]) == ({WEEK: plate("other words")}, renamed)
    assert snapshot.versions.records  # a change may begin from these


async def test_who_joined_since_sam_s_last_press_is_loaded_all_the_same(store: RedisStore, sent: Packets) -> None:
    await load(store, Section.NAMES)
    mo = msgspec.structs.replace(JO, id="mo")
    await store.people.change("mo", lambda _: mo)
    await store.leaders.change("g7", "mo", lambda _: msgspec.structs.replace(SAM_AT_THE_TRUST, person_id="mo"))
    sent.sent.clear()
    assert set((await load(store, Section.NAMES)).people) == {"sam", "jo", "mo"}
    assert len(sent.sent) == 2
    assert set((await load(store, Section.NAMES)).people) == {"sam", "jo", "mo"}
    assert len(sent.sent) == 3


async def test_what_the_last_press_needed_and_this_one_does_not_is_in_no_snapshot(
    store: RedisStore, sent: Packets
) -> None:
    await load(store, Section.NAMES)
    await store.leaders.change("g7", "jo", lambda _: None)
    assert set((await load(store, Section.NAMES)).people) == {"sam"}
    sent.sent.clear()
    await load(store, Section.NAMES)
    assert "{p:jo}" not in str(sent.sent)  # and it is not asked for again


async def test_an_identity_that_became_somebody_else_s_shows_nothing_of_who_it_was(
    store: RedisStore, sent: Packets
) -> None:
    await load(store, NEEDS, WEEK)
    await store.connection.ask(keys.identity(SAM_IN_SLACK), "SET", keys.identity(SAM_IN_SLACK), "jo")
    await store.plates.change("g7", "jo", lambda _: plate("Jo's"), round=WEEK)
    snapshot = await load(store, NEEDS, WEEK)
    assert (snapshot.viewer, snapshot.own_plates) == ("jo", {WEEK: plate("Jo's")})


async def test_the_presses_that_are_remembered_have_a_bound(
    store: RedisStore, sent: Packets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "_REMEMBERED", 2)
    for section in (Section.NOTHING, Section.OWN, Section.NAMES):
        await load(store, section)
    sent.sent.clear()
    await load(store, Section.NAMES)
    assert len(sent.sent) == 1
    await load(store, Section.NOTHING)  # the oldest
    assert len(sent.sent) == 3
