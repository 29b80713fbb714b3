"""News: what others did with what is somebody's own. An answer to what they did themselves, so not unasked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

import msgspec
from msgspec.structs import replace

UNDO_TIME = timedelta(minutes=10)
"""A tap, or an end, that is undone within it reaches nobody."""


class NewsCode(StrEnum):
    JOINED = "joined"
    CAN_HELP = "can_help"
    SUGGESTED = "suggested"
    TAKEN = "taken"
    TAKEN_UP = "taken_up"
    ENDED = "ended"
    GOES_ON = "goes_on"
    """After all: to whoever has heard that it ended."""
    ASK_YES = "ask_yes"
    ASK_KNOWS = "ask_knows"
    ASK_ENDED = "ask_ended"


TO_ITS_MAKER = (NewsCode.JOINED, NewsCode.CAN_HELP, NewsCode.SUGGESTED)
"""What goes to whoever has a commitment, whoever that is by the time it is told."""


class News(msgspec.Struct, frozen=True, kw_only=True):
    """Something that `by` did and `to` is to hear of: an answer to what `to` did themselves. `by` is empty where
    nobody did anything. `at` is when; of an end, from when on it is told."""

    code: NewsCode
    to: str
    by: str
    at: datetime
    told: bool = False


class HasNews(Protocol):
    """A record that keeps its news."""

    @property
    def news(self) -> tuple[News, ...]:
        """The oldest first."""


H = TypeVar("H", bound=HasNews)


def with_news(record: H, code: NewsCode, to: Sequence[str], by: str, now: datetime) -> H:
    """What somebody did themselves is no news to them. Of what they did before, and do anew, whoever has not heard
    yet won't: it is told once."""
    news = [News(code=code, to=id_, by=by, at=now) for id_ in to if id_ != by]
    anew = {(one.code, one.by, one.to) for one in news}
    before = [one for one in record.news if one.told or (one.code, one.by, one.to) not in anew]
    return replace(record, news=(*before, *news))  # type: ignore[type-var]  # all of them are structs


def without_news(record: H, code: NewsCode, by: str) -> H:
    """It was taken back: whoever has not heard of it won't."""
    news = tuple(one for one in record.news if one.told or (one.code, one.by) != (code, by))
    return replace(record, news=news)  # type: ignore[type-var]


def handed_on(record: H, of: str, to: str) -> H:
    """What the maker before (`of`) has not heard of comes to whoever has it now. What somebody did themselves is
    no news to them."""
    news = [
        replace(one, to=to) if one.to == of and one.code in TO_ITS_MAKER and not one.told else one
        for one in record.news
    ]
    return replace(record, news=tuple(one for one in news if one.by != one.to))  # type: ignore[type-var]


def going_on(record: H, by: str, now: datetime) -> H:
    """What goes on after all is not told to have ended; whoever has heard that it did hears that it does not."""
    ends = (NewsCode.ENDED, NewsCode.GOES_ON)
    heard = {one.to: one.code for one in record.news if one.by == by and one.told and one.code in ends}
    to = [id_ for id_, code in heard.items() if code is NewsCode.ENDED]
    return with_news(without_news(record, NewsCode.ENDED, by), NewsCode.GOES_ON, to, by, now)


def news_for(records: Iterable[H], person_id: str) -> list[tuple[H, News]]:
    """What somebody has not been told yet, the oldest first; still so or not, which `still_news` says."""
    untold = [(one, news) for one in records for news in one.news if news.to == person_id and not news.told]
    return sorted(untold, key=lambda pair: pair[1].at)


def told(record: H, person_id: str, until: datetime) -> H:
    """They heard what happened up to `until`."""
    news = tuple(replace(one, told=True) if one.to == person_id and one.at <= until else one for one in record.news)
    return replace(record, news=news)  # type: ignore[type-var]
