"""The clock, the people file, and waiting for something to happen."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from playground.clock import Clock, stopwatch
from playground.config import ConfigFault, load
from playground.server import Playground
from playground.world import Unknown, World
from tests.playground.conftest import CONFIG, TUESDAY


def test_a_frozen_clock_stands_still_until_it_is_moved() -> None:
    clock = Clock(TUESDAY, frozen=True)
    assert clock.now() == clock.now() == TUESDAY
    clock.advance(timedelta(hours=2))
    assert clock.now() == TUESDAY + timedelta(hours=2)


async def test_a_running_clock_goes_on_from_where_it_was_set() -> None:
    clock = Clock(TUESDAY)
    began, before = stopwatch(), clock.now()
    while clock.now() == before:  # noqa: ASYNC110
        await asyncio.sleep(0)
    clock.move_to(TUESDAY + timedelta(days=7))
    since = clock.now() - (TUESDAY + timedelta(days=7))
    assert timedelta(0) <= since <= timedelta(seconds=stopwatch() - began)


def test_whoever_asked_is_told_of_a_move() -> None:
    clock, moves = Clock(TUESDAY, frozen=True), []
    clock.on_move(moves.append)
    clock.advance(timedelta(days=1))
    assert moves == [TUESDAY + timedelta(days=1)]


def test_a_clock_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        Clock(datetime(2026, 11, 24))  # noqa: DTZ001


def test_message_times_come_from_the_clock_and_never_repeat() -> None:
    world = World.from_config(CONFIG, Clock(TUESDAY, frozen=True))
    first, second = world.next_ts(), world.next_ts()
    assert first == f"{int(TUESDAY.timestamp())}.000000"
    world.clock.move_to(TUESDAY - timedelta(days=1))
    assert first < second < world.next_ts()


def test_people_are_found_by_what_they_are_called() -> None:
    world = World.from_config(CONFIG)
    assert {world.user(one).id for one in ("U0SAM", "sam", "Sam", "Sam Okafor", "@sam")} == {"U0SAM"}
    with pytest.raises(Unknown, match="0 people are called 'Nobody'"):
        world.user("Nobody")


def test_the_seeded_workspace_has_nine_leaders_of_six_organisations() -> None:
    world = load()
    people = world.people()
    assert len(people) == 9
    assert len({person.organisation for person in people}) == 6
    assert len({person.tz for person in people}) >= 4
    assert set(world.channel("#young-carers").members) == {person.id for person in people}


def test_each_world_is_its_own() -> None:
    one, other = load(), load()
    one.channel("#general").members.clear()
    assert other.channel("#general").members


def test_a_fault_in_the_people_file_is_said_in_words() -> None:
    with pytest.raises(ConfigFault, match="A person has no 'colur'"):
        World.from_config({"workspaces": [{"id": "T1", "name": "W"}], "people": [{"id": "U1", "colur": "red"}]})
    with pytest.raises(ConfigFault, match=r"An app A1: .*signing_secret"):
        World.from_config({"workspaces": [{"id": "T1", "name": "W"}], "apps": [{"id": "A1", "name": "Bell"}]})


async def test_a_change_wakes_whoever_waits(pg: Playground) -> None:
    version = pg.version
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(pg.wait_change(version, timeout=5))
        await asyncio.sleep(0)
        await pg.person("Sam").say("#open", "a")
    assert waiting.result() > version


async def test_waiting_ends_without_a_change(pg: Playground) -> None:
    assert await pg.wait_change(pg.version, timeout=0.01) == pg.version


async def test_waiting_for_something_that_never_comes(pg: Playground) -> None:
    with pytest.raises(TimeoutError):
        await pg.until(lambda: False, timeout=0.05)


async def test_a_taken_port_is_an_error_and_leaves_nothing_open(pg: Playground) -> None:
    port = int(pg.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="in use"):
        async with Playground(load(), port=port):
            pass


async def test_two_playgrounds_side_by_side() -> None:
    async with Playground(load()) as one, Playground(load()) as other:
        await one.person("Sam").say("#general", "Only here")
        assert other.person("Sam").sees("#general") == []
        assert one.url != other.url


async def test_the_time_now_is_the_worlds() -> None:
    async with Playground(World.from_config(CONFIG, Clock(TUESDAY, frozen=True))) as pg:
        message = await pg.person("Sam").say("#open", "a")
        assert datetime.fromtimestamp(float(message.ts), UTC) == TUESDAY
