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
from bot.domain.problems import Problem, ProblemCode, require
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
    if occasion is None:
        return None
    brief = snapshot.briefs.get(occasion.name)
    if brief is not None and brief.drawn_at is not None and brief.posted is None:
        occasion = replace(occasion, until=occasion.meeting_at)
    # lines that moved on to it can be read and struck before its digest, too, until the last of them is
    return replace(
        occasion, is_open=occasion.is_open or brief is not None or bool(_waiting(snapshot, occasion.name, now))
    )


def _waiting(snapshot: GroupSnapshot, name: str, now: datetime) -> list[Added]:
    """Lines for that brief, of people who are in the group."""
    whole = rules.gathered(_stored(snapshot, name), snapshot.briefs, now)
    return [one for one in whole.added if one.by in snapshot.active()]


def open_for_lines(snapshot: GroupSnapshot, now: datetime) -> str:
    """The name of the brief that is being made; empty where there is none yet. Where none is to come, of the last
    with lines that wait for the next."""
    if occasion := occasion_of(snapshot, now):
        return occasion.name if occasion.is_open else ""
    name = max((name for name, one in snapshot.briefs.items() if not one.posted), default="")
    return name if name and _waiting(snapshot, name, now) else ""


def named_now(snapshot: GroupSnapshot, name: str, now: datetime) -> str:
    """Which brief a button of that one is about: another where its meeting will not be, or has been without it, as
    its lines are that one's by now."""
    brief, occasion = snapshot.briefs.get(name), occasion_of(snapshot, now)
    return name if occasion is None or (brief and brief.posted) else occasion.name


def lines_of(snapshot: GroupSnapshot, occasion: Occasion, now: datetime) -> list[BriefLine]:
    """Every line there could be now, in its order; pure."""
    # headings that came after the brief before are for this one, also those of the evening before they met
    posted = [one for name, one in snapshot.briefs.items() if name < occasion.name and one.posted]
    since = min([occasion.since, *[one.drawn_at for one in posted[-1:] if one.drawn_at]])
    # where questions to all, then a review, showed us apart
    differed = [
        *apart(snapshot.inquiries.values(), since),
        *review.apart(snapshot.reviews.values(), snapshot.commitments, since),
    ]
    return rules.found(
        rules.gathered(_stored(snapshot, occasion.name), snapshot.briefs, now),
        snapshot.commitments.values(),
        snapshot.digests.get(occasion.digest.name) if occasion.digest else None,
        _names(snapshot),
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
    """A brief and its lines: as posted, or as they would be now; where none is to come, those that wait for the
    next. Raises Problem where there is none."""
    brief, occasion = snapshot.briefs.get(name), occasion_of(snapshot, now)
    if brief and brief.drawn_at and (brief.posted or (occasion and occasion.name == name)):
        return brief, list(brief.lines)
    if occasion is None:
        if not (name and _waiting(snapshot, name, now)):
            raise Problem(ProblemCode.BRIEF_NONE)
        resting = replace(_stored(snapshot, name), meeting_at=None, drawn_at=None)
        return resting, rules.found(rules.gathered(resting, snapshot.briefs, now), [], None, _names(snapshot), now)
    if occasion.name != name:
        raise Problem(ProblemCode.BRIEF_CLOSED)
    if not occasion.is_open:
        raise Problem(ProblemCode.BRIEF_NOT_YET)
    return _about(snapshot, occasion), lines_of(snapshot, occasion, now)


def shown(snapshot: GroupSnapshot, name: str, now: datetime) -> tuple[Brief, list[BriefLine], datetime | None]:
    """As `kept` of the one that it is by now, and when it is to be posted: None where it has been, or none is to
    come. Without a name, the one being made."""
    name = named_now(snapshot, name or open_for_lines(snapshot, now), now)
    brief, lines = kept(snapshot, name, now)
    occasion = occasion_of(snapshot, now)
    return brief, lines, None if brief.drawn_at or occasion is None else max(occasion.at, now)


def to_add_to(member: Membership, name: str, now: datetime) -> Occasion:
    """Raises Problem where nobody can add a line to that one, or they have two in it."""
    snapshot = member.snapshot
    occasion = occasion_of(snapshot, now)
    if occasion is None:
        raise Problem(ProblemCode.BRIEF_NONE)
    brief, _ = kept(snapshot, named_now(snapshot, name, now), now)
    changes.check_room(rules.gathered(brief, snapshot.briefs, now), member.person.id)
    return occasion


async def add(deps: Deps, member: Membership, name: str, id: str, text: str, now: datetime) -> GroupSnapshot:
    """A line under the id its form was opened with; so a form sent twice adds once. To the next brief, as it would
    have moved on to that, where the one it was opened for has none by now. Raises Problem."""
    snapshot, occasion = member.snapshot, occasion_of(member.snapshot, now)
    if occasion is None:
        raise Problem(ProblemCode.BRIEF_NONE)
    opened_for, name = name, named_now(snapshot, name, now)
    brief = kept(snapshot, name, now)[0] if name == opened_for else _about(snapshot, occasion)
    new = Added(id=id, by=member.person.id, at=now, text=text)
    whole = rules.gathered(brief, snapshot.briefs, now)
    if changes.add(whole, new) == whole:
        return snapshot
    # There is no record before the first line; of two first lines at once both are in it.
    changed = await _change(deps, member, name, lambda stored: changes.add(stored or brief, new), now)
    await reset_silence(deps, member)
    return replace(snapshot, briefs={**snapshot.briefs, name: changed})


async def strike(deps: Deps, member: Membership, name: str, key: str, now: datetime) -> GroupSnapshot:
    """Before it is posted, and after. Raises Problem."""
    snapshot, by = member.snapshot, member.person.id
    name = named_now(snapshot, name, now)
    brief, lines = kept(snapshot, name, now)
    line = require(next((line for line in lines if line.key == key), None), ProblemCode.BRIEF_LINE_GONE)
    # Its own brief last: until that is done, whoever presses again finds the line. The words of one that was added
    # to another brief are kept there.
    others = [
        other
        for other, one in snapshot.briefs.items()
        if other != name and line.why is rules.Why.ADDED and line.id in [each.id for each in one.added]
    ]
    for other in others:
        await deps.store.briefs.change(
            snapshot.group.id, other, lambda stored: stored and changes.strike(stored, line, by, now)
        )
    # The line as they saw it; whether it stands still is decided on what is stored.
    changed = await _change(deps, member, name, lambda stored: changes.strike(stored or brief, line, by, now), now)
    return replace(snapshot, briefs={**snapshot.briefs, name: changed})


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
    new = _about(snapshot, occasion)
    whole = rules.gathered(new, snapshot.briefs, now)
    moved = [one for one in whole.added if one not in new.added]

    # Kept before the post: a line that is struck while it is on its way is struck from what is kept, and the post
    # is changed by that. One that is posted is never drawn anew.
    def drawn(stored: Brief | None) -> Brief:
        about = replace(stored or new, group_name=new.group_name, meeting_at=new.meeting_at)
        more = [one for one in moved if one not in about.added and one.key not in about.struck]
        about = replace(about, added=(*about.added, *more))
        left = tuple(line for line in lines if line.key not in about.struck)  # struck since the snapshot
        return about if about.posted else changes.drawn(about, left, now)

    kept_as = await store.briefs.change(snapshot.group.id, occasion.name, drawn)
    # after it: whoever dies in between has them in both, of which one is read
    ids = {one.id for one in moved}
    for name, one in snapshot.briefs.items():
        if name != occasion.name and any(added.id in ids for added in one.added):
            await store.briefs.change(
                snapshot.group.id, name, lambda stored: stored and changes.without_added(stored, ids)
            )
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


def _about(snapshot: GroupSnapshot, occasion: Occasion) -> Brief:
    """What is stored for it, or a new one, of that meeting as it is now."""
    return replace(_stored(snapshot, occasion.name), meeting_at=occasion.meeting_at)


def _stored(snapshot: GroupSnapshot, name: str) -> Brief:
    group = snapshot.group
    return replace(snapshot.briefs.get(name) or Brief(group_id=group.id, round=name), group_name=group.name)


def _names(snapshot: GroupSnapshot) -> dict[str, str]:
    return {id_: snapshot.people[id_].name for id_ in snapshot.active()}
