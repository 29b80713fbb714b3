"""What we learnt, who is already ahead, what people noticed: in the words of who said so, and by their leave."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Progress, State
from bot.domain.questions import Question
from bot.usecases.retention import forget_old
from bot.views import action_payload
from bot.views.action_payload import ActionPayload
from tests.stage import Stage
from tests.stories.holding import WALK, behind_more, card, commit, say_more

FORMS = "One form for all of us"
LEARNT = "One form fits nobody."


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo")
    await commit(stage, "Amir", FORMS)
    await stage.at("2026-11-25 09:00")
    return stage


async def let_go(stage: Stage, name: str = "Amir", note: str = LEARNT) -> None:
    assert await say_more(stage, name, **{"It is": "Let go", "A line on it": note}) is None
    await stage.settle()


async def learnt(stage: Stage, name: str, words: str = "") -> str:
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    await stage.person(name).command("/between", f"learnt {words}".strip(), "young-carers")
    return stage.modal(name)


async def test_what_was_let_go_stands_there_with_its_words_for_everyone(carers: Stage) -> None:
    await card(carers, "Amir")
    await carers.person("Amir").press_in_modal("Say how it's going")
    assert "What we learn is kept as long as the group." in carers.modal("Amir"), "said where it is written"
    await carers.person("Amir").close(everything=True)
    assert "Nothing was let go or reshaped yet." in await learnt(carers, "Jo")
    await let_go(carers)
    found = await learnt(carers, "Jo")
    assert FORMS in found
    assert "Amir (Riverside Fire & Rescue), let go on Wednesday 25 November." in found
    assert LEARNT in found
    assert "[Pull it back]" not in found
    shown = await behind_more(carers, "Margaret", "What for", "What we learnt")
    assert LEARNT in shown


async def test_it_is_found_by_the_stem_of_words(carers: Stage) -> None:
    await let_go(carers)
    assert LEARNT in await learnt(carers, "Jo", "fitting forms")
    assert "Nothing has all of these words." in await learnt(carers, "Jo", "wards")
    await carers.person("Jo").fill("With the words", "form")
    await carers.person("Jo").submit()
    assert LEARNT in carers.modal("Jo")


async def test_who_said_it_pulls_it_back(carers: Stage) -> None:
    await let_go(carers)
    await learnt(carers, "Amir")
    await carers.person("Amir").press_in_modal("Pull it back")
    await carers.settle()
    assert LEARNT not in carers.modal("Amir")
    assert FORMS in carers.modal("Amir")
    assert LEARNT not in await learnt(carers, "Jo")


async def test_it_stays_when_the_commitment_is_past_keeping_and_can_be_pulled_back_still(carers: Stage) -> None:
    await let_go(carers)
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    for _ in range(2):  # somebody died after the first
        await forget_old(store, group, carers.clock.now() + timedelta(days=367))
    assert FORMS not in [one.what for one in (await store.commitments.all(group)).values()]
    assert LEARNT in await learnt(carers, "Jo", "form")
    await learnt(carers, "Amir")
    await carers.person("Amir").press_in_modal("Pull it back")
    await carers.again("Amir")
    await carers.settle()
    assert LEARNT not in await learnt(carers, "Jo")
    await forget_old(store, group, carers.clock.now() + timedelta(days=3670))
    assert FORMS in await learnt(carers, "Jo")


@pytest.mark.slow
async def test_many_are_on_pages_and_the_words_hold_on_each(carers: Stage) -> None:
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    (id_,) = [key for key, one in (await store.commitments.all(group)).items() if one.what == FORMS]
    amir = (await store.commitments.get(group, id_)).made_by  # type: ignore[union-attr]
    now = carers.clock.now()
    many = tuple(
        Progress(at=now - timedelta(hours=n), by=amir, state=State.CHANGED, note=f"Form {n}.") for n in range(40)
    )
    await store.commitments.change(group, id_, lambda c: c and replace(c, history=many))
    await learnt(carers, "Jo", "forms")
    assert "Form 0." in carers.modal("Jo")
    await carers.person("Jo").press_in_modal("Next")
    await carers.settle()
    assert "Form 15." in carers.modal("Jo")
    assert "With the words: [forms]" in carers.modal("Jo")


# -- what people noticed ---------------------------------------------------------------------------

CALM = "The mornings are calmer."


async def noticed(stage: Stage, name: str, text: str, *ticked: str) -> dict[str, str] | None:
    fields: dict[str, str | list[str]] = {"What did people notice?": text, "What they noticed may": [*ticked]}
    return await say_more(stage, name, **fields)


def digest(stage: Stage) -> str:
    return [stage.shown(one) for one in stage.posts() if "the digest" in stage.shown(one)][-1]


async def test_what_people_noticed_opens_the_digest_where_she_ticked_so(carers: Stage) -> None:
    assert await noticed(carers, "Jo", CALM, "may_lead") is None
    await carers.at("2026-11-27 12:00")
    assert f"*What people noticed*, Jo (Riverside Hospitals Trust)\n> {CALM}" in digest(carers).replace(
        "    | ", ""
    )


async def test_without_a_tick_it_does_not(carers: Stage) -> None:
    assert await noticed(carers, "Jo", CALM) is None
    await carers.at("2026-11-27 12:00")
    assert "What people noticed" not in digest(carers)
    assert CALM not in digest(carers)


async def test_others_are_not_named_in_what_opens_it(carers: Stage) -> None:
    said = await noticed(carers, "Jo", "Amir made the mornings calmer.", "may_lead")
    assert said == {
        "noticed": "This names Amir, and the digest opens with nobody's name but yours. "
        "Say it without, or untick the box."
    }
    assert await noticed(carers, "Jo", "Amir made the mornings calmer.") is None
    await carers.at("2026-11-27 12:00")
    assert "calmer" not in digest(carers)


# -- already ahead ---------------------------------------------------------------------------------


async def ahead(stage: Stage, name: str) -> str:
    return await behind_more(stage, name, "What for", "Who is already ahead")


@pytest.mark.slow
async def test_with_consent_what_was_noticed_stands_under_already_ahead_credited_to_the_place(
    carers: Stage,
) -> None:
    assert "Nothing yet." in await ahead(carers, "Amir")
    assert await noticed(carers, "Jo", CALM, "may_show") is None
    found = await ahead(carers, "Amir")
    assert "*Riverside Hospitals Trust*" in found
    assert "Said by Jo on Wednesday 25 November" in found
    assert CALM in found
    assert "[Ask for a visit]" in found
    assert "[Offer a visit or a call]" in await ahead(carers, "Jo")


async def test_an_offer_of_a_visit_leads_to_an_introduction(carers: Stage) -> None:
    await noticed(carers, "Jo", CALM, "may_show")
    await ahead(carers, "Jo")
    await carers.person("Jo").press_in_modal("Offer a visit or a call")
    assert f"A visit or a call, about: {CALM}" in carers.modal("Jo")
    assert await carers.person("Jo").submit() is None
    await carers.again("Jo")
    await carers.person("Jo").close(everything=True)
    assert "[Change your offer]" in await ahead(carers, "Jo")
    await ahead(carers, "Amir")
    await carers.person("Amir").press_in_modal("Ask for the visit or call")
    await carers.settle()
    await carers.at("2026-11-25 11:00")
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    (made,) = (await store.introductions.all(group)).values()
    assert {made.asked_by, made.to} == {await person_id(carers, "Amir"), await person_id(carers, "Jo")}


async def person_id(stage: Stage, name: str) -> str:
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    leaders = await store.leaders.all(group)
    people = await store.people.many(leaders)
    return next(id_ for id_, one in people.items() if one.name == name)


async def test_where_none_is_offered_a_visit_is_asked_for_by_an_ask(carers: Stage) -> None:
    await noticed(carers, "Jo", CALM, "may_show")
    await ahead(carers, "Amir")
    await carers.person("Amir").press_in_modal("Ask for a visit")
    assert f"A visit or a call at Riverside Hospitals Trust, about: {CALM}" in carers.modal("Amir")
    assert await carers.person("Amir").submit() is None
    assert "Asked quietly." in carers.modal("Amir")


async def test_pulled_back_or_of_who_has_left_it_is_gone(carers: Stage) -> None:
    await noticed(carers, "Jo", CALM, "may_show")
    await ahead(carers, "Amir")
    await card(carers, "Jo")
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    hers = next(id_ for id_, one in (await store.commitments.all(group)).items() if one.what == WALK)
    aimed = action_payload.write(ActionPayload(group=group, subject=hers))
    await carers.person("Jo").press_in_modal("History", aimed)
    await carers.person("Jo").press_in_modal("Pull it back")
    await carers.settle()
    await carers.person("Amir").press_in_modal("Ask for a visit")
    await carers.settle()
    assert "That was pulled back, or whoever said it has left." in carers.modal("Amir")
    assert CALM not in await ahead(carers, "Amir")


async def test_an_answer_to_the_rounds_question_stands_there_once_its_digest_is_posted(carers: Stage) -> None:
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    ((name, _),) = (await store.rounds.all(group)).items()
    await store.rounds.change(group, name, lambda one: one and replace(one, question=Question.ALREADY_AHEAD))
    await carers.answer("Jo", question="Leeds rings every family first.")
    assert "Leeds" not in await ahead(carers, "Amir")
    await carers.at("2026-11-27 12:00")
    found = await ahead(carers, "Amir")
    assert "*Riverside Hospitals Trust*" in found
    assert "Leeds rings every family first." in found
    await carers.at("2026-11-27 16:01")
    brief = carers.shown(carers.briefs()[-1])
    assert "Leeds rings every family first. — already ahead, says Riverside Hospitals Trust" in brief
