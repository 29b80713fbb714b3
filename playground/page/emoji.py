"""The emoji short names Slack draws, as far as a workplace is likely to meet them."""

from __future__ import annotations

import re
from importlib import resources

SHORT_NAME = re.compile(r":([a-z0-9_+'-]+):(?::skin-tone-[2-6]:)?")

_WORDS = resources.files(__package__).joinpath("emoji.txt").read_text(encoding="utf-8").split()

PICTURES: dict[str, str] = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))


def draw(text: str) -> str:
    """Put pictures for the short names we know; leave the rest, as Slack leaves an unknown emoji."""
    return SHORT_NAME.sub(lambda m: PICTURES.get(m[1], m[0]), text)
