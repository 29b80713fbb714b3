"""A story as it is told: who did what, and what each of them then saw, as text to be read like a play."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.outbox import Kind
from playground.acts import Person
from playground.messages import Message
from tests.cast import ORGANISATIONS
from tests.stage import LONDON, Stage

AUDIENCE = re.compile(r"Sam \(Riverside Council\)[^|\n]*? Organisations: [^.\n]*\.")

Key = tuple[str, str, str]
"""Whose or where, what kind, and which one."""


class Play:
    """Acts on a stage and writes down what follows. `text` is the story so far.

    Messages of other kinds than those it is `about` are sent as ever, and not told.
    """

    def __init__(self, stage: Stage, about: Collection[Kind]) -> None:
        self.stage, self.about = stage, about
        self._lines: list[str] = []
        self._seen: dict[Key, str] = {}
        self._told: set[str] = set()

    @property
    def text(self) -> str:
        return "\n".join(self._lines) + "\n"

    def person(self, name: str) -> Person:
        return self.stage.person(name)

    async def at(self, when: str) -> None:
        """Everything up to a wall-clock time in London happens."""
        await self.stage.at(when)
        moment = self.stage.clock.now().astimezone(LONDON)
        self._lines += ["", f"——— {moment:%A} {moment.day} {moment:%B}, {moment:%H:%M %Z}"]
        self._look()

    async def join(self, name: str) -> None:
        """By the button, leaving what the form suggests as it is."""
        self._lines.append(f"{name} presses [Join], says {ORGANISATIONS[name]}, and presses [Join].")
        await self.stage.join(name, ORGANISATIONS[name])
        self._look(like=lambda shown: shown.splitlines()[0].replace(ORGANISATIONS[name], ""))

    async def press(self, name: str, button: str) -> None:
        """On the newest message they see that has it, or on a form that is open."""
        who = self.person(name)
        self._lines.append(f"{name} presses [{button}].")
        if who.modal and f"[{button}]" in self.stage.modal(name):
            await who.press_in_modal(button)
        else:
            await who.press(self.stage.newest(name, button), button)
        await self._settle()

    async def press_more(self, name: str, button: str) -> None:
        """Behind *More* of the newest message that has it."""
        await self.press(name, "More")
        await self.press(name, button)
        who = self.person(name)
        if who.modal and not who.modal.submit:
            await who.close(everything=True)

    def buttons(self, name: str) -> list[str]:
        """Those of their newest DM."""
        return re.findall(r"\[([^\]]+)\]", self.stage.dm(name))

    async def send(self, name: str, fields: dict[str, str]) -> None:
        """Fill the form that is open, submit it, and close what it becomes."""
        who = self.person(name)
        for label, value in fields.items():
            await who.fill(label, value)
            self._lines.append(f"{name} writes, {label}: {value}")
        assert who.modal
        self._lines.append(f"{name} presses [{who.modal.submit}].")
        refused = await who.submit()
        self._lines += [f"    {sentence}" for sentence in (refused or {}).values()]
        await self._settle()
        if who.modal and not refused:
            await who.close(everything=True)
            self._forget_forms()

    async def command(self, name: str, typed: str, where: str = "young-carers") -> None:
        word, _, rest = typed.partition(" ")
        self._lines.append(f"{name} types {typed}")
        await self.person(name).command(word, rest, where)
        await self._settle()

    async def home(self, name: str) -> None:
        """What their Home shows."""
        await self.person(name).open_home()
        await self.stage.settle()
        self._lines += [f"{name} opens Home:", *_indented(self.stage.home(name))]

    async def close(self, name: str) -> None:
        await self.person(name).close(everything=True)
        self._forget_forms()

    async def _settle(self) -> None:
        await self.stage.settle()
        self._look()

    def _forget_forms(self) -> None:
        self._seen = {key: shown for key, shown in self._seen.items() if key[1] != "form"}

    def _look(self, like: Callable[[str], str] = str) -> None:
        """Write down what is new on anybody's screen; in full only what is not `like` something shown before."""
        now = dict(self._screens())
        fresh = {key: shown for key, shown in now.items() if self._seen.get(key) != shown}
        letters: dict[str, list[str]] = {}
        for (where, kind, which), shown in fresh.items():
            if kind == "dm" and (where, kind, which) not in self._seen:
                letters.setdefault(shown.replace(where, "…"), []).append(f"{where} ({self._wall(where, which)})")
        # What was there and reads otherwise is told by name: which of several was changed first is nobody's doing.
        by_name = sorted(
            fresh.items(), key=lambda one: (one[0] in self._seen, one[0][0] if one[0] in self._seen else "")
        )
        for (where, kind, which), shown in by_name:
            changed = (where, kind, which) in self._seen
            if kind == "dm" and not changed:
                names = letters.pop(shown.replace(where, "…"), None)
                if names:
                    self._tell(f"To {', '.join(names)}:", shown, like(shown.replace(where, "…")))
            else:
                self._tell(f"{where}, {'changed to' if changed else kind}:", shown, shown)
        self._seen = now

    def _tell(self, head: str, shown: str, like: str) -> None:
        if like in self._told:
            self._lines.append(f"  {head} as before: {shown.splitlines()[0]}")
            return
        self._told.add(like)
        for audience in AUDIENCE.findall(shown):
            if audience in self._told:
                shown = shown.replace(audience, "(everyone, as above).")
            self._told.add(audience)
        self._lines += [f"  {head}", *_indented(shown)]

    def _screens(self) -> Iterator[tuple[Key, str]]:
        stage = self.stage
        for channel in stage.pg.world.channels.values():
            ours = [m for m in channel.messages.values() if m.app_id]
            for message in sorted(ours, key=lambda m: m.ts):
                if self.stage.went.get(message.ts, next(iter(self.about))) not in self.about:
                    continue
                yield (
                    (*self._place(channel.is_im, channel.name, channel.members, message), message.ts),
                    stage.shown(message),
                )
        for user_id, stack in stage.pg.world.modals.items():
            for view in stack[-1:]:
                yield (self._name(user_id), "form", view.id), stage.modal(self._name(user_id))

    def _place(self, is_im: bool, name: str, members: list[str], message: Message) -> tuple[str, str]:
        if is_im:
            return self._name(next(m for m in members if not self.stage.pg.world.users[m].is_bot)), "dm"
        if message.ephemeral_to:
            return f"#{name}, {self._name(message.ephemeral_to)} alone", "note"
        return f"#{name}", "reply" if message.thread_ts not in (None, message.ts) else "post"

    def _name(self, user_id: str) -> str:
        return self.stage.pg.world.users[user_id].real_name.split()[0]

    def _wall(self, name: str, ts: str) -> str:
        zone = ZoneInfo(self.person(name).user.tz)
        return f"{datetime.fromtimestamp(float(ts), UTC).astimezone(zone):%a %H:%M %Z}"


def _indented(shown: str) -> list[str]:
    return [re.sub(r"\s+$", "", f"    | {line}") for line in shown.splitlines()]
