"""My data by a link: the sheet with it, the page that it opens, and the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.hours import to_local
from bot.domain.items import Item
from bot.domain.people import Person
from bot.ports import View
from bot.views import blocks
from bot.views.dates import say_date
from bot.views.html import template
from bot.views.personal_data import COLUMNS, files, rows

FILE = "between-my-data.zip"


def link_sheet(link: str) -> View:
    """To the presser alone: the link stands in no message."""
    return blocks.sheet(
        "A link, for once",
        blocks.paragraph(blocks.link(link, "Open the page in your browser")),
        blocks.section(
            "Its button gives you one file with all I keep of you, what is just for you too: to read, for a "
            "spreadsheet, and as JSON."
        ),
        blocks.section(
            "It is good for ten minutes, and for one press. Whoever has the address can press it, so pass it to "
            "nobody."
        ),
    )


def ask_page() -> str:
    """Before the button is pressed: a preview of the link opens this and uses nothing up."""
    return template("data_link.html").render(
        title="What Between keeps of you",
        sentences=(
            "One file: to read, for a spreadsheet, and as JSON. It holds what is just for you too.",
            "This works once. Leave it on no computer that others use.",
        ),
        button="Get my file",
    )


def gone_page() -> str:
    """The same for a link that was used, has run out or never was."""
    return template("data_link.html").render(
        title="This link has been used, or its ten minutes are over",
        sentences=("Nothing is lost. In Slack, My data gives you another one.",),
    )


def down_page() -> str:
    """Whether the press used the link up is not known by then, so it names both ways on."""
    return template("data_link.html").render(
        title="Between can't read what it keeps just now",
        sentences=("Nothing is lost. Try the link again in a minute, or ask for another one in Slack.",),
    )


def packed(items: Iterable[tuple[str, Item]], names: Mapping[str, str], person: Person, now: datetime) -> bytes:
    """A zip with the same in three forms."""
    found = rows(items, names, person, private=True)
    today = to_local(now, person.zone).date()
    page = template("my_data.html").render(
        name=person.name, day=say_date(today, today), columns=list(COLUMNS.values()), rows=found
    )
    # half a letter that was stored once must not keep all the rest from them
    every = {"between-my-data.html": page.encode(errors="replace")} | files(found, person, now)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packing:
        for name, content in every.items():
            packing.writestr(name, content)
    return out.getvalue()
