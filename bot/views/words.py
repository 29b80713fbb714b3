"""Words: what people typed made safe to show, and the small phrases that several screens share."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence

from bot.domain.people import first_name, name_and_organisation
from bot.domain.snapshot import GroupSnapshot
from bot.domain.spelling import seen

ELLIPSIS = "…"
LONGEST_QUOTE = 40

_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""Letters and marks that draw nothing, though Unicode does not count them among the controls and spaces."""

_UNRULY = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls, and the marks that turn the direction of whatever stands after them."""

_POP, _POP_ISOLATE = "\u202c", "\u2069"
_CLOSED_BY = dict.fromkeys("\u202a\u202b\u202d\u202e", _POP) | dict.fromkeys("\u2066\u2067\u2068", _POP_ISOLATE)
_CLOSERS = (_POP, _POP_ISOLATE)
_SINGLE = str.maketrans("“”", "‘’")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the letters after it, and what ends that."""


def escape(typed: str) -> str:
    """Typed text for mrkdwn or a message's `text`: the three characters Slack gives meaning, and no others.

    That alone keeps `<!channel>`, `<@U…>` and links in somebody's words from firing.
    """
    # & comes first: the others become words with one in them
    return typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def blank(typed: str | None) -> bool:
    """Whether nothing can be seen: empty, only spaces, or only characters of no width."""
    return not any(unicodedata.category(c)[0] not in "CZ" for c in _INVISIBLE.sub("", typed or ""))


def cut(text: str, most: int) -> str:
    """At most `most` characters, the cut marked; at a space where one is near."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    space = kept.rfind(" ")
    return (kept[:space] if space > most * 0.8 else kept).rstrip() + ELLIPSIS


def cut_markup(text: str, most: int) -> str:
    """As `cut`, for text that was escaped: no `&amp;` is cut in half."""
    shown = cut(text, most)
    return shown if shown == text else re.sub(f"&[a-z]{{0,3}}{ELLIPSIS}$", ELLIPSIS, shown)


def cut_bytes(text: str, most: int) -> str:
    """As `cut_markup`, to at most `most` bytes of UTF-8; what the cut leaves open of somebody's turns of direction
    is closed within them."""
    # a character takes four bytes at most, so most texts need not be encoded to know
    if len(text) * 4 <= most or len(text.encode()) <= most:
        return text
    raw, room = text.encode(), most - len(ELLIPSIS.encode())
    while True:
        kept = raw[:room].decode(errors="ignore")
        space = kept.rfind(" ")
        kept = (kept[:space] if space > len(kept) * 0.8 else re.sub("&[a-z]{0,3}$", "", kept)).rstrip()
        shown = contained(kept + ELLIPSIS)
        over = len(shown.encode()) - most
        if over <= 0:
            return shown
        room -= over


def one_line(text: str, most: int) -> str:
    """Typed text for a place that holds one line: a label, an option, a list. Nothing in it can turn the direction
    of our own words beside it."""
    return cut(" ".join(_UNRULY.sub("", text).split()), most)


def quote(text: str, most: int) -> str:
    """Typed text as `one_line`, in quotation marks; those in it become single ones."""
    return f"“{inside_quotes(one_line(text, most))}”"


def stopped(sentence: str) -> str:
    """A sentence that ends with somebody's words in quotation marks, with a full stop, unless they have one."""
    return sentence if sentence.endswith((".”", "?”", "!”", "…”")) else f"{sentence}."


def inside_quotes(quoted: str) -> str:
    """Words that stand in quotation marks: those in them become single ones."""
    return quoted.translate(_SINGLE)


def contained(typed: str) -> str:
    """Somebody's words as they are, where other words stand beside them: whatever in them turns the direction of
    writing is closed at their end, and they close nothing that was opened before them.
    """
    if not _TURNS.search(typed):
        return typed
    kept: list[str] = []
    still_open: list[str] = []
    for char in typed:
        if char in _CLOSED_BY:
            still_open.append(_CLOSED_BY[char])
        elif char in _CLOSERS:
            if char not in still_open:
                continue
            # what was opened inside it ends with it
            while still_open.pop() != char:
                pass
        kept.append(char)
    return "".join([*kept, *reversed(still_open)])


_MARKUP = re.compile(r"<([@#!]?)([^<>|]*)(?:\|([^<>]*))?>")


def as_plain(markup: str, names: Mapping[str, str]) -> str:
    """A message's text as people read it. `names`: of those who may be mentioned, by their Slack id."""

    def read(found: re.Match[str]) -> str:
        sign, what, label = found[1], found[2], found[3]
        if sign == "@":
            return f"@{label or names.get(what, 'somebody')}"
        if sign == "#":
            return f"#{label or 'a channel'}"
        return label or (f"@{what}" if sign else what.removeprefix("mailto:"))

    return html.unescape(_MARKUP.sub(read, markup)).strip()


def first_words(text: str, most: int) -> str:
    """So many of its words, on one line."""
    words = text.split()
    return " ".join(words[:most]) + (ELLIPSIS if len(words) > most else "")


def in_quotes(typed: str) -> str:
    """What was typed, on one line and cut short, in quotation marks."""
    # a whole page may have been pasted, of which forty characters are shown
    visible = "".join(" " if char.isspace() else char for char in typed[:500] if seen(char))
    words = inside_quotes(" ".join(visible.split()))
    return f"“{words[:LONGEST_QUOTE]}…”" if len(words) > LONGEST_QUOTE else f"“{words}”"


def called(snapshot: GroupSnapshot, person_id: str) -> str:
    """`Sam (Riverside Trust)`, also for somebody who left."""
    person, leader = snapshot.people.get(person_id), snapshot.leaders.get(person_id)
    if person is None:
        return "Somebody who left"
    return name_and_organisation(person.name, leader.organisation if leader else "")


def name_alone(called: str) -> str:
    """Of `Sam (Riverside Trust)`, `Sam`: for a line that has no room for organisations."""
    return one_line(called.partition(" (")[0], 60)


def as_posted(snapshot: GroupSnapshot, kept: Mapping[str, str], person_id: str) -> str:
    """As `called`, in what stays posted: as they were called then (`bot.domain.called`); where a record is from
    before that was kept, as they are called now."""
    return kept.get(person_id) or called(snapshot, person_id)


def first_of(snapshot: GroupSnapshot, person_id: str) -> str:
    """`Sam`, as prompts call people."""
    person = snapshot.people.get(person_id)
    return first_name(person.name) if person else "Whoever asked"


def listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def listed_within(names: Sequence[str], most: int) -> str:
    """As `listed`, in at most `most` characters: the rest is said as a number."""
    for left in range(len(names)):
        shown = listed([*names[: len(names) - left], f"{left} more"] if left else names)
        if len(shown) <= most:
            return shown
    return f"{len(names)} of them" if names else ""


def count(number: int, one: str) -> str:
    """`1 leader`, `2 leaders`."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def greeting(hour: int) -> str:
    """`hour`: 0 to 23, on their own clock."""
    if hour < 12:
        return "Morning"
    return "Afternoon" if hour < 17 else "Evening"
