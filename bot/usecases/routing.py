"""Whom a quiet ask is put to: planned by the calendar, from words that stand, when the group is looked at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain import matching
from bot.domain.asks import MOST_AT_A_TIME, Ask, Routed, Wave, end_quietly, quiet_end_due, wave_due, with_wave
from bot.domain.exclusions import apart_from
from bot.domain.ledger import week_of
from bot.domain.matching import Match, StandingWords, candidates, match, standing_words
from bot.domain.people import Person
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
    due = [one for one in snapshot.asks.values() if one.by in snapshot.leaders and _wants(one, now)]
    for ask in sorted(due, key=lambda one: (one.at, one.id)):
        await _route(deps, snapshot, ask, now)
    return bool(due)


def _wants(ask: Ask, now: datetime) -> bool:
    at = wave_due(ask, now)
    return quiet_end_due(ask, now) or (at is not None and at <= now)


async def _route(deps: Deps, snapshot: GroupSnapshot, ask: Ask, now: datetime) -> None:
    store, group_id, number = deps.store, snapshot.group.id, len(ask.waves)
    at = wave_due(ask, now)
    routed = await _whom(store, snapshot, ask, now) if at is not None and at <= now else None

    def decide(stored: Ask | None) -> Ask | None:
        if stored is None:
            return None
        planned = stored if routed is None else with_wave(stored, number, routed)
        return end_quietly(planned) if quiet_end_due(planned, now) else planned

    await store.asks.change(group_id, ask.id, decide)


async def _whom(store: Store, snapshot: GroupSnapshot, ask: Ask, now: datetime) -> list[Routed]:
    """The next three, in the order of the match. Somebody who has been asked in this week of theirs, in any group,
    is passed by."""
    whole, exclusions = await together(
        store.snapshots.rest(snapshot, Section.NAMES), store.exclusions.all(snapshot.group.id)
    )
    standing = await _standing(store, whole, now)
    asked_at, already = _asked_at(whole), {routed.to for wave in ask.waves for routed in wave.routed}
    people = candidates(whole, now, asked_at=_lately(whole, asked_at), excluded=apart_from(exclusions, ask.by))
    asker = whole.leaders[ask.by]
    wish = matching.Ask(id=ask.id, by=ask.by, words=ask.what)
    chosen: list[Routed] = []
    for found in match(wish, asker.organisation, standing, people, now):
        id_ = found.person_id
        if len(chosen) == MOST_AT_A_TIME:
            break
        if id_ in already or (id_ in asked_at and now - asked_at[id_] < ONE_A_WEEK):
            continue
        if found.excluded or await _takes_the_week(store, whole.people[id_], ask, now):
            chosen.append(_routed(found))
    return chosen


async def _takes_the_week(store: Store, person: Person, ask: Ask, now: datetime) -> bool:
    """At most one in a week of theirs, over all their groups; asking again for the same ask takes nothing more."""
    return await store.allowance.take(person.id, f"asks-{week_of(person, now)}", f"ask:{ask.id}", 1)


def _routed(found: Match) -> Routed:
    first = found.reasons[0]
    return Routed(to=found.person_id, rests_on=f"{first.source}.{first.record_id}", excluded=found.excluded)


async def _standing(store: Store, snapshot: GroupSnapshot, now: datetime) -> tuple[StandingWords, ...]:
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


def _asked_at(snapshot: GroupSnapshot) -> Mapping[str, datetime]:
    """When each was last asked in the group, whoever was excluded among them."""
    waves: list[Wave] = [wave for ask in snapshot.asks.values() for wave in ask.waves]
    asked = sorted((wave.at, routed.to) for wave in waves for routed in wave.routed)
    return {id_: at for at, id_ in asked}


def _lately(snapshot: GroupSnapshot, asked_at: Mapping[str, datetime]) -> Mapping[str, datetime]:
    """When each was last asked or introduced."""
    introduced = [(one.at, id_) for one in snapshot.introductions.values() for id_ in one.people]
    return {id_: at for at, id_ in sorted([*introduced, *((at, id_) for id_, at in asked_at.items())])}
