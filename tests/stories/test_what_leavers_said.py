"""Who leaves is told that what is not posted yet stays out of the next digest, and wants no help any more."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import behind_more, card, commit, say_more

LINE, NOTICED = "It goes well.", "Nobody waits at six."


@pytest.fixture
async def joined(stage: Stage) -> Stage:
    """Jo has made a commitment, and Amir joined in."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 09:30")
    await commit(stage, "Jo")
    await behind_more(stage, "Amir", "See commitments", "Join in")
    await stage.settle()
    await stage.person("Amir").close(everything=True)
    return stage


async def leaves(stage: Stage, name: str) -> None:
    await stage.at("2026-11-25 10:30")
    await stage.person(name).press(stage.dms(name)[0], "Leave")
    await stage.settle()
    assert "what is not posted yet stays out of the next." in stage.shown(stage.newest(name, "You've left"))


async def test_what_he_noticed_and_said_of_it_stays_out_of_the_next_digest(joined: Stage) -> None:
    led: list[str] = ["Open the digest, with my name and no other"]
    await say_more(
        joined,
        "Amir",
        **{"A line on it": LINE, "What did people notice?": NOTICED, "What they noticed may": led},
    )
    await leaves(joined, "Amir")
    await joined.at("2026-11-27 10:05")
    digest = joined.shown(joined.digest())
    assert NOTICED not in digest
    assert LINE not in digest


async def test_the_words_with_which_jo_let_it_go_stay_out_of_the_digest_and_the_brief(joined: Stage) -> None:
    await say_more(joined, "Jo", **{"It is": "Let go", "A line on it": "My trust forbade it."})
    await leaves(joined, "Jo")
    await joined.at("2026-11-30 17:00")
    assert "My trust forbade it." not in "".join(map(joined.shown, joined.posts()))


async def test_nobody_is_said_to_be_stuck_who_has_left(joined: Stage) -> None:
    await say_more(joined, "Amir", **{"It is": "Stuck, want help"})
    await leaves(joined, "Amir")
    assert "Moving, since" in await card(joined, "Margaret")
    assert "Amir (Riverside Fire & Rescue) is stuck" not in await behind_more(joined, "Margaret", "Open now")


async def test_jos_commitment_is_not_called_stuck_by_who_has_left(joined: Stage) -> None:
    await say_more(joined, "Amir", **{"It is": "Stuck, want help"})
    await leaves(joined, "Amir")
    await joined.at("2026-11-27 10:05")
    assert "Stuck, want help" not in joined.shown(joined.digest())


async def test_what_was_posted_of_him_stays_and_its_correction_brings_nothing_he_took_along(joined: Stage) -> None:
    """Jo pulls her line back from the digest: the words Amir left behind do not come in its place."""
    await say_more(joined, "Amir", **{"A line on it": LINE})
    await leaves(joined, "Amir")
    await joined.at("2026-11-26 09:00")
    await say_more(joined, "Jo", **{"A line on it": "I've rung the ward."})
    await joined.at("2026-11-27 10:05")
    assert "I've rung the ward." in joined.shown(joined.digest())
    await card(joined, "Jo")
    await joined.person("Jo").press_in_modal("History")
    await joined.person("Jo").press_in_modal("Pull it back")
    await joined.at("2026-11-27 10:30")
    assert "I've rung the ward." not in joined.shown(joined.digest())
    assert LINE not in joined.shown(joined.digest())
