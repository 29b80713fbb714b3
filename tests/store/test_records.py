"""Records and collections on a real Redis: what is saved is there, what is damaged is named."""

from __future__ import annotations

import msgspec
import pytest

from bot.domain.brief import Added, Brief, BriefLine, Why
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.digest import Digest, PlateLine
from bot.domain.groups import SettingsChange
from bot.domain.ledger import Claim, Ledger, Wish
from bot.domain.rounds import Round
from bot.ports import BadRecord
from bot.storage import RedisStore
from bot.store import keys
from tests.store.leaders import CARERS, JO, NOW, SAM, SAM_AT_THE_TRUST, WALK, noted, plate

TEXTS = {
    "emoji": "Off sick 🤒 but 👩🏽‍🚒 covers; flag 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "right to left": "שלום، مرحبا — mixed with English",
    "as long as can be": "x" * 3000,
    "long and of four bytes each": "𝒳" * 3000,
    "zero width": "a\u200bb\u200d\ufeffc\u2060",
    "only spaces": "   \t\n ",
    "controls": "a\x00b\x1fc\r\n",
    "mentions": "<!channel> <@U123> &lt; * _ ~ `",
    "lua and json": "\"]}\\ %s ${x} ' --[[ ]]",
}


@pytest.mark.parametrize("words", TEXTS.values(), ids=TEXTS.keys())
async def test_sams_words_come_back_letter_for_letter(store: RedisStore, words: str) -> None:
    await store.plates.change("g7", "sam", lambda _: plate(words), round="2026-W48")
    assert await store.plates.get("g7", "sam", round="2026-W48") == plate(words)


async def test_half_an_emoji_does_not_cost_sam_the_rest(store: RedisStore) -> None:
    await store.plates.change("g7", "sam", lambda _: plate("Tired \ud83e but here"), round="2026-W48")
    assert await store.plates.get("g7", "sam", round="2026-W48") == plate("Tired ? but here")


async def test_sam_is_nobody_until_saved_and_nobody_again_when_erased(store: RedisStore) -> None:
    assert await store.people.get("sam") is None
    assert await store.people.change("sam", lambda _: SAM) == SAM
    assert await store.people.get("sam") == SAM
    assert await store.people.change("sam", lambda _: None) is None
    assert await store.people.get("sam") is None
    assert not await store.connection.client.exists(keys.of_person("sam", "person"))


async def test_many_finds_those_who_exist(store: RedisStore) -> None:
    await store.people.change("sam", lambda _: SAM)
    await store.people.change("jo", lambda _: JO)
    assert await store.people.many(["jo", "nobody", "sam"]) == {"jo": JO, "sam": SAM}
    assert await store.people.many([]) == {}


async def test_each_noun_has_a_place_of_its_own(store: RedisStore) -> None:
    week = Round(
        group_id="g7",
        name="2026-W48",
        opens_on=NOW.date(),
        closes_at=NOW,
        digest_at=NOW,
        meeting_at=None,
        question="?",
    )
    checkin = CheckIn(person_id="sam", round="2026-W48", state=CheckInState.SKIPPED)
    digest = Digest(
        group_id="g7",
        round="2026-W48",
        group_name="Young carers",
        composed_at=NOW,
        question="?",
        plates=(PlateLine(person_id="sam", name="Sam", organisation="The Trust"),),
        names={"sam": "Sam, The Trust"},
    )
    brief = Brief(
        group_id="g7",
        round="2026-W48",
        added=(Added(id="n1", by="sam", at=NOW, text="Beds."),),
        struck={"stuck.c1": NOW},
        lines=(BriefLine(why=Why.STUCK, id="c2", text="Walk", whose=("sam", "jo"), name="Sam", since=NOW),),
    )
    change = SettingsChange(id="s1", at=NOW, by="sam", before=CARERS.settings, after=CARERS.settings)
    wish = Wish(name="checkin:g7:2026-W48:sam", claim=Claim.CHECK_IN, at=NOW, until=NOW)
    ledger = Ledger(wishes={"g7": (wish,), "g9": ()}, queue=("g9", "g7"))
    await store.ledgers.change("sam", lambda _: ledger)
    await store.groups.change("g7", lambda _: CARERS)
    await store.leaders.change("g7", "sam", lambda _: SAM_AT_THE_TRUST)
    await store.rounds.change("g7", "2026-W48", lambda _: week)
    await store.checkins.change("g7", "sam", lambda _: checkin, round="2026-W48")
    await store.commitments.change("g7", "c1", lambda _: WALK)
    await store.digests.change("g7", "2026-W48", lambda _: digest)
    await store.changes.change("g7", "s1", lambda _: change)
    await store.briefs.change("g7", "2026-W48", lambda _: brief)
    assert await store.ledgers.get("sam") == ledger
    assert await store.groups.get("g7") == CARERS
    assert await store.leaders.all("g7") == {"sam": SAM_AT_THE_TRUST}
    assert await store.rounds.all("g7") == {"2026-W48": week}
    assert await store.checkins.all("g7", round="2026-W48") == {"sam": checkin}
    assert await store.commitments.all("g7") == {"c1": WALK}
    assert await store.digests.get("g7", "2026-W48") == digest
    assert await store.changes.all("g7") == {"s1": change}
    assert await store.briefs.all("g7") == {"2026-W48": brief}


async def test_what_counts_in_several_weeks_of_several_people_is_found_together(store: RedisStore) -> None:
    for person, week, name in (("sam", "W47", "a"), ("sam", "W48", "b"), ("sam", "W48", "c"), ("jo", "W48", "d")):
        assert await store.allowance.take(person, week, name, 2)
    assert not await store.allowance.take("sam", "W48", "e", 2)
    found = await store.allowance.taken([("sam", "W47"), ("sam", "W48"), ("jo", "W48"), ("jo", "W49")])
    assert [*found.values()] == [{"a"}, {"b", "c"}, {"d"}, set()]


async def test_plates_of_two_rounds_and_two_groups_keep_apart(store: RedisStore) -> None:
    await store.plates.change("g7", "sam", lambda _: plate("now"), round="2026-W48")
    await store.plates.change("g7", "sam", lambda _: plate("then", "2026-W46"), round="2026-W46")
    await store.plates.change("g8", "sam", lambda _: plate("there"), round="2026-W48")
    await store.plates.drop("g7", round="2026-W48")
    assert await store.plates.all("g7", round="2026-W48") == {}
    assert await store.plates.all("g7", round="2026-W46") == {"sam": plate("then", "2026-W46")}
    assert await store.plates.all("g8", round="2026-W48") == {"sam": plate("there")}


async def test_dropping_what_is_not_there_is_fine(store: RedisStore) -> None:
    await store.plates.drop("g7", round="2026-W48")
    assert await store.plates.change("g7", "sam", lambda _: None, round="2026-W48") is None


async def test_weeks_come_in_the_order_they_were(store: RedisStore) -> None:
    for week in ("2026-W48", "2025-W52", "2026-W02"):
        await store.commitments.change("g7", week, lambda _: WALK)
    assert list(await store.commitments.all("g7")) == ["2025-W52", "2026-W02", "2026-W48"]


async def test_a_commitment_keeps_its_whole_history(store: RedisStore) -> None:
    for line in range(60):
        await store.commitments.change("g7", "c1", lambda before, line=line: noted(str(line), before))  # type: ignore[misc]
    walk = await store.commitments.get("g7", "c1")
    assert walk is not None
    assert [line.note for line in walk.history] == [str(line) for line in range(60)]


async def test_a_change_of_mind_halfway_leaves_what_stood(store: RedisStore) -> None:
    await store.people.change("sam", lambda _: SAM)

    def no(_: object) -> None:
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        await store.people.change("sam", no)
    assert await store.people.get("sam") == SAM


async def test_saying_the_same_again_writes_nothing(store: RedisStore) -> None:
    await store.people.change("sam", lambda _: SAM)
    before = await store.connection.client.hget("b:{p:sam}:person", "record")
    assert await store.people.change("sam", lambda _: msgspec.structs.replace(SAM)) == SAM
    assert await store.connection.client.hget("b:{p:sam}:person", "record") == before


async def test_one_damaged_leader_is_named_with_key_and_field(store: RedisStore) -> None:
    await store.leaders.change("g7", "sam", lambda _: SAM_AT_THE_TRUST)
    await store.connection.client.hset("b:{g:g7}:leaders", "jo", "{broken")
    with pytest.raises(BadRecord, match=r"^b:\{g:g7\}:leaders jo can't be read as a leader"):
        await store.leaders.all("g7")
    assert await store.leaders.get("g7", "sam") == SAM_AT_THE_TRUST


async def test_what_a_newer_between_wrote_is_never_written_over(store: RedisStore) -> None:
    newer = b'{"v":9,"d":{"name":"Sam of the future"}}'
    await store.connection.client.hset("b:{p:sam}:person", "record", newer)
    with pytest.raises(BadRecord, match="newer Between"):
        await store.people.change("sam", lambda _: SAM)
    assert await store.connection.client.hget("b:{p:sam}:person", "record") == newer


async def test_a_key_of_a_wrong_kind_is_named(store: RedisStore) -> None:
    await store.connection.client.set("b:{g:g7}:leaders", "somebody else's")
    with pytest.raises(BadRecord, match=r"b:\{g:g7\}:leaders holds something that Between did not write"):
        await store.leaders.all("g7")
