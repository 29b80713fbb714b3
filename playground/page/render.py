"""Block Kit to HTML. Each kind of block or element is one Jinja template named after it; the rest is filters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2
from markdown_it import MarkdownIt
from markupsafe import Markup

from playground.page import angle, chart, dates, emoji, mrkdwn, richtext, surface
from playground.page.surface import Block, Surface
from playground.page.viewer import Viewer

_INPUTS_AS = {
    "email_text_input": ("email", "value"),
    "url_text_input": ("url", "value"),
    "number_input": ("number", "value"),
    "datepicker": ("date", "date"),
    "timepicker": ("time", "time"),
    "datetimepicker": ("datetime-local", "moment"),
}
COLOURS = {"good": "#2eb886", "warning": "#daa038", "danger": "#a30200"}
"""https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments"""
_HEX = re.compile("#?[0-9a-fA-F]{6}")
_PICKS = ("users", "conversations", "channels", "external", "static")


def blocks(items: Any, ui: Surface) -> Markup:
    """All blocks of a message or view, in order."""
    return Markup('<div class="blocks" hx-include="this">{}</div>').format(each(items, ui))


def each(items: Any, ui: Surface) -> Markup:
    """The blocks alone, as they stand inside a message or inside another block."""
    return Markup("\n").join(block(one, ui) for one in (items if isinstance(items, list | tuple) else [items]))


def block(one: Any, ui: Surface) -> Markup:
    """One block. Whatever an app sent, a piece that cannot be drawn is only said to be there, by name.

    Not everything is judged when it is posted, and one message must not take a channel's page from everybody.
    """
    try:
        return _drawn("block.html", b=one, ui=ui, viewer=ui.viewer)
    except Exception:
        kind = one.get("type") if isinstance(one, Mapping) else None
        return _drawn("blocks/unknown.html", b={"type": kind if isinstance(kind, str) else ""})


def attachment(one: Any, ui: Surface) -> Markup:
    """A message's attachment of the old kind: what stands before it, then its blocks, or else its words."""
    if not isinstance(one, Mapping):
        return _drawn("blocks/unknown.html", b={"type": "attachment"})
    colour = str(one.get("color") or "")
    known = COLOURS.get(colour) or (f"#{colour.removeprefix('#')}" if _HEX.fullmatch(colour) else "")
    try:
        return _drawn("attachment.html", a=one, ui=ui, viewer=ui.viewer, colour=known)
    except Exception:
        return _drawn("blocks/unknown.html", b={"type": "attachment"})


def words(text: Any, viewer: Viewer) -> Markup:
    """Words of an attachment, formatted like a message's own."""
    return message_text({"text": text}, viewer)


def _drawn(template: str, **context: Any) -> Markup:
    return Markup(environment().get_template(template).render(**context))  # noqa: S704  (autoescaped by Jinja)


def text(obj: Any, viewer: Viewer) -> Markup:
    """A text object, or a bare string where Slack allows one."""
    if not isinstance(obj, Mapping):
        return Markup("{}").format(obj or "")
    body = str(obj.get("text", ""))
    if obj.get("type") == "mrkdwn":
        return mrkdwn.to_html(body, viewer, "none" if obj.get("verbatim") else "all")
    shown = body if obj.get("emoji") is False else emoji.draw(body)
    return Markup("<br>").join(shown.split("\n"))


def plain(obj: Any) -> str:
    """A text object's words alone, for places where HTML has no room for more, such as an option."""
    words = str(obj.get("text", "")) if isinstance(obj, Mapping) else str(obj or "")
    return emoji.draw(words)


def name_of(block: Block, element: Block) -> str:
    """What a control outside a form is called for those who cannot see it."""
    beside = block.get("text")
    return plain(element.get("placeholder")) or (plain(beside) if beside else "") or "Choose"


def message_text(message: Mapping[str, Any], viewer: Viewer) -> Markup:
    """A message's own `text`: Slack links addresses in it, but names only on request."""
    formatted = message.get("mrkdwn") is not False
    return mrkdwn.to_html(str(message.get("text") or ""), viewer, "urls", formatted)


def markdown(source: str) -> Markup:
    """Standard Markdown, with any HTML in it shown as text."""
    return Markup(_markdown().render(source))  # noqa: S704  (html=False: the library escapes it)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])


def options(element: Block, viewer: Viewer) -> list[tuple[str, list[tuple[str, str]]]]:
    """The choices of a select as (group label, [(value, words)]); one unnamed group where there are none."""
    kind = str(element.get("type", ""))
    people = [(i, n) for i, n in viewer.people.items() if i not in viewer.bots | viewer.unmet]
    channels = [(i, f"#{n}") for i, n in viewer.channels.items()]
    if "users_select" in kind:
        return [("", people)]
    if "channels_select" in kind:
        return [("", channels)]
    if "conversations_select" in kind:
        return [("Channels", channels), ("Direct messages", people)]
    groups = element.get("option_groups") or [{"label": "", "options": element.get("options", [])}]
    return [(plain(g["label"]), [(str(o["value"]), plain(o["text"])) for o in g["options"]]) for g in groups]


def unlisted(values: list[str], element: Block, viewer: Viewer) -> list[str]:
    """The direct conversations with an app or a group among `values`: menus have them only where a form began."""
    if "conversations_select" not in str(element.get("type", "")):
        return []
    offered = {value for _, choices in options(element, viewer) for value, _ in choices}
    return [one for one in values if one not in offered]


def partial(folder: str, kind: Any) -> list[str]:
    """The template for this kind, and the one that says we have none."""
    known = kind if isinstance(kind, str) and kind.isidentifier() else "unknown"
    return [f"{folder}/{_family(known)}.html", f"{folder}/unknown.html"]


def _family(kind: str) -> str:
    if kind in _INPUTS_AS:
        return "typed_input"
    head, _, tail = kind.removeprefix("multi_").rpartition("_")
    if tail == "select" and head in _PICKS and head != "external":
        return "multi_select" if kind.startswith("multi_") else "select"
    return kind


def input_kind(kind: str) -> str:
    """The HTML input type of a typed input."""
    return _INPUTS_AS[kind][0]


def avatar(user: Any) -> Markup:
    """A square with a person's initials in their colour, as their picture."""
    if user is None:
        return Markup('<span class="avatar" aria-hidden="true">?</span>')
    initials = "".join(word[0] for word in user.real_name.split()[:2]).upper()
    shape = '<span class="avatar" aria-hidden="true" style="background:{}">{}</span>'
    return Markup(shape).format(user.colour, initials)  # noqa: S704


@cache
def environment() -> jinja2.Environment:
    """Jinja, escaping everything, with the filters the templates use."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("playground.page"),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.ChainableUndefined,
    )
    env.filters.update(
        text=text,
        plain=plain,
        message_text=message_text,
        words=words,
        markdown=markdown,
        chosen=surface.chosen,
        unlisted=unlisted,
        rich=richtext.to_html,
    )
    env.globals.update(
        partial=partial,
        is_safe=angle.is_safe,
        options=options,
        input_kind=input_kind,
        field=surface.name,
        name_of=name_of,
        dates=dates,
        draw=blocks,
        chart_of=chart.read,
        attachment=attachment,
        each=each,
        avatar=avatar,
    )
    return env
