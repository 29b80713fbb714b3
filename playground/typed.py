"""What somebody typed, as Slack's client sends it: with names, channels and addresses found, in two forms.

https://docs.slack.dev/messaging/formatting-message-text, https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

Json = dict[str, Any]
BROADCASTS = ("channel", "here", "everyone")
_URL = r"(?i:https?://|mailto:)[^\s<>]*[^\s<>.,;:!?'\")\]*_~`]"
# Only where a word begins: tried at each letter of a long one, it would take the square of its length.
_MAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_SITE = r"(?i:(?:[a-z0-9-]+\.)+(?:com|org|net|uk|eu|io|dev|ie))(?:/[^\s<>]*[^\s<>.,;:!?'\")\]*_~`])?"
_FENCE = re.compile(r"```\n?(.*?)\n?```", re.S)
_STYLED = re.compile(
    rf"(?P<url>{_URL})"
    r"|`(?P<code>[^`\n]+)`"
    r"|(?<![\w*])\*(?=[^\s*])(?P<bold>[^*\n]*[^\s*])\*(?![\w*])"
    r"|(?<![\w_])_(?=[^\s_])(?P<italic>[^_\n]*[^\s_])_(?![\w_])"
    r"|(?<![\w~])~(?=[^\s~])(?P<strike>[^~\n]*[^\s~])~(?![\w~])"
)


@dataclass(frozen=True)
class Names:
    """Whom and what a person may name: ids of people by every name they answer to, of channels by name."""

    people: dict[str, str] = field(default_factory=dict)
    channels: dict[str, str] = field(default_factory=dict)

    @cached_property
    def shape(self) -> re.Pattern[str]:
        """Everything in a text that means more than its letters; longer names before shorter ones."""
        called = "|".join(re.escape(one) for one in sorted(self.people, key=len, reverse=True))
        channels = "|".join(re.escape(one) for one in sorted(self.channels, key=len, reverse=True))
        return re.compile(
            rf"(?P<url>{_URL})|(?P<mail>{_MAIL})|(?<![\w@./-])(?P<site>{_SITE})(?![\w@])"
            rf"|(?<![\w:]):(?P<emoji>[a-z][a-z0-9_+-]*|[+-]1):(?![\w:])"
            rf"|(?<![\w<|])@(?P<all>{'|'.join(BROADCASTS)})(?!\w)"
            + (rf"|(?<![\w<|])@(?P<user>{called})(?!\w)" if called else "")
            + (rf"|(?<![\w&#])\#(?P<channel>{channels})(?![\w-])" if channels else "")
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of what was typed: `kind` is a group of `Names.shape`, or `text`; `id` is what it names."""

    kind: str
    said: str
    id: str = ""

    @property
    def address(self) -> str:
        return {"mail": "mailto:", "site": "http://"}.get(self.kind, "") + self.said


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text(typed: str, names: Names) -> str:
    """As `text` of a message. Code is left as it is."""
    parts = re.split(r"(```.*?```|`[^`\n]+`)", typed, flags=re.S)
    return "".join(
        escaped(part) if index % 2 else "".join(_as_text(one) for one in pieces(part, names))
        for index, part in enumerate(parts)
    )


def command_text(said: str, names: Names, handles: Mapping[str, str]) -> str:
    """As `text` of a command that asks for `should_escape`: people (by id → handle), channels and addresses."""
    return "".join(_in_command(one, handles) for one in pieces(said, names))


def _in_command(one: Piece, handles: Mapping[str, str]) -> str:
    if one.kind == "user":
        return f"<@{one.id}|{handles[one.id]}>"
    if one.kind in ("channel", "url", "mail", "site", "emoji"):
        return _as_text(one)
    return f"@{one.said}" if one.kind == "all" else one.said


def pieces(typed: str, names: Names) -> Iterator[Piece]:
    at = 0
    for found in names.shape.finditer(typed):
        if found.start() > at:
            yield Piece("text", typed[at : found.start()])
        kind = str(found.lastgroup)
        known = {"user": names.people, "channel": names.channels}.get(kind, {})
        yield Piece(kind, found[kind], known.get(found[kind], ""))
        at = found.end()
    if at < len(typed):
        yield Piece("text", typed[at:])


def _as_text(one: Piece) -> str:
    if one.kind == "user":
        return f"<@{one.id}>"
    if one.kind == "channel":
        return f"<#{one.id}|{one.said}>"
    if one.kind == "all":
        return f"<!{one.said}>"
    if one.kind == "url":
        return f"<{escaped(one.said).replace('|', '%7C')}>"
    if one.kind == "emoji":
        return f":{one.said}:"
    return f"<{escaped(one.address)}|{escaped(one.said)}>" if one.kind in ("mail", "site") else escaped(one.said)


# -- rich text ---------------------------------------------------------------------------


def rich(typed: str, names: Names) -> Json:
    """As a `rich_text` block: its lines in sections and quotes, code between three marks by itself."""
    found: list[Json] = []
    for index, part in enumerate(_FENCE.split(typed)):
        if index % 2:
            found.append({"type": "rich_text_preformatted", "elements": [{"type": "text", "text": part}]})
        elif part.strip("\n"):
            found += _paragraphs(part.strip("\n"), names)
    return {"type": "rich_text", "elements": found}


def _paragraphs(typed: str, names: Names) -> Iterator[Json]:
    held: list[str] = []
    quoted = False
    for line in [*typed.split("\n"), None]:
        is_quote = line is not None and line.startswith(">")
        if held and (line is None or is_quote != quoted):
            kind = "rich_text_quote" if quoted else "rich_text_section"
            yield {"type": kind, "elements": list(_styled("\n".join(held), names, {}))}
            held = []
        if line is not None:
            held.append(line.removeprefix(">").removeprefix(" ") if is_quote else line)
            quoted = is_quote


def _styled(typed: str, names: Names, style: Json) -> Iterator[Json]:
    at = 0
    for found in _STYLED.finditer(typed):
        yield from _plain(typed[at : found.start()], names, style)
        kind = str(found.lastgroup)
        inner, more = found[kind], {**style, kind: True}
        if kind == "url":
            yield from _plain(inner, names, style)
        elif kind == "code":
            yield _with({"type": "text", "text": inner}, more)
        else:
            yield from _styled(inner, names, more)
        at = found.end()
    yield from _plain(typed[at:], names, style)


def _plain(typed: str, names: Names, style: Json) -> Iterator[Json]:
    for one in pieces(typed, names):
        yield _with(_element(one), style)


def _with(element: Json, style: Json) -> Json:
    return element | ({"style": style} if style else {})


def _element(one: Piece) -> Json:
    if one.kind == "user":
        return {"type": "user", "user_id": one.id}
    if one.kind == "channel":
        return {"type": "channel", "channel_id": one.id}
    if one.kind == "all":
        return {"type": "broadcast", "range": one.said}
    if one.kind == "emoji":
        return {"type": "emoji", "name": one.said}
    if one.kind in ("url", "mail", "site"):
        shown = {"text": one.said} if one.address != one.said else {}
        return {"type": "link", "url": one.address, **shown}
    return {"type": "text", "text": one.said}
