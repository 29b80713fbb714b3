"""What stories of typing to Between are told with."""

from __future__ import annotations

from bot.domain.commitments import Commitment
from bot.domain.people import SlackIdentity
from bot.domain.plate import Audience, Plate
from bot.domain.typed import Typed
from playground.messages import Message
from tests.stage import Stage

WORRY = "I worry about the winter."
BEDS = "Beds are full again."
ORGANISATION = "For Riverside Hospitals Trust"


async def carers(stage: Stage, when: str = "2026-11-25 10:00") -> None:
    """Jo's check-in has come, and waits."""
    await stage.gather("Jo")
    stage.let_them_type()
    await stage.at(when)


async def id_of(stage: Stage, name: str) -> str:
    who = stage.person(name).user
    return await stage.bot.deps.store.index.person(SlackIdentity(team_id=who.team_id, user_id=who.id)) or ""


async def group_id(stage: Stage) -> str:
    [found] = await stage.bot.deps.store.index.groups()
    return found


async def plate_of(stage: Stage, name: str = "Jo") -> Plate | None:
    """In the newest round."""
    store, group = stage.bot.deps.store, await group_id(stage)
    return await store.plates.get(group, await id_of(stage, name), round=max(await store.rounds.all(group)))


async def on_her_plate(stage: Stage) -> str:
    """What everyone sees of Jo's organisation."""
    plate = await plate_of(stage)
    assert plate is not None
    assert plate.organisation is not None
    assert plate.organisation.audience is Audience.GROUP
    return plate.organisation.text


async def commitments(stage: Stage) -> list[Commitment]:
    return [*(await stage.bot.deps.store.commitments.all(await group_id(stage))).values()]


async def noted(stage: Stage) -> Typed | None:
    return await stage.bot.deps.store.typed.get(await id_of(stage, "Jo"))


def edit(stage: Stage, message: Message, text: str) -> None:
    """As its author edits it in Slack: the app hears of that too."""
    channel = stage.pg.world.channels[message.channel_id]
    before = {"ts": message.ts, "text": message.text}
    message.text = text
    stage.pg.dispatcher.events.changed(channel, message, before)


def delete(stage: Stage, message: Message) -> None:
    channel = stage.pg.world.channels[message.channel_id]
    del channel.messages[message.ts]
    stage.pg.dispatcher.events.deleted(channel, {"ts": message.ts, "text": message.text})


async def everything_stored(stage: Stage) -> str:
    client = stage.bot.deps.store.connection.client  # type: ignore[attr-defined]
    return str([await client.dump(key) async for key in client.scan_iter(count=1000)])
