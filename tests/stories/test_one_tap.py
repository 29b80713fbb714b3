"""One tap is an answer: what a leader tends can be said from the message itself, and that is a check-in."""

from __future__ import annotations

from bot.domain.people import SlackIdentity
from playground.messages import Message
from tests.stage import Stage


def radio(message: Message) -> dict[str, object]:
    return next(block["accessory"] for block in message.blocks if block.get("accessory"))


async def jo_tends_something(stage: Stage) -> None:
    await stage.set_up()
    await stage.join("Jo", "Hospitals Trust")
    jo = stage.person("Jo")
    await jo.command("/commit", "Call the schools", "young-carers")
    assert await jo.submit() is None
    await jo.close()
    await stage.at("2026-12-09 09:00")  # the second round, past the week of the welcome


async def test_nothing_is_marked_before_she_taps_so_that_still_moving_can_be_said(stage: Stage) -> None:
    await jo_tends_something(stage)
    assert "initial_option" not in radio(stage.dms("Jo")[-1])
    assert "So far: moving." in stage.dm("Jo")


async def test_her_tap_is_thanked_marked_and_told_in_the_digest(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.person("Jo").choose(stage.dms("Jo")[-1], str(radio(stage.dms("Jo")[-1])["action_id"]), "Moving")
    await stage.settle()
    assert stage.dm("Jo").startswith("(Thanks, Jo. Saved.)")
    assert "(o) Moving" in stage.dm("Jo")
    assert "[Add words]" in stage.dm("Jo")
    await stage.at("2026-12-11 10:00")
    digest = stage.shown(stage.posts()[-1])
    assert "*Moving*" in digest
    assert "Call the schools" in digest


async def test_who_tapped_gets_no_nudge_and_is_not_counted_silent(stage: Stage) -> None:
    await jo_tends_something(stage)
    before = len(stage.dms("Jo"))
    await stage.person("Jo").choose(stage.dms("Jo")[-1], str(radio(stage.dms("Jo")[-1])["action_id"]), "Moving")
    await stage.at("2026-12-16 12:00")
    group = (await stage.bot.deps.store.index.groups_of(await person_id(stage, "Jo")))[0]
    leader = await stage.bot.deps.store.leaders.get(group, await person_id(stage, "Jo"))
    assert leader is not None
    assert leader.silent_rounds == 0
    assert len(stage.dms("Jo")) == before


async def person_id(stage: Stage, name: str) -> str:
    who = stage.person(name).user
    found = await stage.bot.deps.store.index.person(SlackIdentity(team_id=who.team_id, user_id=who.id))
    assert found is not None
    return found
