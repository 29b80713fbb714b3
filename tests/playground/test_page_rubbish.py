"""The page stands whatever was stored and whatever is asked of it: rubbish is drawn as far as can be or refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from playground.messages import Message
from playground.page import render
from playground.page.surface import Surface
from playground.page.viewer import Viewer
from playground.server import Playground
from tests.playground.test_page_kettle import tea_room

Json = dict[str, Any]
DO = "/do/U1/C1"


@dataclass
class Window:
    """The page as bare HTTP."""

    pg: Playground
    http: aiohttp.ClientSession

    async def sees(self, address: str) -> tuple[int, str]:
        async with self.http.get(URL(self.pg.url + address, encoded=True)) as answer:
            return answer.status, await answer.text()

    async def sends(self, address: str, data: Any, kind: str = "") -> tuple[int, str]:
        headers = {"Content-Type": kind} if kind else {}
        async with self.http.post(self.pg.url + address, data=data, headers=headers) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def window() -> AsyncIterator[Window]:
    async with tea_room() as pg, aiohttp.ClientSession() as http:
        yield Window(pg, http)


def rich(*pieces: Any) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(pieces)}]}


STORED: list[Json] = [
    {"attachments": ["x"]},
    {"attachments": [None]},
    {"attachments": "x"},
    {"attachments": [{"blocks": [{"type": "foo"}]}]},
    {"attachments": [{"blocks": "x"}]},
    {"attachments": [{"text": 5}]},
    {"text": "\ud800"},
    {"text": "\x00<b>"},
    {"blocks": [rich({"type": "date", "timestamp": 10**18, "format": "{date}"})]},
    {"blocks": [rich({"type": "date", "timestamp": "soon", "format": "{date}"})]},
    {"blocks": [rich("words", None, 5, {}, {"type": "text", "style": "bold", "text": "x"})]},
    {"blocks": [{"type": "rich_text", "elements": ["words"]}, {"type": "rich_text", "elements": 5}]},
    {"blocks": ["x", None, 5, [], {}, {"type": []}, {"type": {}}, {"type": "section", "text": 5}]},
    {"blocks": [{"type": "context", "elements": [None, "x", ["y"]]}, {"type": "actions", "elements": [5]}]},
    {"blocks": [{"type": "table", "rows": 5}, {"type": "table", "rows": [5]}, {"type": "markdown", "text": []}]},
    {"blocks": [{"type": "input", "element": {"type": "datetimepicker", "initial_date_time": 10**18}}]},
]


@pytest.mark.parametrize("stored", STORED)
async def test_whatever_was_stored_everybody_still_sees_the_channel(window: Window, stored: Json) -> None:
    await window.pg.person("Bo").say("C1", "Before it")
    message = Message(window.pg.world.next_ts(), "C1", "UKETTLE", "T1", app_id="A1", bot_id="B1", **stored)
    window.pg.world.add_message(message)
    status, page = await window.sees("/as/U1/C1")
    assert status == 200
    assert "Before it" in page
    assert f'id="m-{message.ts.replace(".", "-")}"' in page
    assert (await window.sends(f"{DO}/say", {"text": "After it"}))[0] == 200
    click = {"block_id": "b", "action_id": "a"}
    assert (await window.sends(f"{DO}/message/C1/{message.ts}", click))[0] == 200


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["text", "elements", "element", "type", "rows", "style", "label", "options", "initial_date"]
            ),
            inner
            | st.sampled_from(["section", "actions", "input", "rich_text", "table", "context", "mrkdwn", "date"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(json)
def test_any_json_can_be_drawn_as_blocks(blocks: Any) -> None:
    assert str(render.blocks(blocks, Surface(Viewer())))


@pytest.mark.parametrize(
    "address",
    [
        "/as/U1/C1?shown=abc",
        "/as/U1/C1?shown=" + "9" * 5000,
        "/as/U1/C1?shown=-1",
        f"{DO}/live?since=abc",
        f"{DO}/live?since=" + "9" * 5000,
    ],
)
async def test_an_address_that_makes_no_sense_is_refused(window: Window, address: str) -> None:
    assert (await window.sees(address))[0] == 400


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("say", {}),
        ("say", {"text": "Hello", "shown": "abc"}),
        ("shortcut", {}),
        ("clock", {"seconds": "abc"}),
        ("clock", {"seconds": "-5"}),
        ("clock", {"seconds": "9" * 30}),
        ("clock", {"seconds": "9" * 5000}),
        ("message/C1/1.2/options", {}),
        ("view/V1/options", {"block_id": "b"}),
    ],
)
async def test_a_form_that_makes_no_sense_is_refused(window: Window, deed: str, form: Json) -> None:
    assert (await window.sends(f"{DO}/{deed}", form))[0] == 400
    assert window.pg.person("Ann").sees("C1") == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=a", b"--a\r\nContent-Disposition: form-data\r\n\r\nx\r\n--a--"),
        ("multipart/form-data; boundary=a", b"--a\r\nCont"),
        ("application/x-www-form-urlencoded; charset=foo", b"text=x"),
        ("application/x-www-form-urlencoded", b"text=\xff"),
        ("application/json", b"{}"),
    ],
)
async def test_a_form_that_cannot_be_read_is_refused(window: Window, kind: str, body: bytes) -> None:
    assert (await window.sends(f"{DO}/say", body, kind))[0] == 400
    assert (await window.sends("/oauth/v2/authorize", body, kind))[0] == 400


@pytest.mark.parametrize("deed", ["message/C9/1.2", "message/C1/1.2", "view/V9", "modal/V9/submit"])
async def test_a_click_on_what_is_not_there_is_answered_in_words(window: Window, deed: str) -> None:
    status, page = await window.sends(f"{DO}/{deed}", {"block_id": "b", "action_id": "a"})
    assert (status, 'role="status"' in page) == (200, True)


async def test_a_date_that_is_none_is_no_answer(window: Window) -> None:
    assert Surface(Viewer()).unix("rubbish") is None
    form = {"block_id": "b", "action_id": "a", "q": "x"}
    status, page = await window.sends(f"{DO}/message/C9/1.2/options", form)
    assert (status, "Nothing found." in page) == (200, True)


@pytest.mark.parametrize("form", [{"kind": "slow", "seconds": "9" * 400}, {"kind": "lost", "times": "9" * 5000}])
async def test_a_fault_without_measure_is_not_ordered(window: Window, form: Json) -> None:
    status, page = await window.sends(f"{DO}/faults/order", form)
    assert (status, "has to be a whole number" in page) == (200, True)


async def test_the_clock_ends_somewhere(window: Window) -> None:
    window.pg.world.clock.move_to(window.pg.world.clock.now().replace(year=9998))
    status, page = await window.sends(f"{DO}/clock", {"seconds": str(5 * 366 * 24 * 3600)})
    assert (status, "The clock goes no further." in page) == (200, True)
