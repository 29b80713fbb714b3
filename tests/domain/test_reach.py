"""What somebody can use of Between is one pure function, tried over all there can be."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from bot.domain.groups import ChannelTrouble, Connection
from bot.domain.installation import Installation
from bot.domain.people import Account, Guest, Person, Reach, SlackIdentity
from bot.domain.reach import USABLE, Facts, Invite, Tie, Ways, Words, best_reach, facts_of, what_works
from tests.domain import young_carers
from tests.domain.reach import PAGE, page

BOTH = (False, True)
NAMES = ("own_installed", "external", "stranger", "in_channel", "shared", "refused")
ALL = [
    Facts(guest=guest, tie=tie, post_only=post_only, **dict(zip(NAMES, bits, strict=True)))
    for guest, tie, post_only, bits in itertools.product(
        Guest, Tie, (*BOTH, None), itertools.product(BOTH, repeat=len(NAMES))
    )
]


def everybody() -> list[tuple[Facts, Ways]]:
    return [(facts, what_works(facts)) for facts in ALL]


def test_every_combination_is_decided() -> None:
    assert len(ALL) == 3 * 6 * 3 * 2**6
    assert {ways.words for _, ways in everybody()} == set(Words)


def test_commands_and_home_are_never_promised_outside_a_workspace_that_installed_it() -> None:
    for facts, ways in everybody():
        assert ways.command == ways.shortcut == ways.home
        if ways.command:
            assert facts.own_installed, facts
            assert facts.guest is Guest.NO, facts


def test_who_can_use_nothing_but_reads_of_it_is_told_of_nothing_that_fails() -> None:
    for facts, ways in everybody():
        if ways.words is Words.ALL:
            assert all((ways.command, ways.dm, ways.button)), facts
        if ways.words is Words.BUTTONS:
            assert (ways.command, ways.dm, ways.button) == (False, True, True), facts
        if ways.words is Words.CONVERSATION:
            assert ways.dm, facts
        if ways.words is Words.CHANNEL:
            assert (facts.in_channel, facts.tie in USABLE, ways.dm) == (True, True, False), facts
        if ways.words is Words.COMMANDS:
            assert (ways.command, ways.button) == (True, False), facts
        assert (ways.words is Words.NOTHING) == (not ways.button and not ways.command), facts


def test_somebody_in_an_open_channel_always_has_its_buttons() -> None:
    for facts, ways in everybody():
        if facts.in_channel and facts.tie in USABLE and (facts.shared or not facts.external):
            assert ways.button, facts


def test_who_is_external_is_written_to_only_while_they_share_a_channel_or_have_a_bot_of_their_own() -> None:
    for facts, ways in everybody():
        here = facts.in_channel and facts.tie in USABLE and facts.shared
        if facts.external and not facts.own_installed and facts.stranger and not here:
            assert not ways.dm, facts
            assert not ways.group_dm, facts


def test_an_own_installation_keeps_a_conversation_whatever_becomes_of_the_channel() -> None:
    for facts, ways in everybody():
        if facts.own_installed and not facts.refused and facts.guest is not Guest.SINGLE:
            assert ways.dm, facts


def test_a_conversation_of_two_needs_no_less_than_one_alone() -> None:
    for facts, ways in everybody():
        assert ways.dm or not ways.group_dm, facts


def test_a_refused_message_is_no_way() -> None:
    for facts, ways in everybody():
        if facts.refused:
            assert not ways.dm, facts


def test_losing_something_never_gives_anything() -> None:
    """Of a way that works with the worse fact, it works with the better one too."""
    worse = {"own_installed": False, "stranger": True, "post_only": True, "in_channel": False, "shared": False}
    for facts, ways in everybody():
        for name, bad in (worse | {"refused": True}).items():
            lost = what_works(replace(facts, **{name: bad}))
            better = what_works(replace(facts, **{name: not bad}))
            for way in ("command", "shortcut", "home", "dm", "group_dm", "button", "invite"):
                assert getattr(better, way) or not getattr(lost, way), (facts, name, way)
        for way in ("command", "dm", "button", "invite"):
            guest = what_works(replace(facts, guest=Guest.SINGLE))
            multi = what_works(replace(facts, guest=Guest.MULTI))
            assert getattr(multi, way) or not getattr(guest, way), facts
        assert ways == what_works(facts)


def test_a_channel_with_another_id_is_as_good_as_before() -> None:
    for facts, ways in everybody():
        if facts.tie is Tie.OPEN:
            assert what_works(replace(facts, tie=Tie.MOVED)) == ways


def test_a_post_only_partner_can_do_everything_but_bring_the_bot_in() -> None:
    for facts, ways in everybody():
        assert replace(what_works(replace(facts, post_only=not facts.post_only)), invite=ways.invite) == ways
        if facts.external and facts.post_only:
            assert ways.invite is Invite.NO


def test_where_nobody_knows_whether_a_partner_may_only_post_either_answer_is_survived() -> None:
    """All works but bringing the bot in, whichever it is; and that is promised only where both would let them."""
    for facts, _ in everybody():
        unknown, may, may_not = (what_works(replace(facts, post_only=one)) for one in (None, False, True))
        assert replace(unknown, invite=may.invite) == may
        assert (unknown.invite is Invite.YES) == (may.invite is may_not.invite is Invite.YES), facts
        assert (unknown.invite is Invite.NO) == (may.invite is may_not.invite is Invite.NO), facts


def test_the_page_says_what_is_decided_now() -> None:
    assert page() in PAGE.read_text("utf-8"), "docs/connect.md is out of date: run make counts"


# -- how somebody is reached ---------------------------------------------------------------------

AT = datetime(2026, 11, 23, tzinfo=UTC)
IN_TRUST = SlackIdentity(team_id="TTRUST", user_id="UJO")
AS_GUEST = SlackIdentity(team_id="TRIVER", user_id="UJOGUEST")
OUTSIDE = SlackIdentity(team_id="TCARERS", user_id="UJOOUT")


def has(*teams: str) -> list[Installation]:
    return [Installation(key=team, name=team, bot_id="B", bot_user_id="U", installed_at=AT) for team in teams]


def jo(*identities: SlackIdentity, via: str, user: str, dm: str | None = "D1", write_to: str = "") -> Person:
    reach = Reach(via_team=via, user_id=user, dm_channel=dm)
    return Person(
        id="p", name="Jo", zone="UTC", nation="GB-ENG", identities=identities, reach=reach, write_to=write_to
    )


def test_her_own_workspaces_bot_writes_to_her_once_it_is_there() -> None:
    person = jo(IN_TRUST, via="TRIVER", user="UJO")
    assert best_reach(person, has("TRIVER", "TTRUST"), "TRIVER") == Reach(via_team="TTRUST", user_id="UJO")


def test_and_the_hosts_again_when_it_is_gone() -> None:
    person = jo(IN_TRUST, via="TTRUST", user="UJO")
    assert best_reach(person, has("TRIVER"), "TRIVER") == Reach(via_team="TRIVER", user_id="UJO")


def test_what_works_stays_with_its_conversation() -> None:
    for person in (jo(OUTSIDE, via="TRIVER", user="UJOOUT"), jo(IN_TRUST, via="TTRUST", user="UJO")):
        assert best_reach(person, has("TRIVER", "TTRUST"), "TRIVER") is person.reach


def test_who_closed_one_account_is_written_to_in_the_other() -> None:
    person = jo(IN_TRUST, AS_GUEST, via="TTRUST", user="UJO", write_to=IN_TRUST.key)
    closed = replace(person, accounts={IN_TRUST.key: Account(closed=True)})
    assert best_reach(closed, has("TRIVER", "TTRUST"), "TRIVER") == Reach(via_team="TRIVER", user_id="UJOGUEST")
    both = replace(closed, accounts={one.key: Account(closed=True) for one in person.identities})
    assert best_reach(both, has("TRIVER", "TTRUST"), "TRIVER") is both.reach


def test_where_nobody_could_write_to_her_nothing_moves() -> None:
    person = jo(OUTSIDE, via="TGONE", user="UJOOUT")
    assert best_reach(person, has(), "TRIVER") is person.reach


@pytest.mark.parametrize("chosen", [IN_TRUST, AS_GUEST, OUTSIDE])
def test_where_she_chose_comes_first(chosen: SlackIdentity) -> None:
    person = jo(IN_TRUST, AS_GUEST, OUTSIDE, via="TTRUST", user="UJO", write_to=chosen.key)
    assert best_reach(person, has("TRIVER", "TTRUST"), "TRIVER").user_id == chosen.user_id


def test_a_choice_of_an_account_that_is_hers_no_more_is_none() -> None:
    person = jo(IN_TRUST, via="TRIVER", user="UJOGUEST", write_to=AS_GUEST.key)
    assert best_reach(person, has("TRIVER", "TTRUST"), "TRIVER").user_id == "UJO"


@pytest.mark.parametrize("code", ["restricted_action", "is_archived", ""])
def test_a_channel_that_slack_calls_archived_is_that_whatever_it_refused_since(code: str) -> None:
    trouble = ChannelTrouble(code=code, since=AT, try_at=AT) if code else None
    group = replace(young_carers.group(), connection=Connection(archived=True, looked_at=AT), trouble=trouble)
    assert facts_of(jo(IN_TRUST, via="TTRUST", user="UJO"), group, has()).tie is Tie.ARCHIVED
