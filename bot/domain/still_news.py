"""Whether news is still so by the time it is told. What is done in the evening is told the next morning, and may be
otherwise by then: such news is told to nobody."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from bot.domain.asks import Ask
from bot.domain.commitments import Commitment
from bot.domain.news import News, NewsCode, news_for
from bot.domain.snapshot import GroupSnapshot


def still_news(snapshot: GroupSnapshot, person_id: str, now: datetime) -> list[tuple[Commitment | Ask, News]]:
    """Of a group's commitments and asks, what somebody has not been told and is still so, the oldest first; also
    an end that is to be told later."""
    here = snapshot.active()
    records: list[Commitment | Ask] = [*snapshot.commitments.values(), *snapshot.asks.values()]
    return [
        (record, one)
        for record, one in news_for(records, person_id)
        if (_of_an_ask(record, one, here, now) if isinstance(record, Ask) else _of_a_commitment(record, one, here))
    ]


def _of_a_commitment(commitment: Commitment, one: News, here: Container[str]) -> bool:
    """`here`: who is in the group. That somebody's words were taken stays so."""
    tends = one.by in commitment.tenders and one.by in here
    if one.code is NewsCode.JOINED:
        return tends and one.to == commitment.made_by
    if one.code is NewsCode.SUGGESTED:
        suggested = any(each.by == one.by for each in commitment.suggestions)
        return tends and suggested and one.to == commitment.made_by
    if one.code is NewsCode.CAN_HELP:
        return one.by in here and one.to in commitment.tenders
    if one.code is NewsCode.TAKEN_UP:
        return one.to != commitment.made_by  # else they have it again
    if one.code is NewsCode.ENDED:
        return not commitment.state.open and one.to in commitment.tenders
    if one.code is NewsCode.GOES_ON:
        return commitment.state.open and one.to in commitment.tenders
    return True


def _of_an_ask(ask: Ask, one: News, here: Container[str], now: datetime) -> bool:
    """A line that somebody sent stays theirs, whether they have left or not."""
    if one.code is NewsCode.ASK_YES:
        said = next((yes for yes in ask.yeses if yes.by == one.by), None)
        return one.by in here and said is not None and not (said.introduced or said.passed_over)
    if one.code is NewsCode.ASK_ENDED:
        return ask.quiet and ask.open(now) and not ask.yeses
    return True
