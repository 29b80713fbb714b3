"""Asks and offers in bad luck: who asked has left, words changed meanwhile, too many say yes, another presses."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.asks import Ask, KnowsSomeone, Yes
from bot.domain.news import News, NewsCode
from bot.views import action_payload
from bot.views.action_payload import ActionPayload
from bot.views.asks import GOT_IT, KNOW
from tests.stage import Stage
from tests.stories.asking import LEND, WISH, jo_asks, person_id, the_ask, the_group
from tests.stories.holding import behind_more
from tests.stories.introducing import not_with
from tests.stories.test_asks import carers

__all__ = ["carers"]

OVER = "That ask is over"
SECOND = timedelta(seconds=1)


async def leaves(stage: Stage, name: str, *, redrawn: bool = True) -> None:
    """`redrawn`: what was put to others has lost its buttons by then."""
    await stage.person(name).press(stage.dms(name)[0], "Leave")
    if redrawn:
        await stage.settle()


@pytest.mark.slow
async def test_a_yes_to_somebody_who_has_left_is_told_that_the_ask_is_over(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await leaves(carers, "Jo", redrawn=False)
    await carers.press("Amir", "Yes, introduce us")
    assert OVER in "\n".join(carers.notes("Amir"))
    assert (await the_ask(carers)).yeses == ()


@pytest.mark.slow
async def test_who_said_yes_has_left_and_jo_is_not_told_that_her_ask_is_over(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    await leaves(carers, "Amir")
    await carers.person("Jo").close(everything=True)
    await carers.press("Jo", "Introduce us")
    assert "They have left the group meanwhile, so I write to nobody." in carers.notes("Jo")[-1]
    assert f"You, asked quietly: {WISH}" in await behind_more(carers, "Jo", "Open now")


@pytest.mark.slow
async def test_a_line_to_somebody_who_has_left_is_not_begun(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await leaves(carers, "Jo", redrawn=False)
    await carers.press("Amir", "I know someone")
    assert carers.person("Amir").modal is None
    assert OVER in "\n".join(carers.notes("Amir"))


@pytest.mark.slow
async def test_nobodys_week_is_taken_for_somebody_who_has_left(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await leaves(carers, "Jo")
    await carers.at("2026-12-03 09:30")
    assert len((await the_ask(carers)).waves) == 1


async def test_a_quiet_asks_words_open_for_nobody_who_was_not_asked(carers: Stage) -> None:
    """By a press as a forger would send it, with the ask's id and nobody's name in it."""
    await jo_asks(carers)
    group, id_ = await the_group(carers), (await the_ask(carers)).id
    margaret = carers.person("Margaret")
    for action in (KNOW, GOT_IT):
        await carers.press("Margaret", "More")
        await margaret.close(everything=True)
        last = [d for d in carers.pg.world.traffic.deliveries if d.payload.get("actions")][-1]
        value = action_payload.write(ActionPayload(group=group, subject=id_))
        last.payload["actions"][0] |= {"action_id": f"{action}:{id_}", "value": value}
        await carers.again("Margaret")
        assert margaret.modal is None or WISH not in carers.modal("Margaret")
    assert len([note for note in carers.notes("Margaret") if OVER in note or "somebody else's" in note]) == 2


async def test_what_is_said_of_an_offer_that_was_taken_back_is_true(carers: Stage) -> None:
    await carers.press("Amir", "More")
    amir = carers.person("Amir")
    await amir.press_in_modal("Open now")
    await amir.press_in_modal("What people can lend")
    await amir.press_in_modal("Offer something")
    await amir.fill(LEND, "A van")
    assert await amir.submit() is None
    await amir.press_in_modal("What people can lend")
    await amir.press_in_modal("Change it")
    group = await the_group(carers)
    offer = next(iter((await carers.bot.deps.store.offers.all(group)).values()))
    ended = carers.clock.now()

    await carers.bot.deps.store.offers.change(
        group, offer.id, lambda stored: stored and replace(stored, ended_at=ended)
    )
    await amir.fill(LEND, "A van and a driver")
    refused = await amir.submit()
    assert "Everyone in the group can see it" not in carers.modal("Amir")
    assert refused or "taken back" in carers.modal("Amir")
    assert "A van and a driver" in carers.modal("Amir")


@pytest.mark.slow
async def test_whoever_says_yes_beyond_six_is_told_of_too_and_can_be_introduced(carers: Stage) -> None:
    """Two hundred may press *I can help*, or *I know someone*."""
    await jo_asks(carers, "Put it to everyone")
    group, ask, amir = await the_group(carers), await the_ask(carers), await person_id(carers, "Amir")
    at = carers.clock.now()
    others, last = [(f"gone{n}", at + n * SECOND) for n in range(7)], at + 7 * SECOND

    def all_answered(stored: Ask | None) -> Ask:
        assert stored
        lines = [News(code=NewsCode.ASK_KNOWS, to=stored.by, by=one, at=said) for one, said in others]
        return replace(
            stored,
            yeses=(Yes(by=amir, at=last),),
            known=tuple(KnowsSomeone(by=one, words="Ask Ben.", at=said) for one, said in others),
            news=(*lines, News(code=NewsCode.ASK_YES, to=stored.by, by=amir, at=last)),
        )

    await carers.bot.deps.store.asks.change(group, ask.id, all_answered)
    await carers.bot.deps.store.due.look_at(group, at)
    await carers.at("2026-11-27 12:00")
    told = "\n".join(map(carers.shown, carers.dms("Jo")))
    assert "And 2 more, to come." in told
    assert "Amir (Riverside Fire & Rescue) may have it" in told
    await carers.person("Jo").close(everything=True)
    await carers.press("Jo", "Introduce us")
    assert "I try to open" in carers.modal("Jo")


async def test_a_press_before_we_noted_what_was_put_is_answered_all_the_same(carers: Stage) -> None:
    """Whoever sent the letter died right after, and nobody has taken it up yet."""
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    group, amir = await the_group(carers), await person_id(carers, "Amir")
    await carers.bot.deps.store.attention.change(group, amir, lambda _: None)
    await carers.press("Amir", "Not me")
    assert "That's fine. Nobody is told." in "\n".join(carers.notes("Amir"))


@pytest.mark.slow
async def test_not_now_after_two_yeses_claims_nothing(carers: Stage) -> None:
    """Both buttons stand still on a screen that was not drawn anew."""
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    await carers.person("Jo").close(everything=True)
    news = carers.newest("Jo", "[Introduce us]")
    before = deepcopy(news.blocks)
    await carers.press("Jo", "Introduce us")
    await carers.person("Jo").close(everything=True)
    news.blocks = before
    await carers.press("Jo", "Not now")
    assert "Left there" not in carers.dm("Jo")
    assert "You said yes to that already" in carers.dm("Jo")


@pytest.mark.slow
async def test_whoever_is_thanked_and_leaves_is_thanked_all_the_same(carers: Stage) -> None:
    await jo_asks(carers, "Put it to everyone")
    await carers.person("Jo").press_in_modal("Open now")
    await carers.person("Jo").press_in_modal("Got it")
    await carers.person("Jo").choose_in_modal("Thank somebody by name", "Margaret (Riverside Police)")
    assert await carers.person("Jo").submit() is None
    await leaves(carers, "Margaret")
    await carers.at("2026-11-30 10:00")
    assert f"Jo thanks Margaret: “{WISH}”" in "\n".join(map(carers.shown, carers.posts()))


async def test_an_ask_of_markup_and_turned_letters_is_shown_as_typed_to_whom_it_is_put(carers: Stage) -> None:
    wish = "repeat call-outs <@U0SAM> <https://evil.example|x> *b* \u202eturned &amp; 👩🏽‍🚒"
    await carers.press("Jo", "More")
    jo = carers.person("Jo")
    await jo.press_in_modal("Ask for something")
    await jo.fill("I'm after", wish)
    assert await jo.submit() is None
    await carers.at("2026-11-26 09:30")
    asked = carers.shown(carers.newest("Amir", "Might that be you?"))
    assert "<@U0SAM> <https://evil.example|x> *b*" in asked
    assert "\u202e" not in asked
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    assert "may have it" in carers.dm("Jo")


@pytest.mark.slow
@pytest.mark.parametrize("gone", ["Jo", "Amir"])
async def test_introduced_and_one_leaves_before_it_opens_the_other_is_told(carers: Stage, gone: str) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.at("2026-11-26 09:40")
    await carers.person("Jo").close(everything=True)
    await leaves(carers, "Amir") if gone == "Amir" else None
    await carers.press("Jo", "Introduce us")
    if gone == "Amir":
        assert "They have left the group meanwhile" in carers.notes("Jo")[-1]
        return
    await leaves(carers, "Jo")
    await carers.at("2026-11-27 12:00")
    assert ": an introduction." in carers.shown(carers.newest("Amir", ": an introduction."))


async def test_a_yes_pressed_twice_is_one(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.at("2026-11-26 09:30")
    await carers.press("Amir", "Yes, introduce us")
    await carers.again("Amir")
    await carers.at("2026-11-26 09:40")
    assert len((await the_ask(carers)).yeses) == 1
    assert "\n".join(carers.sent("Jo")).count("may have it") == 1


@pytest.mark.slow
@pytest.mark.parametrize("by", ["Jo", "Amir"])
@pytest.mark.parametrize("put", [False, True], ids=["before the letter", "after it"])
async def test_put_apart_after_it_was_planned_amir_is_not_asked_and_jo_hears_as_of_silence(
    carers: Stage, by: str, put: bool
) -> None:
    await jo_asks(carers)
    await carers.person("Jo").close(everything=True)
    if put:
        await carers.at("2026-11-26 09:30")
    other = {"Jo": "Amir (Riverside Fire & Rescue)", "Amir": "Jo (Riverside Hospitals Trust)"}[by]
    await not_with(carers, by, other)
    await carers.at("2026-11-26 10:30")
    if put:
        await carers.press("Amir", "Yes, introduce us")
        assert OVER in "\n".join(carers.notes("Amir"))
    else:
        assert "Might that be you?" not in "\n".join(carers.sent("Amir"))
    await carers.at("2026-12-10 09:30")
    assert "may have it" not in "\n".join(carers.sent("Jo"))
    assert "Nobody has said yes" in "\n".join(carers.sent("Jo"))


async def test_jo_is_told_before_she_thanks_that_her_quiet_words_stand_beside_it(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.person("Jo").press_in_modal("Open now")
    await carers.person("Jo").press_in_modal("Got it")
    assert "Thanks stand in the next digest, beside these words" in carers.modal("Jo")
