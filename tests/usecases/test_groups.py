"""Groups and commitments among peers: done twice is done once, and nobody does anything for anybody else."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import CommitmentWords, FirstStep, ProgressWords, State
from bot.domain.groups import Connection, Preview
from bot.domain.problems import Problem, ProblemCode
from bot.usecases import channel, commitments, digest, groups, people
from bot.views.problem_sentences import said
from tests.usecases.conftest import GROUP, MONDAY, PLACE, House

WALK = CommitmentWords(what="Walk.", part="", first_step=FirstStep(), benefit="")


async def change_id(house: House) -> str:
    return max((await house.deps.store.changes.all(house.group_id)).values(), key=lambda c: (c.at, c.id)).id


async def test_set_up_twice_is_once_and_by_another_is_a_sentence(house: House) -> None:
    before = await house.outbox()
    assert (await house.set_up()).group.id == house.group_id
    assert await house.outbox() == before
    with pytest.raises(Problem, match=ProblemCode.GROUP_THERE_ALREADY):
        await house.set_up("Priya")


async def test_who_would_go_on_in_a_channel_that_another_group_took_reads_whose_it_is(house: House) -> None:
    group, store = (await house.snapshot()).group, house.deps.store
    new = replace(group.place, channel="C0TAKEN")
    other = replace(group, id="other", name="Warm homes", place=new, panel_at=MONDAY)
    await store.groups.change("other", lambda _: other)
    await store.index.put_group(new, "other")
    with pytest.raises(Problem) as told:
        await channel.go_on_in(house.deps, group, new, Connection(), None, MONDAY)
    assert said(told.value) == "This channel already has a group: Warm homes. Press Join under my message in it."
    assert (await house.snapshot()).group.place == group.place


async def test_who_would_go_on_in_a_channel_that_another_group_waits_for_is_promised_no_message(
    house: House,
) -> None:
    """It comes once whoever set that one up has looked at it, and not once it can."""
    group, store = (await house.snapshot()).group, house.deps.store
    new = replace(group.place, channel="C0TAKEN")
    other = replace(group, id="other", name="Warm homes", place=new, panel_at=None, preview=Preview())
    await store.groups.change("other", lambda _: other)
    await store.index.put_group(new, "other")
    with pytest.raises(Problem) as told:
        await channel.go_on_in(house.deps, group, new, Connection(), None, MONDAY)
    assert told.value.code is ProblemCode.PREVIEW_WAITS


async def test_two_set_the_same_channel_up_at_once_and_one_group_stands(house: House) -> None:
    await house.deps.store.connection.client.flushall()  # type: ignore[attr-defined]
    told = await asyncio.gather(*(house.set_up(name) for name in ("Sam", "Amir", "Wei")), return_exceptions=True)
    assert sum(isinstance(one, Problem) for one in told) == 2
    [snapshot] = [one for one in told if not isinstance(one, BaseException)]
    assert len(snapshot.active()) == 1


async def test_joining_twice_is_once_and_greeted_once(house: House) -> None:
    await house.look()
    before = await house.outbox()
    snapshot = await house.join("Jo", at=MONDAY + timedelta(hours=1))
    assert len(snapshot.active()) == 2
    await house.look(MONDAY + timedelta(hours=1))
    assert await house.outbox() == before + 1, "who speaks for whom"
    await people.leave(house.deps, await house.member("Jo"), MONDAY)
    assert len((await house.join("Jo", at=MONDAY + timedelta(days=1))).active()) == 2
    await house.look(MONDAY + timedelta(days=1))
    assert await house.outbox() == before + 2


async def test_the_same_person_joins_ten_times_at_once_and_is_there_once(house: House) -> None:
    await asyncio.gather(*(house.join("Amir") for _ in range(10)))
    assert [p.name for p in (await house.snapshot()).people.values()].count("Amir") == 1


async def test_an_objection_puts_it_back_and_twice_is_once(house: House) -> None:
    await groups.change_settings(house.deps, await house.member("Jo"), replace(GROUP, name="Carers"), MONDAY)
    change = await change_id(house)
    _, done = await groups.object_to(house.deps, await house.member("Sam"), change, MONDAY)
    assert (await groups.object_to(house.deps, await house.member("Jo"), change, MONDAY))[1] == done
    assert (await house.snapshot()).group.name == "Young carers"


async def test_two_who_object_at_once_have_both_been_heard(house: House) -> None:
    await groups.change_settings(house.deps, await house.member("Jo"), replace(GROUP, name="Carers"), MONDAY)
    change = await change_id(house)
    by = [await house.member(name) for name in ("Sam", "Jo")]
    told = await asyncio.gather(*(groups.object_to(house.deps, one, change, MONDAY) for one in by))
    assert [snapshot.group.name for snapshot, _ in told] == ["Young carers"] * 2
    assert len({done.objected_by for _, done in told}) == 1


async def test_an_objection_after_another_change_undoes_its_own_alone(house: House) -> None:
    await groups.change_settings(house.deps, await house.member("Jo"), replace(GROUP, name="Carers"), MONDAY)
    first = await change_id(house)
    to = date(2026, 12, 4)
    await groups.move_meeting(house.deps, await house.member("Sam"), date(2026, 12, 3), to, "15:00", MONDAY)
    for name in ("Sam", "Jo"):  # and twice is once
        await groups.object_to(house.deps, await house.member(name), first, MONDAY)
        group = (await house.snapshot()).group
        assert (group.name, group.rhythm.moved[0].to) == ("Young carers", to)


async def test_an_objection_after_the_same_was_changed_again_undoes_neither(house: House) -> None:
    """Be it to what it was before, or back once more."""
    names = ("Carers", "Young carers", "Carers")
    for minute, name in enumerate(names):
        at = MONDAY + timedelta(minutes=minute)
        await groups.change_settings(house.deps, await house.member("Jo"), replace(GROUP, name=name), at)
        first = (await house.snapshot()).group.changes[0]
        if minute:
            with pytest.raises(Problem, match=ProblemCode.CHANGED_SINCE):
                await groups.object_to(house.deps, await house.member("Sam"), first, at)
            assert (await house.snapshot()).group.name == name


async def test_a_change_nobody_knows_and_a_stranger_who_objects(house: House) -> None:
    with pytest.raises(Problem, match=ProblemCode.CHANGE_GONE):
        await groups.object_to(house.deps, await house.member("Sam"), "nowhere", MONDAY)
    with pytest.raises(Problem, match=ProblemCode.NOT_JOINED):
        await groups.object_to(house.deps, await house.member("Amir"), "nowhere", MONDAY)


async def test_what_stands_already_is_told_to_nobody(house: House) -> None:
    before = await house.outbox()
    await groups.change_settings(house.deps, await house.member("Jo"), GROUP, MONDAY)
    assert await house.outbox() == before


async def test_two_change_the_settings_at_once_and_neither_overwrites_the_other_unseen(house: House) -> None:
    wishes = [replace(GROUP, name=name) for name in ("Carers", "Families")]
    jo = await house.member("Jo")
    told = await asyncio.gather(
        *(groups.change_settings(house.deps, jo, wish, MONDAY) for wish in wishes),
        return_exceptions=True,
    )
    failed = [one for one in told if isinstance(one, BaseException)]
    assert all(isinstance(one, Problem) and one.code is ProblemCode.CHANGED_MEANWHILE for one in failed)
    assert (await house.snapshot()).group.name in ("Carers", "Families")


async def test_nobody_speaks_for_anothers_commitment(house: House) -> None:
    await commitments.add(house.deps, await house.member("Sam"), "c1", WALK, MONDAY)
    words = ProgressWords(state=State.DONE, note="", noticed="")
    with pytest.raises(Problem, match=ProblemCode.NOT_TENDED):
        await commitments.say(house.deps, await house.member("Jo"), "c1", words, MONDAY)
    with pytest.raises(Problem, match=ProblemCode.NOT_ITS_MAKER):
        await commitments.add(house.deps, await house.member("Jo"), "c1", WALK, MONDAY)
    with pytest.raises(Problem, match=ProblemCode.NOT_JOINED):
        await commitments.join_in(house.deps, await house.member("Amir"), "c1", MONDAY)
    with pytest.raises(Problem, match=ProblemCode.COMMITMENT_GONE):
        await commitments.offer_help(house.deps, await house.member("Jo"), "c9", MONDAY)


async def test_a_commitment_sent_twice_is_made_once(house: House) -> None:
    for _ in range(2):
        await commitments.add(house.deps, await house.member("Jo"), "c1", WALK, MONDAY)
    kept = (await house.snapshot()).commitments
    assert [len(c.history) for c in kept.values()] == [1]


async def test_thirty_join_in_at_once_and_each_is_there(house: House) -> None:
    await commitments.add(house.deps, await house.member("Sam"), "c1", WALK, MONDAY)
    names = [f"Leader{n}" for n in range(30)]
    await asyncio.gather(*(house.join(name) for name in names))
    members = [await house.member(name) for name in names]
    await asyncio.gather(*(commitments.join_in(house.deps, one, "c1", MONDAY) for one in members))
    kept = await house.deps.store.commitments.get(house.group_id, "c1")
    assert kept is not None
    assert len(set(kept.tenders)) == 31


async def test_a_group_nobody_is_left_in_has_no_digest_and_says_so(house: House) -> None:
    round = await house.round()
    snapshot = await house.snapshot()
    for name in ("Sam", "Jo"):
        await people.leave(house.deps, await house.member(name), MONDAY)
    empty = replace(snapshot, leaders=await house.deps.store.leaders.all(house.group_id))
    assert empty.active() == {}
    assert await digest.draw(house.deps.store, empty, round, round.digest_at) is None
    with pytest.raises(Problem, match=ProblemCode.DIGEST_NONE_YET):
        digest.last(empty)


async def test_a_channel_that_gets_another_id_keeps_its_group(house: House) -> None:
    """As Slack does when a private channel is shared: no second group is set up in it."""
    new = replace(PLACE, channel="C9")
    await channel.moved(house.deps, PLACE, new, "1795424400.000100", MONDAY)
    found = await groups.group_in(house.deps.store, new)
    assert found
    assert (found.id, found.place) == (house.group_id, new)
