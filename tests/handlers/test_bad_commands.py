"""Whatever is typed after a command: a sentence, and every word kept."""

from __future__ import annotations

import pytest

from tests.stage import Stage

JO = "Jo"


@pytest.mark.parametrize(("command", "most", "field"), [("/plate", 3000, "organisation"), ("/commit", 500, "what")])
async def test_words_after_a_command_that_its_form_can_not_hold_are_given_back_whole(
    stage: Stage, command: str, most: int, field: str
) -> None:
    words = "word " * (most // 5) + "and the end of it"
    await stage.person(JO).command(command, words, "young-carers")
    assert "word word" in stage.modal(JO)
    note = stage.notes(JO)[-1]
    assert f"the form holds {most:,}. Here is all of it" in note
    assert f"> {words}" in note


async def test_addresses_and_channels_after_a_command_stand_in_the_form_as_they_were_typed(stage: Stage) -> None:
    words = "See #young-carers, https://x.org/a?b=1&c=2, x.org and jo@trust.org"
    await stage.person(JO).command("/commit", words, "young-carers")
    assert f"[{words}]" in stage.modal(JO)


async def test_a_mention_after_a_command_stands_in_the_form_as_it_was_typed(stage: Stage) -> None:
    sam = stage.person("Sam").user
    await stage.person(JO).command("/commit", f"Walk with @{sam.name} & <!channel>", "young-carers")
    assert f"[Walk with @{sam.name} & <!channel>]" in stage.modal(JO)


@pytest.mark.parametrize(
    "typed", ["digest soon", "digest 1999-01-01", "digest <!channel>", "<!channel>", "x" * 3000]
)
async def test_a_command_nobody_knows_is_answered_in_words(stage: Stage, typed: str) -> None:
    ack = await stage.person(JO).command("/between", typed, "young-carers")
    assert ack.ok
    assert "<!channel>" not in ack.json["text"]
    assert stage.notes(JO)[-1].endswith((".", ".)"))


@pytest.mark.parametrize(("word", "most"), [("ask", 300), ("inquiry", 300), ("learnt", 100)])
async def test_of_what_is_typed_after_a_word_of_ours_the_word_is_not_counted(
    stage: Stage, word: str, most: int
) -> None:
    typed = "a" * 3001
    await stage.person(JO).command("/between", f"{word} {typed}", "young-carers")
    await stage.settle()
    said = stage.notes(JO)[-1]
    assert "That's 3,001 characters" in said
    assert f"the form holds {most}." in said
    await stage.person(JO).close(everything=True)
    before = stage.notes(JO)
    await stage.person(JO).command("/between", f"{word} {typed[:most]}", "young-carers")
    await stage.settle()
    assert stage.notes(JO) == before
