"""The logging of the whole process, which the command line and the demo set up: as it was, once a test is done."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from bot import logs


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Whatever is set up inside ends with it."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    try:
        yield
    finally:
        structlog.configure(**before)
        root.handlers, root.level = handlers, level
        for name, known in levels.items():
            logging.getLogger(name).setLevel(known)
