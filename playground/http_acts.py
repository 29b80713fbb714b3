"""A person's acts from outside: `POST /acts` does one, `GET /acts` says which there are and what somebody sees.

In JSON, like faults, so that any test can: `{"who": "Sam", "do": "say", "in": "#open", "text": "Hi"}`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from playground import notation
from playground.acts import Person, PersonCannot
from playground.messages import Message
from playground.shapes import message_json, view_json
from playground.traffic import Ack
from playground.world import Unknown

Json = dict[str, Any]
Act = Callable[[Person, Json], Awaitable[Json]]
FLAGS = {"broadcast", "enter", "all"}
NAMES = {"who", "do", "in", "ts", "name", "what", "home", "value", "emoji"}
"""Keys whose value is read as words, whatever it is."""
SHOWN = 50
"""How many of the newest messages are told of a conversation."""


def _text(said: Json, name: str) -> str:
    """What stands there as words; where it is missing, that is said."""
    value = said.get(name)
    if value is None or not str(value).strip():
        raise PersonCannot(f"`{said['do']}` needs {name!r}.")
    return str(value)


def _message(person: Person, said: Json) -> Message:
    """The message at `ts` of `in`; without `ts`, the newest that the person sees there."""
    where = _text(said, "in")
    if not said.get("ts"):
        return person.last(where)
    found = [one for one in person.sees(where) if one.ts == str(said["ts"])]
    if not found:
        raise PersonCannot(f"There is no message {said['ts']} to see there.")
    return found[0]


def _heard(ack: Ack) -> Json:
    return {"acknowledged": ack.ok} | ({"failure": ack.failure} if ack.failure else {})


async def _say(person: Person, said: Json) -> Json:
    return {"message": message_json(person.world, await person.say(_text(said, "in"), _text(said, "text")))}


async def _reply(person: Person, said: Json) -> Json:
    first = _message(person, said)
    root = first.thread_ts or first.ts
    reply = await person.say(_text(said, "in"), _text(said, "text"), root, bool(said.get("broadcast")))
    return {"message": message_json(person.world, reply)}


async def _command(person: Person, said: Json) -> Json:
    return _heard(await person.command(_text(said, "name"), str(said.get("text") or ""), said.get("in")))


async def _click(person: Person, said: Json) -> Json:
    what, value = _text(said, "what"), said.get("value")
    if said.get("home"):
        return _heard(await person.press_home(what, str(said["home"]), value))
    if said.get("in"):
        return _heard(await person.press(_message(person, said), what, value))
    return _heard(await person.press_in_modal(what, value))


async def _choose(person: Person, said: Json) -> Json:
    what, option = _text(said, "what"), said.get("option")
    if said.get("home"):
        return _heard(await person.choose_home(what, option, str(said["home"])))
    if said.get("in"):
        return _heard(await person.choose(_message(person, said), what, option))
    return _heard(await person.choose_in_modal(what, option))


async def _search(person: Person, said: Json) -> Json:
    message = _message(person, said) if said.get("in") else None
    offered = await person.search(_text(said, "what"), str(said.get("text") or ""), message)
    return {"offered": [one["text"]["text"] for one in offered]}


async def _fill(person: Person, said: Json) -> Json:
    return _heard(await person.fill(_text(said, "what"), said.get("text"), bool(said.get("enter"))))


async def _submit(person: Person, _: Json) -> Json:
    return {"errors": await person.submit() or {}}


async def _close(person: Person, said: Json) -> Json:
    await person.close(bool(said.get("all")))
    return {}


async def _react(person: Person, said: Json) -> Json:
    message = _message(person, said)
    person.react(message, _text(said, "emoji"))
    return {"message": message_json(person.world, message)}


async def _edit(person: Person, said: Json) -> Json:
    message = _message(person, said)
    person.edit(message, _text(said, "text"))
    return {"message": message_json(person.world, message)}


async def _delete(person: Person, said: Json) -> Json:
    person.delete(_message(person, said))
    return {}


async def _shortcut(person: Person, said: Json) -> Json:
    message = _message(person, said) if said.get("in") else None
    return _heard(await person.shortcut(_text(said, "name"), message))


async def _home(person: Person, said: Json) -> Json:
    view = await person.open_home(_text(said, "home"))
    return {"home": view_json(view) if view else None}


async def _invite(person: Person, said: Json) -> Json:
    called = _text(said, "name")
    try:
        app = person.world.app(called)
    except Unknown:
        await person.invite(_text(said, "in"), called)
    else:
        await person.invite_bot(_text(said, "in"), app.id)
    return {}


async def _accept(person: Person, said: Json) -> Json:
    """The newest of Slack's offers there to bring in an app that was named."""
    channel = person.channel(_text(said, "in"))
    offers = [one for one in person.notices if one.offer and one.channel_id == channel.id]
    if not offers:
        raise PersonCannot("Slack offers to bring in nobody there.")
    await person.answer_offer(offers[-1], invite=True)
    return {}


ACTS: dict[str, tuple[Act, str, str]] = {
    "say": (_say, "in text", "Write a message."),
    "reply": (_reply, "in text ts broadcast", "Reply in a thread; without `ts`, to the newest message."),
    "edit": (_edit, "in ts text", "Put other words into a message of one's own."),
    "delete": (_delete, "in ts", "Take a message of one's own away."),
    "command": (_command, "name text in", "Run a slash command; without `in`, in the conversation with its app."),
    "click": (
        _click,
        "what value in ts home",
        "Press a button: of a message, of an app's `home`, else of the form.",
    ),
    "choose": (_choose, "what option in ts home", "Choose in a menu of a message, of an app's `home` or the form."),
    "search": (_search, "what text in ts", "Type into an external menu; the answer has what its app offers."),
    "fill": (_fill, "what text enter", "Put words into a field of the form."),
    "submit": (_submit, "", "Send the form. The answer has the sentences at its fields, if it was refused."),
    "close": (_close, "all", "Close the form."),
    "react": (_react, "in ts emoji", "Put an emoji under a message, or take one's own away."),
    "shortcut": (_shortcut, "name in ts", "Use a shortcut, on a message if `in` is there."),
    "home": (_home, "home", "Open an app's Home."),
    "invite": (_invite, "in name", "Bring a person or an app into a channel."),
    "accept": (_accept, "in", "Bring in the app that was named there, as Slack offers; it hears of what was said."),
}
"""What can be done: how, the keys it takes besides `who` and `do`, and in words."""


class HttpActs:
    """Takes acts for the people of one playground. Only JSON is taken, so that no other site's form can act."""

    def __init__(self, person: Callable[[str], Person]) -> None:
        self._person = person

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/acts", self.take), web.get("/acts", self.show)]

    async def take(self, request: web.Request) -> web.Response:
        """Do it, and answer once the app has acknowledged what it was told."""
        if request.content_type != "application/json":
            return web.json_response({"error": "Act with JSON."}, status=415)
        try:
            said = _read(notation.read(await request.read()))
            answer = await ACTS[said["do"]][0](self._who(_text(said, "who")), said)
        except (PersonCannot, Unknown) as cannot:
            return web.json_response({"error": str(cannot)}, status=400)
        except (ValueError, web.RequestPayloadError):
            return web.json_response({"error": "That is no JSON."}, status=400)
        return web.json_response(answer)

    def _who(self, called: str) -> Person:
        """Somebody who can act: no bot, and nobody whose account is gone."""
        person = self._person(called)
        if person.user.is_bot:
            raise PersonCannot(f"{person.user.real_name} is an app and acts by itself.")
        if person.user.deleted:
            raise PersonCannot(f"{person.user.real_name} has no account any more.")
        return person

    async def show(self, request: web.Request) -> web.Response:
        """What there is to do; with `?who=`, what they see: notices, the open form, and with `&in=` messages."""
        if "who" not in request.query:
            told = {name: {"takes": keys.split(), "does": does} for name, (_, keys, does) in ACTS.items()}
            return web.json_response(told)
        try:
            return web.json_response(_seen(self._who(request.query["who"]), request.query.get("in", "")))
        except (PersonCannot, Unknown) as cannot:
            return web.json_response({"error": str(cannot)}, status=400)


def _read(said: Any) -> Json:
    if not isinstance(said, dict):
        raise PersonCannot("An act is a JSON object.")
    act = str(said.get("do") or "")
    if act not in ACTS:
        raise PersonCannot(f"Nobody can do {act!r} here. One can: {', '.join(ACTS)}.")
    known = {"who", "do", *ACTS[act][1].split()}
    if strange := sorted(said.keys() - known):
        raise PersonCannot(f"`{act}` has no {strange[0]!r}. It may have: {', '.join(sorted(known))}.")
    for key, value in said.items():
        if key in FLAGS and not isinstance(value, bool | None):
            raise PersonCannot(f"{key!r} is true or false.")
        if not isinstance(value, str | int | float | None) and not (key == "option" and _choices(value)):
            raise PersonCannot(f"{key!r} has to be words.")
    return {key: str(value) if key in NAMES and value is not None else value for key, value in said.items()}


def _choices(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _seen(person: Person, where: str) -> Json:
    modal = person.modal
    seen: Json = {
        "notices": [one.text for one in person.notices],
        "form": view_json(modal) | {"errors": modal.errors} if modal else None,
    }
    if where:
        newest = person.sees(where)[-SHOWN:]
        seen["messages"] = [message_json(person.world, one) for one in newest]
    return seen
