"""Redis: whether it answers, keeps what it is given, and tells the same time; and what was set aside unsent."""

from __future__ import annotations

from datetime import UTC, datetime

from redis.exceptions import RedisError

from bot.doctor import installations
from bot.doctor.findings import Finding, mend, note, well
from bot.doctor.machine import Clock, clock
from bot.domain.outbox import CHANGES, Kind, Status
from bot.embedded.binary import NoServer
from bot.open_store import faults_of_keys, opened, readable, said_of_keys
from bot.ports import BadRecord, StoreDown
from bot.redis.health import version_of
from bot.settings import CannotStart, Settings
from bot.storage import RedisStore
from scheduler import panel
from scheduler.due import coming


async def redis(settings: Settings, now: Clock) -> list[Finding]:
    """All about the Redis that the bot would use; the embedded one is started for the check unless it runs."""
    try:
        async with opened(settings, beside_the_bot=True) as store:
            return await _examined(store, settings, now)
    except CannotStart as error:
        return [mend(sentence) for sentence in error.sentences]
    except (NoServer, StoreDown, RedisError, BadRecord) as error:
        return [mend(str(error))]


MISSED = {
    Status.UNKNOWN: "of the last 60 days may or may not have arrived, and are not sent again",
    Status.FAILED: "of the last 60 days Slack refused for good",
}
SHOWN = 20
"""Names of entries in one line."""


async def _examined(store: RedisStore, settings: Settings, now: Clock) -> list[Finding]:
    warnings = await store.warnings_at_start()
    told = await store.connection.everywhere("INFO", "server")
    versions = " and ".join(sorted({version_of(info) for info in told}))
    told_times = await store.connection.everywhere("TIME")
    times = [datetime.fromtimestamp(seconds + micros / 1e6, UTC) for seconds, micros in told_times]
    ours = now()
    return [
        well(f"Redis {versions} at {settings.redis_shown}"),
        *(mend(warning) for warning in warnings),
        clock("Redis's", max(times, key=lambda theirs: abs(theirs - ours)), ours),
        well(said_of_keys(store.masters)),
        *(note(fault) for fault in faults_of_keys(store.masters)),
        *await _in_the_clear(store),
        await _set_aside(store),
        *await _unconfirmed(store),
        *await _owed(store, ours),
        *installations.findings((await store.installations.all()).values(), ours),
    ]


async def _in_the_clear(store: RedisStore) -> list[Finding]:
    """Records that nobody encrypted, by the keys of their hashes, which hold ids."""
    if not (found := await store.keyring.wholly_sealed.clear_records()):
        return []
    some = ", ".join([*sorted(found)[:SHOWN], *(["and more"] if len(found) > SHOWN else [])])
    if not store.keyring.wholly_sealed.stands:
        return [note(f"Records not encrypted yet: {found.total()}. `between keys rotate` does it.")]
    return [
        mend(
            f"Forged records, in the clear though all were encrypted: {found.total()}, in {some}. Somebody who can "
            "write to Redis, and has no key, put them there; none is read. Restore a backup, or delete them, and "
            "see who has Redis's password."
        )
    ]


async def _set_aside(store: RedisStore) -> Finding:
    """Messages that could not be sent; their names hold ids, no words."""
    if not (dead := await store.delivery.dead()):
        return well("Outbox: nothing set aside")
    some = ", ".join(f"{name} ({why})" for name, why in dead[:SHOWN])
    more = ", and more" if len(dead) > SHOWN else ""
    return note(
        f"Outbox: {len(dead)} set aside unsent: {some}{more}. The log says more about each. Once that is mended: "
        "between doctor --put-back"
    )


async def _unconfirmed(store: RedisStore) -> list[Finding]:
    """Messages of the last weeks that nobody can say arrived. Not to be mended: sending one again could send it
    twice. But whoever runs the server may tell whom it was for."""
    found = []
    unconfirmed = await store.delivery.unconfirmed()
    for status, what in MISSED.items():
        some = [f"{name} ({ended.why})" for name, ended in unconfirmed if ended.status is status]
        if some:
            more = ", and more" if len(some) > SHOWN else ""
            found.append(note(f"Outbox: {len(some)} {what}: {', '.join(some[:SHOWN])}{more}."))
    return found


async def _owed(store: RedisStore, now: datetime) -> list[Finding]:
    """Groups whose channel can't be posted in, messages there that no longer read as they should, and what waits
    in the outbox, to people and of a new channel: what Slack refused for a reason that can end goes when it has
    ended. Ids only, as everywhere here."""
    groups = await store.groups.many(await store.index.groups())
    closed = [f"{id_} ({one.trouble.code})" for id_, one in groups.items() if one.trouble]
    plans = [await coming(id_, store, now) for id_ in groups]
    entries = [one.entry for plan in plans if plan for one in plan.occurrences if one.entry]
    changes = [entry.name for entry in entries if entry.kind in CHANGES]
    changes += [
        f"{Kind.PANEL}:{id_}" for id_, one in groups.items() if one.panel_refused_at and panel.out_of_date(one, now)
    ]
    waiting = [f"{name} ({code})" for name, code in await store.delivery.refused()]
    found = {
        "Owed: channels that can't be posted in": closed,
        "Owed: messages in channels to change": changes,
        "Owed: messages that Slack does not take for now": waiting,
    }
    return [
        note(f"{what}: {', '.join(some[:SHOWN])}{', and more' if len(some) > SHOWN else ''}.")
        for what, some in found.items()
        if some
    ]


async def put_back(settings: Settings, now: Clock) -> Finding:
    """What was set aside goes to the outbox again; what is no longer worth sending is dropped there."""
    try:
        async with readable(settings) as store:
            names = await store.delivery.revive(now())
    except CannotStart as error:
        return mend(str(error))
    return well(f"Outbox: put back {', '.join(names)}" if names else "Outbox: nothing to put back")
