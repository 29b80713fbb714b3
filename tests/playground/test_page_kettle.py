"""Kettle, a small Bolt app of its own that the page's tests drive, and what it draws. No line of our bot."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.clock import Clock
from playground.page import mount
from playground.server import Playground
from playground.world import World

Json = dict[str, Any]
START = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)

PEOPLE: Json = {
    "workspaces": [{"id": "T1", "name": "Tea Room", "domain": "tea-room"}],
    "people": [
        {"id": "U1", "name": "ann", "real_name": "Ann Archer", "tz": "Europe/London", "title": "Baker"},
        {"id": "U2", "name": "bo", "real_name": "Bo Brand", "tz": "Asia/Kolkata", "title": "Porter"},
    ],
    "apps": [
        {
            "id": "A1",
            "name": "Kettle",
            "signing_secret": "s",
            "app_token": "xapp-1-kettle",
            "bot_token": "xoxb-kettle",
            "bot_user": {"id": "UKETTLE", "name": "kettle", "bot_id": "B1"},
            "socket_mode": True,
            "scopes": ["chat:write", "commands", "im:write", "im:history", "users:read", "channels:read"],
            "commands": [
                {"name": "/tea", "description": "Put the kettle on", "usage_hint": "[for whom]"},
                {"name": "/teapot", "description": "Never answers"},
            ],
            "shortcuts": [
                {"callback_id": "pour", "name": "Pour a cup"},
                {"callback_id": "keep", "name": "Keep this", "kind": "message"},
            ],
            "events": ["app_home_opened", "message.im"],
        }
    ],
    "channels": [
        {"id": "C1", "name": "tea", "members": ["U1", "U2", "UKETTLE"], "topic": "Who is thirsty?"},
        {"id": "C2", "name": "cakes", "members": ["U1"]},
    ],
}


def words(text: str, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": text}


def option(text: str) -> Json:
    return {"text": words(text), "value": text.lower().replace(" ", "-")}


def button(text: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": words(text), "action_id": action_id, **more}


def round_message() -> Json:
    """A message with most things a message can hold."""
    when = int((START + timedelta(days=2)).timestamp())
    section = words(f"*Tea at three?* <@U1> asked on <!date^{when}^{{date_long}} at {{time}}|then>.", "mrkdwn")
    sure = {
        "title": words("Cancel the round?"),
        "text": words("Nobody gets tea."),
        "confirm": words("Cancel it"),
        "deny": words("Keep it"),
    }
    menu = {"type": "static_select", "action_id": "strength", "placeholder": words("How strong?")}
    return {
        "text": "Tea at three?",
        "blocks": [
            {"type": "header", "text": words("The three o'clock round")},
            {
                "type": "section",
                "text": section,
                "accessory": menu | {"options": [option("Weak"), option("Strong")]},
            },
            {"type": "section", "fields": [words("*Milk*\nSam", "mrkdwn"), words("*Biscuits*\nBo", "mrkdwn")]},
            {
                "type": "actions",
                "block_id": "ask",
                "elements": [
                    button("Yes please", "yes", style="primary"),
                    button("Tell me more", "more"),
                    button("Cancel", "cancel", style="danger", confirm=sure),
                    button("Broken", "broken"),
                    {"type": "overflow", "action_id": "over", "options": [option("Mute"), option("Leave")]},
                ],
            },
            {"type": "divider"},
            {"type": "context", "elements": [words("Only *tea*, no coffee :coffee:", "mrkdwn")]},
        ],
    }


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": words(label),
        "element": element | {"action_id": "a"},
        **more,
    }


def tea_form(title: str = "A cup of tea") -> Json:
    """A modal with most fields a modal can hold."""
    return {
        "type": "modal",
        "callback_id": "tea",
        "title": words(title),
        "submit": words("Pour"),
        "close": words("Not now"),
        "blocks": [
            {
                "type": "section",
                "text": words("The kettle is *hot*.", "mrkdwn"),
                "accessory": button("Top up", "top_up"),
            },
            *tea_fields(),
        ],
    }


def tea_fields() -> list[Json]:
    some = [option("Milk"), option("Sugar"), option("Lemon")]
    cups = [option("Small"), option("Large")]
    kinds = [option("Assam"), option("Green")]
    line = {"type": "plain_text_input", "multiline": True}
    milk = {"type": "checkboxes", "options": some, "initial_options": [some[0]]}
    pals = {"type": "multi_users_select", "placeholder": words("Pick people")}
    return [
        field("who", "For whom", {"type": "plain_text_input"}),
        field("why", "Why", line, optional=True, hint=words("One line.")),
        field("with", "With", milk, optional=True),
        field("cup", "Cup", {"type": "radio_buttons", "options": cups}, optional=True),
        field("kind", "Kind", {"type": "static_select", "options": kinds}, optional=True),
        field("pals", "Pour for", pals, optional=True),
        field("day", "Day", {"type": "datepicker", "initial_date": "2026-11-27"}, optional=True),
        field("leaf", "Leaf", {"type": "external_select"}, optional=True),
    ]


def away_form() -> Json:
    back = field("back_on", "Back on", {"type": "plain_text_input"})
    return {
        "type": "modal",
        "callback_id": "away",
        "title": words("Away"),
        "submit": words("Save"),
        "blocks": [back],
    }


def gone_form() -> Json:
    """A form without fields."""
    blocks = [
        {"type": "section", "text": words("No tea for you till then.")},
        {"type": "actions", "elements": [button("I'm back", "back")]},
    ]
    return {"type": "modal", "title": words("You're away"), "close": words("Done"), "blocks": blocks}


async def _away(ack: Any) -> None:
    await ack(response_action="update", view=gone_form())


def kettle(api_url: str) -> AsyncApp:
    """The app. It posts at once, opens a form, refuses one name at its field, and never answers /teapot."""
    app = AsyncApp(client=AsyncWebClient("xoxb-kettle", base_url=api_url))
    app.command("/tea")(_tea)
    app.action("yes")(_yes)
    app.action("more")(_more)
    app.action("top_up")(_top_up)
    app.action(re.compile("cancel|over|strength"))(_noted)
    app.view("tea")(_poured)
    app.view("away")(_away)
    app.action("back")(_noted)
    app.options("a")(_leaves)
    app.shortcut("pour")(_more)
    app.shortcut("keep")(_keep)
    app.event("app_home_opened")(_home)
    app.event("message")(_heard)
    return app


async def _tea(ack: Any, client: Any, body: Json, command: Json) -> None:
    await ack()
    if command.get("text") == "form":
        await client.views_open(trigger_id=body["trigger_id"], view=tea_form())
    elif command.get("text") == "away":
        await client.views_open(trigger_id=body["trigger_id"], view=away_form())
    elif command.get("text") == "gone":
        await client.views_open(trigger_id=body["trigger_id"], view=gone_form())
    else:
        await client.chat_postMessage(channel=command["channel_id"], **round_message())


async def _yes(ack: Any, respond: Any, body: Json) -> None:
    await ack()
    await respond(text=f"<@{body['user']['id']}> is in.", replace_original=False)


async def _more(ack: Any, client: Any, body: Json) -> None:
    await ack()
    await client.views_open(trigger_id=body["trigger_id"], view=tea_form())


async def _top_up(ack: Any, client: Any, body: Json) -> None:
    await ack()
    await client.views_update(view_id=body["view"]["id"], view=tea_form("Topped up"))


async def _noted(ack: Any, client: Any, body: Json) -> None:
    await ack()
    action = body["actions"][0]
    chosen = (action.get("selected_option") or {}).get("value", action["action_id"])
    await client.chat_postMessage(channel=body["channel"]["id"], text=f"Noted: {chosen}")


async def _poured(ack: Any, client: Any, view: Json, body: Json) -> None:
    values = view["state"]["values"]
    name = values["who"]["a"]["value"]
    if name == "nobody":
        await ack(response_action="errors", errors={"who": "Somebody must drink it."})
        return
    await ack()
    extras = [one["value"] for one in values["with"]["a"]["selected_options"]]
    day = values["day"]["a"]["selected_date"]
    said = f"Poured for {name} with {', '.join(extras) or 'nothing'} on {day}: {values['why']['a']['value']}"
    await client.chat_postMessage(channel=body["user"]["id"], text=said)


async def _leaves(ack: Any, payload: Json) -> None:
    await ack(
        options=[option(one) for one in ("Broken orange", "Fannings") if payload["value"].lower() in one.lower()]
    )


async def _home(client: Any, event: Json) -> None:
    blocks = [
        {"type": "header", "text": words("Your cups")},
        {"type": "actions", "elements": [button("Pour one", "more")]},
    ]
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})


async def _keep(ack: Any, client: Any, body: Json) -> None:
    await ack()
    await client.chat_postMessage(channel=body["user"]["id"], text=f"Kept: {body['message']['text']}")


async def _heard(message: Json, say: Any) -> None:
    await say(f"You said: {message['text']}")


@asynccontextmanager
async def tea_room(port: int = 0) -> AsyncIterator[Playground]:
    """The playground with its page, and Kettle connected to it."""
    planned = [(START + timedelta(days=2), "tea is served")]

    async def next_thing() -> tuple[datetime, str] | None:
        return next((one for one in planned if one[0] > pg.world.clock.now()), None)

    world = World.from_config(PEOPLE, Clock(START))
    world.ack_timeout_s = 50.0  # what is slow here is the machine; a trigger lives as long
    async with Playground(world, port, extra=[lambda app, pg: mount(app, pg, next_thing=next_thing)]) as pg:
        app = kettle(pg.api_url)
        handler = AsyncSocketModeHandler(app, "xapp-1-kettle")
        await handler.connect_async()
        try:
            yield pg
        finally:
            await handler.close_async()
