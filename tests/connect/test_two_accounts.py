"""Wei is a guest of the council, and has an account of her own elsewhere: a code proves that both are she."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.ledger import asks_of
from bot.usecases import second_account
from playground import installs
from playground.people import User
from tests.connect.conftest import COUNCIL
from tests.connect.two_accounts import OTHER, code_of, enters, group, leaders, one_person, people, says_yes
from tests.stage import Stage

__all__ = ["group"]

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def test_two_accounts_are_one_leader(group: Stage) -> None:
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]
    await one_person(group)
    assert await leaders(group) == ["Jo", "Sam", "Wei"]
    wei = (await people(group))["Wei"]
    assert {one.user_id for one in wei.identities} == {"U0WEI", OTHER}


async def test_after_half_a_minute_nothing_is_kept_of_the_second(group: Stage) -> None:
    before = (await people(group))["Weiling"].id
    store, asked = group.bot.deps.store, (before, asks_of("2026-W48"))
    assert await store.allowance.take(*asked, "ask:a1", 1)
    await one_person(group)
    group.clock.advance(timedelta(minutes=1))
    await group.settle()
    assert set(await people(group)) == {"Sam", "Wei", "Jo"}
    assert await store.index.groups_ever(before) == []
    assert await store.allowance.taken([asked]) == {asked: frozenset()}
    (found,) = (await store.groups.many(await store.index.groups())).values()
    assert found.joining == {}


async def test_what_both_said_is_one_plate_and_they_are_asked_once(group: Stage) -> None:
    await group.at("2026-11-25 12:00")
    await group.answer("Wei", organisation="Two flats stand empty")
    await group.answer("Weiling", organisation="The heating is mended")
    await one_person(group)
    await group.at("2026-11-27 12:00")
    (digest,) = [post for post in group.posts() if "On our plates" in group.shown(post)]
    assert group.shown(digest).count("Millrace Housing") == 1
    assert "Two flats stand empty" in group.shown(digest)
    assert "The heating is mended" in group.shown(digest)


async def test_a_button_in_the_other_accounts_messages_still_works(group: Stage) -> None:
    await group.at("2026-11-25 12:00")
    await one_person(group)
    await group.answer("Weiling", organisation="The heating is mended")
    await group.at("2026-11-27 12:00")
    assert [post for post in group.posts() if "The heating is mended" in group.shown(post)]


async def test_what_she_typed_in_the_other_account_is_declined_there_still(group: Stage) -> None:
    group.let_them_type()
    await group.at("2026-11-25 12:00")
    await group.type("Weiling", "Ring the housing lead")
    asked = group.newest("Weiling", "[No]")
    await one_person(group)
    await group.person("Weiling").press(asked, "No")
    await group.settle()
    assert "[No]" not in group.shown(asked)
    assert group.notes("Weiling") == []


@pytest.mark.slow
async def test_only_one_account_is_written_to_and_she_chooses_which(group: Stage) -> None:
    await one_person(group)
    before = len(group.sent("Weiling"))
    await group.at("2026-11-25 12:00")
    assert len(group.sent("Weiling")) == before
    await group.press_more("Weiling", "Change my settings", "I have two accounts", "Write to me here")
    await group.person("Weiling").close(everything=True)
    assert (await people(group))["Wei"].reach.user_id == OTHER
    await group.at("2026-12-02 12:00")
    assert len(group.sent("Weiling")) > before


async def test_where_the_account_she_is_written_to_is_closed_the_other_takes_its_place(group: Stage) -> None:
    await one_person(group)
    group.pg.world.users["U0WEI"].deleted = True
    await group.at("2026-11-26 12:00")
    assert (await people(group))["Wei"].reach.user_id == OTHER
    assert "Wei" in await leaders(group)


@pytest.mark.slow
async def test_who_leaves_the_channel_with_one_account_is_in_it_with_the_other(group: Stage) -> None:
    await one_person(group)
    await group.person("Wei").leave("young-carers")
    await group.settle()
    await group.at("2026-11-25 12:00")
    assert not [text for text in group.sent("Wei") + group.sent("Weiling") if "no longer in its channel" in text]
    await group.answer("Weiling", organisation="The heating is mended")


async def test_slack_tells_that_one_account_was_closed_and_she_is_a_leader_still(group: Stage) -> None:
    await one_person(group)
    installs.desert(group.pg.world, group.pg.world.users["U0WEI"])
    await group.settle()
    await group.settle()
    assert "Wei" in await leaders(group)
    assert (await people(group))["Wei"].reach.user_id == OTHER


async def test_a_code_is_good_for_once(group: Stage) -> None:
    code = await code_of(group, "Wei")
    assert await enters(group, "Weiling", code) is None
    await says_yes(group, "Wei")
    refused = await enters(group, "Jo", code)
    assert refused is not None
    assert "is not one of mine, or it was used" in refused["code"]
    assert "Jo" in await leaders(group)


async def test_the_account_that_shows_a_code_cant_enter_it(group: Stage) -> None:
    refused = await enters(group, "Wei", await code_of(group, "Wei"))
    assert refused == {"code": "That code was shown in this account. Enter it in your other one."}


async def test_five_wrong_codes_are_enough_for_ten_minutes(group: Stage) -> None:
    for _ in range(5):
        refused = await enters(group, "Jo", "AAAA-AAAA")
        assert refused is not None
        assert "not one of mine" in refused["code"]
    refused = await enters(group, "Jo", await code_of(group, "Wei"))
    assert refused is not None
    assert "fifth try" in refused["code"]


async def test_somebody_who_has_not_joined_is_taken_in_by_the_code_of_their_other_account(group: Stage) -> None:
    group.pg.world.users["U0JOTOO"] = User("U0JOTOO", COUNCIL, "jojo", "Jojo Lindqvist", is_restricted=True)
    group.pg.world.channel("young-carers").members.append("U0JOTOO")
    code = await code_of(group, "Jo")
    await group.person("Jojo").press(group.panel(), "Join")
    await group.person("Jojo").press_in_modal("I have two accounts")
    assert await group.send("Jojo", {"The code from your other account": code}) is None
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]
    assert "U0JOTOO" not in {one.user_id for one in (await people(group))["Jo"].identities}
    await says_yes(group, "Jo", of="Your code was entered by @jojo of Riverside Council")
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]
    assert {one.user_id for one in (await people(group))["Jo"].identities} == {"U0JO", "U0JOTOO"}


async def test_nothing_is_put_together_before_the_first_account_says_yes(group: Stage) -> None:
    assert await enters(group, "Weiling", await code_of(group, "Wei")) is None
    group.clock.advance(timedelta(minutes=2))
    await group.settle()
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]


async def test_the_account_and_its_workspace_are_named_before_the_yes(group: Stage) -> None:
    assert await enters(group, "Weiling", await code_of(group, "Wei")) is None
    await group.press_more("Wei", "Change my settings", "I have two accounts")
    assert "entered by @weiling of a workspace without Between" in group.modal("Wei")


async def test_back_in_the_form_that_showed_the_code_she_sees_whether_it_was_entered(group: Stage) -> None:
    await group.press_more("Wei", "Change my settings", "I have two accounts", "Show a code")
    line = next(one for one in group.modal("Wei").splitlines() if "-" in one and one.strip("* ").isupper())
    await group.person("Wei").press_in_modal("I've entered it")
    assert "Nobody has entered it yet." in group.modal("Wei")
    assert line in group.modal("Wei")
    assert await enters(group, "Weiling", line.strip("* ")) is None
    await group.person("Wei").press_in_modal("I've entered it")
    await group.person("Wei").press_in_modal("That's me too")
    assert "Both accounts are you now." in group.modal("Wei")
    await group.settle()
    assert await leaders(group) == ["Jo", "Sam", "Wei"]


async def test_who_says_that_it_was_not_them_stays_who_they_were(group: Stage) -> None:
    assert await enters(group, "Jo", await code_of(group, "Wei")) is None
    await group.press_more("Wei", "Change my settings", "I have two accounts", "Not me")
    assert "Nothing was put together" in group.modal("Wei")
    await group.person("Wei").close(everything=True)
    await group.settle()
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]
    await group.press_more("Wei", "Change my settings", "I have two accounts")
    assert "That's me too" not in group.modal("Wei")


async def test_a_yes_after_ten_minutes_is_to_nobody(group: Stage) -> None:
    """The question is gone by Redis's own clock, so here it is taken away."""
    assert await enters(group, "Weiling", await code_of(group, "Wei")) is None
    await group.press_more("Wei", "Change my settings", "I have two accounts")
    store = group.bot.deps.store
    await store.tickets.redeem("second", (await people(group))["Wei"].id)
    await group.person("Wei").press_in_modal("That's me too")
    assert "answered already" in group.modal("Wei")
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]


async def test_a_yes_is_to_the_account_that_was_shown_and_no_other(group: Stage) -> None:
    assert await enters(group, "Weiling", await code_of(group, "Wei")) is None
    await group.press_more("Wei", "Change my settings", "I have two accounts")
    store, wei = group.bot.deps.store, (await people(group))["Wei"]
    await second_account.show_code(store, wei.id, "ABCDEFGH")
    jo = (await people(group))["Jo"].identities[0]
    await second_account.enter_code(group.bot.deps, jo, "ABCDEFGH")
    await group.person("Wei").press_in_modal("That's me too")
    assert "answered already" in group.modal("Wei")
    assert await leaders(group) == ["Jo", "Sam", "Wei", "Weiling"]


async def test_a_yes_that_comes_twice_is_one(group: Stage) -> None:
    await one_person(group)
    await group.again("Wei")
    group.clock.advance(timedelta(minutes=2))
    await group.settle()
    assert await leaders(group) == ["Jo", "Sam", "Wei"]
    assert sum("second account" in group.shown(one) for one in group.posts()) == 1
