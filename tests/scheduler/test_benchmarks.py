"""What the benchmarks send is a kind of message like any other: the delivery asks it whatever it asks those."""

from __future__ import annotations

import pytest

from benchmarks import fan_out
from benchmarks.engines import between
from scheduler.outbox.messages import MessageKind


@pytest.mark.parametrize("kind", [fan_out.Fixed, between.Fixed])
def test_it_says_all_that_a_kind_says(kind: type) -> None:
    assert [name for name in MessageKind.__annotations__ if not hasattr(kind, name)] == []
