"""Who sees an answer: said, people and organisations, before it is sent."""

from __future__ import annotations

from bot.domain.plate import Audience
from bot.domain.snapshot import GroupSnapshot
from bot.ports import StateValues
from bot.ports.blocks import Block
from bot.views import blocks
from bot.views.words import called, count, listed_within, one_line

GROUP_OPTION = "Everyone"
ME_OPTION = "Just me"

IN_THE_CHANNEL = "The digest is posted in the channel, so everyone there can read it."
"""Whoever says who *everyone* is says this too."""


def audience_input(field: str, snapshot: GroupSnapshot, chosen: Audience) -> Block:
    """Two choices under an answer; the first says how many people of how many organisations."""
    people, organisations = (
        count(len(snapshot.active()), "leader"),
        count(len(snapshot.organisations()), "organisation"),
    )
    options = [
        blocks.option(f"{GROUP_OPTION}: {people}, {organisations}", Audience.GROUP),
        blocks.option(ME_OPTION, Audience.ME),
    ]
    return blocks.asked(field, "Who sees this", blocks.select(field, options, chosen), optional=False)


def read_audience(values: StateValues, field: str, otherwise: Audience) -> Audience:
    chosen = blocks.chosen(values, field)
    return Audience(chosen) if chosen in list(Audience) else otherwise


def everyone(snapshot: GroupSnapshot) -> str:
    """`Sam (Riverside Trust), … and 3 more, of Riverside Trust and 5 others`, in letters."""
    names = [one_line(called(snapshot, id_), 60) for id_ in snapshot.active()]
    organisations = [one_line(name, 40) for name in snapshot.organisations()]
    return f"{listed_within(names, 600)}. Organisations: {listed_within(organisations, 400)}."


def who_is_everyone(snapshot: GroupSnapshot) -> Block:
    """Under a form: the people and the organisations behind *everyone*, and what can't be promised."""
    return blocks.aside(
        f"Everyone is {everyone(snapshot)} {IN_THE_CHANNEL} Whoever runs the server could reach what is stored, "
        "and public bodies may have to disclose it."
    )
