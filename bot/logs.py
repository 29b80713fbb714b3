"""How Between logs: one line an event, in words or JSON; never what leaders said, a request's body, or a token."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from typing import Any

import structlog

from bot.settings import Settings

TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp", "asyncio", "apscheduler", "redis")
"""Libraries that log bodies, tokens' addresses or noise below a warning, whatever LOG_LEVEL says."""


SECRETS = re.compile(
    r"xox[a-z]-[\w.-]+|xapp-[\w.-]+|(?<=ticket=)[\w.-]+|(?<=/my-data/)[\w-]+|(?<=://)[^/@\s]*:[^/@\s]*(?=@)"
)
"""Tokens, one-time addresses and passwords in addresses, wherever they turn up: in a library's exception, say."""


def configure(settings: Settings) -> None:
    """Set up logging for the whole process; to be called once, by the command line."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(settings.log_level.upper())),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    drawn: structlog.typing.Processor = structlog.processors.JSONRenderer()
    if settings.log_format != "json":
        drawn = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    where = structlog.processors.ExceptionRenderer(_without_text)
    plain = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    last: list[structlog.typing.Processor] = [plain, where, drawn, _without_secrets]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    # Bolt, for one, logs the whole of a badly signed request at INFO
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _without_text(exc_info: structlog.typing.ExcInfo) -> str:
    """Which exceptions, each with where it passed. Neither their texts nor what variables held: a KeyError over a
    payload, or a decoder's over a record, quotes what a leader wrote."""
    return "\n".join(_frames(exc_info[1]))


def _frames(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield type(error).__qualname__
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        if isinstance(error, BaseExceptionGroup):
            for one in error.exceptions:
                yield from _frames(one)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if error is not None:
            yield "that came of"


def _without_secrets(_logger: object, _name: str, line: Any) -> Any:
    """The last hand on a line, in case a secret found its way into it."""
    return SECRETS.sub("…", line)
