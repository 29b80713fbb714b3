"""Which token to speak with where: what is stored of our installations, at hand for every call and request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.domain.installation import (
    Installation,
    Tokens,
    found_for,
    needs_renewal,
    renewed,
    speaking_in,
)
from bot.ports import Installations, Locks, SlackRefused, StoreDown

FRESH_S = 20.0
"""Seconds for which what was read is believed: what another process changed is known after as long. Sooner where
Slack refuses a token, or names a workspace that we don't know."""

UNKNOWN_S = 1.0
"""Of a workspace that is not there, Redis is asked no more often than this."""

LOCK_LIFE = timedelta(seconds=20)
"""Longer than a call to Slack."""

WAITS_S = (0.2, 0.4, 0.8, 1.6, 3.0)
"""Between looks whether the process that renews a token has done so, where the old one has ended already."""

Renew = Callable[[str], Awaitable[Tokens]]
"""New tokens for a refresh token. Raises SlackRefused."""

log = structlog.get_logger()


class InstallationBook:
    """Installations as they were read last. `env`: the one whose token stands in the settings, and that token.

    Redis being away changes nothing of what is known. Two processes that both find a token near its end: one takes
    the lock, reads what is stored (the other may just have done it), asks Slack and stores; the other goes on with
    the old token, or waits where that has ended. Who dies in between leaves the lock to run out. Should two ask
    Slack after all, the first to store wins: the second finds another refresh token there, and takes what stands.
    """

    def __init__(
        self,
        records: Installations,
        locks: Locks,
        now: Callable[[], datetime],
        *,
        env: tuple[Installation, str] | None = None,
        renew: Renew | None = None,
    ) -> None:
        self._records, self._locks, self._now, self._renew = records, locks, now, renew
        self._env_key, self._env_token = (env[0].key, env[1]) if env else ("", "")
        self._known: dict[str, Installation] = {env[0].key: env[0]} if env else {}
        self._read_s, self._read_after = float("-inf"), records.writes
        self._reading = asyncio.Lock()

    async def all(self) -> dict[str, Installation]:
        """Those that we have a token for."""
        await self._read(FRESH_S)
        return self._usable()

    async def find(self, enterprise_id: str | None, team_id: str | None) -> Installation | None:
        """Whose installation a request of Slack's belongs to. Where there is but one, Slack can mean no other: on
        an Enterprise Grid payloads differ in what they call it."""
        found = found_for(await self.all(), enterprise_id, team_id)
        if found is None:
            # Installed a moment ago, by another process. Anybody may name a workspace that is not there, so Redis
            # is asked about such no more than once a second, however many come.
            await self._read(UNKNOWN_S)
            found = found_for(self._usable(), enterprise_id, team_id)
        usable = self._usable()
        if found is None and len(usable) == 1:
            found = next(iter(usable.values()))
        if found and found.org_wide and team_id and enterprise_id and not found.serves(team_id):
            return await self._met(found, team_id)
        return found

    async def tokens(self, team_id: str) -> str:
        """The token to speak with in a workspace. LookupError for one where we are not installed."""
        one = speaking_in((await self.all()).values(), team_id)
        if one is None:
            await self._read(UNKNOWN_S)
            one = speaking_in(self._usable().values(), team_id)
        if one is None:
            raise LookupError(team_id)
        return await self.token_of(one)

    async def token_of(self, one: Installation) -> str:
        """Renewed first where it ends within two hours. One that could not be renewed is given as it is: Slack says
        the rest."""
        if needs_renewal(one, self._now()):
            try:
                one = await self._renewed(one)
            except StoreDown:
                log.warning("a token could not be renewed: the store is down", team=one.key)
        return self._env_token if one.key == self._env_key and one.from_env else one.tokens.bot

    def _usable(self) -> dict[str, Installation]:
        usable = {}
        for key, one in self._known.items():
            # One that was in earlier settings has no token, there or in the store.
            if one.active and (one.key == self._env_key if one.from_env else one.tokens.bot):
                usable[key] = one
        return usable

    async def _read(self, older_than_s: float) -> None:
        if not self._stale(older_than_s):
            return
        # Twenty seconds are over for all calls at once: one reads, the others wait for what it finds.
        async with self._reading:
            if not self._stale(older_than_s):
                return
            # Before the read: what this process writes while it is under way may not be in the answer.
            writes = self._records.writes
            try:
                self._known = await self._records.all()
            except StoreDown:
                # A token that was good twenty seconds ago is mostly good, and a form must open within three.
                log.warning("installations could not be read; going on with those known")
            finally:
                # Also where it failed, or was cancelled: who waited meanwhile does not try in their turn, 1.5 s
                # each.
                self._read_s, self._read_after = asyncio.get_running_loop().time(), writes

    def _stale(self, older_than_s: float) -> bool:
        """Also where this process has changed something since."""
        age_s = asyncio.get_running_loop().time() - self._read_s
        return age_s >= older_than_s or self._read_after != self._records.writes

    async def _met(self, whole: Installation, team_id: str) -> Installation:
        """A workspace of an organisation that has us everywhere: noted, since messages say the workspace alone."""

        def noted(stored: Installation | None) -> Installation | None:
            if stored is None or stored.serves(team_id):
                return stored
            return replace(stored, teams=(*stored.teams, team_id))

        try:
            stands = await self._records.change(whole.key, noted)
        except StoreDown:
            # It serves all the same; whoever comes from there next notes it.
            return whole
        if stands:
            self._known[whole.key] = stands
        return stands or whole

    async def _renewed(self, one: Installation) -> Installation:
        if self._renew is None:
            return one
        # Somebody else is at it. The old token works for two hours more (docs/decisions/0018), so nobody waits for
        # a lock that its holder may have died with, unless it has ended already.
        if not (lock := await self._locks.acquire(one.key, LOCK_LIFE)):
            ends_at = one.tokens.expires_at
            return one if ends_at is None or self._now() < ends_at else await self._by_another(one)
        try:
            # From the store, not as the book knew it: whoever had the lock before us may just have renewed it, and
            # a refresh token is good for one use.
            stored = await self._records.get(one.key) or one
            if needs_renewal(stored, self._now()):
                stored = await self._ask_for_another(stored)
        finally:
            # Cancelled too. Who is killed leaves it to run out: twenty seconds, longer than a call to Slack.
            await self._locks.release(one.key, lock)
        self._known[one.key] = stored
        return stored

    async def _ask_for_another(self, one: Installation) -> Installation:
        assert self._renew is not None
        used = one.tokens.refresh
        try:
            tokens = await self._renew(used)
        except SlackRefused as refusal:
            log.error("Slack gives no new token", team=one.key, code=refusal.code)
            code = refusal.code
            # Not one in doubt: Slack allows a repetition for a moment, and the next press tries again.
            if refusal.permanent:
                await self._records.change(one.key, lambda stored: stored and replace(stored, renewal_refused=code))
            return one
        # Who dies before this has used up the refresh token, and the new one is lost, unless Slack still allows the
        # repetition: then the doctor says so, and they install us again. Compare-and-set on the token that was
        # used: had somebody installed us anew meanwhile, theirs stands.
        stands = await self._records.change(one.key, lambda stored: stored and renewed(stored, used, tokens))
        log.info("a token was renewed", team=one.key)
        return stands or one

    async def _by_another(self, one: Installation) -> Installation:
        for wait_s in WAITS_S:
            await asyncio.sleep(wait_s)
            # From the store each time: the other process can tell us in no other way.
            stored = await self._records.get(one.key)
            if stored and stored.tokens != one.tokens:
                self._known[one.key] = stored
                return stored
        return one
