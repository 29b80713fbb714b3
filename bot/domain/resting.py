"""Whether nobody of a group is asked for now; and what becomes of *Later today* then."""

from __future__ import annotations

from datetime import datetime

from bot.domain.checkins import CheckIn, CheckInState, may_prompt, reminder_missed
from bot.domain.groups import Group, ended, paused
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot


def asking_rests(group: Group, now: datetime) -> bool:
    """Nobody is asked while the channel is archived: what they said could not be shown."""
    return bool(paused(group, now) or ended(group, now) or (group.trouble and group.trouble.archived))


def later_holds(snapshot: GroupSnapshot, checkin: CheckIn, round: Round, now: datetime) -> bool | None:
    """Whether *Later today* will be kept, as things stand; None where none was promised, or its time has come."""
    again = checkin.ask_again_at
    if checkin.state is not CheckInState.REMIND_LATER or again is None or checkin.nudged_at:
        return None
    member = snapshot.member(checkin.person_id)
    if member is None or reminder_missed(checkin, now):
        return None
    return not asking_rests(snapshot.group, again) and may_prompt(member.person, member.leader, round, again)
