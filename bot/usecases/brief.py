"""The brief: lines added and struck by those whose words they hold, drawn when it is due, changed when words do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.domain import brief as rules
from bot.domain import brief_changes as changes
from bot.domain import review
from bot.domain.brief import Added, Brief, BriefLine
from bot.domain.groups import MessageRef
from bot.domain.headings import apart, still_apart
from bot.domain.occasion import Occasion, next_occasion
from bot.domain.problems import Problem, ProblemCode
from bot.domain.purpose_days import brief_lines, still_in_brief
from bot.domain.questions import Question, question_of
from bot.domain.snapshot import GroupSnapshot, Membership, Section
from bot.ports import Deps, Store
from bot.usecases.follow_up import look_after
from bot.usecases.people import reset_silence
from bot.usecases.stored import unless_changed

NEEDS = (
    Section.NAMES
    | Section.ROUNDS
    | Section.COMMITMENTS
    | Section.BRIEFS
    | Section.DIGESTS
    | Section.ASKS
    | Section.INQUIRIES
    | Section.REVIEWS
    | Section.PURPOSE
)


def occasion_of(snapshot: GroupSnapshot, now: datetime) -> Occasion | None:
    """One that was drawn in time, and that the channel would not have, is worth posting until they meet."""
    occasion = next_occasion(snapshot.group, snapshot.rounds.values(), now)
    brief = snapshot.briefs.get(occasion.name) if occasion else None
    held_up = brief is not None and brief.drawn_at is not None and brief.posted is None
    return replace(occasion, until=occasion.meeting_at) if occasion and held_up else occasion


def open_for_lines(snapshot: GroupSnapshot, now: datetime) -> str:
    """The name of the brief that is being made; empty where there is none yet."""
    occasion = occasion_of(snapshot, now)
    return occasion.name if occasion and occasion.is_open else ""


def lines_of(snapshot: GroupSnapshot, occasion: Occasion, now: datetime) -> list[BriefLine]:
    """Every line there could be now, in its order; pure."""
    # headings that came after the brief before are for this one, also those of the evening before they met
    drawn = [one.drawn_at for name, one in snapshot.briefs.items() if name < occasion.name and one.drawn_at]
    since = min([occasion.since, *drawn[-1:]])
    # where questions to all, then a review, showed us apart
    differed = [
        *apart(snapshot.inquiries.values(), since),
        *review.apart(snapshot.reviews.values(), snapshot.commitments, since),
    ]
    return rules.found(
        snapshot.briefs.get(occasion.name),
        snapshot.commitments.values(),
        snapshot.digests.get(occasion.digest.name) if occasion.digest else None,
        {id_: snapshot.people[id_].name for id_ in snapshot.active()},
        occasion.since,
        [ask for ask in snapshot.asks.values() if ask.open(now)],
        [*differed, *brief_lines(snapshot.purpose, now)],
    )


def lines_to_post(snapshot: GroupSnapshot, occasion: Occasion, now: datetime) -> tuple[BriefLine, ...]:
    """Those that there is room for. None where everybody has gone quiet and all of them stood in the brief before:
    it was read, and the same screen every fortnight is read by nobody."""
    lines = rules.chosen(lines_of(snapshot, occasion, now))
    before = max((name for name, one in snapshot.briefs.items() if name < occasion.name and one.posted), default="")
    return () if snapshot.silent and before and rules.repeats(lines, snapshot.briefs[before]) else lines


def kept(snapshot: GroupSnapshot, name: str, now: datetime) -> tuple[Brief, list[BriefLine]]:
    """A brief and its lines: as posted, or as they would be now. Raises Problem where there is none."""
    brief, occasion = snapshot.briefs.get(name), occasion_of(snapshot, now)
    if brief and brief.drawn_at:
        return brief, list(brief.lines)
    if occasion is None or occasion.name != name:
        raise Problem(ProblemCode.BRIEF_CLOSED)
    if not occasion.is_open:
        raise Problem(ProblemCode.BRIEF_NOT_YET)
    new = _new(snapshot, occasion)
    about = replace(brief, group_name=new.group_name, meeting_at=new.meeting_at) if brief else new
    return about, lines_of(snapshot, occasion, now)


def shown(snapshot: GroupSnapshot, name: str, now: datetime) -> tuple[Brief, list[BriefLine], datetime | None]:
    """As `kept`, and when it is to be posted: None where it has been. Without a name, the one being made."""
    brief, lines = kept(snapshot, name or open_for_lines(snapshot, now), now)
    occasion = occasion_of(snapshot, now)
    return brief, lines, None if brief.drawn_at or occasion is None else max(occasion.at, now)


def to_add_to(member: Membership, name: str, now: datetime) -> Occasion:
    """Raises Problem where nobody can add a line to that one, or they have two in it."""
    brief, _ = kept(member.snapshot, name, now)
    changes.check_room(brief, member.person.id)
    occasion = occasion_of(member.snapshot, now)
    assert occasion is not None
    return occasion


async def add(deps: Deps, member: Membership, name: str, id: str, text: str, now: datetime) -> GroupSnapshot:
    """A line under the id its form was opened with; so a form sent twice adds once. Raises Problem."""
    snapshot = member.snapshot
    brief, _ = kept(snapshot, name, now)
    new = Added(id=id, by=member.person.id, at=now, text=text)
    # There is no record before the first line; of two first lines at once both are in it.
    changed = await _change(deps, member, name, lambda stored: changes.add(stored or brief, new), now)
    await reset_silence(deps, member)
    return replace(snapshot, briefs={**snapshot.briefs, name: changed})


async def strike(deps: Deps, member: Membership, name: str, key: str, now: datetime) -> GroupSnapshot:
    """Before it is posted, and after. Raises Problem."""
    brief, lines = kept(member.snapshot, name, now)
    line = next((line for line in lines if line.key == key), None)
    if line is None:
        raise Problem(ProblemCode.BRIEF_LINE_GONE)
    by = member.person.id
    # The line as they saw it; whether it stands still is decided on what is stored.
    changed = await _change(deps, member, name, lambda stored: changes.strike(stored or brief, line, by, now), now)
    return replace(member.snapshot, briefs={**member.snapshot.briefs, name: changed})


async def _change(
    deps: Deps, member: Membership, name: str, decide: Callable[[Brief | None], Brief], now: datetime
) -> Brief:
    """Where it is drawn already, or its time has come, a look at the group finds what follows."""
    snapshot = member.snapshot
    async with look_after(deps.store, snapshot.group.id, now):
        changed = await deps.store.briefs.change(snapshot.group.id, name, decide, seen=snapshot.versions)
    assert changed is not None
    return changed


async def draw(store: Store, snapshot: GroupSnapshot, occasion: Occasion, now: datetime) -> Brief | None:
    """Keeps it as it is about to be posted; None where there is nothing to say."""
    lines = lines_to_post(snapshot, occasion, now)
    if not lines:
        return None
    new = _new(snapshot, occasion)

    # Kept before the post: a line that is struck while it is on its way is struck from what is kept, and the post
    # is changed by that. One that is posted is never drawn anew.
    def drawn(stored: Brief | None) -> Brief:
        about = replace(stored or new, group_name=new.group_name, meeting_at=new.meeting_at)
        left = tuple(line for line in lines if line.key not in about.struck)  # struck since the snapshot
        return about if about.posted else changes.drawn(about, left, now)

    kept_as = await store.briefs.change(snapshot.group.id, occasion.name, drawn)
    return kept_as if kept_as and kept_as.lines else None


async def posted(deps: Deps, group_id: str, name: str, ref: MessageRef) -> None:
    """Where the brief stands. Noted again it is the same: whoever takes the entry up knows the same message."""
    await deps.store.briefs.change(group_id, name, lambda stored: stored and replace(stored, posted=ref))


def followed(snapshot: GroupSnapshot, now: datetime) -> dict[str, Brief]:
    """Of the briefs that are drawn, those whose words or whose meeting's day have changed since, as they should
    read: the newest, and whichever holds words of a digest that the snapshot has. Pure."""
    occasion = occasion_of(snapshot, now)
    drawn = sorted(name for name, brief in snapshot.briefs.items() if brief.drawn_at)
    changed = {}
    for name in drawn:
        brief = snapshot.briefs[name]
        of = next((line.round for line in brief.lines if line.round), "")
        if name != drawn[-1] and of not in snapshot.digests:
            continue
        still = tuple(
            line
            for line in brief.lines
            if not (line.why is rules.Why.APART and not still_apart(snapshot.inquiries.values(), line))
            and not (line.why is rules.Why.PURPOSE and not still_in_brief(snapshot.purpose, line))
        )
        now_reads = changes.followed(
            changes.with_lines(brief, still, now),
            snapshot.commitments,
            snapshot.asks,
            snapshot.digests.get(of),
            snapshot.active().keys(),
            now,
        )
        if occasion and occasion.name == name and brief.posted:
            now_reads = changes.moved(now_reads, occasion.meeting_at, now)
        if now_reads != brief:
            changed[name] = now_reads
    return changed


def digests_needed(snapshot: GroupSnapshot, now: datetime) -> set[str]:
    """The rounds whose digests the planner must know for its briefs: seldom any."""
    drawn = [name for name, brief in snapshot.briefs.items() if brief.drawn_at]
    named = {line.round for name in drawn and [max(drawn)] for line in snapshot.briefs[name].lines} - {""}
    occasion = occasion_of(snapshot, now)
    before = occasion.digest if occasion else None
    return named | (
        {before.name} if before and question_of(before.question).id == Question.ALREADY_AHEAD else set()
    )


async def follow(store: Store, snapshot: GroupSnapshot, now: datetime) -> GroupSnapshot:
    """The same, with briefs kept as they should read. One that changes meanwhile stays as that left it: whoever
    changed it has the group looked at again."""
    briefs = dict(snapshot.briefs)
    for name, new in followed(snapshot, now).items():
        # What this look found is of the brief as it read it: somebody's striking since must not be undone by that.
        keep = unless_changed(snapshot.briefs[name], new)
        if kept_as := await store.briefs.change(snapshot.group.id, name, keep):
            briefs[name] = kept_as
    return replace(snapshot, briefs=briefs)


def _new(snapshot: GroupSnapshot, occasion: Occasion) -> Brief:
    group = snapshot.group
    return Brief(group_id=group.id, round=occasion.name, group_name=group.name, meeting_at=occasion.meeting_at)
