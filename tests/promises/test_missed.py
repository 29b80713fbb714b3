"""Missed while the bot was down: what is still sent, and what never is."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.stage import LONDON, Stage


async def down_until(stage: Stage, when: str) -> None:
    """The bot is off until then, and then begins to look."""
    stage.clock.move_to(datetime.fromisoformat(when).replace(tzinfo=LONDON))
    await stage.settle()


@pytest.mark.parametrize(("back", "posted"), [("2026-11-28 09:59", True), ("2026-11-28 10:00", False)])
async def test_a_digest_is_still_posted_up_to_a_day_late(stage: Stage, back: str, posted: bool) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await down_until(stage, back)
    assert any("Beds are full again." in stage.shown(post) for post in stage.posts()) is posted


@pytest.mark.parametrize(("back", "asked"), [("2026-11-25 17:59", True), ("2026-11-25 18:00", False)])
async def test_a_check_in_is_still_sent_while_its_window_has_24_hours_left(
    stage: Stage, back: str, asked: bool
) -> None:
    await stage.gather("Jo")
    await down_until(stage, back)
    await stage.at("2026-11-26 17:59")
    said = (
        ["Young carers", "Evening Jo", "Young carers: still time before Monday, if useful"]
        if asked
        else ["Young carers"]
    )
    assert [m.text.split(".")[0] for m in stage.dms("Jo")] == said


@pytest.mark.slow
@pytest.mark.parametrize(("back", "nudged"), [("2026-12-10 08:14", True), ("2026-12-10 08:16", False)])
async def test_a_nudge_that_was_missed_is_never_sent(stage: Stage, back: str, nudged: bool) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 10:00")
    before = len(stage.dms("Jo"))
    await down_until(stage, back)
    await stage.at("2026-12-11 18:00")
    assert len(stage.dms("Jo")) - before == nudged


async def test_words_that_come_after_a_missed_digest_go_into_the_next(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await down_until(stage, "2026-11-29 09:00")
    await stage.press("Jo", "Answer")
    jo = stage.person("Jo")
    await jo.fill("organisation", "Beds are full again.")
    await jo.submit()
    assert "goes into the digest on Friday 11 December at 10:00 GMT" in stage.modal("Jo")
    await jo.close(everything=True)
    await stage.at("2026-12-11 12:00")
    assert "Beds are full again." in stage.shown(stage.digest())


@pytest.mark.slow
async def test_words_for_a_digest_that_was_missed_go_into_no_channel_unasked(stage: Stage) -> None:
    """A day late is too late; the next digest is about the next round."""
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await down_until(stage, "2026-11-30 09:00")
    await stage.at("2026-12-11 12:00")
    assert not [post for post in stage.posts() if "Beds" in stage.shown(post)]


NEVER_WENT = "No digest went last time. Press Nothing new, and this goes into the next one."


async def missed(stage: Stage, **fields: str) -> None:
    """Jo answered; the bot is down for three days from before the digest, and asks again in the next round."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", **fields)
    await down_until(stage, "2026-11-30 09:00")
    await stage.at("2026-12-09 09:00")


@pytest.mark.slow
async def test_whose_words_no_digest_took_reads_so_and_nothing_new_puts_them_into_the_next(stage: Stage) -> None:
    await missed(stage, organisation="Beds are full again.", me="I start on Monday.")
    asked = stage.dm("Jo")
    assert "> Beds are full again.\n" in asked
    assert NEVER_WENT in asked
    assert "I start on Monday." not in asked
    assert NEVER_WENT not in stage.dm("Amir")
    await stage.press("Jo", "Nothing new")
    await stage.again("Jo")  # the same press arrives twice
    assert "Beds are full again." in stage.dm("Jo")
    assert "[Change] [Pull it back]" in stage.dm("Jo")
    await stage.at("2026-12-11 12:00")
    digest = stage.shown(stage.digest())
    assert "Beds are full again." in digest
    assert "I start on Monday." not in digest
    await stage.at("2026-12-23 09:00")
    assert NEVER_WENT not in stage.dm("Jo")


@pytest.mark.slow
async def test_whose_digest_went_reads_nothing_of_that_and_nothing_new_is_news_to_nobody(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-12-09 09:00")
    assert "Beds are full again." in stage.dm("Jo")
    assert "No digest went" not in stage.dm("Jo")
    await stage.press("Jo", "Nothing new")
    assert "Nothing new: all of it stands as before." in stage.dm("Jo")


@pytest.mark.slow
async def test_who_shared_other_words_since_is_promised_nothing_of_the_old_ones(stage: Stage) -> None:
    await missed(stage, organisation="Beds are full again.")
    await stage.answer("Jo", organisation="Two wards have beds.")
    assert "No digest went" not in stage.dm("Jo")
    await stage.at("2026-12-11 12:00")
    digest = stage.shown(stage.digest())
    assert "Two wards have beds." in digest
    assert "full again" not in digest


@pytest.mark.slow
async def test_so_it_is_where_the_meeting_was_called_off_after_jo_answered(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.press_more("Amir", "Look after the group…", "We won't meet this time")
    assert await stage.send("Amir", {}) is None
    await stage.at("2026-12-09 09:00")
    assert NEVER_WENT in stage.dm("Jo")
    await stage.press("Jo", "Nothing new")
    await stage.at("2026-12-11 12:00")
    assert "Beds are full again." in stage.shown(stage.digest())
