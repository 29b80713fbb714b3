"""`between doctor`: looks at everything Between needs, and says for each that it is well or what to do."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from bot.doctor import installations, machine, slack, store
from bot.doctor.findings import Finding, mend, well
from bot.doctor.machine import Clock
from bot.domain.installation import Installation
from bot.open_store import readable
from bot.settings import CannotStart, Settings, load_in_part
from bot.slack.messenger import new_session
from bot.slack.oauth import INSTALL_PATH
from bot.usecases.installation import invite

InPart = Callable[[], tuple[Settings, frozenset[str]]]


async def examine(
    load: Callable[[], Settings], now: Clock, *, in_part: InPart = load_in_part, put_back: bool = False
) -> list[Finding]:
    """Everything, in the order in which somebody would mend it. Where settings are at fault, all that can be looked
    at without them.

    `put_back`: messages set aside are sent once more.
    """
    found = [machine.python(), machine.zones()]
    try:
        settings = load()
    except CannotStart as error:
        found += [mend(sentence) for sentence in error.sentences]
        # Slack's clock and Redis, each where its own settings are well.
        settings, at_fault = in_part()
        if "slack_api_url" not in at_fault:
            async with new_session() as session:
                found += await slack.time(settings, session, now)
        if not at_fault & {"redis_url", "redis_wait_replicas", "data_dir"}:
            found += await store.redis(settings, now)
        return found
    found.append(well("Settings"))
    if doubtful := machine.address(settings.slack_api_url):
        found.append(doubtful)
    async with new_session() as session:
        found += await slack.tokens(settings, session, now)
        found += await slack.stored_tokens(settings, session, await _oauth_installations(settings))
    if put_back:
        found.append(await store.put_back(settings, now))
    return found + await store.redis(settings, now)


async def installed_in(settings: Settings) -> list[str]:
    """A line for each workspace. Raises CannotStart."""
    async with readable(settings) as kept:
        found = (await kept.installations.all()).values()
    return [installations.line(one) for one in sorted(found, key=lambda one: (not one.active, one.key))] or [
        "Between is installed nowhere yet. `between invite-workspace` prints a link."
    ]


async def invitation(settings: Settings) -> str:
    """A link that is good for one workspace. Raises CannotStart."""
    code = secrets.token_hex(12)
    async with readable(settings) as kept:
        await invite(kept, code)
    return (
        f"{settings.between_url}{INSTALL_PATH}?invitation={code}\n"
        "Send it to whoever may install apps in that workspace. It is good for one workspace, within seven days."
    )


async def _oauth_installations(settings: Settings) -> list[Installation]:
    """Those whose tokens are stored; none where Redis can't be asked, which is said elsewhere."""
    try:
        async with readable(settings) as opened:
            found = (await opened.installations.all()).values()
    except CannotStart:
        return []
    return [one for one in found if one.active and not one.from_env]
