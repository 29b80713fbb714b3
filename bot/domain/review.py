"""Reviews: each leader places up to three open commitments, alone, until a day; then bands are shown together.

The review is one record, which every look at the group loads. What was placed lies apart, each under whoever placed
it, and is deleted on the day: the record then holds bands, never who or how many.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.bands import Band, bands
from bot.domain.brief import BriefLine, Why
from bot.domain.commitments import Commitment
from bot.domain.groups import MessageRef
from bot.domain.inquiry import LEAST_WHO_COULD, LEAST_WITHOUT_NAME
from bot.domain.problems import Problem, ProblemCode

MOST_PLACED = 3
LEAST_OPEN = 2
"""Open commitments that a review begins with by itself."""


class Placing(StrEnum):
    GROW = "grow"
    NURTURE = "nurture"
    WEED = "weed"
    TOO_EARLY = "too_early"


class Placings(msgspec.Struct, frozen=True, kw_only=True):
    """What one person placed: commitments by their id."""

    at: datetime
    placed: dict[str, Placing]


class Banded(msgspec.Struct, frozen=True, kw_only=True):
    """A commitment with each placing that more than one gave it. Its words are its own record's."""

    commitment_id: str
    bands: dict[Placing, Band]


class Stop(msgspec.Struct, frozen=True, kw_only=True):
    """`by` suggests that a commitment be stopped. What its maker makes of it is noted nowhere here."""

    commitment_id: str
    by: str
    at: datetime


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """Under way from `at` on; answers close at `closes_at`, which goes with the brief of `round` where that is
    named. `by` is empty where it began by itself, else `called` says who that was then, by id. `changes` counts
    what changed for its post, of which `drawn` are in Slack. `shown` is as on its day; `settled`: what was placed
    is deleted. `reply` is where the bands stand, `given_up` why they never will. `reply_shows` is what they read as
    there (`reads`), drawn anew `reply_drawn` times; `reply_refused_at` when Slack last would not have that.
    `unshown`: it closed as the group had ended, and nothing of it is shown. `waits_until` is as of an inquiry.
    """

    id: str
    at: datetime
    closes_at: datetime
    by: str = ""
    round: str = ""
    posted: MessageRef | None = None
    changes: int = 0
    drawn: int = 0
    refused_at: datetime | None = None
    closed_at: datetime | None = None
    settled: bool = False
    shown: tuple[Banded, ...] = ()
    reply: MessageRef | None = None
    given_up: str = ""
    stops: tuple[Stop, ...] = ()
    reply_shows: str = ""
    reply_drawn: int = 0
    reply_refused_at: datetime | None = None
    called: dict[str, str] = {}
    unshown: bool = False
    waits_until: date | None = None

    @property
    def under_way(self) -> bool:
        """It has not closed; its day may have come, and nobody looked yet."""
        return self.closed_at is None

    def open(self, now: datetime) -> bool:
        """Whether commitments can be placed."""
        return self.under_way and now < self.closes_at


def under_way(reviews: Iterable[Review]) -> Review | None:
    """The one there is."""
    return next((one for one in reviews if one.under_way), None)


def in_order(commitments: Iterable[Commitment]) -> list[Commitment]:
    """Those that are open, the oldest first."""
    return sorted((one for one in commitments if one.state.open), key=lambda one: (one.made_at, one.id))


def check_placings(placed: Mapping[str, Placing], commitments: Mapping[str, Commitment]) -> None:
    """Raises Problem where nothing is placed, too much, or what is open no more."""
    if not placed or len(placed) > MOST_PLACED:
        raise Problem(ProblemCode.REVIEW_EMPTY, "commitment_1")
    for id_ in placed:
        check_open(id_, commitments, "commitment_1")


def check_open(id_: str, commitments: Mapping[str, Commitment], field: str) -> None:
    """Raises Problem where that one can't be placed, at the field it was chosen in: it ended, or was taken out."""
    if id_ not in commitments or not commitments[id_].state.open:
        how = commitments[id_].state.value if id_ in commitments else ""
        raise Problem(ProblemCode.REVIEW_ENDED, field, how=how)


def closed(
    review: Review,
    placings: Iterable[Placings],
    could: Collection[str],
    commitments: Iterable[Commitment],
    now: datetime,
    *,
    unshown: bool = False,
) -> Review:
    """What was placed as bands, once for all. `placings` are of those in the group; `could` is who could have
    placed any. There are none where it is to close `unshown`. Closed already, it stays as it is."""
    if review.closed_at is not None:
        return review
    if unshown:
        return replace(review, closed_at=now, changes=review.changes + 1, unshown=True)
    every = list(placings)
    # by who could have placed any, not by who did, which nobody is to learn
    enough = len(could) >= LEAST_WHO_COULD
    shown = [banded for one in in_order(commitments) if enough and (banded := _banded(one, every))]
    return replace(review, closed_at=now, changes=review.changes + 1, shown=tuple(shown))


def _banded(commitment: Commitment, placings: Iterable[Placings]) -> Banded | None:
    """None where fewer placed it than may be shown, or each otherwise."""
    given = Counter(one.placed[commitment.id] for one in placings if commitment.id in one.placed)
    if given.total() < LEAST_WITHOUT_NAME:
        return None
    counts = {placing: given[placing] for placing in Placing}
    found = bands(counts)
    return Banded(commitment_id=commitment.id, bands=found) if found else None


# -- after its day ---------------------------------------------------------------------------------


def may_stop(review: Review, commitments: Mapping[str, Commitment]) -> list[Banded]:
    """Those that somebody placed under *weed*, and that are open still."""
    return [
        one
        for one in review.shown
        if Placing.WEED in one.bands and (c := commitments.get(one.commitment_id)) and c.state.open
    ]


def reads(review: Review, commitments: Mapping[str, Commitment]) -> str:
    """What the bands read as now, in short: another text where a commitment has other words or has ended."""
    kept = (commitments.get(one.commitment_id) for one in review.shown)
    facts = [(one.id, one.what, None if one.state.open else one.state.value) for one in kept if one]
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


def suggest_stop(review: Review, new: Stop, commitments: Mapping[str, Commitment]) -> Review:
    """Its maker is asked once, whoever suggests it; one a person. Raises Problem where it can't be suggested."""
    if new.commitment_id not in [one.commitment_id for one in may_stop(review, commitments)]:
        raise Problem(ProblemCode.REVIEW_NOT_TO_STOP, "stop")
    own = next((one for one in review.stops if one.by == new.by), None)
    if own and own.commitment_id != new.commitment_id:
        raise Problem(ProblemCode.REVIEW_STOPPED_ONE, "stop")
    if any(one.commitment_id == new.commitment_id for one in review.stops):
        return review
    return replace(review, stops=(*review.stops, new))


def apart(reviews: Iterable[Review], commitments: Mapping[str, Commitment], since: datetime) -> Iterator[BriefLine]:
    """Where reviews showed us apart since then, as some would weed what others would grow or nurture: the
    commitment, while it is open, in its maker's words."""
    for review in sorted(reviews, key=lambda one: one.id):
        if review.closed_at is None or review.closed_at <= since:
            continue
        for one in review.shown:
            c = commitments.get(one.commitment_id)
            others_keep = Placing.GROW in one.bands or Placing.NURTURE in one.bands
            if c and c.state.open and Placing.WEED in one.bands and others_keep:
                id_ = f"{review.id}.{c.id}"
                yield BriefLine(why=Why.APART, id=id_, text=c.what, whose=(c.made_by,), since=review.closed_at)
