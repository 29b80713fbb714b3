"""Slack's own `/invite`, `/remove` and `/leave`, typed on the page: no rule of membership is got past with them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from playground.page import mount, render, seeing
from playground.people import User, Workspace
from playground.server import Playground
from playground.world import World


@dataclass
class Page:
    """The page of the three workspaces, and somebody to type on it."""

    pg: Playground
    http: aiohttp.ClientSession

    async def types(self, who: str, words: str, channel: str = "C0CARERS") -> str:
        """What the page says once somebody has sent `words`."""
        address = f"{self.pg.url}/do/{self.pg.world.user(who).id}/{channel}/say"
        async with self.http.post(address, data={"text": words}) as answer:
            said = await answer.text()
            assert answer.status == 200, said
            return said

    def members(self, channel: str = "C0CARERS") -> set[str]:
        return set(self.pg.world.channels[channel].members)


@pytest.fixture
async def page(world: World) -> AsyncIterator[Page]:
    """There is a fourth workspace, never connected, with Stan in it."""
    world.workspaces["T0FAR"] = Workspace("T0FAR", "Far")
    world.users["U0STAN"] = User("U0STAN", "T0FAR", "stan", "Stan Far")
    async with Playground(world, extra=[mount]) as pg, aiohttp.ClientSession() as http:
        yield Page(pg, http)


async def test_sam_brings_a_colleague_in_and_takes_him_out(page: Page) -> None:
    await page.types("Sam", "/invite @Desmond Clarke", "C0HOMES")
    assert "U0DESMOND" in page.members("C0HOMES")
    await page.types("Sam", "/remove @desmond.clarke", "C0HOMES")
    assert "U0DESMOND" not in page.members("C0HOMES")


async def test_nobody_can_bring_in_somebody_their_workspace_never_met(page: Page) -> None:
    assert "Nobody here is called @stan" in await page.types("Sam", "/invite @stan")
    assert "U0STAN" not in page.members()


async def test_nobody_is_brought_in_from_a_workspace_the_channel_does_not_connect(page: Page) -> None:
    assert "not connected to #homes" in await page.types("Sam", "/invite @Jo", "C0HOMES")
    assert "U0JO" not in page.members("C0HOMES")


@pytest.mark.parametrize("words", ["/invite @Tomasz", "/invite @Between", "/remove @Aoife"])
async def test_a_guest_can_change_nothing(page: Page, words: str) -> None:
    before = page.members()
    assert "Guests cannot" in await page.types("Wei", words)
    assert page.members() == before


@pytest.mark.parametrize("words", ["/invite @Tomasz", "/remove @Sam"])
async def test_partners_who_may_only_post_can_change_nothing(page: Page, words: str) -> None:
    page.pg.world.channels["C0CARERS"].post_only.append("T0CARERS")
    before = page.members()
    assert "may only post" in await page.types("Aoife", words)
    assert page.members() == before


async def test_an_external_leader_brings_and_takes_her_own_only(page: Page) -> None:
    assert "can only bring their own" in await page.types("Aoife", "/invite @Priya")
    assert "can only take their own" in await page.types("Aoife", "/remove @Desmond")
    await page.types("Aoife", "/invite @Tomasz")
    assert {"U0TOMASZ", "U0DESMOND"} <= page.members()
    assert "U0PRIYA" not in page.members()


async def test_each_brings_in_the_bot_of_their_own_workspace(page: Page) -> None:
    await page.types("Jo", "/invite @Between")
    assert "U0BETWEENT" in page.members()
    assert "not installed in Young Carers" in await page.types("Aoife", "/invite @Between")


async def test_a_channel_that_can_only_be_read_stays_as_it_is(page: Page) -> None:
    page.pg.world.channels["C0HOMES"].archived = True
    assert "can only be read" in await page.types("Sam", "/invite @Desmond", "C0HOMES")
    assert "U0DESMOND" not in page.members("C0HOMES")


@pytest.mark.parametrize(("who", "offered"), [("Sam", {"Jo", "Aoife"}), ("Aoife", {"Sam", "Tomasz"})])
async def test_menus_of_people_offer_those_of_connected_workspaces(page: Page, who: str, offered: set[str]) -> None:
    page.pg.world.users["U0PRIYA"].deleted = True
    viewer = seeing.viewer(page.pg.world, page.pg.world.user(who))
    for kind in ("users_select", "multi_conversations_select"):
        names = {name.split()[0] for _, group in render.options({"type": kind}, viewer) for _, name in group}
        assert offered <= names
        assert not {"Stan", "Priya", "Between"} & names


async def test_nobody_leaves_the_channel_that_everyone_is_in(page: Page) -> None:
    assert "Nobody can leave #general" in await page.types("Sam", "/leave", "C0GENERAL")
    await page.types("Sam", "/leave", "C0HOMES")
    assert "U0SAM" not in page.members("C0HOMES")
