"""Somebody objected to Wei's second account: it is cut off, and what was put together meanwhile stays hers. Nobody
can tell any more whose it was, so both accounts read first that it can't be taken apart."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.connect.test_two_accounts import OTHER, code_of, enters, group, one_person, people
from tests.stage import Stage
from tests.stories.test_erase_me import erase

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
