"""People and things the tests of the store know, and how to make any record at all."""

from __future__ import annotations

import types
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

import msgspec
from hypothesis import strategies as st

from bot.domain.commitments import Commitment, Progress, State
from bot.domain.groups import Group, Place
from bot.domain.people import Leader, Person, Reach, SlackIdentity
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.rhythm import Recurrence, Rhythm

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAM_IN_SLACK = SlackIdentity(team_id="T-TRUST", user_id="U-SAM")
CHANNEL = Place(team_id="T-TRUST", channel="C-CARERS")

SAM = Person(
    id="sam",
    name="Sam Okafor",
    zone="Europe/London",
    nation="GB-ENG",
    identities=(SAM_IN_SLACK,),
    reach=Reach(via_team="T-TRUST", user_id="U-SAM"),
)
JO = msgspec.structs.replace(SAM, id="jo", name="Jo Lindqvist")
SAM_AT_THE_TRUST = Leader(person_id="sam", organisation="The Trust", joined_at=NOW)
CARERS = Group(
    id="g7",
    name="Young carers",
    place=CHANNEL,
    zone="Europe/London",
    nation="GB-ENG",
    rhythm=Rhythm(meeting=Recurrence(every="weeks", interval=2, weekday=3, at="14:00", anchor=date(2026, 11, 5))),
    set_up_by="sam",
    set_up_at=NOW,
    convenor="sam",
)
WALK = Commitment(id="c1", what="Walk the ward with Amir", made_by="jo", made_at=NOW, tenders=("jo", "amir"))


def plate(words: str, round_: str = "2026-W48") -> Plate:
    answer = Answer(text=words, audience=Audience.GROUP)
    return Plate(person_id="sam", round=round_, organisation=answer)


def progress(note: str) -> Progress:
    return Progress(at=NOW, by="jo", state=State.MOVING, note=note)


def noted(note: str, before: Commitment | None) -> Commitment:
    """The commitment with one more line in its history."""
    walk = before or WALK
    return msgspec.structs.replace(walk, history=(*walk.history, progress(note)))


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type may hold."""
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return st.deferred(lambda: _struct(kind))
    if kind is Any:
        return st.text()
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return st.one_of([anything(each) for each in inner])
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=3)
    if origin is Literal:
        return st.sampled_from(inner)
    return _plain(kind)


def _struct(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    fields = {field.name: anything(field.type) for field in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


def _plain(kind: Any) -> st.SearchStrategy[Any]:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if kind is datetime:
        zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), timezone(-timedelta(hours=9))])
        return st.datetimes(timezones=zones)
    if kind is int:
        return st.integers(min_value=-(2**53), max_value=2**53)
    return st.from_type(kind)
