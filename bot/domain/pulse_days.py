"""When a pulse is open and closes, whose attention it wants meanwhile, and when the bot asks about itself.

The pulse of a round is open with the round: it follows from the round's number. The question about the bot is asked
by a digest, and open until answers of the next round close.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from bot.domain.attention import MATTERS_KEPT, Attention
from bot.domain.groups import Group, ended, resting
from bot.domain.matters import Matter, MatterCode, code_of, subject_of
from bot.domain.open_until import UNDER_WAY
from bot.domain.pulse import LEAST_LEADERS
from bot.domain.resting import asked_first
from bot.domain.rounds import Round, called_off, news_until, opens_at
from bot.domain.snapshot import GroupSnapshot

EVERY = 2
"""Every so many rounds it is asked, from the second on: never beside *Is what we're doing really working, and how
can you tell?*, which as a check-in's question comes in the third, the ninth and so on."""

QUARTER = timedelta(weeks=13) - timedelta(days=1)
"""Between two questions about the bot, and before the first; the day is for a digest that comes a little sooner."""

LONGEST = timedelta(weeks=8)
"""Where no other round closes, the question about the bot is open for so long."""

STOP_LASTS = timedelta(weeks=4)
"""How long the offer to stop stands with whoever looks after the rhythm."""


def large_enough(snapshot: GroupSnapshot) -> bool:
    """Counted among all who are in the group, loaded with their names or not."""
    return sum(leader.active for leader in snapshot.leaders.values()) >= LEAST_LEADERS


def has_pulse(round: Round) -> bool:
    """Every other round has one, by its number."""
    return round.number % EVERY == 0


def pulse_kept(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether an answer to it can be changed, or taken out: as long as it is kept. Also while the group is paused,
    since its digest goes all the same; and while its meeting is called off, since somebody may object to that."""
    group = snapshot.group
    until = _over_at(round, group) if called_off(round, group) else round.closes_at
    in_time = round.pulse_closed_at is None and opens_at(round) <= now < until
    return has_pulse(round) and in_time and not ended(group, now)


def pulse_open(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether it is put to people: not where nothing would be shown of it, as things stand."""
    return pulse_kept(snapshot, round, now) and not unshown(snapshot, round, now)


def kept_pulse(snapshot: GroupSnapshot, now: datetime) -> Round | None:
    """The round whose pulse can still be answered, if there is one."""
    return next((one for one in snapshot.rounds.values() if pulse_kept(snapshot, one, now)), None)


def pulse_over(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether it is to become bands now, or to be deleted. Of a group that never had so many leaders there is
    nothing to close: see `without_close`."""
    return len(snapshot.leaders) >= LEAST_LEADERS and _past(snapshot, round, now)


def without_close(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether it is over in a group that has no seven on record. Where it had, until somebody was erased, answers
    may be left, which are to be deleted."""
    return len(snapshot.leaders) < LEAST_LEADERS and _past(snapshot, round, now)


def _past(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    over = now >= _over_at(round, snapshot.group) or ended(snapshot.group, now)
    return has_pulse(round) and not round.pulse_closed_at and over


def _over_at(round: Round, group: Group) -> datetime:
    """Half a minute after answers close, when every earlier press has ended. Where the meeting is called off, once
    no digest could show them any more, should somebody object to that."""
    at = round.closes_at + UNDER_WAY
    return max(at, news_until(round, group.trouble)) if called_off(round, group) else at


def unshown(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Where there is no digest for it, or too few are left in the group, what was answered is deleted as it closes,
    and never shown."""
    return called_off(round, snapshot.group) or ended(snapshot.group, now) or not large_enough(snapshot)


# -- the question about the bot --------------------------------------------------------------------


def asks_of_bot(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether that round's digest asks it: a quarter after the group began, and after it was asked last."""
    others = [one for one in snapshot.rounds.values() if one.name != round.name]
    last = max((one.bot_asked_at for one in others if one.bot_asked_at), default=snapshot.group.set_up_at)
    return large_enough(snapshot) and now >= last + QUARTER


def bot_closes_at(rounds: Iterable[Round], asked: Round, asked_at: datetime) -> datetime:
    """As answers of the next round close."""
    later = [one for one in rounds if one.name > asked.name]
    following = min(later, key=lambda one: one.name, default=None)
    return min(asked_at + LONGEST, following.closes_at) if following else asked_at + LONGEST


def bot_open(snapshot: GroupSnapshot, round: Round, asked_at: datetime, now: datetime) -> bool:
    """Whether leaders may answer it now: until its answers close, also while the group is paused."""
    in_time = round.bot_closed_at is None and now < bot_closes_at(snapshot.rounds.values(), round, asked_at)
    return in_time and not ended(snapshot.group, now)


def bot_over(snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """Whether it is to be closed: half a minute after answers close, when every earlier press has ended; at once
    where the group has ended. Not where that round asked nothing of the bot."""
    if round.bot_asked_at is None or round.bot_closed_at:
        return False
    closes_at = bot_closes_at(snapshot.rounds.values(), round, round.bot_asked_at)
    return now >= closes_at + UNDER_WAY or ended(snapshot.group, now)


# -- the calendar, and matters ---------------------------------------------------------------------


def next_close(snapshot: GroupSnapshot, now: datetime) -> Iterator[datetime]:
    """When something closes by the calendar."""
    for round in snapshot.rounds.values():
        found = []
        if has_pulse(round) and not round.pulse_closed_at and len(snapshot.leaders) >= LEAST_LEADERS:
            found.append(_over_at(round, snapshot.group))
        if round.bot_asked_at and not round.bot_closed_at:
            found.append(bot_closes_at(snapshot.rounds.values(), round, round.bot_asked_at) + UNDER_WAY)
        yield from (at for at in found if at > now)


def pulse_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """Each leader, while it is open. Whoever answers ends it for themselves, as by *Not now*: so nobody's answer is
    looked for here."""
    round = kept_pulse(snapshot, now)
    if round is None or not pulse_open(snapshot, round, now):
        return
    for id_ in snapshot.active():
        since = opens_at(round)
        until = min(round.closes_at, since + MATTERS_KEPT)
        yield Matter(code=MatterCode.PULSE, person_id=id_, subject=round.name, since=since, until=until)


def stop_matters(snapshot: GroupSnapshot, now: datetime) -> Iterator[Matter]:
    """Where half would do without the bot: to whoever looks after the rhythm."""
    group, to = snapshot.group, asked_first(snapshot, now)
    if to is None or resting(group, now):
        return
    for round in snapshot.rounds.values():
        if round.stop_offered and round.bot_closed_at:
            yield Matter(
                code=MatterCode.STOP_OFFER,
                person_id=to,
                subject=round.name,
                since=round.bot_closed_at,
                until=round.bot_closed_at + STOP_LASTS,
            )


def closed_traces(attention: Attention, rounds: Iterable[Round]) -> list[str]:
    """The matters of pulses that are over: nothing is to say any more whom one was put to, or who answered."""
    still = {one.name for one in rounds if not one.pulse_closed_at}
    ids = dict.fromkeys([*attention.put, *attention.ended])
    return [id_ for id_ in ids if code_of(id_) is MatterCode.PULSE and subject_of(id_) not in still]
