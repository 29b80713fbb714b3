"""A stage for stories: the playground, a real Redis and the bot, on one clock that stands still until moved."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import yaml

from bot.app import Between, started
from bot.domain.nations import nation_name
from bot.domain.outbox import Kind
from bot.manifest import manifest
from bot.settings import Settings
from playground.acts import Person
from playground.clock import Clock
from playground.config import SEED
from playground.forms import controls
from playground.manifest import app as read_manifest
from playground.messages import Message
from playground.server import Playground
from playground.traffic import Ack, ApiCall
from playground.world import World
from simulation.at_rest import at_rest
from tests import screen
from tests.backstage import hurry, settings_of
from tests.cast import NATIONS, ORGANISATIONS
from tests.kinds import noting

LONDON = ZoneInfo("Europe/London")
ACK_TIMEOUT_S = 50.0
"""Seconds that this Slack waits for an answer. The real one waits three: `test_outage` holds us to them where Redis
is gone, benchmarks/answering says how far below we are; here a busy machine would be taken for a bot that is
late."""
PEOPLE = yaml.safe_load(SEED.read_text("utf-8"))


@dataclass
class Stage:
    """What a story needs: people who act, a clock to move, and the screens as text. `went` says by a message's `ts`
    of which kind it is."""

    pg: Playground
    bot: Between
    clock: Clock
    went: dict[str, Kind] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bot.kinds = noting(self.went)

    def person(self, name: str) -> Person:
        return self.pg.person(name)

    async def at(self, when: str) -> None:
        """Move to a wall-clock time in London, doing all that is due on the way, in its order."""
        # What Slack has told already came before: on a busy machine it may not have been heard yet.
        await at_rest(self.pg)
        target = datetime.fromisoformat(when).replace(tzinfo=LONDON)
        await self.bot.live_to(target, self.clock.move_to)
        await self.settle()

    async def settle(self) -> None:
        await self.bot.tick()
        await at_rest(self.pg)

    def dms(self, name: str) -> list[Message]:
        """What the bot has sent somebody, oldest first; empty where there is no DM."""
        who = self.person(name)
        app = who.app("Between")
        channels = [c for c in self.pg.world.channels.values() if c.is_im and who.id in c.members]
        return [m for c in channels for m in c.messages.values() if m.app_id == app.id and not m.ephemeral_to]

    def dm(self, name: str) -> str:
        """The newest DM, as text."""
        return self.shown(self.dms(name)[-1])

    def posts(self, channel: str = "young-carers") -> list[Message]:
        """The bot's messages in a channel, without those in threads."""
        return [m for m in self._spoken(channel) if m.thread_ts in (None, m.ts)]

    def digest(self, channel: str = "young-carers") -> Message:
        """The newest digest, whatever else of the bot's is posted at its hour."""
        return self._of(Kind.DIGEST, channel)[-1]

    def briefs(self, channel: str = "young-carers") -> list[Message]:
        """The same of the brief: all of them, oldest first."""
        return self._of(Kind.BRIEF, channel)

    def _of(self, kind: Kind, channel: str) -> list[Message]:
        return [m for m in self.posts(channel) if self.went.get(m.ts) is kind]

    def announced(self, channel: str = "young-carers") -> str:
        """What the channel was told last, as text: in a post of its own, or added to the day's."""
        posts = {m.ts: m for m in self.posts(channel) if self.went.get(m.ts) not in (Kind.PANEL, Kind.HELLO)}
        calls = [one for one in self.pg.world.traffic.log if isinstance(one, ApiCall) and not one.refusal]
        said = [one for one in calls if one.method in ("chat.postMessage", "chat.update")]
        return next(self.shown(posts[ts]) for one in reversed(said) if (ts := one.response.get("ts")) in posts)

    def replies(self, to: Message, channel: str = "young-carers") -> list[Message]:
        """The bot's replies under a message, oldest first."""
        return [m for m in self._spoken(channel) if m.thread_ts == to.ts != m.ts]

    def _spoken(self, channel: str) -> list[Message]:
        found = next(c for c in self.pg.world.channels.values() if c.name == channel)
        return [m for m in found.messages.values() if m.app_id and not m.ephemeral_to]

    def sent(self, name: str) -> list[str]:
        """The texts of the DMs somebody was sent, as they came, oldest first; by now they may read otherwise."""
        who = self.person(name)
        dms = {c.id for c in self.pg.world.channels.values() if c.is_im and who.id in c.members}
        calls = [call for call in self.pg.world.traffic.log if isinstance(call, ApiCall) and not call.refusal]
        posts = [call for call in calls if call.method == "chat.postMessage" and call.args["channel"] in dms]
        return [str(call.args["text"]) for call in posts]

    def shown(self, message: Message) -> str:
        return screen.message(message.text, message.blocks, self.names())

    def modal(self, name: str) -> str:
        view = self.person(name).modal
        assert view is not None, f"{name} has no form open"
        return screen.form(view.content, self.names())

    def home(self, name: str) -> str:
        view = self.person(name).home()
        assert view is not None, f"{name} has no Home"
        return screen.home(view.content, self.names())

    def newest(self, name: str, words: str) -> Message:
        """The newest message of the bot's that somebody sees with those words on it."""
        who = self.person(name)
        seen = [
            message
            for channel in self.pg.world.channels.values()
            if who.id in channel.members
            for message in channel.seen_by(who.id)
            if message.app_id and words in self.shown(message)
        ]
        assert seen, f"{name} sees nothing with {words!r} on it"
        return max(seen, key=lambda message: message.ts)

    async def press(self, name: str, button: str) -> None:
        """The newest button of that name which they see, in a message; the last, where it has several."""
        message = self.newest(name, f"[{button}]")
        alike = [one for _, one in controls(message.blocks) if one.get("text", {}).get("text") == button]
        await self.person(name).press(message, button, alike[-1].get("value") if len(alike) > 1 else None)
        await self.settle()

    async def press_more(self, name: str, *buttons: str) -> None:
        """Buttons behind *More* of the newest message that asks them, one after the other."""
        who = self.person(name)
        await self.press(name, "More")
        for button in buttons:
            await who.press_in_modal(button)
        await self.settle()

    async def send(self, name: str, fields: Mapping[str, str | list[str]]) -> dict[str, str] | None:
        """Fill the form that is open, send it and close what comes after. Returns what was refused."""
        who = self.person(name)
        for label, value in fields.items():
            await who.fill(label, value)
        refused = await who.submit()
        await self.settle()
        if who.modal and refused is None:
            await who.close(everything=True)
        return refused

    async def answer(self, name: str, **fields: str) -> None:
        """By the form, from the newest message that asks; `organisation` and `me` are the two lanes."""
        await self.press(name, "Answer")
        assert await self.send(name, fields) is None

    def let_them_type(self) -> None:
        """As for an installer who chose `between manifest --typing`."""
        asked = read_manifest(manifest(typing=True))
        app = next(iter(self.pg.world.apps.values()))
        app.events = asked["events"]
        app.messages_tab_read_only = asked["messages_tab_read_only"]

    async def type(self, name: str, text: str, under: Message | None = None) -> Message:
        """A message in the DM with Between, or under one there."""
        typed = await self.person(name).say("Between", text, under.ts if under else None)
        await self.settle()
        return typed

    def notes(self, name: str) -> list[str]:
        """What was said to one person alone in channels and DMs, oldest first."""
        who = self.person(name)
        every = [m for channel in self.pg.world.channels.values() for m in channel.messages.values()]
        return [self.shown(m) for m in every if m.ephemeral_to == who.id]

    async def again(self, name: str, by: str | None = None) -> Ack:
        """Their last click or form arrives once more; `by` somebody else, as a forger would send it."""
        who, other = self.person(name), self.person(by or name)
        last = [d for d in self.pg.world.traffic.deliveries if d.payload.get("user", {}).get("id") == who.id][-1]
        payload = copy.deepcopy(last.payload)
        payload["user"] = {**payload["user"], "id": other.id, "name": other.user.name}
        if payload["type"] == "block_actions":
            payload["trigger_id"] = other.trigger(who.app())
            if "channel" in payload:
                channel = self.pg.world.channel(payload["channel"]["id"])
                payload["response_url"] = other.response_url(who.app(), channel)
        ack = await self.pg.dispatcher.deliver(who.app(), "interactive", payload)
        await self.settle()
        return ack

    def names(self) -> dict[str, str]:
        world = self.pg.world
        people = {id_: f"@{user.name}" for id_, user in world.users.items()}
        return people | {id_: f"#{channel.name}" for id_, channel in world.channels.items()}

    def panel(self) -> Message:
        """The group's message in its channel."""
        return next(post for post in self.posts() if "[Join]" in self.shown(post))

    async def join(self, name: str, organisation: str) -> None:
        who = self.person(name)
        await who.press(self.panel(), "Join")
        await self.speak_for(name, organisation)
        if "Your first name *: []" in self.modal(name):  # Slack did not tell it in time
            await who.fill("Your first name", name)
        await self.say_where(name)
        assert await who.submit() is None
        await who.close()
        await self.settle()

    async def say_where(self, name: str) -> None:
        """Their zone and holidays, in the form that is open, where it is of somebody of another workspace."""
        who = self.person(name)
        if "Your time zone *: []" in self.modal(name):
            await who.fill("Your time zone", who.user.tz)
            await who.fill("Public holidays of", nation_name(NATIONS[who.user.tz]))

    async def speak_for(self, name: str, organisation: str) -> None:
        """In the form that is open: chosen from the group's list, or added to it."""
        who = self.person(name)
        assert who.modal is not None
        asked = next(block for block in who.modal.blocks if block.get("block_id") == "organisation_name")
        listed = [option["text"]["text"] for option in asked["element"].get("options", ())]
        if organisation in listed or not listed:
            await who.fill("Your organisation", organisation)
        else:
            await who.fill("Your organisation", "Another organisation…")
            await who.fill("Which one?", organisation)

    async def gather(self, *names: str, **fields: str) -> None:
        """Sam sets Young carers up, and the others join a minute after each other."""
        await self.set_up("Sam", ORGANISATIONS["Sam"], **fields)
        for name in names:
            self.clock.advance(timedelta(minutes=1))
            await self.join(name, ORGANISATIONS[name])

    async def set_up(self, name: str = "Sam", organisation: str = "Council", **fields: str) -> None:
        """Between is invited to #young-carers and a group is set up there."""
        who = self.person(name)
        await who.invite_bot("young-carers")
        await self.settle()
        await self.bot.tick()
        await who.press(self.posts()[-1], "Set up a group")
        await who.fill("Your organisation", organisation)
        await who.fill("What you work on together", "Young carers")
        for label, value in fields.items():
            await who.fill(label, value)
        assert await who.submit() is None
        if who.modal and who.modal.submit == "Post it":  # other organisations read the channel
            assert await who.submit() is None
        await who.close()
        await self.settle()


@asynccontextmanager
async def also(stage: Stage) -> AsyncIterator[Stage]:
    """A second bot beside the first, on the same Redis, or in its place where that one has stopped."""
    async with started(stage.bot.settings, clock=stage.clock.now, beating=False) as bot:
        hurry(bot.deps.store)
        yield Stage(stage.pg, bot, stage.clock)


@asynccontextmanager
async def staged(
    redis_url: str, when: str = "2026-11-23 09:00", *, socket_mode: bool = True
) -> AsyncIterator[Stage]:
    """Everything on loopback; the bot in Socket Mode, or by signed HTTP."""
    clock = Clock(datetime.fromisoformat(when).replace(tzinfo=LONDON), frozen=True)
    async with Playground(World.from_config(PEOPLE, clock)) as pg:
        pg.world.ack_timeout_s = ACK_TIMEOUT_S
        app = next(iter(pg.world.apps.values()))
        settings = Settings.model_validate(settings_of(PEOPLE["apps"][0], pg.api_url, redis_url, socket_mode))
        async with started(settings, clock=clock.now, beating=False) as bot:
            hurry(bot.deps.store)
            if not socket_mode:
                app.socket_mode = False
                app.request_url = f"http://127.0.0.1:{bot.port}/slack/events"
            yield Stage(pg, bot, clock)
