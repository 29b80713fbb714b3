"""What a refusal of Slack's means for an entry: wait, give up, or look later whether it is there."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from bot.domain.outbox import GROUP_DMS, Claimed, Kind, Outcome, Status
from bot.domain.people import Person, reached
from bot.domain.reach import refuses
from bot.domain.trouble import Sort, sort_of
from bot.ports import UNREACHED, BadRecord, Deps, Method, SlackRefused, StoreDown
from bot.usecases import absence, introductions, reach, refused, unconfirmed
from scheduler.outbox import limits

LONGEST_WAIT = timedelta(minutes=5)

SHOWN_AFTER = timedelta(seconds=10)
"""How long Slack may take to show a message whose answer was lost."""

REST = timedelta(seconds=3)
"""A workspace whose answers get lost is left alone for this long."""

LONGEST_DOUBT = timedelta(hours=24)
"""After this long of not being able to ask Slack, an entry stays unknown for good."""

UNTIL_IT_ENDS = timedelta(hours=1)
"""Between tries of a message to a person that is refused for a reason that somebody can end."""

MANY_TRIES = 8
"""With `backoff`, nine minutes."""

ENDS_BY_INVITATION = (Sort.OUT, Sort.LOST, Sort.ARCHIVED)

ACCOUNT_CLOSED = "user_disabled"

OWN_PACE = "our_own_pace"
"""We keep to a method's limit ourselves, so only what needs the method waits, not the workspace."""

log = structlog.get_logger()


def backoff(tries: int) -> timedelta:
    """2 s, 4 s, 8 s … five minutes."""
    return min(timedelta(seconds=2 ** min(tries + 1, 10)), LONGEST_WAIT)


async def of_posting(deps: Deps, claimed: Claimed, refusal: SlackRefused, now: datetime) -> None:
    """A refusal of the post itself, after the mark. In doubt: Slack is asked before it is sent again. A 429: the
    whole workspace rests. A DM that is gone is opened anew, once. Else as what was surely not sent."""
    delivery = deps.store.delivery
    # First, since nothing else is known: not even a code that says "never" may take the mark of what may be there.
    # The mark stays, and Slack is asked once it has had time to show the message.
    if refusal.in_doubt:
        await delivery.put_back(claimed, now, after=SHOWN_AFTER, keep_mark=True, rest=REST)
    elif refusal.code == "channel_not_found" and await _forget_dm(deps, claimed):
        # Counts as a try, so that it is done once: a DM that is refused when just opened is refused for another
        # reason.
        await delivery.put_back(claimed, now, after=timedelta(0))
    elif refusal.retry_after is not None:
        # A 429 of posting is about the whole workspace, and says that this one was surely not sent.
        wait = timedelta(seconds=refusal.retry_after)
        await delivery.put_back(claimed, now, after=wait, rest=wait, count="")
    else:
        await _unsent(deps, claimed, refusal, now)


async def of_calling(deps: Deps, claimed: Claimed, method: Method, refusal: SlackRefused, now: datetime) -> None:
    """A DM could not be opened, or a message of ours not changed: no harm if done twice. A 429 is about that method
    alone, so the workspace goes on with what does not need it."""
    if method is Method.UPDATE and refusal.code == "not_installed":
        # who posted it is gone from that workspace, and nobody else may change it; others can be posted
        refusal = SlackRefused("cant_update_message", permanent=True, can_end=True)
    if refusal.retry_after is not None:
        wait = await _heeded(deps, claimed.entry.team_id, method, refusal.retry_after, refusal.code)
        await deps.store.delivery.put_back(claimed, now, after=wait, count="")
    else:
        await _unsent(deps, claimed, refusal, now)


async def _heeded(deps: Deps, team_id: str, method: Method, seconds: float, code: str) -> timedelta:
    """How long to wait, said to all bots where Slack said it."""
    wait = timedelta(seconds=seconds)
    # Where it was our own count that said no, all bots know it: blocking would let one at a time go from then on.
    if code != OWN_PACE:
        await deps.store.method_limiter.block(team_id, method, wait)
    return wait


async def _unsent(deps: Deps, claimed: Claimed, refusal: SlackRefused, now: datetime) -> None:
    """Surely not sent. For a reason that can end, what goes to a channel leaves the outbox, and is planned anew
    from the facts when it has ended; what goes to a person waits here."""
    delivery, entry = deps.store.delivery, claimed.entry
    if entry.kind is Kind.ABSENCE and refusal.unreachable and entry.person_id:
        # Noted before it leaves: who dies here leaves it to be tried once more, and found out once more.
        await absence.unreachable(deps, entry.group_id, entry.person_id, now)
        await limits.give_back(entry, deps, now)
        await delivery.finish(claimed, Outcome(status=Status.FAILED, why=refusal.code))
    elif refusal.permanent and entry.kind in GROUP_DMS:
        await introductions.not_together(deps, entry, now, sure=True)
        await delivery.finish(claimed, Outcome(status=Status.DROPPED, why=refusal.code))
    elif entry.in_channel and await _planned_anew(deps, claimed, refusal):
        log.warning("Slack won't take it for now", entry=entry.name, code=refusal.code)
        # Before the entry leaves: who dies in between leaves it to be tried once more. The other way round nobody
        # would know that the channel is owed a message.
        await refused.in_channel(deps, entry, refusal.code, now)
        await delivery.finish(claimed, Outcome(status=Status.DROPPED, why=refusal.code))
    elif refusal.can_end:
        await delivery.put_off(claimed, min(now + UNTIL_IT_ENDS, entry.expires_at), why=refusal.code)
    elif refusal.permanent:
        await _refused_for_good(deps, claimed, refusal, now)
    else:
        await delivery.put_back(claimed, now, after=backoff(claimed.tries))


async def _refused_for_good(deps: Deps, claimed: Claimed, refusal: SlackRefused, now: datetime) -> None:
    """The entry leaves as FAILED. Last: all that follows from it is noted before, so whoever dies in between leaves
    it to be tried, and refused, once more."""
    entry = claimed.entry
    log.warning("Slack won't take it", entry=entry.name, code=refusal.code)
    await limits.give_back(entry, deps, now)
    if entry.person_id and refusal.unreachable:
        # Whoever else it concerns may be told in their place, which the look below finds.
        await reach.refused(deps, entry.person_id, refusal.code)
        if refusal.code == ACCOUNT_CLOSED:
            await _closed(deps, entry.person_id, now)
        await deps.store.due.look_at(entry.group_id, now)
    await refused.given_up(deps, entry, refusal.code)
    await deps.store.delivery.finish(claimed, Outcome(status=Status.FAILED, why=refusal.code))


async def _planned_anew(deps: Deps, claimed: Claimed, refusal: SlackRefused) -> bool:
    """Whether a message to a channel leaves the outbox: for a reason that can end, or where Slack has long said so
    by a code that tells nothing of when it ends (a dead token, or one we don't know). The hello follows from no
    fact: it waits here, unless the next invitation brings another."""
    if claimed.entry.kind is Kind.HELLO:
        return sort_of(refusal.code) in ENDS_BY_INVITATION
    if refusal.can_end:
        return True
    if refusal.in_doubt or refusal.code == UNREACHED:
        return False
    if claimed.tries >= MANY_TRIES:
        return True
    group = await deps.store.groups.get(claimed.entry.group_id)
    return group is not None and group.trouble is not None


async def of_looking(deps: Deps, claimed: Claimed, refusal: SlackRefused, now: datetime) -> None:
    """It may be in Slack: as long as nobody can tell, it is never sent again."""
    delivery, began = deps.store.delivery, claimed.marked_at or now
    # Not in the channel, or without im:history, we will never know. Told in the doctor rather than risked twice.
    if refusal.permanent or now - began > LONGEST_DOUBT:
        log.warning("can't tell whether it was sent", entry=claimed.entry.name, code=refusal.code)
        await introductions.not_together(deps, claimed.entry, now, sure=False)
        await refused.given_up(deps, claimed.entry, refusal.code)
        await unconfirmed.can_not_tell(deps, claimed.entry, now)
        await delivery.finish(claimed, Outcome(status=Status.UNKNOWN, why=refusal.code))
        return
    if refusal.retry_after is None:
        await delivery.put_back(claimed, now, after=backoff(claimed.tries), keep_mark=True)
        return
    team = (claimed.place or claimed.entry).team_id
    wait = await _heeded(deps, team, Method.HISTORY, refusal.retry_after, refusal.code)
    await delivery.put_back(claimed, now, after=wait, keep_mark=True, count="")


async def _closed(deps: Deps, person_id: str, now: datetime) -> None:
    """Slack says so as we write to them, where no event did: nothing more is sent, in any group of theirs."""
    person = await deps.store.people.get(person_id)
    for identity in person.identities if person else ():
        if person and identity.user_id == person.reach.user_id:
            await absence.account_changed(deps, identity, closed=True, now=now)


async def remember_dm(deps: Deps, person: Person, channel: str | None) -> None:
    """Unless they are reached another way by now."""

    def noted(known: Person | None) -> Person | None:
        # Another bot was quicker, or they came by another team: what stands is newer than what we opened.
        if known is None or known.reach != person.reach:
            return known
        now = replace(known.reach, dm_channel=channel)
        return reached(known, now) if channel else replace(known, reach=now)

    await deps.store.people.change(person.id, noted)
    if channel and refuses(person):
        await reach.refused(deps, person.id, "")


async def _forget_dm(deps: Deps, claimed: Claimed) -> bool:
    """A remembered DM that is gone is opened anew, once."""
    if not claimed.entry.person_id or claimed.tries:
        return False
    person = await deps.store.people.get(claimed.entry.person_id)
    if person is None or person.reach.dm_channel is None:
        return False
    await remember_dm(deps, person, None)
    return True


def said(error: Exception) -> str:
    """Kept in the outbox, which is not encrypted: any other exception than ours may quote what somebody wrote."""
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, BadRecord | StoreDown) else name
