"""What is typed in a DM: heard once, read again where it stands when its author chooses, and kept as they chose."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.domain import typed
from bot.domain.commitments import Commitment, CommitmentWords, FirstStep
from bot.domain.groups import Group, MessageRef, Place, ended
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import Membership
from bot.domain.typed import Choice, Typed
from bot.ports import Deps, Method, SlackRefused, Store
from bot.usecases import commitments
from bot.usecases.together import together

MOST_GROUPS = 20
"""To choose from; a message holds fifty blocks."""

READ_TIMEOUT_S = 1.0
"""Seconds for reading a message again: Slack waits three, and a save and what shows it follow."""


async def groups_to_keep_in(store: Store, person_id: str, now: datetime) -> list[Group]:
    """Those they take part in and that go on, in the order they joined."""
    ids = await store.index.groups_of(person_id)
    found, *leaders = await together(
        store.groups.many(ids), *(store.leaders.get(group_id, person_id) for group_id in ids)
    )
    active = [group_id for group_id, leader in zip(ids, leaders, strict=True) if leader and leader.active]
    groups: list[Group] = [found[id_] for id_ in active if id_ in found and not ended(found[id_], now)]
    return groups[:MOST_GROUPS]


async def hear(store: Store, person_id: str, ts: str, *, asks: bool) -> Typed | None:
    """How things stood before, to whoever is the one to answer that message; None to everybody else.

    Sequence: noted, then answered. So what Slack sends twice, to one bot or to two, is answered once; who dies in
    between leaves it unanswered, and whoever typed it types again.
    """
    before = Typed()

    def decide(stored: Typed | None) -> Typed | None:
        nonlocal before
        before = stored or Typed()
        heard = typed.hear(stored, ts, asks=asks)
        if heard is None:
            # by raising, since `change` says what stands, and that is the same for who noted it and for who came
            # second
            raise _HeardAlready
        return heard

    try:
        await store.typed.change(person_id, decide)
    except _HeardAlready:
        return None
    return before


class _HeardAlready(Exception):
    pass


async def asked(store: Store, person_id: str, ts: str, question: MessageRef) -> bool:
    """Notes where the question stands. False: something newer was typed meanwhile, and is asked about."""
    now = await store.typed.change(person_id, lambda stored: typed.asked(stored, ts, question))
    return now is not None and now.asked == ts


async def choose(store: Store, person_id: str, ts: str, choice: Choice) -> None:
    """Noted after what was chosen is done: a kill in between leaves it to be pressed again. Raises Problem."""
    await store.typed.change(person_id, lambda stored: typed.choose(stored, ts, choice))


async def read_again(deps: Deps, place: Place, ts: str, user_id: str) -> str:
    """The words as they stand in Slack now, in its markup. Raises Problem where they are gone, or are somebody
    else's, and where Slack does not let us read them now."""
    if not typed.is_moment(ts):
        raise Problem(ProblemCode.OLD_BUTTON)
    if await deps.store.method_limiter.wait(place.team_id, Method.HISTORY):
        raise Problem(ProblemCode.TYPED_UNREAD)
    try:
        async with asyncio.timeout(READ_TIMEOUT_S):
            said = await deps.messenger.said(place, ts)
    except SlackRefused as refusal:
        if refusal.retry_after is not None:
            span = timedelta(seconds=refusal.retry_after)
            await deps.store.method_limiter.block(place.team_id, Method.HISTORY, span)
        raise Problem(ProblemCode.TYPED_FORBIDDEN if refusal.permanent else ProblemCode.TYPED_UNREAD) from refusal
    except TimeoutError as error:
        raise Problem(ProblemCode.TYPED_UNREAD) from error
    # which message it was stands in the button, and a forged one could name somebody else's
    if said is None or said.user_id != user_id:
        raise Problem(ProblemCode.TYPED_GONE)
    return said.text


async def commit(deps: Deps, member: Membership, ts: str, what: str, now: datetime) -> Commitment:
    """Made once, however often it is pressed: its id follows from the message. One that is there stays as it is,
    since its words may have been changed by its form."""
    id_ = f"{member.person.id}-{ts}"
    there = member.snapshot.commitments.get(id_)
    return there or await commitments.add(
        deps, member, id_, CommitmentWords(what=what, part="", first_step=FirstStep(), benefit=""), now
    )
