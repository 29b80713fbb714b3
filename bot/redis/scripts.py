"""Our Lua scripts, each called through one typed function whose signature is the contract.

`@script` reads that signature and writes the lines that stand before the script's own text: they give every key and
every argument to Lua by its name in Python. So a position is counted here, and nowhere else.

Redis runs one script at a time, and all of it: whoever runs the same one meanwhile comes before or after. The
caller may die before the answer comes, or hear `AnswerLost`; then it was done, or it was not. So each script does
no harm when it is run twice, and says in its first lines why not.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

import msgspec
from redis.exceptions import NoScriptError

from bot.redis.connection import Connection
from bot.redis.lua_source import lua, sha_of

P = ParamSpec("P")
Answer = TypeVar("Answer")
Contract = Callable[Concatenate[Connection, P], Coroutine[Any, Any, Answer]]
"""An async function of a connection, a NamedTuple of keys, and named arguments."""


class Source(NamedTuple):
    """`lua/<name>.lua` beside the modules of `package`."""

    package: str
    name: str


SERVER_TIME = Source("bot.redis", "server_time")
"""Before a script with an argument `clock: int | None`: the server's own time, unless a test gives another."""


@dataclass(frozen=True)
class _Way:
    """How an argument gets to Lua: as which words, and by which expression it is read there."""

    words: Callable[[Any], Sequence[Any]]
    lua: str


_WAYS = {
    int: _Way(lambda value: (value,), "tonumber(ARGV[{n}])"),
    int | None: _Way(
        lambda value: ("" if value is None else value,), "tonumber(ARGV[{n}])"
    ),  # '' is no number: nil
    bool: _Way(lambda value: (int(value),), "ARGV[{n}] == '1'"),
    str: _Way(lambda value: (value,), "ARGV[{n}]"),
    bytes: _Way(lambda value: (value,), "ARGV[{n}]"),
    Sequence[bytes]: _Way(lambda value: value, "{{unpack(ARGV, {n})}}"),  # takes the rest, so it comes last
}
_PACKED = _Way(lambda value: (msgspec.msgpack.encode(value),), "cmsgpack.unpack(ARGV[{n}])")
"""Everything else: lists of structs, which are tables with the same names in Lua, and mappings. As one word, since
redis-py and Redis take their time over each. Texts and numbers only: what Redis has of msgpack knows no bytes."""


class _Script:
    """A contract's text, and the order in which its arguments go."""

    def __init__(self, contract: Callable[..., Any], sources: Sequence[Source], before: Callable[[], str]) -> None:
        _, keys, *arguments = inspect.signature(contract, eval_str=True).parameters.values()
        self._ways = {one.name: _WAYS.get(one.annotation, _PACKED) for one in arguments}
        self._keys: tuple[str, ...] = keys.annotation._fields
        self._sources = sources
        self._before = before

    @cached_property
    def text(self) -> str:
        """The names first, then what `before` gives, then the files, in order."""
        names = [f"local {name} = KEYS[{n}]" for n, name in enumerate(self._keys, 1)]
        names += [f"local {name} = {way.lua.format(n=n)}" for n, (name, way) in enumerate(self._ways.items(), 1)]
        return "\n".join([*names, self._before(), *(lua(*source) for source in self._sources)])

    @cached_property
    def sha(self) -> str:
        """Of the whole text: another name or order is another script."""
        return sha_of(self.text)

    def words(self, keys: Sequence[str], named: dict[str, Any]) -> list[Any]:
        """What stands behind the script in `EVAL`: how many keys, the keys, the arguments in the order of the
        signature."""
        words: list[Any] = [len(keys), *keys]
        for name, way in self._ways.items():
            words += way.words(named[name])
        return words


def script(
    package: str, *first: Source, before: Callable[[], str] = str, replicated: bool = False
) -> Callable[[Contract[P, Answer]], Contract[P, Answer]]:
    """Makes of a contract the function that runs `lua/<its name>.lua`, behind the texts of `before` and `first`.

    Its keys are all of one slot; its arguments are of any type in `_WAYS`, or what msgpack can pack. `replicated`:
    what it wrote is on a replica before it returns, where there are replicas; else NotKept.
    """

    def bind(contract: Contract[P, Answer]) -> Contract[P, Answer]:
        made = _Script(contract, [*first, Source(package, contract.__name__)], before)

        async def run(connection: Connection, /, *args: P.args, **named: P.kwargs) -> Answer:
            """A server that does not know the script has done nothing, and is told it in full."""
            keys: Any = args[0]
            words = made.words(keys, named)
            send = connection.replicate if replicated and connection.replicas else connection.ask
            try:
                # By its hash: the text of a claim is some twelve kilobytes, and it runs many times a second.
                answer: Answer = await send(keys[0], "EVALSHA", made.sha, *words)
            except NoScriptError:
                # A server that has started anew, or taken over: scripts are no data, so replicas need not have
                # them. Of several callers who hear this at once each sends the text, which is the same to the
                # server.
                answer = await send(keys[0], "EVAL", made.text, *words)
            return answer

        update_wrapper(run, contract)
        return run

    return bind
