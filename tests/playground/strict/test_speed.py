"""The benchmark runs and prints what it found. How fast a machine must be is not a test's business."""

import asyncio
import json
import sys

import pytest

pytestmark = pytest.mark.slow


async def test_the_benchmark_prints_json_with_both_rates() -> None:
    command = ("-m", "benchmarks.playground_post", "--runs", "1", "--posts", "40")
    child = await asyncio.create_subprocess_exec(sys.executable, *command, stdout=asyncio.subprocess.PIPE)
    out, _ = await child.communicate()
    found = json.loads(out)
    assert found["median"]["playground"] > 0
    assert found["median"]["echo"] > 0
    assert found["ratio_to_echo"] > 0
