"""What is on its way to Slack: an entry is added once, by a name that says what it is."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

import msgspec

from bot.domain.groups import MessageRef, Place


class Kind(StrEnum):
    """Every kind of message the scheduler sends; each has its file there, and a line in `scheduler.kinds`."""

    HELLO = "hello"
    HELLO_REDRAWN = "hello_redrawn"
    WELCOME = "welcome"
    CHECK_IN = "checkin"
    NUDGE = "nudge"
    LETTER = "letter"
    REMIND_LATER = "later"
    QUIET = "quiet"
    DIGEST = "digest"
    BRIEF = "brief"
    BRIEF_CORRECTION = "brief_correction"
    CORRECTION = "correction"
    DIGEST_REPLY = "digest_reply"
    REPLY_CORRECTION = "reply_correction"
    CAPTURE = "capture"
    PANEL = "panel"
    CHANGE = "change"
    ORGANISATIONS = "organisations"
    TROUBLE = "trouble"
    UNCORRECTED = "uncorrected"
    UNCONFIRMED = "unconfirmed"
    NEWS = "news"
    ABSENCE = "absence"
    DEPARTURE = "departure"
    ENDING = "ending"
    HOLIDAY = "holiday"
    REDRAWN = "redrawn"
    LETTER_REDRAWN = "letter_redrawn"
    INTRODUCTION = "introduction"
    INTRODUCED = "introduced"
    TWENTY = "twenty"
    INQUIRY = "inquiry"
    INQUIRY_REPLY = "inquiry_reply"
    INQUIRY_REDRAWN = "inquiry_redrawn"
    REVIEW = "review"
    REVIEW_SHOWN = "review_shown"
    REVIEW_REDRAWN = "review_redrawn"
    UNINSTALLED = "uninstalled"
    INSTALLER = "installer"
    MY_DATA = "my_data"
    ERASED = "erased"
    HOLD = "hold"
    ORGANISATION_DATA = "organisation_data"
    PURPOSE = "purpose"
    PURPOSE_REPLY = "purpose_reply"
    PURPOSE_REDRAWN = "purpose_redrawn"
    PURPOSE_STANDS = "purpose_stands"
    SECOND_ACCOUNT = "second_account"
    ALOUD = "aloud"
    DAY_REDRAWN = "day_redrawn"


GROUP_DMS = frozenset({Kind.INTRODUCTION, Kind.TWENTY})
"""Of what goes to nobody's own DM, these go to a conversation of several; all else to the group's channel."""


CHANGES = frozenset(
    {
        Kind.CORRECTION,
        Kind.REPLY_CORRECTION,
        Kind.BRIEF_CORRECTION,
        Kind.INQUIRY_REDRAWN,
        Kind.REVIEW_REDRAWN,
        Kind.PURPOSE_REDRAWN,
        Kind.DAY_REDRAWN,
        Kind.HELLO_REDRAWN,
    }
)
"""Of what stands in a channel already: by them words are taken back, so they wait for nobody's look."""


class Status(StrEnum):
    """How far an entry is. The last four are final (UNKNOWN only when Slack can't be asked whether it is there).

    DROPPED is no fault: it was no longer worth sending, or the leader had done it meanwhile. Should it be due after
    all, its name may be added again; after the other ends it may not.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    DROPPED = "dropped"


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One message to send. `name` is its identity for ever (`checkin:g7:2026-W48:p12`).

    `due_at` is the earliest it goes, `expires_at` the moment from which it is no longer worth sending (then it
    is dropped, never sent late). The words are drawn when it goes, so that they are true then: an entry holds
    ids only, never what a leader said. `subject` is a kind's own id (a settings change, a round). Empty are
    `person_id` of a post, `round` of what is about none, and `subject` of what needs none.
    """

    name: str
    kind: Kind
    group_id: str
    team_id: str
    due_at: datetime
    expires_at: datetime
    person_id: str = ""
    round: str = ""
    subject: str = ""

    @property
    def in_channel(self) -> bool:
        """Whether it goes to the group's channel."""
        return not self.person_id and self.kind not in GROUP_DMS


def dm_name(kind: Kind, group_id: str, round: str, person_id: str) -> str:
    """What a round's DM to a leader is called: once in a round for each kind."""
    return f"{kind}:{group_id}:{round}:{person_id}"


def reply_number(entry: Entry) -> int | None:
    """Which of a digest's replies it is about: the first part of its subject."""
    if entry.kind not in (Kind.DIGEST_REPLY, Kind.REPLY_CORRECTION):
        return None
    return int((entry.subject or "0").partition(".")[0])


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """An entry that the caller holds for some seconds; `token` proves it.

    `marked_at` and `place` are set where somebody meant to send it before and it is not known whether it
    arrived, for the first time then and for the last at `last_marked_at`, by the wall of whoever did; how long ago
    the two were by the clock that all share is `marked_ago` and `last_marked_ago`. `sent` is set where it is
    known to be in Slack and only what follows from that is left to do.
    """

    entry: Entry
    delivery_id: str
    token: str
    tries: int = 0
    faults: int = 0
    marked_at: datetime | None = None
    last_marked_at: datetime | None = None
    marked_ago: timedelta | None = None
    last_marked_ago: timedelta | None = None
    place: Place | None = None
    sent: MessageRef | None = None


class Claims(msgspec.Struct, frozen=True, kw_only=True):
    """What was claimed; `more` says that claiming again at once may give more, `next_at` when to look again.

    `turn_in` is how long, by the server's clock, something that is due already must wait for its turn to be sent.
    """

    taken: tuple[Claimed, ...] = ()
    more: bool = False
    next_at: datetime | None = None
    turn_in: timedelta | None = None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How far an entry is, or how it ended. `why` says so for any end but SENT."""

    status: Status
    why: str = ""
    sent: MessageRef | None = None


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """What to look at now, held for the caller until `lease`."""

    lease: datetime
    groups: tuple[str, ...] = ()
    partitions: tuple[int, ...] = ()
