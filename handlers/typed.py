"""What leaders type in their DM, where whoever installed the bot lets them: asked about, and kept as they say."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck

from bot.domain.groups import Group, Place
from bot.domain.people import Person
from bot.domain.plate import ME_LANE, ORGANISATION_LANE, Audience, Words
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.domain.typed import Choice, Typed, is_moment
from bot.ports import Deps, Message, SlackRefused
from bot.usecases import commitments, plate, typed
from bot.views import typed as screens
from bot.views.saved import saved, welcome_late
from handlers.best_effort import best_effort
from handlers.checkin import redraw
from handlers.incoming import Press, identity_of, read_press
from handlers.joining import person_of
from handlers.leaders import for_leaders
from handlers.routes import Routes

log = structlog.get_logger()

LANES = {Choice.PLATE: (ORGANISATION_LANE, Audience.GROUP), Choice.ME: (ME_LANE, Audience.ME)}


def register(app: Routes) -> None:
    """Of messages we hear only where whoever installed us chose `--typing`. A question is its author's: NOT_YOURS
    for anybody else."""
    app.event("message")(heard)
    app.actions |= {
        screens.GROUP: for_leaders(choose_group),
        screens.PLATE: for_leaders(partial(onto_plate, Choice.PLATE), plate.NEEDS, home=True),
        screens.ME: for_leaders(partial(onto_plate, Choice.ME), plate.NEEDS, home=True),
        screens.COMMITMENT: for_leaders(as_commitment, commitments.NEEDS, home=True),
        screens.NO: decline,
    }


async def heard(event: dict[str, Any], context: dict[str, Any], body: dict[str, Any], deps: Deps) -> None:
    """A message in the DM. Edits, deletions, other subtypes, bots, and whoever is in no group get no answer; nor do
    emoji alone."""
    if event.get("channel_type") != "im" or event.get("bot_id") or not event.get("user"):
        return
    # a reply that was sent to the conversation too is a thread's all the same
    if event.get("subtype") not in (None, "file_share", "thread_broadcast") or not is_moment(event["ts"]):
        return
    team_id = context.get("team_id") or body["team_id"]
    own = event.get("user_team") or event.get("source_team") or event.get("team")
    who = identity_of(event["user"], own, team_id, body.get("enterprise_id"))
    person = await person_of(deps, team_id, who)
    groups = await typed.groups_to_keep_in(deps.store, person.id, deps.now()) if person else []
    if person and groups:
        await _answer(deps, Place(team_id=team_id, channel=event["channel"]), event, person, groups)


async def _answer(deps: Deps, place: Place, event: dict[str, Any], person: Person, groups: list[Group]) -> None:
    ts, words = event["ts"], screens.read_words(event.get("text") or "")
    file = event.get("subtype") == "file_share"
    in_thread = event.get("thread_ts") not in (None, ts)
    asks = screens.says_something(words) and not in_thread
    if not (asks or file or in_thread):
        return
    before = await typed.hear(deps.store, person.id, ts, asks=asks)
    if before is None:
        return
    if in_thread:
        message = screens.line(screens.IN_A_THREAD)
    elif not asks:
        message = screens.line(screens.A_FILE)
    elif len(groups) > 1:
        message = screens.which_group(groups, person.id, ts, length=len(words), file=file, told=before.told)
    else:
        message = screens.question(groups[0], person.id, ts, length=len(words), file=file, told=before.told)
    await _say(deps, place, person, ts, message, before if asks else None)


async def _say(deps: Deps, place: Place, person: Person, ts: str, message: Message, before: Typed | None) -> None:
    """Once, at once; what Slack won't have is not tried again. A question that still waits gives way to a newer
    one, so that nobody chooses for one message and means another. `before`: where it is a question."""
    try:
        ref = await deps.messenger.post(place, message, delivery_id=f"typed.{person.id}.{ts}")
    except SlackRefused as refusal:
        log.info("could not ask about what was typed", code=refusal.code)
        return
    if before is None:
        return
    newest = await typed.asked(deps.store, person.id, ts, ref)
    old = before.question if newest else ref
    if old:
        await best_effort(deps.messenger.update(old, screens.line(screens.SUPERSEDED)))


async def choose_group(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Choose*, by who is in several groups: the question, for that one, in place of the choice. Nothing is read or
    kept by it."""
    await ack()
    await _instead(deps, press, screens.question(member.snapshot.group, member.person.id, press.payload.subject))


async def onto_plate(choice: Choice, ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*On my plate*, or *For me, just me*: read again, saved, noted, acknowledged; then shown. TYPED_GONE where the
    words are gone, TYPED_TOO_LONG, and LANE_FOR_… where the form has them for others."""
    now, (lane, audience) = deps.now(), LANES[choice]
    text = screens.read_for_plate(await _read_again(deps, press), member.snapshot)
    done = await plate.add_words(deps, member, lane, Words(text=text, audience=audience), now)
    await typed.choose(deps.store, member.person.id, press.payload.subject, choice)
    await ack()
    assert done.plate is not None
    # at once: each may take most of a second, and Slack waits for three in all
    await asyncio.gather(
        _instead(deps, press, saved(done.snapshot, done.round, done.plate, now)),
        redraw(deps, done, now, said=welcome_late(done.snapshot, done.round, done.plate, now)),
    )


async def as_commitment(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*A commitment*: as for a plate. Made once, however often it is pressed: its id is the message's."""
    what = screens.read_for_commitment(await _read_again(deps, press), member.snapshot)
    made = await typed.commit(deps, member, press.payload.subject, what, deps.now())
    await typed.choose(deps.store, member.person.id, press.payload.subject, Choice.COMMITMENT)
    await ack()
    await _instead(deps, press, screens.committed(member.snapshot, made, deps.now()))


async def decline(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*No*: nothing is kept. Also of somebody who has left the group meanwhile; TYPED_KEPT where it is kept
    already."""
    press = read_press(body)
    person = await person_of(deps, press.team_id, press.who)
    if person is None or press.payload.person not in (person.id, *person.was):
        raise Problem(ProblemCode.NOT_YOURS)
    await typed.choose(deps.store, person.id, press.payload.subject, Choice.NO)
    await ack()
    await _instead(deps, press, screens.line(screens.DECLINED))


async def _read_again(deps: Deps, press: Press) -> str:
    """Where the question stands, the words stand too; only whoever wrote them gets them kept. Raises Problem."""
    if press.message is None or not press.payload.person:
        raise Problem(ProblemCode.OLD_BUTTON)
    place = Place(team_id=press.team_id, channel=press.message.channel)
    return await typed.read_again(deps, place, press.payload.subject, press.who.user_id)


async def _instead(deps: Deps, press: Press, message: Message) -> None:
    """In the question's place. Where Slack won't change it there, by the address that the press came with."""
    changed = press.message is not None and await best_effort(deps.messenger.update(press.message, message))
    if not changed and press.response_url:
        await best_effort(deps.messenger.reply(press.response_url, message, replace=True))
