"""Rounds: which one somebody's words belong to now, and its times after the rhythm changed."""

from __future__ import annotations

from datetime import datetime

from bot.domain.groups import Group, ended
from bot.domain.late_digest import unsaid
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rounds import Round, called_off, coming_round, digest_to_come, present, retimed
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Store
from bot.usecases import digest


async def round_for_words(store: Store, snapshot: GroupSnapshot, now: datetime) -> Round:
    """Where words shared now belong: the latest round while its digest is to come, be it late, and until its
    meeting is over (a digest that has gone out is then corrected); else the coming one, which is opened early so
    that they have a place. Raises Problem where the group has ended, and no digest will come.
    """
    group, latest = snapshot.group, snapshot.latest_round(now)
    if ended(group, now):
        raise Problem(ProblemCode.GROUP_ENDED, name=group.name)
    off = latest is not None and called_off(latest, group)
    if latest and not off and digest_to_come(latest, group.trouble, now):
        return latest
    if latest and not off and latest.meeting_at and now < latest.meeting_at and can_show(snapshot, latest, now):
        return latest
    coming = coming_round(group, latest, now)
    if coming.name in snapshot.rounds:
        return snapshot.rounds[coming.name]
    # two who answer first, at once, open one round
    opened = await store.rounds.change(
        group.id, coming.name, lambda stored: stored or coming, seen=snapshot.versions
    )
    assert opened is not None
    return opened


def can_show(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether words added to a round still come before the group: its digest is to come, or there is one to
    correct. Where nobody had said anything it comes for the first words before the meeting (`late_digest`); where
    the bot was down for it, it never will."""
    if unsaid(round, now) or digest_to_come(round, snapshot.group.trouble, now):
        return True
    drawn = snapshot.digests.get(round.name)
    return drawn is not None and drawn.posted is not None


async def retime(store: Store, group: Group, now: datetime) -> None:
    """After a change of the rhythm or a meeting that moved: the latest round's times follow."""
    rounds = await store.rounds.all(group.id)
    if latest := next(iter(present(rounds.values(), group, now)), None):
        await follow_meeting(store, group, latest, now)


async def follow_meeting(store: Store, group: Group, round: Round, now: datetime) -> bool:
    """The round's times as the rhythm and the meetings now are; whether that changed any. A digest that names the
    meeting's day is noted before, so that it is corrected whatever becomes of us."""
    after = retimed(round, group, now)
    if after == round:
        return False
    if round.digested_at and after.meeting_at != round.meeting_at:
        await digest.note(store, group.id, round.name, now)
    # of the round as it stands: its digest may have gone since it was read, and then keeps its time
    await store.rounds.change(group.id, round.name, lambda stored: stored and retimed(stored, group, now))
    return True
