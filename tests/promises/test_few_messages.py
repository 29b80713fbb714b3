"""Few messages, and only those that were promised."""

from __future__ import annotations

from bot.domain.allowance import DMS_A_WEEK
from bot.domain.people import SlackIdentity
from tests.stage import Stage


async def room(stage: Stage, name: str, week: str) -> int:
    """How many more messages they may get in that week; asking takes the places."""
    user = stage.person(name).user
    store = stage.bot.deps.store
    person = await store.index.person(SlackIdentity(team_id=user.team_id, user_id=user.id))
    assert person
    taken = [await store.allowance.take(person, week, f"another:{n}", DMS_A_WEEK) for n in range(DMS_A_WEEK)]
    return sum(taken)


async def test_later_today_is_not_promised_where_the_week_has_no_room(stage: Stage) -> None:
    """Another group's message and the check-in came in one week."""
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    assert await room(stage, "Jo", "2026-W48") == 1
    await stage.press("Jo", "Later today")
    said = "(Young carers. I've written twice this week, so I'll leave it there. Answer whenever suits.)"
    assert stage.dm("Jo").startswith(said)
    assert "[Answer] [Skip this one] [More]" in stage.dm("Jo")
    await stage.at("2026-11-27 18:00")
    assert len(stage.dms("Jo")) == 2


async def test_later_today_comes_when_it_was_promised_and_takes_the_nudges_place(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 09:30")
    await stage.press("Jo", "Later today")
    assert stage.dm("Jo").startswith("(Young carers. I'll ask again at 12:30 GMT.)")
    await stage.at("2026-12-09 12:29")
    assert "12:30" in stage.dm("Jo")
    await stage.at("2026-12-09 12:30")
    assert stage.dm("Jo").startswith("(Young carers: you asked me to come back later, Jo. Two minutes now?)")
    sent = len(stage.dms("Jo"))
    await stage.at("2026-12-11 18:00")
    assert len(stage.dms("Jo")) == sent


async def test_a_place_held_for_later_is_kept_from_other_messages(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 09:30")
    await stage.press("Jo", "Later today")
    assert await room(stage, "Jo", "2026-W50") == 0
    await stage.at("2026-12-09 12:30")
    assert stage.dm("Jo").startswith("(Young carers: you asked me to come back later, Jo.")


async def test_a_place_that_is_not_needed_any_more_is_free_again(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-12-09 09:30")
    await stage.press("Jo", "Later today")
    await stage.press("Jo", "Answer")
    await stage.send("Jo", {"organisation": "Beds are full again."})
    await stage.press("Amir", "Later today")
    await stage.press("Amir", "Skip this one")
    assert await room(stage, "Jo", "2026-W50") == 1
    assert await room(stage, "Amir", "2026-W50") == 1


async def test_later_pressed_twice_holds_one_place(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-12-09 09:30")
    await stage.press("Jo", "Later today")
    before = stage.dm("Jo")
    await stage.at("2026-12-09 11:00")
    assert (await stage.again("Jo")).ok
    assert stage.dm("Jo") == before


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
    assert await stage.send("Jo", {"Your organisation": "Riverside Hospitals Trust"}) is None
    assert len(stage.dms("Jo")) == 2
    await stage.at("2026-11-27 18:00")
    asked = [f"Morning Jo. {name} meets Monday. Two minutes?" for name in ("Housing", "Young carers")]
    assert sorted(stage.sent("Jo")[2:]) == asked, "one of each group, and no nudge"
    await stage.at("2026-12-11 18:00")
    assert sorted(stage.sent("Jo")[2:]) == sorted(asked * 2)
