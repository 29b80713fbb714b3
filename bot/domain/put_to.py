"""Whom a commitment was put to: who took it up, who may, and who was asked to help. Kept with the commitment."""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.domain.asks import Routed


class TakenUp(msgspec.Struct, frozen=True, kw_only=True):
    """When `by` made it theirs, which was `of`'s until then."""

    at: datetime
    by: str
    of: str


class SteppedBack(msgspec.Struct, frozen=True, kw_only=True):
    """When `by` no longer tended it, by their own wish. Kept since December 2026."""

    at: datetime
    by: str


class PassedOn(msgspec.Struct, frozen=True, kw_only=True):
    """Who may take it up, asked since `at`; an empty `to` is whoever can take it. A no is not stored here."""

    to: str
    at: datetime


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """Who were asked, at `at`, to help `by`, who had been stuck with it since `since`."""

    by: str
    since: datetime
    at: datetime
    routed: tuple[Routed, ...] = ()
