"""What somebody could lend: for everyone to see, or only to be matched."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import amir_offers, jo_asks
from tests.stories.holding import behind_more


async def test_what_amir_offers_only_to_be_matched_is_quoted_to_nobody(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    matched = {"Who sees it": "Only to be matched: never quoted"}
    assert "Shown to nobody" in await amir_offers(stage, "A year of repeat call-out data", matched)
    await jo_asks(stage)
    await stage.at("2026-11-25 09:30")
    assert "You offered something near it." in stage.shown(stage.newest("Amir", "Might that be you?"))
    await stage.press("Amir", "Yes, introduce us")
    await stage.at("2026-11-25 10:00")
    assert "Amir (Riverside Fire & Rescue) may have it" in stage.dm("Jo")
    assert "A year of" not in "\n".join(stage.sent("Jo"))
    await stage.person("Margaret").press(stage.newest("Margaret", "More"), "More")
    await stage.person("Margaret").press_in_modal("What people can lend")
    assert "A year of" not in stage.modal("Margaret")


async def test_an_offer_for_all_stands_on_the_shelf_until_it_is_taken_back(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await amir_offers(stage, "A room on Fridays")
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("What people can lend")
    assert "Amir (Riverside Fire & Rescue): A room on Fridays" in stage.modal("Jo")
    await behind_more(stage, "Amir", "What people can lend", "Take it back")
    await stage.settle()
    assert "A room on Fridays" not in stage.modal("Amir")


async def test_an_offer_for_all_to_see_leads_to_an_introduction(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await amir_offers(stage, "A room on Fridays")
    await behind_more(stage, "Jo", "What people can lend", "Introduce us")
    await stage.at("2026-11-23 10:30")
    heard = "\n".join(stage.dm(name) for name in ("Jo", "Amir"))
    together = "\n".join(
        stage.shown(m) for c in stage.pg.world.channels.values() if c.is_mpim for m in c.messages.values()
    )
    assert "Amir offers “A room on Fridays”, and Jo would like to talk about it." in heard + together


@pytest.mark.slow
async def test_amir_is_asked_by_its_day_whether_it_still_stands_whenever_that_reaches_him(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await amir_offers(stage, "A room on Fridays")
    for day in ("2026-11-25", "2026-12-09", "2026-12-23", "2027-01-06"):
        await stage.at(f"{day} 12:00")
        await stage.press("Amir", "Nothing new")
    await stage.at("2027-01-20 12:00")  # two days before its end
    asked = "Your offer “A room on Fridays” ends on Friday 22 January. Does it still stand?"
    assert f"{asked}\n[It still stands] [Take it back] [Not now]" in stage.shown(stage.newest("Amir", asked))
    await stage.press("Amir", "It still stands")
    assert "until Sunday 21 March, everyone sees it: A room on Fridays" in await behind_more(
        stage, "Amir", "What people can lend"
    )
