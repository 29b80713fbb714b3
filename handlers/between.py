"""`/between` and *More*: the way to everything else."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.groups import ended
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Section
from bot.ports import Deps
from bot.usecases.brief import open_for_lines
from bot.usecases.presence import require_in_channel
from bot.usecases.reach import has_commands
from bot.usecases.snapshot import is_theirs, load_snapshot
from bot.views import menu
from bot.views.about import about
from bot.views.action_payload import ActionPayload
from bot.views.usage import usage
from handlers import asks, digest, doors, groups, inquiry, learnt
from handlers.group_choice import group_of_command
from handlers.incoming import Incoming, Press, read_command, read_press, show
from handlers.joining import recognise
from handlers.routes import Routes

TAKE_WORDS = {"digest": digest.command, "ask": asks.command, "inquiry": inquiry.command, "learnt": learnt.command}
"""What is typed behind these goes on to what they open, with its capitals."""


def register(app: Routes) -> None:
    """For anybody: who may be shown what is decided in here, since the menu is the way in."""
    app.command("/between")(command)
    app.actions |= {
        menu.MORE: more,
        menu.MORE_AGAIN: more,
        menu.WHAT: what,
    }


async def command(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """`/between [word]`, where the app is installed; what each word opens stands in `usage`. It means the channel's
    group, else the only one of theirs, else they are asked which. A word that is none is answered with `usage`, to
    them alone."""
    incoming = read_command(body)
    first, _, rest = incoming.text.partition(" ")
    word = first.casefold()
    if word in TAKE_WORDS:
        await TAKE_WORDS[word](ack, incoming, deps, rest.strip())
    elif word in ("set", "setup"):
        await groups.begin_set_up(deps, incoming, incoming.channel)
        await ack()
    elif door := doors.DOORS.get(word):
        await doors.command(ack, incoming, deps, door)
    elif word == "":
        group_id = await group_of_command(ack, incoming, deps, menu.more_button)
        if group_id:
            await _menu(deps, incoming, group_id)
            await ack()
    else:
        await ack(text=usage("" if word == "help" else incoming.text), response_type="ephemeral")


async def more(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*More*, and *Back to More*. Leaders get all of it; whoever is only in the channel, what is for them;
    NOT_IN_CHANNEL for anybody else, who is not to hear the group's name. Under a check-in it is for whom that asks,
    and has *Later today*."""
    press = read_press(body)
    await recognise(deps, press.team_id, press.who)
    asked = press.payload if press.payload.round and press.payload.person else None
    await _menu(deps, press, press.payload.group, asked)
    await ack()


async def what(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*What is this?*, for anybody: it names no group."""
    press = read_press(body)
    await show(deps, press, about(commands=await has_commands(deps.store, press.who)))
    await ack()


async def _menu(deps: Deps, incoming: Incoming, group_id: str, asked: ActionPayload | None = None) -> None:
    sections = Section.NAMES | Section.ROUNDS | Section.BRIEFS
    snapshot = await load_snapshot(deps.store, group_id, sections, who=incoming.who)
    if asked and not is_theirs(snapshot, asked.person):
        raise Problem(ProblemCode.NOT_YOURS)
    joined = snapshot.member() is not None
    # the menu names the group, of which nobody hears who is neither in it nor in its channel
    if not joined:
        await require_in_channel(deps, incoming.who, snapshot.group)
    here = incoming.channel == snapshot.group.place.channel
    being_made = open_for_lines(snapshot, deps.now())
    view = menu.menu(
        snapshot.group,
        joined=joined,
        in_channel=here,
        checkin=asked,
        brief=being_made,
        left=not joined and snapshot.viewer in snapshot.leaders,
        over=ended(snapshot.group, deps.now()),
    )
    if isinstance(incoming, Press) and incoming.action_id == menu.MORE_AGAIN:
        await deps.messenger.update_form(incoming.team_id, incoming.view_id, view)
    else:
        await show(deps, incoming, view)
