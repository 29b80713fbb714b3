"""The first post of a group whose channel other organisations read: shown, and posted by a press."""

from __future__ import annotations

from slack_bolt.async_app import AsyncAck

from bot.domain.groups import Group
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, View
from bot.usecases import preview
from bot.usecases.groups import next_planned
from bot.usecases.snapshot import load_snapshot
from bot.views.groups import set_up_done
from bot.views.menu import LOOK_FIRST
from bot.views.preview import PREVIEW_FORM, going_on_form, posts_again, preview_form
from handlers import joining
from handlers.acks import ack_view
from handlers.incoming import Incoming, Press, Submission, show
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """By any leader of a group whose next post nobody has looked at yet."""
    app.actions |= {LOOK_FIRST: opens(look_first)}
    app.views |= {PREVIEW_FORM: for_leaders(submit_preview)}


async def form(deps: Deps, snapshot: GroupSnapshot) -> View:
    """What the group's first post, or its next one, is: for whoever presses *Post it*."""
    names, now = await preview.workspace_names(deps, snapshot.group), deps.now()
    return preview_form(snapshot, next_planned(snapshot.group, now)[1], now, names)


async def going_on(deps: Deps, snapshot: GroupSnapshot, hello_ts: str) -> View:
    """The same of a group that goes on in another channel. `snapshot`: as it will be there; nothing of that is
    saved. `hello_ts` is of our message there that led to it, if one did."""
    names, now = await preview.workspace_names(deps, snapshot.group), deps.now()
    return going_on_form(snapshot, next_planned(snapshot.group, now)[1], now, names, hello_ts)


async def show_again(deps: Deps, incoming: Incoming, group: Group) -> None:
    """To a leader of the group. Where it has none any more, or has waited for them for long, whoever joins is one.
    Raises Problem for others."""
    snapshot = await load_snapshot(deps.store, group.id, who=incoming.who)
    if snapshot.member():
        await show(deps, incoming, await form(deps, snapshot))
    elif preview.left_alone(snapshot, deps.now()):
        await joining.offer(deps, incoming, snapshot)
    else:
        raise preview.waits(snapshot, deps.now())


async def look_first(press: Press, member: Membership, deps: Deps) -> View:
    """*Look at it*, where others read the channel since the group was set up. CHANGED_SINCE where somebody has
    looked by now."""
    trouble = member.snapshot.group.trouble
    if trouble is None or not trouble.unseen:
        raise Problem(ProblemCode.CHANGED_SINCE)
    return await form(deps, member.snapshot)


async def submit_preview(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """*Post it*: from here on what is owed goes out, by a look at the group. Sent twice it is done once."""
    again = not member.snapshot.group.unposted
    group = await preview.post_it(deps, member.snapshot, deps.now())
    await ack_view(ack, posts_again(group) if again else set_up_done(group))
