"""Where we are installed, put together: what is stored, the token in the settings, and the pages that install
us."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import aiohttp
import structlog

from bot.domain.installation import End, Installation
from bot.ports import Deps, Store, StoreDown
from bot.settings import CannotStart, Settings
from bot.slack.installation import TokenRefused, installed
from bot.slack.installation_book import InstallationBook
from bot.slack.installation_store import RecordInstallationStore
from bot.slack.oauth import InstallFlow, InstallPages
from bot.slack.renewal import renew
from bot.usecases import installation as installations
from bot.views import installation as screens

log = structlog.get_logger()


async def open_book(
    settings: Settings, session: aiohttp.ClientSession, store: Store, clock: Callable[[], datetime]
) -> InstallationBook:
    """What is stored of our installations, and that of the token in the settings, which stays there. Raises
    CannotStart."""
    try:
        own = await _own(settings, session, store, clock())
        if own:
            await installations.installed(store, own, clock())
    except StoreDown as error:
        raise CannotStart(str(error)) from None
    return InstallationBook(
        store.installations,
        store.locks,
        clock,
        env=(own, settings.slack_bot_token.get_secret_value()) if own else None,
        renew=partial(renew, session, settings, clock) if settings.installable else None,
    )


async def _own(
    settings: Settings, session: aiohttp.ClientSession, store: Store, now: datetime
) -> Installation | None:
    """Where its workspace took us out, the others are served all the same."""
    try:
        return await installed(settings, session, now)
    except TokenRefused as error:
        others = [one for one in (await store.installations.all()).values() if one.active and not one.from_env]
        if not (settings.installable and others):
            raise
        log.error("going on without the token in the settings", reason=str(error))
        return None


def oauth_flow(
    settings: Settings, session: aiohttp.ClientSession, deps: Deps, scopes: tuple[str, ...]
) -> InstallFlow:
    """The pages in the browser by which a workspace installs us, and what they save."""
    store = deps.store
    kept = RecordInstallationStore(
        store.installations,
        deps.now,
        lambda one: installations.installed(store, one, deps.now()),
        lambda key: installations.ended(deps, key, End.UNINSTALLED, deps.now()),
    )
    return InstallFlow(
        settings,
        session,
        kept,
        store.tickets,
        scopes,
        # ids of those that may install us without an invitation
        partial(installations.admit, store, frozenset(settings.slack_allowed_workspaces.replace(",", " ").split())),
        InstallPages(screens.installed_page, screens.failed_page),
    )
