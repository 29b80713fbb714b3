"""`/between help`: what can be typed."""

from __future__ import annotations

from bot.views.words import escape, one_line


def usage(unknown: str = "") -> str:
    """How `/between` is used, after what it was given that it does not know."""
    commands = (
        "`/between` opens everything, and a word after it one thing: `/between ask`, `/between open`, "
        "`/between lend`, `/between commitments`, `/between people`, `/between purpose`, `/between inquiry`, "
        "`/between review`, `/between learnt`, `/between ahead`, `/between year`, `/between digest last`, "
        "`/between digest 2026-11-20`, `/between away`, `/between settings`, `/between set up`. "
        "`/plate` shares what's on your plate, `/commit` adds a commitment."
    )
    return f"I don't know “{escape(one_line(unknown, 60))}”. {commands}" if unknown else commands
