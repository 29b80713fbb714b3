"""Imported once by the server that bots are forked from, so that each is born in a moment: all that takes time."""

from __future__ import annotations

from bot import app
from tests.crash import botprocess

__all__ = ["botprocess"]

app.warm_up()
