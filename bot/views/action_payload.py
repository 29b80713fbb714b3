"""What a button or form aims at: carried in its value, read back when it is pressed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from bot.domain.problems import Problem, ProblemCode

_ID = re.compile(r"[A-Za-z0-9_.-]*")
"""What every id of ours and of Slack's is made of, a round's name and a day too."""


class ActionPayload(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    omit_defaults=True,
    rename={
        "group": "g",
        "round": "r",
        "person": "p",
        "subject": "s",
        "page": "n",
        "state": "t",
        "words": "w",
    },
):
    """Ids only, never words. `person` is whom the message was for, so that a press by anybody else is known.
    `words`: the version of those that stand beside it (`as_read.version_of`), where a press takes them."""

    group: str = ""
    round: str = ""
    person: str = ""
    subject: str = ""
    page: int = 0
    state: str = ""
    words: str = ""


def write(payload: ActionPayload) -> str:
    """As a button's value: short, since an option's value holds 150 characters."""
    return msgspec.json.encode(payload).decode()


def groups_in(values: Iterable[str]) -> set[str]:
    """Which groups buttons with these values are about."""
    found = set()
    for value in values:
        with suppress(Problem):
            found.add(read(value).group)
    return found - {""}


def read(value: str | None) -> ActionPayload:
    """The inverse of `write`; raises Problem for anything else."""
    try:
        aimed = msgspec.json.decode(value or "", type=ActionPayload)
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise Problem(ProblemCode.OLD_BUTTON) from error
    # it comes from outside, and goes into keys of the store and names of entries
    if not all(map(_ID.fullmatch, (aimed.group, aimed.round, aimed.person, aimed.subject, aimed.words))):
        raise Problem(ProblemCode.OLD_BUTTON)
    return aimed
