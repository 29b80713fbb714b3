"""One entry's way to Slack: look whether it is there already, compose, note the intent, post, record.

Whatever fails in between leaves the entry where the next one to take it up can tell what may have happened.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.domain.groups import MessageRef, Place
from bot.domain.outbox import DMS, Claimed, Kind, Outcome, Status
from bot.domain.people import Person
from bot.ports import STILL_TIME, Deps, Message, Method, SlackRefused, StoreDown
from bot.usecases.follow_up import GUARD
from scheduler.outbox import limits, refusals
from scheduler.outbox.messages import Composer, Drop, Later, Parcel
from scheduler.outbox.stopwatch import Stopwatch

MOST_FAULTS = 5

LONGEST_CALL = 10.5
"""Seconds from the intent to the end of the call. Shorter than the lease, so that nobody looks for a message that
is still on its way out. It is also what stops a bot that was frozen in the midst of connecting from sending when it
wakes."""

LONGEST_INTENT = 3.0
"""Seconds that noting the intent may take; after longer (frozen?), somebody else may have it by now."""

LONGEST_WAY = timedelta(seconds=15)
"""Of the bot's time, from the claim to the intent; what was decided longer ago (the hours, whether it is worth it)
no longer holds. A little more than the lease, after which there is no intent anyhow."""

CLOCKS_APART = timedelta(minutes=15)
"""How far back to look in Slack before the intent: our clock may have been stepped since."""

AFTER_A_DM = timedelta(minutes=1)
"""When a group is looked at again after a DM of its round: what follows from it (the nudge) is hours away, and one
look serves for all that go in that minute."""

NOTED_ALONE = frozenset({Kind.CHECK_IN, Kind.NUDGE, Kind.LATER})
"""Nothing is read to note that these were sent, so the change of one record may begin from what was seen of it."""

RECORD_AGAIN = (0.2, 1.0, 3.0, 5.0, 10.0, 20.0)
"""Seconds between attempts to note that a message is in Slack: worth keeping in mind through a short outage."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Carriage:
    """One entry in our hands. `glance` is the store as those that were claimed together look at it, so that what a
    group's leaders have in common is read once for them: for the moment after the claim, and for nothing later."""

    claimed: Claimed
    composer: Composer
    deps: Deps
    now: datetime
    glance: Deps


async def deliver(carriage: Carriage) -> None:
    """Take the entry as far as it goes now. Raises StoreDown; then whoever reaps the lease goes on with it."""
    try:
        await _carry(carriage)
    except StoreDown:
        raise
    except Exception as error:
        await _our_fault(carriage, error)


async def _carry(carriage: Carriage) -> None:
    claimed = carriage.claimed
    if claimed.sent:
        return await _after(carriage, claimed.sent)
    if claimed.intended_at and not await _surely_absent(carriage, claimed.intended_at):
        return None
    if carriage.now >= claimed.entry.expires_at:
        return await _drop(carriage, Drop("too late to be of use", stale=True))
    reading = carriage.deps if claimed.intended_at else carriage.glance
    parcel = await carriage.composer.compose(claimed.entry, reading, carriage.now)
    if isinstance(parcel, Drop):
        return await _drop(carriage, parcel)
    if isinstance(parcel, Later):
        return await _put_off(carriage, parcel)
    if parcel.replaces:
        return await _replace(carriage, parcel.replaces, parcel.message)
    held = await limits.held_back(claimed.entry, reading, carriage.now)
    if isinstance(held, Drop):
        return await _drop(carriage, held)
    if isinstance(held, Later):
        return await _put_off(carriage, held)
    return await _send(carriage, parcel)


async def _surely_absent(carriage: Carriage, intended_at: datetime) -> bool:
    """Look in Slack for what may have been sent before. True: it is not there, so it may be sent."""
    claimed, place = carriage.claimed, carriage.claimed.place
    if place is None:
        return True
    since, until = _window(claimed, intended_at, carriage.now)
    try:
        await _at_pace(carriage.deps, place.team_id, Method.HISTORY)
        found = await carriage.deps.messenger.find(place, delivery_id=claimed.delivery_id, since=since, until=until)
    except SlackRefused as refusal:
        await refusals.of_looking(carriage.deps, claimed, refusal, carriage.now)
        return False
    if found:
        await _record(carriage, found)
        await _after(carriage, found)
    return found is None


def _window(claimed: Claimed, intended_at: datetime, now: datetime) -> tuple[datetime, datetime | None]:
    """Between when the message must stand if it is there. Our clock may have been stepped, or be another's, so the
    intents count by the wall of whoever noted them, and by how long ago Redis says that was."""
    begins, ends = [intended_at, now], [claimed.intended_last or now]
    if claimed.intended_ago and claimed.intended_last_ago:
        begins.append(now - claimed.intended_ago)
        ends.append(now - claimed.intended_last_ago)
    until = max(ends) + timedelta(seconds=LONGEST_CALL) + CLOCKS_APART
    return min(begins) - CLOCKS_APART, until if claimed.intended_last else None


async def _at_pace(deps: Deps, team_id: str, method: Method) -> None:
    """Raises SlackRefused where the method has been called often enough there, or Slack wants none for now."""
    if wait := await deps.store.gates.wait(team_id, method):
        raise SlackRefused(refusals.OWN_PACE, permanent=False, retry_after=wait.total_seconds())


async def _send(carriage: Carriage, parcel: Parcel) -> None:
    deps, claimed = carriage.deps, carriage.claimed
    try:
        place = parcel.place or await _dm(parcel.person, deps)
    except SlackRefused as refusal:
        return await refusals.of_calling(deps, claimed, Method.OPEN, refusal, carriage.now)
    again = await _looked_at_again(carriage, parcel)
    if isinstance(again, Drop):
        return await _drop(carriage, again)
    if isinstance(again, Later):
        return await _put_off(carriage, again)
    watch = Stopwatch(deps.now)
    if not await _intend(carriage, place, watch):
        return None
    try:
        ref = await _post(carriage, place, again.message, watch)
    except SlackRefused as refusal:
        return await refusals.of_posting(deps, claimed, refusal, carriage.now)
    await _record(carriage, ref)
    return await _after(carriage, ref)


async def _replace(carriage: Carriage, ref: MessageRef, message: Message) -> None:
    """Changing a message twice is changing it once, so no intent is needed."""
    try:
        await _at_pace(carriage.deps, ref.team_id, Method.UPDATE)
        await carriage.deps.messenger.update(ref, message)
    except SlackRefused as refusal:
        return await refusals.of_calling(carriage.deps, carriage.claimed, Method.UPDATE, refusal, carriage.now)
    await _record(carriage, ref)
    return await _after(carriage, ref)


async def _dm(person: Person | None, deps: Deps) -> Place:
    """The DM with a person; opened once, then remembered, since Slack lets us open few a minute."""
    if person is None:
        raise ValueError("A parcel goes to a place or to a person.")
    reach = person.reach
    channel = reach.dm_channel
    if channel is None:
        await _at_pace(deps, reach.via_team, Method.OPEN)
        channel = await deps.messenger.open_dm(reach.via_team, reach.user_id)
        await refusals.remember_dm(deps, person, channel)
    return Place(team_id=reach.via_team, channel=channel)


async def _looked_at_again(carriage: Carriage, parcel: Parcel) -> Parcel | Later | Drop:
    """Opening a DM for the first time may have taken a while, and meanwhile they may have left or answered."""
    if parcel.person is None or parcel.person.reach.dm_channel:
        return parcel
    return await carriage.composer.compose(carriage.claimed.entry, carriage.deps, carriage.deps.now())


async def _intend(carriage: Carriage, place: Place, watch: Stopwatch) -> bool:
    """Only for somebody who acts on what is true now. A machine may have slept, or the demo's clock have leapt, at
    any moment since the claim; then the entry goes back, and is taken up anew by the time that it is now."""
    deps, claimed = carriage.deps, carriage.claimed
    if abs(deps.now() - carriage.now) > LONGEST_WAY:
        return await _too_late(carriage)
    if not await deps.store.delivery.intend(claimed, place, carriage.now):
        log.warning("it is not ours any more", entry=claimed.entry.name)
        return False
    return watch.seconds() <= LONGEST_INTENT or await _too_late(carriage)


async def _too_late(carriage: Carriage) -> bool:
    """Put back, surely not sent by us; an intent of somebody before us stays."""
    claimed = carriage.claimed
    log.warning("it took too long on its way", entry=claimed.entry.name)
    await carriage.deps.store.delivery.put_back(
        claimed,
        carriage.deps.now(),
        after=timedelta(0),
        keep_intent=claimed.intended_at is not None,
        count="",
    )
    return False


async def _post(carriage: Carriage, place: Place, message: Message, watch: Stopwatch) -> MessageRef:
    before = STILL_TIME.set(lambda: watch.seconds() < LONGEST_CALL)
    try:
        async with asyncio.timeout(LONGEST_CALL - watch.seconds()):
            return await carriage.deps.messenger.post(place, message, delivery_id=carriage.claimed.delivery_id)
    except TimeoutError:
        raise SlackRefused("timeout", permanent=False, in_doubt=True) from None
    finally:
        STILL_TIME.reset(before)


async def _record(carriage: Carriage, ref: MessageRef) -> None:
    """Even when the lease is lost meanwhile: that it is in Slack keeps others from sending it again."""
    for wait in RECORD_AGAIN:
        try:
            await carriage.deps.store.delivery.record(carriage.claimed, ref)
            return
        except StoreDown:
            await asyncio.sleep(wait)
    await carriage.deps.store.delivery.record(carriage.claimed, ref)


async def _after(carriage: Carriage, ref: MessageRef) -> None:
    """It is in Slack. The group is looked at again before the entry leaves, since what comes next may follow
    from this (the nudge after the check-in)."""
    entry, deps = carriage.claimed.entry, carriage.deps
    noting = carriage.glance if entry.kind in NOTED_ALONE else deps
    await carriage.composer.sent(entry, ref, noting, carriage.now)
    if entry.round:
        soon = AFTER_A_DM if entry.kind in DMS else timedelta(0)
        await deps.store.due.look_at(entry.group_id, carriage.now + soon)
    await deps.store.delivery.finish(carriage.claimed, Outcome(status=Status.SENT, sent=ref))


async def _drop(carriage: Carriage, drop: Drop) -> None:
    """It leaves, and may be planned again. Looking at once at a group whose times have changed makes no loop: what
    is planned by its times as they are is not stale."""
    entry, deps = carriage.claimed.entry, carriage.deps
    again = drop.stale and entry.round
    log.info("not sent", entry=entry.name, reason=drop.reason)
    await limits.give_back(entry, deps, carriage.now)
    if again:
        await deps.store.due.look_at(entry.group_id, carriage.now + GUARD)
    await deps.store.delivery.finish(carriage.claimed, Outcome(status=Status.DROPPED, why=drop.reason))
    if again:
        await deps.store.due.look_at(entry.group_id, carriage.now)


async def _put_off(carriage: Carriage, later: Later) -> None:
    await carriage.deps.store.delivery.put_off(carriage.claimed, later.until)


async def _our_fault(carriage: Carriage, error: Exception) -> None:
    """A bug, or a record that can't be read: try again, and set it aside the fifth time, so the rest goes on."""
    claimed, delivery = carriage.claimed, carriage.deps.store.delivery
    log.exception("an entry can't be delivered", entry=claimed.entry.name, faults=claimed.faults + 1)
    if claimed.faults + 1 >= MOST_FAULTS and claimed.sent:
        await delivery.finish(claimed, Outcome(status=Status.SENT, sent=claimed.sent, why=_said(error)))
        return
    if claimed.faults + 1 >= MOST_FAULTS:
        await delivery.bury(claimed, _said(error))
        return
    wait = refusals.backoff(claimed.faults)
    await delivery.put_back(claimed, carriage.now, after=wait, keep_intent=True, count="faults")


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
