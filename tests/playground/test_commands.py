"""Slash commands and shortcuts, as a Bolt app meets them.

https://docs.slack.dev/interactivity/implementing-slash-commands
"""

import asyncio
from typing import Any

import pytest

from playground.acts import PersonCannot
from tests.playground.conftest import Stage

Json = dict[str, Any]


async def test_a_command_brings_who_where_and_what(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    heard: list[Json] = []

    @stage.bolt.command("/ring")
    async def ring(ack: Any, command: Json) -> None:
        heard.append(command)
        await ack()

    await stage.sam.command("/ring", "twice & <loud>", "#open")
    known = {
        key: heard[0][key] for key in ("team_id", "user_id", "channel_id", "channel_name", "text", "api_app_id")
    }
    assert known == {
        "team_id": "T0MILL",
        "user_id": "U0SAM",
        "channel_id": "C0OPEN",
        "channel_name": "open",
        "text": "twice & <loud>",
        "api_app_id": "A0BELL",
    }


async def test_a_bare_ack_shows_nothing(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack()

    await stage.sam.command("/ring", "", "#open")
    assert stage.sam.sees("#open") == []
    assert stage.sam.notices == []


async def test_words_in_the_ack_are_seen_by_the_one_who_asked(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack("Ringing.")

    await stage.sam.command("/ring", "", "#open")
    assert stage.sam.last("#open").text == "Ringing."
    assert stage.jo.sees("#open") == []


async def test_words_in_the_ack_can_be_for_all(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack(text="Ringing.", response_type="in_channel")

    await stage.sam.command("/ring", "", "#open")
    assert stage.jo.last("#open").text == "Ringing."


async def test_a_command_answers_where_the_bot_is_not(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""

    @stage.bolt.command("/ring")
    async def ring(ack: Any, respond: Any) -> None:
        await ack()
        await respond("Later.")

    await stage.sam.command("/ring", "", "#elsewhere")
    await stage.pg.settled()
    assert stage.sam.last("#elsewhere").text == "Later."


async def test_names_become_ids_where_the_command_wants_it(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    heard: list[str] = []

    @stage.bolt.command("/mark")
    async def mark(ack: Any, command: Json) -> None:
        heard.append(command["text"])
        await ack()

    await stage.sam.command("/mark", "ask @Jo Lindqvist and @jo")
    assert heard == ["ask <@U0JO|jo> and <@U0JO|jo>"]


async def test_channels_and_addresses_are_marked_where_the_command_wants_it(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    heard: list[str] = []

    @stage.bolt.command("/mark")
    async def mark(ack: Any, command: Json) -> None:
        heard.append(command["text"])
        await ack()

    await stage.sam.command("/mark", "see #elsewhere, https://x.org/a and x.org, @here :tada:")
    elsewhere = stage.sam.channel("#elsewhere").id
    assert heard == [f"see <#{elsewhere}|elsewhere>, <https://x.org/a> and <http://x.org|x.org>, @here :tada:"]


async def test_private_places_are_not_named(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    heard: list[str] = []

    @stage.bolt.command("/ring")
    async def ring(ack: Any, command: Json) -> None:
        heard.append(command["channel_name"])
        await ack()

    await stage.sam.command("/ring", "", "shut")
    await stage.sam.command("/ring", "", "Bell")
    assert heard == ["privategroup", "directmessage"]


async def test_a_command_nobody_has_is_not_sent(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    with pytest.raises(PersonCannot, match="/sing is not a valid command"):
        await stage.sam.command("/sing")


async def test_a_command_is_not_there_for_people_whose_workspace_has_no_install(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    with pytest.raises(PersonCannot, match="not a valid command"):
        await stage.pg.person("Lena").command("/ring", "", "#both")


async def test_silence_is_told_to_the_person(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    stage.pg.world.ack_timeout_s = 0.2
    ack = await stage.sam.command("/ring", "", "#open")
    assert not ack.ok
    assert "/ring failed with the error" in stage.sam.notices[0].text
    assert stage.jo.notices == []


async def test_a_crash_before_the_ack_is_told_to_the_person(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    stage.pg.world.ack_timeout_s = 0.3

    @stage.bolt.command("/ring")
    async def ring() -> None:
        raise RuntimeError("out of order")

    assert not (await stage.sam.command("/ring", "", "#open")).ok
    assert len(stage.sam.notices) == 1


async def test_a_late_ack_is_too_late(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""
    stage.pg.world.ack_timeout_s = 0.1
    said = asyncio.Event()

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await stage.pg.until(lambda: stage.sam.notices)
        await ack("Too late.")
        said.set()

    await stage.sam.command("/ring", "", "#open")
    await said.wait()
    await stage.pg.settled()
    assert "operation_timeout" in stage.sam.notices[0].text
    assert stage.sam.sees("#open") == []


async def test_ill_formed_blocks_in_the_ack_are_not_shown(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands"""

    @stage.bolt.command("/ring")
    async def ring(ack: Any) -> None:
        await ack(text="a", blocks=[{"type": "sektion"}])

    await stage.sam.command("/ring", "", "#open")
    assert "invalid_blocks" in stage.sam.notices[0].text


async def test_a_global_shortcut(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-shortcuts"""
    heard: list[Json] = []

    @stage.bolt.shortcut("ring_all")
    async def ring(ack: Any, shortcut: Json) -> None:
        heard.append(shortcut)
        await ack()

    await stage.sam.shortcut("Ring")
    assert heard[0]["type"] == "shortcut"
    assert heard[0]["user"]["id"] == "U0SAM"
    assert "channel" not in heard[0]


async def test_a_shortcut_on_a_message(stage: Stage) -> None:
    """https://docs.slack.dev/interactivity/implementing-shortcuts"""
    heard: list[Json] = []

    @stage.bolt.shortcut("keep")
    async def keep(ack: Any, shortcut: Json) -> None:
        heard.append(shortcut)
        await ack()

    message = await stage.jo.say("#open", "Keep this")
    await stage.sam.shortcut("keep", message)
    assert heard[0]["message"]["text"] == "Keep this"
    assert heard[0]["message_ts"] == message.ts


async def test_a_shortcut_is_not_there_without_an_install(stage: Stage) -> None:
    """https://docs.slack.dev/apis/slack-connect"""
    with pytest.raises(PersonCannot, match="no global shortcut"):
        await stage.pg.person("Lena").shortcut("Ring")
