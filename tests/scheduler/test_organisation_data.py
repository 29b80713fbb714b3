"""The channel is told who asked for an organisation's words, whatever they ask for next."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.people import DataRequest
from bot.ports import SlackRefused
from bot.usecases import organisation_data, personal_data
from tests.members import as_leader
from tests.scheduler.fortnight import SAM
from tests.scheduler.postroom import Bot

OUT = SlackRefused("not_in_channel", permanent=True, can_end=True)


async def test_it_is_told_though_they_asked_for_their_own_before_it_could_be(carers: Bot) -> None:
    """The bot was out of the channel for a while: files go by DM all the same."""
    carers.slack.cannot_post = OUT
    await organisation_data.request(carers.deps, await as_leader(carers.deps, SAM, "g7"), carers.clock.now())
    await carers.after(timedelta(seconds=1))
    carers.slack.cannot_post = None
    await carers.after(timedelta(seconds=1))
    by = await as_leader(carers.deps, SAM, "g7")
    await personal_data.ask_for(carers.deps, by, DataRequest(at=carers.clock.now()))
    for _ in range(3):
        await carers.after(timedelta(hours=1))
    assert [text for text in carers.slack.texts if "has asked for a file of what leaders who speak for" in text]
