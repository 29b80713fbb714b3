"""Who somebody is in Slack, and what they may have, take along or erase."""

from __future__ import annotations

from msgspec.structs import replace

from bot.domain.hold import Hold
from bot.domain.identity import Entered, with_identity
from bot.domain.items import Item, What
from bot.domain.people import DataRequest, Person, SlackIdentity
from bot.domain.second_account import SecondAccount
from bot.domain.shared import SHARED
from bot.ports import View
from bot.views import (
    data_link,
    erasure,
    identity,
    organisation_data,
    personal_data,
    second_account,
    words,
)
from tests.views.screens.shared import (
    Draw,
)
from tests.views.typed import NOW, Scene


def _of_two_accounts(person: Person) -> Person:
    return with_identity(person, SlackIdentity(team_id="T2", user_id="Up9"))


def _entered(workspace: str) -> Entered:
    return Entered(id="e1", who=SlackIdentity(team_id="T2", user_id="Up9"), workspace=workspace)


def _proved(scene: Scene) -> SecondAccount:
    return SecondAccount(id="e1", at=NOW, person_id=scene.me.id, name=scene.me.name, team_id="T2", user_id="Up9")


def _my_data(s: Scene, number: int = 60) -> View:
    """One of each thing there may be of somebody, with whatever they typed."""
    items = [
        Item(what=what, text=(s.typed or "Beds.")[:3000], about=s.typed[:500], at=NOW, people=("p0", "gone"))
        for what in What
    ]
    found = [(s.snapshot.group.name, one) for one in items[:number]]
    rows = personal_data.rows(found, {"p0": s.me.name}, s.me, private=True)
    return personal_data.data_pages(s.snapshot.group.id, s.me.id, rows, NOW, s.me.zone, 1)


def _their_data(s: Scene) -> View:
    found = [(s.me.id, Item(what=what, text=(s.typed or "Beds.")[:3000], at=NOW)) for what in sorted(SHARED) * 4]
    rows = organisation_data.rows(s.snapshot, found, s.me)
    return organisation_data.pages(s.snapshot.group.id, s.me.id, rows, NOW, s.me.zone, 1)


SCREENS: dict[str, Draw] = {
    "data_link.link_sheet": lambda _: data_link.link_sheet("https://between.example/my-data/Q1w2-E3_r4"),
    "personal_data.data_form by a link too": lambda s: personal_data.data_form(s.snapshot, s.me, link=True),
    "personal_data.data_message by a link": lambda s: personal_data.data_message(
        s.snapshot, s.me, refused=True, link=True
    ),
    "identity.accounts_form": lambda s: identity.accounts_form("g1", s.me),
    "identity.accounts_form of somebody new": lambda _: identity.accounts_form("g1", None),
    "identity.accounts_form with a code": lambda s: identity.accounts_form(
        "g1", _of_two_accounts(s.me), "ABCDEFGH"
    ),
    "identity.accounts_form that nobody has entered": lambda s: identity.accounts_form(
        "g1", s.me, "ABCDEFGH", looked=True
    ),
    "identity.accounts_form that was entered": lambda s: identity.accounts_form(
        "g1", s.me, entered=_entered(s.snapshot.group.name)
    ),
    "identity.waits_for_yes": lambda _: identity.waits_for_yes("g1"),
    "identity.not_them": lambda _: identity.not_them("g1"),
    "second_account.announcement": lambda s: second_account.announcement(s.snapshot, _proved(s)),
    "second_account.announcement that was objected to": lambda s: second_account.announcement(
        s.snapshot, replace(_proved(s), objected_by=s.me.id)
    ),
    "identity.joined_up": lambda s: identity.joined_up(_of_two_accounts(s.me), "g1"),
    "identity.written_here": lambda s: identity.written_here(s.snapshot, s.me),
    "personal_data.data_form": lambda s: personal_data.data_form(s.snapshot, s.me),
    "personal_data.asked_sheet": lambda s: personal_data.asked_sheet(s.snapshot, s.me),
    "personal_data.data_pages": lambda s: _my_data(s),
    "personal_data.data_pages of one long thing": lambda s: _my_data(s, 1),
    "personal_data.data_message": lambda s: personal_data.data_message(s.snapshot, s.me),
    "personal_data.data_message without files": lambda s: personal_data.data_message(
        s.snapshot, s.me, refused=True
    ),
    "erasure.erase_form": lambda s: erasure.erase_form(s.snapshot.group.id, s.me, [s.snapshot.group] * 12),
    "erasure.erase_form under a legal hold": lambda s: erasure.erase_form(
        s.snapshot.group.id, s.me, [replace(s.snapshot.group, hold=Hold(since=NOW))] * 12
    ),
    "erasure.being_erased": lambda s: erasure.being_erased(words.one_line(s.snapshot.group.name, 600)),
    "erasure.wordless": lambda s: erasure.wordless(),  # noqa: ARG005
    "erasure.somebody_erased": lambda s: erasure.somebody_erased(),  # noqa: ARG005
    "erasure.hold_message": lambda s: erasure.hold_message(s.snapshot.group, lifted=False),
    "erasure.hold_message of one that is lifted": lambda s: erasure.hold_message(s.snapshot.group, lifted=True),
    "organisation_data.request_form": lambda s: organisation_data.request_form(s.snapshot, s.me, s.leader),
    "organisation_data.requested": lambda s: organisation_data.requested(s.snapshot, s.me, s.leader.organisation),
    "organisation_data.announcement": lambda s: organisation_data.announcement(
        s.snapshot, s.leader, DataRequest(at=NOW, organisation=s.leader.organisation)
    ),
    "organisation_data.message": lambda s: organisation_data.message(s.snapshot, s.me),
    "organisation_data.message without files": lambda s: organisation_data.message(s.snapshot, s.me, refused=True),
    "organisation_data.pages": lambda s: _their_data(s),
}
