"""Doors of *More* that `/between` opens by a word, each as its button does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from slack_bolt.async_app import AsyncAck

from bot.domain.snapshot import Section
from bot.ports import Deps
from bot.ports.blocks import Button
from bot.usecases import asks as of_asks
from bot.usecases import commitments as of_commitments
from bot.usecases import purpose as of_purpose
from bot.usecases import review as of_review
from bot.usecases import year as of_year
from bot.views import menu, what_for_doors
from bot.views import year as year_screens
from bot.views.action_payload import ActionPayload
from bot.views.problems import not_taken
from handlers import ahead, asks, commitments, offers, people, purpose, review, roster, year
from handlers.best_effort import best_effort
from handlers.group_choice import member_for_command
from handlers.incoming import Command, Press, show
from handlers.leaders import Draw


class Door(NamedTuple):
    """`needs`: of the group's snapshot, for what its button opens."""

    button: Callable[[str], Button]
    needs: Section
    draw: Draw


DOORS: Mapping[str, Door] = {
    "purpose": Door(menu.purpose_button, of_purpose.NEEDS, purpose.open_sheet),
    "review": Door(what_for_doors.review_button, of_review.NEEDS, review.open_start),
    "year": Door(year_screens.year_button, of_year.NEEDS, year.open_sheet),
    "people": Door(menu.people_button, Section.NAMES, roster.open_for_leader),
    "open": Door(menu.open_now_button, of_asks.NEEDS, asks.open_sheet),
    "lend": Door(menu.lend_button, of_asks.NEEDS, offers.open_sheet),
    "commitments": Door(menu.commitments_button, of_commitments.NEEDS, commitments.open_sheet),
    "ahead": Door(what_for_doors.ahead_button, ahead.NEEDS, ahead.open_sheet),
    "away": Door(menu.away_button, Section.NAMES, people.open_away),
    "settings": Door(menu.settings_button, Section.NAMES, people.open_settings),
}


async def command(ack: AsyncAck, incoming: Command, deps: Deps, door: Door) -> None:
    """Opens what the door's button opens, for a leader of the group that is meant (`group_choice`); others are
    offered to join."""
    member = await member_for_command(ack, incoming, deps, door.button, door.needs)
    if member:
        pressed = Press(
            who=incoming.who,
            team_id=incoming.team_id,
            channel=incoming.channel,
            trigger_id=incoming.trigger_id,
            response_url=incoming.response_url,
            payload=ActionPayload(group=member.snapshot.group.id),
        )
        await show(deps, pressed, await door.draw(pressed, member, deps))
        await ack()
        # what was typed after the word is given back: Slack shows a command's words no more, and a sentence may
        # have been meant
        if typed := incoming.text.partition(" ")[2].strip():
            await best_effort(deps.messenger.reply(incoming.response_url, not_taken(typed)))
