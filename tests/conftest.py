"""What tests share: a real Redis, a store on it that must be left tidy, a clock that stands still."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, settings
from redis import Redis

from bot import logs as bot_logs
from bot.embedded.server import EmbeddedServer
from bot.redis import server
from bot.settings import Settings
from bot.storage import RedisStore
from bot.store import compare_and_set
from bot.usecases import presence, preview, typed
from handlers import best_effort, joining
from tests import known_keys
from tests.clock import Clock
from tests.logging_as_before import logging_as_before
from tests.master_keys import store_at
from tests.tracebacks import plain_tracebacks

pytest.register_assert_rewrite("tests.stage", "tests.promises.watch")
"""What stories share says what was not so, as a test does."""


def pytest_configure() -> None:
    """Hypothesis gives each example 200 ms, and a strategy's first ones a second. On a busy machine neither says
    anything of the code."""
    settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("any machine")


ACK_TIMEOUT_S = 30.0
"""For an answer of Redis or Slack, in tests that are about something else."""

_LIMITS = (
    (server, "ANSWER_TIMEOUT_S"),
    (server, "CONNECT_TIMEOUT_S"),
    (compare_and_set, "CHANGE_TIMEOUT_S"),
    (presence, "ASKING_TIMEOUT_S"),
    (presence, "ONE_QUESTION_TIMEOUT_S"),
    (preview, "ASKING_TIMEOUT_S"),
    (typed, "READ_TIMEOUT_S"),
    (joining, "PROFILE_TIMEOUT_S"),
    (best_effort, "BEST_EFFORT_TIMEOUT_S"),
)
_OURS = [getattr(where, name) for where, name in _LIMITS]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """The bot waits for Redis, and for Slack in a press, so briefly that Slack hears in time. On a machine
    with more to do than processors, a story would end there. What is about these limits is marked, and everything
    that kills or freezes servers."""
    real = item.get_closest_marker("real_timeouts") or item.get_closest_marker("cluster")
    for (where, name), ours in zip(_LIMITS, _OURS, strict=True):
        setattr(where, name, ours if real else ACK_TIMEOUT_S)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page in a browser, and a promise over many tries, have as long as a busy machine takes: what ends them is
    for a hang, and how long they take is nobody's promise."""
    for item in items:
        long = item.get_closest_marker("browser") or item.get_closest_marker("slow")
        if long and not item.get_closest_marker("timeout"):
            item.add_marker(pytest.mark.timeout(240))


def pytest_collection_finish() -> None:
    """Freeze what was imported and collected, as the bot does (`bot.app.freeze_startup_objects`). Each full
    collection stopped a worker for half a second, and under load for longer than a connection to Redis may take."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    plain_tracebacks()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server for the whole session (xdist: for each worker); `store` gives a clean one to each test."""
    server = EmbeddedServer(tmp_path_factory.mktemp("redis"), fsync="no")
    server.start()
    with Redis.from_url(server.url) as redis:
        redis.config_set("appendonly", "no")  # a disk that others keep busy would hold up answers past their time
    yield server.url
    server.stop()


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[RedisStore]:
    """A clean store. A key that `known_keys` does not know fails the test: nobody would ever clear it away."""
    store = store_at(redis_url)
    await store.connection.client.flushall()
    yield store
    left = [key.decode() async for key in store.connection.client.scan_iter(count=1000)]
    await store.close()
    strays = [key for key in left if not known_keys.known(key)]
    assert not strays, f"keys that belong to nobody: {strays}"


@pytest.fixture
def clock() -> Clock:
    """Monday 23 November 2026, nine in the morning in London."""
    return Clock(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _logs_as_before() -> Iterator[None]:
    """Whatever a test sets up, as the command line does in its process, ends with it: the next may count lines."""
    with logging_as_before():
        yield


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """All that the bot logs, at its most talkative."""
    bot_logs.configure(Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", log_level="debug"))  # type: ignore[arg-type]
    return lambda: "".join(capsys.readouterr())
