"""Between beside the bare floor and beside other engines, in turn: `python -m benchmarks.engines`. Prints JSON.

`--others` is a Python that has the other engines; without it they are left out. Each run is a process of its own on
a Redis emptied before it.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from redis import Redis

from benchmarks.report import medians, ratios, told
from benchmarks.server import a_server

OURS, OTHERS = ("between", "between_in_channel", "floor"), ("apscheduler3", "pydocket", "streaq7", "saq0")
HERE = Path(__file__).parents[2]
LONGEST = 900
"""Seconds for one run of the slowest."""

Figures = dict[str, dict[str, list[float]]]


def one_run(python: str, engine: str, url: str, tasks: int) -> dict[str, float]:
    Redis.from_url(url).flushall()
    command = [python, "-m", f"benchmarks.engines.{engine}", url, str(tasks)]
    ended = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=LONGEST, check=False)
    if ended.returncode:
        raise SystemExit(f"{engine} failed:\n{ended.stderr[-2000:]}")
    figures: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return figures


def measured(args: argparse.Namespace) -> Figures:
    pythons = dict.fromkeys(OURS, sys.executable) | (dict.fromkeys(OTHERS, args.others) if args.others else {})
    found: Figures = defaultdict(lambda: defaultdict(list))
    with a_server() as url:
        for _ in range(args.runs):
            for engine, python in pythons.items():
                for figure, value in one_run(python, engine, url, args.tasks).items():
                    found[figure][engine].append(value)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--others", help="a Python with the engines of benchmarks/engines/requirements.lock")
    args = parser.parse_args()
    found = measured(args)
    rates = found["tasks_a_second"]
    told(
        "engines",
        unit="tasks a second from the worker's start on due tasks to the last handler's end; no-op handler",
        runs=args.runs,
        tasks=args.tasks,
        median={figure: medians(by_engine) for figure, by_engine in found.items()},
        all=found,
        ratios={f"to {name}": ratios(rates["between"], rates[name]) for name in rates if name != "between"},
        target="at least 2 to each but the floor",
    )


if __name__ == "__main__":
    main()
