"""`make audit`: known vulnerabilities of all that is locked, where the data about them can be reached. What can't
be looked up is named as skipped, never counted as sound."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WITHIN_S = 600
ASKED = ("-r", "requirements.lock", "--require-hashes", "--disable-pip", "--progress-spinner", "off")


def told(found: Mapping[str, Any]) -> tuple[list[str], int]:
    """What to print of pip-audit's JSON, and the exit code: 1 where something has a flaw."""
    every = found["dependencies"]
    skipped = [one["name"] for one in every if "skip_reason" in one]
    lines = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {', '.join(flaw['fix_versions']) or 'nothing'}"
        for one in every
        for flaw in one.get("vulns", ())
    ]
    flawed = len(lines)
    lines.append(f"{len(every) - len(skipped)} looked up, {flawed} known vulnerabilities.")
    if skipped:
        lines.append(f"Skipped, since nothing is known here about {len(skipped)}: {', '.join(skipped)}.")
    return lines, 1 if flawed else 0


def main() -> int:
    run = [sys.executable, "-m", "pip_audit", *ASKED, "-f", "json"]
    try:
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=WITHIN_S, check=False)
        lines, code = told(json.loads(done.stdout))
    except (subprocess.TimeoutExpired, ValueError):
        lines, code = ["Skipped: the data about vulnerabilities can't be reached from here."], 0
    sys.stdout.write("\n".join(lines) + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
