"""Who sees an answer: said, people and organisations, before it is sent."""

from __future__ import annotations

from functools import lru_cache

from bot.domain.plate import Audience
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.views import blocks
from bot.views.words import called, count, listed_within, one_line

GROUP_OPTION = "Everyone"
ME_OPTION = "Just me"

IN_THE_CHANNEL = "The digest is posted in the channel, so everyone there can read it."
"""Whoever says who *everyone* is says this too."""


def audience_input(field: str, snapshot: GroupSnapshot, chosen: Audience) -> blocks.Block:
    """Two choices under an answer; the first says how many people of how many organisations."""
    return _drawn(field, _everyone_option(snapshot), chosen)


@lru_cache(maxsize=1024)
def _drawn(field: str, everyone: str, chosen: Audience) -> blocks.Block:
    """Much the same in every form, and slack_sdk takes its time over options: drawn once; nobody changes it."""
    options = [blocks.option(everyone, Audience.GROUP), blocks.option(ME_OPTION, Audience.ME)]
    return blocks.asked(field, "Who sees this", blocks.select(field, options, chosen), optional=False)


def read_audience(values: View, field: str, otherwise: Audience) -> Audience:
    chosen = blocks.chosen(values, field)
    return Audience(chosen) if chosen in list(Audience) else otherwise


def everyone(snapshot: GroupSnapshot) -> str:
    """`Sam (Riverside Trust), … and 3 more, of Riverside Trust and 5 others`, in letters."""
    names = [one_line(called(snapshot, id_), 60) for id_ in snapshot.active()]
    organisations = [one_line(name, 40) for name in snapshot.organisations()]
    return f"{listed_within(names, 600)}. Organisations: {listed_within(organisations, 400)}."


def who_is_everyone(snapshot: GroupSnapshot) -> blocks.Block:
    """Under a form: the people and the organisations behind *everyone*, and what can't be promised."""
    return blocks.aside(
        f"Everyone is {everyone(snapshot)} {IN_THE_CHANNEL} Whoever runs the server could reach what is stored, "
        "and public bodies may have to disclose it."
    )


def _everyone_option(snapshot: GroupSnapshot) -> str:
    people, organisations = len(snapshot.active()), len(snapshot.organisations())
    return f"{GROUP_OPTION}: {count(people, 'leader')}, {count(organisations, 'organisation')}"
