"""What a stage runs on: the settings of its bot, and outgoing messages at no real pace."""

from __future__ import annotations

import itertools

from bot.ports import Store
from bot.storage import RedisStore
from bot.store.method_limiter import RedisMethodLimiter
from scheduler.outbox.pace import NO_PACE
from scheduler.outbox.queue import RedisOutbox
from tests import master_keys
from tests.free_port import free_port


def hurry(store: Store) -> None:
    """The pace of messages is kept in real seconds, and a story has no time for them."""
    assert isinstance(store, RedisStore)
    each_time_later = itertools.count(0, 2000)
    store.method_limiter = RedisMethodLimiter(store.connection, server_ms=lambda: next(each_time_later))
    store.outbox = store.delivery = RedisOutbox(store.connection, store.due, pace=NO_PACE)


def settings_of(app: dict[str, str], api_url: str, redis_url: str, socket_mode: bool) -> dict[str, object]:
    way_in = (
        {"slack_app_token": app["app_token"]} if socket_mode else {"slack_signing_secret": app["signing_secret"]}
    )
    more: dict[str, object] = {} if socket_mode else {"http_port": free_port()}
    kept: dict[str, object] = {"redis_url": redis_url, "between_keys": master_keys.LINE}
    return {"slack_bot_token": app["bot_token"], "slack_api_url": api_url} | kept | way_in | more
