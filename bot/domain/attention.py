"""What was put to a leader, and what they ended by *Not now*: each matter once. Shown to nobody else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef

MATTERS_KEPT = timedelta(weeks=8)
"""How long it is kept what was put to whom; every matter is gone sooner than that."""


class Put(msgspec.Struct, frozen=True, kw_only=True):
    """When a matter was put to somebody, and in which message of ours. `owed_at`: when Slack would not have that
    redrawn after a press; None where it was since. `rode`: that message was found to be a check-in, of however long
    ago; not said of each that is."""

    at: datetime
    message: MessageRef
    owed_at: datetime | None = None
    rode: bool = False


class Attention(msgspec.Struct, frozen=True, kw_only=True):
    """Of one leader in a group, by the matter's id. `no_more`: sorts of matters that they want no more of, until
    they say otherwise."""

    person_id: str
    put: dict[str, Put] = {}
    ended: dict[str, datetime] = {}
    no_more: tuple[str, ...] = ()


def put(
    stored: Attention | None, person_id: str, ids: Iterable[str], message: MessageRef, now: datetime
) -> Attention:
    """After a message that put them went out. Said again, nothing changes."""
    before = stored or Attention(person_id=person_id)
    new = {id_: Put(at=now, message=message) for id_ in ids}
    return kept(replace(before, put=new | before.put), now)


def end(stored: Attention | None, person_id: str, id_: str, now: datetime) -> Attention:
    """*Not now*: it is over for them. Pressed twice, the first press stands."""
    before = stored or Attention(person_id=person_id)
    return kept(replace(before, ended={id_: now} | before.ended), now)


def want(stored: Attention | None, person_id: str, sort: str, *, again: bool) -> Attention:
    """*No more of these*, which holds until they want them `again`: what came meanwhile and is not over may be put
    to them then."""
    before = stored or Attention(person_id=person_id)
    if again:
        return replace(before, no_more=tuple(one for one in before.no_more if one != sort))
    return before if sort in before.no_more else replace(before, no_more=(*before.no_more, sort))


def kept(attention: Attention, now: datetime) -> Attention:
    """Without what is older than `MATTERS_KEPT`."""
    oldest = now - MATTERS_KEPT
    return replace(
        attention,
        put={id_: one for id_, one in attention.put.items() if one.at >= oldest},
        ended={id_: at for id_, at in attention.ended.items() if at >= oldest},
    )


def without(attention: Attention, ids: Iterable[str]) -> Attention:
    """As if these matters had never been: neither that they were put, nor that they were ended."""
    gone = {*ids}
    return replace(
        attention,
        put={id_: one for id_, one in attention.put.items() if id_ not in gone},
        ended={id_: at for id_, at in attention.ended.items() if id_ not in gone},
    )


def owe(stored: Attention, message: MessageRef, at: datetime | None) -> Attention:
    """That message is to be redrawn, or (`at` None) has been."""
    ids = put_in(stored, [message])
    return replace(stored, put=stored.put | {id_: replace(stored.put[id_], owed_at=at) for id_ in ids})


def rode(stored: Attention, message: MessageRef) -> Attention:
    """That message is a check-in."""
    ids = put_in(stored, [message])
    return replace(stored, put=stored.put | {id_: replace(stored.put[id_], rode=True) for id_ in ids})


def owed(stored: Attention) -> dict[MessageRef, datetime]:
    """The messages that Slack would not have redrawn, and when."""
    return {one.message: one.owed_at for one in stored.put.values() if one.owed_at}


def put_in(attention: Attention | None, messages: Iterable[MessageRef]) -> list[str]:
    """The ids of the matters that stand in any of these messages."""
    wanted = {(ref.channel, ref.ts) for ref in messages}
    stored = attention.put if attention else {}
    return [id_ for id_, one in stored.items() if (one.message.channel, one.message.ts) in wanted]
