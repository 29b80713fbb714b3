"""A leader is asked and answers: welcome, check-in, form, what was saved, and what wants their attention."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.asks import Ask
from bot.domain.attention import Attention
from bot.domain.commitments import Commitment, Progress, State, Suggestion
from bot.domain.matters import MatterCode
from bot.domain.news import News, NewsCode
from bot.domain.plate import Answer, Audience
from bot.domain.put_to import PassedOn, SteppedBack, TakenUp
from bot.domain.reach import Words
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.views import (
    checkin,
    letter,
    matters,
    news,
    plate,
    problems,
    progress,
    quiet,
    saved,
    welcome,
)
from tests.views.screens.shared import (
    DAY,
    Draw,
    an_ask,
    every_matter,
    gone,
    with_a_day,
    with_commitment,
)
from tests.views.typed import NOW, Scene


def _plate_form(s: Scene, **more: Any) -> View:
    kept: dict[str, Any] = {"before": None, "last": s.plate} | more
    return plate.plate_form(s.snapshot, s.me.id, s.round, **kept)


def _without_news(s: Scene) -> GroupSnapshot:
    unwanted = Attention(person_id=s.me.id, no_more=(MatterCode.GLAD,))
    return replace(s.snapshot, viewer=s.me.id, attention={s.me.id: unwanted})


def _untold(s: Scene) -> list[tuple[Commitment | Ask, News]]:
    """Whatever there is to hear, of each commitment."""
    by = s.me.id
    words = Suggestion(by=by, at=NOW, what=s.typed or "Walk.")
    codes = [News(code=code, to=by, by=by, at=NOW) for code in NewsCode if not code.startswith("ask_")]
    return [(replace(c, suggestions=(words,)), one) for c in s.commitments for one in codes]


def _said(s: Scene) -> Commitment:
    line = Progress(at=NOW, by=s.me.id, state=State.STUCK)
    return replace(s.commitment, tenders=(s.me.id,), state=State.STUCK, history=(line,))


def _untouched(s: Scene) -> Commitment:
    long_ago = NOW - timedelta(days=90)
    return replace(s.commitment, made_by=s.me.id, made_at=long_ago, history=(), rewordings=(), taken_up=())


def _after_two_rounds(s: Scene) -> GroupSnapshot:
    before = [replace(s.round, name=name, opens_on=date(2026, 11, 2)) for name in ("2026-W45", "2026-W46")]
    return replace(s.snapshot, rounds={one.name: one for one in (*before, s.round)})


def _heard_of_asks(s: Scene) -> list[tuple[Commitment | Ask, News]]:
    codes = (NewsCode.ASK_YES, NewsCode.ASK_KNOWS, NewsCode.ASK_ENDED)
    return [(an_ask(s), News(code=code, to=s.me.id, by=s.me.id, at=NOW)) for code in codes]


def _worded(s: Scene) -> View:
    """Its history, of the viewer's own words, any of which can be pulled back."""
    words, hours = s.typed or "Beds.", (timedelta(hours=n) for n in range(3))
    said = tuple(Progress(at=NOW + hour, by=s.me.id, state=State.STUCK, note=words) for hour in hours)
    return progress.history(replace(s.snapshot, viewer=s.me.id), replace(s.commitment, history=said), NOW)


def _came_and_went(s: Scene) -> Commitment:
    """Everybody joined in, offered help, stepped back and took it up."""
    every, hours = s.snapshot.leaders, [NOW + timedelta(hours=n) for n in range(len(s.snapshot.leaders))]
    came = [
        News(code=code, to=s.me.id, by=id_, at=at)
        for code in (NewsCode.JOINED, NewsCode.CAN_HELP)
        for id_, at in zip(every, hours, strict=True)
    ]
    return replace(
        s.commitment,
        news=tuple(came),
        stepped_back=tuple(SteppedBack(at=at, by=id_) for id_, at in zip(every, hours, strict=True)),
        taken_up=tuple(TakenUp(at=at, by=id_, of=s.me.id) for id_, at in zip(every, hours, strict=True)),
    )


SCREENS: dict[str, Draw] = {
    "checkin.check_in": lambda s: checkin.check_in(
        s.snapshot, s.me, s.round, last=s.plate, mine=s.commitments, now=NOW
    ),
    "checkin.check_in with a matter": lambda s: checkin.check_in(
        with_commitment(s), s.me, s.round, last=s.plate, mine=s.commitments, now=NOW, matter=every_matter(s)[-1]
    ),
    "letter.letter": lambda s: letter.letter(with_commitment(s), s.me, every_matter(s), NOW),
    "letter.answered": lambda s: letter.answered(s.snapshot, matters.SAID_NOT_NOW),
    "matters.for_you_sheet": lambda s: matters.for_you_sheet(with_commitment(s), every_matter(s)),
    "matters.for_you_sheet of who wants no more news": lambda s: matters.for_you_sheet(_without_news(s), []),
    "matters.for_you_sheet of nothing": lambda s: matters.for_you_sheet(s.snapshot, []),
    "checkin.nudge": lambda s: checkin.nudge(s.snapshot, s.me, s.round, NOW),
    "checkin.asked_again": lambda s: checkin.asked_again(s.snapshot, s.me, s.round),
    "quiet.quiet": lambda s: quiet.quiet(s.snapshot, s.me, s.leader, s.round, NOW),
    "checkin.checkin_status": lambda s: checkin.checkin_status(
        s.snapshot, replace(s.me, away_until=DAY), s.round, s.checkin, plate=s.plate, mine=s.commitments, now=NOW
    ),
    "checkin.checkin_status by a late tap": lambda s: checkin.checkin_status(
        s.snapshot,
        s.me,
        s.round,
        s.checkin,
        plate=s.plate,
        mine=s.commitments,
        now=NOW + timedelta(days=9),
        said=checkin.noted_late(s.commitment),
    ),
    "quiet.answered": lambda s: quiet.answered(s.snapshot, "Young carers. As it was, then."),
    "quiet.paused": lambda s: quiet.paused(s.snapshot, quiet.said_paused(s.snapshot, DAY, NOW.date())),
    "progress.progress_form": lambda s: progress.progress_form(s.snapshot, s.commitment),
    "progress.progress_form after a tap": lambda s: progress.progress_form(s.snapshot, s.commitment, State.STUCK),
    "progress.history": lambda s: progress.history(s.snapshot, s.commitment, NOW),
    "progress.suggest_form": lambda s: progress.suggest_form(s.snapshot, replace(s.commitment, state=State.STUCK)),
    "progress.history of who came and went": lambda s: progress.history(s.snapshot, _came_and_went(s), NOW),
    "progress.history of one's own words": _worded,
    "checkin.put_off": lambda s: checkin.put_off(checkin.nudge(s.snapshot, s.me, s.round, NOW)),
    "news.news": lambda s: news.news(s.snapshot, _untold(s)),
    "news.news of an ask": lambda s: news.news(with_commitment(s), _heard_of_asks(s)),
    "checkin.checkin_status after a tap": lambda s: checkin.checkin_status(
        s.snapshot,
        s.me,
        s.round,
        replace(s.checkin, asked_at=NOW),
        plate=None,
        mine=[_said(s)],
        now=NOW,
    ),
    "checkin.check_in of what nobody touched": lambda s: checkin.check_in(
        _after_two_rounds(s), s.me, s.round, last=None, mine=[_untouched(s)], now=NOW
    ),
    "progress.progress_form to let go": lambda s: progress.progress_form(
        replace(s.snapshot, viewer=s.commitment.made_by), s.commitment, State.LET_GO
    ),
    "progress.progress_form passed on": lambda s: progress.progress_form(
        replace(s.snapshot, viewer=s.commitment.made_by),
        replace(with_a_day(s.commitment), passing=(PassedOn(to="", at=NOW), PassedOn(to="p1", at=NOW))),
    ),
    "welcome.welcome": lambda s: welcome.welcome(s.snapshot, s.me, s.leader),
    "welcome.welcome of who has buttons only": lambda s: welcome.welcome(s.snapshot, s.me, s.leader, Words.BUTTONS),
    "welcome.welcome of who is only reached in a conversation": lambda s: welcome.welcome(
        s.snapshot, s.me, s.leader, Words.CONVERSATION
    ),
    "plate.plate_form": lambda s: _plate_form(s),
    "plate.plate_form of this round": lambda s: _plate_form(s, before=s.plate, typed=s.typed),
    "plate.plate_form empty": lambda s: _plate_form(s, last=None),
    "saved.saved": lambda s: saved.saved(s.snapshot, s.round, s.plate, NOW),
    "saved.saved with a private answer": lambda s: saved.saved(
        s.snapshot, s.round, replace(s.plate, me=Answer(text=s.typed, audience=Audience.ME)), NOW
    ),
    "saved.saved late": lambda s: saved.saved(
        s.snapshot, replace(s.round, digested=True, digested_at=NOW), s.plate, NOW
    ),
    "saved.saved before a late digest": lambda s: saved.saved(
        s.snapshot, replace(s.round, digested=True, late_at=NOW + timedelta(hours=9)), s.plate, NOW
    ),
    "saved.saved_sheet of the next round": lambda s: saved.saved_sheet(
        s.snapshot, s.round, s.plate, NOW, late=True
    ),
    "checkin.not_in_channel": lambda s: checkin.not_in_channel(s.snapshot, s.me),
    "checkin.over": lambda s: checkin.over(s.snapshot, s.me, s.round, s.plate),
    "checkin.over where the group has ended": lambda s: checkin.over(s.snapshot, s.me, s.round, None, ended=True),
    "checkin.check_in of a meeting that moved": lambda s: checkin.check_in(
        s.snapshot, s.me, s.round, last=None, mine=[], now=NOW, until=s.round.closes_at
    ),
    "saved.saved_sheet": lambda s: saved.saved_sheet(s.snapshot, s.round, s.plate, NOW),
    "saved.mine_sheet": lambda s: saved.mine_sheet(s.snapshot, s.round, s.plate),
    "saved.mine_sheet of nothing": lambda s: saved.mine_sheet(s.snapshot, s.round, None),
    "welcome.more_of_welcome of who has buttons only": lambda s: welcome.more_of_welcome(s.snapshot, Words.BUTTONS),
    "welcome.more_of_welcome": lambda s: welcome.more_of_welcome(s.snapshot),
    "plate.pulled_back_sheet": lambda s: plate.pulled_back_sheet(s.snapshot, s.round.name, s.me, went_out=True),
    "problems.not_saved": lambda s: problems.not_saved(_plate_form(s), {}, s.typed),
    "problems.with_typed": lambda s: problems.with_typed(problems.line(s.typed), s.typed),
    "problems.join_first": lambda s: problems.join_first(s.typed),
    "problems.not_taken": lambda s: problems.not_taken(s.typed),
    "problems.line": lambda s: problems.line(s.typed),
    "problems.too_long_for_form": lambda s: problems.too_long_for_form(s.typed * 3, 3000),
    "problems.sorry_sheet": lambda s: problems.sorry_sheet(s.typed),
    "welcome.welcome to whoever follows somebody": lambda s: welcome.welcome(
        replace(s.snapshot, leaders=s.snapshot.leaders | {"gone": gone(s)}), s.me, s.leader
    ),
}
