"""What stands in the channel: digest, brief, announcements, and what becomes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.absence import Presence
from bot.domain.bands import Band
from bot.domain.brief import LONGEST_LINE, Brief, BriefLine, Why
from bot.domain.digest import AskLine, Digest, PulseLine, Reply
from bot.domain.groups import DayPost, Preview
from bot.domain.installation import Leaving
from bot.domain.people import Departure
from bot.domain.pulse import Spread
from bot.domain.questions import OF_THE_BOT, WORKING
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import (
    absence,
    announcements,
    brief,
    change,
    digest,
    digest_pages,
    digest_reply,
    installation,
    preview,
    trouble,
    unconfirmed,
)
from tests.views.screens.shared import (
    ARCHIVED,
    DAY,
    POSTED,
    TAKEN_OUT,
    Draw,
    unseen,
)
from tests.views.typed import NOW, Scene


def _announced(scene: Scene) -> Message:
    """As many as one post may hold, or as few as fit."""
    changes = {f"c{n}": replace(scene.change, id=f"c{n}") for n in range(8)}
    snapshot = replace(scene.snapshot, changes=changes, organisation_posts={scene.post.id: scene.post})
    told = (f"organisations:{scene.post.id}", *(f"change:{id_}" for id_ in changes))
    posts = [DayPost(day=DAY, post=POSTED, told=told[:n]) for n in range(len(told), 0, -1)]
    alone = change.announcement(scene.snapshot, scene.change)
    drawn = (
        announcements.announcement_at(
            replace(snapshot, group=replace(scene.snapshot.group, day_post=one)), POSTED, alone
        )
        for one in posts
    )
    return next(one for one in drawn if not announcements.too_long(one))


def _troubled(snapshot: GroupSnapshot) -> GroupSnapshot:
    return replace(snapshot, group=replace(snapshot.group, trouble=ARCHIVED))


def _brief(s: Scene) -> Brief:
    """One line of each sort, as long as they are."""
    lines = tuple(
        BriefLine(
            why=why,
            id=f"x{n}",
            text=s.typed if why is not Why.ADDED else s.typed[:LONGEST_LINE],
            whose=("p0",),
            name=s.me.name,
            since=NOW,
            learnt=s.commitment.what,
        )
        for n, why in enumerate(Why)
    )
    return Brief(
        group_id=s.snapshot.group.id,
        round=s.round.name,
        group_name=s.snapshot.group.name,
        meeting_at=NOW + timedelta(days=3),
        drawn_at=NOW,
        lines=lines,
    )


def _twice(one: Brief) -> list[BriefLine]:
    """More lines than there is room for."""
    return [*one.lines, *(replace(line, id=f"{line.id}again") for line in one.lines)]


def _unposted(s: Scene, *teams: str) -> GroupSnapshot:
    return replace(s.snapshot, group=replace(s.snapshot.group, preview=Preview(teams=teams)))


def _digest(s: Scene) -> Digest:
    """As composed; or of nothing, where nobody shares a word."""
    return s.digest or Digest(
        group_id=s.snapshot.group.id,
        round=s.round.name,
        group_name=s.snapshot.group.name,
        composed_at=NOW,
        question=s.round.question,
    )


def _pulsed(s: Scene) -> Digest:
    """With both questions' spreads, the offer to stop, and the question about the bot."""
    lines = [
        PulseLine(question=one.reference, spread=tuple(Spread(choice=c, band=Band.FEW) for c in one.choices))
        for one in (WORKING, OF_THE_BOT)
    ]
    return replace(_digest(s), asks_of_bot=True, pulses=(lines[0], replace(lines[1], stop=True)))


def _threaded(s: Scene, **more: Any) -> Digest:
    made = _digest(s)
    organisation = made.plates[0].organisation if made.plates else s.me.name
    return replace(made, threaded=True, replies=(Reply(organisation=organisation, since=NOW, **more),))


SCREENS: dict[str, Draw] = {
    "absence.still_with_us": lambda s: absence.still_with_us(s.snapshot),
    "absence.answered": lambda s: absence.answered(s.snapshot, absence.SAID_BACK),
    "absence.answered by Skip": lambda s: absence.answered(s.snapshot, absence.SAID_SKIPPED),
    "absence.departed": lambda s: absence.departed(
        replace(s.snapshot, group=replace(s.snapshot.group, convenor=None)), s.me.id, TAKEN_OUT
    ),
    "absence.departed by a press": lambda s: absence.departed(s.snapshot, s.me.id, Departure(at=NOW)),
    "absence.departed and put back": lambda s: absence.departed(
        s.snapshot, s.me.id, replace(TAKEN_OUT, objected_by=s.me.id)
    ),
    "absence.point_form": lambda s: absence.point_form(s.snapshot, ""),
    "absence.pointed": lambda s: absence.pointed(s.snapshot, s.me.id, Presence.OUTSIDE),
    "brief.brief_message": lambda s: brief.brief_message(
        replace(_brief(s), corrected_at=NOW), zone=s.snapshot.group.zone
    ),
    "brief.nothing_left": lambda s: brief.nothing_left(_brief(s)),
    "brief.so_far": lambda s: brief.so_far(
        replace(s.snapshot, viewer="p0"), replace(_brief(s), drawn_at=None), _twice(_brief(s)), NOW, NOW
    ),
    "brief.so_far of nothing": lambda s: brief.so_far(s.snapshot, replace(_brief(s), drawn_at=None), [], NOW, NOW),
    "brief.so_far as posted": lambda s: brief.so_far(
        replace(s.snapshot, viewer="p0"), _brief(s), [*_brief(s).lines], None, NOW
    ),
    "brief.line_form": lambda s: brief.line_form(s.snapshot, s.round.name, "n1", NOW + timedelta(days=1), NOW),
    "digest.digest_message": lambda s: digest.digest_message(
        replace(_digest(s), corrected_at=NOW + timedelta(days=1)), zone=s.snapshot.group.zone
    ),
    "digest_reply.reply_message": lambda s: digest_reply.reply_message(_threaded(s), 0),
    "digest_reply.reply_message corrected": lambda s: digest_reply.reply_message(_threaded(s, corrections=1), 0),
    "digest_reply.reply_message of nothing": lambda s: digest_reply.reply_message(
        replace(_threaded(s), plates=()), 0
    ),
    "digest.digest_message with asks": lambda s: digest.digest_message(
        replace(
            _digest(s),
            asks=(
                *(AskLine(ask_id=f"a{n}", by=s.me.id, what=s.typed[:300] or "A van.") for n in range(4)),
                AskLine(ask_id="a9", by=s.me.id, what=s.typed[:300] or "A van.", thanks=s.me.id),
            ),
        ),
        zone=s.snapshot.group.zone,
    ),
    "digest.nothing_left": lambda s: digest.nothing_left(_digest(s)),
    "digest_pages.whole": lambda s: digest_pages.whole(_digest(s), zone=s.snapshot.group.zone),
    "digest_pages.chooser": lambda s: digest_pages.chooser(s.snapshot, [_digest(s)] * 3),
    "digest_pages.chooser of none": lambda s: digest_pages.chooser(s.snapshot, []),
    "preview.preview_form": lambda s: preview.preview_form(
        _unposted(s, "T1", "T2", "T3"), NOW, NOW, {"T1": s.typed[:300] or "A", "T2": "Council"}
    ),
    "preview.preview_form of a channel shared later": lambda s: preview.preview_form(unseen(s), NOW, NOW, {}),
    "preview.going_on_form": lambda s: preview.going_on_form(unseen(s), NOW, NOW, {}, "1.2"),
    "preview.posts_again": lambda s: preview.posts_again(s.snapshot.group),
    "trouble.channel_trouble of a channel shared later": lambda s: trouble.channel_trouble(unseen(s), NOW),
    "preview.preview_form of nobody knows whom": lambda s: preview.preview_form(_unposted(s), NOW, NOW, {}),
    "announcements.announcement_at": lambda s: _announced(s),
    "change.announcement": lambda s: change.announcement(s.snapshot, s.change),
    "absence.still_with_us of a workspace": lambda s: absence.still_with_us(s.snapshot, disconnected=True),
    "digest.digest_message with pulses": lambda s: digest.digest_message(_pulsed(s), zone=s.snapshot.group.zone),
    "digest_pages.whole with pulses": lambda s: digest_pages.whole(_pulsed(s), zone=s.snapshot.group.zone),
    "installation.still_works": lambda s: installation.still_works(s.snapshot, s.snapshot.group.name),
    "installation.installer_leaves": lambda s: installation.installer_leaves(
        s.snapshot, s.snapshot.group.name, Leaving.GUEST
    ),
    "unconfirmed.unconfirmed_digest": lambda s: unconfirmed.unconfirmed_digest(s.snapshot, s.round.name),
    "unconfirmed.unconfirmed_change": lambda s: unconfirmed.unconfirmed_change(s.snapshot),
    "unconfirmed.posted_next": lambda s: unconfirmed.posted_next(s.snapshot),
    "trouble.channel_trouble": lambda s: trouble.channel_trouble(_troubled(s.snapshot), NOW),
    "trouble.channel_trouble in a pause": lambda s: trouble.channel_trouble(
        replace(
            s.snapshot,
            group=replace(_troubled(s.snapshot).group, paused_until=NOW.date() + timedelta(days=20)),
        ),
        NOW,
    ),
    "trouble.brief_not_corrected": lambda s: trouble.brief_not_corrected(s.snapshot, _brief(s)),
    "trouble.not_corrected": lambda s: trouble.not_corrected(s.snapshot, _digest(s)),
}
