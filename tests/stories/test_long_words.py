"""Nine leaders with much to say, in smart quotes: Slack takes digest and corrections, and nothing is lost."""

from __future__ import annotations

import pytest

from tests.cast import ORGANISATIONS
from tests.stage import Stage

LONG = {"smart quotes": "“It’s full” — ", "emoji": "👍🏽 ", "arabic": "الأسرّة ممتلئة ", "escaped": "<&> "}


def words(name: str, kind: str) -> str:
    return f"{name}’s: " + (LONG[kind] * 500)[:485] + "END"


@pytest.mark.slow
@pytest.mark.parametrize("kind", LONG)
async def test_what_is_pulled_back_is_gone_from_a_digest_of_long_words(stage: Stage, kind: str) -> None:
    await stage.gather(*list(ORGANISATIONS)[1:])
    await stage.at("2026-11-26 16:00")
    for name in ORGANISATIONS:
        await stage.answer(name, organisation=words(name, kind))
    await stage.at("2026-11-27 10:00")
    [digest] = [post for post in stage.posts() if ": the digest," in stage.shown(post)]
    assert "Jo’s: " in stage.shown(digest)
    await stage.press("Jo", "Pull it back")
    await stage.at("2026-11-27 10:01")
    assert "Corrected" in stage.shown(digest)
    assert "Jo’s: " not in stage.shown(digest) + digest.text
    assert len(digest.text.encode()) <= 4000
    await stage.press("Sam", "Read it all")
    shown = stage.modal("Sam")
    for name in ORGANISATIONS:
        assert (f"{name}’s: " in shown) == (name != "Jo")
