"""Slack's own interface for installation stores, over our records: the one in Redis that slack_sdk lacks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import KW_ONLY, dataclass
from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import replace
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store import Installation as SdkInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore

from bot.domain.installation import Installation, Tokens, found_for
from bot.ports import Installations

Save = Callable[[Installation], Awaitable[object]]
Remove = Callable[[str], Awaitable[object]]
"""By the installation's key."""


@dataclass(eq=False)
class RecordInstallationStore(AsyncInstallationStore):
    """`save` and `remove` do what follows besides. Nothing is kept of the installer but who they are: we ask for no
    token of theirs, and none is stored."""

    _records: Installations
    now: Callable[[], datetime]
    save: Save
    remove: Remove
    _: KW_ONLY
    client_id: str = ""

    async def async_save(self, installation: SdkInstallation) -> None:
        """As a record of ours, through `save`, which raises StoreDown."""
        await self.save(of_sdk(installation, self.now()))

    async def async_save_bot(self, bot: Bot) -> None:
        """As slack_sdk's own rotation stores a new token."""
        stored = await self._found(bot.enterprise_id, bot.team_id, bot.is_enterprise_install)
        fresh = of_sdk(bot, self.now())
        # Only the tokens: what slack_sdk hands over knows neither who installed us nor which workspaces we have
        # met.
        await self.save(fresh if stored is None else replace(stored, tokens=fresh.tokens, renewal_refused=""))

    async def async_find_bot(
        self, *, enterprise_id: str | None, team_id: str | None, is_enterprise_install: bool | None = False
    ) -> Bot | None:
        """None where we are not installed there, or are no more."""
        found = await self._found(enterprise_id, team_id, is_enterprise_install)
        return to_sdk(found).to_bot() if found else None

    async def async_find_installation(
        self,
        *,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None = None,  # noqa: ARG002
        is_enterprise_install: bool | None = False,
    ) -> SdkInstallation | None:
        """Of a user nothing is kept, so whoever asks for one is given the workspace's."""
        found = await self._found(enterprise_id, team_id, is_enterprise_install)
        return to_sdk(found) if found else None

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Through `remove`; nothing, where we are not installed there."""
        if found := await self._found(enterprise_id, team_id, None):
            await self.remove(found.key)

    async def async_delete_installation(
        self, *, enterprise_id: str | None, team_id: str | None, user_id: str | None = None
    ) -> None:
        """One user's would leave the workspace's in place."""
        if user_id is None:
            await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """As `async_delete_bot`: we keep no token of a person's."""
        await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    async def _found(
        self, enterprise_id: str | None, team_id: str | None, whole: bool | None
    ) -> Installation | None:
        return found_for(await self._records.all(), enterprise_id, None if whole else team_id)


def of_sdk(one: SdkInstallation | Bot, now: datetime) -> Installation:
    """`now`: when it is installed, and from when its token's life is counted."""
    whole = bool(one.is_enterprise_install)
    # by slack_sdk's clock, which need not be ours: so what counts is for how long the token was given
    lasts_s = one.bot_token_expires_at - one.installed_at if one.bot_token_expires_at else None
    return Installation(
        key=(one.enterprise_id if whole else one.team_id) or "",
        name=(one.enterprise_name if whole else one.team_name) or "",
        bot_id=one.bot_id or "",
        bot_user_id=one.bot_user_id or "",
        scopes=tuple(sorted(one.bot_scopes or ())),
        enterprise_id=one.enterprise_id or "",
        org_wide=whole,
        installed_by=getattr(one, "user_id", "") or "",
        installed_at=now,
        tokens=Tokens(
            bot=one.bot_token or "",
            refresh=one.bot_refresh_token or "",
            expires_at=now + timedelta(seconds=lasts_s) if lasts_s else None,
        ),
    )


def to_sdk(one: Installation) -> SdkInstallation:
    """Without a token of the installer's, of which we have none."""
    ends: dict[str, Any] = {}
    if one.tokens.refresh:
        ends["bot_refresh_token"] = one.tokens.refresh
    if one.tokens.expires_at:
        ends["bot_token_expires_at"] = int(one.tokens.expires_at.timestamp())
    return SdkInstallation(
        enterprise_id=one.enterprise_id or None,
        enterprise_name=one.name if one.org_wide else None,
        team_id=None if one.org_wide else one.key,
        team_name=None if one.org_wide else one.name,
        bot_token=one.tokens.bot,
        bot_id=one.bot_id,
        bot_user_id=one.bot_user_id,
        bot_scopes=list(one.scopes),
        user_id=one.installed_by,
        is_enterprise_install=one.org_wide,
        token_type="bot",  # noqa: S106 (a kind, no token)
        installed_at=one.installed_at.timestamp(),
        **ends,
    )
