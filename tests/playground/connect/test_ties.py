"""Slack Connect from outside: a test in any language shares a channel and severs it, over HTTP or on the page."""

from typing import Any

import aiohttp
import pytest

from playground.page import mount
from playground.server import Playground
from playground.world import World
from tests.playground.connect.conftest import Stage

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _here(world: World) -> None:
    world.channels["C0HOMES"].members.append("U0BETWEEN")


async def ask(stage: Stage, **said: Any) -> tuple[int, Json]:
    async with aiohttp.ClientSession() as http, http.post(f"{stage.pg.url}/connect", json=said) as answer:
        return answer.status, await answer.json()


async def test_a_channel_is_shared_and_the_app_hears_of_it(stage: Stage) -> None:
    heard = stage.listen("channel_shared")
    status, channel = await ask(stage, do="share", channel="C0HOMES", team="T0CARERS", members=["Aoife"])
    assert (status, channel["teams"], "U0AOIFE" in channel["members"]) == (200, ["T0RIVER", "T0CARERS"], True)
    await stage.pg.until(lambda: heard)
    assert heard[0]["event"]["connected_team_id"] == "T0CARERS"


async def test_an_old_private_channel_gets_its_new_id(stage: Stage) -> None:
    heard = stage.listen("channel_id_changed")
    stage.world.add_channel("quiet", "private", ["T0RIVER"], ["U0SAM", "U0BETWEEN"], "G0QUIET")
    _, channel = await ask(stage, do="share", channel="G0QUIET", team="T0CARERS")
    assert channel["id"] == "C0QUIET"
    await stage.pg.until(lambda: heard)


async def test_a_workspace_is_taken_out(stage: Stage) -> None:
    heard = stage.listen("channel_unshared")
    _, channel = await ask(stage, do="unshare", channel="C0CARERS", team="T0CARERS")
    assert (channel["teams"], "U0AOIFE" in channel["members"]) == (["T0RIVER", "T0TRUST"], False)
    await stage.pg.until(lambda: heard)


async def test_a_disconnect_answers_with_the_frozen_copy(stage: Stage) -> None:
    _, copy = await ask(stage, do="disconnect", channel="C0CARERS", team="T0CARERS")
    assert copy["id"] != "C0CARERS"
    assert (copy["teams"], copy["frozen"]) == (["T0CARERS"], "connection_severed")
    assert (await ask(stage, do="share", channel="C0CARERS", team="T0CARERS", members=["Aoife"]))[0] == 200


async def test_how_all_channels_are_can_be_read(stage: Stage) -> None:
    async with aiohttp.ClientSession() as http, http.get(f"{stage.pg.url}/connect") as answer:
        said = await answer.json()
    assert {one["id"] for one in said["workspaces"]} == {"T0RIVER", "T0TRUST", "T0CARERS"}
    [carers] = [one for one in said["channels"] if one["id"] == "C0CARERS"]
    assert carers["teams"] == ["T0RIVER", "T0TRUST", "T0CARERS"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "Nobody can do '' here"),
        ({"do": "marry", "channel": "C0HOMES", "team": "T0TRUST"}, "Nobody can do 'marry'"),
        ({"do": "share", "channel": "C0HOMES", "team": "T0TRUST", "when": "now"}, "There is no 'when'"),
        ({"do": "share", "channel": "C0NONE", "team": "T0TRUST"}, "No channel is called 'C0NONE'"),
        ({"do": "share", "channel": "C0HOMES", "team": "T0NONE"}, "There is no workspace 'T0NONE'"),
        ({"do": "share", "channel": "C0CARERS", "team": "T0TRUST"}, "already"),
        ({"do": "share", "channel": "C0GENERAL", "team": "T0TRUST"}, "cannot be shared"),
        ({"do": "share", "channel": "C0HOMES", "team": "T0TRUST", "members": ["Aoife"]}, "not of Riverside Hosp"),
        ({"do": "share", "channel": "C0HOMES", "team": "T0TRUST", "members": "Jo"}, "a list of people"),
        ({"do": "share", "channel": "C0HOMES", "team": "T0TRUST", "members": ["Nobody"]}, "0 people are called"),
        ({"do": "unshare", "channel": "C0CARERS", "team": "T0RIVER"}, "not a guest in #young-carers"),
        ({"do": "disconnect", "channel": "C0HOMES", "team": "T0TRUST"}, "not a guest in #homes"),
    ],
)
async def test_what_cannot_be_is_refused_in_words(stage: Stage, said: Json, words: str) -> None:
    status, answer = await ask(stage, **said)
    assert (status, words in answer["error"]) == (400, True), answer


async def test_only_json_is_taken(stage: Stage) -> None:
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{stage.pg.url}/connect", data={"do": "share"}) as answer:
            assert answer.status == 415
        async with http.post(
            f"{stage.pg.url}/connect", data=b"[", headers={"Content-Type": "application/json"}
        ) as no:
            assert (no.status, (await no.json())["error"]) == (400, "That is no JSON.")


async def test_the_page_does_it_too(world: World) -> None:
    async with Playground(world, extra=[mount]) as pg, aiohttp.ClientSession() as http:
        form = {"do": "share", "channel": "C0HOMES", "team": "T0TRUST"}
        for words in ("Shared with Riverside Hospitals Trust", "is a channel of Riverside Hospitals Trust already"):
            async with http.post(f"{pg.url}/do/U0SAM/C0HOMES/connect", data=form) as answer:
                assert words in await answer.text()
