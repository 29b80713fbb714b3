"""*I tell them next*: said before it is done, so it is owed. Slack will not have it at first, and then
whoever was promised to hear of it hears of it, once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.views import asks, commitments
from playground.faults import Fault
from tests.stage import Stage
from tests.stories.holding import behind_more, card, commit

WISH = "somebody with keys to the school"
Press = Callable[[Stage], Awaitable[None]]


async def joins_in(stage: Stage) -> None:
    await card(stage, "Jo")
    await stage.person("Jo").press_in_modal("Join in")


async def can_help(stage: Stage) -> None:
    await card(stage, "Jo")
    await stage.person("Jo").press_in_modal("I can help")


async def suggests(stage: Stage) -> None:
    await joins_in(stage)
    await stage.settle()
    await stage.person("Jo").press_in_modal("Suggest other words")
    await stage.person("Jo").fill("How would you put it?", "Walk both wards")
    assert await stage.person("Jo").submit() is None


async def says_yes(stage: Stage) -> None:
    await _ask(stage)
    await stage.person("Jo").press_in_modal("I can help")


async def knows_someone(stage: Stage) -> None:
    await _ask(stage)
    await stage.person("Jo").press_in_modal("I know someone")
    await stage.person("Jo").fill("A line to them, in your name", "Ask Priya.")
    assert await stage.person("Jo").submit() is None


async def _ask(stage: Stage) -> None:
    margaret = stage.person("Margaret")
    await margaret.command("/between", f"ask {WISH}", "young-carers")
    await margaret.choose_in_modal("How", "Put it to everyone")
    assert await margaret.submit() is None
    await margaret.close(everything=True)
    await behind_more(stage, "Jo", "Open now")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("press", "said", "news"),
    [
        (joins_in, "You tend this one too now. I tell its maker next.", "has joined in with"),
        (suggests, commitments.SAID_SUGGESTED, "suggests other words for"),
        (can_help, "I tell Margaret next, and your name stands beside", "can help with"),
        (says_yes, "I tell Margaret next. Margaret may still choose not to", "may have it"),
        (knows_someone, asks.SAID_LINE, "Ask Priya."),
    ],
    ids=lambda one: getattr(one, "__name__", ""),
)
async def test_whoever_is_promised_to_hear_next_hears_though_slack_would_not_have_it_at_first(
    stage: Stage, press: Press, said: str, news: str
) -> None:
    assert " next" in said
    await stage.set_up()
    await stage.join("Margaret", "Northside Parents")
    await stage.join("Jo", "Hospitals Trust")
    await commit(stage, "Margaret")
    await stage.at("2026-11-24 10:00")
    stage.pg.world.faults.order(Fault("ratelimited", seconds=1), method="chat.postMessage")
    await press(stage)
    await stage.bot.tick()
    assert not _heard(stage, news)
    await stage.at("2026-11-24 10:05")
    assert len(_heard(stage, news)) == 1


def _heard(stage: Stage, news: str) -> list[str]:
    """In Slack, not only tried."""
    return [shown for one in stage.dms("Margaret") if news in (shown := stage.shown(one))]
