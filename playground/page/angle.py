"""What stands between angle brackets in Slack text: people, channels, mentions of all, dates and links."""

from __future__ import annotations

from urllib.parse import urlsplit

from markupsafe import Markup

from playground.page import dates
from playground.page.viewer import Viewer

_SAFE = {"http", "https", "mailto", "tel"}
_ALL = {"channel", "here", "everyone"}


def to_html(inner: str, viewer: Viewer) -> Markup:
    """Draw what was inside `<…>`."""
    body, _, label = inner.partition("|")
    if body.startswith("@"):
        return person(body[1:], viewer, plain(label))
    if body.startswith("#"):
        return channel(body[1:], viewer, plain(label))
    if body.startswith("!"):
        return _special(body[1:], plain(label), viewer)
    return link(plain(body), plain(label) or plain(body))


def person(user: str, viewer: Viewer, fallback: str = "") -> Markup:
    """A mention; the viewer's own name stands out, as it does in Slack."""
    name = viewer.people.get(user) or fallback or user
    kind = "mention mention-me" if user == viewer.me else "mention"
    return Markup('<span class="{}">@{}</span>').format(kind, name)


def channel(channel_id: str, viewer: Viewer, fallback: str = "") -> Markup:
    """A channel by its name, or `private channel` where the viewer cannot see it."""
    name = viewer.channels.get(channel_id) or fallback
    return Markup('<span class="mention">{}</span>').format(f"#{name}" if name else "🔒 private channel")


def broadcast(word: str) -> Markup:
    """A mention that rings for everyone: drawn so loudly that nobody overlooks one that got in by accident."""
    title = "Notifies everyone here"
    return Markup('<span class="mention mention-all" title="{}">@{}</span>').format(title, word)


def link(address: str, label: str) -> Markup:
    """A link that opens elsewhere; an address of an unsafe kind is only text."""
    if not is_safe(address):
        return Markup("{}").format(label)
    shape = '<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>'
    return Markup(shape).format(address, label)  # noqa: S704


def is_safe(address: str) -> bool:
    """Whether a click on this address can do no more than open it."""
    try:
        return urlsplit(address.strip()).scheme.lower() in _SAFE
    except ValueError:
        return False


def _special(body: str, label: str, viewer: Viewer) -> Markup:
    kind, _, rest = body.partition("^")
    if kind in _ALL:
        return broadcast(kind)
    if kind == "date":
        return _date(rest, label, viewer)
    if kind == "subteam":
        return Markup('<span class="mention mention-all">{}</span>').format(label or f"@{rest}")
    return Markup('<span class="mention">{}</span>').format(label or f"<!{body}>")


def _date(rest: str, fallback: str, viewer: Viewer) -> Markup:
    unix, _, more = rest.partition("^")
    template, _, address = more.partition("^")
    try:
        words = dates.fill(plain(template), int(unix), viewer)
    except (ValueError, OverflowError, OSError):
        return Markup("{}").format(fallback)
    shown = Markup('<time title="{}">{}</time>').format(fallback, words)
    return link(address, words) if address else shown


def plain(text: str) -> str:
    """Undo the three entities Slack knows; every other one stays as it was typed."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
