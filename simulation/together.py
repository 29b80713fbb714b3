"""What a group asks itself, as one leader's hands do it: a question to all, the purpose, the pulse, a review."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from playground.messages import Message
from simulation.cast import Leader
from simulation.player import Player, newest
from simulation.words import AIMS, ASKED, CHANGED, MEANT_TOGETHER, PURPOSES, Written, marks

Json = dict[str, Any]
PULSE = ("Yes, and I can tell how", "In parts", "Too early", "No")
PULSE_ODDS = (2, 6, 2, 1)
PLACINGS = ("Grow", "Nurture", "Weed", "Too early to say")
PLACING_ODDS = (4, 3, 2, 1)
MOST_PLACED = 3
WITHOUT_NAME, NAME_ALL_THE_SAME = 0.5, 0.5
"""Chances: that an answer to a question is without a name; and that one of these would rather have a name on it
than be held back."""


@dataclass
class Answer:
    """To a question to all, by the word that marks it. `held`: deleted unshown where too few are without a name."""

    author: str
    channel: str
    named: bool
    held: bool


@dataclass
class Together:
    """What people answered alone, as they themselves know it; the bot is not asked."""

    written: Written
    questions: int = 0
    wordings: int = 0
    changes_asked: int = 0
    reviews: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    pulses: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """By the channel and the round: who chose what."""
    placings: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    """By the channel: who placed which commitment, by its mark, as what. A new review begins afresh."""
    living: dict[str, set[str]] = field(default_factory=dict)
    """By the channel: who said of the purpose under way that they can live with it, its drafters left out."""
    drafted: dict[str, Leader] = field(default_factory=dict)
    """By the channel: who drafted what is under way."""
    names: dict[str, str] = field(default_factory=dict)
    """First names, by id."""
    taps: dict[str, list[int]] = field(default_factory=dict)

    def tapped(self, what: str, taps: int) -> None:
        self.taps.setdefault(what, []).append(taps)

    # -- beginning something --------------------------------------------------------------

    async def ask(self, player: Player, channel: str) -> bool:
        if not await _what_for(player, channel, "Put a question to all"):
            return False
        sent = await player.send({"Your question": player.dice.choice(ASKED)})
        self.questions += sent
        return sent

    async def draft(self, player: Player, channel: str) -> bool:
        """The first words, or others in place of what stands or of their own that somebody would change."""
        opened = await _what_for(player, channel, "Draft a purpose")
        opened = opened or (
            await _what_for(player, channel, "What we are here for")
            and await player.press_in_form("Suggest other words")
        )
        if not opened:
            await player.close()
            return False
        sentence = self.written.shared(player.dice, PURPOSES, player.leader.id, channel, player.stage.now)
        aims = player.dice.sample(AIMS, 2)
        sent = await player.send(
            {"What are we here for?": sentence} | {f"Aim {n}": aim for n, aim in enumerate(aims, 1)}
        )
        self.wordings += sent
        if sent:
            self.living[channel], self.drafted[channel] = set(), player.leader
        return sent

    async def review(self, player: Player, channel: str) -> bool:
        sent = await _what_for(player, channel, "Start a review") and await player.send({})
        if sent:
            self.reviews += 1
            self.placings[channel] = {}
        return sent

    # -- answering ------------------------------------------------------------------------

    async def answer(self, player: Player, message: Message, channel: str) -> bool:
        """A question to all, once: by its post, or by the matter."""
        before = player.taps
        if any(one.author == player.leader.id and one.channel == channel for one in self.answers.values()):
            return False
        if not await player.press(message, "Answer" if message.channel_id == channel else "Answer the question"):
            return False
        dice = player.dice
        words = self.written.sealed(dice, MEANT_TOGETHER, player.leader.id, channel, player.stage.now)
        named, held = dice.random() >= WITHOUT_NAME, dice.random() >= NAME_ALL_THE_SAME
        sent = await player.send(
            {
                "Your answer": words,
                "Shown": "With my name" if named else "Without my name",
                "If too few are without a name": "Hold it back: delete it unshown" if held else "Put my name to it",
            }
        )
        if sent:
            [mark] = marks(words)
            self.answers[mark] = Answer(player.leader.id, channel, named, held)
            self.tapped("a question to all", player.taps - before)
        return sent

    async def can_live(self, player: Player, message: Message, channel: str) -> bool:
        """Whoever drafted it can, and is not asked."""
        before, said = player.taps, self.living.setdefault(channel, set())
        knows = self.drafted.get(channel) == player.leader or player.leader.id in said
        if knows or not await player.press(message, "I can live with it"):
            return False
        await player.close()
        said.add(player.leader.id)
        self.tapped("a purpose", player.taps - before)
        return True

    async def would_change(self, player: Player, message: Message, channel: str) -> bool:
        """Once in a play: whoever comes second can live with it."""
        if self.changes_asked:
            return await self.can_live(player, message, channel)
        if not await player.press(message, "I would change this…"):
            return False
        words = self.written.shared(player.dice, CHANGED, player.leader.id, channel, player.stage.now)
        sent = await player.send({"What would you change?": words})
        self.changes_asked += sent
        return sent

    async def pulse(self, player: Player, message: Message, channel: str, round: str) -> bool:
        before = player.taps
        chosen = await player.press(message, "Choose") and await self._choose(player, channel, round)
        if chosen:
            self.tapped("a pulse", player.taps - before)
        return chosen

    async def look(self, player: Player, channel: str, round: str) -> bool:
        """Since there has been a purpose they look into *What for*, and answer the pulse there where it is open."""
        if not self.wordings or player.leader.id in self.pulses.get((channel, round), {}):
            return False
        return await _what_for(player, channel, "Choose") and await self._choose(player, channel, round)

    async def _choose(self, player: Player, channel: str, round: str) -> bool:
        [choice] = player.dice.choices(PULSE, PULSE_ODDS)
        chosen = await player.press_in_form(choice)
        await player.close()
        if chosen:
            self.pulses.setdefault((channel, round), {})[player.leader.id] = choice
        return chosen

    async def place(self, player: Player, message: Message, channel: str) -> bool:
        """Up to three commitments of those that can be chosen, once."""
        before, placed = player.taps, self.placings.setdefault(channel, {})
        if player.leader.id in placed or not await player.press(message, "Place them"):
            return False
        fields, own = _places(player)
        sent = bool(fields) and await player.send(fields)
        await player.close()
        if sent:
            placed[player.leader.id] = own
            self.tapped("a review", player.taps - before)
        return sent


def _places(player: Player) -> tuple[dict[str, str], dict[str, str]]:
    """What to fill in, and by the marks of commitments how each is placed."""
    dice: Random = player.dice
    there = player.options("commitment_1")
    known = dict(zip(there, [marks(one) for one in there], strict=True))
    chosen = dice.sample(there, min(MOST_PLACED, len(there)))
    fields: dict[str, str] = {}
    own: dict[str, str] = {}
    for n, what in enumerate(chosen, 1):
        [how] = dice.choices(PLACINGS, PLACING_ODDS)
        fields |= {f"Commitment {n}": what, f"Place {n}": how}
        own |= dict.fromkeys(known[what], how)
    return fields, own


async def _what_for(player: Player, channel: str, button: str) -> bool:
    """*More* in the group's channel, *What for*, and there."""
    message = newest(player.stage.pg.world.channels[channel], "More")
    opened = (
        await player.press(message, "More")
        and await player.press_in_form("What for")
        and await player.press_in_form(button)
    )
    if not opened:
        await player.close()
    return opened
