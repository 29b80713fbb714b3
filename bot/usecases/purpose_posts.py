"""What Slack shows of the purpose: a post for each wording, and a reply under it for each change that is asked for.

An entry's subject names what it is about: `<wording>.post.<n>` the post as after its n-th change, and
`<wording>.<asked change>.<n>` a reply. Where Slack would not have a message changed, the moment of that try stands
behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.outbox import Entry, Kind
from bot.domain.purpose import PURPOSE_ID, InSlack, Purpose, Wording, change_reply, change_wording
from bot.ports import Deps

POST = "post"
"""In place of a change's id."""


def about(entry: Entry) -> tuple[str, str, int]:
    """The wording's id, what of it, and how many changes it shows: 0 where it does not say."""
    id_, part, shows, *_ = [*entry.subject.split("."), "", ""]
    return id_, part, int(shows or 0)


def found(purpose: Purpose, entry: Entry) -> InSlack | None:
    """The message that it is about, as far as it is known."""
    id_, part, _ = about(entry)
    wording = purpose.find(id_)
    if wording is None:
        return None
    if part == POST:
        return wording.post
    return next((one.reply for one in wording.asked if one.id == part), None)


async def posted(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:
    """The first one stands. A wording is put to all from then on, if it had to wait."""
    shows = about(entry)[2]
    await _change(
        deps,
        entry,
        lambda one: one if one.posted else replace(one, posted=ref, drawn=max(one.drawn, shows)),
        put_at=now,
    )


async def redrawn(deps: Deps, entry: Entry) -> None:
    """The message shows at least as many changes as the entry says; an earlier refusal is over."""
    shows = about(entry)[2]
    await _change(
        deps,
        entry,
        # of two edits on their way the older one may be noted last
        lambda one: replace(one, drawn=max(one.drawn, shows), refused_at=None),
    )


async def not_redrawn(deps: Deps, entry: Entry, now: datetime) -> None:
    """Slack would not have it changed; it is tried again."""
    await _change(deps, entry, lambda one: replace(one, refused_at=now))


async def given_up(deps: Deps, entry: Entry, code: str) -> None:
    """A reply that will never be there, or a message that was deleted: nothing waits for it."""
    if entry.kind is Kind.PURPOSE_REPLY:
        await _change(deps, entry, lambda one: replace(one, given_up=code))
    # as if it had been redrawn: nothing is owed to a message that is gone
    elif entry.kind is Kind.PURPOSE_REDRAWN:
        await redrawn(deps, entry)


async def told(entry: Entry, ref: MessageRef, deps: Deps, now: datetime) -> None:  # noqa: ARG001
    """The channel knows that it stands."""
    await deps.store.purposes.change(
        entry.group_id,
        PURPOSE_ID,
        lambda stored: (
            stored and change_wording(stored, entry.subject, lambda one: replace(one, told_at=one.told_at or now))
        ),
    )


async def _change(
    deps: Deps,
    entry: Entry,
    decide: Callable[[InSlack], InSlack],
    *,
    put_at: datetime | None = None,
) -> None:
    """The message that it is about. `put_at`: when a wording whose post is new in the channel was put to all."""
    id_, part, _ = about(entry)

    def in_post(one: Wording) -> Wording:
        # its days count from the first time that its post was noted: whoever takes the entry up after a death notes
        # it again, and later
        opens_at = one.opens_at if put_at is None or one.post.posted else max(one.opens_at, put_at)
        return replace(one, post=decide(one.post), opens_at=opens_at)

    def changed(stored: Purpose | None) -> Purpose | None:
        if stored is None:
            return None
        if part == POST:
            return change_wording(stored, id_, in_post)
        return change_reply(stored, id_, part, decide)

    await deps.store.purposes.change(entry.group_id, PURPOSE_ID, changed)
