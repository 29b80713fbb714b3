"""A press takes what its message shows. Where those words have changed since, whoever pressed reads the new ones
and is asked once more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import wraps

from slack_bolt.async_app import AsyncAck

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.views.as_read import once_more
from bot.views.problem_sentences import said
from bot.views.problems import line, sorry_sheet
from handlers.best_effort import best_effort
from handlers.incoming import Press, show

Listener = Callable[[AsyncAck, Press, Membership, Deps], Awaitable[None]]


def as_read(listener: Listener) -> Listener:
    """Around what a press does. Nothing is changed by the first, and the answer has the button for the second: a
    matter is drawn anew where it was put to them, too, but Slack may not have that."""

    @wraps(listener)
    async def pressed(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
        try:
            await listener(ack, press, member, deps)
        except Problem as problem:
            # where the answer won't go out, the error handler has other ways
            if problem.code is not ProblemCode.WORDS_CHANGED or not await _ask_again(deps, press, problem):
                raise
            await ack()

    return pressed


async def _ask_again(deps: Deps, press: Press, problem: Problem) -> bool:
    again = once_more(press.label, press.action_id, press.payload, str(problem.about["what"]))
    if press.response_url:
        answer = deps.messenger.reply(press.response_url, line(said(problem), again))
    else:
        answer = show(deps, press, sorry_sheet(said(problem), again))
    return await best_effort(answer)
