"""The documentation's example: which scenes it has, and when it reads otherwise than the bot does."""

from __future__ import annotations

import pytest

from simulation.excerpt import FIRST, LEFT_OUT, MOST_LINES, SCENES, SPREAD, example, stale

PLAYED = "\n".join(
    f"\n——— Monday {n + 7} September, 10:00 BST\n"
    + (
        f"Sam {scene.words}\n  To Sam, a form:\n    | == Your answer {n} ==\nJo presses [Join]."
        if scene.words.startswith("presses")
        else f"  In #young-carers:\n    {scene.words}.)\n    {SPREAD}\n  To Jo: as before."
    )
    for n, scene in enumerate(SCENES)
)


def test_a_scene_has_what_sam_did_and_saw_and_ends_where_somebody_else_acts() -> None:
    written = example(PLAYED)
    assert written.startswith(FIRST)
    assert [line[3:] for line in written.splitlines() if line.startswith("## ")] == [one.title for one in SCENES]
    first = "Monday 7 September, 10:00 BST\n\n```\nSam presses [Nothing new].\n  To Sam, a form:\n"
    assert f"{first}    | == Your answer 0 ==\n```" in written
    assert "Jo presses" not in written
    assert "as before" not in written


def test_a_scene_that_was_not_played_is_named() -> None:
    with pytest.raises(ValueError, match="Somebody would change it"):
        example(PLAYED.replace("would change", "would keep"))


def test_a_long_scene_is_cut_and_says_so() -> None:
    assert LEFT_OUT not in example(PLAYED)
    more = "\n".join(["    | == Your answer 0 ==", *["    | More."] * MOST_LINES])
    assert LEFT_OUT in example(PLAYED.replace("    | == Your answer 0 ==", more, 1))


def test_other_names_days_and_peoples_own_words_are_not_stale_but_other_words_of_ours_are() -> None:
    written = example(PLAYED)
    assert stale(written, PLAYED) == []
    assert stale(written, PLAYED.replace("Sam", "Margaret").replace("== 0", "== 9")) == []
    assert stale(written, PLAYED.replace("| == Your answer 3 ==", "| == Another title ==")) == []
    assert stale(written, PLAYED.replace("== Your answer", "== Yours")) != []
    assert stale(written.replace("    | == Your answer 0 ==", "    | > A room. Our word: lark3."), PLAYED) == []
