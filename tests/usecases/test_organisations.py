"""Whom somebody speaks for, and what they are called, with two writers at once and in two groups."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.group_words import SetUpWords
from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership, Section
from bot.usecases import groups, organisations, people
from bot.usecases.snapshot import load_snapshot, require_member
from tests.usecases.conftest import GROUP, MONDAY, House, about, who

LATER = MONDAY + timedelta(minutes=20)


async def announced(house: House, post_id: str = "first", at: datetime = LATER) -> None:
    snapshot = await load_snapshot(house.deps.store, house.group_id)
    assert await organisations.draw(house.deps.store, snapshot, post_id, at)
    await organisations.announced(house.deps.store, house.group_id, post_id, at)


async def objecting(house: House, name: str) -> Membership:
    return await require_member(house.deps.store, who(name), house.group_id, Section.NAMES | Section.ORGANISATIONS)


async def spoken_for(house: House, name: str) -> str:
    return (await house.member(name)).leader.organisation


async def test_an_objection_puts_it_back_and_twice_at_once_is_once(house: House) -> None:
    await announced(house)
    await people.change_about(house.deps, await house.member("Jo"), about("Jo", "Council"), LATER)
    await announced(house, "second", LATER + timedelta(days=1))
    by = [await objecting(house, name) for name in ("Sam", "Jo")]
    told = await asyncio.gather(
        *(organisations.object_to(house.deps, one, "second", 0, LATER) for one in by), return_exceptions=True
    )
    assert not [one for one in told if isinstance(one, BaseException) and not isinstance(one, Problem)]
    assert sum(not isinstance(one, BaseException) for one in told) >= 1
    assert await spoken_for(house, "Jo") == "Trust"
    again = await organisations.object_to(house.deps, await objecting(house, "Sam"), "second", 0, LATER)
    assert again[1].lines[0].objected_by


async def test_an_objection_to_a_line_there_is_not_is_refused(house: House) -> None:
    await announced(house)
    for post_id, number in (("first", 9), ("another", 0)):
        with pytest.raises(Problem, match=ProblemCode.CHANGE_GONE):
            await organisations.object_to(house.deps, await objecting(house, "Sam"), post_id, number, LATER)


async def test_told_twice_or_half_way_is_as_once(house: House) -> None:
    """The bot died after the post was in Slack: what follows from it is done again."""
    await announced(house)
    await organisations.announced(house.deps.store, house.group_id, "first", LATER)
    snapshot = await load_snapshot(house.deps.store, house.group_id)
    assert await organisations.draw(house.deps.store, snapshot, "second", LATER) is None


async def test_who_changes_it_while_the_post_is_on_its_way_is_owed_the_next(house: House) -> None:
    store = house.deps.store
    snapshot = await load_snapshot(store, house.group_id)
    assert await organisations.draw(store, snapshot, "first", LATER)
    await people.change_about(house.deps, await house.member("Jo"), about("Jo", "Police"), LATER)
    await organisations.announced(store, house.group_id, "first", LATER)
    post = await organisations.draw(store, await load_snapshot(store, house.group_id), "second", LATER)
    assert post
    assert [(line.before, line.after) for line in post.lines] == [("Trust", "Police")]


async def second_group(house: House, name: str) -> str:
    words = SetUpWords(group=GROUP, name=name, organisation="Police")
    found = await groups.set_up(house.deps, who(name), Place(team_id="T1", channel="C2"), words, MONDAY)
    return found.group.id


async def test_a_new_name_must_be_free_in_every_group_of_theirs(house: House) -> None:
    other = await second_group(house, "Margaret")
    await people.join(house.deps, who("Jo"), "T1", other, about("Jo"), MONDAY)
    with pytest.raises(Problem, match=ProblemCode.NAME_TAKEN) as refused:
        await people.change_about(house.deps, await house.member("Jo"), about("margaret"), LATER)
    assert refused.value.field == "name"
    assert refused.value.about == {"name": "Margaret", "example": "Margaret H.", "group": "Young carers"}
    assert (await house.member("Jo")).person.name == "Jo"


async def test_who_joins_a_second_group_must_be_told_apart_there(house: House) -> None:
    other = await second_group(house, "Margaret")
    same = SlackIdentity(team_id="T1", user_id="U-Other")
    await people.join(house.deps, same, "T1", house.group_id, about("Margaret"), MONDAY)
    with pytest.raises(Problem, match=ProblemCode.NAME_TAKEN):
        await people.join(house.deps, same, "T1", other, about("Margaret"), MONDAY)
    await people.join(house.deps, same, "T1", other, about("Margaret Okoro"), MONDAY)


async def test_two_who_are_called_the_same_already_may_change_the_rest(house: House) -> None:
    """They joined before names were looked at."""
    await house.join("Jo-Ann")
    store = house.deps.store
    person_id = await store.index.person(who("Jo-Ann")) or ""
    await store.people.change(person_id, lambda stored: stored and replace(stored, name="Jo"))
    member = await house.member("Jo-Ann")
    await people.change_about(house.deps, member, about("Jo", "Police"), LATER)
    assert await spoken_for(house, "Jo-Ann") == "Police"
    with pytest.raises(Problem, match=ProblemCode.NAME_TAKEN):
        await people.change_about(house.deps, member, about("jo", "Police"), LATER)


async def test_of_five_who_join_under_one_name_at_once_one_is_in(house: House) -> None:
    joining = [
        people.join(house.deps, SlackIdentity(team_id="T1", user_id=f"U{n}"), "T1", house.group_id, named, MONDAY)
        for n, named in enumerate(about(name) for name in ("Wei", "wei", "WEI", "W\u0435i", "Wei "))
    ]
    told = await asyncio.gather(*joining, return_exceptions=True)
    refused = [one for one in told if isinstance(one, Problem)]
    assert all(one.code is ProblemCode.NAME_TAKEN for one in refused)
    snapshot = await house.snapshot()
    here = [snapshot.people[id_].name for id_ in snapshot.active()]
    assert len(here) == 3
    assert len(refused) == 4
    ids = [await house.deps.store.index.person(SlackIdentity(team_id="T1", user_id=f"U{n}")) for n in range(5)]
    groups_of = [await house.deps.store.index.groups_of(id_) for id_ in ids if id_]
    assert sum(house.group_id in each for each in groups_of) == 1


async def test_who_is_refused_so_is_called_elsewhere_as_before(house: House) -> None:
    """Jo, of another group, joins as Wei at the moment in which Wei does."""
    other = await second_group(house, "Jo-Ann")
    await people.join(house.deps, who("Jo-Ann"), "T1", other, about("Jo-Ann"), MONDAY)
    joining = [
        people.join(house.deps, who(name), "T1", house.group_id, about("Wei"), at)
        for name, at in (("Jo-Ann", LATER), ("Wei", MONDAY))
    ]
    refused, joined = await asyncio.gather(*joining, return_exceptions=True)
    assert isinstance(refused, Problem)
    assert not isinstance(joined, BaseException)
    person = await people.known(house.deps.store, who("Jo-Ann"))
    assert person
    assert person.name == "Jo-Ann"
