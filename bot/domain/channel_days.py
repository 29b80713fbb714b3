"""The channel's days: one post of ours a day, beyond the panel, the digest and the brief. Which post has the day,
what is added to it, and what waits for another.

1. What has its day (the capture after a meeting, the day on which a group ends) keeps it; where the day has a post
   already, it is added to that.
2. An announcement is the day's post, or is added to it. What people may object to is prompt; what is only told
   waits, on a day that is another's, for that one's hour.
3. What can wait (a question to all, a wording of the purpose, a review) takes a working day that is nobody's, the
   oldest first, and a review behind the others. After `LONGEST_WAIT_DAYS` it is added to what the day has, so that
   it is never lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from bot.domain.due import Occurrence
from bot.domain.groups import DayClaim, DayPost, Group, MessageRef, SettingsChange
from bot.domain.hours import from_local, to_local
from bot.domain.moments import to_the_microsecond
from bot.domain.nations import next_working_day, working_day_from
from bot.domain.outbox import Entry, Kind
from bot.domain.snapshot import GroupSnapshot

MOST_IN_A_POST = 8
"""Each with its buttons, so that the post stays inside Slack's fifty blocks."""

ONE_AFTER_THE_OTHER = timedelta(minutes=1)
"""Between two that are owed at once: by then the first has gone, and the second finds the post to be added to."""

CLAIM_LASTS = timedelta(minutes=5)
"""Far longer than a post takes to be in Slack and noted. One whose bot died is not waited for any longer."""

LONGEST_WAIT_DAYS = 3
"""Working days."""

POSTS_KEPT = 16
"""Earlier days' posts of which it is known what they tell: so that they still tell it when they are drawn anew."""

QUIETLY = (
    *(Kind.ORGANISATIONS, Kind.DEPARTURE, Kind.PURPOSE_STANDS),
    *(Kind.HOLD, Kind.ERASED, Kind.ORGANISATION_DATA, Kind.SECOND_ACCOUNT),
)
"""An edit of the day's post is enough for these."""

UNDONE = ".undone"
"""Behind a change that somebody objected to."""


class Turn(StrEnum):
    """How a kind of post comes by its day; see above. `BESIDE`: it is not measured. Those are few, since each is
    one post more for everybody in the channel."""

    BESIDE = "beside"
    FIXED = "fixed"
    PROMPT = "prompt"
    QUIET = "quiet"
    WAITS = "waits"


MEASURED = (Turn.FIXED, Turn.PROMPT, Turn.QUIET, Turn.WAITS)


def told(entry: Entry) -> str:
    """What an entry tells, as a day's post names it: `<kind>:<what it is about>`. An announcement's subject says
    it whole; of a question, a wording and a review the first part does, the rest being how often it has changed."""
    subject = entry.subject or entry.round
    whole = entry.kind not in (Kind.INQUIRY, Kind.PURPOSE, Kind.REVIEW)
    return f"{entry.kind}:{subject if whole else subject.partition('.')[0]}"


def posts_of(group: Group) -> tuple[DayPost, ...]:
    """The newest last."""
    return (*group.day_posts, group.day_post) if group.day_post else group.day_posts


def post_at(group: Group, ref: MessageRef | None) -> DayPost | None:
    """By its time alone: whatever keeps where it stands may call the channel as it was called before."""
    return next((one for one in posts_of(group) if ref and one.post.ts == ref.ts), None)


def post_of_today(group: Group, now: datetime) -> DayPost | None:
    """Today's, by the group's own day; None where nothing of ours has had the day, and the channel may be shown
    something more."""
    last = group.day_post
    return last if last and last.day == to_local(now, group.zone).date() else None


def noted(group: Group, entry: Entry, ref: MessageRef, now: datetime) -> Group:
    """What the entry tells stands in that post from now on. The second time it changes nothing."""
    item, known = told(entry), post_at(group, ref)
    if known is None:
        new = DayPost(day=to_local(now, group.zone).date(), post=ref, told=(item,))
        return replace(group, day_post=new, day_posts=posts_of(group)[-POSTS_KEPT:])
    if item in known.told:
        return group
    return _with(group, replace(known, told=(*known.told, item), joined={**known.joined, item: now}))


def owed(group: Group, ref: MessageRef | None, at: datetime) -> Group:
    """The post at `ref` is drawn anew from `at` on, if it is a day's."""
    known = post_at(group, ref)
    return _with(group, replace(known, owed_at=at)) if known else group


def redrawn(group: Group, which: str, again_at: datetime | None = None) -> Group:
    """The post of which that was owed (`redrawing`) reads as it should, or is gone; or it is tried `again_at`."""
    known = waiting(group, which)
    return _with(group, replace(known, owed_at=again_at, redrawn=known.redrawn + 1)) if known else group


def redrawing(post: DayPost) -> str:
    """What is owed of a post: another name each time, and none where nothing is."""
    return f"{post.post.ts}-{post.redrawn}-{to_the_microsecond(post.owed_at)}" if post.owed_at else ""


def waiting(group: Group, which: str) -> DayPost | None:
    """The post of which that is owed, and was not drawn anew since."""
    return next((one for one in posts_of(group) if redrawing(one) == which), None)


def said_aloud(group: Group, what: str) -> Group:
    """It was said in its post's thread, for the channel to see, or never will be. Said again, nothing changes."""
    known = telling(group, what)
    if known is None or what in known.aloud:
        return group
    return _with(group, replace(known, aloud=(*known.aloud, what)))


def telling(group: Group, what: str) -> DayPost | None:
    """The post that tells `what`, or of which it says that it was undone."""
    item = what.removesuffix(UNDONE)
    return next((one for one in reversed(posts_of(group)) if item in one.told), None)


def to_say_aloud(snapshot: GroupSnapshot, now: datetime) -> Iterator[tuple[str, datetime]]:
    """What a day's post came to tell by an edit, which makes nothing unread, and is to be noticed: and since when.
    Two things are: what changes when the group meets or is asked, also where somebody objected to it; and whatever
    would have had a day of its own."""
    for post in posts_of(snapshot.group):
        for item in post.told:
            kind, _, subject = item.partition(":")
            change = snapshot.changes.get(subject) if kind == Kind.CHANGE else None
            if kind in (Kind.CHANGE, *QUIETLY) and not (change and changes_when(change)):
                continue
            if change and change.objected_by:
                yield item + UNDONE, now
            elif item in post.joined:
                yield item, post.joined[item]


def changes_when(change: SettingsChange) -> bool:
    """Whether it changes when the group meets, or is asked."""
    before, after = change.before, change.after
    return (
        (before.rhythm.meeting, before.rhythm.moved, before.rhythm.skipped)
        != (after.rhythm.meeting, after.rhythm.moved, after.rhythm.skipped)
    ) or (before.paused_until, before.ends_on) != (after.paused_until, after.ends_on)


def renamed(group: Group, channel: str) -> Group:
    """Its channel has another id: the posts stand there as they stood, and are found by it in a press."""
    posts = tuple(replace(one, post=replace(one.post, channel=channel)) for one in posts_of(group))
    return replace(group, day_posts=posts[:-1], day_post=posts[-1]) if group.day_post else group


def _with(group: Group, post: DayPost) -> Group:
    if group.day_post and group.day_post.post == post.post:
        return replace(group, day_post=post)
    return replace(group, day_posts=tuple(post if one.post == post.post else one for one in group.day_posts))


def opens_from(group: Group, at: datetime) -> datetime:
    """When what can wait may be put in the channel, `at` or later: once the group goes on again where it is paused,
    and by what stands there: on the working day after, at the digest's hour, where the day has its post."""
    at = max(at, goes_on_at(group) or at)
    return _hour(next_working_day(_day(group, at), group.nation), group) if post_of_today(group, at) else at


def goes_on_at(group: Group) -> datetime | None:
    """When what waited for the end of the group's last pause may go: at the digest's hour of a working day."""
    return _hour(working_day_from(group.paused_until, group.nation), group) if group.paused_until else None


def claimed(group: Group, entry: Entry, now: datetime) -> Group:
    """The entry is about to be the day's post, unless another was a moment ago: `day_claim` says which. Its own
    claim is renewed, so that who takes it up after a crash goes on with it."""
    last = group.day_claim
    # `abs`: the clock of whoever claimed it may be ahead of ours
    if last and last.by != entry.name and abs(now - last.at) < CLAIM_LASTS:
        return group
    return replace(group, day_claim=DayClaim(by=entry.name, at=now))


def must_wait(group: Group, entry: Entry, now: datetime) -> bool:
    """Whether a post that can wait is not to go now: another one has the day, and a later day will do."""
    today = post_of_today(group, now)
    if today is None or told(entry) in today.told:
        return False
    return _free_from(group, entry, now, {today.day}) is not None


def in_turn(
    found: Iterable[Occurrence], turns: Mapping[Kind, Turn | None], group: Group, now: datetime
) -> Iterator[Occurrence]:
    """What is owed, each post of the channel at its turn, and all else as it is. Once one has gone the group is
    looked at again, so nobody waits for the minute but behind one that can't be posted."""
    by_turn: dict[Turn, list[tuple[Occurrence, Entry]]] = {turn: [] for turn in MEASURED}
    gone = {item for post in posts_of(group) for item in post.told}
    for one in found:
        turn = turns.get(one.entry.kind) if one.entry else None
        if one.entry and turn in by_turn and told(one.entry) not in gone:
            by_turn[turn].append((one, one.entry))
        else:
            yield one
    # what has expired takes no day from others
    fixed = [one for one, entry in by_turn[Turn.FIXED] if max(one.at, now) < entry.expires_at]
    behind = fixed if post_of_today(group, now) is None else ()
    quiet = _behind([one for one, _ in by_turn[Turn.QUIET]], behind, group)
    prompt = list(_one_by_one([*(one for one, _ in by_turn[Turn.PROMPT]), *quiet]))
    yield from prompt
    yield from (_late(one, prompt, group, now) for one, _ in by_turn[Turn.FIXED])
    taken = {_day(group, max(one.at, now)) for one in (*fixed, *prompt)}
    if today := post_of_today(group, now):
        taken.add(today.day)
    yield from _waiting(by_turn[Turn.WAITS], taken, group, now)


def _late(one: Occurrence, prompt: Iterable[Occurrence], group: Group, now: datetime) -> Occurrence:
    """What had an earlier day and could not be posted on it comes behind what is owed now, and is added to it."""
    before = [other.at for other in prompt if other.at <= now + ONE_AFTER_THE_OTHER]
    if not before or _day(group, one.at) >= _day(group, now):
        return one
    return replace(one, at=max(before) + ONE_AFTER_THE_OTHER)


def _behind(owed: Iterable[Occurrence], fixed: Iterable[Occurrence], group: Group) -> Iterator[Occurrence]:
    """After what has that day."""
    hours = {_day(group, one.at): one.at for one in fixed}
    for one in owed:
        first = hours.get(_day(group, one.at))
        yield replace(one, at=max(one.at, first + ONE_AFTER_THE_OTHER)) if first else one


def _one_by_one(owed: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """A minute apart, in their order."""
    before: datetime | None = None
    for one in sorted(owed, key=lambda one: one.at):
        at = one.at if before is None else max(one.at, before + ONE_AFTER_THE_OTHER)
        yield replace(one, at=at)
        before = at


def _waiting(
    owed: Iterable[tuple[Occurrence, Entry]], taken: set[date], group: Group, now: datetime
) -> Iterator[Occurrence]:
    """The oldest first, each on a day of its own where there is one in time. A review is behind the others: whoever
    put those was told the day, and whoever starts one was not."""
    busy = set(taken)
    for one, entry in sorted(owed, key=lambda pair: (pair[1].kind is Kind.REVIEW, pair[0].at, pair[1].name)):
        moment = max(one.at, now)
        if _day(group, moment) not in busy:
            busy.add(_day(group, moment))
            yield one
            continue
        free = _free_from(group, entry, moment, busy)
        if free:
            busy.add(_day(group, free))
        yield replace(one, at=free) if free else one


def _free_from(group: Group, entry: Entry, moment: datetime, busy: Iterable[date]) -> datetime | None:
    """At the digest's hour of the next working day that is nobody's; None where it would be too long until then."""
    days, day = {*busy}, _day(group, moment)
    last = _day(group, entry.due_at)
    for _ in range(LONGEST_WAIT_DAYS):
        last = next_working_day(last, group.nation)
    while (day := next_working_day(day, group.nation)) <= last:
        if day not in days and _hour(day, group) < entry.expires_at:
            return _hour(day, group)
    return None


def _day(group: Group, moment: datetime) -> date:
    return to_local(moment, group.zone).date()


def _hour(day: date, group: Group) -> datetime:
    return from_local(day, group.rhythm.digest_at, group.zone)
