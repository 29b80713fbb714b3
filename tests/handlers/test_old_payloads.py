"""Buttons that 052387a drew stand in people's messages, and are read for a year; forms it opened are sent once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.commitments import CommitmentWords, FirstStep, State
from bot.domain.people import SlackIdentity
from bot.domain.plate import Audience
from bot.usecases.commitments import add
from bot.views import action_payload, checkin, plate, progress
from tests.edge.test_listeners import Listening
from tests.handlers.conftest import forge, last_payload
from tests.handlers.test_drawn_and_heard import hears, listening
from tests.members import as_leader
from tests.stage import Stage

__all__ = ["listening"]

DRAWN = json.loads(Path(__file__).with_name("payloads_of_052387a.json").read_text("utf-8"))
PRESSES: dict[str, list[str]] = DRAWN["presses"]
FORMS: dict[str, dict[str, Any]] = DRAWN["forms"]
TAPS = [values for action, values in PRESSES.items() if action.startswith(checkin.TAP)]


@pytest.mark.parametrize("action", PRESSES)
def test_an_old_button_is_heard_and_says_what_it_aims_at(listening: Listening, action: str) -> None:
    assert sum(hears(one, action) for one in listening.names("action")) == 1  # type: ignore[no-untyped-call]
    for value in PRESSES[action]:
        assert json.loads(action_payload.write(action_payload.read(value))) == json.loads(value)


@pytest.mark.parametrize("callback", FORMS)
def test_a_form_that_was_open_is_heard_and_says_what_it_is_about(listening: Listening, callback: str) -> None:
    assert callback in listening.names("view")  # type: ignore[no-untyped-call]
    metadata = FORMS[callback]["private_metadata"]
    assert json.loads(action_payload.write(action_payload.read(metadata))) == json.loads(metadata)


@pytest.mark.parametrize("values", TAPS)
def test_an_old_tap_means_the_state_it_meant(values: list[str]) -> None:
    assert [progress.read_state(action_payload.read(value).state) for value in values] == list(State)


def test_a_choice_in_a_form_that_was_open_means_the_state_it_meant() -> None:
    chosen = FORMS[progress.PROGRESS_FORM]["choices"][progress.STATE]
    read = [progress.read_progress(picked(progress.STATE, one)).state for one in chosen]
    assert read == list(State)
    of_plates = {field: values for field, values in FORMS[plate.FORM]["choices"].items() if "state:" in field}
    assert of_plates
    for field, values in of_plates.items():
        states = [plate.read_plate_form(picked(field, one)).states for one in values]
        assert states == [{field.removeprefix("state:"): state} for state in State]


@pytest.mark.parametrize("chosen", list(Audience))
def test_who_sees_an_answer_in_a_form_that_was_open_is_who_was_chosen(chosen: Audience) -> None:
    """Each lane had a choice of its own, where one group of boxes is now."""
    lanes = ("organisation", "me", "question")
    values = {lane: {lane: {"type": "plain_text_input", "value": "Beds."}} for lane in lanes}
    for lane in lanes:
        values |= picked(f"{lane}_audience", chosen)
    read = plate.read_plate_form(values)
    assert [one.audience for one in (read.organisation, read.me, read.question)] == [chosen] * 3


def picked(field: str, value: str) -> dict[str, Any]:
    return {field: {field: {"type": "static_select", "selected_option": {"value": value}}}}


@pytest.mark.parametrize("state", State)
async def test_jo_taps_a_state_in_a_message_of_the_old_version(stage: Stage, state: State) -> None:
    await stage.press("Jo", "More")
    payload = last_payload(stage, "block_actions")
    group = json.loads(payload["actions"][0]["value"])["g"]
    jo = stage.person("Jo").user
    store, identity = stage.bot.deps.store, SlackIdentity(team_id=jo.team_id, user_id=jo.id)
    words = CommitmentWords(what="Walk the ward", part="", first_step=FirstStep(), benefit="")
    await add(stage.bot.deps, await as_leader(stage.bot.deps, identity, group), "c1", words, stage.bot.deps.now())
    value = f'{{"g":"{group}","s":"c1","t":"{state.name}"}}'
    payload["actions"][0] |= {"action_id": "commitment_tap:c1", "value": value}
    assert (await forge(stage, payload)).ok
    kept = await store.commitments.get(group, "c1")
    assert kept is not None
    assert kept.state is (state if state.open else State.MOVING)  # no tap ends one: a form is opened for that
