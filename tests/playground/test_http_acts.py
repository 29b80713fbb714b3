"""People's acts from outside, as a test in another language would ask for them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from playground.http_acts import ACTS
from playground.server import Playground
from tests.playground.blocks import section
from tests.playground.conftest import Stage
from tests.playground.stage_forms import form, listen

Json = dict[str, Any]
GO = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}],
}


@pytest.fixture
async def http(pg: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(pg.url) as session:
        yield session


async def act(http: aiohttp.ClientSession, do: str, status: int = 200, **more: Any) -> Json:
    async with http.post("/acts", json={"who": "Sam", "do": do} | more) as answer:
        said: Json = await answer.json()
        assert answer.status == status, said
        return said


async def seen(http: aiohttp.ClientSession, who: str, where: str = "") -> Json:
    async with http.get("/acts", params={"who": who} | ({"in": where} if where else {})) as answer:
        said: Json = await answer.json()
        return said


async def test_somebody_talks_replies_and_reacts(stage: Stage, http: aiohttp.ClientSession) -> None:
    @stage.bolt.event("message")
    async def hear() -> None: ...

    first = (await act(http, "say", **{"in": "#open", "text": "Hello @Jo Lindqvist"}))["message"]
    assert first["text"] == "Hello <@U0JO>"
    reply = await act(http, "reply", **{"in": "#open", "text": "Anyone?", "ts": first["ts"], "who": "Jo"})
    assert reply["message"]["thread_ts"] == first["ts"]
    await act(http, "react", **{"in": "#open", "ts": first["ts"], "emoji": "eyes", "who": "Jo"})
    told = (await seen(http, "Sam", "#open"))["messages"]
    assert [one["text"] for one in told] == ["Hello <@U0JO>", "Anyone?"]
    assert told[0]["reactions"] == [{"name": "eyes", "users": ["U0JO"], "count": 1}]
    await act(http, "edit", **{"in": "#open", "ts": first["ts"], "text": "Hello everyone"})
    await act(http, "delete", **{"in": "#open", "ts": reply["message"]["ts"], "who": "Jo"})
    assert [one["text"] for one in (await seen(http, "Sam", "#open"))["messages"]] == ["Hello everyone"]


async def test_an_app_that_was_named_is_let_in_and_hears_of_it(stage: Stage, http: aiohttp.ClientSession) -> None:
    heard: list[Json] = []

    @stage.bolt.event("app_mention")
    async def hear(event: Json) -> None:
        heard.append(event)

    @stage.bolt.event("member_joined_channel")
    async def join() -> None: ...

    there: Json = {"in": "#elsewhere"}
    assert (await act(http, "accept", 400, **there))["error"] == "Slack offers to bring in nobody there."
    await act(http, "say", **there | {"text": "@Bell are you there?"})
    assert (await seen(http, "Sam"))["notices"] == ["You mentioned Bell, but it is not in this channel."]
    await act(http, "accept", **there)
    await stage.pg.settled()
    assert [event["text"] for event in heard] == ["<@U0BELL> are you there?"]
    assert (await act(http, "accept", 400, **there))["error"] == "Slack offers to bring in nobody there."


async def test_somebody_runs_a_command_and_sends_the_form_that_opens(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    @stage.bolt.command("/ring")
    async def ring(ack: Any, body: Json, client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    heard = listen(stage, response_action="errors", errors={"who": "Say who."})
    assert await act(http, "command", name="/ring") == {"acknowledged": True}
    assert (await seen(http, "Sam"))["form"]["callback_id"] == "form"
    await act(http, "fill", what="Your name", text="Sam")
    assert await act(http, "submit") == {"errors": {"who": "Say who."}}
    assert (await seen(http, "Sam"))["form"]["errors"] == {"who": "Say who."}
    assert heard[0]["view"]["state"]["values"]["who"]
    await act(http, "close")
    assert (await seen(http, "Sam"))["form"] is None


async def test_somebody_presses_a_button_of_the_newest_message(stage: Stage, http: aiohttp.ClientSession) -> None:
    pressed: list[str] = []

    @stage.bolt.action("go")
    async def go(ack: Any, body: Json) -> None:
        await ack()
        pressed.append(body["user"]["id"])

    await stage.post(section("a"), GO)
    assert await act(http, "click", **{"in": "#open", "what": "Go"}) == {"acknowledged": True}
    assert pressed == ["U0SAM"]


async def test_somebody_searches_an_external_menu_and_chooses(stage: Stage, http: aiohttp.ClientSession) -> None:
    chosen: list[str] = []

    @stage.bolt.options("town")
    async def offer(ack: Any, body: Json) -> None:
        await ack(options=[{"text": {"type": "plain_text", "text": f"{body['value']}ham"}, "value": "t1"}])

    @stage.bolt.action("town")
    async def choose(ack: Any, body: Json) -> None:
        await ack()
        chosen.append(body["actions"][0]["selected_option"]["value"])

    await stage.post({"type": "actions", "elements": [{"type": "external_select", "action_id": "town"}]})
    here = {"in": "#open", "what": "town"}
    assert await act(http, "search", text="Old", **here) == {"offered": ["Oldham"]}
    assert await act(http, "choose", option="Oldham", **here) == {"acknowledged": True}
    assert chosen == ["t1"]


CANNOT = [
    ({"do": "dance"}, "Nobody can do 'dance' here."),
    ({"do": "say", "text": "a"}, "`say` needs 'in'."),
    ({"do": "say", "text": "a", "in": "#open", "colour": "red"}, "`say` has no 'colour'."),
    ({"do": "say", "text": "a", "in": "#open", "who": "Nobody"}, "0 people are called 'Nobody'."),
    ({"do": "say", "text": "a", "in": "#shut", "who": "Jo"}, "Jo Lindqvist is not in #shut."),
    ({"do": "reply", "text": "a", "in": "#open", "ts": "1.1"}, "There is no message 1.1 to see there."),
    ({"do": "submit"}, "No form is open."),
    ({"do": "command", "name": "/ring", "in": {"id": "C0OPEN"}}, "'in' has to be words."),
    ({"do": "choose", "what": "Town", "option": [1, {}]}, "'option' has to be words."),
    ({"do": "say", "text": " ", "in": "#open"}, "`say` needs 'text'."),
    ({"do": "say", "text": "a", "in": "#open", "who": "Bell"}, "Bell is an app and acts by itself."),
    ({"do": "say", "text": "a", "in": "#open", "who": "U0GONE"}, "Gone Away has no account any more."),
    ({"do": "reply", "text": "a", "in": "#open", "broadcast": "false"}, "'broadcast' is true or false."),
    ({"do": "say", "text": "a", "in": 7}, "No app is called '7'."),
]


@pytest.mark.parametrize(("wrong", "said"), CANNOT)
async def test_what_cannot_be_done_is_said_in_a_sentence(
    pg: Playground, http: aiohttp.ClientSession, wrong: Json, said: str
) -> None:
    pg.world.users["U0GONE"] = replace(
        pg.world.users["U0JO"], id="U0GONE", name="gone", real_name="Gone Away", deleted=True
    )
    assert (await act(http, status=400, **wrong))["error"].startswith(said)


@pytest.mark.parametrize(("body", "status"), [("{", 400), ("[]", 400), ('{"do": ["say"]}', 400), ("\xff", 400)])
async def test_what_cannot_be_read_is_refused(http: aiohttp.ClientSession, body: str, status: int) -> None:
    sent = body.encode("latin-1")
    async with http.post("/acts", data=sent, headers={"Content-Type": "application/json"}) as answer:
        assert answer.status == status
        assert "error" in await answer.json()


async def test_another_sites_form_can_do_nothing(pg: Playground, http: aiohttp.ClientSession) -> None:
    async with http.post("/acts", data={"who": "Sam", "do": "say", "in": "#open", "text": "a"}) as answer:
        assert answer.status == 415
    assert pg.person("Sam").sees("#open") == []


async def test_what_there_is_to_do_is_told(http: aiohttp.ClientSession) -> None:
    async with http.get("/acts") as answer:
        told = await answer.json()
    assert told.keys() == ACTS.keys()
    assert told["say"] == {"takes": ["in", "text"], "does": "Write a message."}
