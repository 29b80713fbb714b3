"""What somebody types after a word of `/between` that takes no more is given back to them, and to nobody else."""

from __future__ import annotations

import pytest

from tests.stage import Stage

SENTENCE = "Young carers *rest*, <b> and @here is quiet."


@pytest.mark.parametrize("word", ["purpose", "year", "commitments", "review"])
async def test_jo_types_a_sentence_after_it_and_has_it_back(stage: Stage, word: str) -> None:
    await stage.gather("Jo", "Amir", "Wei", "Margaret")
    await stage.person("Jo").command("/between", f"{word} {SENTENCE}", "young-carers")
    await stage.settle()
    assert stage.modal("Jo")
    [said] = [note for note in stage.notes("Jo") if SENTENCE in note]
    assert "It takes no words after that one, so nothing of this is kept." in said
    assert not any(SENTENCE in note for note in stage.notes("Amir"))
    assert not any(SENTENCE in stage.shown(post) for post in stage.posts())


async def test_without_more_words_nothing_is_said(stage: Stage) -> None:
    await stage.gather("Jo")
    before = stage.notes("Jo")
    await stage.person("Jo").command("/between", "purpose", "young-carers")
    await stage.settle()
    assert stage.notes("Jo") == before


async def test_who_is_not_in_the_group_has_it_back_once_with_the_form_to_join(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Wei").command("/between", f"review {SENTENCE}", "young-carers")
    await stage.settle()
    [said] = [note for note in stage.notes("Wei") if SENTENCE in note]
    assert "You're not in this group yet" in said
