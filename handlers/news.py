"""News of somebody's own: once answered, what was pressed stands in the message no more."""

from __future__ import annotations

from bot.ports import Deps
from bot.views.news import without_buttons
from handlers.best_effort import best_effort
from handlers.incoming import Press


async def after_news_press(deps: Deps, press: Press, said: str) -> bool:
    """The message as it was, with `said` in place of the row that was pressed. What was done is saved by then; this
    may be lost. Whether there was such a message: a DM of news, not a sheet nor an older button's place."""
    if press.message is None or not press.payload.person:
        return False
    message = without_buttons(press.blocks, press.text, press.action_id, said)
    if message is None:
        return False
    return bool(await best_effort(deps.messenger.update(press.message, message)))
