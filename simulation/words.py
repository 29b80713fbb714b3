"""What people write: plain sentences, each with a word of its own, so that whoever is shown it is known by it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

SHARED, PRIVATE, SEALED = "lark", "wren", "finch"
MARK = re.compile(rf"\b(?:{SHARED}|{PRIVATE}|{SEALED})\d+\b")

SAID = (
    "Two wards are full again, and the discharge lounge is where people wait.",
    "The school posts are safe until July.",
    "We lost a team leader and are covering from the next town.",
    "The new rota starts on Monday; nobody likes it yet.",
    "Eleven flats came back empty, and a child opened the door in one.",
    "The inspection is done and the letter comes in a month.",
    "Calls at night are down where the youth workers walk.",
    "The budget closes on the 9th and we are short by two posts.",
    "We have a room on Tuesdays that stands empty.",
)
MEANT = (
    "I'd like to see a child before a spreadsheet.",
    "I'm tired, and it shows.",
    "I worry that we meet to have met.",
    "I don't know whether I'll stay.",
    "I got a thank-you card and kept it.",
)
PROMISED = (
    "Ring the housing lead and ask who opens the door",
    "Ask at every evening discharge who is at home",
    "Put one question about caring on the school form",
    "Walk the estate with the night team",
    "Lend our Tuesday room to the youth club",
)
WISHED = (
    "somebody whose school posts were at risk and are safe now",
    "a room that stands empty on Tuesdays",
    "somebody who has covered a team leader from the next town",
    "whoever has had the inspection and its letter",
    "somebody whose calls at night are down",
    "how others wrote a rota that people like",
)
KNOWN = "Ask the evening team at the depot."
HAPPENED = (
    "Two heads rang back.",
    "Three wards now.",
    "The form is printed.",
    "One family came who had never come before.",
)

ASKED = (
    "What are we actually trying to achieve together?",
    "What would we miss, if we stopped meeting?",
)
MEANT_TOGETHER = (
    "That a child is asked once, not five times.",
    "Fewer meetings about children, and more mornings with them.",
    "That nobody goes home to a child and no other help.",
    "I thought I knew, and I don't any more.",
    "That we stop driving past the same eleven doors.",
)
PURPOSES = (
    "Every child who looks after somebody is known by name to one adult.",
    "A child at home is asked once, and helped by whoever hears it first.",
    "Nobody under eighteen carries a household alone in Riverside.",
)
AIMS = (
    "They are asked at school",
    "They are asked when a parent goes home from a ward",
    "A Saturday to themselves",
    "One page that all of us may read",
)
CHANGED = (
    "“Known” is too little: known and helped.",
    "Say who asks, or nobody will.",
)


@dataclass
class Written:
    """Every word that marks a sentence: who wrote it, in the group of which channel, and when."""

    authors: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)
    at: dict[str, datetime] = field(default_factory=dict)
    saved: set[str] = field(default_factory=set)
    """Those of which the bot said that it has them."""
    withdrawn: dict[str, datetime] = field(default_factory=dict)
    """Those that their author changed or pulled back, and when."""
    withheld: set[str] = field(default_factory=set)
    """Those that their author asked to read, and was not shown."""

    def shared(self, dice: Random, sentences: tuple[str, ...], author: str, channel: str, at: datetime) -> str:
        return self._marked(SHARED, dice, sentences, author, channel, at)

    def private(self, dice: Random, author: str, channel: str, at: datetime) -> str:
        return self._marked(PRIVATE, dice, MEANT, author, channel, at)

    def sealed(self, dice: Random, sentences: tuple[str, ...], author: str, channel: str, at: datetime) -> str:
        """For everyone, once its day has come."""
        return self._marked(SEALED, dice, sentences, author, channel, at)

    def keep(self, text: str) -> None:
        """The bot took these words."""
        self.saved.update(MARK.findall(text))

    def withdraw(self, text: str, at: datetime) -> None:
        self.withdrawn |= dict.fromkeys(MARK.findall(text), at)

    def _marked(
        self, kind: str, dice: Random, some: tuple[str, ...], author: str, channel: str, at: datetime
    ) -> str:
        word = f"{kind}{len(self.authors) + 1}"
        self.authors[word], self.channels[word], self.at[word] = author, channel, at
        sentence = dice.choice(some)
        return f"{sentence} Our word: {word}." if sentence.endswith(".") else f"{sentence} ({word})"


def marks(text: str) -> set[str]:
    return set(MARK.findall(text))


def is_private(mark: str) -> bool:
    return mark.startswith(PRIVATE)


def is_sealed(mark: str) -> bool:
    return mark.startswith(SEALED)
