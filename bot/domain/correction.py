"""Corrections: a posted digest and its replies as they should read now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.domain.asks import AskState
from bot.domain.commitments import Commitment, State
from bot.domain.digest import (
    AskLine,
    Digest,
    PlateLine,
    Reply,
    place,
)
from bot.domain.digest_lines import CommitmentLine, Part, moved, part_of, said_last, told_since
from bot.domain.felt import Felt, felt_in, names_of
from bot.domain.posted import of_reply
from bot.domain.snapshot import GroupSnapshot
from bot.domain.stuck import stuck_by, stuck_since


def corrected(
    digest: Digest,
    fresh: Iterable[PlateLine],
    here: Container[str],
    now: datetime,
    kept: GroupSnapshot,
    *,
    since: datetime,
) -> Digest:
    """A posted digest with what those who are `here` share of that round now, and with what still stands of what
    was said of each commitment by then. The words of who has left since stay as they were posted; and each line
    keeps the name and organisation that it was posted under. An ask that was taken back is gone, and the meeting's
    day is as that now is. `kept` is the group as it is now; `since` is for a digest that does not hold its own.
    """
    commitments = kept.commitments
    before = {line.person_id: line for line in digest.plates}
    fresh = [_under_its_name(line, before.get(line.person_id)) for line in fresh]
    stay = [line for line in digest.plates if line.person_id not in here]
    plates = tuple(sorted([*fresh, *stay], key=place))
    since, until = digest.since or since, digest.composed_at
    posted = ((line, commitments.get(line.commitment_id)) for line in digest.commitments)
    found = [_line_now(line, kept_as, since, until, here) for line, kept_as in posted]
    lines = _in_order(digest, [line for line in found if line])
    felt = _felt_now(digest.felt, commitments.values(), since, until, here, names_of(kept.people))
    asked = {id_ for id_, ask in kept.asks.items() if ask.state is not AskState.WITHDRAWN}
    asks = tuple(line for line in digest.asks if line.ask_id in asked)
    round = kept.rounds.get(digest.round)
    meeting_at = (round and round.meeting_at) or digest.meeting_at
    new = replace(digest, plates=plates, commitments=lines, felt=felt, asks=asks, meeting_at=meeting_at)
    if new == digest:
        return digest
    changed = {line.person_id for line in set(plates) ^ set(digest.plates)}
    changed |= _whose(digest, lines, felt, commitments) | {line.by for line in {*digest.asks} - {*asks}}
    return replace(
        new,
        corrected_at=now,
        corrections=digest.corrections + 1,
        uncorrected=tuple(sorted({*digest.uncorrected, *changed})),
        replies=_replies(digest, plates, now),
    )


def question_over(digest: Digest) -> Digest:
    """It asked what leaders think of the bot, and that has closed: its buttons go, and no words are corrected."""
    if not digest.asks_of_bot:
        return digest
    return replace(digest, asks_of_bot=False, corrections=digest.corrections + 1)


def without_help(digest: Digest, over: tuple[str, ...]) -> Digest:
    """Some of what is in it want no help any more, or want it again: their buttons go or come back, and no words
    are corrected."""
    if digest.help_over == over:
        return digest
    return replace(digest, help_over=over, corrections=digest.corrections + 1)


def without_person(
    digest: Digest,
    person_id: str,
    now: datetime,
    *,
    names: Mapping[str, str],
    commitments: tuple[CommitmentLine, ...],
    asks: tuple[AskLine, ...],
    felt: Felt | None,
) -> Digest:
    """Of somebody who was erased: without their plate, and with these. Where Slack shows anything else, it is owed
    as a correction. Done twice, nothing changes."""
    plates = tuple(line for line in digest.plates if line.person_id != person_id)
    left = tuple(id_ for id_ in digest.uncorrected if id_ != person_id)
    changed = (plates, commitments, asks, felt) != (digest.plates, digest.commitments, digest.asks, digest.felt)
    replies = tuple(
        replace(one, uncorrected=tuple(id_ for id_ in one.uncorrected if id_ != person_id))
        for one in _replies(digest, plates, now)
    )
    return replace(
        digest,
        plates=plates,
        commitments=commitments,
        asks=asks,
        felt=felt,
        names=dict(names),
        corrected_at=now if changed else digest.corrected_at,
        corrections=digest.corrections + changed,
        uncorrected=left,
        refusal_told=tuple(id_ for id_ in digest.refusal_told if id_ != person_id),
        replies=replies,
    )


def _under_its_name(line: PlateLine, posted: PlateLine | None) -> PlateLine:
    if posted is None:
        return line
    return replace(line, name=posted.name, organisation=posted.organisation)


# -- commitments, and what people noticed ------------------------------------------------


def _line_now(
    line: CommitmentLine, kept: Commitment | None, since: datetime, until: datetime, here: Container[str]
) -> CommitmentLine | None:
    """A posted line without what was taken back since, in its words as they are now. What was said after the digest
    is for the next one. None where the commitment is gone."""
    if kept is None:
        return None
    # as it stood then, without what has been taken back since
    history = tuple(said for said in kept.history if said.at <= until)
    state = next((said.state for said in reversed(history) if said.by == kept.made_by), State.MOVING)
    taken_up = tuple(one for one in kept.taken_up if one.at <= until)
    then = replace(kept, history=history, state=state, taken_up=taken_up)
    # who offered help may have joined in since
    helpers = tuple(id_ for id_ in line.helpers if id_ in (*kept.helpers, *kept.tenders))
    line = replace(line, what=kept.what, helpers=helpers)
    if line.note and not any((said.by, said.note) == (line.by, line.note) for said in then.history):
        last = said_last(then, since, here)
        line = replace(line, note=last.note if last else "", by=last.by if last else "")
    if line.part is None or _said(line.part, then, since, here):
        return line
    stuck = stuck_by(then, here)
    return replace(
        line,
        part=part_of(then, since, here) or Part.HELD,
        moved=moved(then, since, here),
        state=then.state,
        since=stuck_since(then, stuck[0]) if stuck else None,
    )


def _said(part: Part, then: Commitment, since: datetime, here: Container[str]) -> bool:
    """Whether what put a line under its heading still stands."""
    match part:
        case Part.STUCK:
            return any(said.state is State.STUCK for said in then.history)
        case Part.DONE | Part.LET_GO:
            return any(said.state.value == part.value for said in then.history)
        case Part.MOVED:
            return told_since(then, since, here)
        case _:
            return True


def _in_order(digest: Digest, lines: Sequence[CommitmentLine]) -> tuple[CommitmentLine, ...]:
    """As they were posted, but for those that stand under another heading now."""
    if [line.part for line in lines] == [line.part for line in digest.commitments]:
        return tuple(lines)
    order = list(Part)
    return tuple(sorted(lines, key=lambda line: order.index(line.stands_under)))


def _felt_now(
    felt: Felt | None,
    commitments: Iterable[Commitment],
    since: datetime,
    until: datetime,
    here: Container[str],
    names: Mapping[str, str],
) -> Felt | None:
    """What was posted, if it still stands; else the newest that does and may."""
    if felt is None:
        return None
    said = [one for kept in commitments for one in kept.history if one.noticed and one.at <= until]
    if any((one.by, one.noticed) == (felt.by, felt.text) for one in said):
        return felt
    return felt_in(said, since, here, names)


def _whose(
    digest: Digest,
    lines: Sequence[CommitmentLine],
    felt: Felt | None,
    commitments: Mapping[str, Commitment],
) -> set[str]:
    """Who said what is no longer there."""
    now = {line.commitment_id: line for line in lines}
    found = {digest.felt.by} if digest.felt and digest.felt != felt else set()
    for line in digest.commitments:
        after = now.get(line.commitment_id)
        if after == line:
            continue
        kept = commitments.get(line.commitment_id)
        found |= {line.by} if line.by and (after is None or after.note != line.note) else set()
        found |= {kept.made_by} if kept else set()
    return found


def _replies(digest: Digest, plates: Sequence[PlateLine], now: datetime) -> tuple[Reply, ...]:
    """Those whose words changed are to be corrected; a late answer of another organisation has one of its own."""
    if not digest.threaded:
        return ()
    kept, new = [], replace(digest, plates=tuple(plates))
    for reply in digest.replies:
        before, after = of_reply(digest, reply), of_reply(new, reply)
        if before != after:
            changed = {line.person_id for line in {*before} ^ {*after}}
            uncorrected = tuple(sorted({*reply.uncorrected, *changed}))
            reply = replace(reply, corrections=reply.corrections + 1, uncorrected=uncorrected)
        kept.append(reply)
    there = {reply.organisation for reply in kept}
    late = dict.fromkeys(line.organisation for line in plates if line.organisation not in there)
    return (*kept, *(Reply(organisation=one, since=now) for one in late))
