"""The inline pieces of a rich text block: words with styles, people, links, emoji and dates. Nothing is parsed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from markupsafe import Markup

from playground.page import angle, dates, emoji
from playground.page.viewer import Viewer

Piece = Mapping[str, Any]
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
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


def _usergroup(piece: Piece, _: Viewer) -> Markup:
    name = piece.get("usergroup_id")
    return Markup('<span class="mention mention-all" title="Notifies the group">@{}</span>').format(name)


def _color(piece: Piece, _: Viewer) -> Markup:
    """A colour in words, with a patch of it beside it where it is one."""
    value = str(piece.get("value", ""))
    if not _COLOUR.fullmatch(value):
        return Markup("{}").format(value)
    shape = '<span class="patch" style="background:{0}" aria-hidden="true"></span>{0}'
    return Markup(shape).format(value)  # noqa: S704


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
    "usergroup": _usergroup,
    "color": _color,
}
