"""Plays a script: what people did before the page opens, as in `fortnight.yaml` and `connect_fortnight.yaml`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from playground import browsing
from playground.acts import Person, PersonCannot
from playground.messages import Message
from playground.server import Playground

SCRIPT = Path(__file__).with_name("fortnight.yaml")
CONNECT_SCRIPT = Path(__file__).with_name("connect_fortnight.yaml")

MoveTo = Callable[[datetime], Awaitable[None]]
Scene = dict[str, Any]


def read(path: Path = SCRIPT) -> dict[str, Any]:
    """`zone`, `opens` (when the page opens) and `scenes`, each `at` a wall-clock time of that zone."""
    script: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return script


def moment(script: dict[str, Any], wall: str) -> datetime:
    return datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(script["zone"]))


async def play(script: dict[str, Any], pg: Playground, move_to: MoveTo) -> None:
    """Every scene in its order, each at its time; then the moment the page opens at. Raises ValueError, which names
    the deed, for one that can't be done."""
    for scene in script["scenes"]:
        await move_to(moment(script, scene["at"]))
        await pg.settled(quiet=0.01)
        person = pg.person(scene["who"])
        for deed in scene["does"]:
            try:
                await _do(pg, person, deed)
            except (PersonCannot, ValueError) as error:
                raise ValueError(f"{scene['at']}, {scene['who']}, {deed}: {error}") from error
            await move_to(moment(script, scene["at"]))  # the bot does at once what follows from it
            await pg.settled(quiet=0.01)
    await move_to(moment(script, script["opens"]))
    await pg.settled(quiet=0.01)
    for name in script.get("caught_up", []):
        _catch_up(pg, pg.person(name))


async def _do(pg: Playground, person: Person, deed: Scene) -> None:
    """One deed: a single key says which."""
    [(verb, what)] = deed.items()
    if verb not in _DEEDS:
        raise ValueError(f"A script has no {verb!r}; it has {', '.join(_DEEDS)}.")
    await _DEEDS[verb](pg, person, what)
    await pg.settled(quiet=0.01)


async def _invite_bot(_: Playground, person: Person, where: str) -> None:
    await person.invite_bot(where)


async def _invite(_: Playground, person: Person, what: Scene) -> None:
    await person.invite(what["in"], what["who"])


async def _install(_: Playground, person: Person, path: str) -> None:
    await browsing.install(person, path)


async def _press(pg: Playground, person: Person, words: str) -> None:
    await person.press(_newest_with(pg, person, words), words)


async def _choose(pg: Playground, person: Person, what: Scene) -> None:
    message = _newest_with(pg, person, what["option"])
    await person.choose(message, _menu(message, what["beside"]), what["option"])


async def _press_in_form(_: Playground, person: Person, words: str) -> None:
    await person.press_in_modal(words)


async def _fill(_: Playground, person: Person, fields: dict[str, str]) -> None:
    for label, words in fields.items():
        await person.fill(label, words)


async def _pick(_: Playground, person: Person, fields: dict[str, str]) -> None:
    for label, option in fields.items():
        await person.choose_in_modal(label, option)


async def _submit(_: Playground, person: Person, __: None) -> None:
    if refused := await person.submit():
        raise ValueError(f"{person.user.real_name}: {refused}")


async def _close(_: Playground, person: Person, __: None) -> None:
    await person.close(everything=True)


async def _command(_: Playground, person: Person, what: Scene) -> None:
    await person.command(what["name"], what.get("text", ""), what["in"])


async def _say(_: Playground, person: Person, what: Scene) -> None:
    await person.say(what["in"], what["text"])


_DEEDS: dict[str, Callable[[Playground, Person, Any], Awaitable[None]]] = {
    "install": _install,
    "invite_bot": _invite_bot,
    "invite": _invite,
    "press": _press,
    "choose": _choose,
    "press_in_form": _press_in_form,
    "fill": _fill,
    "pick": _pick,
    "submit": _submit,
    "close": _close,
    "command": _command,
    "say": _say,
}


def _newest_with(pg: Playground, person: Person, words: str) -> Message:
    """The newest message they see that shows `words` on something to press or choose."""
    seen = [
        message
        for channel in pg.world.channels.values()
        if person.id in channel.members
        for message in channel.messages.values()
        if message.app_id and message.visible_to(person.id) and words in _words(message.blocks)
    ]
    if not seen:
        raise ValueError(f"{person.user.real_name} sees nothing with {words!r} on it.")
    return max(seen, key=lambda message: message.ts)


def _menu(message: Message, beside: str) -> str:
    """The action id of the menu beside those words."""
    for block in message.blocks:
        if block.get("accessory") and beside in block["text"]["text"]:
            return str(block["accessory"]["action_id"])
    raise ValueError(f"Nothing to choose beside {beside!r}.")


def _words(part: Any) -> set[str]:
    """Every label in a message's blocks."""
    if isinstance(part, list):
        return set().union(*(_words(one) for one in part))
    if not isinstance(part, dict):
        return set()
    own = {part["text"]["text"]} if isinstance(part.get("text"), dict) else set()
    return own.union(*(_words(one) for one in part.values()))


def _catch_up(pg: Playground, person: Person) -> None:
    for channel in pg.world.channels.values():
        if person.id in channel.members:
            person.read(channel)
