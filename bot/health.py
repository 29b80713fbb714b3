"""What `/healthz` shows: whether the store, Slack's line and our token hold, and where they don't, why not."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.ports import Store, StoreDown
from bot.slack.installation import TokenCheck
from bot.slack.socket_mode import SocketMode

ASK_AFTER_S = 30.0
"""Slack is asked about the token at most as often, however often somebody looks."""


@dataclass
class Health:
    """Sequence: of several who look at once the first asks Slack, and the others wait for its answer."""

    store: Store
    check: TokenCheck
    line: SocketMode | None = None
    ask_after_s: float = ASK_AFTER_S
    _fault: str = ""
    _asked_s: float = float("-inf")
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def state(self) -> dict[str, Any]:
        """`silence` is for how many seconds Slack has said nothing in Socket Mode."""
        store = ""
        try:
            await self.store.due.next_at()
        except StoreDown:
            store = "Redis can't be reached."
        token = await self._token_fault()
        state: dict[str, Any] = {"store": not store, "token": not token}
        faults = [store, token]
        if self.line:
            fault = await self.line.fault()
            state |= {"slack": not fault, "silence": round(self.line.silence)}
            faults.append(fault)
        why = [one for one in faults if one]
        return {"ok": not why} | state | ({"why": why} if why else {})

    async def _token_fault(self) -> str:
        """Empty where Slack could not be asked the first time: that says nothing of the token."""
        async with self._asking:
            now_s = asyncio.get_running_loop().time()
            if now_s - self._asked_s >= self.ask_after_s:
                fault = await self.check.fault()
                self._fault = self._fault if fault is None else fault
                self._asked_s = now_s
            return self._fault
