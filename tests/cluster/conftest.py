"""Servers for the whole session, by who made them and how they stand together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.storage import RedisStore
from tests import known_keys
from tests.cluster.many import SHAPES, Deployment
from tests.cluster.servers import programs
from tests.master_keys import store_at

ASKED_FOR = "cluster"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only where asked for, `pytest -m cluster`: nine servers on two busy cores lose sight of each other."""
    if ASKED_FOR in str(config.option.markexpr):
        return
    of_many = [item for item in items if item.get_closest_marker("cluster")]
    if of_many:
        config.hook.pytest_deselected(items=of_many)
        items[:] = [item for item in items if item not in of_many]


@pytest.fixture(scope="session")
def deployment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """Such as `redis-cluster`: who made the servers, and how they stand together."""
    maker, shape = request.param.split("-")
    program = programs().get(maker)
    if program is None:
        pytest.skip(f"no server of {maker} here")
    made = SHAPES[shape](program, tmp_path_factory.mktemp(request.param))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def redis_url(deployment: Deployment) -> str:
    return deployment.url


@pytest.fixture
async def store(deployment: Deployment) -> AsyncIterator[RedisStore]:
    """As the `store` of all tests: clean, and left tidy; on servers that are well."""
    deployment.mend()
    deployment.wait_until_well()
    store = store_at(deployment.url)
    await store.connection.everywhere("FLUSHALL")
    yield store
    await store.close()
    deployment.wait_until_well()
    strays = [
        key
        for server in deployment.primaries()
        for key in server.ask("KEYS", "*")
        if not known_keys.known(key.decode())
    ]
    assert not strays, f"keys that belong to nobody: {strays}"
