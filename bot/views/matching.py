"""Matching in words: why somebody may have what another asks for, said to either of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.matching import Reason, Source
from bot.views.words import quote

QUOTED = 160
"""Letters of somebody's words that a reason quotes."""

_OF_THEM: Mapping[Source, str] = {
    Source.OFFER: "has offered {quote}",
    Source.UNQUOTED_OFFER: "has offered something near it",
    Source.PAST_HELP: "has helped with {quote}",
    Source.CAN_HELP: "said they can help with {quote}",
    Source.COMMITMENT: "looks after {quote}",
    Source.PLATE: "shared {quote}",
}
_TO_THEM: Mapping[Source, str] = {
    Source.OFFER: "you offered {quote}",
    Source.UNQUOTED_OFFER: "you offered something near it",
    Source.PAST_HELP: "you helped with {quote}",
    Source.CAN_HELP: "you said you can help with {quote}",
    Source.COMMITMENT: "you look after {quote}",
    Source.PLATE: "you shared {quote}",
}


def reason_of_them(reason: Reason) -> str:
    """Plain text to follow the person's name."""
    return _OF_THEM[reason.source].format(quote=_quoted(reason))


def reason_to_them(reason: Reason) -> str:
    """Plain text, said to whose words they are."""
    return _TO_THEM[reason.source].format(quote=_quoted(reason))


def _quoted(reason: Reason) -> str:
    return quote(reason.quote, QUOTED).rstrip(".")
