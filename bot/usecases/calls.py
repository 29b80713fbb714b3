"""Who is asked to help with what is stuck: chosen as for an ask, by words that stand, and kept with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.asks import Routed
from bot.domain.calls import calls_due, with_call
from bot.domain.commitments import Commitment
from bot.domain.exclusions import apart_from
from bot.domain.matching import WORTH_CALLING, Ask, StandingWords, candidates, match, names_in
from bot.domain.matters import MatterCode
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps
from bot.usecases.routing import asked_lately, first_few, free_the_unasked, standing_now, wish_for
from bot.usecases.stored import if_there
from bot.usecases.together import together


async def call_helpers(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Chooses them wherever somebody has been stuck for long enough. Whether anything was written.

    Done twice, or by two at once, the same few are asked: they are chosen once for each time that
    somebody got stuck.
    """
    here = {id_ for id_, leader in snapshot.leaders.items() if leader.active}
    due = [(one, by) for one in snapshot.commitments.values() for by in calls_due(one, now) if by in here]
    if not due:
        return False
    whole, exclusions = await together(
        deps.store.snapshots.rest(snapshot, Section.NAMES), deps.store.exclusions.all(snapshot.group.id)
    )
    standing = await standing_now(deps.store, whole, now)
    asked_at = asked_lately(whole)
    for commitment, by in due:
        apart = apart_from(exclusions, by)
        to = await _whom(deps, whole, commitment, by, standing, asked_at, apart, now)
        # so that the next one here passes them by: nobody is asked for two things in a week
        asked_at = {**asked_at, **{one.to: now for one in to}}
        kept = await deps.store.commitments.change(whole.group.id, commitment.id, if_there(with_call, by, to, now))
        # those who stand in the record, not those we chose: another bot may have been quicker
        asked = {one.to for call in (kept.calls if kept else ()) if call.by == by for one in call.routed}
        await free_the_unasked(deps.store, whole, to, asked, _wish(commitment, by), now)
    return True


def _wish(commitment: Commitment, by: str) -> str:
    """What takes a place in the weeks of who is asked."""
    return wish_for(MatterCode.STUCK, f"{commitment.id}.{by}")


async def _whom(
    deps: Deps,
    snapshot: GroupSnapshot,
    commitment: Commitment,
    by: str,
    standing: tuple[StandingWords, ...],
    asked_at: Mapping[str, datetime],
    excluded: frozenset[str],
    now: datetime,
) -> list[Routed]:
    """At most three, in the order of the match: not who tends it or helps already, nor by its own words, nor
    who was asked for something this week."""
    near = {*commitment.tenders, *commitment.helpers}
    others = [one for one in standing if one.person_id not in near and one.record_id != commitment.id]
    said = next((line.note for line in reversed(commitment.history) if line.by == by), "")
    wish = Ask(id=f"{commitment.id}.{by}", by=by, words=f"{commitment.what}\n{said}")
    everybody = candidates(snapshot, now, asked_at=asked_at, excluded=excluded)
    people = [one for one in everybody if one.person_id not in near]
    own, names = snapshot.leaders[by].organisation, names_in(snapshot)
    found = match(wish, own, others, people, now, names=names, worth=WORTH_CALLING)
    return await first_few(deps.store, snapshot, found, asked_at, _wish(commitment, by), now)
