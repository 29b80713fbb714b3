"""A press takes the words that its message shows. Where they have changed since, the new ones are shown first, and
it is asked again."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.domain.as_read import version_of
from bot.views import action_payload
from playground.faults import Fault
from tests.handlers.conftest import forge, last_payload
from tests.stage import Stage
from tests.stories.asking import LEND, amir_offers
from tests.stories.holding import (
    WALK,
    behind_more,
    card,
    commit,
    joined_in,
    news_to,
    reword,
    say,
    suggest,
)

pytestmark = pytest.mark.slow

FIRST = "Walk both wards"
LATER = "Walk the ward every night until Easter"
STEP = "Ring the housing lead"
CHANGED = "Find twenty homes by Easter"
AGAIN = f"Its words have changed since you read them, so nothing is done yet. They are now: “{CHANGED}”."


@pytest.fixture
async def offered(stage: Stage) -> Stage:
    """Margaret has read Jo's first words, and is not told of the later ones before tomorrow."""
    await joined_in(stage)
    await stage.at("2026-11-24 10:00")
    await suggest(stage, "Jo", FIRST)
    await stage.at("2026-11-24 12:00")
    assert f"“{FIRST}”" in stage.dm("Margaret")
    await suggest(stage, "Jo", LATER)
    await stage.at("2026-11-24 13:00")
    assert LATER not in stage.dm("Margaret")
    return stage


async def test_margaret_who_would_take_what_jo_has_put_otherwise_reads_that_first(offered: Stage) -> None:
    await offered.press("Margaret", "Use these words")
    assert "Jo (Hospitals Trust) has put it otherwise since, so nothing is done yet." in offered.dm("Margaret")
    assert f"By now they suggest: “{LATER}”." in offered.dm("Margaret")
    assert f"*{WALK}*" in await card(offered, "Margaret")


async def test_margaret_takes_them_by_her_second_press_and_hears_no_more_of_it(offered: Stage) -> None:
    await offered.press("Margaret", "Use these words")
    told = len(news_to(offered, "Margaret"))
    await offered.press("Margaret", "Use these words")
    assert f"*{LATER}*" in await card(offered, "Margaret")
    assert "[Use these words]" not in offered.dm("Margaret")
    await offered.at("2026-11-25 12:00")
    assert len(news_to(offered, "Margaret")) == told
    assert f"took your words: “{LATER}”." in news_to(offered, "Jo")[-1]


async def test_margaret_who_leaves_the_first_words_has_not_left_those_she_has_not_read(offered: Stage) -> None:
    await offered.press("Margaret", "Leave it")
    assert f"By now they suggest: “{LATER}”." in offered.dm("Margaret")
    await offered.press("Margaret", "Use these words")
    assert f"*{LATER}*" in await card(offered, "Margaret")


async def test_margaret_reads_them_also_where_slack_won_t_have_her_message_changed(offered: Stage) -> None:
    message = offered.newest("Margaret", "[Use these words]")
    offered.pg.world.faults.order(Fault("ratelimited", seconds=60), method="chat.update")
    await offered.person("Margaret").press(message, "Use these words")
    await offered.settle()
    assert f"By now they suggest: “{LATER}”." in offered.notes("Margaret")[-1]
    await offered.press("Margaret", "Use these words")
    assert f"*{LATER}*" in await card(offered, "Margaret")


@pytest.mark.parametrize("untold", [True, False])
async def test_a_button_of_before_december_takes_what_margaret_was_told_of(stage: Stage, untold: bool) -> None:
    """It does not say which words stand beside it."""
    await joined_in(stage)
    await stage.at("2026-11-24 10:00")
    await suggest(stage, "Jo", FIRST)
    await stage.at("2026-11-24 12:00")
    if untold:
        await suggest(stage, "Jo", LATER)
    await behind_more(stage, "Margaret")
    await stage.person("Margaret").press(stage.newest("Margaret", "[Use these words]"), "Leave it")
    payload = last_payload(stage, "block_actions")
    action = payload["actions"][0]
    old = replace(action_payload.read(action["value"]), words="")
    if not untold:  # left by the press above
        await suggest(stage, "Jo", FIRST)
        await stage.at("2026-11-25 12:00")
    action |= {"value": action_payload.write(old), "action_id": action["action_id"].replace("leave", "take")}
    assert (await forge(stage, payload)).ok
    assert (f"*{FIRST}*" in await card(stage, "Margaret")) is not untold


@pytest.fixture
async def passed(stage: Stage) -> Stage:
    """Amir is asked to take up what Jo then puts otherwise."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-12-08 09:30")
    await commit(stage, "Jo", STEP)
    await say(stage, "Jo", **{"Pass it on": "Amir (Riverside Fire & Rescue)"})
    await stage.at("2026-12-09 10:30")
    assert f"would pass on “{STEP}”" in stage.dm("Amir")
    await reword(stage, "Jo", CHANGED)
    return stage


async def test_amir_reads_the_new_words_before_he_takes_up_what_was_changed(passed: Stage) -> None:
    put = passed.newest("Amir", "[Take it up]")
    await passed.press("Amir", "Take it up")
    assert AGAIN in passed.notes("Amir")[-1]
    assert f"would pass on “{CHANGED}”" in passed.shown(put)
    assert "Tended by Jo" in await card(passed, "Amir")
    await passed.person("Amir").press(put, "Take it up")
    await passed.settle()
    assert f"*{CHANGED}*" in await card(passed, "Amir")
    assert "Tended by Amir" in passed.modal("Amir")


async def test_amir_takes_it_up_also_where_slack_won_t_have_what_put_it_to_him_changed(passed: Stage) -> None:
    passed.pg.world.workspaces[passed.person("Amir").user.team_id].edit_minutes = 1
    await passed.at("2026-12-09 10:40")
    await passed.person("Amir").press(passed.newest("Amir", "[Take it up]"), "Take it up")
    await passed.settle()
    assert f"would pass on “{STEP}”" in passed.dm("Amir")
    assert AGAIN in passed.notes("Amir")[-1]
    await passed.press("Amir", "Take it up")
    await passed.settle()
    assert "Tended by Amir" in await card(passed, "Amir")


async def test_so_amir_does_on_his_home(passed: Stage) -> None:
    amir = passed.person("Amir")
    await amir.open_home()
    await reword(passed, "Jo", STEP)
    await amir.press_home("Take it up")
    await passed.settle()
    assert f"They are now: “{STEP}”." in passed.modal("Amir")
    await amir.press_in_modal("Take it up")
    await passed.settle()
    assert "Tended by Amir" in await card(passed, "Amir")


@pytest.mark.parametrize("button", ["Join in", "I can help", "Take it up"])
async def test_on_a_card_that_lay_open_amir_reads_the_new_words_first(passed: Stage, button: str) -> None:
    name = "Amir" if button == "Take it up" else "Margaret"
    await reword(passed, "Jo", STEP)
    await card(passed, name)
    await reword(passed, "Jo", CHANGED)
    await passed.person(name).press_in_modal(button)
    await passed.settle()
    assert AGAIN in passed.modal(name)
    assert name not in await who_is_with_it(passed, "Sam")
    await passed.person("Sam").close(everything=True)
    await passed.person(name).press_in_modal(button)
    await passed.settle()
    assert name in await who_is_with_it(passed, "Sam")


async def who_is_with_it(stage: Stage, name: str) -> str:
    """Who tends it and who can help, and not whose words are quoted."""
    return "\n".join(line for line in (await card(stage, name)).splitlines() if "Tended" in line or "help." in line)


async def test_margaret_can_help_with_what_the_digest_shows(stage: Stage) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    await commit(stage, "Jo", STEP)
    await say(stage, "Jo", **{"It is": "Stuck, want help"})
    await stage.at("2026-11-27 12:00")
    digest = stage.digest()
    assert STEP in stage.shown(digest)
    stage.pg.world.faults.order(Fault("ratelimited"), method="chat.update")
    await reword(stage, "Jo", CHANGED)
    await stage.person("Margaret").press(digest, "I can help")
    await stage.settle()
    assert AGAIN in stage.notes("Margaret")[-1]
    assert "Margaret" not in await who_is_with_it(stage, "Sam")
    await stage.press("Margaret", "I can help")
    assert "Margaret" in await who_is_with_it(stage, "Sam")


async def test_jo_says_that_the_step_happened_which_her_message_shows(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-24 09:30")
    await commit(stage, "Jo", WALK, **{"First step": STEP, "On which day": "2026-11-26"})
    await stage.at("2026-11-27 12:00")
    await behind_more(stage, "Jo", "For you")
    assert f"“{STEP}”" in stage.modal("Jo")
    jo = stage.person("Jo")
    # in another window
    group = (await stage.bot.deps.store.index.groups())[0]
    commitments = stage.bot.deps.store.commitments
    (id_,) = await commitments.all(group)
    await commitments.change(
        group, id_, lambda one: one and replace(one, first_step=replace(one.first_step, what=CHANGED))
    )
    await jo.press_in_modal("It happened")
    await stage.settle()
    assert AGAIN in stage.modal("Jo")
    await jo.press_in_modal("It happened")
    await stage.settle()
    held = (await commitments.all(group))[id_]
    assert held.history[-1].step == CHANGED


async def test_jo_is_introduced_for_the_offer_that_she_read(stage: Stage) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await amir_offers(stage, "A van")
    await behind_more(stage, "Jo", "What people can lend")
    await behind_more(stage, "Amir", "What people can lend", "Change it")
    await stage.send("Amir", {LEND: CHANGED})
    await stage.person("Jo").press_in_modal("Introduce us")
    await stage.settle()
    assert AGAIN in stage.modal("Jo")
    await stage.person("Jo").press_in_modal("Introduce us")
    assert "I try to open one conversation" in stage.modal("Jo")


def test_a_version_holds_no_word() -> None:
    assert version_of(STEP) != version_of(CHANGED)
    assert STEP.split()[0] not in version_of(STEP)
