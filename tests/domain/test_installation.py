"""Which installation speaks where, when a token is renewed, and by when what is held must be gone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.domain.installation import (
    End,
    Installation,
    Leaving,
    Tokens,
    deadline,
    ended,
    found_for,
    installer_due,
    installer_seen,
    needs_renewal,
    purge_due,
    purge_on,
    renewed,
    speaking_in,
)

NOW = datetime(2026, 11, 27, 15, tzinfo=UTC)
"""A Friday."""
OWN = Installation(
    key="T1",
    name="Council",
    bot_id="B1",
    bot_user_id="U1",
    installed_at=NOW,
    installed_by="U9",
    tokens=Tokens(bot="x"),
)
WHOLE = replace(OWN, key="E1", org_wide=True, teams=("T1", "T2"))


def test_a_workspaces_own_comes_before_its_organisations() -> None:
    assert speaking_in([WHOLE, OWN], "T1") == OWN
    assert speaking_in([WHOLE, OWN], "T2") == WHOLE
    assert speaking_in([WHOLE, OWN], "T3") is None


def test_one_that_ended_speaks_nowhere_and_holds_no_token() -> None:
    gone = ended(OWN, End.REVOKED, NOW)
    assert (gone.tokens, gone.ended_at, gone.ended_by) == (Tokens(), NOW, End.REVOKED)
    assert speaking_in([gone], "T1") is None
    assert ended(gone, End.UNINSTALLED, NOW + timedelta(1)) == replace(gone, ended_by=End.UNINSTALLED)
    taken_out = ended(OWN, End.UNINSTALLED, NOW)
    assert ended(taken_out, End.REVOKED, NOW + timedelta(1)) == taken_out


def test_a_request_from_a_workspace_we_have_not_met_belongs_to_its_organisation() -> None:
    kept = {"T1": OWN, "E1": WHOLE}
    assert found_for(kept, "E1", "T7") == WHOLE
    assert found_for(kept, "E2", "T7") is None
    assert found_for(kept, None, "T1") == OWN


@pytest.mark.parametrize(
    ("left", "due"), [(timedelta(hours=3), False), (timedelta(hours=2), True), (-NOW.resolution, True)]
)
def test_a_token_is_renewed_from_two_hours_before_its_end(left: timedelta, due: bool) -> None:
    one = replace(OWN, tokens=Tokens(bot="x", refresh="r", expires_at=NOW + left))
    assert needs_renewal(one, NOW) is due


def test_a_token_that_does_not_end_is_never_renewed() -> None:
    assert not needs_renewal(OWN, NOW)


def test_what_was_had_for_an_older_refresh_token_is_not_kept() -> None:
    one = replace(OWN, tokens=Tokens(bot="x", refresh="r2"))
    assert renewed(one, "r1", Tokens(bot="late")) == one
    assert renewed(one, "r2", Tokens(bot="new")).tokens.bot == "new"
    assert renewed(ended(one, End.REVOKED, NOW), "", Tokens(bot="new")).tokens == Tokens()


def test_fourteen_business_days_after_a_friday_is_a_thursday_nearly_three_weeks_on() -> None:
    assert deadline(NOW) == date(2026, 12, 17)
    assert purge_on(NOW) == date(2026, 12, 10)


def test_it_is_purged_once_and_not_before_its_day() -> None:
    gone = ended(OWN, End.UNINSTALLED, NOW)
    assert not purge_due(gone, datetime(2026, 12, 9, 23, tzinfo=UTC))
    assert purge_due(gone, datetime(2026, 12, 10, 1, tzinfo=UTC))
    assert not purge_due(replace(gone, purged_at=NOW), datetime(2026, 12, 11, tzinfo=UTC))


def test_who_installed_it_is_looked_at_once_a_day() -> None:
    assert installer_due(OWN, NOW)
    seen = installer_seen(OWN, Leaving.GUEST, NOW)
    assert (seen.leaving, seen.leaving_since) == (Leaving.GUEST, NOW)
    assert not installer_due(seen, NOW + timedelta(hours=23))
    later = installer_seen(seen, Leaving.GUEST, NOW + timedelta(days=1))
    assert later.leaving_since == NOW
    assert installer_seen(later, None, NOW).leaving_since is None
