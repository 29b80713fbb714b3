"""Buttons that 052387a drew stand in people's messages, and are read for a year; forms it opened are sent once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.domain.commitments import State
from bot.views import action_payload as aim
from bot.views import checkin, commitments, plate
from tests.edge.test_listeners import Listening
from tests.handlers.test_drawn_and_heard import hears, listening

__all__ = ["listening"]

DRAWN = json.loads(Path(__file__).with_name("payloads_of_052387a.json").read_text("utf-8"))
PRESSES: dict[str, list[str]] = DRAWN["presses"]
FORMS: dict[str, dict[str, Any]] = DRAWN["forms"]
TAPS = [values for action, values in PRESSES.items() if action.startswith(checkin.TAP)]


@pytest.mark.parametrize("action", PRESSES)
def test_an_old_button_is_heard_and_says_what_it_aims_at(listening: Listening, action: str) -> None:
    assert sum(hears(one, action) for one in listening.names("action")) == 1  # type: ignore[no-untyped-call]
    for value in PRESSES[action]:
        assert json.loads(aim.write(aim.read(value))) == json.loads(value)


@pytest.mark.parametrize("callback", FORMS)
def test_a_form_that_was_open_is_heard_and_says_what_it_is_about(listening: Listening, callback: str) -> None:
    assert callback in listening.names("view")  # type: ignore[no-untyped-call]
    metadata = FORMS[callback]["private_metadata"]
    assert json.loads(aim.write(aim.read(metadata))) == json.loads(metadata)


@pytest.mark.parametrize("values", TAPS)
def test_an_old_tap_means_the_state_it_meant(values: list[str]) -> None:
    assert [commitments.read_state(aim.read(value).state) for value in values] == list(State)


def test_a_choice_in_a_form_that_was_open_means_the_state_it_meant() -> None:
    chosen = FORMS[commitments.PROGRESS_FORM]["choices"][commitments.STATE]
    read = [commitments.read_progress(picked(commitments.STATE, one)).state for one in chosen]
    assert read == list(State)
    of_plates = {field: values for field, values in FORMS[plate.FORM]["choices"].items() if "state:" in field}
    assert of_plates
    for field, values in of_plates.items():
        states = [plate.read_plate_form(picked(field, one)).states for one in values]
        assert states == [{field.removeprefix("state:"): state} for state in State]


def picked(field: str, value: str) -> dict[str, Any]:
    return {field: {field: {"type": "static_select", "selected_option": {"value": value}}}}
