"""What people see when something went wrong: what happened, that their words are safe, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import blocks
from bot.views.as_filled import filled, with_blocks
from bot.views.blocks import Bold
from bot.views.words import contained, escape

TYPED = "Here is what you typed."
STORE_DOWN = "I can't reach my memory just now, so nothing was changed. Please try again in a minute."
TOO_LATE = "That took me too long, so Slack would not open it any more. Nothing is lost. Please try again."
_NOTICE = "not_saved"
NOT_SAVED = "I couldn't save that. Your words are below so nothing is lost; tap to try again."


def not_saved(view: Mapping[str, Any], values: StateValues, sentence: str = NOT_SAVED) -> View:
    """The same form again (`view`, as Slack sends it back), filled with what was typed, under the sentence."""
    kept = [
        filled(block, values)
        for block in view.get("blocks", ())
        if block.get("block_id") != _NOTICE  # of the try before: the sentence stands once
    ]
    return with_blocks(view, [{**blocks.paragraph(Bold(sentence)), "block_id": _NOTICE}, *kept])


def line(sentence: str, *below: Block) -> Message:
    """A sentence to one person."""
    return blocks.message(escape(contained(sentence)), blocks.paragraph(sentence), *below)


def with_typed(message: Message, typed: str) -> Message:
    """The message, and under it what was typed after a command that could not take it, if anything was."""
    if not typed:
        return message
    return blocks.message(f"{message.text} {TYPED}", *message.blocks, blocks.section(TYPED), blocks.quote(typed))


def join_first(typed: str) -> Message:
    """To whoever typed after a command of a group they are not in, while the form to join it opens."""
    return with_typed(line("You're not in this group yet; the form I've opened is to join it."), typed)


def not_taken(typed: str) -> Message:
    """What was typed after a word that opens something and takes no more words."""
    return with_typed(line("I've opened it. It takes no words after that one, so nothing of this is kept."), typed)


def too_long_for_form(typed: str, most: int) -> Message:
    """What was typed after a command, whole, where its form holds only the beginning."""
    said = f"That's {len(typed):,} characters, and the form holds {most:,}. Here is all of it, so nothing is lost."
    return blocks.message(said, blocks.section(said), blocks.quote(typed))


def sorry_sheet(sentence: str, *below: Block) -> View:
    """A problem's sentence, where it can be said in no message: on top of a form, or over Home. `below`: what
    helps."""
    return blocks.sheet("Between", blocks.paragraph(sentence), *below)


def bug(reference: str) -> str:
    """A calm sentence; the traceback is in the log under the same reference."""
    return f"Something went wrong on my side. Nothing you saved is lost. If it happens again, quote {reference}."
