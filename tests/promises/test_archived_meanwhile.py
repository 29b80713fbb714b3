"""A channel is archived or opened while somebody asks Slack how it stands, or Slack won't say, or tells late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.groups import Connection, Group, Place
from bot.domain.outbox import Entry, Kind
from bot.domain.reach import connected_now
from bot.domain.resting import asking_rests
from bot.slack.messenger import SlackMessenger
from bot.usecases import channel, refused
from playground.faults import Fault
from tests.domain import young_carers
from tests.promises.test_archived import asked, told
from tests.stage import LONDON, Stage

pytestmark = pytest.mark.slow


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    await stage.gather("Jo", "Priya")
    return stage


async def group_of(stage: Stage) -> Group:
    group = await stage.bot.deps.store.groups.get((await stage.bot.deps.store.index.groups())[0])
    assert group
    return group


async def test_archived_while_the_daily_look_reads_who_is_in_it(
    carers: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await carers.at("2026-12-01 12:00")
    before, members, archived = len(asked(carers)), SlackMessenger.members, []

    async def archived_meanwhile(self: SlackMessenger, place: Place, cursor: str = "") -> object:
        if not archived:
            archived.append(True)
            await carers.person("Sam").archive("young-carers")
        return await members(self, place, cursor)

    monkeypatch.setattr(SlackMessenger, "members", archived_meanwhile)
    due_at = (await group_of(carers)).members_due_at
    assert due_at
    await carers.at(due_at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M"))
    await carers.at("2026-12-02 16:00")
    assert told(carers) == [1, 1, 1]
    await carers.at("2026-12-10 18:00")
    assert len(asked(carers)) == before


async def test_opened_before_our_look_has_noted_that_it_is_archived(
    carers: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Archived by mistake, and undone at once."""
    await carers.at("2026-12-01 12:00")
    connection, opened = SlackMessenger.connection, []

    async def opened_meanwhile(self: SlackMessenger, place: Place) -> object:
        answer = await connection(self, place)
        if answer.archived and not opened:
            opened.append(True)
            carers.person("Sam").channel("young-carers").archived = False
            await channel.reopened(carers.bot.deps, await group_of(carers), carers.bot.deps.now())
        return answer

    monkeypatch.setattr(SlackMessenger, "connection", opened_meanwhile)
    await carers.person("Sam").archive("young-carers")
    await carers.at("2026-12-03 12:30")
    assert opened
    assert told(carers) == [0, 0, 0]
    assert (await group_of(carers)).trouble is None


async def test_slack_would_not_say_how_it_stands_and_is_asked_again_in_minutes(carers: Stage) -> None:
    await carers.at("2026-11-24 12:00")
    before = len(asked(carers))
    carers.pg.world.faults.order(Fault("ratelimited", seconds=30), method="conversations.info")
    await carers.person("Sam").archive("young-carers")
    await carers.at("2026-11-24 12:15")
    assert told(carers)[:2] == [1, 1], "it is evening where Priya is"
    await carers.at("2026-11-26 11:00")
    assert len(asked(carers)) == before


async def test_of_a_dead_token_slack_is_not_asked_every_few_minutes(carers: Stage) -> None:
    await carers.at("2026-11-24 12:00")
    world = carers.pg.world
    world.revoked[world.app("Between").installs["T0RIVER"].bot_token] = "token_revoked"
    before = len(world.traffic.calls_of("conversations.info"))
    await carers.person("Sam").archive("young-carers")
    await carers.at("2026-11-24 16:00")
    assert len(world.traffic.calls_of("conversations.info")) - before <= 3
    world.revoked.clear()
    await carers.at("2026-11-26 11:00")
    assert told(carers) == [1, 1, 1]


async def test_an_unarchiving_that_is_told_late_is_not_believed(carers: Stage) -> None:
    """Unarchived, archived again, and then told of the first."""
    await carers.at("2026-11-24 12:00")
    before, sam = len(asked(carers)), carers.person("Sam")
    await sam.archive("young-carers")
    await carers.at("2026-11-24 12:05")
    carers.pg.dispatcher.events.archive(sam.channel("young-carers"), sam.user.id, False)
    sam.channel("young-carers").archived = True
    await carers.at("2026-11-26 11:00")
    assert len(asked(carers)) == before
    assert told(carers) == [1, 1, 1]


async def test_where_slack_would_not_say_an_unarchiving_is_believed(carers: Stage) -> None:
    await carers.at("2026-11-24 12:00")
    before = len(asked(carers))
    await carers.person("Sam").archive("young-carers")
    await carers.at("2026-11-24 12:05")
    carers.pg.world.faults.order(Fault("fatal_before"), method="conversations.info")
    await carers.person("Sam").unarchive("young-carers")
    await carers.at("2026-11-25 11:00")
    assert len(asked(carers)) == before + 3


@pytest.mark.parametrize("code", ["token_revoked", "not_in_channel", "channel_not_found", "restricted_action"])
async def test_whatever_slack_refuses_since_nobody_is_asked_in_an_archived_channel(
    carers: Stage, code: str
) -> None:
    await carers.at("2026-11-24 12:30")
    before = len(asked(carers))
    await carers.person("Sam").archive("young-carers")
    await carers.at("2026-11-24 14:00")
    group, now = await group_of(carers), carers.bot.deps.now()
    owed = Entry(
        name="change:x",
        kind=Kind.CHANGE,
        group_id=group.id,
        team_id=group.place.team_id,
        due_at=now,
        expires_at=now + timedelta(days=3),
    )
    await refused.in_channel(carers.bot.deps, owed, code, now)
    await carers.at("2026-11-26 13:00")
    assert len(asked(carers)) == before


async def test_posts_that_slack_refuses_where_it_calls_the_channel_open_are_not_told_of_each_day(
    carers: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a channel that is frozen, of which Slack does not say so."""
    connection = SlackMessenger.connection

    async def open_by_its_word(self: SlackMessenger, place: Place) -> object:
        carers.person("Sam").channel("young-carers").archived = False
        answer = await connection(self, place)
        carers.person("Sam").channel("young-carers").archived = True
        return answer

    await carers.at("2026-11-30 12:00")
    await carers.press_more("Jo", "Change the rhythm")
    monkeypatch.setattr(SlackMessenger, "connection", open_by_its_word)
    carers.person("Sam").channel("young-carers").archived = True
    assert await carers.send("Jo", {"What you work on together": "Carers"}) is None
    await carers.at("2026-12-04 18:00")
    assert told(carers) == [1, 1, 1]


def test_shared_unseen_and_then_archived_nobody_is_asked() -> None:
    now = young_carers.at("2026-11-24", "12:00")
    group = replace(young_carers.group(), connection=Connection(looked_at=now))
    unseen = connected_now(group, Connection(shared=True, looked_at=now), now)
    assert not asking_rests(unseen, now)
    closed = connected_now(unseen, Connection(shared=True, archived=True, looked_at=now), now)
    assert closed.trouble
    assert closed.trouble.unseen
    assert asking_rests(closed, now)


def test_frozen_is_as_archived_and_stays_so_by_each_look() -> None:
    now = young_carers.at("2026-11-24", "12:00")
    group = replace(young_carers.group(), connection=Connection(looked_at=now))
    frozen = connected_now(group, Connection(frozen="disconnected", looked_at=now), now)
    next_day = connected_now(frozen, Connection(frozen="disconnected", looked_at=now), now + timedelta(days=1))
    assert next_day.trouble == frozen.trouble
    assert asking_rests(next_day, now)
    opened = connected_now(next_day, Connection(looked_at=now), now + timedelta(days=2))
    assert opened.trouble is None
    assert not asking_rests(opened, now)
