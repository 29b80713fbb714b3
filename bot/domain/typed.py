"""What leaders type in their DM: one question about each message, and no word kept before they answer it."""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef
from bot.domain.problems import Problem, ProblemCode

_TS = re.compile(r"\d{10}\.\d{6}")


class Choice(StrEnum):
    """What somebody chose to do with what they typed. The values are stored."""

    PLATE = "plate"
    ME = "me"
    COMMITMENT = "commitment"
    NO = "no"


class Typed(msgspec.Struct, frozen=True, kw_only=True):
    """Of one person: where in their DM stands what they typed, by Slack's time of it, and never a word of it.

    `heard` is the newest message that was answered in any way, `asked` the newest they were asked about; `question`
    is where that stands while it waits, `choice` what they chose. `told`: that Slack has what is typed.
    """

    heard: str = ""
    asked: str = ""
    question: MessageRef | None = None
    choice: Choice | None = None
    told: bool = False


def is_moment(ts: str) -> bool:
    """Whether it is a message's time as Slack writes them; such compare as text."""
    return _TS.fullmatch(ts) is not None


def hear(stored: Typed | None, ts: str, *, asks: bool) -> Typed | None:
    """The record once that message is to be answered; None where it was, or a newer one. `asks`: whether to keep
    it."""
    before = stored or Typed()
    # Slack's retry, another bot, or an older message whose question would give way at once
    if ts <= before.heard:
        return None
    heard = replace(before, heard=ts)
    return replace(heard, asked=ts, question=None, choice=None) if asks else heard


def asked(stored: Typed | None, ts: str, question: MessageRef) -> Typed | None:
    """They were asked. Once something newer was typed, that question stands in its place."""
    if stored is None or stored.asked != ts or stored.choice:
        return stored
    return replace(stored, question=question, told=True)


def choose(stored: Typed | None, ts: str, choice: Choice) -> Typed | None:
    """What they chose of that message, if it is the newest. Raises Problem where they decline what is kept."""
    if stored is None or stored.asked != ts:
        return stored
    if choice is Choice.NO and stored.choice not in (None, Choice.NO):
        raise Problem(ProblemCode.TYPED_KEPT)
    return replace(stored, choice=choice, question=None)
