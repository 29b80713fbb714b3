"""A library that has an opinion on blocks, and how it is asked with plain dicts.

None of them reads dicts whole, so each block is built from its parts, innermost first, with the library's own
constructors; the first objection, and where it arose, is the answer. `grammar` says what the parts are.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from playground.grammar import BLOCKS, OBJECTS, VARIANTS, Fields

Json = dict[str, Any]
Maker = Callable[..., Any]


class Objection(Exception):
    """A library refuses a part at `pointer`."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.pointer, self.message = pointer, message


class NoOpinion(Exception):
    """This library cannot judge this kind of block."""


@dataclass(frozen=True)
class Library:
    """How to build parts with one library, and what it raises when it objects.

    A maker is called for an object or an element by its name; for any other part that comes in several types, by
    the kind and the type, as in `chart pie`. Parts without a maker leave a library without opinion on the block.
    """

    makers: Mapping[str, Maker]
    text: Callable[[Json], Any]
    objections: tuple[type[Exception], ...]
    renamed: Mapping[str, str] = field(default_factory=dict)
    eased: Mapping[tuple[str, str], Callable[[Any], Any]] = field(default_factory=dict)
    """Where the library is stricter than Slack's documents: what it is given instead, by part and key."""
    needs_action_id: bool = False
    check: Callable[[Any], None] | None = None
    """What makes the library look at a part, if it does not while building it."""

    def block(self, value: Json, pointer: str) -> None:
        self._part(f"{value['type']} block", value, BLOCKS[value["type"]], pointer)

    def _build(self, kind: str, value: Any, pointer: str) -> Any:
        """The library's object for a value of this kind in the grammar."""
        if value is None:
            return None
        if kind.endswith("[]"):
            inner = kind.removesuffix("[]")
            return [self._build(inner, item, f"{pointer}/{index}") for index, item in enumerate(value)]
        if kind == "context":
            kind = "element" if value["type"] == "image" else "text"
        if kind in ("text", "plain"):
            return self._made(pointer, lambda: self.text(value))
        if kind in VARIANTS:
            return self._part(_name(kind, value["type"]), value, VARIANTS[kind][value["type"]], pointer)
        if kind in OBJECTS:
            return self._part(kind, value, OBJECTS[kind], pointer)
        return value

    def _part(self, name: str, value: Json, fields: Fields, pointer: str) -> Any:
        maker = self.makers.get(name)
        if maker is None:
            raise NoOpinion
        known = _accepted(maker)
        args = {"action_id": "unnamed"} if self.needs_action_id and "action_id" in known & fields.keys() else {}
        for key, item in value.items():
            parameter = self.renamed.get(key, key)
            if key in fields and item is not None and parameter in known:
                part = self._build(fields[key][0], item, f"{pointer}/{key}")
                ease = self.eased.get((name, key))
                args[parameter] = ease(part) if ease else part
        return self._made(pointer, lambda: maker(**args))

    def _made(self, pointer: str, make: Callable[[], Any]) -> Any:
        """The part, unless the library objects."""
        try:
            part = make()
            if self.check:
                self.check(part)
        except self.objections as objection:
            raise Objection(pointer, str(objection)) from None
        except (TypeError, AttributeError, ValueError, LookupError, NotImplementedError, OverflowError):
            raise NoOpinion from None
        return part


def _name(kind: str, type_: str) -> str:
    """What the maker of a typed part is called: blocks within blocks are built like any other."""
    if kind in ("child", "card"):
        return f"{type_} block"
    return type_ if kind in ("element", "picture") else f"{kind} {type_}"


@cache
def _accepted(maker: Maker) -> frozenset[str]:
    return frozenset(inspect.signature(maker).parameters)
