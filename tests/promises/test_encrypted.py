"""Whoever opens Redis, its append-only file or a backup finds no word, no name and no token."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis import Redis

from bot.embedded.server import EmbeddedServer
from bot.storage import RedisStore
from bot.store import keys, rotation
from bot.store.record_key import RecordKey
from bot.store.rotation import Rotation
from tests.cast import ORGANISATIONS
from tests.stage import PEOPLE, Stage, staged
from tests.stories import asking as asks
from tests.stories import test_brief as brief
from tests.stories import test_inquiry as inquiry

WORDS = [
    "axolotl",
    "bandicoot",
    "capybara",
    "dugong",
    "echidna",
    "fossa",
    "gharial",
    "hoatzin",
    "indri",
    "jabiru",
    "kakapo",
]
"""Each stands in one thing that somebody writes below."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A Redis that keeps its append-only file, and whose backups are not compressed, so that words can be seen."""
    server = EmbeddedServer(tmp_path / "redis", fsync="no")
    server.start()
    with Redis.from_url(server.url) as redis:
        redis.config_set("rdbcompression", "no")
    yield server
    server.stop()


@pytest.fixture
async def told(server: EmbeddedServer) -> AsyncIterator[Stage]:
    """A round in which everybody writes something wherever something can be written."""
    async with staged(server.url) as stage:
        await stage.gather(
            "Jo", "Amir", "Margaret", **{"What you work on together": "Young carers and the axolotl"}
        )
        await stage.at("2026-11-25 09:30")
        await stage.answer("Jo", organisation="A bandicoot.", me="My capybara.")
        await stage.answer("Amir", organisation=f"A dugong. {asks.DONE}")
        await stage.press("Margaret", "Add a commitment")
        assert (
            await stage.send("Margaret", {"What will you do?": "Feed the echidna.", "First step": "A fossa."})
            is None
        )
        await asks.jo_asks(stage, wish="who knows a gharial, or cut repeat call-outs")
        await stage.person("Jo").close(everything=True)
        await asks.amir_offers(stage, "A hoatzin to lend.")
        await inquiry.ask(stage, until="2026-12-04")
        await inquiry.write(stage, "Margaret", "Neither indri nor jabiru.", named=False)
        await stage.at("2026-11-27 12:00")
        await brief.say(stage, "Sam", "The kakapo comes.")
        await stage.at("2026-12-01 12:00")
        yield stage


def everything(server: EmbeddedServer) -> bytes:
    """All keys and what they hold, the append-only file, and a backup."""
    with Redis.from_url(server.url) as redis:
        stored = b"\n".join(key + b" " + (redis.dump(key) or b"") for key in redis.scan_iter(count=1000))
        redis.save()
    files = [path for path in server.folder.rglob("*") if path.is_file() and path.suffix != ".log"]
    names = [path.name for path in files]
    assert "dump.rdb" in names
    assert [name for name in names if name.startswith("appendonly")]
    return stored + b"\n".join(path.read_bytes() for path in files)


def secrets() -> list[str]:
    """Names of three letters may stand in noise by chance; whole ones and those of organisations don't."""
    app = PEOPLE["apps"][0]
    people = [person["real_name"] for person in PEOPLE["people"]]
    tokens = [value for value in app.values() if isinstance(value, str) and value.startswith(("xoxb", "xapp"))]
    assert people
    assert tokens
    return [*WORDS, *people, "Margaret", *ORGANISATIONS.values(), *tokens]


@pytest.mark.slow
async def test_no_word_no_name_and_no_token_can_be_read(told: Stage, server: EmbeddedServer) -> None:
    seen = "\n".join(map(told.shown, told.posts()))
    assert {word for word in ("axolotl", "bandicoot", "kakapo") if word not in seen} == set()
    found = everything(server)
    assert [secret for secret in secrets() if secret.encode() in found] == []


@pytest.mark.slow
async def test_the_words_are_there_for_whoever_has_the_key(told: Stage, server: EmbeddedServer) -> None:
    """So that the test above tests something: each stands in a record that opens."""
    store = told.bot.deps.store
    assert isinstance(store, RedisStore)
    opened = b""
    for key in [text.decode() async for text in store.connection.client.scan_iter(_type="HASH", count=1000)]:
        if keys.may_hold_records(key) and not key.endswith(":keys"):
            for name, raw in (await store.keyring.ask(key, "HGETALL", key)).items():
                place = RecordKey(key, name.decode())
                opened += store.keyring.plain(raw, place) + (store.keyring.own(raw, place) or b"")
    assert [word for word in WORDS if word.encode() not in opened] == []


@pytest.mark.slow
async def test_a_turn_of_keys_shows_nothing_either(
    told: Stage, server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.data_keys.KEY_LIFE_S", 0)
    monkeypatch.setattr(rotation, "CHANGES_END_S", 0)
    store = told.bot.deps.store
    assert isinstance(store, RedisStore)
    turned = await Rotation(store.keyring, data=True).run()
    assert turned.rewritten > 20
    found = everything(server)
    assert [secret for secret in secrets() if secret.encode() in found] == []
    await told.person("Jo").open_home()
    await told.settle()
    assert "bandicoot" in told.home("Jo")
