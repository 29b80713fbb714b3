"""Whether nobody of a group is asked for now, and what becomes of *Later today* then; and who is asked for all."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checkins import NUDGE_GRACE, CheckIn, CheckInState, gone_quiet, may_prompt, reminder_missed
from bot.domain.groups import Group, ended, paused, resting
from bot.domain.hours import to_local
from bot.domain.rounds import SHORTEST_WINDOW, Round, called_off, coming_round, digest_to_come
from bot.domain.snapshot import GroupSnapshot


def asking_rests(group: Group, now: datetime) -> bool:
    """Nobody is asked while the channel is archived: what they said could not be shown."""
    return group.archived or resting(group, now)


def digest_before(snapshot: GroupSnapshot, until: datetime, now: datetime) -> bool:
    """Whether a digest is due before then, as things stand."""
    group = snapshot.group
    if group.archived:
        return False
    known = sorted(snapshot.rounds.values(), key=lambda one: one.name)
    latest = known[-1] if known else None
    coming = coming_round(group, latest, now)
    open_still = [one for one in known if not called_off(one, group) and digest_to_come(one, group.trouble, now)]
    # one that a pause lasts into may not be opened
    rest = [] if paused(group, coming.closes_at - SHORTEST_WINDOW) else [coming]
    return any(one.digest_at < until and not ended(group, one.digest_at) for one in (*open_still, *rest))


def asked_first(snapshot: GroupSnapshot, now: datetime) -> str | None:
    """Whoever looks after the rhythm; where they have paused, or been silent for two rounds, who has been in the
    group longest of those who have not. None where everybody has."""
    group, here = snapshot.group, snapshot.active()
    convenor = group.convenor or group.set_up_by
    today = to_local(now, group.zone).date()
    for id_ in [*({convenor} & here.keys()), *here]:
        leader = here[id_]
        # A press loads nobody else's person, so it can't ask who is away.
        if not (leader.quiet or gone_quiet(leader)) and (leader.paused_until or today) <= today:
            return id_
    return None


def later_holds(snapshot: GroupSnapshot, checkin: CheckIn, round: Round, now: datetime) -> bool | None:
    """Whether *Later today* will be kept, as things stand; None where none was promised, or its time has come."""
    again = checkin.ask_again_at
    if checkin.state is not CheckInState.REMIND_LATER or again is None or checkin.nudged_at:
        return None
    member = snapshot.member(checkin.person_id)
    if member is None or reminder_missed(checkin, now):
        return None
    return not asking_rests(snapshot.group, again) and may_prompt(member.person, member.leader, round, again)


def reminder_over_at(checkin: CheckIn) -> datetime | None:
    """When *Later today* came, or can come no more; None where none was promised."""
    if checkin.state is not CheckInState.REMIND_LATER:
        return None
    return checkin.nudged_at or (checkin.ask_again_at and checkin.ask_again_at + NUDGE_GRACE)
