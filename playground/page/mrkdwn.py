"""Slack's mrkdwn as HTML: its own formatting, mentions, links and dates, and nothing else.

What is already decided (code, a link, a mention) is stashed behind a marker so that formatting cannot reach into
it; every other character is escaped before any tag is added, so a message's text can never become markup.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup, escape

from playground.page import angle, emoji
from playground.page.viewer import Viewer

Auto = Literal["all", "urls", "none"]

_PRE = re.compile(r"```\n?(.*?)\n?```", re.S)
_CODE = re.compile(r"`([^`\n]+)`")
_ANGLE = re.compile(r"<([^<>\n]+)>")
_END = r"&(?:lt|gt);"
"""An address ends before an angle bracket, which stands in text as this."""
_URL = re.compile(rf"(?:https?://|mailto:)(?:(?!{_END})[^\s<>\x00])*(?!{_END})[^\s<>\x00.,;:!?'\")\]*_~]")
_NAMED = re.compile(r"(?<![\w@.])@(everyone|channel|here)\b|(?<![\w#&])#([a-z0-9][a-z0-9_-]*)")
_MARK = re.compile(r"\x00(\d+)\x00")
_EMPHASIS = {
    "b": re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])"),
    "i": re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]*[^\s_])_(?![\w_])"),
    "s": re.compile(r"(?<![\w~])~(?=[^\s~])([^~\n]*[^\s~])~(?![\w~])"),
}
_QUOTE = re.compile(r"^(?:>|&gt;) ?")


@dataclass(slots=True)
class _Stash:
    """Finished pieces of HTML, each standing in the text as a marker that no message can contain."""

    pieces: list[Markup] = field(default_factory=list)

    def put(self, piece: Markup) -> str:
        self.pieces.append(piece)
        return f"\x00{len(self.pieces) - 1}\x00"

    def back(self, text: str) -> Markup:
        # Markup from here on: everything in `text` was escaped by `_inline`, every piece by its maker.
        return Markup(_MARK.sub(lambda m: self.back(str(self.pieces[int(m[1])])), text))  # noqa: S704


def to_html(text: str, viewer: Viewer, auto: Auto = "all", formatted: bool = True) -> Markup:
    """`auto` is what Slack finds by itself: names and addresses, addresses only, or nothing (`verbatim`)."""
    stash = _Stash()
    body = text.replace("\x00", "")
    if formatted:
        body = _PRE.sub(lambda m: stash.put(_tag("pre", m[1])), body)
        body = _CODE.sub(lambda m: stash.put(_tag("code", m[1])), body)
    body = _ANGLE.sub(lambda m: stash.put(_angle(m[1], viewer, formatted)), body)
    if auto != "none":
        body = _URL.sub(lambda m: stash.put(_bare(m[0])), body)
    if auto == "all":
        body = _NAMED.sub(lambda m: _named(m, viewer, stash), body)
    return stash.back(_lines(emoji.draw(body), formatted))


def _angle(inner: str, viewer: Viewer, formatted: bool) -> Markup:
    """A link's label may be bold, italic or struck, as on Slack's desktop; all else is drawn as it is."""
    address, _, label = inner.partition("|")
    if not formatted or address.startswith(("@", "#", "!")) or not label:
        return angle.to_html(inner, viewer)
    return angle.link(angle.plain(address), Markup(_inline(label)))  # noqa: S704  (`_inline` escapes it)


def _tag(name: str, raw: str) -> Markup:
    return Markup("<{0}>{1}</{0}>").format(Markup(name), angle.plain(raw))  # noqa: S704


def _bare(address: str) -> Markup:
    whole = angle.plain(address)
    return angle.link(whole, whole)


def _named(found: re.Match[str], viewer: Viewer, stash: _Stash) -> str:
    if found[1]:
        return stash.put(angle.broadcast(found[1]))
    channel = viewer.channel_called(found[2])
    return stash.put(angle.channel(channel, viewer)) if channel else found[0]


def _lines(text: str, formatted: bool) -> str:
    if not formatted:
        return _inline(text, formatted=False).replace("\n", "<br>")
    parts: list[tuple[bool, list[str]]] = []
    for line in text.split("\n"):
        quoted = bool(_QUOTE.match(line))
        if not parts or parts[-1][0] != quoted:
            parts.append((quoted, []))
        parts[-1][1].append(_inline(_QUOTE.sub("", line) if quoted else line))
    return "".join(_paragraph(quoted, "<br>".join(lines)) for quoted, lines in parts)


def _paragraph(quoted: bool, body: str) -> str:
    return f"<blockquote>{body}</blockquote>" if quoted else body


def _inline(text: str, formatted: bool = True) -> str:
    escaped = str(escape(angle.plain(text)))
    return _emphasise(escaped) if formatted else escaped


def _emphasise(text: str) -> str:
    """Bold, italic and struck text; well nested, for each match is finished before the next is sought."""
    found = [(m.start(), tag, m) for tag, shape in _EMPHASIS.items() if (m := shape.search(text))]
    if not found:
        return text
    _, tag, first = min(found, key=lambda f: f[0])
    before, after = text[: first.start()], text[first.end() :]
    return f"{before}<{tag}>{_emphasise(first[1])}</{tag}>{_emphasise(after)}"
