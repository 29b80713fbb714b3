"""Who left the channel or Slack: what Slack tells of it, what they answer, and whom anybody points at."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.absence import Presence, question_of
from bot.domain.groups import Place
from bot.domain.installation import Leaving
from bot.domain.people import Guest, SlackIdentity
from bot.domain.problems import Problem, ProblemCode, require
from bot.domain.put_to_all import require_not_ended
from bot.domain.snapshot import ANNOUNCEMENTS, Membership
from bot.ports import Deps, View
from bot.usecases import absence, channel
from bot.usecases.installation_upkeep import installer_changed
from bot.usecases.reach import account_told
from bot.views import absence as screens
from bot.views import menu
from handlers.acks import ack_view
from handlers.best_effort import best_effort, redraw_older
from handlers.incoming import Press, Submission
from handlers.leaders import for_leaders, opens
from handlers.routes import Routes


def register(app: Routes) -> None:
    """Slack tells of accounts and channels, of which most are none of ours. The question whether somebody leaves
    the group too can be answered by who is gone from its channel, since it is put to nobody else."""
    app.event("member_left_channel")(left_channel)
    app.event("user_change")(account_changed)
    app.actions |= {
        screens.BACK_IN_CHANNEL: for_leaders(back_in_channel, home=True, absent=True),
        screens.SKIP: for_leaders(skip, absent=True),
        menu.POINT: opens(open_point),
        screens.OBJECT: for_leaders(object_to, ANNOUNCEMENTS),
    }
    app.views |= {screens.POINT_FORM: for_leaders(submit_point)}


async def left_channel(event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """Of anybody, in any channel of ours; Slack tells it late, and again for an hour. What follows in a group is
    found by a look at it, and nothing is said here."""
    team_id = context.get("team_id") or body["team_id"]
    # that we are out of it ourselves is found when Slack refuses a post
    if event["user"] != context.get("bot_user_id"):
        place = Place(team_id=team_id, channel=event["channel"])
        await absence.left_channel(deps, place, event["user"], deps.now())


async def came_into_channel(deps: Deps, place: Place, user_id: str) -> None:
    """What asked them whether they leave the group too says that they are in it."""
    for member in await absence.came_into_channel(deps, place, user_id, deps.now()):
        if question := question_of(member.leader):
            await best_effort(deps.messenger.update(question, screens.answered(member.snapshot, screens.SAID_BACK)))


async def account_changed(event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """Slack sends it of an account that was closed, or opened again, among much else."""
    user = event["user"]
    who = SlackIdentity(
        team_id=user.get("team_id") or context.get("team_id") or body["team_id"], user_id=user["id"]
    )
    closed = bool(user.get("deleted"))
    guest = Guest.of(restricted=user.get("is_restricted"), ultra_restricted=user.get("is_ultra_restricted"))
    await absence.account_changed(deps, who, closed=closed, now=deps.now())
    # Slack takes an app out as whoever installed it leaves, or becomes a guest
    leaving = Leaving.DELETED if closed else Leaving.GUEST if guest is not Guest.NO else None
    await installer_changed(deps, who, leaving, deps.now())
    if person_id := await deps.store.index.person(who):
        await account_told(deps, person_id, who, guest=guest, closed=closed)


async def back_in_channel(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*I'm back in the channel*. Slack is asked first: STILL_OUTSIDE where they are not in it, PRESENCE_UNTOLD
    where it won't say. Then the question gives way to a line that they are in the group as before."""
    found = await absence.look_for(deps, member, deps.now())
    if found is Presence.UNTOLD:
        raise Problem(ProblemCode.PRESENCE_UNTOLD)
    if found is not Presence.IN_CHANNEL:
        raise Problem(ProblemCode.STILL_OUTSIDE)
    await ack()
    if shown := press.message or question_of(member.leader):
        await best_effort(deps.messenger.update(shown, screens.answered(member.snapshot, screens.SAID_BACK)))


async def skip(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Skip* under the question: nothing is saved and nobody told, and what stays of it is *Leave the group*."""
    await ack()
    if press.message:
        answered = screens.answered(member.snapshot, screens.SAID_SKIPPED)
        await best_effort(deps.messenger.update(press.message, answered))


async def open_point(press: Press, member: Membership, deps: Deps) -> View:
    """*Somebody has gone…*, behind *More*: what will follow, and whom it is about, out of all the others in the
    group. GROUP_ENDED, as nobody is asked then whether they leave it."""
    require_not_ended(member.snapshot.group, deps.now())
    return screens.point_form(member.snapshot, member.person.id)


async def submit_point(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Slack is asked where that one is, which is noted before the sheet says what follows from it. Who pointed is
    kept nowhere. LEFT_ALREADY where they left while the form was open."""
    require_not_ended(member.snapshot.group, deps.now())
    pointed = require(member.snapshot.member(screens.read_pointed(sent.values)), ProblemCode.LEFT_ALREADY)
    found = await absence.look_for(deps, pointed, deps.now())
    await ack_view(ack, screens.pointed(member.snapshot, pointed.person.id, found))


async def object_to(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Object*, under the channel's news that somebody was taken out: they are in the group again, and their part
    of that post says who objected. CHANGE_GONE where they left by a press of their own."""
    async with channel.redrawn_after(deps, member.snapshot.group.id, press.message, deps.now()):
        snapshot = await absence.object_to(deps, member, press.payload.subject, deps.now())
    await ack()
    if departure := snapshot.leaders[press.payload.subject].departure:
        alone = screens.departed(snapshot, press.payload.subject, departure)
        await redraw_older(deps, snapshot.group, press.message, alone)
