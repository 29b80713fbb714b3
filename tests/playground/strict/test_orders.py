"""Faults ordered over HTTP, as the page or a test in another language orders them."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.faults import KINDS
from playground.server import Playground

Json = dict[str, Any]


async def ask(http: aiohttp.ClientSession, verb: str, url: str, **body: Any) -> tuple[int, Json]:
    async with http.request(verb, url, json=body or None) as answer:
        return answer.status, await answer.json()


async def test_an_order_strikes_and_is_read_back(
    pg: Playground, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    url = f"{pg.url}/faults"
    status, order = await ask(http, "POST", url, kind="fatal_before", times=2, method="chat.postMessage")
    assert (status, order["kind"], order["left"], order["method"]) == (201, "fatal_before", 2, "chat.postMessage")
    with pytest.raises(SlackApiError, match="fatal_error"):
        await client.chat_postMessage(channel="C0OPEN", text="a")
    _, seen = await ask(http, "GET", url)
    assert [one["left"] for one in seen["orders"]] == [1]
    assert seen["counts"] == {"fatal_before": 1}
    assert seen["kinds"] == KINDS
    strike = seen["strikes"][0]
    assert (strike["kind"], strike["order"], strike["channel"]) == ("fatal_before", order["id"], "C0OPEN")
    assert strike["call"] == pg.world.traffic.calls[0].id


async def test_a_lasting_one_says_until_when(pg: Playground, http: aiohttp.ClientSession) -> None:
    _, order = await ask(http, "POST", f"{pg.url}/faults", kind="outage", seconds=120)
    assert (order["left"], order["until"]) == (None, "2026-11-24T09:02:00+00:00")


async def test_one_order_or_all_can_be_withdrawn(pg: Playground, http: aiohttp.ClientSession) -> None:
    ids = [(await ask(http, "POST", f"{pg.url}/faults", kind="lost"))[1]["id"] for _ in range(3)]
    assert (await ask(http, "DELETE", f"{pg.url}/faults/{ids[0]}"))[1] == {"withdrawn": 1}
    assert (await ask(http, "DELETE", f"{pg.url}/faults"))[1] == {"withdrawn": 2}
    assert pg.world.faults.orders == []


@pytest.mark.parametrize(
    ("order", "sentence"),
    [
        ({"kind": "gremlins"}, "There is no fault 'gremlins'"),
        ({"kind": "lost", "tims": 2}, "An order has no 'tims'"),
        ({"kind": "lost", "times": -1}, "A fault strikes at least once, and at most 1,000,000 times."),
        ({"kind": "slow", "seconds": "long"}, "`seconds` has to be a number"),
        ({"kind": "slow", "seconds": -1}, "A fault cannot last"),
        ({"kind": "slow", "seconds": ["x"]}, "`seconds` has to be"),
        ({"kind": "ratelimited", "seconds": 1e300}, "A fault lasts a year at most."),
        ({"kind": "ratelimited", "seconds": "nan"}, "A fault lasts a year at most."),
        ({"kind": "lost", "times": "inf"}, "`times` has to be a number of times."),
        ({"kind": "lost", "times": {"a": 1}}, "`times` has to be a number"),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused_in_words(
    pg: Playground, http: aiohttp.ClientSession, order: Json, sentence: str
) -> None:
    status, answer = await ask(http, "POST", f"{pg.url}/faults", **order)
    assert status == 400
    assert sentence in answer["error"]
    assert pg.world.faults.orders == []


@pytest.mark.parametrize(
    "body", ['{"kind": "lost", "times": 1e400}', '{"kind": "slow", "seconds": NaN}', "[" * 100_000, "\xff"]
)
async def test_an_order_that_cannot_be_read_is_refused_in_words(
    pg: Playground, http: aiohttp.ClientSession, body: str
) -> None:
    headers = {"Content-Type": "application/json"}
    async with http.post(f"{pg.url}/faults", data=body.encode("latin-1"), headers=headers) as answer:
        assert answer.status == 400
        assert "That is no JSON" in (await answer.json())["error"]


async def test_a_form_of_another_site_orders_nothing(pg: Playground, http: aiohttp.ClientSession) -> None:
    async with http.post(f"{pg.url}/faults", data='{"kind": "lost"}') as answer:
        assert answer.status == 415
    assert pg.world.faults.orders == []
