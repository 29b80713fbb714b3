"""One tap is an answer: what a leader tends can be said from the message itself, and that is a check-in."""

from __future__ import annotations

import pytest

from bot.domain.people import Leader, SlackIdentity
from playground.messages import Message
from tests.stage import Stage
from tests.stories.holding import behind_more, commit, say_more


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


@pytest.mark.slow
async def test_the_message_asks_in_six_buttons_and_says_how_it_stands(stage: Stage) -> None:
    await jo_tends_something(stage)
    shown = stage.dm("Jo")
    assert "So far: moving." in shown
    assert shown.count("[") == 6
    for button in ("Stuck, want help", "Say more…", "Answer", "Nothing new", "Skip this one", "More"):
        assert f"[{button}]" in shown


@pytest.mark.slow
async def test_nothing_new_is_one_tap_an_answer_and_news_to_nobody(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Nothing new")
    assert "Nothing new: all of it stands as before." in stage.dm("Jo")
    await stage.at("2026-12-16 12:00")
    assert "Call the schools" not in " ".join(map(stage.shown, stage.posts()[2:]))
    assert (await leader(stage)).silent_rounds == 0


@pytest.mark.slow
async def test_nothing_new_is_not_said_any_more_once_she_let_something_go(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Nothing new")
    await stage.press("Jo", "Say more…")
    assert await stage.send("Jo", {"It is": "Let go"}) is None
    assert "Young carers. Thanks, Jo. Saved." in stage.dm("Jo")
    assert "stands as before" not in stage.dm("Jo")


@pytest.mark.slow
async def test_what_is_only_held_is_not_called_more_where_nothing_stands_above_it(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Nothing new")
    await stage.answer("Sam", organisation="The two posts stay.")
    await stage.at("2026-12-16 12:00")
    digest = next(post for post in map(stage.shown, stage.posts()[::-1]) if "the digest" in post)
    assert "Also held: 1, under See commitments." in digest


@pytest.mark.slow
async def test_nothing_new_can_be_undone_while_the_check_in_is_open(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Nothing new")
    await stage.press("Jo", "Undo")
    assert "[Nothing new]" in stage.dm("Jo")


@pytest.mark.slow
async def test_her_tap_is_thanked_can_be_undone_and_is_told_in_the_digest(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Stuck, want help")
    assert stage.dm("Jo").startswith("(Young carers. Thanks, Jo. Saved.)")
    assert "Now: stuck, want help." in stage.dm("Jo")
    assert stage.dm("Jo").partition(")")[2].count("Saved") == 1
    await stage.press("Jo", "Undo")
    assert "So far: moving." in stage.dm("Jo")
    assert "[Stuck, want help]" in stage.dm("Jo")
    await stage.press("Jo", "Stuck, want help")
    await stage.at("2026-12-11 10:00")
    digest = stage.shown(stage.digest())
    assert "*Stuck, want help*" in digest
    assert "Call the schools" in digest


@pytest.mark.slow
async def test_saying_more_begins_at_as_before_and_answers_the_check_in(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Say more…")
    assert "(o) As before: moving" in stage.modal("Jo")
    assert await stage.send("Jo", {"A line on it": "Two heads rang back."}) is None
    assert stage.dm("Jo").startswith("(Young carers. Thanks, Jo. Saved.)")
    await stage.at("2026-12-11 10:00")
    assert "Two heads rang back." in stage.shown(stage.digest())


@pytest.mark.slow
async def test_said_after_answers_closed_its_message_shows_how_it_is_now(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", "Nothing new")
    await stage.at("2026-12-16 12:00")
    asked = stage.newest("Jo", "[Say more…]")
    await stage.press("Jo", "Say more…")
    assert await stage.send("Jo", {"It is": "Done"}) is None
    assert "So far: moving" not in stage.shown(asked)
    assert "[Say more…]" not in stage.shown(asked)


@pytest.mark.slow
@pytest.mark.parametrize("button", ["Nothing new", "Stuck, want help"])
async def test_once_answers_have_closed_no_undo_stands_there_any_more(stage: Stage, button: str) -> None:
    await jo_tends_something(stage)
    await stage.press("Jo", button)
    await stage.at("2026-12-10 17:59")
    assert "[Undo]" in stage.dm("Jo")
    before = stage.dm("Jo")
    await stage.at("2026-12-10 18:01")
    assert stage.dm("Jo") == before.replace("[Undo] ", "")
    changes = updates(stage)
    await stage.at("2026-12-10 20:00")
    assert updates(stage) == changes, "once is enough"


@pytest.mark.slow
async def test_the_card_of_who_answered_in_words_stays_as_it_is_when_answers_close(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.press("Sam", "Skip this one")
    await stage.answer("Jo", **{"For Hospitals Trust": "New rota."})
    before, changes = stage.dm("Jo"), updates(stage)
    await stage.at("2026-12-10 18:01")
    assert (stage.dm("Jo"), updates(stage)) == (before, changes)


def updates(stage: Stage) -> int:
    return sum(getattr(call, "method", "") == "chat.update" for call in stage.pg.world.traffic.log)


@pytest.mark.slow
async def test_no_tap_ends_a_commitment_it_is_said_in_a_form(stage: Stage) -> None:
    await jo_tends_something(stage)
    assert "[Done]" not in stage.dm("Jo")
    await stage.press("Jo", "Say more…")
    await stage.person("Jo").close()
    [kept] = (await stage.bot.deps.store.commitments.all(await group_id(stage))).values()
    assert kept.state.value == "moving"


@pytest.mark.slow
async def test_who_tapped_gets_no_nudge_and_is_not_counted_silent(stage: Stage) -> None:
    await jo_tends_something(stage)
    before = len(stage.dms("Jo"))
    await stage.press("Jo", "Stuck, want help")
    await stage.at("2026-12-16 12:00")
    assert (await leader(stage)).silent_rounds == 0
    assert len(stage.dms("Jo")) == before


async def group_id(stage: Stage) -> str:
    return (await stage.bot.deps.store.index.groups_of(await person_id(stage, "Jo")))[0]


async def leader(stage: Stage) -> Leader:
    found = await stage.bot.deps.store.leaders.get(await group_id(stage), await person_id(stage, "Jo"))
    assert found is not None
    return found


async def tap(stage: Stage, message: Message) -> None:
    await stage.person("Jo").press(message, "Stuck, want help")
    await stage.settle()


LATE = "That check-in has closed. I've noted how it stands now. Stuck, want help: Call the schools"


@pytest.mark.slow
async def test_an_old_check_in_has_nothing_to_tap_any_more(stage: Stage) -> None:
    await jo_tends_something(stage, skips=True)
    old = stage.dms("Jo")[-1]
    await stage.at("2026-12-23 09:30")
    assert "[Stuck, want help]" not in stage.shown(old)
    assert "[More]" in stage.shown(old)


@pytest.mark.slow
async def test_a_tap_after_the_digest_counts_now_and_says_so(stage: Stage) -> None:
    await jo_tends_something(stage)
    await stage.at("2026-12-11 11:00")
    await tap(stage, stage.newest("Jo", "[Stuck, want help]"))
    assert stage.newest("Jo", LATE)
    assert stage.newest("Jo", "Now: stuck, want help.")


async def test_a_tap_in_a_round_that_is_not_kept_any_more_is_answered_to_her_alone(stage: Stage) -> None:
    await jo_tends_something(stage)
    old = stage.dms("Jo")[-1]
    store = stage.bot.deps.store
    group = (await store.index.groups_of(await person_id(stage, "Jo")))[0]
    for name in await store.rounds.all(group):
        await store.rounds.change(group, name, lambda _: None)
    await tap(stage, old)
    assert stage.notes("Jo")[-1].startswith(f"({LATE})")


async def person_id(stage: Stage, name: str) -> str:
    who = stage.person(name).user
    found = await stage.bot.deps.store.index.person(SlackIdentity(team_id=who.team_id, user_id=who.id))
    assert found is not None
    return found


async def test_a_line_too_long_for_the_digest_ends_with_a_whole_sentence(stage: Stage) -> None:
    await stage.gather("Jo")
    await commit(stage, "Jo", "Have somebody from the council on the ward when a child is alone at home")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Say more…")
    said = "Nobody here works after five. A ward that would ring before the parent leaves."
    assert await stage.send("Jo", {"It is": "Stuck, want help", "A line on it": said}) is None
    await stage.at("2026-11-27 10:00")
    assert "— Jo: “Nobody here works after five…”" in stage.shown(stage.digest())


@pytest.mark.slow
async def test_what_she_has_just_made_has_no_tap_to_undo(stage: Stage) -> None:
    await jo_tends_something(stage)
    await commit(stage, "Jo", "Ring the housing lead")
    await stage.press("Jo", "Nothing new")
    assert "Ring the housing lead\nSo far: moving." in stage.dm("Jo")


@pytest.mark.slow
async def test_what_was_passed_on_and_taken_up_stands_in_the_digest(stage: Stage) -> None:
    await jo_tends_something(stage)
    assert await say_more(stage, "Jo", **{"Pass it on": ["Sam (Council)"]}) is None
    await behind_more(stage, "Sam", "See commitments", "Take it up")
    await stage.at("2026-12-16 12:00")
    digest = next(post for post in map(stage.shown, stage.posts()[::-1]) if "the digest" in post)
    assert "• Call the schools — Sam: taken up" in digest
