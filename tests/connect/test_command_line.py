"""`between installations` and `between invite-workspace`: what whoever runs the server reads."""

from __future__ import annotations

import re

import pytest

from bot.doctor import examine, installed_in, invitation, store
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def test_each_workspace_has_a_line_and_no_token_is_in_it(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    assert await installed_in(stage.bot.settings) == [
        f"{COUNCIL}  Riverside Council; token in the settings",
        f"{HOSPITALS}  Riverside Hospitals Trust; installed 2026-11-23 by U0JO",
    ]


async def test_one_that_took_us_out_says_what_is_deleted_when(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    stage.pg.world.uninstall("Between", HOSPITALS)
    await stage.settle()
    assert (await installed_in(stage.bot.settings))[-1] == (
        f"{HOSPITALS}  Riverside Hospitals Trust; installed 2026-11-23 by U0JO; taken out 2026-11-23, "
        f"token "
        "deleted then; the rest will be by 2026-12-04 (Slack allows 2026-12-11)"
    )


async def test_the_doctor_says_where_we_are_and_who_took_us_out(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    found = [str(one) for one in await store.redis(stage.bot.settings, stage.clock.now)]
    assert "ok    Installed in: T0RIVER Riverside Council, T0TRUST Riverside Hospitals Trust" in found
    stage.pg.world.uninstall("Between", HOSPITALS)
    await stage.settle()
    found = [str(one) for one in await store.redis(stage.bot.settings, stage.clock.now)]
    assert [one for one in found if one.startswith("note  T0TRUST")]


async def test_an_invitation_is_a_link_that_works_once(stage: Stage, browser: Browser) -> None:
    words = await invitation(stage.bot.settings)
    link = words.splitlines()[0]
    assert link.startswith(f"{browser.ours}/slack/install?invitation=")
    (code,) = re.findall(r"invitation=([0-9a-f]{24})$", link)
    assert "Between is in" in await browser.install("U0AOIFE", code)


async def test_the_doctor_says_at_which_address_browsers_must_find_the_pages(stage: Stage) -> None:
    found = [str(one) for one in await examine(lambda: stage.bot.settings, stage.clock.now)]
    (told,) = [one for one in found if one.startswith("note  Browsers")]
    pages = f"http://127.0.0.1:{stage.bot.port}/slack"
    assert f"{pages}/install and {pages}/oauth_redirect as {stage.bot.settings.between_url}" in told


async def test_the_doctor_asks_slack_about_each_workspaces_token(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    found = [str(one) for one in await examine(lambda: stage.bot.settings, stage.clock.now)]
    assert "ok    The token of T0TRUST Riverside Hospitals Trust is taken" in found
    given = stage.pg.world.app("Between").installs[HOSPITALS]
    stage.pg.world.revoked[given.bot_token] = "account_inactive"
    found = [str(one) for one in await examine(lambda: stage.bot.settings, stage.clock.now)]
    assert (
        "mend  Slack does not take the token of T0TRUST Riverside Hospitals Trust (account_inactive). Install "
        "Between "
        "there again."
    ) in found
