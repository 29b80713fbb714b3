"""Reading what Slack sends: who, through which installation, about what. No decisions."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import Mapping
from typing import Any

import msgspec
from slack_bolt.async_app import AsyncAck

from bot.domain.groups import MessageRef, Place
from bot.domain.people import SlackIdentity
from bot.ports import Deps, SlackRefused, StateValues, View
from bot.views import action_payload
from bot.views.action_payload import ActionPayload
from bot.views.as_filled import as_filled
from bot.views.inputs import whole_letters
from bot.views.problems import line, too_long_for_form
from handlers.acks import ack_message
from handlers.best_effort import best_effort

Body = Mapping[str, Any]

_LINK = re.compile(r"<((?:https?|mailto):[^\s<>|]+)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<([@#])[A-Z0-9]+\|([^>|]*)>")


class Incoming(msgspec.Struct, frozen=True, kw_only=True):
    """What every payload tells. `team_id` is the installation's; `who` carries the person's own team, which in a
    shared channel is another one (Bolt's `actor_team_id` gets that wrong for clicks, so it is read here).
    """

    who: SlackIdentity
    team_id: str
    channel: str = ""
    trigger_id: str = ""
    response_url: str = ""

    @property
    def place(self) -> Place:
        """The channel it came from, seen from the installation that was pressed; `channel` is empty from a form or
        Home."""
        return Place(team_id=self.team_id, channel=self.channel)


class Press(Incoming, frozen=True, kw_only=True):
    """A button, select or radio that was pressed. `payload` is what it aims at, `label` what stands on it;
    `in_modal` that it stood in a form, whose `values` are as typed by then. `text` and `blocks` are the pressed
    message's, as Slack gives them back. `view` is all of it where it lies on another, `below`, of those that begin
    with `root`. `full`: it is the third, and Slack takes none on top of it."""

    payload: ActionPayload
    chosen: str = ""
    action_id: str = ""
    label: str = ""
    message: MessageRef | None = None
    text: str = ""
    blocks: tuple[Any, ...] = ()
    view_id: str = ""
    in_modal: bool = False
    values: StateValues = msgspec.field(default_factory=dict)
    full: bool = False
    below: str = ""
    root: str = ""
    view: dict[str, Any] = msgspec.field(default_factory=dict)

    @property
    def turns_page(self) -> bool:
        """Whether it shows another page of the sheet it stands in: such buttons are called `<noun>_page`."""
        return self.action_id.partition(":")[0].endswith("_page")


class Submission(Incoming, frozen=True, kw_only=True):
    """A form that was sent. `values` is its state, by block id; `below` is the view it was opened on top of."""

    payload: ActionPayload
    values: StateValues
    below: str = ""


class Command(Incoming, frozen=True, kw_only=True):
    text: str


class OnMessage(Incoming, frozen=True, kw_only=True):
    """A shortcut on a message. `markup`: the message's text, as Slack writes it."""

    markup: str


def read_press(body: Body) -> Press:
    """Raises Problem for a button that can't be read."""
    action, view, message = body["actions"][0], body.get("view") or {}, body.get("message") or {}
    chosen = (action.get("selected_option") or {}).get("value") or ""
    below = view.get("previous_view_id") or ""
    root = view.get("root_view_id") or below
    return Press(
        **_common(body),
        payload=action_payload.read(action.get("value") or chosen),
        chosen=chosen,
        action_id=action.get("action_id") or "",
        label=(action.get("text") or {}).get("text") or "",
        message=_message(body),
        text=message.get("text") or "",
        blocks=tuple(message.get("blocks") or ()),
        view_id=view.get("id") or "",
        in_modal=view.get("type") == "modal",
        values=(view.get("state") or {}).get("values") or {},
        full=bool(below) and below != root,
        below=below,
        root=root,
        # only what lies on another may have to move down
        view=view if below else {},
    )


def origin(body: Body) -> Press:
    """Where a press came from, also one whose button can't be read."""
    view = body.get("view") or {}
    return Press(
        **_common(body), payload=ActionPayload(), view_id=view.get("id") or "", in_modal=view.get("type") == "modal"
    )


def read_submission(body: Body) -> Submission:
    """Raises Problem for a form that can't be read."""
    view = body["view"]
    return Submission(
        **_common(body),
        payload=action_payload.read(view.get("private_metadata")),
        values=(view.get("state") or {}).get("values") or {},
        below=view.get("previous_view_id") or "",
    )


def read_command(body: Body) -> Command:
    """Commands work only where the app is installed, so the person's team is the installation's."""
    # Slack turns `@jo` after a command into `<@U024|jo>`, and `x.org` into `<http://x.org|x.org>`; people are to
    # read again what they typed
    named = _MENTION.sub(lambda found: f"{found[1]}{found[2]}", whole_letters(body.get("text") or ""))
    return Command(
        who=identity_of(body["user_id"], body["team_id"], body.get("enterprise_id")),
        team_id=body["team_id"],
        channel=body.get("channel_id") or "",
        trigger_id=body.get("trigger_id", ""),
        response_url=body.get("response_url", ""),
        text=_LINK.sub(lambda found: html.unescape(found[2] or found[1]), named).strip(),
    )


def read_on_message(body: Body) -> OnMessage:
    """A message of blocks or files alone has no text."""
    text = body["message"].get("text")
    return OnMessage(**_common(body), markup=whole_letters(text) if isinstance(text, str) else "")


async def acknowledge(ack: AsyncAck, typed: str, most: int) -> None:
    """After a command opened its form: words that the form can't hold are given back to whoever typed them.
    `typed`: what the form was to hold, without a word like *ask* that says which form."""
    if len(typed) <= most:
        await ack()
        return
    message = too_long_for_form(typed, most)
    await ack_message(ack, message)


async def show(deps: Deps, incoming: Incoming, view: View) -> None:
    """Opens a form; from within one it goes on top. Where Slack's stack of three is full, all move down by one with
    what was typed in them, and the lowest is gone: so closing one leads back to where the one on it was opened.
    """
    if not (isinstance(incoming, Press) and incoming.in_modal):
        await deps.messenger.open_form(incoming.team_id, incoming.trigger_id, view)
        return
    if incoming.full:
        await _move_down(deps, incoming)
        await deps.messenger.update_form(incoming.team_id, incoming.view_id, view)
        return
    if incoming.below:
        # once another lies on it, Slack no longer tells what stands in it
        deps.stacked.keep(incoming.view_id, as_filled(incoming.view), deps.now())
    try:
        await deps.messenger.push_form(incoming.team_id, incoming.trigger_id, view)
    except SlackRefused as refused:
        # Slack counts otherwise than the payload made us believe: the pressed one gives way
        if refused.code != "push_limit_reached":
            raise
        await deps.messenger.update_form(incoming.team_id, incoming.view_id, view)


async def show_page(ack: AsyncAck, deps: Deps, press: Press, view: View) -> None:
    """A sheet, opened; or another page of it, in its place."""
    if press.turns_page:
        await ack()
        await redraw_form(deps, press, view)
    else:
        await show(deps, press, view)
        await ack()


async def redraw_form(deps: Deps, press: Press, view: View) -> None:
    """The form that was pressed, as it is now. May be lost: what was saved stays saved."""
    await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))


async def tell(deps: Deps, press: Press, words: str) -> None:
    """A line to the presser alone, where Slack gave an address for it: not from a form or Home. May be lost."""
    if press.response_url:
        await best_effort(deps.messenger.reply(press.response_url, line(words)))


async def _move_down(deps: Deps, press: Press) -> None:
    """Where it is not known any more what stood in the second, that one is gone in place of the lowest."""
    second, third = deps.stacked.find(press.below, deps.now()), as_filled(press.view)
    deps.stacked.keep(press.below, third, deps.now())
    lower = [(press.root, second)] if second else []
    moves = [*lower, (press.below, third)]
    # at once: Slack waits three seconds for all of it
    await asyncio.gather(*(best_effort(deps.messenger.update_form(press.team_id, *move)) for move in moves))


def identity_of(user_id: str, *teams: str | None) -> SlackIdentity:
    """Somebody, by every workspace and organisation that a payload names beside their id; the first is their own,
    which may be an organisation's (`E…`)."""
    own, *others = [*dict.fromkeys(team for team in teams if team), ""]
    return SlackIdentity(team_id=own, user_id=user_id, elsewhere=tuple(filter(None, others)))


def _common(body: Body) -> dict[str, Any]:
    view = body.get("view") or {}
    user, team = body["user"], body.get("team") or {}
    # a form names the installation in its view, since its `team` is that of whoever sent it; a button in its `team`
    installed = view.get("app_installed_team_id") or team.get("id") or user.get("team_id") or ""
    organisation = (body.get("enterprise") or {}).get("id") or team.get("enterprise_id")
    return {
        "who": identity_of(user["id"], user.get("team_id"), team.get("id"), installed, organisation),
        "team_id": installed,
        "channel": (body.get("channel") or {}).get("id") or "",
        "trigger_id": body.get("trigger_id") or "",
        "response_url": body.get("response_url") or "",
    }


def _message(body: Body) -> MessageRef | None:
    container = body.get("container") or {}
    channel, ts = container.get("channel_id"), container.get("message_ts")
    if container.get("type") != "message" or container.get("is_ephemeral") or not (channel and ts):
        return None
    # whose bot posted it, since only its token may change it: where two of our installations share a channel, Slack
    # does not say which of them stands in a press's `team`
    posted_by = (body.get("message") or {}).get("team")
    team: str = (body.get("team") or {}).get("id") or ""
    if isinstance(posted_by, str) and posted_by[:1] == "T" and posted_by.isalnum():
        team = posted_by
    return MessageRef(team_id=team, channel=channel, ts=ts)
