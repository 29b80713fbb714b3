"""What somebody who joined in says of a commitment after its maker let it go: it stands in its history, and ends
nothing."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.holding import WALK, behind_more, commit, history, say_more

LEARNT, JOS = "The ward never had time.", "Margaret never asked the sister."


@pytest.fixture
async def let_go(stage: Stage) -> Stage:
    await stage.gather("Jo", "Margaret")
    await commit(stage, "Margaret")
    await behind_more(stage, "Jo", "See commitments", "Join in")
    await stage.settle()
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-24 11:00")
    await say_more(stage, "Margaret", **{"It is": "Let go", "A line on it": LEARNT})
    await stage.at("2026-11-24 12:00")
    return stage


async def test_digest_and_brief_have_what_its_maker_learnt(let_go: Stage) -> None:
    assert await say_more(let_go, "Jo", **{"A line on it": JOS}) is None
    await let_go.at("2026-11-30 17:00")
    digest, [brief] = let_go.shown(let_go.digest()), map(let_go.shown, let_go.briefs())
    assert f"Learnt: “{LEARNT}”" in digest
    assert LEARNT in brief
    assert JOS not in digest + brief
    assert JOS in await history(let_go, "Margaret")


async def test_only_its_maker_is_said_to_have_let_it_go(let_go: Stage) -> None:
    await say_more(let_go, "Jo", **{"A line on it": JOS})
    await behind_more(let_go, "Margaret", "What for", "What we learnt")
    assert "Margaret (Riverside Police), let go on" in let_go.modal("Margaret")
    assert "Jo (Riverside Hospitals Trust), let go on" not in let_go.modal("Margaret")


async def test_nobody_is_offered_help_with_what_has_ended(let_go: Stage) -> None:
    await behind_more(let_go, "Jo", "See commitments", "Say how it's going")
    assert "Stuck, want help" not in let_go.modal("Jo")


async def test_a_form_from_before_it_ended_calls_nobody_and_says_why(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    await commit(stage, "Margaret")
    await behind_more(stage, "Jo", "See commitments", "Join in")
    await stage.settle()
    await behind_more(stage, "Jo", "See commitments", "Say how it's going")
    await say_more(stage, "Margaret", **{"It is": "Let go", "A line on it": LEARNT})
    await stage.person("Jo").fill("It is", "Stuck, want help")
    await stage.person("Jo").fill("A line on it", "Who knows a sister?")
    assert await stage.person("Jo").submit() is None
    assert "This one has been let go" in stage.modal("Jo")
    assert "A line on it: [Who knows a sister?]" in stage.modal("Jo")


async def test_weeks_later_it_is_not_let_go_again_nor_makes_a_digest_with_nothing_in_it(let_go: Stage) -> None:
    await let_go.at("2026-12-08 10:00")
    before = let_go.posts()
    assert await say_more(let_go, "Jo", **{"A line on it": JOS}) is None
    await let_go.at("2026-12-28 10:00")
    later = [let_go.shown(one) for one in let_go.posts()[len(before) :]]
    assert not [text for text in later if WALK in text or "the digest" in text]
