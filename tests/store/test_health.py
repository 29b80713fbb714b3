"""What the bot says at the start about the Redis it is given."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.embedded.server import EmbeddedServer
from bot.redis.connection import Setup, connect
from bot.redis.health import faults_of
from bot.redis_url import Kind, read_address
from bot.storage import RedisStore
from tests.master_keys import store_at

FINE = {
    "redis_version": "7.2.4",
    "aof_enabled": 1,
    "maxmemory": 0,
    "maxmemory_policy": "noeviction",
    "role": "master",
}


@pytest.fixture
async def own(tmp_path: Path) -> AsyncIterator[RedisStore]:
    """A store on a server of this test's own, whose settings it may change."""
    server = EmbeddedServer(tmp_path / "d")
    server.start()
    store = store_at(server.url)
    yield store
    await store.close()
    server.stop()


async def test_our_own_server_gives_no_cause_for_worry(own: RedisStore) -> None:
    assert await own.warnings_at_start() == []


async def test_a_server_that_keeps_nothing_is_named(own: RedisStore) -> None:
    await own.connection.client.config_set("appendonly", "no")
    (said,) = await own.warnings_at_start()
    assert said.endswith("keeps nothing on disk, so a restart loses everything. Set appendonly to yes.")


async def test_a_server_with_snapshots_only_is_named(own: RedisStore) -> None:
    await own.connection.client.config_set("appendonly", "no")
    await own.connection.client.config_set("save", "900 1")
    (said,) = await own.warnings_at_start()
    assert "only takes snapshots" in said


async def test_a_server_that_may_throw_keys_away_is_named(own: RedisStore) -> None:
    await own.connection.client.config_set("maxmemory-policy", "allkeys-lru")
    assert await own.warnings_at_start() == []
    await own.connection.client.config_set("maxmemory", "100mb")
    (said,) = await own.warnings_at_start()
    assert said.endswith("throws data away when it is full (maxmemory-policy allkeys-lru). Set it to noeviction.")


async def test_a_hosted_server_that_hides_its_settings_is_asked_no_further(own: RedisStore) -> None:
    redis = own.connection.client
    await redis.config_set("appendonly", "no")
    await redis.execute_command("ACL", "SETUSER", "default", "-config")  # type: ignore[no-untyped-call]
    (said,) = await own.warnings_at_start()
    assert said.endswith("won't say whether it takes snapshots. Ask whoever runs it.")


async def test_a_server_that_says_nothing_about_itself_gets_one_sentence(own: RedisStore) -> None:
    await own.connection.client.execute_command("ACL", "SETUSER", "default", "-info", "-config")  # type: ignore[no-untyped-call]
    (said,) = await own.warnings_at_start()
    assert said.endswith("won't say how it is set up, so check that it keeps data on disk.")


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ({}, []),
        ({"redis_version": "6.2.0"}, []),
        ({"redis_version": "6.0.16"}, ["is version 6.0.16; Between needs 6.2 or newer."]),
        ({"redis_version": "odd"}, []),
        ({"role": "slave"}, ["is a replica and can't be written to. Set REDIS_URL to the primary."]),
        (
            {"cluster_enabled": 1},
            ["is part of a cluster. Set REDIS_URL to redis+cluster://host:port,host:port."],
        ),
        (
            {"connected_slaves": 1},
            [
                "has 1 replica connected and waits for 0: should another take over, answers may be lost. "
                "Set REDIS_WAIT_REPLICAS to 1."
            ],
        ),
    ],
)
def test_what_info_tells(info: dict[str, object], said: list[str]) -> None:
    assert list(faults_of({**FINE, **info}, None)) == said


def test_a_cluster_with_a_replica_for_what_is_kept_gives_no_cause_for_worry() -> None:
    in_one = {**FINE, "cluster_enabled": 1, "connected_slaves": 1}
    assert list(faults_of(in_one, None, Setup(Kind.CLUSTER, 1))) == []


def test_too_few_replicas_are_said_before_the_first_answer_is_refused() -> None:
    (said,) = faults_of({**FINE, "connected_slaves": 1}, None, Setup(Kind.SENTINEL, 2))
    assert said.startswith("has 1 replica connected and REDIS_WAIT_REPLICAS asks for 2, so nothing can be saved")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://:secret@db.example:6380/2", "redis://db.example:6380/2"),
        ("rediss://between:secret@db.example", "rediss://db.example"),
        ("unix:///run/redis.sock?password=secret", "/run/redis.sock"),
        ("redis://", "redis://localhost"),
        ("redis+cluster://sam:secret@a:7000,b:7001", "redis+cluster://a:7000,b:7001"),
        (
            "rediss+sentinel://:secret@a,[::1]:26380/carers?sentinel_password=hush",
            "rediss+sentinel://a,[::1]:26380/carers",
        ),
    ],
)
def test_an_address_in_a_sentence_holds_no_password(url: str, address: str) -> None:
    assert read_address(url).shown == address


@pytest.mark.parametrize("url", ["", "localhost:6379", "http://db.example", "cluster://db.example"])
def test_a_url_of_something_else_is_refused_in_a_sentence(url: str) -> None:
    with pytest.raises(ValueError, match="REDIS_URL must begin with"):
        connect(url)
