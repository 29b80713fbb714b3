"""What the benchmarks send is a kind of message like any other: the delivery asks it whatever it asks those."""

from __future__ import annotations

import pytest

from benchmarks import digest, fan_out
from benchmarks.engines import between, between_in_channel
from scheduler.outbox.messages import MessageKind


@pytest.mark.parametrize("kind", [fan_out.Fixed, between.Fixed, between_in_channel.Fixed])
def test_it_says_all_that_a_kind_says(kind: type) -> None:
    assert [name for name in MessageKind.__annotations__ if not hasattr(kind, name)] == []


@pytest.mark.slow
async def test_the_digest_of_two_hundred_leaders_still_has_something_to_say() -> None:
    found = await digest.measured(1)
    assert {name: len(times) for name, times in found.items()} == {"drawn": 1, "whole": 1}
