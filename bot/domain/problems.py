"""What can go wrong in a way that a person can mend, said in a sentence they can act on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Problem(Exception):
    """A wish that can't be granted as it stands.

    `sentence` is for the person who wished: what happened and what to do. `field` names the input it
    belongs to (one of the views' field constants), or is None where the whole wish is at fault.
    """

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field

    @property
    def each(self) -> tuple[Problem, ...]:
        """The problems in it, one where it is only one."""
        return (self,)


class Problems(Problem):
    """Several at once, so that whoever filled in a form mends them all in one go."""

    def __init__(self, several: list[Problem]) -> None:
        super().__init__(" ".join(one.sentence for one in several))
        self._each = tuple(several)

    @property
    def each(self) -> tuple[Problem, ...]:
        return self._each


def read_all(make: Callable[..., T], **reads: Callable[[], object]) -> T:
    """`make`, with what each of `reads` gives under its name. Where some raise a Problem, all of those are raised
    together; one alone as it is.
    """
    given: dict[str, object] = {}
    found: list[Problem] = []
    for name, read in reads.items():
        try:
            given[name] = read()
        except Problem as problem:
            found += problem.each
    if found:
        raise found[0] if len(found) == 1 else Problems(found)
    return make(**given)
