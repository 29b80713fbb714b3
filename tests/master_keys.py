"""The key of every test: what tests keep in Redis is encrypted, as what leaders write is."""

from __future__ import annotations

from bot.master_keys import read_text
from bot.storage import RedisStore

LINE = "tests:" + "c2FtLWpvLWFtaXItbmVhLXByaXlhLXdhbGstcG9uZC4="
MASTERS = read_text(LINE, "the tests")


def store_at(url: str, replicas: int | None = None) -> RedisStore:
    return RedisStore.at(url, replicas, MASTERS)
