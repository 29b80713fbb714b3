"""Few messages, and only those that were promised."""

from __future__ import annotations

import pytest

from bot.domain.ledger import DMS_A_WEEK
from bot.domain.people import SlackIdentity
from tests.stage import Stage
from tests.stories.inquiring import ask


async def fill(stage: Stage, name: str, week: str) -> None:
    """They have had all their messages of that week."""
    user = stage.person(name).user
    store = stage.bot.deps.store
    person = await store.index.person(SlackIdentity(team_id=user.team_id, user_id=user.id))
    assert person
    for n in range(DMS_A_WEEK):
        await store.allowance.take(person, week, f"another:{n}", DMS_A_WEEK)


async def test_later_today_was_asked_for_so_it_comes_in_a_full_week_too(stage: Stage) -> None:
    """Another group's message and the check-in came in one week."""
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await fill(stage, "Jo", "2026-W48")
    await stage.press_more("Jo", "Later today")
    assert stage.dm("Jo").startswith("(Young carers. I'll ask again at 12:00 GMT.)")
    await stage.at("2026-11-25 12:00")
    assert stage.dm("Jo").startswith("(Young carers: you asked me to come back later, Jo. Two minutes now?)")


@pytest.mark.slow
async def test_later_today_comes_when_it_was_promised_and_takes_the_nudges_place(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 09:30")
    await stage.press_more("Jo", "Later today")
    assert stage.dm("Jo").startswith("(Young carers. I'll ask again at 12:30 GMT.)")
    await stage.at("2026-12-09 12:29")
    assert "12:30" in stage.dm("Jo")
    await stage.at("2026-12-09 12:30")
    assert stage.dm("Jo").startswith("(Young carers: you asked me to come back later, Jo. Two minutes now?)")
    sent = len(stage.dms("Jo"))
    await stage.at("2026-12-11 18:00")
    assert len(stage.dms("Jo")) == sent


async def test_once_later_has_come_it_is_promised_no_more(stage: Stage) -> None:
    """Amir's question, which rode on the check-in, is put aside after that."""
    await stage.gather("Amir", "Jo")
    await ask(stage, "Amir", "What would make this worth your Thursday?", until="2026-11-27")
    await stage.at("2026-11-25 09:30")
    await stage.press_more("Jo", "Later today")
    await stage.at("2026-11-25 12:30")
    await stage.press("Jo", "Not now")
    assert "I'll ask again" not in stage.dm("Jo")
    assert "Young carers meets Monday." in stage.dm("Jo")


@pytest.mark.slow
@pytest.mark.parametrize("later", [True, False])
async def test_nothing_new_is_one_tap_however_late_they_are_asked(stage: Stage, *, later: bool) -> None:
    """In the nudge, where *Later today* was promised, and in what comes then."""
    await stage.gather("Jo")
    await stage.at("2026-12-09 09:30")
    if later:
        await stage.press_more("Jo", "Later today")
        assert "[Nothing new]" in stage.dm("Jo")
    sent = len(stage.dms("Jo"))
    await stage.at("2026-12-09 12:30" if later else "2026-12-10 17:59")
    assert len(stage.dms("Jo")) == sent + 1
    assert "[Nothing new]" in stage.dm("Jo")
    await stage.press("Jo", "Nothing new")
    assert stage.dm("Jo").startswith("(Young carers. Thanks, Jo. Nothing new: all of it stands as before.)")


async def test_later_pressed_twice_is_later_once(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 09:30")
    await stage.press_more("Jo", "Later today")
    before = stage.dm("Jo")
    await stage.at("2026-12-09 11:00")
    assert (await stage.again("Jo")).ok
    assert stage.dm("Jo") == before


@pytest.mark.slow
async def test_two_groups_together_send_jo_two_a_week(stage: Stage) -> None:
    """Young carers, and another group in #general that meets on the same Mondays."""
    await stage.gather("Jo")
    sam, jo = stage.person("Sam"), stage.person("Jo")
    await sam.invite_bot("general")
    await stage.settle()
    await stage.bot.tick()
    await sam.press(stage.posts("general")[-1], "Set up a group")
    assert (
        await stage.send("Sam", {"Your organisation": "Riverside Council", "What you work on together": "Housing"})
        is None
    )
    await jo.press(stage.posts("general")[-1], "Join")
    assert await stage.send("Jo", {}) is None, "for the organisation she speaks for already"
    assert len(stage.dms("Jo")) == 2
    await stage.at("2026-11-27 18:00")
    asked = [f"Morning Jo. {name} meets Monday. Two minutes?" for name in ("Housing", "Young carers")]
    assert sorted(stage.sent("Jo")[2:]) == asked, "one of each group, and no nudge"
    await stage.at("2026-12-11 18:00")
    assert sorted(stage.sent("Jo")[2:]) == sorted(asked * 2)
