"""Slack stacks three modals. No way behind *More* asks for a fourth, and closing one leads to where it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from playground.actor import PersonCannot
from playground.forms import elements
from playground.traffic import ApiCall
from tests.stage import Stage

Json = dict[str, Any]
Way = tuple[tuple[str, str], ...]
"""Buttons behind *More*, each by its words and its value."""

DEEPEST = 4
MORE = (
    "Answer",
    "See commitments",
    "Open now",
    "What people can lend",
    "What for",
    "For you",
    "Change my settings",
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Jo has a commitment and asks for something."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.person("Jo").command("/commit", "Walk the ward at half past four", "young-carers")
    assert await stage.send("Jo", {}) is None
    await stage.person("Jo").command("/between", "ask Somebody who has cut repeat call-outs", "young-carers")
    assert await stage.send("Jo", {"How": "Put it to everyone"}) is None
    return stage


def buttons(view: Json) -> Iterator[tuple[str, str]]:
    """All but those that ask whether one is sure."""
    for _, one in elements(view["blocks"]):
        if one["type"] == "button" and "url" not in one and "confirm" not in one:
            yield one["text"]["text"], one.get("value", "")


def stack(stage: Stage) -> list[str]:
    return [view.id for view in stage.pg.world.modals.get(stage.person("Jo").id, [])]


async def more(stage: Stage) -> None:
    jo = stage.person("Jo")
    if jo.modal:
        await jo.close(everything=True)
    await jo.command("/between", "", "young-carers")


async def press(stage: Stage, button: tuple[str, str]) -> list[ApiCall]:
    """By Jo, on the form on top; gives what Slack was asked for."""
    before = len(stage.pg.world.traffic.log)
    await stage.person("Jo").press_in_modal(button[0], button[1] or None)
    await stage.settle()
    calls = list(stage.pg.world.traffic.log)[before:]
    return [one for one in calls if isinstance(one, ApiCall) and one.method.startswith("views.")]


async def walk(stage: Stage, way: Way) -> list[str]:
    """Jo presses those buttons, from *More* on. What she has seen, each on top of the one before."""
    await more(stage)
    jo, seen = stage.person("Jo"), [stage.modal("Jo")]
    for button in way:
        was = stack(stage)
        calls = await press(stage, button)
        typed = [words for words, _ in way]
        assert not [one.refusal for one in calls if one.refusal], typed
        assert len(stack(stage)) <= 3, typed
        moved_down = [one for one in calls if one.method == "views.update" and one.args["view_id"] != was[-1]]
        if len(stack(stage)) == len(was) and not moved_down:
            seen.pop()
        seen += [stage.modal("Jo")] if jo.modal else []
    return seen


@pytest.mark.slow
async def test_no_way_behind_more_is_deeper_than_three_and_each_leads_back(carers: Stage) -> None:
    jo, known, todo, walked, deep = carers.person("Jo"), set[tuple[str, str, int]](), [Way()], 0, 0
    while todo:
        way = todo.pop(0)
        try:
            seen = await walk(carers, way)
        except PersonCannot:  # what a press before it brought about
            continue
        content = jo.modal.content if jo.modal else {"blocks": (), "title": {"text": ""}}
        walked, deep = walked + 1, deep + (len(seen) > 3)
        for shown in reversed(seen[-3:]):
            assert carers.modal("Jo") == shown, f"back from {[words for words, _ in way]}"
            await jo.close()
        assert not jo.modal
        for one in buttons(content) if len(way) < DEEPEST else ():
            key = (content["title"]["text"], one[0], len(seen))
            if key not in known:
                known.add(key)
                todo.append((*way, one))
    assert {("Between", door, 1) for door in MORE} <= known
    assert walked > 60
    assert deep > 6


async def test_what_for_stands_in_the_place_of_more_and_leads_back_to_it(carers: Stage) -> None:
    await more(carers)
    shown = carers.modal("Jo")
    await press(carers, ("What for", ""))
    assert len(stack(carers)) == 1
    await press(carers, ("Back to More", ""))
    assert carers.modal("Jo") == shown
    assert len(stack(carers)) == 1


async def test_what_was_typed_in_the_third_form_is_there_still_when_she_comes_back(carers: Stage) -> None:
    await more(carers)
    await press(carers, ("See commitments", ""))
    await press(carers, ("Change its words", ""))
    await carers.person("Jo").fill("What will you do?", "Walk two wards")
    shown = carers.modal("Jo")
    await press(carers, ("Who is that?", ""))
    assert "Walk two wards" not in carers.modal("Jo")
    await carers.person("Jo").close()
    assert carers.modal("Jo") == shown.replace("Walk the ward at half past four", "Walk two wards")
    assert await carers.person("Jo").submit() is None
    await carers.settle()
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    (kept,) = (await store.commitments.all(group)).values()
    assert kept.what == "Walk two wards"


async def test_from_a_check_in_later_today_is_there_still_after_what_for(carers: Stage) -> None:
    await carers.at("2026-11-25 09:00")
    await carers.press("Jo", "More")
    shown = carers.modal("Jo")
    assert "[Later today]" in shown
    await press(carers, ("What for", ""))
    await press(carers, ("Back to More", ""))
    assert carers.modal("Jo") == shown


WHO = (("See commitments", ""), ("Change its words", ""), ("Who is that?", ""))


async def test_another_bot_that_did_not_see_the_second_leads_back_to_the_third_and_then_to_more(
    carers: Stage,
) -> None:
    await more(carers)
    menu, jo = carers.modal("Jo"), carers.person("Jo")
    for button in WHO[:2]:
        await press(carers, button)
    shown = carers.modal("Jo")
    carers.bot.deps.stacked.forget(stack(carers)[1])
    await press(carers, WHO[2])
    await jo.close()
    assert carers.modal("Jo") == shown
    await jo.close()
    assert carers.modal("Jo") == menu


async def test_a_save_after_a_look_at_a_fourth_is_drawn_in_the_sheet_that_it_came_from(carers: Stage) -> None:
    jo = carers.person("Jo")
    await walk(carers, (("See commitments", ""), ("Say how it's going", ""), ("Who is that?", "")))
    await jo.close()
    await jo.choose_in_modal("It is", "Done")
    assert await jo.submit() is None
    await carers.settle()
    while "== Commitments ==" not in carers.modal("Jo"):
        await jo.close()
    assert "Done, since today." in carers.modal("Jo")
    await jo.close()
    assert not jo.modal


async def test_the_sheet_of_commitments_has_what_was_added_changed_or_taken_out_on_top_of_it(carers: Stage) -> None:
    jo = carers.person("Jo")

    async def fill(words: str) -> None:
        await jo.fill("What will you do?", words)
        assert await jo.submit() is None
        await carers.settle()

    async def below() -> str:
        await jo.close()
        return carers.modal("Jo")

    await walk(carers, (("See commitments", ""), ("Add a commitment", "")))
    await fill("Keep six beds")
    await jo.press_in_modal("Change")
    await fill("Keep five beds")
    shown = await below()
    assert "*Keep five beds*" in shown
    assert "six beds" not in shown
    await walk(carers, (("See commitments", ""), ("Add a commitment", "")))
    await fill("Ring each school")
    await jo.press_in_modal("Take it out")
    await carers.settle()
    assert "Ring each school" not in await below()
    await walk(carers, (("See commitments", ""), ("Add a commitment", "")))
    await fill("Lend a room")
    await jo.press_in_modal("Add a commitment")
    await fill("Paint the room")
    await jo.press_in_modal("Take it out")
    await jo.press_in_modal("Add a commitment")
    await fill("Heat the room")
    shown = await below()
    assert "*Lend a room*" in shown
    assert "*Heat the room*" in shown
    await carers.person("Amir").command("/between", "commitments", "young-carers")
    await carers.person("Amir").press_in_modal("Add a commitment")
    await carers.person("Amir").fill("What will you do?", "Lend a van")
    assert await carers.person("Amir").submit() is None
    await carers.person("Amir").close()
    await carers.person("Amir").press_in_modal("Change its words")
    await carers.person("Amir").fill("What will you do?", "Lend two vans")
    assert await carers.person("Amir").submit() is None
    await carers.person("Amir").close()
    assert "*Lend two vans*" in carers.modal("Amir")
