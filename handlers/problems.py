"""When something goes wrong: answer where the person is, keep their words, and log the rest."""

from __future__ import annotations

import json
from typing import Any

import structlog
from slack_bolt import BoltResponse

from bot.domain.problems import Problem
from bot.ports import BadRecord, Deps, SlackRefused, StoreDown, View
from bot.views import problems
from handlers.incoming import Body, origin, read_command, show

log = structlog.get_logger()

HOLD_WORDS = ("/plate", "/commit")
"""Commands whose words go into a form."""

TOO_LATE = ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged")
"""A form opens within three seconds of the press, and once."""


async def answer(error: Exception, body: dict[str, Any], deps: Deps) -> BoltResponse:
    """Bolt's error handler: what Slack is answered, so that the person reads a sentence and loses nothing."""
    sentence = _sentence(error, body, deps)
    if body.get("type") == "view_submission":
        return _keep_words(error, body["view"], sentence)
    if "command" in body:
        return _answer_command(body, sentence)
    if body.get("type") == "block_actions":
        await _answer_press(body, deps, sentence)
        return BoltResponse(status=200, body="")
    return BoltResponse(status=500, body="")  # an event: not acknowledged, so that Slack sends it again


def _sentence(error: Exception, body: Body, deps: Deps) -> str:
    if isinstance(error, Problem):
        return problems.said(error)
    if isinstance(error, StoreDown):
        log.warning("store down", error=str(error), what=_what(body))
        return problems.STORE_DOWN
    if isinstance(error, SlackRefused) and error.code in TOO_LATE:
        log.info("too late to open a form", code=error.code, what=_what(body))
        return problems.TOO_LATE
    reference = deps.new_id()[:8]
    if isinstance(error, (SlackRefused, BadRecord)):
        log.warning("refused", error=str(error), reference=reference, what=_what(body))
    else:
        log.error("bug", exc_info=error, reference=reference, what=_what(body))
    return problems.bug(reference)


def _what(body: Body) -> str:
    """What it was about, with no word of anybody's."""
    actions = body.get("actions") or [{}]
    return str(
        body.get("command") or body.get("view", {}).get("callback_id") or actions[0].get("action_id") or "event"
    )


def _keep_words(error: Exception, view: dict[str, Any], sentence: str) -> BoltResponse:
    """Faults at fields are shown there, all at once; any other gives the form back with the words in it."""
    inputs = [block["block_id"] for block in view.get("blocks", ()) if block.get("type") == "input"]
    faults = error.each if isinstance(error, Problem) else ()
    if faults and all(fault.field in inputs for fault in faults):
        return _json(
            {"response_action": "errors", "errors": {fault.field: problems.said(fault) for fault in faults}}
        )
    said = sentence if isinstance(error, Problem) else problems.NOT_SAVED
    same = problems.not_saved(view, view.get("state", {}).get("values", {}), said)
    return _json({"response_action": "update", "view": same})


def _answer_command(body: Body, sentence: str) -> BoltResponse:
    """What was typed after it is given back, where its form would have held it."""
    typed = read_command(body).text if body["command"] in HOLD_WORDS else ""
    message = problems.with_typed(problems.line(sentence), typed)
    return _json({"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)})


async def _answer_press(body: Body, deps: Deps, sentence: str) -> None:
    """In the channel or DM where it was pressed, to the presser alone; in a form or Home, as a sheet."""
    incoming = origin(body)
    try:
        if incoming.response_url:
            await deps.messenger.reply(incoming.response_url, problems.line(sentence))
        else:
            await show(deps, incoming, problems.sorry_sheet(sentence))
    except SlackRefused as refused:
        log.warning("could not say so", code=refused.code, what=_what(body))


def _json(payload: dict[str, Any] | View) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(payload), headers={"content-type": ["application/json"]})
