"""Digests: composed when they are due, kept as posted, corrected when words change, and asked for again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime
from typing import Any

import msgspec

from bot.domain import help_wanted
from bot.domain.correction import corrected, question_over, without_help
from bot.domain.digest import Digest, PulseLine, compose
from bot.domain.groups import Group, MessageRef
from bot.domain.hours import to_local
from bot.domain.late_digest import late_digest_at, silent
from bot.domain.plate import has_news
from bot.domain.problems import Problem, ProblemCode
from bot.domain.pulse_days import asks_of_bot
from bot.domain.rounds import Round, called_off
from bot.domain.snapshot import GroupSnapshot, Section
from bot.ports import Deps, Store
from bot.usecases import pulse
from bot.usecases.follow_up import GUARD
from bot.usecases.snapshot import load_snapshot
from bot.usecases.stored import if_there
from bot.usecases.together import together

NEEDS = Section.NAMES | Section.ROUNDS | Section.PLATES | Section.COMMITMENTS | Section.ASKS | Section.DIGESTS
"""Of a snapshot of the round it is composed for."""


def compose_digest(
    snapshot: GroupSnapshot, round: Round, now: datetime, pulses: tuple[PulseLine, ...] = ()
) -> Digest | None:
    """What is worth posting for a round now, or None. Nothing is saved. `pulses`: those to be shown with it."""
    return compose(
        group=snapshot.group,
        round=round,
        leaders=snapshot.leaders,
        people=snapshot.people,
        plates=snapshot.plates.values(),
        commitments=snapshot.commitments.values(),
        since=_since(snapshot, round),
        now=now,
        asks=snapshot.asks.values(),
        pulses=pulses,
        asks_of_bot=asks_of_bot(snapshot, round, now),
    )


def _since(snapshot: GroupSnapshot, round: Round) -> datetime:
    """When the digest before that round's was composed: what happened from then on is for this one."""
    earlier = [d for d in kept(snapshot) if d.round < round.name]
    return max((d.composed_at for d in earlier), default=snapshot.group.set_up_at)


async def draw(store: Store, snapshot: GroupSnapshot, round: Round, now: datetime) -> Digest | None:
    """Composes the digest and keeps it as it is about to be posted. Nothing to say ends the round all the same."""
    pulses = await pulse.shown_since(store, snapshot, _since(snapshot, round), now)
    digest = compose_digest(snapshot, round, now, pulses)
    if digest is None:
        await _close(store, snapshot.group.id, round.name)
        return None
    # before the post: a press that comes while it is on its way finds it here, and notes it for correction
    return await store.digests.change(
        # one that is posted is corrected, never composed anew
        snapshot.group.id,
        round.name,
        lambda stored: stored if stored and stored.posted else digest,
    )


async def posted(deps: Deps, group_id: str, round_name: str, ref: MessageRef, now: datetime) -> None:
    """The digest is in the channel: from now on its round's words are corrected there, from this moment on.

    The sequence: where it stands, then that its round has been told, then that it may read otherwise by now.
    """
    # where it stands comes first, since nothing can be corrected without; whoever dies between any of these has all
    # of them done again, as the entry is marked as sent
    kept = await deps.store.digests.change(
        group_id, round_name, lambda stored: msgspec.structs.replace(stored, posted=ref) if stored else None
    )
    # what its buttons offer, for the look that finds one of them out of date
    can_help = dict.fromkeys(help_wanted.with_help(kept), True) if kept else {}
    await _close(
        deps.store, group_id, round_name, now, asked=kept is not None and kept.asks_of_bot, can_help=can_help
    )
    # Somebody may have changed their words while it was on its way.
    await note(deps.store, group_id, round_name, now)


async def _close(
    store: Store,
    group_id: str,
    round_name: str,
    at: datetime | None = None,
    *,
    asked: bool = False,
    can_help: dict[str, bool] | None = None,
) -> None:
    """The round's digest has had its turn, posted `at` that moment or with nothing to say. `asked`: it asks what
    leaders think of the bot. `can_help`: what it offers help with."""

    def closed(stored: Round | None) -> Round | None:
        if stored is None:
            return None
        # the first moment stands: whoever takes the entry up after a death says this once more, and later
        bot_asked_at = stored.bot_asked_at or (at if asked else None)
        digested_at = stored.digested_at or at
        late_at = stored.late_at if digested_at else None  # nothing after all: the next words make it due anew
        return msgspec.structs.replace(
            stored,
            digested=True,
            digested_at=digested_at,
            bot_asked_at=bot_asked_at,
            late_at=late_at,
            # a look may have found some of it wanted no more since it was posted
            can_help=stored.can_help or can_help or {},
        )

    await store.rounds.change(group_id, round_name, closed)


async def for_late_words(store: Store, snapshot: GroupSnapshot, round: Round, now: datetime) -> bool:
    """A round whose digest had nothing to say, and whose first words came since, before the meeting: its digest is
    due after all. Whether it was noted; found from the words, so that whoever dies after saving them loses nothing,
    and once, so that two answers make one digest. Noted also where we were down until the meeting: then it goes no
    more, and they are told that it did not."""
    if not silent(round) or round.late_at or called_off(round, snapshot.group):
        return False
    # read here, and not with the group at each look: it seldom comes so far
    plates, earlier = await together(
        store.plates.all(snapshot.group.id, round=round.name), store.digests.get(snapshot.group.id, round.name)
    )
    # who has left takes with them what is not posted yet
    here = [plate for id_, plate in plates.items() if id_ in snapshot.leaders and snapshot.leaders[id_].active]
    if (earlier and earlier.posted) or not any(map(has_news, here)):
        return False
    at = late_digest_at(round, snapshot.group, now)
    # the first moment stands: it is in the name of the entry, so two looks at once make one digest of it
    await store.rounds.change(
        snapshot.group.id,
        round.name,
        lambda stored: msgspec.structs.replace(stored, late_at=at) if stored and not stored.late_at else stored,
    )
    return True


async def mark_for_correction(deps: Deps, snapshot: GroupSnapshot, round_name: str, now: datetime) -> bool:
    """Before words of a round change: its digest is noted, so that whoever looks at the group next has it
    corrected, whatever becomes of us. Whether one was drawn: it may have been posted. One that is drawn after the
    snapshot notes itself once it is posted."""
    if round_name not in snapshot.digests:
        return False
    group_id = snapshot.group.id
    # at once, and in either order, since the words come after both
    await together(
        deps.store.due.look_at(group_id, now + GUARD),
        note(deps.store, group_id, round_name, now, snapshot.versions),
    )
    return True


@asynccontextmanager
async def correcting(deps: Deps, snapshot: GroupSnapshot, id_: str, now: datetime) -> AsyncIterator[None]:
    """Around a change of a commitment's words, of what was said of it, or of an ask that is taken back: those of
    the newest digests that hold it are noted before, as by `mark_for_correction`, and looked at after. In older
    ones it stays as it was; a commitment's history says what became of it."""
    holding = [
        name
        for name, one in snapshot.digests.items()
        if id_ in {*(line.commitment_id for line in one.commitments), *(line.ask_id for line in one.asks)}
    ]
    for name in holding:
        await mark_for_correction(deps, snapshot, name, now)
    # whoever dies half-way left a look with each note
    yield
    if holding:
        await deps.store.due.look_at(snapshot.group.id, now)


async def went_out(deps: Deps, group_id: str, round_name: str, now: datetime) -> bool:
    """After words of a round changed: somebody looks at the group, if there is a digest. Whether it is in the
    channel."""
    # not of the snapshot: it may have been drawn, or posted, while the words were saved
    drawn = await deps.store.digests.get(group_id, round_name)
    if drawn:
        await deps.store.due.look_at(group_id, now)
    return drawn is not None and drawn.posted is not None


async def note(store: Store, group_id: str, round_name: str, now: datetime, seen: Any = None) -> None:
    """The round's digest may read otherwise from now on."""
    # by the newest press: a look forgets a note once the press that made it can be under way no more
    await store.groups.change(
        group_id,
        lambda group: group and msgspec.structs.replace(group, to_correct={**group.to_correct, round_name: now}),
        seen=seen,
    )


async def follow_help(store: Store, snapshot: GroupSnapshot, now: datetime) -> Group:
    """Digests that offer help nobody wants any more, or where it is wanted again: noted, so that their buttons are
    corrected as words are. The group as it is then.

    The sequence: the digest is noted, then the round says what was found; whoever dies in between finds it again.
    """
    group, found = snapshot.group, help_wanted.out_of_date(snapshot, now)
    for name, wanted in found.items():
        # the note first: the other way round nobody would find these buttons out of date again
        await note(store, group.id, name, now)
        await store.rounds.change(group.id, name, if_there(msgspec.structs.replace, can_help=wanted))
    # read anew for whoever goes on, which is by the notes that were written just now
    return (await store.groups.get(group.id) if found else None) or group


async def rewritten(store: Store, group_id: str, round_name: str, now: datetime) -> Digest | None:
    """A posted digest as its leaders' words now are, and kept so; None where none was posted."""
    snapshot = await load_snapshot(store, group_id, NEEDS, round=round_name)
    stored, round = snapshot.digests.get(round_name), snapshot.rounds.get(round_name)
    if stored is None or stored.posted is None or round is None:
        return None
    # as of when it was composed: what happened since is for the next one
    lines = compose_digest(snapshot, round, stored.composed_at)
    here, fresh = snapshot.active(), lines.plates if lines else ()
    since, bot_closed = _since(snapshot, round), round.bot_closed_at is not None

    # decided on what stands as it is written: what another look has put right by then counts as no correction
    def as_it_should_read(digest: Digest | None) -> Digest | None:
        found = digest and corrected(digest, fresh, here, now, snapshot, since=since)
        if found is None:
            return None
        wanted = help_wanted.wanted(help_wanted.with_help(found), snapshot, now)
        found = without_help(found, tuple(id_ for id_, still in wanted.items() if not still))
        return question_over(found) if bot_closed else found

    return await store.digests.change(group_id, round_name, as_it_should_read, seen=snapshot.versions)


async def up_to_date(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> GroupSnapshot:
    """The group, its digests as they should read: one that a press has just changed may wait for its correction."""
    digests = dict(snapshot.digests)
    for name in snapshot.group.to_correct:
        if digest := await rewritten(deps.store, snapshot.group.id, name, now):
            digests[name] = digest
    return msgspec.structs.replace(snapshot, digests=digests)


def last(snapshot: GroupSnapshot) -> Digest:
    """The newest digest of a group. Raises Problem where there is none."""
    digests = kept(snapshot)
    if not digests and any(one.unconfirmed_at for one in snapshot.rounds.values()):
        raise Problem(ProblemCode.DIGEST_UNCONFIRMED)
    if not digests:
        held_up = snapshot.group.trouble and snapshot.digests  # drawn, and refused
        raise Problem(ProblemCode.DIGEST_HELD_UP if held_up else ProblemCode.DIGEST_NONE_YET)
    return max(digests, key=lambda d: d.composed_at)


def of_round(snapshot: GroupSnapshot, round_name: str) -> Digest:
    """The posted one. Raises Problem where there is none (any more)."""
    digest = snapshot.digests.get(round_name)
    if digest is None or digest.posted is None:
        raise Problem(ProblemCode.DIGEST_GONE)
    return digest


def of_day(snapshot: GroupSnapshot, day: date) -> Digest:
    """The digest that was the newest on that day. Raises Problem where there was none yet."""
    zone, digests = snapshot.group.zone, kept(snapshot)
    by_then = [d for d in digests if to_local(d.composed_at, zone).date() <= day]
    if not by_then:
        if not digests:
            raise Problem(ProblemCode.DIGEST_NONE_BY_THEN)
        first = min(to_local(d.composed_at, zone).date() for d in digests)
        raise Problem(ProblemCode.DIGEST_NOT_BY_THEN, first=first, day=day)
    return max(by_then, key=lambda d: d.composed_at)


def kept(snapshot: GroupSnapshot) -> list[Digest]:
    """Those that were posted."""
    return [d for d in snapshot.digests.values() if d.posted]
