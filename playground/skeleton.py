"""The shape of a block without its words, so that one verdict serves every block of that shape.

Words and ids are replaced by how long they are at most (the next number of `STEPS`) and by which of them are the
same. A shape is judged in its longest version: if that passes, so does every block of the shape, since Slack's
limits on length are all upper ones; if it does not, the block itself has to be looked at.
"""

from bisect import bisect_left
from typing import Any

import msgspec

Json = dict[str, Any]
#: Words and ids, which may be anything; all other strings (types, styles, dates, addresses) stay as they are.
FREE = {"text", "value", "block_id", "action_id"}
STEPS = (8, 24, 30, 50, 75, 100, 150, 200, 255, 300, 1000, 2000, 3000, 12_000)
_MARK = "\x00"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


def shape(block: Any) -> bytes | None:
    """The block's shape as a key, or None for something that has none (too long, or no JSON)."""
    try:
        return _encode(_stripped(block, {}))
    except (TypeError, ValueError, OverflowError, RecursionError, UnicodeEncodeError):
        return None


def longest(key: bytes) -> Any:
    """The longest block of this shape."""
    return _filled(_decode(key))


def _stripped(value: Any, seen: dict[str, str]) -> Any:
    if type(value) is dict:
        return {
            key: _placeholder(one, seen) if type(one) is str and key in FREE else _stripped(one, seen)
            for key, one in value.items()
        }
    if type(value) is list:
        return [_stripped(one, seen) for one in value]
    if type(value) is str and value.startswith(_MARK):
        raise ValueError("looks like a placeholder")
    return value


def _placeholder(words: str, seen: dict[str, str]) -> str:
    """The same words become the same placeholder. Nothing but spaces stays as it is."""
    known = seen.get(words)
    if known is None:
        length = len(words)
        if not words.isascii():
            words.encode()  # Half a surrogate pair has no shape.
        if length > STEPS[-1]:
            raise ValueError("longer than anything Slack takes")
        blank = not words or words.isspace()
        known = words if blank else f"{_MARK}{len(seen)}:{STEPS[bisect_left(STEPS, length)]}"
        seen[words] = known
    return known


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one) for one in value]
    if isinstance(value, str) and value.startswith(_MARK):
        number, length = value[1:].split(":")
        return number.ljust(int(length), "x")
    return value
