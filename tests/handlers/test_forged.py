"""Payloads that no client sends: an answer in words, nothing changed, and a log that holds nobody's words."""

from __future__ import annotations

from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.domain.people import SlackIdentity
from bot.storage import RedisStore
from bot.store import keys
from playground.messages import Message
from tests.handlers.conftest import fill, forge, last_payload
from tests.stage import Stage

SECRET = "Beds are full again."
HALF = "\ud800"
"""Half a surrogate pair, which is no character."""
RUBBISH = ("", "{", "null", "[]", '{"g":1}', HALF, "x" * 2000, '{"g":"nowhere"}', '{"g":"}{*\\n"}')


def button(message: Message, label: str) -> dict[str, Any]:
    return next(
        one
        for block in message.blocks
        for one in block.get("elements", [])
        if one.get("text", {}).get("text") == label
    )


@pytest.mark.parametrize("label", ["Answer", "Tell me more", "Change my settings", "More", "Leave"])
async def test_a_button_with_rubbish_in_it_is_answered_in_a_sentence(stage: Stage, label: str) -> None:
    jo, message = stage.person("Jo"), stage.dms("Jo")[-1]
    for n, value in enumerate(RUBBISH, 1):
        button(message, label)["value"] = value
        assert (await jo.press(message, label)).ok
        await stage.settle()
        assert len([note for note in stage.notes("Jo") if "any more" in note or "older message" in note]) == n
    assert jo.modal is None


async def test_a_form_with_rubbish_behind_it_comes_back_with_its_words(stage: Stage) -> None:
    jo = stage.person("Jo")
    await stage.press("Jo", "Answer")
    assert jo.modal
    fill(stage, "Jo", {"organisation": SECRET})
    for value in RUBBISH:
        if value == HALF:
            continue  # The form that comes back carries it along, and Slack could not read that answer.
        jo.modal.content["private_metadata"] = value
        assert await jo.submit() is None
        assert f"[{SECRET}]" in stage.modal("Jo")
        assert "*That button is from an older message" in stage.modal("Jo") or "any more" in stage.modal("Jo")


@pytest.mark.parametrize("label", ["Say how it's going", "Change its words", "Join in", "I can help", "Step back"])
async def test_a_commitment_nobody_knows_is_a_sentence(stage: Stage, label: str) -> None:
    actions = {
        "Say how it's going": "progress_open",
        "Change its words": "commitment_edit",
        "Join in": "commitment_join",
        "I can help": "commitment_help",
        "Step back": "commitment_step_back",
    }
    await stage.press("Jo", "More")
    payload = last_payload(stage, "block_actions")
    group = payload["actions"][0]["value"].removesuffix("}")
    for name in ("nowhere", "", "x" * 500):
        payload["actions"][0] |= {"action_id": f"{actions[label]}:x", "value": f'{group},"s":"{name}"}}'}
        assert (await forge(stage, payload)).ok
        assert "I can't find that commitment any more, so nothing was changed." in stage.notes("Jo")[-1]


@pytest.mark.parametrize(
    "action", ["checkin_skip", "checkin_later", "plate_pull_back", "digest_whole:0", "change_object"]
)
async def test_a_round_or_change_nobody_knows_is_a_sentence(stage: Stage, action: str) -> None:
    await stage.press("Jo", "More")
    payload = last_payload(stage, "block_actions")
    group = payload["actions"][0]["value"].removesuffix("}")
    for name in ("1999-W01", "", "x" * 500):
        payload["actions"][0] |= {"action_id": action, "value": f'{group},"r":"{name}","s":"{name}"}}'}
        assert (await forge(stage, payload)).ok
        said = stage.notes("Jo")[-1]
        assert "closed" in said or "no longer" in said


async def test_a_field_of_a_form_pressed_on_a_message_is_a_sentence_and_no_bug(stage: Stage) -> None:
    await stage.press("Jo", "More")
    payload = last_payload(stage, "block_actions")
    payload["actions"][0] |= {"action_id": "organisation_name", "type": "static_select"}
    with capture_logs() as logs:
        assert (await forge(stage, payload)).ok
    assert [line for line in logs if line["event"] == "bug"] == []
    assert "older message" in stage.notes("Jo")[-1] or "any more" in stage.notes("Jo")[-1]


@pytest.mark.parametrize("state", ["", "OVER", "nowhere", "__class__"])
async def test_a_tap_on_a_state_there_is_not_changes_nothing(stage: Stage, state: str) -> None:
    await stage.press("Jo", "More")
    payload = last_payload(stage, "block_actions")
    group = payload["actions"][0]["value"].removesuffix("}")
    payload["actions"][0] |= {"action_id": "commitment_tap:x", "value": f'{group},"t":"{state}","s":"x"}}'}
    assert (await forge(stage, payload)).ok
    assert "older message" in stage.notes("Jo")[-1]


@pytest.mark.parametrize(
    "missing",
    [
        "channel",
        "container",
        "message",
        "response_url",
        "team",
        "state",
        "user.team_id",
        "actions.value",
    ],
)
async def test_a_press_that_lacks_a_part_is_acknowledged(stage: Stage, missing: str) -> None:
    """What can be done without is; else the person reads a sentence wherever one can still be said."""
    await stage.press("Jo", "More")
    await stage.person("Jo").close(everything=True)
    payload = last_payload(stage, "block_actions")
    payload["trigger_id"] = stage.person("Jo").trigger(stage.person("Jo").app())
    whole, _, part = missing.partition(".")
    place = payload[whole][0] if whole == "actions" else payload[whole] if part else payload
    del place[part or whole]
    with capture_logs() as logs:
        assert (await forge(stage, payload)).ok
    assert SECRET not in str(logs)


@pytest.mark.parametrize(
    "missing", ["state", "private_metadata", "id", "previous_view_id", "app_installed_team_id"]
)
async def test_a_form_that_lacks_a_part_never_ends_in_silence(stage: Stage, missing: str) -> None:
    await stage.press("Jo", "Answer")
    fill(stage, "Jo", {"organisation": SECRET})
    await stage.person("Jo").submit()
    payload = last_payload(stage, "view_submission")
    payload["view"].pop(missing, None)
    with capture_logs() as logs:
        ack = await forge(stage, payload)
    assert ack.ok
    assert SECRET not in str(logs)


async def test_a_bug_is_a_calm_sentence_with_the_reference_that_the_log_has(stage: Stage) -> None:
    """A record that can't be read, written by nobody we know."""
    jo = stage.person("Jo")
    await stage.press("Jo", "Answer")
    fill(stage, "Jo", {"organisation": SECRET})
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    client = store.connection.client
    me = await store.index.person(SlackIdentity(team_id=jo.user.team_id, user_id=jo.id))
    key = keys.of_person(me or "", "person")
    kept = await client.dump(key)
    with capture_logs() as logs:
        await client.delete(key)
        await client.set(key, b"\xffrubbish")
        assert await jo.submit() is None
        assert f"[{SECRET}]" in stage.modal("Jo")
        assert "I couldn't save that. Your words are below so nothing is lost" in stage.modal("Jo")
        assert "Traceback" not in stage.modal("Jo")
    assert SECRET not in str(logs)
    assert [line for line in logs if line.get("reference")]
    await client.delete(key)
    await client.restore(key, 0, kept)
    assert await jo.submit() is None


async def test_events_nobody_listens_for_are_acknowledged(stage: Stage) -> None:
    jo = stage.person("Jo")
    for kind in ("reaction_added", "channel_rename", "something_new_in_2031"):
        event = {"type": kind, "user": jo.id}
        envelope = {
            "type": "event_callback",
            "team_id": jo.user.team_id,
            "api_app_id": jo.app().id,
            "event": event,
            "event_id": f"Ev{kind}",
        }
        assert (await forge(stage, envelope, "events_api")).ok
