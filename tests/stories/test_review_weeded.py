"""What a review would weed: one may be suggested to stop, and its maker decides."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import say_more
from tests.stories.reviewing import (
    AFTER,
    FORMS,
    all_place,
    post,
    start,
)
from tests.stories.test_review import carers

__all__ = ["carers"]


async def suggest(stage: Stage, name: str) -> None:
    await stage.person(name).press(stage.replies(post(stage))[-1], "Suggest stopping one")
    await stage.person(name).choose_in_modal("Which one", FORMS)
    assert await stage.person(name).submit() is None
    await stage.settle()
    assert "They decide alone" in stage.modal(name)
    await stage.person(name).close(everything=True)


@pytest.fixture
async def weeded(carers: Stage) -> Stage:
    await start(carers)
    await all_place(carers)
    await carers.at(AFTER)
    await suggest(carers, "Wei")
    return carers


@pytest.mark.slow
async def test_what_some_would_weed_its_maker_may_let_go(weeded: Stage) -> None:
    await suggest(weeded, "Aoife")
    await weeded.at("2026-12-09 12:00")
    asked = weeded.newest("Amir", "suggests stopping it")
    words = f"In the review some would weed “{FORMS}”, and Wei (Millrace Housing) suggests stopping it."
    assert words in weeded.shown(asked)
    await weeded.person("Amir").press(asked, "Let it go…")
    assert "What did we learn?" in weeded.modal("Amir")
    await weeded.person("Amir").fill("What did we learn?", "One form fits nobody.")
    assert await weeded.person("Amir").submit() is None
    await weeded.settle()
    assert "suggests stopping it" not in weeded.dm("Amir")
    await weeded.at("2026-12-11 10:05")
    assert "One form fits nobody." in "\n".join(map(weeded.shown, weeded.posts()))


@pytest.mark.slow
async def test_let_go_from_the_list_he_is_asked_no_more_where_it_was_put(weeded: Stage) -> None:
    await weeded.at("2026-12-09 12:00")
    assert "suggests stopping it" in weeded.dm("Amir")
    await say_more(weeded, "Amir", **{"It is": "Let go"})
    assert "suggests stopping it" not in "".join(map(weeded.shown, weeded.dms("Amir")))


@pytest.mark.slow
async def test_who_suggests_it_after_wei_is_not_told_that_their_own_name_goes_with_it(weeded: Stage) -> None:
    await weeded.person("Aoife").press(post(weeded), "Read what it showed")
    await weeded.person("Aoife").press_in_modal("Suggest stopping one")
    assert "with the name of whoever suggests it first" in weeded.modal("Aoife")
    await weeded.person("Aoife").choose_in_modal("Which one", FORMS)
    assert await weeded.person("Aoife").submit() is None
    assert "in the name of whoever suggests it first" in weeded.modal("Aoife")


@pytest.mark.slow
async def test_what_its_maker_left_behind_is_suggested_to_nobody(carers: Stage) -> None:
    await start(carers)
    await all_place(carers)
    await carers.at(AFTER)
    await carers.person("Wei").press(post(carers), "Read what it showed")
    await carers.person("Wei").press_in_modal("Suggest stopping one")
    await carers.person("Wei").choose_in_modal("Which one", FORMS)
    await carers.press("Amir", "Leave")
    refused = await carers.person("Wei").submit()
    assert refused
    assert "Choose one of those that are open still" in str(refused)
    await carers.person("Wei").close(everything=True)
    await carers.person("Wei").press(post(carers), "Read what it showed")
    await carers.person("Wei").press_in_modal("Suggest stopping one")
    assert "There is nobody to suggest it to." in carers.modal("Wei")


@pytest.mark.slow
async def test_kept_it_is_and_nobody_is_told(weeded: Stage) -> None:
    await weeded.at("2026-12-09 12:00")
    before = {name: weeded.dm(name) for name in ("Wei", "Sam", "Aoife")}
    await weeded.person("Amir").press(weeded.newest("Amir", "suggests stopping it"), "Keep it")
    await weeded.settle()
    assert "suggests stopping it" not in weeded.dm("Amir")
    assert {name: weeded.dm(name) for name in before} == before
    store = weeded.bot.deps.store
    (group,) = await store.index.groups()
    (one,) = (await store.reviews.all(group)).values()
    assert [stop.commitment_id for stop in one.stops]
    assert "kept" not in repr(one)
