"""Where Redis is, as REDIS_URL says it: one server, a cluster, or whichever one the sentinels name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

PORT, SENTINEL_PORT = 6379, 26379


class Kind(StrEnum):
    SERVER = "server"
    CLUSTER = "cluster"
    SENTINEL = "sentinel"


SCHEMES = {
    "redis": Kind.SERVER,
    "rediss": Kind.SERVER,
    "unix": Kind.SERVER,
    "redis+cluster": Kind.CLUSTER,
    "rediss+cluster": Kind.CLUSTER,
    "redis+sentinel": Kind.SENTINEL,
    "rediss+sentinel": Kind.SENTINEL,
}
"""Two s, as in rediss: with TLS."""

Host = tuple[str, int]


class BadAddress(ValueError):
    """The message is a sentence for whoever wrote it; it holds no password."""


@dataclass(frozen=True)
class Address:
    """`server_url` says, in the way of redis://, how to greet a server: user, password, database, options.

    `hosts` are a cluster's or the sentinels' to ask first, and `service` is what the sentinels call the group
    of servers they watch; both are empty for one server.
    """

    kind: Kind
    server_url: str
    shown: str
    hosts: tuple[Host, ...] = ()
    service: str = ""

    @property
    def replicated(self) -> bool:
        """Somebody takes over when a primary dies, so what is confirmed must stand in two places."""
        return self.kind is not Kind.SERVER


def read_address(url: str) -> Address:
    """The address that a REDIS_URL gives. Raises BadAddress."""
    parts = urlsplit(url)
    kind = SCHEMES.get(parts.scheme)
    if kind is None:
        raise BadAddress(
            "REDIS_URL must begin with redis://, rediss:// or unix://, or for several servers with "
            "redis+cluster:// or redis+sentinel://."
        )
    if kind is Kind.SERVER:
        if parts.scheme == "unix":
            return Address(kind, url, parts.path)
        try:
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            raise BadAddress(_odd_port(parts.netloc.rpartition("@")[2])) from None
        return Address(kind, url, f"{parts.scheme}://{parts.hostname or 'localhost'}{port}{parts.path}")
    return _several(kind, parts)


def _several(kind: Kind, parts: SplitResult) -> Address:
    greeting, _, names = parts.netloc.rpartition("@")
    usual = PORT if kind is Kind.CLUSTER else SENTINEL_PORT
    hosts = tuple(_host(name, usual) for name in names.split(","))
    service, database = _path(kind, parts.path)
    server = f"{parts.scheme.partition('+')[0]}://{greeting + '@' if greeting else ''}{database}"
    query = f"?{parts.query}" if parts.query else ""
    return Address(kind, server + query, f"{parts.scheme}://{names}{parts.path}", hosts, service)


def _host(name: str, usual: int) -> Host:
    try:
        parts = urlsplit(f"//{name}")
        host, port = parts.hostname, parts.port or usual
    except ValueError:
        raise BadAddress(_odd_port(name)) from None
    if not host:
        raise BadAddress("REDIS_URL names an empty host. Put commas only between hosts: host:port,host:port.")
    return host, port


def _odd_port(name: str) -> str:
    return f"REDIS_URL has a port that is none: {name}. Write host:port, the port a number up to 65535."


def _path(kind: Kind, path: str) -> tuple[str, str]:
    """The service's name and the database's part of the address."""
    words = [word for word in path.split("/") if word]
    if kind is Kind.CLUSTER:
        if words not in ([], ["0"]):
            raise BadAddress(f"REDIS_URL names database {'/'.join(words)}, but a cluster has only 0. Leave it out.")
        return "", ""
    if not words or len(words) > 2 or not all(word.isdigit() for word in words[1:]):
        raise BadAddress(
            "REDIS_URL must end with the name that the sentinels know the servers by: "
            "redis+sentinel://host:port,host:port/name, and /name/0 for a database."
        )
    return words[0], "".join(f"/{word}" for word in words[1:])
