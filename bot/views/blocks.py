"""Blocks: a function for each, so that a screen reads like what it shows.

What people typed goes in by `quote`, `paragraph`, `line` or `aside`: drawn letter by letter, so that no mark of
theirs formats anything. `section` and `context` are for words of ours, verbatim.
"""

from __future__ import annotations

from typing import Literal

from bot.ports import Message, View
from bot.ports.blocks import (
    Block,
    Button,
    ChannelLink,
    Choice,
    Confirm,
    Letters,
    Markdown,
    Paragraph,
    PlainText,
    Section,
    UserLink,
    WebLink,
)
from bot.views.words import contained, cut, cut_bytes, cut_markup, escape

LONGEST_TEXT = 4000
"""Bytes of a message's `text`: what Slack takes when a message is changed; it counts a smart quote as three."""

MOST_IN_BLOCKS = 10_000
"""Characters of all texts in all blocks of a message. Slack refuses somewhere from 11,300 to 13,200."""


def section(markdown: str, accessory: Button | Choice | None = None) -> Block:
    """3,000 characters at most are kept. Markup in it formats, so nothing that somebody typed."""
    return _section(_markdown(markdown), accessory)


def line(text: str, accessory: Button | Choice) -> Block:
    """Letter by letter, with something to press beside it; Slack draws no bold here."""
    return _section(plain_text(contained(cut(text, 3000))), accessory)


def _section(text: PlainText | Markdown, accessory: Button | Choice | None) -> Section:
    drawn: Section = {"type": "section", "text": text}
    if accessory:
        drawn["accessory"] = accessory
    return drawn


def context(markdown: str) -> Block:
    """As `section`, in small grey letters."""
    return {"type": "context", "elements": [_markdown(markdown)]}


def aside(text: str) -> Block:
    """As `context`, letter by letter."""
    return {"type": "context", "elements": [plain_text(contained(cut(text, 3000)))]}


def header(text: str) -> Block:
    """Letter by letter, large; 150 characters at most."""
    return {"type": "header", "text": plain_text(cut(text, 150))}


def divider() -> Block:
    """A rule across the message, between parts that would read as one."""
    return {"type": "divider"}


class Bold(str):
    """Part of a paragraph that is drawn bold."""


Part = str | ChannelLink | UserLink | WebLink


def _letters(part: Part) -> Letters | ChannelLink | UserLink | WebLink:
    """Text drawn letter by letter, which leaves the direction of what follows alone."""
    if not isinstance(part, str):
        return part
    drawn: Letters = {"type": "text", "text": contained(part)}
    if isinstance(part, Bold):
        drawn["style"] = {"bold": True}
    return drawn


def channel(id_: str) -> ChannelLink:
    """A mention by id, so that it has the name that the channel has by then."""
    return {"type": "channel", "channel_id": id_}


def user(id_: str) -> UserLink:
    """A mention by id: the account itself, whatever its owner is called here."""
    return {"type": "user", "user_id": id_}


def link(url: str, text: str) -> WebLink:
    """In a paragraph. `url` is drawn nowhere, so `text` says where it leads."""
    return {"type": "link", "url": url, "text": text}


def spoken(*parts: Part) -> Paragraph:
    """A paragraph, to stand among others in one block."""
    return {"type": "rich_text_section", "elements": [_letters(part) for part in parts]}


def quoted(typed: str) -> Paragraph:
    """Somebody's words, to stand among paragraphs in one block (`rich`); `quote` is a block of its own."""
    return {"type": "rich_text_quote", "elements": [_letters(typed)]}


def rich(*elements: Paragraph) -> Block:
    """Paragraphs and quotations as one block: Slack takes fifty in a message, a hundred in a form."""
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(*parts: Part) -> Block:
    """A block of one paragraph, drawn letter by letter: for whatever has words in it that somebody typed."""
    return rich(spoken(*parts))


def quote(typed: str) -> Block:
    """Somebody's words, set apart as a quotation."""
    return rich(quoted(typed))


def preformatted(text: str) -> Block:
    """Lines to be copied as they are."""
    return rich({"type": "rich_text_preformatted", "elements": [_letters(text)]})


def row(*buttons: Button | Choice) -> Block:
    """Buttons and menus in a row; at most five, so that a phone shows them all."""
    return {"type": "actions", "elements": list(buttons)}


def button(
    text: str, action: str, value: str, *, style: Literal["primary"] | None = None, confirm: Confirm | None = None
) -> Button:
    """`value`: 2,000 characters at most."""
    drawn: Button = {"type": "button", "text": plain_text(cut(text, 75)), "action_id": action, "value": value}
    if style:
        drawn["style"] = style
    if confirm:
        drawn["confirm"] = confirm
    return drawn


def confirm(title: str, text: str, yes: str, no: str) -> Confirm:
    """What is asked between a press and what it does. Slack takes 100 characters of `title`, 300 of `text`, 30 of
    `yes` and `no`, and refuses more: nothing is cut here."""
    return {
        "title": plain_text(title, emoji=True),
        "text": {"type": "plain_text", "text": text},
        "confirm": plain_text(yes, emoji=True),
        "deny": plain_text(no, emoji=True),
    }


def message(text: str, *blocks: Block) -> Message:
    """A message; `text` is what a notification and a screen reader say, so it carries all that is needed."""
    # a post may be longer, and could then never be changed
    return Message(text=cut_bytes(text, LONGEST_TEXT), blocks=blocks)


def of_group(name: str, words: str, *buttons: Button | Choice) -> Message:
    """A DM about one group, whose name comes first: its reader may be in several."""
    return message(escape(f"{name}: {words}"), paragraph(Bold(name), f": {words}"), row(*buttons))


def letters(part: object) -> int:
    """Characters in all texts of a block, or of a part of one."""
    if isinstance(part, (list, tuple)):
        return sum(map(letters, part))
    if not isinstance(part, dict):
        return 0
    return sum(len(one) if key == "text" and isinstance(one, str) else letters(one) for key, one in part.items())


def form(callback: str, title: str, submit: str, metadata: str, *blocks: Block) -> View:
    """A modal that is submitted."""
    return {
        "type": "modal",
        "callback_id": callback,
        "title": plain_text(cut(title, 24)),
        "submit": plain_text(cut(submit, 24)),
        "close": plain_text("Cancel"),
        "private_metadata": metadata,
        "blocks": list(blocks),
    }


def sheet(title: str, *blocks: Block) -> View:
    """A modal that only shows, with buttons of its own perhaps."""
    return {
        "type": "modal",
        "callback_id": "sheet",
        "title": plain_text(cut(title, 24)),
        "close": plain_text("Close"),
        "blocks": list(blocks),
    }


def home(*blocks: Block) -> View:
    """A Home tab: a hundred blocks, and what is more is left out."""
    # a view of more is refused whole
    return {"type": "home", "blocks": list(blocks)[:100]}


def _markdown(text: str) -> Markdown:
    # else Slack makes links of names and addresses that somebody typed
    return {"type": "mrkdwn", "text": cut_markup(text, 3000), "verbatim": True}


def plain_text(text: str, *, emoji: bool = False) -> PlainText:
    """Nothing in it formats, mentions or links. `emoji`: `:wave:` is drawn as one, which only our own words may ask
    for."""
    return {"type": "plain_text", "text": text, "emoji": emoji}
