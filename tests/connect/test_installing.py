"""Installing by OAuth, with Bolt's own flow: what is saved, who is let in, and what the browser says when not."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from yarl import URL

from bot.app import Between
from bot.slack.oauth import REASONS
from bot.usecases.installation import invite
from bot.views.installation import failed_page
from tests.connect.conftest import CHARITY, COUNCIL, HOSPITALS, Browser
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


async def kept(stage: Stage) -> set[str]:
    return {key for key, one in (await stage.bot.deps.store.installations.all()).items() if one.active}


async def test_jo_installs_between_and_reads_that_it_is_there(stage: Stage, browser: Browser) -> None:
    page = await browser.install("U0JO")
    assert (browser.status, "Between is in Riverside Hospitals Trust" in page) == (200, True)
    assert "Home now work for people of Riverside Hospitals Trust." in page
    stored = await stage.bot.deps.store.installations.get(HOSPITALS)
    given = stage.pg.world.app("Between").installs[HOSPITALS]
    assert stored is not None
    assert (stored.tokens.bot, stored.bot_user_id, stored.bot_id, stored.installed_by) == (
        given.bot_token,
        given.bot_user_id,
        given.bot_id,
        "U0JO",
    )
    assert await stage.bot.book.tokens(HOSPITALS) == given.bot_token


async def test_slack_is_asked_once_who_we_are_there(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    await stage.gather("Jo")
    for _ in range(3):
        await stage.person("Jo").command("/plate", where="young-carers")
        await stage.person("Jo").close(everything=True)
    asked = [call for call in stage.pg.world.traffic.log if getattr(call, "method", "") == "auth.test"]
    assert len(asked) == 2, "once at the start for the council, once for the hospitals"


async def test_who_presses_cancel_reads_that_nothing_was_saved(stage: Stage, browser: Browser) -> None:
    page = await browser.come_back(await browser.decide(await browser.begin(), "U0JO", "cancel"))
    assert "Between was not installed" in page
    assert "Nothing was saved." in page
    assert await kept(stage) == {COUNCIL}


async def test_a_state_of_somebody_elses_is_refused(stage: Stage, browser: Browser) -> None:
    asked = await browser.begin()
    page = await browser.come_back(await browser.decide(asked | {"state": "forged"}, "U0JO"))
    assert (browser.status, "Begin in this browser" in page) == (400, True)
    assert await kept(stage) == {COUNCIL}


async def test_another_browser_can_not_end_what_sams_began(stage: Stage, browser: Browser) -> None:
    address = await browser.decide(await browser.begin(), "U0JO")
    await browser.begin()  # with a cookie of its own
    assert "Begin in this browser" in await browser.come_back(address)
    assert await kept(stage) == {COUNCIL}


async def test_the_same_way_back_works_once(stage: Stage, browser: Browser) -> None:
    address = await browser.decide(await browser.begin(), "U0JO")
    assert "Between is in" in await browser.come_back(address)
    assert "That link has been used" in await browser.come_back(address)
    assert browser.status == 401


@pytest.mark.parametrize("cookie", ["kept", "gone"])
async def test_who_loads_the_last_page_again_reads_that_it_is_there(
    stage: Stage, browser: Browser, cookie: str
) -> None:
    """The cookie goes with the first answer."""
    address = await browser.decide(await browser.begin(), "U0JO")
    assert "Between is in" in await browser.come_back(address)
    browser.cookie = browser.cookie if cookie == "kept" else {}
    page = await browser.come_back(address)
    assert "If this page told you that your workspace has Between now, it has" in page
    assert "Nothing was saved" not in page
    assert await kept(stage) == {COUNCIL, HOSPITALS}


async def test_of_two_who_come_back_at_once_with_one_state_one_installs(stage: Stage, browser: Browser) -> None:
    address = await browser.decide(await browser.begin(), "U0JO")
    pages = await asyncio.gather(*(browser.come_back(address) for _ in range(2)))
    assert sorted("Between is in" in page for page in pages) == [False, True]


async def test_a_code_that_was_used_is_refused(stage: Stage, browser: Browser) -> None:
    used = await browser.decide(await browser.begin(), "U0JO")
    code = used.split("code=")[1].split("&")[0]
    assert "Between is in" in await browser.come_back(used)
    fresh = await browser.decide(await browser.begin(), "U0JO")
    again = fresh.replace(fresh.split("code=")[1].split("&")[0], code)
    page = await browser.come_back(again)
    assert (browser.status, "Slack did not take the code" in page) == (401, True)


async def test_a_code_older_than_ten_minutes_is_refused(stage: Stage, browser: Browser) -> None:
    address = await browser.decide(await browser.begin(), "U0JO")
    stage.clock.advance(timedelta(minutes=11))
    page = await browser.come_back(address)
    assert "Slack did not take the code" in page
    assert await kept(stage) == {COUNCIL}


async def test_a_state_older_than_ten_minutes_is_refused(stage: Stage, browser: Browser) -> None:
    """Redis ends it by its own clock; here it is made to."""
    address = await browser.decide(await browser.begin(), "U0JO")
    redis = stage.bot.deps.store.connection.client  # type: ignore[attr-defined]
    for key in [key async for key in redis.scan_iter(match="b:{t:*}:state")]:
        assert 0 < await redis.ttl(key) <= 600
        await redis.pexpire(key, 1)
    await asyncio.sleep(0.01)
    assert "That link has been used" in await browser.come_back(address)


async def test_without_a_code_there_is_nothing_to_go_on_with(stage: Stage, browser: Browser) -> None:
    address = await browser.decide(await browser.begin(), "U0JO")
    state = address.split("state=")[1].split("&")[0]
    page = await browser.come_back(f"{browser.ours}/slack/oauth_redirect?state={state}")
    assert "Slack sent nothing to go on with" in page


async def test_a_workspace_that_nobody_allowed_leaves_nothing_behind(stage: Stage, browser: Browser) -> None:
    page = await browser.install("U0AOIFE")
    assert (browser.status, "Your workspace is not invited yet" in page) == (403, True)
    assert await stage.bot.deps.store.installations.get(CHARITY) is None
    assert CHARITY not in stage.pg.world.app("Between").installs, "it has left again"


async def test_an_invitation_lets_one_workspace_in_once(stage: Stage, browser: Browser) -> None:
    await invite(stage.bot.deps.store, "k3tt1e")
    assert "Between is in Young Carers Together" in await browser.install("U0AOIFE", "k3tt1e")
    stage.pg.world.uninstall("Between", CHARITY)
    await stage.settle()
    assert "not invited yet" in await browser.install("U0AOIFE", "k3tt1e")


async def test_an_invitation_is_not_used_up_by_pressing_cancel(stage: Stage, browser: Browser) -> None:
    await invite(stage.bot.deps.store, "k3tt1e")
    await browser.come_back(await browser.decide(await browser.begin("k3tt1e"), "U0AOIFE", "cancel"))
    assert "Between is in" in await browser.install("U0AOIFE", "k3tt1e")


async def test_who_makes_an_invitation_up_is_not_let_in(stage: Stage, browser: Browser) -> None:
    assert "not invited yet" in await browser.install("U0AOIFE", "guessed")


async def test_a_workspace_that_has_us_may_install_us_again_for_new_scopes(stage: Stage, browser: Browser) -> None:
    await browser.install("U0JO")
    assert "Between is in" in await browser.install("U0PRIYA")
    stored = await stage.bot.deps.store.installations.get(HOSPITALS)
    assert stored is not None
    assert stored.installed_by == "U0PRIYA"


@pytest.mark.slow
async def test_another_process_knows_a_new_workspace_at_its_first_word(
    stage: Stage, browser: Browser, beside: Between
) -> None:
    await browser.install("U0JO")
    await asyncio.sleep(1.1)  # it has just read, and asks of a workspace it does not know once a second
    token = stage.pg.world.app("Between").installs[HOSPITALS].bot_token
    assert await beside.book.tokens(HOSPITALS) == token


async def test_the_page_says_to_nobody_where_it_was_opened_from(stage: Stage, browser: Browser) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{browser.ours}/slack/oauth_redirect?error=x") as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Slack did not let Between in" in await answer.text()


async def test_who_opens_the_page_again_and_again_fills_no_store(stage: Stage, browser: Browser) -> None:
    assert stage.bot.oauth is not None
    now_s = asyncio.get_running_loop().time()
    stage.bot.oauth._begun_s.extend([now_s] * 600)
    async with browser.http.get(f"{browser.ours}/slack/install", allow_redirects=False) as answer:
        assert (answer.status, "Too many at once" in await answer.text()) == (429, True)


def test_every_reason_has_its_sentences() -> None:
    plain = failed_page("something else")
    assert all(failed_page(reason) != plain for reason in REASONS)


@pytest.mark.parametrize("page", ["install", "oauth_redirect"])
@pytest.mark.parametrize("value", ["%C2%8A", "%00", "%2500", "%0D%0ASet-Cookie:%20x=1", "a%26state%3Dmine"])
async def test_what_no_header_and_no_address_can_hold_is_refused_in_a_sentence(
    browser: Browser, page: str, value: str
) -> None:
    address = URL(f"{browser.ours}/slack/{page}?team={value}&state=x&code=y", encoded=True)
    async with browser.http.get(address) as answer:
        assert answer.status == 400
        assert "Between was not installed" in await answer.text()
