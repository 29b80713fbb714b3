"""When something goes wrong: answer where the person is, keep their words, and log the rest."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

import structlog
from slack_bolt import BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.domain.groups import Place
from bot.domain.problems import Problem, ProblemCode
from bot.ports import BadRecord, Deps, Message, SlackRefused, StoreDown, View
from bot.ports.blocks import Block
from bot.usecases.groups import groups_of
from bot.usecases.people import known
from bot.views import installation, problems
from bot.views.menu import still_kept
from bot.views.problem_sentences import said
from handlers.incoming import Body, Press, origin, read_command, show

log = structlog.get_logger()

Say = Callable[[], Awaitable[object]]

HOLD_WORDS = ("/plate", "/commit")
"""Commands whose words go into a form."""

UNINSTALLED = "not_installed"

TOO_LATE = ("expired_trigger_id", "exchanged_trigger_id", "trigger_expired", "trigger_exchanged")
"""A form opens within three seconds of the press, and once."""


async def answer(error: Exception, body: dict[str, Any], deps: Deps) -> BoltResponse:
    """Bolt's error handler: what Slack is answered, so that the person reads a sentence and loses nothing. A
    command that nobody listens for any more is an older version's."""
    if isinstance(error, BoltUnhandledRequestError):
        if "command" not in body:
            return BoltResponse(status=404, body="")
        error = Problem(ProblemCode.OLD_BUTTON)
    sentence = _sentence(error, body, deps)
    # only a form that was not acknowledged can still be given back with what was typed in it
    if body.get("type") == "view_submission":
        return _keep_words(error, body["view"], sentence)
    if "command" in body:
        # what was typed after it is given back, where its form would have held it
        typed = read_command(body).text if body["command"] in HOLD_WORDS else ""
        message = problems.with_typed(problems.line(sentence), typed)
        return _json({"response_type": "ephemeral", "text": message.text, "blocks": list(message.blocks)})
    if body.get("type") in ("block_actions", "message_action"):
        await _answer_press(body, deps, sentence, await _of_before(error, body, deps))
        return BoltResponse(status=200, body="")
    if isinstance(error, SlackRefused) and error.code == UNINSTALLED:
        return BoltResponse(status=200, body="")  # it would be no better the next time
    return BoltResponse(status=500, body="")  # an event: not acknowledged, so that Slack sends it again


def _sentence(error: Exception, body: Body, deps: Deps) -> str:
    if isinstance(error, Problem):
        return said(error)
    if isinstance(error, StoreDown):
        log.warning("store down", error=str(error), what=_what(body))
        return problems.STORE_DOWN
    if isinstance(error, SlackRefused) and error.code in TOO_LATE:
        log.info("too late to open a form", code=error.code, what=_what(body))
        return problems.TOO_LATE
    if isinstance(error, SlackRefused) and error.code == UNINSTALLED:
        log.warning("a workspace that we have no token of", what=_what(body))
        return installation.NOT_INSTALLED
    reference = deps.new_id()[:8]
    if isinstance(error, (SlackRefused, BadRecord)):
        log.warning("refused", error=str(error), reference=reference, what=_what(body))
    else:
        log.error("bug", exc_info=error, reference=reference, what=_what(body))
    return problems.bug(reference)


def _what(body: Body) -> str:
    """What it was about, with no word of anybody's: of a button without what it aims at, which may be an answer."""
    actions = body.get("actions") or [{}]
    form = (body.get("view") or {}).get("callback_id")
    named = str(body.get("command") or form or actions[0].get("action_id") or body.get("callback_id") or "event")
    return re.split("[:.]", named)[0]


def _keep_words(error: Exception, view: dict[str, Any], sentence: str) -> BoltResponse:
    """Faults at fields are shown there, all at once; any other gives the form back with the words in it."""
    inputs = [block.get("block_id") for block in view.get("blocks", ()) if block.get("type") == "input"]
    faults = error.each if isinstance(error, Problem) else ()
    if faults and all(fault.field in inputs for fault in faults):
        return _json({"response_action": "errors", "errors": {fault.field: said(fault) for fault in faults}})
    words = sentence if isinstance(error, Problem) else problems.NOT_SAVED
    same = problems.not_saved(view, (view.get("state") or {}).get("values") or {}, words)
    return _json({"response_action": "update", "view": same})


async def _of_before(error: Exception, body: Body, deps: Deps) -> list[Block]:
    """For whoever was taken out of their last group as its channel went out of their reach: no message could tell
    them, and where their workspace has no Between, earlier buttons are the only door to what is kept of them."""
    if not isinstance(error, Problem) or error.code is not ProblemCode.NOT_IN_CHANNEL:
        return []
    who = origin(body).who
    try:
        return [] if await groups_of(deps.store, who) or not await known(deps.store, who) else still_kept()
    except StoreDown:
        return []


async def _answer_press(body: Body, deps: Deps, sentence: str, below: list[Block]) -> None:
    """In the channel or DM where it was pressed, to the presser alone; in a form or Home, as a sheet."""
    incoming, code = origin(body), ""
    for say in _ways_to_say(deps, incoming, body, sentence, below):
        try:
            await say()
        except (SlackRefused, StoreDown) as refused:
            code = str(refused)
        else:
            return
    log.warning("could not say so", code=code, what=_what(body))


def _ways_to_say(deps: Deps, incoming: Press, body: Body, sentence: str, below: list[Block]) -> Iterator[Say]:
    """Each is tried where Slack would not have the one before. A trigger is good for one form, and may be used up
    by the very call that was refused; a form is changed, and a message sent, without one."""
    view, line = body.get("view") or {}, problems.line(sentence, *below)
    if incoming.response_url:
        yield partial(deps.messenger.reply, incoming.response_url, line)
    else:
        yield partial(show, deps, incoming, problems.sorry_sheet(sentence, *below))
    if incoming.in_modal:
        typed = (view.get("state") or {}).get("values") or {}
        same = problems.not_saved(view, typed, sentence)
        yield partial(deps.messenger.update_form, incoming.team_id, incoming.view_id, same)
    yield partial(_whisper, deps, incoming, line)


async def _whisper(deps: Deps, incoming: Press, line: Message) -> None:
    """In the channel to the presser alone; from a form or Home, which stand in none, in their DM."""
    if incoming.channel:
        await deps.messenger.post_ephemeral(incoming.place, incoming.who.user_id, line)
    elif person := await known(deps.store, incoming.who):
        place = Place(
            team_id=person.reach.via_team,
            channel=await deps.messenger.open_dm(person.reach.via_team, person.reach.user_id),
        )
        await deps.messenger.post(place, line, delivery_id=deps.new_id())


def _json(payload: dict[str, Any] | View) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(payload), headers={"content-type": ["application/json"]})
