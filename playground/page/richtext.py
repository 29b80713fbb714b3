"""The inline pieces of a rich text block: words with styles, people, links, emoji and dates. Nothing is parsed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from playground.page import angle, dates, emoji
from playground.page.viewer import Viewer

Piece = Mapping[str, Any]
_STYLES = {"bold": "b", "italic": "i", "strike": "s", "underline": "u", "code": "code", "highlight": "mark"}


def to_html(piece: Any, viewer: Viewer) -> Markup:
    """One inline element, with its styles around it; one that makes no sense is only named."""
    if not isinstance(piece, Mapping):
        return _unknown({"type": "something without a type"}, viewer)
    draw, style = _DRAW.get(str(piece.get("type")), _unknown), piece.get("style")
    return _styled(draw(piece, viewer), style if isinstance(style, Mapping) else {})


def _styled(body: Markup, style: Mapping[str, Any]) -> Markup:
    for key, tag in _STYLES.items():
        if style.get(key):
            body = Markup("<{0}>{1}</{0}>").format(Markup(tag), body)  # noqa: S704  (a tag from our own table)
    return body


def _text(piece: Piece, _: Viewer) -> Markup:
    return Markup("<br>").join(str(piece.get("text", "")).split("\n"))


def _link(piece: Piece, _: Viewer) -> Markup:
    address = str(piece.get("url", ""))
    return angle.link(address, str(piece.get("text") or address))


def _user(piece: Piece, viewer: Viewer) -> Markup:
    return angle.person(str(piece.get("user_id")), viewer)


def _channel(piece: Piece, viewer: Viewer) -> Markup:
    return angle.channel(str(piece.get("channel_id")), viewer)


def _emoji(piece: Piece, _: Viewer) -> Markup:
    return Markup("{}").format(emoji.draw(f":{piece.get('name', '')}:"))


def _broadcast(piece: Piece, _: Viewer) -> Markup:
    return angle.broadcast(str(piece.get("range")))


def _date(piece: Piece, viewer: Viewer) -> Markup:
    try:
        words = dates.fill(str(piece.get("format", "{date_num}")), int(piece.get("timestamp", 0)), viewer)
    except (ValueError, TypeError, OverflowError, OSError):
        words = str(piece.get("fallback") or piece.get("timestamp"))
    return angle.link(str(piece["url"]), words) if piece.get("url") else Markup("<time>{}</time>").format(words)


def _unknown(piece: Piece, _: Viewer) -> Markup:
    return Markup('<span class="unknown">Slack would draw {} here</span>').format(piece.get("type"))


_DRAW: dict[str, Callable[[Piece, Viewer], Markup]] = {
    "text": _text,
    "link": _link,
    "user": _user,
    "channel": _channel,
    "emoji": _emoji,
    "broadcast": _broadcast,
    "date": _date,
}
