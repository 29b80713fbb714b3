"""What every benchmark prints: JSON, with each run's figure, medians, and the machine it was measured on."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from typing import Any


def medians(found: Mapping[str, Sequence[float]], digits: int = 1) -> dict[str, float]:
    return {name: round(statistics.median(all_), digits) for name, all_ in found.items()}


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> dict[str, float]:
    """Run by run, since both were measured in turn: what else the machine does falls on both."""
    each = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return {name: round(take(each), 3) for name, take in (("median", statistics.median), ("least", min))}


def told(name: str, **figures: Any) -> None:
    machine = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
    }
    print(json.dumps({"benchmark": name, **figures, "machine": machine}, indent=2))
