"""Screens as text, for tests: see `playground.as_text`. Reviewers read these instead of JSON."""

from playground.as_text import NOBODY, Block, Names, form, home, message, plain

__all__ = ["NOBODY", "Block", "Names", "form", "home", "message", "plain"]
