"""The digest of a group of two hundred with a month behind it: `python -m benchmarks.digest`. Prints JSON.

Two hundred plates of about four hundred characters in three answers, sixty commitments with five lines of progress,
and four digests before. `drawn`: composed from the group's facts and drawn as Slack's blocks. `whole`: read from
Redis, composed, kept and drawn, as it is when it is posted. Milliseconds of this process's processor time.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections import defaultdict
from datetime import timedelta

from msgspec.structs import replace

from benchmarks.fan_out import NINE, put_group, put_leader
from benchmarks.master_keys import MASTERS
from benchmarks.report import medians, told
from benchmarks.server import a_server
from bot.domain.commitments import Commitment, Progress, State
from bot.domain.digest import compose
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.rounds import Round, round_due
from bot.domain.snapshot import GroupSnapshot
from bot.storage import RedisStore
from bot.usecases.digest import NEEDS, draw
from bot.usecases.snapshot import load_snapshot
from bot.views.digest import digest_message

SIZE, COMMITMENTS, ROUNDS = 200, 60, 4
GROUP = "g0"


def plate(number: int, round_name: str) -> Plate:
    def answer(words: str) -> Answer:
        said = f"{number} {words} in {round_name}; " + "young carers come up in every second visit. " * 3
        return Answer(text=said, audience=Audience.GROUP)

    lanes = {"organisation": answer("beds"), "me": answer("I wonder"), "question": answer("it matters")}
    return Plate(person_id=f"{GROUP}p{number}", round=round_name, **lanes)


def commitment(number: int) -> Commitment:
    tender = f"{GROUP}p{number}"
    history = tuple(
        Progress(
            at=NINE - timedelta(days=28 - 7 * week),
            by=tender,
            state=list(State)[(number + week) % 4],
            note="Two assemblies done, and a third asked for it.",
            noticed="A child said it was the first time anybody had asked." if week == 4 else "",
        )
        for week in range(5)
    )
    return Commitment(
        id=f"c{number}",
        what=f"Sit in on assembly {number} and ask who cares for somebody at home",
        made_by=tender,
        made_at=NINE - timedelta(days=30),
        tenders=(tender, f"{GROUP}p{number + 1}"),
        history=history,
    )


async def put_facts(store: RedisStore) -> tuple[GroupSnapshot, Round]:
    await put_group(store, 0)
    for number in range(20, SIZE):
        await put_leader(store, GROUP, number, "T0")
    for number in range(COMMITMENTS):
        one = commitment(number)
        await store.commitments.change(GROUP, one.id, lambda _, one=one: one)  # type: ignore[misc]
    snapshot = await load_snapshot(store, GROUP)
    due = round_due(snapshot.group, None, NINE)
    assert due is not None
    for back in range(ROUNDS, -1, -1):
        round = replace(due, name=due.name if not back else f"2026-W{48 - back}", digested=bool(back))
        await store.rounds.change(GROUP, round.name, lambda _, round=round: round)  # type: ignore[misc]
        for number in range(SIZE):
            one_plate = plate(number, round.name)
            await store.plates.change(
                GROUP,
                one_plate.person_id,
                lambda _, one=one_plate: one,  # type: ignore[misc]
                round=round.name,
            )
        if back:
            then = await load_snapshot(store, GROUP, NEEDS, round=round.name)
            assert await draw(store, then, round, NINE - timedelta(days=7 * back))
    return snapshot, due


def drawn(snapshot: GroupSnapshot, round: Round, plates: list[Plate], commitments: list[Commitment]) -> int:
    digest = compose(
        group=snapshot.group,
        round=round,
        leaders=snapshot.leaders,
        people=snapshot.people,
        plates=plates,
        commitments=commitments,
        since=NINE - timedelta(days=7),
        now=NINE,
    )
    assert digest is not None
    return len(digest_message(digest, zone=snapshot.group.zone).blocks)


async def whole(store: RedisStore, round: Round) -> None:
    snapshot = await load_snapshot(store, GROUP, NEEDS, round=round.name)
    digest = await draw(store, snapshot, round, NINE)
    assert digest is not None
    digest_message(digest, zone=snapshot.group.zone)


async def measured(runs: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    with a_server() as url:
        store = RedisStore.at(url, masters=MASTERS)
        snapshot, round = await put_facts(store)
        plates = [plate(number, round.name) for number in range(SIZE)]
        commitments = [commitment(number) for number in range(COMMITMENTS)]
        drawn(snapshot, round, plates, commitments)
        for _ in range(runs):
            began = time.process_time()
            drawn(snapshot, round, plates, commitments)
            found["drawn"].append(spent(began))
            began = time.process_time()
            await whole(store, round)
            found["whole"].append(spent(began))
        await store.close()
    return found


def spent(began: float) -> float:
    return round((time.process_time() - began) * 1000, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    args = parser.parse_args()
    found = asyncio.run(measured(args.runs))
    told(
        "digest",
        unit="milliseconds of processor time",
        runs=args.runs,
        leaders=SIZE,
        commitments=COMMITMENTS,
        median=medians(found, 2),
        all=found,
        target="under 50 ms",
    )


if __name__ == "__main__":
    main()
