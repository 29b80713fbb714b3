"""A cluster, and a primary that sentinels watch, of real servers. No redis-cli: what it would do is a few commands.

All waits are short, so that somebody else takes over within a few seconds.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redis import Redis
from redis.crc import key_slot
from redis.exceptions import RedisError

from tests.cluster.servers import KEPT, LOOPBACK, Server, until

NODE_TIMEOUT_MS = 1000
SLOTS = 16384


@dataclass
class Cluster:
    """Three primaries with a third of the slots each, and a replica for each."""

    program: Path
    folder: Path
    servers: list[Server] = field(default_factory=list)

    @property
    def url(self) -> str:
        return "redis+cluster://" + ",".join(f"{LOOPBACK}:{server.port}" for server in self.servers)

    def start(self) -> None:
        timing = {
            "cluster-enabled": "yes",
            "cluster-config-file": "nodes.conf",
            "cluster-node-timeout": str(NODE_TIMEOUT_MS),
            "cluster-require-full-coverage": "no",  # else one third that is gone silences the other two
        }
        self.servers = [Server(self.program, self.folder / str(n), {**KEPT, **timing}) for n in range(6)]
        for number, server in enumerate(self.servers):
            server.start()
            server.ask("CLUSTER SET-CONFIG-EPOCH", number + 1)
        first, *others = self.servers
        for other in others:
            other.ask("CLUSTER MEET", LOOPBACK, first.port)
        until(lambda: all(self._known(server) == 6 for server in self.servers), "all to know each other")
        self._share_out()
        self.wait_until_well()

    def _known(self, server: Server) -> int:
        return int(self.state(server)["cluster_known_nodes"])

    def _share_out(self) -> None:
        primaries, replicas = self.servers[:3], self.servers[3:]
        for number, primary in enumerate(primaries):
            slots = range(number * SLOTS // 3, (number + 1) * SLOTS // 3)
            primary.ask("CLUSTER ADDSLOTS", *slots)
        for primary, replica in zip(primaries, replicas, strict=True):
            own = primary.ask("CLUSTER MYID").decode()
            until(lambda replica=replica, own=own: replica.ask("CLUSTER REPLICATE", own), "a replica to follow")  # type: ignore[misc]

    def state(self, server: Server) -> dict[str, str]:
        told: dict[str, str] = server.ask("CLUSTER INFO")
        return told

    def wait_until_well(self) -> None:
        """Waits until all agree that all is well, each primary with a replica that keeps up."""
        until(self._well, "the cluster to be well")

    def _well(self) -> bool:
        states = [self.state(server) for server in self.servers]
        fine = all(one["cluster_state"] == "ok" and one["cluster_slots_ok"] == str(SLOTS) for one in states)
        primaries = self.primaries()
        return fine and len(primaries) == 3 and all(primary.replicas() == 1 for primary in primaries)

    def primaries(self) -> list[Server]:
        return [server for server in self.servers if server.role() == "master"]

    def holder(self, key: str) -> Server:
        """The primary that has `key`, as the cluster itself says it."""
        slot = key_slot(key.encode())
        for start, end, (_, port, *_), *_ in self._slots():
            if start <= slot <= end:
                return next(server for server in self.servers if server.port == port)
        raise LookupError(slot)

    def _slots(self) -> list[Any]:
        for server in self.servers:
            with suppress(RedisError, OSError), Redis(host=LOOPBACK, port=server.port, socket_timeout=1) as client:
                client.response_callbacks.pop("CLUSTER SLOTS", None)
                return list(client.execute_command("CLUSTER SLOTS"))  # type: ignore[no-untyped-call]
        raise AssertionError("nobody answers")

    def begin_move(self, key: str, here: Server, there: Server) -> int:
        slot = key_slot(key.encode())
        there.ask("CLUSTER SETSLOT", slot, "IMPORTING", here.ask("CLUSTER MYID"))
        here.ask("CLUSTER SETSLOT", slot, "MIGRATING", there.ask("CLUSTER MYID"))
        return slot

    def end_move(self, slot: int, there: Server) -> None:
        for primary in (there, *(each for each in self.primaries() if each is not there)):
            primary.ask("CLUSTER SETSLOT", slot, "NODE", there.ask("CLUSTER MYID"))

    def replicas_of(self, primary: Server) -> list[Server]:
        told = [server for server in self.servers if server is not primary and server.role() == "slave"]
        return [one for one in told if one.ask("INFO", "replication")["master_port"] == primary.port]

    def restart(self, server: Server) -> None:
        """It finds by itself that somebody took over."""
        server.start()

    def mend(self) -> None:
        """Starts whoever is not running: a test that failed half way leaves no dead server to all after it."""
        for server in self.servers:
            if not server.runs():
                server.start()

    def stop(self) -> None:
        for server in self.servers:
            server.stop()


SERVICE = "carers"


@dataclass
class Watched:
    """A primary, a replica and three sentinels of which two must agree."""

    program: Path
    folder: Path
    servers: list[Server] = field(default_factory=list)
    sentinels: list[Server] = field(default_factory=list)

    @property
    def url(self) -> str:
        hosts = ",".join(f"{LOOPBACK}:{one.port}" for one in self.sentinels)
        return f"redis+sentinel://{hosts}/{SERVICE}"

    def start(self) -> None:
        self.servers = [Server(self.program, self.folder / str(n), dict(KEPT)) for n in range(2)]
        for server in self.servers:
            server.start()
        for replica in self.servers[1:]:
            replica.ask("REPLICAOF", LOOPBACK, self.servers[0].port)
        self.sentinels = [Server(self.program, self.folder / f"s{n}", {}, sentinel=True) for n in range(3)]
        for sentinel in self.sentinels:
            sentinel.start()
            sentinel.ask("SENTINEL MONITOR", SERVICE, LOOPBACK, self.servers[0].port, 2)
            for name, ms in (("down-after-milliseconds", NODE_TIMEOUT_MS), ("failover-timeout", 3000)):
                sentinel.ask("SENTINEL SET", SERVICE, name, ms)
        self.wait_until_well()

    def wait_until_well(self) -> None:
        until(self._well, "the sentinels to see all")

    def _well(self) -> bool:
        return self.primary().replicas() == 1 and all(self._sees(one) for one in self.sentinels)

    def _sees(self, sentinel: Server) -> bool:
        told = sentinel.ask("SENTINEL MASTERS")[SERVICE]
        fine = told["num-other-sentinels"] == 2 and told["num-slaves"] == 1 and not told["is_sdown"]
        return bool(fine and told["port"] == self.primary().port)

    def primary(self) -> Server:
        """Whom the sentinels name; for a while, one that comes back thinks that it still is."""
        _, port = self._first_sentinel_up("SENTINEL GET-MASTER-ADDR-BY-NAME", SERVICE)
        return next(server for server in self.servers if server.port == int(port))

    def _first_sentinel_up(self, *command: str) -> Any:
        for sentinel in self.sentinels:
            with suppress(RedisError, OSError):
                return sentinel.ask(*command)
        raise AssertionError("no sentinel answers")

    def restart(self, server: Server) -> None:
        """As whoever runs it would: behind the one that took over."""
        server.settings["replicaof"] = f"{LOOPBACK} {self.primary().port}"
        server.start()

    def mend(self) -> None:
        """As of a cluster."""
        for server in self.servers:
            if not server.runs():
                self.restart(server)

    def primaries(self) -> list[Server]:
        return [self.primary()]

    def holder(self, key: str) -> Server:  # noqa: ARG002
        return self.primary()

    def replicas_of(self, primary: Server) -> list[Server]:
        return [server for server in self.servers if server is not primary]

    def stop(self) -> None:
        for server in (*self.sentinels, *self.servers):
            server.stop()


@dataclass
class Alone:
    """One server, of the other make."""

    program: Path
    folder: Path
    servers: list[Server] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"redis://{LOOPBACK}:{self.servers[0].port}/0"

    def start(self) -> None:
        self.servers = [Server(self.program, self.folder, {**KEPT, "appendfsync": "always"})]
        self.servers[0].start()

    def wait_until_well(self) -> None: ...

    def mend(self) -> None: ...

    def primaries(self) -> list[Server]:
        return self.servers

    def stop(self) -> None:
        self.servers[0].stop()


Deployment = Cluster | Watched | Alone
SHAPES: dict[str, type[Cluster] | type[Watched] | type[Alone]] = {
    "cluster": Cluster,
    "sentinel": Watched,
    "alone": Alone,
}
