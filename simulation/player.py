"""One leader's hands: they press what they see, as a person would, and never touch the bot's store."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from playground.acts import Person, PersonCannot
from playground.messages import Channel, Message
from simulation.cast import Group, Leader
from simulation.stage import Stage
from simulation.words import HAPPENED, KNOWN, PROMISED, SAID, WISHED, Written, marks

Json = dict[str, Any]
Told = Callable[[str], None]
SAID_TO_ALL, SAID_TO_NOBODY, READS_OWN = 0.75, 0.6, 0.3
"""Chances: that an answer has words for everyone, some for nobody but its author, and that these are read again."""
ENDINGS = {0.35: "Done", 0.5: "Let go"}
"""Chances, each with those before it, of how what they tend is when they say more; else as before."""


@dataclass
class Player:
    """`tell` is told what they did. `look` settles what follows, and reads what was shown by it."""

    stage: Stage
    leader: Leader
    dice: Random
    written: Written
    tell: Told
    look: Callable[[], Awaitable[None]]
    taps: int = 0
    _said: dict[tuple[str, str], str] = field(default_factory=dict)
    """What they gave everyone, by the message that it stands in."""

    @property
    def person(self) -> Person:
        return self.stage.pg.person(self.leader.id)

    # -- what follows is one press each ---------------------------------------------------

    async def press(self, message: Message, words: str) -> bool:
        """The first button with these words on a message. False where it is not there any more."""
        found = next((one for one in buttons(message.blocks) if one["text"]["text"] == words), None)
        if found is None:
            return False
        self.tell(f"presses [{words}].")
        self.taps += 1
        await self.person.press(message, found["action_id"], found.get("value"))
        await self.look()
        return True

    async def press_in_form(self, words: str) -> bool:
        modal = self.person.modal
        if modal is None or words not in {one["text"]["text"] for one in buttons(modal.blocks)}:
            return False
        self.tell(f"presses [{words}].")
        self.taps += 1
        await self.person.press_in_modal(words)
        await self.look()
        return True

    async def send(self, fields: Mapping[str, str]) -> bool:
        """Fill the form that is open, by labels or block ids, send it, and close what it becomes. False where it
        was refused, or there is none."""
        person = self.person
        if person.modal is None:
            return False
        for label, words in fields.items():
            await person.fill(label, words)
            self.tell(f"writes, {label}: {words}")
        self.tell(f"presses [{person.modal.submit}].")
        self.taps += 1
        refused = await person.submit()
        await self.look()
        if not refused and person.modal is not None and person.modal.submit == "Post it":
            self.tell("presses [Post it].")  # other organisations read the channel
            await person.submit()
            await self.look()
        for sentence in (refused or {}).values():
            self.tell(f"is told: {sentence}")
        if not refused:
            self.written.keep(" ".join(fields.values()))
        await self.close()
        return not refused

    async def close(self) -> None:
        if self.person.modal is not None:
            await self.person.close(everything=True)
            await self.look()

    # -- joining, going away, leaving -----------------------------------------------------

    async def set_up(self, group: Group, every: str) -> None:
        """Between is invited to the channel, and a group is set up there with what the form suggests."""
        channel = self.stage.pg.world.channels[group.channel]
        self.tell(f"invites Between to #{channel.name}.")
        await self.person.invite_bot(channel)
        await self.look()
        await self.press(newest(channel, "Set up a group"), "Set up a group")
        await self._say_organisation()
        await self.person.fill("How often", every)
        if not await self.send({"What you work on together": group.name}):
            raise PersonCannot(f"{group.name} could not be set up.")

    async def join(self, group: Group) -> None:
        await self.press(newest(self.stage.pg.world.channels[group.channel], "Join"), "Join")
        await self._say_organisation()
        if not await self.send(self._where()):
            raise PersonCannot(f"{self.leader.name} could not join {group.name}.")

    def _where(self) -> dict[str, str]:
        """What Slack does not say of people of other workspaces, and so is asked of them."""
        mine = {"Your time zone": self.leader.zone, "Public holidays of": self.leader.nation}
        modal = self.person.modal
        empty = [one for one in modal.blocks if not one.get("element", {}).get("initial_value")] if modal else []
        labels = [one["label"]["text"] for one in empty if one["type"] == "input"]
        return {label: mine[label] for label in labels if label in mine}

    async def _say_organisation(self) -> None:
        """In the form that is open: chosen from the group's list, or added to it."""
        modal, mine = self.person.modal, self.leader.organisation
        assert modal is not None
        [asked] = [block for block in modal.blocks if block.get("block_id") == "organisation_name"]
        listed = [option["text"]["text"] for option in asked["element"].get("options", ())]
        if not listed or mine in listed:
            await self.person.fill("Your organisation", mine)
        else:
            await self.person.fill("Your organisation", "Another organisation…")
            await self.look()
            await self.person.fill("Which one?", mine)
        self.tell(f"says {mine}.")

    async def go_away(self, message: Message, until: str) -> bool:
        opened = await self.press(message, "More") and await self.press_in_form("I'm away until…")
        return opened and await self.send({"Back on": until})

    async def leave(self, message: Message) -> bool:
        left = await self.press(message, "More") and await self.press_in_form("Leave")
        await self.close()
        return left

    # -- answering ------------------------------------------------------------------------

    async def answer(self, message: Message, channel: str) -> bool:
        """By the form: some words for everyone, some for nobody. `channel` is of the group."""
        if not await self.press(message, "Answer"):
            return False
        dice, author, now = self.dice, self.leader.id, self.stage.now
        lanes: dict[str, str] = {}
        shares = dice.random() < SAID_TO_ALL
        if shares:
            lanes["organisation"] = self.written.shared(dice, SAID, author, channel, now)
        if dice.random() < SAID_TO_NOBODY or not shares:
            lanes["me"] = self.written.private(dice, author, channel, now)
        sent = await self.send(lanes)
        if sent and shares:
            self._said[message.channel_id, message.ts] = lanes["organisation"]
        if sent and "me" in lanes and dice.random() < READS_OWN:
            await self._read_own(message, lanes["me"])
        return sent

    async def _read_own(self, message: Message, words: str) -> None:
        """What is for nobody else stands in no message; a button shows it."""
        taps = self.taps
        if await self.press(message, "Read it"):
            modal = self.person.modal
            if not (modal and marks(words) <= marks(json.dumps(modal.content))):
                self.written.withheld |= marks(words)
            await self.close()
        self.taps = taps

    async def change(self, message: Message, channel: str) -> bool:
        """Other words in place of those they gave everyone in the answer that stands in this message."""
        place = message.channel_id, message.ts
        if place not in self._said or not await self.press(message, "Change"):
            return False
        words = self._shared(SAID, channel)
        sent = await self.send({"organisation": words})
        if sent:
            self.written.withdraw(self._said[place], self.stage.now)
            self._said[place] = words
        return sent

    async def pull_back(self, message: Message) -> bool:
        words = self._said.pop((message.channel_id, message.ts), "")
        pulled = bool(words) and await self.press(message, "Pull it back")
        if pulled:
            self.written.withdraw(words, self.stage.now)
        await self.close()
        return pulled

    async def move_meeting(self, message: Message, later: timedelta) -> bool:
        """So much later than the form suggests."""
        if not (await self.press(message, "More") and await self.press_in_form("Move a meeting")):
            return False
        modal = self.person.modal
        block = next((one for one in modal.blocks if one.get("block_id") == "moved_to"), None) if modal else None
        if block is None:
            await self.close()
            return False
        day = date.fromisoformat(block["element"]["initial_date"]) + later
        return await self.send({"New day": day.isoformat()})

    async def say_more(self, message: Message, channel: str) -> bool:
        if not await self.press(message, "Say more…"):
            return False
        state, chance = {}, self.dice.random()
        for share, words in ENDINGS.items():
            if chance < share and words in self.options("state"):
                state = {"state": words}
                break
        return await self.send(state | {"note": self._shared(HAPPENED, channel)})

    def options(self, block_id: str) -> list[str]:
        """What can be chosen there, in the form that is open."""
        modal = self.person.modal
        blocks = [one for one in modal.blocks if one.get("block_id") == block_id] if modal else []
        return [option["text"]["text"] for one in blocks for option in one["element"]["options"]]

    async def add_a_line(self, message: Message, channel: str) -> bool:
        if not await self.press(message, "Add a commitment"):
            return False
        return await self.send({"what": self._shared(PROMISED, channel)})

    async def ask(self, message: Message) -> bool:
        """Quietly, as the form suggests. Refused where an ask of theirs is open."""
        if not (await self.press(message, "More") and await self.press_in_form("Ask for something")):
            return False
        return await self.send({"what": self.dice.choice(WISHED)})

    async def know(self, message: Message) -> bool:
        return await self.press(message, "I know someone") and await self.send({"words": KNOWN})

    async def read(self, message: Message, words: str) -> bool:
        """A form that only shows something."""
        opened = await self.press(message, words)
        await self.close()
        return opened

    def _shared(self, sentences: tuple[str, ...], channel: str) -> str:
        return self.written.shared(self.dice, sentences, self.leader.id, channel, self.stage.now)


def buttons(blocks: list[Json]) -> list[Json]:
    """Everything that can be pressed, from the top."""
    every = [
        element
        for block in blocks
        for element in (*block.get("elements", ()), block.get("accessory"))
        if isinstance(element, dict)
    ]
    return [one for one in every if one.get("type") == "button"]


def newest(channel: Channel, words: str) -> Message:
    """The newest message of a channel that has this button."""
    for message in reversed(channel.messages.values()):
        if words in {one["text"]["text"] for one in buttons(message.blocks)}:
            return message
    raise PersonCannot(f"Nothing in #{channel.name} has {words!r} on it.")
