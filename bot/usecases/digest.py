"""Digests: composed when they are due, kept as posted, corrected when words change, and asked for again."""

from __future__ import annotations

import asyncio
from datetime import date, datetime

import msgspec

from bot.domain.digest import Digest, compose, corrected
from bot.domain.groups import Group, MessageRef
from bot.domain.hours import to_local
from bot.domain.outbox import Kind
from bot.domain.problems import Problem, ProblemCode
from bot.domain.rhythm import Round
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Store
from bot.usecases.follow_up import GUARD, soon
from bot.usecases.retention import RETENTION
from bot.usecases.snapshot import load_snapshot


async def compose_digest(store: Store, snapshot: GroupSnapshot, round: Round, now: datetime) -> Digest | None:
    """What is worth posting for a round now, or None. Nothing is saved."""
    group_id = snapshot.group.id
    earlier = [d for d in await _kept(store, group_id) if d.round < round.name]
    since = max((d.composed_at for d in earlier), default=snapshot.group.set_up_at)
    return compose(
        group=snapshot.group,
        round=round,
        leaders=snapshot.leaders,
        people=snapshot.people,
        plates=(await store.plates.all(group_id, round=round.name)).values(),
        commitments=(await store.commitments.all(group_id)).values(),
        since=since,
        now=now,
    )


async def draw(store: Store, snapshot: GroupSnapshot, round: Round, now: datetime) -> Digest | None:
    """Composes the digest and keeps it as it is about to be posted. Nothing to say ends the round all the same."""
    digest = await compose_digest(store, snapshot, round, now)
    if digest is None:
        await _close(store, snapshot.group.id, round.name)
        return None
    return await store.digests.change(
        snapshot.group.id, round.name, lambda stored: stored if stored and stored.posted else digest
    )


async def posted(deps: Deps, group_id: str, round_name: str, ref: MessageRef, now: datetime) -> None:
    """The digest is in the channel: from now on its round's words are corrected there, from this moment on."""
    await deps.store.digests.change(
        group_id, round_name, lambda stored: msgspec.structs.replace(stored, posted=ref) if stored else None
    )
    await _close(deps.store, group_id, round_name)
    # Somebody may have changed their words while it was on its way.
    await correct(deps, (await load_snapshot(deps.store, group_id)).group, round_name, now)


async def _close(store: Store, group_id: str, round_name: str) -> None:
    """The round's digest has had its turn, posted or with nothing to say."""
    await store.rounds.change(
        group_id, round_name, lambda stored: msgspec.structs.replace(stored, digested=True) if stored else None
    )


async def about_to_change(deps: Deps, group: Group, round_name: str, now: datetime) -> None:
    """Before words of a digest change: should we die before `correct`, somebody corrects it a little later."""
    stored = await deps.store.digests.get(group.id, round_name)
    if stored:
        await _have_corrected(deps, group, stored, stored.corrections, now + GUARD)


async def correct(deps: Deps, group: Group, round_name: str, now: datetime) -> bool:
    """Rewrites a posted digest from what its leaders now share, and has its message changed to match. Whether there
    is one in the channel.
    """
    kept = await rewritten(deps.store, group.id, round_name, now)
    if kept and kept.owed:
        await _have_corrected(deps, group, kept, kept.corrections - 1, now)
    return kept is not None


async def rewritten(store: Store, group_id: str, round_name: str, now: datetime) -> Digest | None:
    """A posted digest as its leaders' words now are, and kept so; None where none was posted."""
    stored = await store.digests.get(group_id, round_name)
    if stored is None or stored.posted is None:
        return None
    round, snapshot = await asyncio.gather(store.rounds.get(group_id, round_name), load_snapshot(store, group_id))
    if round is None:
        return None
    lines = await compose_digest(store, snapshot, round, stored.composed_at)
    here, fresh = snapshot.active(), lines.plates if lines else ()
    return await store.digests.change(
        group_id, round_name, lambda digest: corrected(digest, fresh, here, now) if digest else None
    )


async def was_corrected(deps: Deps, group: Group, round_name: str, after: int, now: datetime) -> None:
    """The message holds at least the correction that follows the `after`th. Where there are newer ones, it is
    changed once more, even if they were shown: this one may have been slow, and have come over them."""

    def noted(digest: Digest | None) -> Digest | None:
        return digest and msgspec.structs.replace(digest, shown=max(digest.shown, after + 1))

    kept = await deps.store.digests.change(group.id, round_name, noted)
    if kept and kept.corrections > after + 1:
        await _have_corrected(deps, group, kept, kept.corrections - 1, now)


async def _have_corrected(deps: Deps, group: Group, digest: Digest, after: int, at: datetime) -> None:
    """Under a name of its own each time: changing a message once too often does no harm."""
    subject = f"{after}.{deps.new_id()}"
    entry = soon(Kind.CORRECTION, group, at, round=digest.round, subject=subject, lasts=RETENTION)
    await deps.store.outbox.add([entry])


async def last(deps: Deps, group_id: str) -> tuple[GroupSnapshot, Digest]:
    """The newest digest of a group. Raises Problem where there is none."""
    snapshot = await load_snapshot(deps.store, group_id)
    digests = await _kept(deps.store, group_id)
    if not digests:
        raise Problem(ProblemCode.DIGEST_NONE_YET)
    return snapshot, max(digests, key=lambda d: d.composed_at)


async def of_round(deps: Deps, group_id: str, round_name: str) -> tuple[GroupSnapshot, Digest]:
    snapshot = await load_snapshot(deps.store, group_id)
    digest = await deps.store.digests.get(group_id, round_name)
    if digest is None or digest.posted is None:
        raise Problem(ProblemCode.DIGEST_GONE)
    return snapshot, digest


async def of_day(deps: Deps, group_id: str, day: date) -> tuple[GroupSnapshot, Digest]:
    """The digest that was the newest on that day. Raises Problem where there was none yet."""
    snapshot = await load_snapshot(deps.store, group_id)
    zone = snapshot.group.zone
    digests = await _kept(deps.store, group_id)
    by_then = [d for d in digests if to_local(d.composed_at, zone).date() <= day]
    if not by_then:
        if not digests:
            raise Problem(ProblemCode.DIGEST_NONE_BY_THEN)
        first = min(to_local(d.composed_at, zone).date() for d in digests)
        raise Problem(ProblemCode.DIGEST_NOT_BY_THEN, first=first, day=day)
    return snapshot, max(by_then, key=lambda d: d.composed_at)


async def all_of(deps: Deps, group_id: str) -> tuple[GroupSnapshot, list[Digest]]:
    snapshot = await load_snapshot(deps.store, group_id)
    return snapshot, await _kept(deps.store, group_id)


async def _kept(store: Store, group_id: str) -> list[Digest]:
    """Those that were posted."""
    return [d for d in (await store.digests.all(group_id)).values() if d.posted]
