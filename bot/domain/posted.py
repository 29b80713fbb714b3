"""How far Slack shows a posted digest and its replies as they should read: owed, changed, refused, deleted."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from bot.domain.digest import Correctable, Digest, PlateLine, Reply
from bot.domain.groups import MessageRef

REPLY_STILL_NEWS = timedelta(days=10)
"""How long a reply in the thread is worth posting, if Slack or the bot was down meanwhile."""

Shown = TypeVar("Shown", bound=Correctable)


def of_reply(digest: Digest, reply: Reply) -> list[PlateLine]:
    """What stands in it: nothing, where all of it was pulled back."""
    return [line for line in digest.plates if line.organisation == reply.organisation]


def next_reply(digest: Digest, now: datetime) -> tuple[int, Reply] | None:
    """The first that is owed, and its number: one after another, so that they stand in order."""
    if digest.posted is None:
        return None
    for number, reply in enumerate(digest.replies):
        if reply.posted or reply.given_up or not of_reply(digest, reply):
            continue
        if now < reply.since + REPLY_STILL_NEWS:
            return number, reply
    return None


def owed(digest: Digest, now: datetime) -> bool:
    """Whether Slack does not yet show the whole of it, as it should read."""
    return digest.anything_behind or next_reply(digest, now) is not None


def reply_posted(digest: Digest, number: int, ref: MessageRef, shown: int) -> Digest:
    """It is in the thread, showing at least so many corrections. The first one stands."""
    if digest.replies[number].posted:
        return digest
    return with_reply(digest, number, replace(digest.replies[number], posted=ref, shown=shown, given_up=""))


def reply_given_up(digest: Digest, number: int, why: str) -> Digest:
    """It will never be in the thread, for that code of Slack's: the next one follows."""
    return with_reply(digest, number, replace(digest.replies[number], given_up=why))


def with_reply(digest: Digest, number: int, reply: Reply) -> Digest:
    """IndexError where there is no reply of that number: a digest has one for each organisation."""
    return replace(digest, replies=(*digest.replies[:number], reply, *digest.replies[number + 1 :]))


def redrawn(digest: Digest, after: int, number: int | None = None) -> Digest:
    """A message of it was changed, the post or that reply: it shows at least the correction that follows the
    `after`th. Where there are newer ones it is owed again, even if they were shown: this change may have been slow,
    and have come over theirs.
    """
    if number is None:
        return _forget_told(shows(digest, after))
    return _forget_told(with_reply(digest, number, shows(digest.replies[number], after)))


def shows(message: Shown, after: int) -> Shown:
    """A message of ours that was changed shows at least the correction that follows the `after`th."""
    shown, left = after + 1, message.uncorrected
    left = () if shown >= message.corrections else left
    return replace(message, shown=shown, redrawn=message.redrawn + 1, uncorrected=left, refused="", refused_at=None)


def _forget_told(digest: Digest) -> Digest:
    """Where all of it reads as it should, there is nothing left to know."""
    return digest if digest.anything_behind else replace(digest, refusal_told=())


def refused(digest: Digest, why: str, at: datetime, number: int | None = None) -> Digest:
    """Slack would not have the post, or that reply, changed."""
    if number is None:
        return replace(digest, refused=why, refused_at=at)
    return with_reply(digest, number, replace(digest.replies[number], refused=why, refused_at=at))


def gone(digest: Digest, number: int | None = None) -> Digest:
    """Somebody deleted the post, or that reply: nothing is left there to be corrected."""
    if number is None:
        return _forget_told(replace(digest, shown=digest.corrections, uncorrected=()))
    reply = digest.replies[number]
    return _forget_told(with_reply(digest, number, replace(reply, shown=reply.corrections, uncorrected=())))


def refusals(*messages: Correctable, held_since: datetime | None = None) -> dict[str, datetime]:
    """People whose words Slack shows as they no longer share them, and will not have changed, and since when: that
    message, or, `held_since` then, none in its channel."""
    found: dict[str, datetime] = {}
    for one in messages:
        since = one.refused_at if one.refused else held_since
        if one.behind and since:
            found |= dict.fromkeys(one.uncorrected, since)
    return found
