"""News of somebody's own: once answered, what was pressed stands in the message no more."""

from __future__ import annotations

from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.views import blocks
from bot.views.news import in_place, newer_words
from bot.views.problem_sentences import said
from bot.views.words import contained, escape
from handlers.best_effort import best_effort
from handlers.incoming import Press


async def after_news_press(deps: Deps, press: Press, said: str) -> bool:
    """The message as it was, with `said` in place of the row that was pressed. What was done is saved by then; this
    may be lost. Whether there was such a message: a DM of news, not a sheet nor an older button's place."""
    if press.message is None or not press.payload.person:
        return False
    message = in_place(press.blocks, press.text, press.action_id, [blocks.context(said)])
    if message is None:
        return False
    return bool(await best_effort(deps.messenger.update(press.message, message)))


async def show_newer(deps: Deps, press: Press, member: Membership, problem: Problem) -> None:
    """*Use these words* or *Leave it*, beside words that have given way to others: those are shown in that place,
    and it is asked again. Any other `problem` is raised on, and this one where nothing of ours can be said."""
    if problem.code is not ProblemCode.WORDS_CHANGED:
        raise problem
    newer = newer_words(member.snapshot, press.payload, str(problem.about["what"]))
    message = in_place(press.blocks, press.text, press.action_id, newer) if press.message else None
    if press.message and message and await best_effort(deps.messenger.update(press.message, message)):
        return
    alone = blocks.message(escape(contained(said(problem))), *newer)
    if not (press.response_url and await best_effort(deps.messenger.reply(press.response_url, alone))):
        raise problem
