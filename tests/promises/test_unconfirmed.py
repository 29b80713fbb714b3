"""Slack does not answer as the digest is posted: nothing unknown is said, and whoever looks can mend it."""

from __future__ import annotations

import pytest

from bot.domain.outbox import Kind
from playground.faults import Fault
from tests.promises.test_owed import digests
from tests.stage import Stage

CAN_NOT_TELL = "Slack did not answer when I posted the digest, so I can't tell whether it is in the channel."


pytestmark = pytest.mark.slow  # what waits for Slack's answer waits by the server's clock


@pytest.fixture
async def friday(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-11-27 09:30")
    return stage


async def lost(stage: Stage, fault: str) -> None:
    """`lost`: Slack has the digest; `closed`: it has not. Either way we hear nothing."""
    stage.pg.world.faults.order(Fault(fault), method="chat.postMessage", channel="C0CARERS")
    await stage.at("2026-11-27 10:30")


@pytest.mark.parametrize("fault", ["lost", "closed"])
async def test_whoever_pulls_back_reads_no_more_than_we_know(friday: Stage, fault: str) -> None:
    await lost(friday, fault)
    await friday.press("Jo", "Pull it back")
    assert "None of it goes into the digest" not in friday.dm("Jo")
    assert f"Pulled back, Jo. {CAN_NOT_TELL} If it is, a channel manager can delete it." in friday.dm("Jo")


@pytest.mark.parametrize("fault", ["lost", "closed"])
async def test_whoever_asks_for_it_reads_no_more_than_we_know(friday: Stage, fault: str) -> None:
    await lost(friday, fault)
    ack = await friday.person("Jo").command("/between", "digest last")
    assert f"{CAN_NOT_TELL} Please look there." in ack.body["text"]


async def test_it_is_posted_once_more_by_whoever_looked_and_found_none(friday: Stage) -> None:
    await lost(friday, "closed")
    await friday.at("2026-11-30 10:00")
    assert digests(friday) == []
    assert f"{CAN_NOT_TELL} Please look: if it isn't there, I post it." in friday.dm("Sam")
    await friday.press("Sam", "Post it")
    assert "I post the digest in the channel next." in friday.dm("Sam")
    await friday.at("2026-11-30 10:10")
    [digest] = digests(friday)
    assert "Beds are full again." in digest
    await friday.press("Jo", "Pull it back")
    await friday.at("2026-11-30 10:20")
    assert "Beds are full again." not in friday.shown(friday.digest())


async def test_by_itself_it_is_never_posted_twice(friday: Stage) -> None:
    await lost(friday, "lost")
    await friday.at("2026-12-09 18:00")
    assert len([one for one in digests(friday) if "27 November" in one]) == 1


async def test_words_that_come_since_go_where_they_will_be_read(friday: Stage) -> None:
    await lost(friday, "closed")
    await friday.person("Amir").command("/plate", "Two vans are off the road.", "young-carers")
    assert await friday.person("Amir").submit() is None
    assert "that is due" not in friday.notes("Amir")[-1]
    await friday.at("2026-12-12 12:00")
    assert "Two vans are off the road." in friday.digest().text


async def test_pressed_after_they_have_met_it_says_that_it_is_no_news(friday: Stage) -> None:
    await lost(friday, "closed")
    await friday.at("2026-11-30 10:00")
    asked = friday.dms("Sam")[-1]
    await friday.at("2026-11-30 15:00")
    await friday.person("Sam").press(asked, "Post it")
    await friday.settle()
    assert "no news any more" in friday.notes("Sam")[-1]
    assert Kind.DIGEST not in friday.went.values()


@pytest.mark.parametrize("fault", ["lost", "closed"])
async def test_whoever_made_a_change_that_the_channel_may_not_have_been_told_of_hears(
    stage: Stage, fault: str
) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-24 10:00")
    stage.pg.world.faults.order(Fault(fault), method="chat.postMessage", channel="C0CARERS")
    await stage.press_more("Jo", "Change the rhythm")
    assert await stage.send("Jo", {"What you work on together": "Carers"}) is None
    await stage.at("2026-11-24 12:00")
    assert (
        "I can't tell whether it was told. Please look: if it isn't there, tell the others yourself."
        in stage.dm("Jo")
    )
    await stage.at("2026-11-27 12:00")
    assert list(stage.went.values()).count(Kind.CHANGE) <= 1
