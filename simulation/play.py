"""The play: the clock goes from one thing that happens to the next, and people do what they are like.

The sequence, again and again: the clock is moved to what is due next or to what somebody means to do next,
whichever is sooner; the bot does all that is due; what was shown is read, and whoever it reached decides what to do
about it and when; whoever's time has come does it. One thing at a time, so that a seed always plays the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from random import Random

from bot.domain.outbox import Entry, Kind
from playground.acts import PersonCannot
from playground.messages import Message
from simulation.cast import Group, Leader
from simulation.habits import (
    Act,
    Decided,
    if_read,
    on_answered,
    on_ask,
    on_capture,
    on_change_asked,
    on_check_in,
    on_digest,
    on_pulse,
    on_purpose,
    on_question,
    on_reminder,
    on_review,
    on_unheld,
    on_yes,
)
from simulation.player import Player, buttons
from simulation.sealed import Sealed
from simulation.shown import Reader, Shown, Way
from simulation.stage import Stage
from simulation.tally import CheckIn, Tally
from simulation.together import Together
from simulation.transcript import Transcript
from simulation.words import Written

Deed = Callable[[], Awaitable[bool]]
"""False where it could not be done."""
PRESSED = {
    Act.NOTHING_NEW: "Nothing new",
    Act.STUCK: "Stuck, want help",
    Act.SKIP: "Skip this one",
    Act.READ_IT_ALL: "Read it all",
    Act.HELP: "I can help",
    Act.SAY_YES: "Yes, introduce us",
    Act.SAY_NO: "Not me",
    Act.INTRODUCE: "Introduce us",
    Act.TAKE_UP: "Take it up",
}
"""One press is the whole of it; a sheet that it opens is read and closed."""
PUT = {
    "Yes, introduce us": on_ask,
    "Introduce us": on_yes,
    "Take it up": on_unheld,
    "Answer the question": on_question,
    "I can live with it": on_purpose,
    "Choose": on_pulse,
    "Place them": on_review,
}
"""By a button on a DM: what may come of it, whatever else the DM is."""
POSTED = {
    Kind.CAPTURE: on_capture,
    Kind.DIGEST: on_digest,
    Kind.INQUIRY: if_read(on_question),
    Kind.PURPOSE: if_read(on_purpose),
    Kind.REVIEW: if_read(on_review),
}
"""By the kind of a post."""
ANSWERS = (Act.NOTHING_NEW, Act.ANSWER, Act.SAY_MORE, Act.STUCK)
A_MINUTE = timedelta(minutes=1)
STEPS_AT_ONCE = 50
"""Moments in a row at which something is due and nothing comes of it: then the clock goes on regardless."""


@dataclass(order=True)
class Planned:
    at: datetime
    number: int
    deed: Callable[[], Awaitable[object]] = field(compare=False)


class Play:
    """`transcript` may be left out. Whoever is in several groups is one player."""

    def __init__(
        self, stage: Stage, groups: tuple[Group, ...], seed: int, transcript: Transcript | None = None
    ) -> None:
        self.stage, self.groups, self.transcript = stage, groups, transcript
        self.written = Written()
        self.together = Together(self.written)
        self.tally = Tally(self.written, Sealed(self.together))
        self.together.names = {one.id: one.name.split()[0] for group in groups for one in group.leaders}
        self._reader = Reader(stage)
        self._agenda: list[Planned] = []
        self._planned = 0
        self._channels = {group.channel: group for group in groups}
        self._channel_of: dict[str, str] = {}
        """By the group's id, which the bot gives."""
        self.players = {one.id: self._player(one, seed) for group in groups for one in group.leaders}
        self._checkins: dict[tuple[str, str], Message] = {}
        """Each person's newest check-in of each group (by its id), on which they press."""

    # -- from the beginning to the end ----------------------------------------------------

    async def gather(self, every: str, apart: timedelta = A_MINUTE) -> None:
        """Each group is set up, and its leaders join so long after each other."""
        for group in self.groups:
            convenor, *others = group.leaders
            await self._player_of(convenor).set_up(group, every)
            self.tally.joined(convenor, self.stage.now)
            for leader in others:
                await self._go(self.stage.now + apart)
                self.tally.joined(leader, self.stage.now)
                await self._player_of(leader).join(group)

    async def live(self, until: datetime) -> None:
        idle = 0
        while self.stage.now < until:
            due = await self.stage.bot.next_due()
            sooner = [one for one in (due, self._agenda[0].at if self._agenda else None) if one]
            target = max(min([*sooner, until]), self.stage.now)
            idle = idle + 1 if target == self.stage.now else 0
            if idle > STEPS_AT_ONCE:
                target = min(self.stage.now + A_MINUTE, until)
            await self._go(target)
            while self._agenda and self._agenda[0].at <= self.stage.now:
                await self._try(heapq.heappop(self._agenda).deed)
                idle = 0

    async def _go(self, when: datetime) -> None:
        await self.stage.move_to(when)
        await self._read()

    async def _look(self) -> None:
        await self.stage.settle()
        await self._read()

    async def _try(self, deed: Callable[[], Awaitable[object]]) -> None:
        """What somebody meant to do may not be there any more; then they leave it."""
        try:
            await deed()
        except PersonCannot as why:
            if self.transcript:
                self.transcript.did(self.stage.now, "Somebody", f"can't: {why}")

    def plan(self, at: datetime, deed: Callable[[], Awaitable[object]]) -> None:
        self._planned += 1
        heapq.heappush(self._agenda, Planned(at, self._planned, deed))

    # -- what people decide ---------------------------------------------------------------

    async def _read(self) -> None:
        for shown in self._reader.read():
            self.tally.add(shown)
            if self.transcript:
                self.transcript.saw(shown)
            if shown.entry and shown.way in (Way.DM, Way.POST):
                self._react(shown, shown.entry)

    def _react(self, shown: Shown, entry: Entry) -> None:
        message = self.stage.pg.world.channels[shown.channel].messages[shown.ts]
        if shown.way is Way.POST and not entry.in_channel:
            return  # to two who were introduced: what they say there is theirs
        if shown.way is Way.POST:
            self._channel_of[entry.group_id] = shown.channel
            decide = POSTED.get(entry.kind)
            for leader in self._channels[shown.to].leaders if decide else ():
                if decide and self.there(leader, shown.at):
                    self._decided(leader, shown, entry, message, decide(leader.habit, self._dice(leader)))
            drafter = self.together.drafted.get(shown.to)
            if entry.kind is Kind.PURPOSE_REPLY and drafter and self.there(drafter, shown.at):
                decided = on_change_asked(drafter.habit, self._dice(drafter))
                self._decided(drafter, shown, entry, message, decided)
            return
        self._react_to_dm(self.players[shown.to], shown, entry, message)

    def _react_to_dm(self, player: Player, shown: Shown, entry: Entry, message: Message) -> None:
        leader, on_it = player.leader, [one["text"]["text"] for one in buttons(message.blocks)]
        if entry.kind is Kind.CHECK_IN:
            self._checkins[shown.to, entry.group_id] = message
            acts = on_check_in(leader.habit, player.dice, tends="Say more…" in on_it)
            self._decided(leader, shown, entry, message, acts)
        elif entry.kind is Kind.NUDGE:
            asked = self._checkins.get((shown.to, entry.group_id), message)
            self._decided(leader, shown, entry, asked, on_reminder(leader.habit, player.dice))
        for words in on_it:
            if words in PUT:
                self._decided(leader, shown, entry, message, PUT[words](leader.habit, player.dice))

    def there(self, leader: Leader, at: datetime) -> bool:
        known = self.tally.people.get(leader.id)
        return known is not None and known.left is None and not known.is_away(at)

    def _decided(self, leader: Leader, shown: Shown, entry: Entry, message: Message, acts: Decided) -> None:
        player, key = self.players[leader.id], (leader.id, entry.group_id, entry.round)
        for wait, act in acts:
            deed = self._deed(player, act, message, self._channel_of[entry.group_id], entry.round)
            if act in ANSWERS:
                deed = partial(self._answer, player, key, act, deed)
            if act is Act.ANSWER:
                deed = partial(self._then_think_again, deed, leader, shown, entry, message)
            self.plan(shown.at + wait, partial(self._if_there, leader, deed))

    async def _then_think_again(
        self, deed: Deed, leader: Leader, shown: Shown, entry: Entry, message: Message
    ) -> bool:
        done = await deed()
        now = replace(shown, at=self.stage.now)
        self._decided(leader, now, entry, message, on_answered(self._dice(leader)) if done else [])
        return done

    async def _if_there(self, leader: Leader, deed: Deed) -> None:
        if self.there(leader, self.stage.now):
            await deed()

    def _deed(self, player: Player, act: Act, message: Message, channel: str, round: str) -> Deed:
        if act in PRESSED:
            return partial(player.read, message, PRESSED[act])
        deeds: dict[Act, Deed] = {
            Act.ANSWER: partial(player.answer, message, channel),
            Act.SAY_MORE: partial(player.say_more, message, channel),
            Act.CHANGE: partial(player.change, message, channel),
            Act.PULL_BACK: partial(player.pull_back, message),
            Act.ADD_A_LINE: partial(player.add_a_line, message, channel),
            Act.ASK: partial(self._ask, player, message),
            Act.KNOW: partial(player.know, message),
            Act.ANSWER_QUESTION: partial(self.together.answer, player, message, channel),
            Act.CAN_LIVE: partial(self.together.can_live, player, message, channel),
            Act.WOULD_CHANGE: partial(self.together.would_change, player, message, channel),
            Act.PULSE: partial(self.together.pulse, player, message, channel, round),
            Act.LOOK: partial(self.together.look, player, channel, round),
            Act.PLACE: partial(self.together.place, player, message, channel),
            Act.DRAFT_AGAIN: partial(self.together.draft, player, channel),
        }
        return deeds[act]

    async def _ask(self, player: Player, message: Message) -> bool:
        asked = await player.ask(message)
        self.tally.asks += asked
        return asked

    async def _answer(self, player: Player, key: CheckIn, act: Act, deed: Deed) -> bool:
        before = player.taps
        done = await deed()
        if done:
            self.tally.answered.setdefault(key, (act, player.taps - before))
        return done

    # -- lives ----------------------------------------------------------------------------

    def newest_check_in(self, player: Player) -> Message:
        found = [message for (id_, _), message in self._checkins.items() if id_ == player.leader.id]
        if not found:
            raise PersonCannot(f"{player.leader.name} was never asked.")
        return max(found, key=lambda message: message.ts)

    # -- players --------------------------------------------------------------------------

    def _player(self, leader: Leader, seed: int) -> Player:
        return Player(
            self.stage,
            leader,
            Random(f"{seed}:{leader.id}"),  # noqa: S311
            self.written,
            partial(self._tell, leader),
            self._look,
        )

    def _player_of(self, leader: Leader) -> Player:
        return self.players[leader.id]

    def _dice(self, leader: Leader) -> Random:
        return self.players[leader.id].dice

    def _tell(self, leader: Leader, what: str) -> None:
        if self.transcript:
            self.transcript.did(self.stage.now, leader.id, what)
