"""Somebody objected to Wei's second account: it is cut off, and what was put together meanwhile stays hers. Nobody
can tell any more whose it was, so both accounts read first that it can't be taken apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.identity import with_account
from tests.connect.two_accounts import OTHER, code_of, enters, group, one_person, people, says_yes
from tests.stage import Stage
from tests.stories.erasing import erase

__all__ = ["group"]
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

FLATS, HEATING, FOR_HER = "Two flats stand empty", "The heating is mended", "I sleep badly."


async def jo_objects(stage: Stage) -> None:
    stage.clock.advance(timedelta(minutes=2))
    await stage.settle()
    await stage.person("Jo").press(stage.posts()[-1], "Object")
    await stage.settle()


async def data_of(stage: Stage, name: str) -> str:
    await stage.press_more(name, "Change my settings", "My data", "Read it here")
    shown = stage.modal(name)
    await stage.person(name).close(everything=True)
    return shown


async def test_each_reads_before_that_it_can_not_be_taken_apart(group: Stage) -> None:
    await group.press_more("Weiling", "Change my settings", "I have two accounts")
    assert "That can't be taken apart again." in group.modal("Weiling")
    await group.person("Weiling").close(everything=True)
    assert await enters(group, "Weiling", await code_of(group, "Wei")) is None
    await group.press_more("Wei", "Change my settings", "I have two accounts")
    assert "can't be taken apart again" in str(group.person("Wei").modal)
    await group.person("Wei").press_in_modal("That's me too")
    assert "what was put together stays with this one" in group.modal("Wei")


@pytest.mark.slow
async def test_what_both_had_said_stays_weis_and_who_was_cut_off_reads_none_of_it(group: Stage) -> None:
    await group.at("2026-11-25 12:00")
    await group.answer("Wei", organisation=FLATS, me=FOR_HER)
    await group.answer("Weiling", organisation=HEATING)
    await one_person(group)
    await jo_objects(group)
    kept = await data_of(group, "Wei")
    assert all(words in kept for words in (FLATS, HEATING, FOR_HER))
    await group.join("Weiling", "Millrace Housing")
    theirs = await data_of(group, "Weiling")
    assert not [words for words in (FLATS, HEATING, FOR_HER) if words in theirs]
    await group.at("2026-11-27 12:00")
    (digest,) = [post for post in group.posts() if "On our plates" in group.shown(post)]
    assert FLATS in group.shown(digest)


async def test_who_erases_herself_has_all_of_ours_deleted_in_both_her_accounts(group: Stage) -> None:
    await one_person(group)
    await group.press_more("Weiling", "Change my settings", "I have two accounts", "Write to me here")
    await group.person("Weiling").close(everything=True)
    await group.at("2026-11-25 12:00")
    assert (await people(group))["Wei"].reach.user_id == OTHER
    assert min(len(group.dms("Wei")), len(group.dms("Weiling"))) > 0
    await erase(group, "Weiling")
    await group.at("2026-11-25 13:00")
    assert [group.dms("Wei"), group.dms("Weiling")] == [[], []]


async def test_of_an_account_that_was_cut_off_nothing_of_ours_is_deleted(group: Stage) -> None:
    await one_person(group)
    await group.press_more("Weiling", "Change my settings", "I have two accounts", "Write to me here")
    await group.person("Weiling").close(everything=True)
    await jo_objects(group)
    await group.join("Weiling", "Millrace Housing")
    before = group.dms("Weiling")
    await erase(group, "Wei")
    await group.at("2026-11-24 13:00")
    assert group.dms("Wei") == []
    assert group.dms("Weiling") == before


async def test_the_channel_is_told_once_and_jo_can_object(group: Stage) -> None:
    await one_person(group)
    group.clock.advance(timedelta(minutes=2))
    await group.settle()
    told = group.posts()[-1]
    assert (
        "*Wei* @wei.zhang now answers from a second account: @weiling of a workspace without Between."
        in group.shown(told)
    )
    group.clock.advance(timedelta(minutes=20))
    await group.settle()
    assert sum("second account" in group.shown(one) for one in group.posts()) == 1
    await group.person("Jo").press(told, "Object")
    await group.settle()
    assert " objected: Wei @wei.zhang no longer answers from @weiling" in group.shown(told)
    wei = (await people(group))["Wei"]
    assert {one.user_id for one in wei.identities} == {"U0WEI"}
    assert wei.reach.user_id == "U0WEI"
    await group.person("Weiling").press(group.panel(), "Join")
    assert "Join the group" in group.modal("Weiling")  # as somebody new


async def test_who_objected_keeps_the_name_of_then_though_the_days_post_grows(group: Stage) -> None:
    await one_person(group)
    await jo_objects(group)
    told = group.posts()[-1]
    assert "Jo (Riverside Hospitals Trust) objected: Wei" in group.shown(told)
    await group.press_more("Jo", "Change my settings")
    assert await group.send("Jo", {"Your first name": "Jo-Lou"}) is None
    await group.press_more("Wei", "Change my settings", "Leave")
    await group.settle()
    shown = group.shown(next(one for one in group.posts() if one.ts == told.ts))
    assert "has left the group." in shown
    assert "Jo (Riverside Hospitals Trust) objected: Wei" in shown


async def test_who_was_objected_to_can_prove_it_again(group: Stage) -> None:
    await one_person(group)
    group.clock.advance(timedelta(minutes=2))
    await group.settle()
    await group.person("Jo").press(group.posts()[-1], "Object")
    await group.settle()
    code = await code_of(group, "Wei")
    await group.person("Weiling").press(group.panel(), "Join")
    await group.person("Weiling").press_in_modal("I have two accounts")
    assert await group.send("Weiling", {"The code from your other account": code}) is None
    await says_yes(group, "Wei")
    assert {one.user_id for one in (await people(group))["Wei"].identities} == {"U0WEI", OTHER}


async def test_an_objection_before_all_is_put_together_holds(group: Stage) -> None:
    """Within the half minute in which a look would have the account lead to her again."""
    await one_person(group)
    store, now = group.bot.deps.store, group.clock.now()
    (group_id,) = await store.index.groups()
    (one,) = (await store.groups.get(group_id)).second_accounts
    jo = (await people(group))["Jo"].id
    await store.groups.change(group_id, lambda stored: with_account(stored, one.id, objected_by=jo))
    for _ in range(4):
        await store.due.look_at(group_id, group.clock.now())
        await group.settle()
        group.clock.advance(timedelta(seconds=40))
    assert {each.user_id for each in (await people(group))["Wei"].identities} == {"U0WEI"}
    assert now < group.clock.now()
