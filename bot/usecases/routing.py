"""Whom a quiet ask is put to: planned by the calendar, from words that stand, when the group is looked at."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime, timedelta

from bot.domain import matching
from bot.domain.asks import (
    MOST_AT_A_TIME,
    Ask,
    Routed,
    Wave,
    asked_of,
    end_quietly,
    quiet_end_due,
    wave_due,
    with_wave,
)
from bot.domain.exclusions import apart_from
from bot.domain.ledger import asks_of, week_of
from bot.domain.letters import letter_at
from bot.domain.matching import Match, StandingWords, candidates, match, names_in, standing_words
from bot.domain.matters import Matter, MatterCode, code_of, subject_of
from bot.domain.people import Person
from bot.domain.put_to import Call
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, Store
from bot.usecases.together import together

ROUNDS_MATCHED = 3
"""The latest rounds whose plates are matched with."""

ONE_A_WEEK = timedelta(weeks=1)


async def route_asks(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Plans the waves that are due, and ends the quiet asking that is over. Whether anything was written.

    Done twice, or by two at once, an ask is put to the same people: a wave is planned once, by its number.
    """
    here = {id_ for id_, leader in snapshot.leaders.items() if leader.active}
    wrote = False
    # the oldest first: whoever it takes is not asked by a younger one this week
    for ask in sorted(snapshot.asks.values(), key=lambda one: (one.at, one.id)):
        at = wave_due(ask, now)
        wave = at is not None and at <= now
        if ask.by in here and (wave or quiet_end_due(ask, now)):
            await _route(deps, snapshot, ask, now, wave=wave)
            wrote = True
    return wrote


async def _route(deps: Deps, snapshot: GroupSnapshot, ask: Ask, now: datetime, *, wave: bool) -> None:
    store, group_id, number = deps.store, snapshot.group.id, len(ask.waves)
    routed = await _whom(store, snapshot, ask, now) if wave else None

    def decide(stored: Ask | None) -> Ask | None:
        if stored is None:
            return None
        planned = stored if routed is None else with_wave(stored, number, routed, now)
        return end_quietly(planned) if quiet_end_due(planned, now) else planned

    # by its number: where another look has planned that wave, theirs stands and ours is dropped (`with_wave`)
    kept = await store.asks.change(group_id, ask.id, decide)
    asked = {*asked_of(kept)} if kept else set()
    await free_the_unasked(store, snapshot, routed or (), asked, wish_for(MatterCode.ASK, ask.id), now)


async def free_the_unasked(
    store: Store,
    snapshot: GroupSnapshot,
    chosen: Iterable[Routed],
    asked: Container[str],
    wish: str,
    now: datetime,
) -> None:
    """Whom we chose and nobody asks, since another bot was quicker: their week is free for something else."""
    unasked = [one.to for one in chosen if not one.excluded and one.to not in asked]
    if unasked:
        whole = await store.snapshots.rest(snapshot, Section.NAMES)
        weeks = [(id_, _week_to_ask(whole, id_, now)) for id_ in unasked]
        await together(*(store.allowance.give_back(id_, week, wish) for id_, week in weeks))


async def _whom(store: Store, snapshot: GroupSnapshot, ask: Ask, now: datetime) -> list[Routed]:
    """The next three, in the order of the match. Somebody who has been asked in this week of theirs, in any group,
    is passed by."""
    whole, exclusions = await together(
        store.snapshots.rest(snapshot, Section.NAMES), store.exclusions.all(snapshot.group.id)
    )
    standing = await standing_now(store, whole, now)
    asked_at, already = asked_lately(whole), {routed.to for wave in ask.waves for routed in wave.routed}
    # who was asked or introduced goes last for a while
    met = [(one.at, id_) for one in whole.introductions.values() for id_ in one.people]
    lately = {id_: at for at, id_ in sorted([*met, *((at, id_) for id_, at in asked_at.items())])}
    people = candidates(whole, now, asked_at=lately, excluded=apart_from(exclusions, ask.by))
    asker = whole.leaders[ask.by]
    wish = matching.Ask(id=ask.id, by=ask.by, words=ask.what)
    found = match(wish, asker.organisation, standing, people, now, names=names_in(whole))
    # who was excluded counts as asked: in a small group the next ones would else give away that somebody was
    others = (one for one in found if one.person_id not in already)
    return await first_few(store, whole, others, asked_at, wish_for(MatterCode.ASK, ask.id), now)


async def first_few(
    store: Store,
    snapshot: GroupSnapshot,
    matches: Iterable[Match],
    asked_at: Mapping[str, datetime],
    wish: str,
    now: datetime,
) -> list[Routed]:
    """The first three, in their order, whom nobody asked for something this week. `asked_at`: of this group; and at
    most once in a week of theirs over all their groups. Choosing again for the same `wish` takes nothing more of
    it; whoever is excluded takes a place, and nothing of their week."""
    chosen: list[Routed] = []
    for one in matches:
        id_ = one.person_id
        if len(chosen) == MOST_AT_A_TIME:
            break
        if id_ in asked_at and now - asked_at[id_] < ONE_A_WEEK:
            continue
        week = _week_to_ask(snapshot, id_, now)
        # taken before the ask says so: of two groups that choose the same person at once one has their week, and
        # whoever dies in between takes it again by the same name
        if one.excluded or await store.allowance.take(id_, week, wish, 1):
            first = one.reasons[0]
            chosen.append(Routed(to=id_, rests_on=f"{first.source}.{first.record_id}", excluded=one.excluded))
    return chosen


def _week_to_ask(snapshot: GroupSnapshot, id_: str, now: datetime) -> str:
    """In which they can be asked, at the soonest, of what is planned now: of Friday's afternoon it is the next, and
    nothing younger comes before it there."""
    person = snapshot.people[id_]
    return asks_of(week_of(person, letter_at(person, snapshot.leaders[id_], snapshot.group.rhythm, now)))


def wish_for(code: MatterCode, subject: str) -> str:
    """The name by which it takes a place in the weeks of who is asked."""
    return f"{code}:{subject}"


def wish_of(matter_id: str) -> str:
    """What a matter takes somebody's week for: what somebody else is after, or is stuck with. Empty for others."""
    code, subject = code_of(matter_id), subject_of(matter_id)
    if code is MatterCode.STUCK:  # its subject ends in since when
        return wish_for(code, subject.rpartition(".")[0])
    return wish_for(code, subject) if code is MatterCode.ASK else ""


async def another_has_the_week(store: Store, person: Person, matter_ids: Iterable[str], now: datetime) -> bool:
    """Whether all of these matters would be the second in a week of theirs that somebody else is after."""
    week = asks_of(week_of(person, now))
    taken = (await store.allowance.taken([(person.id, week)]))[person.id, week]
    wishes = [wish_of(id_) for id_ in matter_ids]
    return bool(taken) and all(wish and wish not in taken for wish in wishes)


async def one_a_week(store: Store, person: Person, matters: Iterable[Matter], now: datetime) -> list[Matter]:
    """Of what is about to be put to somebody, what may be: of what others are after one in a week of theirs, over
    all their groups. A full week may have kept it back, so it takes a place in the week in which it is put, as it
    did in that in which it was planned. Taken again by its own name, that is taken once."""
    week, found = asks_of(week_of(person, now)), []
    for one in matters:
        wish = wish_of(one.id)
        if not wish or await store.allowance.take(person.id, week, wish, 1):
            found.append(one)
    return found


async def standing_now(store: Store, snapshot: GroupSnapshot, now: datetime) -> tuple[StandingWords, ...]:
    """What leaders shared with the group and still let stand: latest plates, what they tend, what they offer."""
    rounds = sorted(snapshot.rounds, reverse=True)[:ROUNDS_MATCHED]
    found = await together(*(store.plates.all(snapshot.group.id, round=name) for name in rounds))
    plates = [plate for of_round in found for plate in of_round.values()]
    offers = [
        matching.Offer(id=one.id, person_id=one.by, words=one.what, shown=one.shown)
        for one in snapshot.offers.values()
        if one.open(now)
    ]
    return standing_words(snapshot, offers, earlier=plates)


def asked_lately(snapshot: GroupSnapshot) -> Mapping[str, datetime]:
    """When each was last asked in the group, for an ask or for what is stuck, whoever was excluded among them."""
    waves: list[Wave | Call] = [wave for ask in snapshot.asks.values() for wave in ask.waves]
    waves += [call for commitment in snapshot.commitments.values() for call in commitment.calls]
    asked = sorted((wave.at, routed.to) for wave in waves for routed in wave.routed)
    return {id_: at for at, id_ in asked}
