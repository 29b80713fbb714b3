"""What somebody should know about a Redis before trusting it with what leaders said, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from redis.exceptions import ResponseError

from bot.redis import OLDEST
from bot.redis.connection import ALONE, Connection, NotAllowed, Setup
from bot.redis_url import Kind

Info = Mapping[str, Any]


async def warnings_of(connection: Connection) -> list[str]:
    """Empty when all is well. StoreDown when Redis does not answer; what it won't tell is a warning at most.

    Of a cluster every primary is asked, and what several have in common is said once.
    """
    try:
        infos: list[Info] = await connection.everywhere("INFO")
    except (ResponseError, NotAllowed):
        return [f"Redis at {connection.address} won't say how it is set up, so check that it keeps data on disk."]
    save = None if all(info.get("aof_enabled") for info in infos) else await _save(connection)
    told = [fault for info in infos for fault in faults_of(info, save, connection.setup)]
    return [f"Redis at {connection.address} {fault}" for fault in dict.fromkeys(told)]


async def _save(connection: Connection) -> str | None:
    """When they take snapshots; None where that may not be asked, as with most hosted ones."""
    try:
        found = await connection.everywhere("CONFIG GET", "save")
    except (ResponseError, NotAllowed):
        return None
    seldom: str = min((str(one.get("save", "")) for one in found), key=len)
    return seldom


def faults_of(info: Info, save: str | None, setup: Setup = ALONE) -> Iterator[str]:
    """From `INFO`, and from the setting `save` (None: it may not be read). Each sentence begins with a verb, for
    "Redis at …"."""
    version = str(info.get("redis_version", ""))  # Valkey's says with which Redis it can be exchanged
    parts = version.split(".")[:2]
    if len(parts) > 1 and all(part.isdigit() for part in parts) and (int(parts[0]), int(parts[1])) < OLDEST:
        yield f"is version {version}; Between needs {'.'.join(map(str, OLDEST))} or newer."
    if info.get("cluster_enabled") and setup.kind is not Kind.CLUSTER:
        yield "is part of a cluster. Set REDIS_URL to redis+cluster://host:port,host:port."
    if info.get("role") in ("slave", "replica"):
        yield "is a replica and can't be written to. Set REDIS_URL to the primary."
    replicas, wanted = int(info.get("connected_slaves", 0)), setup.replicas
    stored = f"{replicas} replica{'' if replicas == 1 else 's'} connected"
    if replicas < wanted:
        yield (
            f"has {stored} and REDIS_WAIT_REPLICAS asks for {wanted}, so nothing can be saved or sent until there "
            "are as many."
        )
    if replicas > wanted:
        yield (
            f"has {stored} and waits for {wanted}: should another take over, answers may be lost. Set "
            f"REDIS_WAIT_REPLICAS to {replicas}."
        )
    policy = info.get("maxmemory_policy", "noeviction")
    if info.get("maxmemory") and policy != "noeviction":
        yield f"throws data away when it is full (maxmemory-policy {policy}). Set it to noeviction."
    if info.get("aof_enabled"):
        return
    if save is None:
        yield "has no append-only file and won't say whether it takes snapshots. Ask whoever runs it."
    elif not save:
        yield "keeps nothing on disk, so a restart loses everything. Set appendonly to yes."
    else:
        yield "only takes snapshots, so a crash loses the last minutes. Set appendonly to yes."


def version_of(info: Info) -> str:
    """Redis's, and Valkey's own in brackets."""
    valkey = info.get("valkey_version")
    return f"{info.get('redis_version', '')}{f' (Valkey {valkey})' if valkey else ''}"
