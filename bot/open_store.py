"""Opens the store that the settings name, with the keys that what is kept there needs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from secrets import token_hex

from redis.exceptions import RedisError

from bot.embedded.binary import NoServer
from bot.embedded.folder import SOCKET
from bot.embedded.server import embedded
from bot.embedded.unixsocket import answers
from bot.master_keys import (
    BadKeys,
    MasterKeys,
    new_master,
    open_to_others,
    read_command,
    read_file,
    read_text,
    write_file,
)
from bot.ports import StoreDown
from bot.settings import CannotStart, Settings
from bot.storage import RedisStore

OWN_KEY = "master.key"
"""Beside the data of a Redis of our own, where no key was given."""


@asynccontextmanager
async def opened(settings: Settings, *, beside_the_bot: bool = False) -> AsyncIterator[RedisStore]:
    """The store at REDIS_URL, or on an embedded server, with the keys that what is kept there needs. CannotStart
    where those are wrong or missing; NoServer; StoreDown.

    `beside_the_bot`: where a bot runs that embedded server already, it is used as it runs.
    """
    given = await asyncio.to_thread(_given_keys, settings)
    url, socket = settings.redis_url.get_secret_value(), settings.data_dir.absolute() / SOCKET
    async with AsyncExitStack() as stack:
        own = not url
        if url:
            masters = given
        else:
            running = beside_the_bot and answers(socket)
            url = f"unix://{socket}" if running else await stack.enter_async_context(embedded(settings.data_dir))
            masters = await _with_own_key(settings, url, given)
        store = RedisStore.at(url, settings.redis_wait_replicas, masters, own=own)
        stack.push_async_callback(store.close)
        if faults := await store.keyring.data_keys.noted_masters.faults():
            raise CannotStart(*faults)
        await store.keyring.wholly_sealed.look()
        yield store


@asynccontextmanager
async def readable(settings: Settings) -> AsyncIterator[RedisStore]:
    """As `opened`, beside a bot that runs or without one. Whatever stands in the way, also meanwhile, is
    CannotStart: a sentence for whoever typed a command."""
    try:
        async with opened(settings, beside_the_bot=True) as store:
            yield store
    except (NoServer, StoreDown, RedisError) as error:
        raise CannotStart(str(error)) from None


def _given_keys(settings: Settings) -> MasterKeys | None:
    """CannotStart where a file can't be read, or a command fails."""
    text, path = settings.between_keys.get_secret_value(), settings.between_keys_file
    command = settings.between_keys_command.get_secret_value()
    try:
        if text:
            return read_text(text, "BETWEEN_KEYS")
        if path:
            return read_file(path, "BETWEEN_KEYS_FILE")
        return read_command(command, "BETWEEN_KEYS_COMMAND") if command else None
    except BadKeys as fault:
        raise CannotStart(str(fault)) from None


async def _with_own_key(settings: Settings, url: str, given: MasterKeys | None) -> MasterKeys:
    """The folder is ours alone by now. A key that lies there stays good, behind those that were given; one is made
    where there is none, and nothing was ever encrypted."""
    path = settings.data_dir.absolute() / OWN_KEY
    try:
        if path.exists():
            own = await asyncio.to_thread(read_file, path, str(path))
            more = tuple(key for key in own if not given or given.get(key.id) is None)
            return MasterKeys((given.keys if given else ()) + more, given.source if given else "", beside=path)
        if given:
            return given
        await _refuse_lost_key(url, str(path))
        made = new_master(f"own-{token_hex(3)}")
        await asyncio.to_thread(write_file, path, made)
        return MasterKeys((made,), beside=path)
    except (BadKeys, OSError) as fault:
        raise CannotStart(f"The key beside the data can't be used: {fault}") from None


async def _refuse_lost_key(url: str, path: str) -> None:
    store = RedisStore.at(url)
    try:
        if noted := await store.keyring.data_keys.noted_masters.all():
            ids = ", ".join(sorted(id_ for id_ in noted if not id_.startswith(":")))
            raise CannotStart(
                f"What is stored is encrypted, and its master key ({ids}) is not there: {path} is missing, and no "
                "other was given. Put the file back, or set BETWEEN_KEYS."
            )
    finally:
        await store.close()


def said_of_keys(masters: MasterKeys) -> str:
    """Which keys there are and where, for the start and the doctor: whoever copies the folder of a key that lies
    beside the data has both."""
    ids = ", ".join(key.id for key in masters)
    where = f"{masters.beside}, beside the data, for its owner alone" if masters.beside else ""
    sources = [source for source in (masters.source, where) if source]
    return f"Encrypted with the master key {ids} from {' and '.join(sources)}"


def faults_of_keys(masters: MasterKeys) -> list[str]:
    """For a start, and the doctor: only of the file beside the data, whose rights are ours to say."""
    if masters.beside and open_to_others(masters.beside):
        return [f"Others may read the key beside the data: chmod 600 {masters.beside}"]
    return []
