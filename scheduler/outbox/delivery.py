"""One entry's way to Slack: look whether it is there already, compose, mark as sending, post, mark as sent.

Only the holder of the lease does this, so far as it knows: a bot that was frozen may go on after its lease ended,
while another delivers the same entry. So time is looked at once more at each step that can't be undone: the mark is
refused to whoever lost the lease, and the post to whoever took too long since the mark (`send_guard`).

Whatever fails or dies in between leaves the entry where the next one to take it up can tell what may have happened:
without a mark it is surely not in Slack; with one, Slack is asked; marked as sent, it is.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import structlog

from bot.domain.groups import UNSEEN, MessageRef, Place
from bot.ports import Deps, Message, Method, SlackRefused, StoreDown, send_guard
from bot.usecases import refused
from scheduler.outbox import limits, refusals
from scheduler.outbox.ends import after, drop, not_now, our_fault
from scheduler.outbox.messages import DeliveryContext, Drop, OutgoingMessage, Reschedule
from scheduler.outbox.search_window import sent_between
from scheduler.outbox.stopwatch import Stopwatch

LONGEST_CALL_S = 10.5
"""Seconds from the mark to the end of the call. Shorter than the lease, so that nobody looks for a message that
is still on its way out. It is also what stops a bot that was frozen while connecting from sending when it
wakes."""

LONGEST_MARKING_S = 3.0
"""Seconds that marking may take; after longer (frozen?), somebody else may have it by now."""

MAX_CLAIM_AGE = timedelta(seconds=15)
"""Of the bot's time, from the claim to the mark; what was decided longer ago (the hours, whether it is worth it)
no longer holds. A little more than the lease, after which the mark is refused anyhow."""

UNSEEN_YET = SlackRefused(UNSEEN, permanent=True, can_end=True)
"""Ours, not Slack's: it leaves the outbox, and is planned anew from the facts once somebody has looked."""

RECORD_AGAIN_S = (0.2, 1.0, 3.0, 5.0, 10.0, 20.0)
"""Seconds between attempts to note that a message is in Slack: worth keeping in mind through a short outage."""

log = structlog.get_logger()


async def deliver(context: DeliveryContext) -> None:
    """Take the entry as far as it goes now. Raises StoreDown; then whoever reaps the lease goes on with it."""
    try:
        await _deliver(context)
    except StoreDown:
        raise
    except Exception as error:
        await our_fault(context, error)


async def _deliver(context: DeliveryContext) -> None:
    claimed = context.claimed
    # Whoever sent it died before what follows from that was noted. Only a post is marked before it; a change of a
    # message is not, by which the two are told apart here.
    if claimed.sent:
        return await after(context, claimed.sent, edited=claimed.marked_at is None)
    if claimed.marked_at and not await _surely_absent(context, claimed.marked_at):
        return None
    # Not before what may be in Slack was looked for: if it is there it was sent in time, and what follows is due.
    if context.now >= claimed.entry.expires_at:
        return await drop(context, Drop("too late to be of use", stale=True))
    # After having asked Slack, which may take seconds, what was read right after the claim is too old.
    reading = context.deps if claimed.marked_at else context.of_claim
    outgoing = await context.kind.compose(claimed.entry, reading, context.now)
    if isinstance(outgoing, Drop | Reschedule):
        return await not_now(context, outgoing)
    if waits := await limits.another_has_the_day(claimed.entry, context.kind, outgoing, context.deps, context.now):
        return await not_now(context, waits)
    if outgoing.replaces:
        refused = await _replace(context, outgoing.replaces, outgoing)
        if refused is None:
            return None
        outgoing = refused
    if await limits.unseen(claimed.entry, reading):
        return await refusals.of_posting(context.deps, claimed, UNSEEN_YET, context.now)
    # After `compose`, since it counts towards the week, or has the channel's day, from here on: what is dropped as
    # it is drawn takes nobody's place.
    held = await limits.held_back(claimed.entry, context.kind, outgoing, reading, context.now)
    if isinstance(held, Drop | Reschedule):
        return await not_now(context, held)
    return await _send(context, outgoing)


async def _surely_absent(context: DeliveryContext, marked_at: datetime) -> bool:
    """Look in Slack for what may have been sent before. True: it is not there, so it may be sent."""
    claimed, place = context.claimed, context.claimed.place
    # A mark always has one; a state of an earlier Between may not.
    if place is None:
        return True
    since, until = sent_between(claimed, marked_at, context.now, timedelta(seconds=LONGEST_CALL_S))
    try:
        await _at_pace(context.deps, place.team_id, Method.HISTORY)
        found = await context.deps.messenger.find(place, delivery_id=claimed.delivery_id, since=since, until=until)
    except SlackRefused as refusal:
        # Not being able to look is no "no": sending now could be the second time.
        await refusals.of_looking(context.deps, claimed, refusal, context.now)
        return False
    # There: the one who sent it died, or its answer was lost. One look that finds nothing is believed: it comes
    # when the lease of a dead bot has ended, or `SHOWN_AFTER` a lost answer, and the call is over by then.
    if found:
        await _mark_sent(context, found)
        await after(context, found)
    return found is None


async def _at_pace(deps: Deps, team_id: str, method: Method) -> None:
    """Raises SlackRefused where the method has been called often enough there, or Slack wants none for now."""
    if wait := await deps.store.method_limiter.wait(team_id, method):
        raise SlackRefused(refusals.OWN_PACE, permanent=False, retry_after=wait.total_seconds())


async def _send(context: DeliveryContext, outgoing: OutgoingMessage) -> None:
    deps, claimed = context.deps, context.claimed
    try:
        place = outgoing.place or await _dm(outgoing, claimed.entry.team_id, deps)
    except SlackRefused as refusal:
        return await refusals.of_calling(deps, claimed, Method.OPEN, refusal, context.now)
    if not outgoing.place and not (outgoing.person and outgoing.person.reach.dm_channel):
        # Opening a DM for the first time may have taken a while, and meanwhile they may have left or answered.
        again = await context.kind.compose(claimed.entry, deps, deps.now())
        if isinstance(again, Drop | Reschedule):
            return await not_now(context, again)
        outgoing = again
    # Begun before the mark: the lease that the mark renews counts from when Redis wrote it, so a freeze between
    # that and its answer must count as well.
    watch = Stopwatch(deps.now)
    if not await _mark_sending(context, place, watch):
        return None
    try:
        ref = await _post(context, place, outgoing.message, watch)
    except SlackRefused as refusal:
        return await refusals.of_posting(deps, claimed, refusal, context.now)
    # From the post to here: who dies leaves the mark alone, and Slack is asked. From here on nobody need ask.
    await _mark_sent(context, ref)
    return await after(context, ref)


async def _replace(context: DeliveryContext, ref: MessageRef, outgoing: OutgoingMessage) -> OutgoingMessage | None:
    """Changing it twice is changing it once, so no mark is needed. Returns what goes where it can't be changed."""
    try:
        await _at_pace(context.deps, ref.team_id, Method.UPDATE)
        await context.deps.messenger.update(ref, outgoing.message)
    except SlackRefused as refusal:
        if outgoing.otherwise and (refusal.permanent or refusal.code in refused.EDITS_ONLY):
            return outgoing.otherwise
        await refusals.of_calling(context.deps, context.claimed, Method.UPDATE, refusal, context.now)
        return None
    await _mark_sent(context, ref)
    await after(context, ref, edited=True)
    return None


async def _dm(outgoing: OutgoingMessage, team_id: str, deps: Deps) -> Place:
    """The DM with a person; opened once, then remembered, since Slack lets us open few a minute. That of several is
    opened for each message: Slack gives the same one each time, so who dies after opening it opens no second."""
    if outgoing.people:
        await _at_pace(deps, team_id, Method.OPEN)
        users = [one.reach.user_id for one in outgoing.people]
        return Place(team_id=team_id, channel=await deps.messenger.open_group_dm(team_id, users))
    person = outgoing.person
    if person is None:
        raise ValueError("An outgoing message goes to a place or to people.")
    reach = person.reach
    channel = reach.dm_channel
    if channel is None:
        await _at_pace(deps, reach.via_team, Method.OPEN)
        channel = await deps.messenger.open_dm(reach.via_team, reach.user_id)
        # Before the post: who dies in between need not open it again. Slack would give the same one, but lets us
        # open few a minute (Tier 3), and a group of forty leaders is as many as it takes.
        await refusals.remember_dm(deps, person, channel)
    return Place(team_id=reach.via_team, channel=channel)


async def _mark_sending(context: DeliveryContext, place: Place, watch: Stopwatch) -> bool:
    """Only for somebody who acts on what is true now. A machine may have slept, or the demo's clock have leapt, at
    any moment since the claim; then the entry goes back, and is taken up anew by the time that it is now."""
    deps, claimed = context.deps, context.claimed
    if abs(deps.now() - context.now) > MAX_CLAIM_AGE:
        return await _too_late(context)
    # By the time of the claim, as all that was decided; the script takes the server's besides. It refuses a token
    # that holds no more: a bot that was frozen past its lease stops here, whatever it believes.
    if not await deps.store.delivery.mark_sending(claimed, place, context.now):
        log.warning("it is not ours any more", entry=claimed.entry.name)
        return False
    # The mark is ours, but its answer came late: of the lease's twelve seconds too few may be left for a call.
    return watch.seconds() <= LONGEST_MARKING_S or await _too_late(context)


async def _too_late(context: DeliveryContext) -> bool:
    """Put back, surely not sent by us; a mark of somebody before us stays."""
    claimed = context.claimed
    log.warning("it took too long on its way", entry=claimed.entry.name)
    await context.deps.store.delivery.put_back(
        claimed,
        context.deps.now(),
        after=timedelta(0),
        keep_mark=claimed.marked_at is not None,
        count="",
    )
    return False


async def _post(context: DeliveryContext, place: Place, message: Message, watch: Stopwatch) -> MessageRef:
    # Asked by the messenger when the connection stands, right before the bytes go: connecting may take seconds, and
    # a bot may be frozen in it. After that only the timeout below ends the call, and the answer is then in doubt.
    before = send_guard.set(lambda: watch.seconds() < LONGEST_CALL_S)
    try:
        async with asyncio.timeout(LONGEST_CALL_S - watch.seconds()):
            return await context.deps.messenger.post(place, message, delivery_id=context.claimed.delivery_id)
    except TimeoutError:
        # It may have arrived: the mark stays, and the next to take it up looks in Slack.
        raise SlackRefused("timeout", permanent=False, in_doubt=True) from None
    finally:
        send_guard.reset(before)


async def _mark_sent(context: DeliveryContext, ref: MessageRef) -> None:
    """Even when the lease is lost meanwhile: that it is in Slack keeps others from sending it again."""
    for wait in RECORD_AGAIN_S:
        try:
            await context.deps.store.delivery.mark_sent(context.claimed, ref)
            return
        except StoreDown:
            # What we know nobody else knows, so it is worth some waiting. If Redis stays away, the mark as sending
            # is there, and Slack will be asked.
            await asyncio.sleep(wait)
    await context.deps.store.delivery.mark_sent(context.claimed, ref)
