"""One human with two Slack accounts whom we took for two people: what was the second's becomes the first's.

Nothing is put together by name or e-mail: both accounts prove each other with a code. What stays, where both say
something: what the account says in which the code was shown. Every step here may be done twice.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.commitments import Commitment
from bot.domain.exclusions import Exclusions
from bot.domain.groups import Group
from bot.domain.introductions import Introduction, introduction_id
from bot.domain.people import Leader, Person, SlackIdentity
from bot.domain.plate import LONGEST, Answer, Audience, Plate
from bot.domain.second_account import SecondAccount

CODE_LIFE = timedelta(minutes=10)
MOST_TRIES = 5
"""Of one account within `CODE_LIFE`."""

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""A code is made of these: none looks like another."""

CODE_LENGTH = 8

T = TypeVar("T")


class Entered(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's code was entered in the account `who`, of the workspace of that name where we know it: they have
    yet to say that it is theirs. `id` names what is announced of it then."""

    id: str
    who: SlackIdentity
    workspace: str = ""

    @property
    def which(self) -> str:
        """In a button: of two that were entered one after the other only the one that was shown is meant."""
        return which(self.who)


def which(who: SlackIdentity) -> str:
    """The pair as a part of an id: without the colon, which no key may hold."""
    return f"{who.team_id}.{who.user_id}"


def as_code(typed: str) -> str:
    """As it was made, however it was typed."""
    return "".join(letter for letter in typed.upper() if letter in LETTERS)


def say_code(code: str) -> str:
    """In two halves, so that it can be read out."""
    half = CODE_LENGTH // 2
    return f"{code[:half]}-{code[half:]}"


def announced(group: Group, account: SecondAccount) -> Group:
    """Its channel is to hear of it, once."""
    if any(one.id == account.id for one in group.second_accounts):
        return group
    return replace(group, second_accounts=(*group.second_accounts, account))


def with_account(group: Group, id_: str, **noted: Any) -> Group:
    """What became of one that was announced."""
    found = tuple(replace(one, **noted) if one.id == id_ else one for one in group.second_accounts)
    return replace(group, second_accounts=found)


def moved(group: Group, second: str) -> Group:
    """Nothing of the second is left in its records."""
    noted = group.joining.get(second)
    return replace(group, joining={**group.joining, second: replace(noted, moved=True)}) if noted else group


def ended(group: Group, second: str) -> Group:
    """Nothing is left to do for it, and the note goes."""
    return replace(group, joining={id_: one for id_, one in group.joining.items() if id_ != second})


def without_identity(person: Person, who: SlackIdentity) -> Person:
    """That account is theirs no more; the last one stays."""
    left = tuple(one for one in person.identities if one.key != who.key)
    if not left:
        return person
    accounts = {key: one for key, one in person.accounts.items() if key != who.key}
    write_to = "" if person.write_to == who.key else person.write_to
    dms = tuple(one for one in person.dms if one.user_id != who.user_id)
    return replace(person, identities=left, accounts=accounts, write_to=write_to, dms=dms)


def with_identity(person: Person, *who: SlackIdentity, was: str = "") -> Person:
    """`was`: the id of the person whose they were."""
    identities = tuple(dict.fromkeys([*person.identities, *who]))
    former = tuple(dict.fromkeys([*person.was, *([was] if was else [])]))
    return replace(person, identities=identities, was=former)


# -- whose records they are ----------------------------------------------------------------------


def renamed(record: T, old: str, new: str) -> T:
    """The same with the one id wherever the other stood, also within ids that are made of several. People named
    twice by that stand once."""
    after: T = _Renaming(old, new).of(record)
    return after


class _Renaming:
    def __init__(self, old: str, new: str) -> None:
        self._pattern = re.compile(rf"(?<![A-Za-z0-9]){re.escape(old)}(?![A-Za-z0-9])")
        self._new = new

    def of(self, value: Any) -> Any:
        """The same with every id of the second as the first's: in texts, keys and lists, however deep. A list of
        ids has none twice afterwards."""
        if isinstance(value, Enum):
            return value
        if isinstance(value, str):
            return self._pattern.sub(self._new, value)
        if isinstance(value, msgspec.Struct):
            fields = {name: getattr(value, name) for name in value.__struct_fields__}
            changed = {name: after for name, one in fields.items() if (after := self.of(one)) != one}
            return replace(value, **changed) if changed else value
        if isinstance(value, Mapping):
            after = {self.of(key): self.of(one) for key, one in value.items()}
            # where both had something, what the one who stays had
            return after | {key: self.of(one) for key, one in value.items() if self.of(key) == key}
        if isinstance(value, tuple | list):
            each = [self.of(one) for one in value]
            ids = all(isinstance(one, str) for one in each)
            return type(value)(dict.fromkeys(each) if ids and each != list(value) else each)
        return value


def tidied(record: Any) -> Any:
    """Without what nobody can be to themselves; None where nothing is left of it."""
    if isinstance(record, Commitment):
        return replace(record, helpers=tuple(one for one in record.helpers if one not in record.tenders))
    if isinstance(record, Ask):
        return replace(record, yeses=tuple(one for one in record.yeses if one.by != record.by))
    if isinstance(record, Introduction):
        if record.asked_by == record.to:
            return None
        return replace(record, id=introduction_id(record.why, record.subject, *record.people))
    if isinstance(record, Exclusions):
        return replace(record, of={id_: at for id_, at in record.of.items() if id_ != record.person_id})
    return record


# -- where both have one -------------------------------------------------------------------------


def combined(kept: Any, other: Any) -> Any:
    """Of two records of one kind that are one person's now. Whom they would rather not meet is never lost."""
    if isinstance(kept, Leader):
        if not kept.in_group or not other.in_group:
            return kept if kept.in_group or not other.in_group else other
        stays = kept if kept.active or not other.active else replace(other, organisation=kept.organisation)
        return replace(stays, joined_at=min(kept.joined_at, other.joined_at))
    if isinstance(kept, Plate):
        return replace(
            kept,
            organisation=_one_answer(kept.organisation, other.organisation),
            me=_one_answer(kept.me, other.me),
            question=_one_answer(kept.question, other.question),
        )
    if isinstance(kept, CheckIn):
        return _one_check_in(kept, other)
    if isinstance(kept, Attention):
        no_more = tuple(dict.fromkeys([*kept.no_more, *other.no_more]))
        return replace(kept, put=other.put | kept.put, ended=other.ended | kept.ended, no_more=no_more)
    if isinstance(kept, Exclusions):
        return replace(kept, of=other.of | kept.of)
    return kept


def _one_answer(kept: Answer | None, other: Answer | None) -> Answer | None:
    """Both, under each other: nothing that was said is lost. Where one of them was for its author alone, both are;
    what would be too long stays as it was."""
    if kept is None or other is None:
        return kept or other
    if f"\n{other.text}\n" in f"\n{kept.text}\n":
        return kept
    text = f"{kept.text}\n{other.text}"
    if len(text) > LONGEST:
        return kept
    alone = Audience.ME in (kept.audience, other.audience)
    return replace(kept, text=text, audience=Audience.ME if alone else kept.audience)


def _one_check_in(kept: CheckIn, other: CheckIn) -> CheckIn:
    """Asked once is asked; of its messages all ask for the one check-in."""
    state = other.state if kept.state is CheckInState.WAITING else kept.state
    # of messages that an older version sent it is not known what they show
    known = len(kept.messages) == len(kept.drawn) and len(other.messages) == len(other.drawn)
    more = [
        (ref, drawn)
        for ref, drawn in zip(other.messages, other.drawn, strict=False)
        if ref not in kept.messages and known
    ]
    return replace(
        kept,
        state=state,
        asked_at=_first(kept.asked_at, other.asked_at),
        nudged_at=_first(kept.nudged_at, other.nudged_at),
        messages=(*kept.messages, *(ref for ref, _ in more)),
        drawn=(*kept.drawn, *(drawn for _, drawn in more)),
    )


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)
