"""What can be done: talk, click, send a form, move the clock. Each answers with the changed parts of the page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web

from playground import ties
from playground.acts import PersonCannot
from playground.forms import grouped
from playground.messages import Channel, Message
from playground.page import asked, builtin, hooks, posted, seeing, trouble
from playground.page.desk import DESK, html, screen_html, shown
from playground.page.hooks import CannotTell
from playground.page.pages import SOON_S
from playground.page.pointer import Pointer
from playground.page.posted import Form
from playground.page.surface import Surface
from playground.tickets import Offer
from playground.world import Unknown

ROUTES = web.RouteTableDef()
Deed = Callable[[web.Request, Pointer, Form], Awaitable[list[str] | None]]
"""Does it, and returns what there is to say about it besides."""
Handler = Callable[[web.Request], Awaitable[web.Response]]


def deed(path: str) -> Callable[[Deed], Deed]:
    """Serve a deed at `path`: whatever keeps the person from it is said on the page, in words."""

    def serve(do: Deed) -> Deed:
        async def handle(request: web.Request) -> web.Response:
            who = pointer(request)
            await shown(request)  # what cannot be answered is not done either
            before = len(who.notices)
            said = await _tried(do, request, who)
            fresh = [n.text for n in who.notices[before:] if not n.channel_id]
            screen = await request.app[DESK].screen(request)
            if screen.next.unsure:
                _look_again(who)
            return screen_html("fresh.html", screen, deed=True, said=[*said, *fresh])

        ROUTES.post(f"/do/{{user}}/{{place}}/{path}")(handle)
        return do

    return serve


def _look_again(who: Pointer) -> None:
    """A deed's answer does not ask again what comes next: whoever waits for news gets some, a moment later."""
    asyncio.get_running_loop().call_later(SOON_S, who.world.touch)


async def _tried(do: Deed, request: web.Request, who: Pointer) -> list[str]:
    try:
        return await do(request, who, await asked.form(request)) or []
    except (PersonCannot, Unknown, CannotTell) as cannot:
        return [str(cannot)]


def pointer(request: web.Request) -> Pointer:
    """Whoever the address says is acting."""
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        raise web.HTTPForbidden(text="Another site may not act here.")
    desk = request.app[DESK]
    return Pointer(desk.pg.dispatcher, desk.user(request).id)


def _ui(who: Pointer) -> Surface:
    return Surface(seeing.viewer(who.world, who.user))


def _place(request: web.Request, who: Pointer) -> Message | str:
    found = request.match_info
    return found["view"] if "view" in found else who.message(found["channel"], found["ts"])


@deed("say")
async def say(request: web.Request, who: Pointer, form: Form) -> None:
    """Send what was typed: a message, or a command where it begins with a slash."""
    place = seeing.place(who.world, who.user, request.match_info["place"])
    text = asked.given(form, "text").replace("\r\n", "\n").strip()
    if not text or not place or not place.channel:
        return
    if thread := form.get("thread", [""])[0]:
        await _reply(who, place.channel, thread, text, "broadcast" in form)
    elif text.startswith("/"):
        name, _, rest = text.partition(" ")
        if not await builtin.run(who, name, rest, place.channel):
            await who.command(name, rest.strip(), place.channel)
    else:
        await who.say(place.channel, text)


async def _reply(who: Pointer, channel: Channel, thread: str, text: str, broadcast: bool) -> None:
    """https://docs.slack.dev/interactivity/implementing-slash-commands: not in threads."""
    if text.startswith("/"):
        raise PersonCannot(f"{text.split()[0]} is not supported in threads.")
    await who.say(channel, text, who.message(channel.id, thread).ts, broadcast)


@deed("react/{channel}/{ts}")
async def react(request: web.Request, who: Pointer, form: Form) -> None:
    """Put an emoji under a message, or take it away again."""
    who.react(who.message(request.match_info["channel"], request.match_info["ts"]), asked.given(form, "emoji"))


@deed("edit/{channel}/{ts}")
async def edit(request: web.Request, who: Pointer, form: Form) -> None:
    """Put other words into a message of one's own; without any, nothing changes."""
    if text := asked.given(form, "text").replace("\r\n", "\n").strip():
        who.edit(who.message(request.match_info["channel"], request.match_info["ts"]), text)


@deed("delete/{channel}/{ts}")
async def delete(request: web.Request, who: Pointer, _form: Form) -> None:
    who.delete(who.message(request.match_info["channel"], request.match_info["ts"]))


@deed("join")
async def join(request: web.Request, who: Pointer, _form: Form) -> None:
    await who.join(request.match_info["place"])


@deed("offer/{ts}/{app}/{answer:invite|leave}")
async def offer(request: web.Request, who: Pointer, _form: Form) -> None:
    """Bring in the app that was named, or not."""
    wanted = Offer(request.match_info["app"], request.match_info["ts"])
    for notice in [one for one in who.notices if one.offer == wanted]:
        await who.answer_offer(notice, request.match_info["answer"] == "invite")


@deed("message/{channel}/{ts}")
@deed("view/{view}")
async def point(request: web.Request, who: Pointer, form: Form) -> None:
    """Click or choose in a message, a modal or a Home tab."""
    await who.point(who.spot(_place(request, who)), form, _ui(who))


@deed("shortcut")
@deed("shortcut/{channel}/{ts}")
async def shortcut(request: web.Request, who: Pointer, form: Form) -> None:
    """Use a shortcut: a global one, or one on a message."""
    on = _place(request, who) if "ts" in request.match_info else None
    await who.shortcut(asked.given(form, "called"), on if isinstance(on, Message) else None)


@deed("modal/{view}/submit")
async def submit(request: web.Request, who: Pointer, form: Form) -> None:
    await who.send(request.match_info["view"], form, _ui(who))


@deed("modal/{view}/close")
async def close(request: web.Request, who: Pointer, _form: Form) -> None:
    """Close the modal on top, or with `?all=1` everything under it too."""
    if who.modal and who.modal.id == request.match_info["view"]:
        await who.close(everything="all" in request.query)


@deed("faults/order")
async def order(_request: web.Request, who: Pointer, form: Form) -> None:
    """Order a fault, as the panel's form says."""
    trouble.order(who.world, {key: values[0] for key, values in form.items()})


@deed("faults/withdraw")
async def withdraw(_request: web.Request, who: Pointer, form: Form) -> None:
    """Take back one order, or all."""
    who.world.faults.cancel(form.get("id", [None])[0])
    who.world.touch()


@deed("connect")
async def connect(_request: web.Request, who: Pointer, form: Form) -> None:
    """Share a channel with a workspace, or take it out again."""
    try:
        ties.tie(who.world, {key: asked.given(form, key) for key in ("do", "channel", "team")})
    except ties.CannotTie as cannot:
        raise PersonCannot(str(cannot)) from None


@deed("clock")
async def clock(request: web.Request, _who: Pointer, form: Form) -> list[str] | None:
    """Move the clock by so many seconds, to the next thing that happens, or on to the landmark."""
    desk = request.app[DESK]
    if "seconds" in form:
        by = asked.whole(form["seconds"][0], "seconds", asked.LONGEST_LEAP_S)
        await hooks.move(desk.pg, desk.hooks, timedelta(seconds=by))
        return None
    passed = await hooks.skip(desk.pg, desk.hooks, desk.hooks.landmark if "landmark" in form else "")
    return [hooks.in_words(passed)] if passed else None


@ROUTES.post("/do/{user}/{place}/message/{channel}/{ts}/options")
@ROUTES.post("/do/{user}/{place}/view/{view}/options")
async def options(request: web.Request) -> web.Response:
    """Ask the app what it offers for the letters typed into an external select."""
    who, form = pointer(request), await asked.form(request)
    block_id, action_id, typed = (asked.given(form, name) for name in ("block_id", "action_id", "q"))
    try:
        place = _place(request, who)
        found = posted.find(who.spot(place).blocks, block_id, action_id)
        message = place if isinstance(place, Message) else None
        if found:
            await who.search(action_id, typed, message)
    except (PersonCannot, Unknown):
        found = None
    b, e = found or ({}, {})
    return html("offered.html", offered=[(g.get("label"), g["options"]) for g in grouped(e)], b=b, e=e)
