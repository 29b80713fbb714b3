"""What becomes of a record as it is stored, for changes made in a loop: closures there would all see its last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


def if_there(
    decide: Callable[Concatenate[T, P], T], *args: P.args, **kwargs: P.kwargs
) -> Callable[[T | None], T | None]:
    """What `decide` makes of it with these; nothing, where there is no such record any more."""
    return lambda stored: stored and decide(stored, *args, **kwargs)


def unless_changed(before: T | None, new: T) -> Callable[[T | None], T | None]:
    """`new`, only over what was read: somebody may have changed it meanwhile, and then that stands."""
    return lambda stored: new if stored == before else stored
