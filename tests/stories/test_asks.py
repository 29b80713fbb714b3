"""Jo is after somebody; Amir is asked quietly, and says yes, nothing, or no; and what anybody then can tell."""

from __future__ import annotations

import pytest

from bot.domain.introductions import Why, introduce
from tests.stage import Stage
from tests.stories.asking import DONE, WISH, gathered, jo_asks, newest_post
from tests.stories.holding import behind_more
from tests.stories.introducing import not_with


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gathered(stage)


async def test_amir_is_asked_alone_with_his_own_words_at_his_hour(carers: Stage) -> None:
    await jo_asks(carers)
    assert "Asked quietly." in carers.modal("Jo")
    await carers.at("2026-11-26 09:30")
    asked = carers.shown(carers.newest("Amir", "Might that be you?"))
    assert f"Jo (Riverside Hospitals Trust) is after: “{WISH}”. Might that be you?" in asked
    assert f"You shared “{DONE}" in asked
    assert "Jo won't see who said no. Jo may still choose not to." in asked
    assert "[Yes, introduce us] [I know someone] [Not me]" in asked
    assert not [name for name in ("Sam", "Margaret") if WISH in "\n".join(carers.sent(name))]
    assert WISH not in "\n".join(map(carers.shown, carers.posts()))


@pytest.mark.slow
async def test_on_a_yes_jo_hears_at_once_and_answers_for_herself(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    assert f"Amir (Riverside Fire & Rescue) may have it: “{DONE}" in carers.dm("Jo")
    assert "It took a year.” You asked for" in carers.dm("Jo")
    assert "[Introduce us] [Not now]" in carers.dm("Jo")
    assert "[Open now]" in carers.dm("Jo")
    assert "[See commitments]" not in carers.dm("Jo")
    assert "I tell Jo next. Jo may still choose not to" in carers.shown(carers.newest("Amir", "I tell Jo next"))
    assert "[Yes, introduce us]" not in carers.shown(carers.newest("Amir", "Young carers"))
    await carers.press("Jo", "Not now")
    assert "Left there. Nobody is told." in carers.dm("Jo")
    assert "[Introduce us]" not in carers.dm("Jo")
    before = len(carers.dms("Amir"))
    await carers.at("2026-11-27 12:00")
    assert len(carers.dms("Amir")) - before <= 1  # his own nudge or none, and not a word of Jo's answer
    assert "Left there" not in "\n".join(carers.sent("Amir"))


async def test_answered_under_open_now_the_message_that_put_it_asks_no_more(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    asked = carers.newest("Amir", "Might that be you?")
    await behind_more(carers, "Jo", "Open now", "Put it to everyone")
    await behind_more(carers, "Amir", "Open now", "I can help")
    await carers.settle()
    assert "[Yes, introduce us]" not in carers.shown(asked)
    assert "I tell Jo next." in carers.shown(asked)


async def test_a_yes_that_jo_left_stands_under_her_ask_still(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    await carers.press("Jo", "Not now")
    shown = await behind_more(carers, "Jo", "Open now")
    assert "Amir (Riverside Fire & Rescue) may have it." in shown
    await carers.person("Jo").press_in_modal("Introduce us")
    await carers.settle()
    assert "I try to open one conversation with Amir (Riverside Fire & Rescue) and you" in carers.modal("Jo")


@pytest.mark.slow
async def test_two_yeses_introduce_them_and_both_know_how_to_reach_each_other(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    await carers.person("Jo").close(everything=True)
    await carers.press("Jo", "Introduce us")
    assert "I try to open one conversation with Amir (Riverside Fire & Rescue) and you" in carers.modal("Jo")
    assert carers.modal("Jo").count("Two yeses") == 1
    assert "You said yes." in carers.dm("Jo")
    assert "[Introduce us]" not in carers.dm("Jo")
    await carers.at("2026-11-26 09:50")
    for name in ("Jo", "Amir"):
        shown = carers.shown(carers.newest(name, ": an introduction."))
        assert f"Jo is after “{WISH}”, Amir may have it, and you both said yes." in shown


async def test_i_know_someone_is_a_line_in_amirs_name_and_to_jo_alone(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "I know someone")
    await carers.person("Amir").fill("A line to them, in your name", "Ask Priya at the ambulance service.")
    assert await carers.person("Amir").submit() is None
    await carers.at("2026-11-26 09:40")
    assert "Amir (Riverside Fire & Rescue) says of" in carers.dm("Jo")
    assert "“Ask Priya at the ambulance service.”" in carers.dm("Jo")
    assert ".”." not in carers.dm("Jo")


@pytest.mark.slow
@pytest.mark.parametrize("answer", ["Not me", "", "away"])
async def test_a_no_silence_and_being_away_are_one_to_jo(carers: Stage, answer: str) -> None:
    await jo_asks(carers)
    if answer == "away":
        amir = carers.person("Amir")
        await carers.press_more("Amir", "I'm away until…")
        await amir.fill("Back on", "2026-12-30")
        assert await amir.submit() is None
    await carers.at("2026-11-26 09:30")
    if answer == "Not me":
        await carers.press("Amir", "Not me")
    await carers.at("2026-12-08 18:00")
    assert "call-outs" not in "\n".join(carers.sent("Jo"))
    await carers.at("2026-12-10 09:30")
    heard = [line for line in carers.sent("Jo") if "call-outs" in line]
    assert heard == [
        f"Young carers: about your ask. Nobody has said yes to “{WISH}” so far; many simply pass. "
        "Put it to everyone?"
    ]


async def test_put_to_everyone_it_stands_under_open_now_and_anyone_can_help(carers: Stage) -> None:
    await jo_asks(carers, "Put it to everyone")
    await carers.press("Margaret", "More")
    await carers.person("Margaret").press_in_modal("Open now")
    assert f"Jo (Riverside Hospitals Trust) is after: {WISH}" in carers.modal("Margaret")
    await carers.person("Margaret").press_in_modal("I can help")
    await carers.settle()
    assert "You said you can help." in carers.modal("Margaret")
    await carers.at("2026-11-25 10:00")
    assert "Margaret (Riverside Police) may have it" in carers.dm("Jo")


async def test_a_second_quiet_ask_is_refused_and_the_words_stay(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.person("Jo").close(everything=True)
    await carers.person("Jo").command("/between", "ask a second thing", "young-carers")
    errors = await carers.person("Jo").submit()
    assert errors == {"how": "You have a quiet ask open. Put this one to everyone, or end the other first."}
    assert "a second thing" in carers.modal("Jo")


async def test_got_it_ends_it_for_whoever_was_asked(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await behind_more(carers, "Jo", "Open now", "Got it")
    assert await carers.person("Jo").submit() is None
    assert "Your ask has ended" in carers.modal("Jo")
    await carers.press("Amir", "Yes, introduce us")
    assert "That ask is over" in "\n".join(carers.notes("Amir"))


@pytest.mark.slow
async def test_nobody_is_asked_twice_in_a_week_and_by_two_who_ask(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.person("Margaret").command("/between", "ask who cut repeat call-outs and how", "young-carers")
    assert await carers.person("Margaret").submit() is None
    await carers.at("2026-11-29 18:00")
    asked = [line for line in carers.sent("Amir") if "Might that be you?" in line]
    assert len(asked) == 1


@pytest.mark.slow
async def test_words_just_for_amir_never_lead_to_him(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    await stage.answer("Amir", me="Cutting repeat call-outs keeps me awake.")
    await jo_asks(stage)
    await stage.at("2026-12-08 18:00")
    assert "Might that be you?" not in "\n".join(stage.sent("Amir"))


@pytest.mark.slow
@pytest.mark.parametrize("by", ["Jo", "Amir"])
async def test_who_is_not_to_be_put_together_with_jo_is_as_if_silent(carers: Stage, by: str) -> None:
    other = {"Jo": "Amir (Riverside Fire & Rescue)", "Amir": "Jo (Riverside Hospitals Trust)"}[by]
    await not_with(carers, by, other)
    await jo_asks(carers)
    assert "Asked quietly." in carers.modal("Jo")
    await carers.at("2026-12-10 09:30")
    assert "Might that be you?" not in "\n".join(carers.sent("Amir"))
    assert "Nobody has said yes" in "\n".join(carers.sent("Jo"))


@pytest.mark.slow
async def test_the_digest_shows_what_is_asked_of_everyone_and_thanks_by_name(carers: Stage) -> None:
    await jo_asks(carers, "Put it to everyone")
    await carers.at("2026-11-30 10:00")
    digest = carers.shown(newest_post(carers, "the digest"))
    assert f"• {WISH} — Jo" in digest
    assert "[I can help]" in digest
    await carers.person("Margaret").press(newest_post(carers, "the digest"), "I can help")
    await carers.settle()
    await behind_more(carers, "Jo", "Open now", "Got it")
    await carers.person("Jo").choose_in_modal("Thank somebody by name", "Margaret (Riverside Police)")
    assert await carers.person("Jo").submit() is None
    assert "The next digest thanks Margaret (Riverside Police)." in carers.modal("Jo")
    await carers.at("2026-12-14 10:00")
    assert f"Jo thanks Margaret: “{WISH}”" in carers.shown(newest_post(carers, "the digest"))


@pytest.mark.slow
async def test_an_ask_that_is_taken_back_is_gone_from_the_digest(carers: Stage) -> None:
    await jo_asks(carers, "Put it to everyone")
    await carers.at("2026-11-30 10:00")
    await behind_more(carers, "Jo", "Open now", "Take it back")
    await carers.at("2026-11-30 10:10")
    assert "call-outs — Jo" not in carers.shown(newest_post(carers, "the digest"))


@pytest.mark.slow
async def test_who_was_introduced_lately_goes_last(stage: Stage) -> None:
    names = ("Amir", "Margaret", "Wei", "Aoife")
    await stage.gather("Jo", *names)
    await stage.at("2026-11-25 09:30")
    for name in names:
        await stage.answer(name, organisation=DONE)
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    everybody = await store.people.many(await store.index.people())
    amir = next(id_ for id_, one in everybody.items() if one.name == "Amir")
    one = introduce(None, why=Why.HELP, subject="c1", by="p9", to=amir, now=stage.clock.now())
    await store.introductions.change(group, one.id, lambda _: one)
    await jo_asks(stage)
    await stage.at("2026-11-26 18:00")
    asked = [name for name in names if "Might that be you?" in "\n".join(stage.sent(name))]
    assert asked == ["Margaret", "Wei", "Aoife"]


async def test_whoever_knows_someone_has_nothing_left_to_press_where_the_ask_stood(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "I know someone")
    await carers.person("Amir").fill("A line to them, in your name", "Ask Priya.")
    assert await carers.person("Amir").submit() is None
    await carers.settle()
    assert "[Yes, introduce us]" not in "\n".join(map(carers.shown, carers.dms("Amir")))
