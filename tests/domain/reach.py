"""The table of what works for whom, written into docs/connect.md by `make counts`."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from bot.domain.people import Guest
from bot.domain.reach import Facts, Invite, Tie, what_works

PAGE = Path(__file__).parents[2] / "docs" / "connect.md"
BEGIN, END = "<!-- made by `make counts` from here -->\n", "<!-- to here -->\n"

HERE = Facts()
JOINED = Facts(external=True)
OUTSIDE = Facts(external=True, own_installed=False)

PEOPLE: dict[str, Facts] = {
    "of the workspace whose bot speaks in the channel": HERE,
    "a guest there, in several channels": replace(HERE, guest=Guest.MULTI),
    "a guest there, in this channel only": replace(HERE, guest=Guest.SINGLE),
    "of another workspace that installed Between too": JOINED,
    "of one that installed it, and may only post in the channel": replace(JOINED, post_only=True),
    "of one that installed it, where nobody knows whether it may only post": replace(JOINED, post_only=None),
    "of a workspace that has not installed it": OUTSIDE,
    "of one that has not, and may only post in the channel": replace(OUTSIDE, post_only=True),
    "of another one of the same Enterprise organisation": OUTSIDE,
    "not in the channel, of the bot's workspace": replace(HERE, in_channel=False),
    "not in the channel, own installation": replace(JOINED, in_channel=False, stranger=True),
    "not in the channel, no installation, another channel in common": replace(OUTSIDE, in_channel=False),
    "not in the channel, no installation: a stranger": replace(OUTSIDE, in_channel=False, stranger=True),
    "whose DM Slack refuses, no installation": replace(OUTSIDE, refused=True),
    "the channel has another id since it was shared": replace(OUTSIDE, tie=Tie.MOVED),
    "the channel is frozen, own installation": replace(JOINED, tie=Tie.FROZEN, stranger=True),
    "the channel is frozen, no installation": replace(OUTSIDE, tie=Tie.FROZEN, stranger=True),
    "their workspace was disconnected, own installation": replace(
        JOINED, tie=Tie.SEVERED, shared=False, stranger=True
    ),
    "their workspace was disconnected, no installation": replace(
        OUTSIDE, tie=Tie.SEVERED, shared=False, stranger=True
    ),
    "Between was put out of the channel, own installation": replace(JOINED, tie=Tie.LOST, stranger=True),
    "Between was put out of the channel, no installation": replace(OUTSIDE, tie=Tie.LOST, stranger=True),
    "the channel is archived": replace(HERE, tie=Tie.ARCHIVED),
}
INVITES = {Invite.YES: "yes", Invite.PERHAPS: "perhaps", Invite.NO: "–"}
WAYS = {"command": "command, shortcut", "home": "Home", "dm": "DM", "group_dm": "group DM", "button": "button"}


def page() -> str:
    heads = ["somebody", *WAYS.values(), "can invite it", "told"]
    rows = [_row(heads), _row(["---"] * len(heads))]
    for who, facts in PEOPLE.items():
        ways = what_works(facts)
        marks = ["yes" if getattr(ways, name) else "–" for name in WAYS]
        rows.append(_row([who, *marks, INVITES[ways.invite], f"`{ways.words}`"]))
    return BEGIN + "".join(rows) + END


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    PAGE.write_text(before + page() + rest.split(END)[1], "utf-8")
