"""How Between logs: one line an event, in words or JSON; never what leaders said, a request's body, or a token."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

from bot.settings import Settings

TALKATIVE = ("slack_bolt", "slack_sdk", "aiohttp", "asyncio", "apscheduler", "redis")
"""Libraries that log bodies, tokens' addresses or noise below a warning, whatever LOG_LEVEL says."""


SECRETS = re.compile(r"xox[a-z]-[\w.-]+|xapp-[\w.-]+|(?<=ticket=)[\w.-]+|(?<=://)[^/@\s]*:[^/@\s]*(?=@)")
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
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_last(settings)))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(settings.log_level.upper())
    quieten()


def quieten() -> None:
    """Keep libraries from logging bodies: Bolt logs the whole of a badly signed request at INFO."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _last(settings: Settings) -> list[structlog.typing.Processor]:
    """How a line looks at the end. Tracebacks are drawn without local variables: those hold leaders' words."""
    plain = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if settings.log_format == "json":
        frames = structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
        )
        return [plain, frames, structlog.processors.JSONRenderer(), _without_secrets]
    words = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return [plain, words, _without_secrets]


def _without_secrets(_logger: object, _name: str, line: Any) -> Any:
    """The last hand on a line, in case a secret found its way into it."""
    return SECRETS.sub("…", line)
