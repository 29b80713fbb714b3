"""How tests log what they provoke: tracebacks as Python prints them.

By default structlog draws a box round every frame with all that is in it, which takes up to a third of a second for
each exception, and a bot that lives through a month of faults meets many.
"""

from __future__ import annotations

import structlog


def plain_tracebacks() -> None:
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])
