"""Once a quarter the digest asks what leaders think of Between itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.stage import Stage
from tests.stories.inquiring import EIGHT
from tests.stories.pulsing import DIGEST, FIVE, OPEN, answers, digests, newest_digest

pytestmark = pytest.mark.slow


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """The second round: its check-in went to all."""
    await stage.gather(*EIGHT)
    await stage.at(OPEN)
    return stage


async def share(stage: Stage) -> None:
    """A word of Sam's, so that there is a digest."""
    await stage.press_more("Sam", "Answer")
    assert await stage.send("Sam", {"For Riverside Council": f"Word {len(digests(stage))}."}) is None


@pytest.fixture
async def quarter(carers: Stage) -> Stage:
    """A group that has been together for a quarter: the digest asks about the bot."""
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    long_ago = carers.clock.now() - timedelta(days=100)
    await store.groups.change(group, lambda one: one and replace(one, set_up_at=long_ago))
    await share(carers)
    await carers.at(DIGEST)
    return carers


async def next_digest(stage: Stage) -> None:
    before = len(digests(stage))
    await stage.at("2026-12-22 12:00")
    await share(stage)
    await stage.at("2026-12-24 18:00")
    assert len(digests(stage)) == before + 1


async def press_on_digest(stage: Stage, name: str, words: str) -> None:
    await stage.person(name).press(digests(stage)[-1], words)
    await stage.settle()


async def test_once_a_quarter_the_digest_asks_the_same_of_the_bot(quarter: Stage) -> None:
    asking = [one for one in digests(quarter) if "Between itself" in quarter.shown(one)]
    assert asking == digests(quarter)[-1:]
    assert "[Keep] [Change] [Weed]" in newest_digest(quarter)
    before = newest_digest(quarter)
    await press_on_digest(quarter, "Jo", "Weed")
    await press_on_digest(quarter, "Jo", "Keep")
    assert "Kept. Nobody sees what you pressed, or that you did." in quarter.notes("Jo")[-1]
    assert list((await answers(quarter)).values()) == ["keep"]
    assert newest_digest(quarter) == before


async def test_whoever_reads_the_channel_and_is_no_leader_is_not_counted(quarter: Stage) -> None:
    await press_on_digest(quarter, "Desmond", "Weed")
    assert await answers(quarter) == {}


async def test_its_answers_are_shown_in_the_next_digest(quarter: Stage) -> None:
    for name in FIVE[:4]:
        await press_on_digest(quarter, name, "Keep")
    await press_on_digest(quarter, "Priya", "Change")
    await next_digest(quarter)
    assert "*What we would do with Between*\nNearly all: keep." in newest_digest(quarter)
    assert "weed" not in newest_digest(quarter)
    assert await answers(quarter) == {}
    await quarter.again("Jo")
    await quarter.settle()
    assert "That question has closed" in quarter.notes("Jo")[-1]
    assert await answers(quarter) == {}


async def test_when_it_has_closed_its_buttons_go_and_the_usual_ones_come_back(quarter: Stage) -> None:
    before = digests(quarter)[-1]
    assert "[See commitments]" not in quarter.shown(before)
    await next_digest(quarter)
    after = quarter.shown(next(one for one in digests(quarter) if one.ts == before.ts))
    assert "Between itself" not in after
    assert "[Keep]" not in after
    assert "[See commitments]" in after
    assert "Corrected" not in after, "nobody's words were"


async def test_where_half_say_weed_it_offers_to_stop(quarter: Stage) -> None:
    for name in FIVE:
        await press_on_digest(quarter, name, "Weed")
    await next_digest(quarter)
    said = newest_digest(quarter)
    assert "Nearly all: weed." in said
    assert "At least half of our leaders say weed. Anyone can pause or end the group" in said
    await quarter.press_more("Sam", "For you")
    sheet = quarter.modal("Sam")
    assert "At least half of your leaders would weed Between out." in sheet
    assert "[Pause the group until…] [End the group…] [Not now]" in sheet
    await quarter.person("Sam").press_in_modal("End the group…")
    assert "End and announce" in quarter.modal("Sam")
    await quarter.person("Sam").close(everything=True)
    await quarter.press_more("Jo", "For you")
    assert "weed" not in quarter.modal("Jo")
