"""What encryption at rest costs: `python -m benchmarks.encryption`.

The same work by the same code with a key and without one, in turn, each on a Redis of its own: check-ins sent to a
loopback Slack (`benchmarks.fan_out`), and `/plate`, a click and a submission (`benchmarks.answering`), by the
processor time of the process that does it. Prints JSON.
"""

from __future__ import annotations

import argparse
import asyncio
from collections import defaultdict

from benchmarks import answering, fan_out
from benchmarks.master_keys import MASTERS
from benchmarks.report import medians, ratios, told
from benchmarks.server import a_server
from benchmarks.slack import a_slack

Found = dict[str, dict[str, list[float]]]
WAYS = {"encrypted": MASTERS, "clear": None}


async def check_ins(args: argparse.Namespace, found: Found) -> None:
    with a_server() as url, a_slack() as slack:
        for run in range(args.runs + 1):
            for name, masters in WAYS.items():
                figures = await fan_out.one_run(url, slack, fan_out.the_check_ins, args.groups, masters)
                if run:  # the first warms up
                    micros = figures["processor_microseconds_a_message"]
                    found["check-in"][name].append(round(micros / 1000, 4))


def answers(args: argparse.Namespace, found: Found) -> None:
    with a_server() as sealed, a_server() as clear, a_slack() as slack:
        asyncio.run(answering.put_facts(sealed))
        asyncio.run(answering.put_facts(clear, None))
        with (
            answering.a_process("between", slack.url, sealed) as ours,
            answering.a_process("clear", slack.url, clear) as theirs,
        ):
            servers = {"encrypted": ours, "clear": theirs}
            asyncio.run(answering.processor_time(servers, 1))
            for kind, by_server in asyncio.run(answering.processor_time(servers, args.runs)).items():
                found[kind] = by_server


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--groups", type=int, default=200)
    args = parser.parse_args()
    found: Found = defaultdict(lambda: defaultdict(list))
    asyncio.run(check_ins(args, found))
    answers(args, found)
    told(
        "encryption",
        unit="milliseconds of processor time, of the bot's process",
        runs=args.runs,
        median={kind: medians(by_way, 3) for kind, by_way in found.items()},
        all=found,
        ratios={kind: ratios(by_way["encrypted"], by_way["clear"]) for kind, by_way in found.items()},
        target="at most 1.15 × the same in the clear",
    )


if __name__ == "__main__":
    main()
