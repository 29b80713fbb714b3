"""What a browser asked for, read with care: what cannot be read is a plain 400 in words."""

from __future__ import annotations

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from playground.page.posted import Form

UNREADABLE = (ValueError, LookupError, AssertionError, HttpProcessingError)
"""What aiohttp raises where a form breaks off, names no such character set, or has no boundary."""
LONGEST_LEAP_S = 10 * 366 * 24 * 3600
"""Seconds by which the clock may be moved at once: ten years."""


async def form(request: web.Request) -> Form:
    """The posted form."""
    try:
        data = await request.post()
    except UNREADABLE:
        raise _bad("This form cannot be read.") from None
    return {key: [str(one) for one in data.getall(key)] for key in data}


def given(posted: Form, name: str) -> str:
    """A field without which the form makes no sense."""
    try:
        return posted[name][0]
    except LookupError:
        raise _bad(f"The form lacks {name!r}.") from None


def whole(text: str, name: str, most: int) -> int:
    """A whole number from 0 to `most`."""
    if not text.isdecimal() or len(text) > len(str(most)) or int(text) > most:
        raise _bad(f"{name!r} has to be a whole number, at most {most}.")
    return int(text)


def _bad(sentence: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=sentence)
