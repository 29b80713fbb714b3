"""Which of a group's rounds count now: one that a clock far ahead has opened does not, until its time comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.groups import Group
from bot.domain.rhythm import Round, coming_round, opens_at


def present(rounds: Iterable[Round], group: Group, now: datetime) -> list[Round]:
    """The rounds up to now, the latest first, with the coming one where it was opened early for somebody's words.

    Nothing is ever opened beyond the first round that can still be answered, whatever came before it.
    """
    ordered = sorted(rounds, key=lambda one: one.name, reverse=True)
    if not ordered or opens_at(ordered[0]) <= now:
        return ordered
    furthest = coming_round(group, None, now).name
    return [one for one in ordered if one.name <= furthest or opens_at(one) <= now]
