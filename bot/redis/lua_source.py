"""The texts of our Lua scripts, and what Redis knows each by."""

from __future__ import annotations

from hashlib import sha1
from importlib.resources import files


def lua(package: str, name: str) -> str:
    """The text of `lua/<name>.lua` beside the modules of `package`."""
    return files(package).joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")


def sha_of(text: str) -> str:
    """As `EVALSHA` wants it: SHA-1, in hexadecimal."""
    return sha1(text.encode(), usedforsecurity=False).hexdigest()
