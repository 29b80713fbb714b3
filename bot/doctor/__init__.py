"""`between doctor`: looks at everything Between needs, and says for each that it is well or what to do."""

from __future__ import annotations

from collections.abc import Callable

from bot.doctor import machine, slack, store
from bot.doctor.findings import Finding, mend, well
from bot.doctor.machine import Clock
from bot.messenger import new_session
from bot.settings import CannotStart, Settings


async def examine(load: Callable[[], Settings], now: Clock, *, put_back: bool = False) -> list[Finding]:
    """Everything, in the order in which somebody would mend it. Without settings, only the machine.

    `put_back`: messages set aside are sent once more.
    """
    found = [machine.python(), machine.zones()]
    try:
        settings = load()
    except CannotStart as error:
        return [*found, *(mend(sentence) for sentence in error.sentences)]
    found.append(well("Settings"))
    if doubtful := machine.address(settings.slack_api_url):
        found.append(doubtful)
    async with new_session() as session:
        found += await slack.tokens(settings, session, now)
    if put_back:
        found.append(await store.put_back(settings, now))
    return found + await store.redis(settings, now)
