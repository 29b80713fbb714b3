"""REDIS_URL for several servers: what is understood, and what is said where it is not."""

from __future__ import annotations

import pytest

from bot.redis.connection import connect
from bot.redis_url import BadAddress, Kind, read_address


def test_a_cluster_is_known_by_some_of_its_hosts() -> None:
    address = read_address("redis+cluster://between:secret@one:7000,two,[::1]:7002?socket_timeout=1")
    assert address.kind is Kind.CLUSTER
    assert address.hosts == (("one", 7000), ("two", 6379), ("::1", 7002))
    assert address.server_url == "redis://between:secret@?socket_timeout=1"
    assert address.shown == "redis+cluster://one:7000,two,[::1]:7002"


def test_sentinels_are_asked_for_a_name() -> None:
    address = read_address("rediss+sentinel://:secret@one,two:5000/carers/2")
    assert address.hosts == (("one", 26379), ("two", 5000))
    assert (address.service, address.server_url) == ("carers", "rediss://:secret@/2")


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("redis://one", 0),
        ("unix:///run/redis.sock", 0),
        ("redis+cluster://one", 1),
        ("redis+sentinel://one/carers", 1),
    ],
)
async def test_where_another_may_take_over_a_replica_must_have_it_too(url: str, wanted: int) -> None:
    for asked, stands in ((None, wanted), (0, 0), (2, 2)):
        connection = connect(url, asked)
        assert connection.setup.replicas == stands
        await connection.close()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("redis+sentinel://u:hush@one,two", "must end with the name that the sentinels know the servers by"),
        ("redis+sentinel://one/carers/first", "must end with the name"),
        ("redis+sentinel://one/a/0/b", "must end with the name"),
        ("redis+cluster://u:hush@one/3", "names database 3, but a cluster has only 0"),
        ("redis+cluster://u:hush@one,,two", "names an empty host"),
        ("redis+cluster://", "names an empty host"),
        ("redis+cluster://u:hush@one:port", "has a port that is none: one:port"),
        ("redis+cluster://one:70000", "has a port that is none: one:70000"),
        ("redis://u:hush@one:port", "has a port that is none: one:port"),
        ("http://u:hush@one", "must begin with redis://"),
    ],
)
def test_an_address_that_is_none_is_refused_in_a_sentence_without_its_password(url: str, said: str) -> None:
    with pytest.raises(BadAddress, match=said) as told:
        read_address(url)
    assert str(told.value).startswith("REDIS_URL ")
    assert "hush" not in str(told.value)
