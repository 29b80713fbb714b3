"""One tap is an answer: what a leader tends can be said from the message itself, and that is a check-in."""

from __future__ import annotations

from bot.domain.people import SlackIdentity
from playground.messages import Message
from tests.stage import Stage


def radio(message: Message) -> dict[str, object]:
    every = [block["accessory"] for block in message.blocks if block.get("accessory")]
    return next(one for one in every if one["type"] == "radio_buttons")


async def jo_tends_something(stage: Stage, *, skips: bool = False) -> None:
    await stage.set_up()
    await stage.join("Jo", "Hospitals Trust")
    jo = stage.person("Jo")
    await jo.command("/commit", "Call the schools", "young-carers")
    assert await jo.submit() is None
    await jo.close()
    if skips:
        await stage.at("2026-11-25 09:00")
        await stage.press("Jo", "Skip this one")
    await stage.at("2026-12-09 09:00")  # the second round, past the week of the welcome


async def test_nothing_is_marked_before_she_taps_so_that_still_moving_can_be_said(stage: Stage) -> None:
    await jo_tends_something(stage)
    assert "initial_option" not in radio(stage.dms("Jo")[-1])
    assert "So far: moving." in stage.dm("Jo")


async def test_her_tap_is_thanked_marked_and_told_in_the_digest(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.person("Jo").choose(stage.dms("Jo")[-1], str(radio(stage.dms("Jo")[-1])["action_id"]), "Moving")
    await stage.settle()
    assert stage.dm("Jo").startswith("(Young carers. Thanks, Jo. Saved.)")
    assert "(o) Moving" in stage.dm("Jo")
    assert "[Change]" in stage.dm("Jo")
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


async def tap(stage: Stage, message: Message, state: str) -> None:
    await stage.person("Jo").choose(message, str(radio(message)["action_id"]), state)
    await stage.settle()


async def an_old_check_in(stage: Stage) -> Message:
    """Not answered, and closed; the next one has not come yet."""
    await jo_tends_something(stage, skips=True)
    old = stage.dms("Jo")[-1]
    await stage.at("2026-12-16 09:30")
    return old


LATE = "Young carers. That check-in has closed. I've noted how it stands now. Needs tending: Call the schools"


async def test_a_tap_in_an_old_check_in_counts_now_and_says_so(stage: Stage) -> None:
    old = await an_old_check_in(stage)
    await tap(stage, old, "Needs tending")
    shown = stage.shown(old)
    assert shown.startswith(f"({LATE})")
    assert "(o) Needs tending" in shown
    assert "[Answer] [More]" in shown


async def test_after_the_digest_her_answer_can_still_be_pulled_back_from_the_message_she_tapped(
    stage: Stage,
) -> None:
    await jo_tends_something(stage)
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-12-11 11:00")
    await tap(stage, stage.dms("Jo")[-1], "Needs tending")
    assert stage.dm("Jo").startswith(f"({LATE})")
    assert "[Pull it back]" in stage.dm("Jo")


async def test_a_tap_in_a_round_that_is_not_kept_any_more_is_answered_to_her_alone(stage: Stage) -> None:
    await jo_tends_something(stage)
    old = stage.dms("Jo")[-1]
    store = stage.bot.deps.store
    group = (await store.index.groups_of(await person_id(stage, "Jo")))[0]
    for name in await store.rounds.all(group):
        await store.rounds.change(group, name, lambda _: None)
    await tap(stage, old, "Needs tending")
    assert stage.notes("Jo")[-1].startswith(f"({LATE.removeprefix('Young carers. ')})")


async def person_id(stage: Stage, name: str) -> str:
    who = stage.person(name).user
    found = await stage.bot.deps.store.index.person(SlackIdentity(team_id=who.team_id, user_id=who.id))
    assert found is not None
    return found
