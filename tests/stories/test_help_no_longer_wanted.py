"""*I can help* in a posted digest, where that is wanted no longer."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import WISH, jo_asks
from tests.stories.holding import behind_more, commit, say_more

CUT = "Cut repeat call-outs"
HELP = "[I can help]"


@pytest.fixture
async def stuck(stage: Stage) -> Stage:
    """Jo calls hers stuck in her check-in, and the digest is out."""
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", CUT)
    await stage.at("2026-11-25 09:30")
    await stage.press("Jo", "Stuck, want help")
    await stage.at("2026-11-27 10:01")
    assert HELP in stage.shown(stage.digest())
    return stage


@pytest.mark.parametrize("state", ["Done", "Let go", "Moving"])
async def test_its_button_goes_from_the_digest_and_not_a_word_is_called_corrected(stuck: Stage, state: str) -> None:
    before = stuck.shown(stuck.digest())
    posts = len(stuck.posts())
    assert await say_more(stuck, "Jo", **{"It is": state}) is None
    await stuck.at("2026-11-27 10:10")
    assert stuck.shown(stuck.digest()) == before.replace(f" {HELP}", "").replace(f"\n{HELP}", "")
    assert HELP not in stuck.shown(stuck.digest())
    assert len(stuck.posts()) == posts


async def test_it_comes_back_where_jo_is_stuck_again(stuck: Stage) -> None:
    before = stuck.shown(stuck.digest())
    for state, there in (("Moving", False), ("Stuck, want help", True)):
        assert await say_more(stuck, "Jo", **{"It is": state}) is None
        await stuck.at("2026-11-27 10:10")
        assert (HELP in stuck.shown(stuck.digest())) is there
    assert stuck.shown(stuck.digest()) == before


async def test_it_stays_while_she_says_more_and_is_stuck_still(stuck: Stage) -> None:
    before = stuck.shown(stuck.digest())
    assert await say_more(stuck, "Jo", **{"What would help?": "A list of addresses."}) is None
    await stuck.at("2026-11-27 10:10")
    assert stuck.shown(stuck.digest()) == before


async def test_where_slack_would_not_have_it_changed_the_press_is_answered_and_nobody_is_written_to(
    stuck: Stage,
) -> None:
    digest, sent = stuck.digest(), len(stuck.sent("Jo"))
    stuck.pg.world.workspaces[stuck.person("Sam").user.team_id].edit_minutes = 5
    await stuck.at("2026-11-27 10:20")
    assert await say_more(stuck, "Jo", **{"It is": "Done"}) is None
    await stuck.at("2026-11-27 10:30")
    assert HELP in stuck.shown(digest)
    await stuck.person("Amir").press(digest, "I can help")
    await stuck.settle()
    assert "This one is done, so nothing was changed." in stuck.notes("Amir")[-1]
    assert len(stuck.sent("Jo")) == sent


@pytest.mark.slow
@pytest.mark.parametrize("how", ["Got it", "thirty days"])
async def test_so_it_goes_where_an_ask_is_over(stage: Stage, how: str) -> None:
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await stage.answer("Amir", organisation="The budget closes on the 9th.")
    await jo_asks(stage, "Put it to everyone")
    await stage.at("2026-11-27 10:01")
    digest = stage.digest()
    assert f"• {WISH} — Jo" in stage.shown(digest)
    assert HELP in stage.shown(digest)
    if how == "Got it":
        await behind_more(stage, "Jo", "Open now", "Got it")
        assert await stage.person("Jo").submit() is None
        await stage.at("2026-11-27 10:10")
    else:
        await stage.at("2026-12-25 09:29")
        assert HELP in stage.shown(digest)
        await stage.at("2026-12-25 09:31")
    assert f"• {WISH} — Jo" in stage.shown(digest)
    assert HELP not in stage.shown(digest)
    assert "Corrected" not in stage.shown(digest)
