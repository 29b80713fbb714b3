"""The outbox on a cluster, behind sentinels and on Valkey: the same tests again."""

from __future__ import annotations

from tests.cluster.shapes import on_all
from tests.scheduler.conftest import bot, slack
from tests.scheduler.test_damaged import *  # noqa: F403
from tests.scheduler.test_limits import *  # noqa: F403
from tests.scheduler.test_outbox import *  # noqa: F403
from tests.scheduler.test_pace import *  # noqa: F403
from tests.scheduler.test_several_bots import *  # noqa: F403

__all__ = ["bot", "slack"]

pytestmark = on_all()
