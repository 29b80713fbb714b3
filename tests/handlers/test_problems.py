"""Where an error is said: at its field, over the form, on top of a sheet, in the channel to one alone."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from bot.domain.people import SlackIdentity
from bot.domain.problems import Problem, ProblemCode, Problems
from bot.storage import RedisStore
from bot.store import keys
from bot.views.plate import plate_form
from bot.views.problem_sentences import said
from handlers.problems import _keep_words
from playground.rules import judge
from playground.shapes import view_json
from tests import screen
from tests.handlers.conftest import fill, forge, last_payload
from tests.stage import Stage
from tests.views.typed import circle_of, group, person, round_


def form() -> dict[str, Any]:
    snapshot = circle_of([person("p0")], ["Trust"], group())
    view = plate_form(snapshot, "p0", round_(), before=None, last=None)
    values = {"organisation": {"organisation": {"type": "plain_text_input", "value": "Beds."}}}
    return view | {"id": "V1", "state": {"values": values}}


def test_a_fault_at_a_field_of_the_form_is_shown_there() -> None:
    problem = Problem(ProblemCode.TOO_LONG, "organisation", length=3001, most=3000)
    answer = json.loads(_keep_words(problem, form(), said(problem)).body)
    assert answer["errors"] == {
        "organisation": "That's 3,001 characters; 3,000 is the most I can keep here.",
    }


@pytest.mark.parametrize("field", [None, "hours_to", "not_a_field"])
def test_a_fault_that_belongs_to_no_field_of_the_form_stands_over_its_words(field: str | None) -> None:
    """Slack would call an error for an unknown field the app's fault, and the person would read nothing."""
    problem = Problem(ProblemCode.DAY_UNREADABLE, field, typed="<can't>")
    answer = json.loads(_keep_words(problem, form(), said(problem)).body)
    assert answer["response_action"] == "update"
    assert judge(answer["view"], "modal") == []
    assert "*I can't read “<can't>” as a date. Write it as 2026-12-03.*" in screen.form(answer["view"])
    assert '"initial_value": "Beds."' in json.dumps(answer)


def test_a_form_without_blocks_is_still_answered() -> None:
    problem = Problem(ProblemCode.HOURS, "x")
    answer = _keep_words(problem, {"type": "modal", "title": {}, "callback_id": "x"}, said(problem))
    assert '"text": "Hours start before 12:00 and end after it."' in answer.body


async def test_a_press_that_came_too_late_to_open_a_form_says_press_again(stage: Stage) -> None:
    jo = stage.person("Jo")
    await stage.press("Jo", "More")
    await jo.close()
    payload = last_payload(stage, "block_actions")  # its trigger has been used
    assert (await forge(stage, payload)).ok
    assert "so Slack would not open it any more. Nothing is lost. Please try again." in stage.notes("Jo")[-1]
    assert jo.modal is None


async def test_a_command_that_came_too_late_says_so(stage: Stage) -> None:
    jo = stage.person("Jo")
    await jo.command("/plate", "", "young-carers")
    await jo.close()
    payload = copy.deepcopy([d.payload for d in stage.pg.world.traffic.deliveries if "command" in d.payload][-1])
    ack = await forge(stage, payload, "slash_commands")
    assert "Please try again." in ack.json["text"]
    assert ack.json["response_type"] == "ephemeral"


async def test_a_fault_in_a_sheet_is_said_on_top_of_it_and_the_sheet_stays(stage: Stage) -> None:
    jo = stage.person("Jo")
    await stage.press("Jo", "More")
    await jo.press_in_modal("Read digests")
    await stage.settle()
    assert "No digest has been posted yet." in stage.modal("Jo")
    await jo.close()
    payload = last_payload(stage, "block_actions")
    payload["actions"][0]["value"] = "{"
    payload["trigger_id"] = jo.trigger(jo.app(), jo.modal)
    assert (await forge(stage, payload)).ok
    assert "older message" in stage.modal("Jo")
    await jo.close()
    assert "== Between ==" in stage.modal("Jo")


async def test_a_fault_with_three_sheets_open_is_still_said(stage: Stage) -> None:
    jo = stage.person("Jo")
    await stage.press("Jo", "Answer")
    fill(stage, "Jo", {"organisation": "Beds."})
    assert await jo.submit() is None
    await jo.press_in_modal("More")
    await jo.press_in_modal("Change my settings")
    payload = last_payload(stage, "block_actions")
    view = jo.modal
    assert view
    payload |= {"view": view_json(view), "trigger_id": jo.trigger(jo.app(), view)}
    payload["actions"][0] |= {"action_id": "away_open", "value": "{"}
    assert (await forge(stage, payload)).ok
    assert "older message" in stage.modal("Jo")


@pytest.mark.parametrize("button", ["Answer", "Add a commitment"])
async def test_who_has_not_joined_is_offered_the_form_and_changes_nothing(stage: Stage, button: str) -> None:
    amir = stage.person("Amir")
    await amir.press(stage.panel(), button)
    await stage.settle()
    assert "== Join the group ==" in stage.modal("Amir")
    assert stage.dms("Amir") == []


@pytest.mark.slow
@pytest.mark.parametrize("command", ["/plate", "/commit"])
async def test_a_command_of_somebody_who_has_not_joined_offers_the_form(stage: Stage, command: str) -> None:
    amir = stage.person("Amir")
    assert (await amir.command(command, "", "young-carers")).ok
    assert "== Join the group ==" in stage.modal("Amir")
    assert stage.dms("Amir") == []


@pytest.mark.parametrize("command", ["/plate", "/commit"])
async def test_what_was_typed_comes_back_where_the_groups_record_can_not_be_read(
    stage: Stage, command: str
) -> None:
    await _spoil(stage)
    ack = await stage.person("Jo").command(command, "Beds are full <!channel> *again*.", "young-carers")
    assert ack.ok
    note = stage.notes("Jo")[-1]
    assert note.startswith("(Something went wrong on my side. Nothing you saved is lost.")
    assert note.endswith("Here is what you typed.\n> Beds are full <!channel> *again*.")


async def test_what_a_stranger_typed_comes_back_beside_the_form_to_join(stage: Stage) -> None:
    amir = stage.person("Amir")
    assert (await amir.command("/plate", "Engines are out.", "young-carers")).ok
    assert "== Join the group ==" in stage.modal("Amir")
    assert stage.notes("Amir")[-1].startswith("(You're not in this group yet; the form I've opened is to join it.")
    assert stage.notes("Amir")[-1].endswith("Here is what you typed.\n> Engines are out.")


@pytest.mark.parametrize(
    ("command", "typed"), [("/commit", "Call the schools."), ("/between", "digest 2026-11-20")]
)
async def test_what_was_typed_where_no_group_is_meant_comes_back(stage: Stage, command: str, typed: str) -> None:
    """Of a digest its day, which no button carries."""
    assert (await stage.person("Amir").command(command, typed, "general")).ok
    assert stage.notes("Amir")[-1].startswith("(This channel has no group yet, and you're in none.")
    assert stage.notes("Amir")[-1].endswith(f"Here is what you typed.\n> {typed}")


async def _spoil(stage: Stage) -> None:
    """A newer Between has written the group's record."""
    user = stage.person("Jo").user
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    person = await store.index.person(SlackIdentity(team_id=user.team_id, user_id=user.id))
    [group] = await store.index.groups_of(person or "")
    await store.connection.client.hset(keys.group(group), "record", b'{"v":99}')


async def test_what_one_is_told_in_the_channel_is_seen_by_nobody_else(stage: Stage) -> None:
    await stage.person("Jo").command("/between", "<!channel>", "young-carers")
    assert "I don't know" in stage.notes("Jo")[-1]
    assert not [note for note in stage.notes("Sam") if "I don't know" in note]


def test_a_fault_at_a_field_and_one_at_none_are_both_read_over_the_form() -> None:
    error = Problems([Problem(ProblemCode.PLATE_EMPTY, "organisation"), Problem(ProblemCode.CHECKIN_CLOSED)])
    answer = json.loads(_keep_words(error, form(), said(error)).body)
    assert "Skip is in the message. That check-in has closed. Nothing to do.*" in screen.form(answer["view"])
