"""Priya installed Between at the hospitals and leads nothing: what is kept of her is hers too."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.connect.conftest import COUNCIL, HOSPITALS, Browser
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def group(stage: Stage, browser: Browser) -> Stage:
    await browser.install("U0PRIYA")
    await stage.gather("Jo")
    return stage


async def home(stage: Stage, name: str) -> str:
    await stage.person(name).open_home()
    await stage.settle()
    return stage.home(name)


async def installers(stage: Stage) -> dict[str, str]:
    return {key: one.installed_by for key, one in (await stage.bot.deps.store.installations.all()).items()}


async def test_she_reads_on_home_what_is_kept_of_her_and_has_it_erased(group: Stage) -> None:
    kept = "*What I keep of you:* that you installed me in *Riverside Hospitals Trust*, nothing else."
    assert kept in await home(group, "Priya")
    await group.person("Priya").press_home("Erase that it was me")
    await group.settle()
    assert "What I keep of you" not in group.home("Priya")
    assert await installers(group) == {COUNCIL: "", HOSPITALS: ""}
    assert await group.bot.book.tokens(HOSPITALS), "it stays installed"


async def test_somebody_else_reads_of_no_installation_and_erases_none(group: Stage) -> None:
    """Also with the very user id that she has, of another workspace."""
    for name in ("Desmond", "Jo"):
        assert "What I keep of you" not in await home(group, name)
    world = group.pg.world
    world.users["U0PRIYA"].team_id = COUNCIL
    assert "What I keep of you" not in await home(group, "Priya")


async def test_once_she_leads_it_is_among_her_data(group: Stage) -> None:
    group.pg.world.channels["C0CARERS"].members.append("U0PRIYA")
    await group.join("Priya", "Riverside Hospitals Trust")
    await group.press_more("Priya", "Change my settings", "My data", "Read it here")
    assert "You installed Between in" in group.modal("Priya")


async def test_a_leader_with_an_installers_user_id_elsewhere_is_not_told_that_they_installed_it(
    group: Stage,
) -> None:
    store = group.bot.deps.store
    await store.installations.change(HOSPITALS, lambda one: one and replace(one, installed_by="U0SAM"))
    await group.press_more("Sam", "Change my settings", "My data", "Read it here")
    assert "You installed Between in" not in group.modal("Sam")
