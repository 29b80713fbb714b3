"""Two hundred leaders with fifty asks, offers and introductions: every screen inside Slack's limits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.asks import Ask, Routed, Wave, Yes
from bot.domain.digest import ask_line as digest_line
from bot.domain.exclusions import Exclusions
from bot.domain.introductions import Introduction, Way, Why
from bot.domain.matter_kinds import for_you
from bot.domain.news import News, NewsCode, news_for
from bot.domain.offers import Offer
from bot.domain.put_to import PassedOn
from bot.domain.snapshot import GroupSnapshot
from bot.views import asks, digest, introductions, letter, matters, offers
from bot.views.news import news
from bot.views.open_now import open_now
from tests.views.sound import sound_message, sound_view
from tests.views.two_hundred import SCRIPTS, commitment_of, crowd, said
from tests.views.typed import NOW, digest_of, round_

ASKS, HELPERS = 50, 199


def town(script: str) -> GroupSnapshot:
    """Everybody asks and offers; p1 is put everything, and p0 has a hundred and ninety-nine who can help."""
    every = {f"p{n}" for n in range(1, HELPERS + 1)}
    asked = {f"a{n:03}": ask_of(n, script, every if n == 0 else set()) for n in range(ASKS)}
    lent = {f"o{n:03}": offer_of(n, script) for n in range(ASKS)}
    held = {f"c{n}": replace(commitment_of(n, script, 3), passing=(PassedOn(to="", at=NOW),)) for n in range(ASKS)}
    held = {one.id: one for one in held.values()}
    met = {one.id: one for one in (introduction_of(n) for n in range(ASKS))}
    return replace(crowd(200), asks=asked, offers=lent, commitments=held, introductions=met)


def ask_of(n: int, script: str, yeses: set[str]) -> Ask:
    wave = Wave(at=NOW, routed=(Routed(to="p1", rests_on=f"offer.o{n:03}"),))
    return Ask(
        id=f"a{n:03}",
        by=f"p{n if n % 2 else 0}",
        what=said(script, n, "a", 300),
        at=NOW,
        quiet=n % 3 == 1,
        opened_at=None if n % 3 == 1 else NOW,
        waves=(wave,),
        yeses=tuple(Yes(by=one, at=NOW) for one in sorted(yeses)),
        news=tuple(News(code=NewsCode.ASK_YES, to="p0", by=one, at=NOW) for one in sorted(yeses)),
    )


def offer_of(n: int, script: str) -> Offer:
    at = NOW - timedelta(days=55)
    return Offer(id=f"o{n:03}", by="p1" if n % 2 else f"p{n}", what=said(script, n, "o", 300), at=at, renewed_at=at)


def introduction_of(n: int) -> Introduction:
    met = NOW - timedelta(days=15)
    id_ = f"help.{'c' * 16}{n}.p1.p{n + 2}"
    return Introduction(
        id=id_, asked_by="p1", to=f"p{n + 2}", why=Why.HELP, subject="c", at=met, way=Way.TOGETHER, way_at=met
    )


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_screen_of_asks_and_offers_fits(script: str) -> None:
    snapshot = town(script)
    for viewer in ("p0", "p1", "p199"):
        sound_view(open_now(snapshot, viewer, NOW))
        sound_view(offers.lend(snapshot, viewer, NOW))
    one = snapshot.asks["a000"]
    sound_view(asks.got_it_form(snapshot, one, NOW))
    sound_view(asks.know_form(snapshot, one))
    sound_view(asks.ask_form(snapshot, "a" * 16, said(script, 1, "t", 3000)))
    everybody = Exclusions(person_id="p1", of={f"p{n}": NOW for n in range(2, 200)})
    sound_view(introductions.exclusions_sheet(snapshot, everybody))


@pytest.mark.parametrize("script", SCRIPTS)
def test_all_that_wants_one_leaders_attention_fits(script: str) -> None:
    snapshot = town(script)
    mine = for_you(snapshot, "p1", NOW + timedelta(minutes=1))
    assert len(mine) > 100
    sound_view(matters.for_you_sheet(snapshot, mine))
    for first in range(0, len(mine), 2):
        sound_message(letter.letter(snapshot, snapshot.people["p1"], mine[first : first + 2], NOW))


@pytest.mark.parametrize("script", SCRIPTS)
def test_two_hundred_who_can_help_are_told_in_messages_that_fit(script: str) -> None:
    snapshot = town(script)
    untold = news_for([*snapshot.asks.values()], "p0")
    assert len(untold) == HELPERS
    quotes = {("a000", one.by): f"“{said(script, 1, 'q', 160)}”" for _, one in untold}
    sound_message(news(snapshot, untold, quotes))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_digest_with_fifty_asks_fits(script: str) -> None:
    snapshot = town(script)
    made = digest_of(snapshot, round_(), [], [*snapshot.commitments.values()])
    assert made is not None
    lines = tuple(digest_line(one, NOW - timedelta(days=1), NOW) for one in snapshot.asks.values())
    sound_message(digest.digest_message(replace(made, asks=tuple(filter(None, lines))), zone="Europe/London"))
