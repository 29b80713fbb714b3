"""Who draws which kind of message."""

from __future__ import annotations

from bot.domain.outbox import Kind
from scheduler import capture, change, checkin, correction, digest, nudge, panel, quiet, remind_later, welcome
from scheduler.outbox.messages import Composers

COMPOSERS: Composers = {
    Kind.WELCOME: welcome,
    Kind.CHECK_IN: checkin,
    Kind.NUDGE: nudge,
    Kind.REMIND_LATER: remind_later,
    Kind.QUIET: quiet,
    Kind.DIGEST: digest,
    Kind.CORRECTION: correction,
    Kind.CAPTURE: capture,
    Kind.PANEL: panel,
    Kind.CHANGE: change,
}
