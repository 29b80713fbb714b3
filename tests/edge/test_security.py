"""`SECURITY.md` holds what it says: each line names a test that is there; and Python prints no secret."""

from __future__ import annotations

import re
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.domain.installation import Installation, Tokens
from bot.master_keys import MasterKeys, new_master
from bot.settings import Settings
from bot.slack.installation_store import to_sdk
from bot.storage import RedisStore
from bot.store.encryption import new_data_key, unwrap
from tests import audit
from tests.edge.test_settings import SECRETS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
THREATS = ("Spoofing", "Tampering", "Repudiation", "Information disclosure", "Denial of service", "Elevation")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| (?!Threat|What|-)", line)]
MOST_WORDS = 1000
"""On one page."""


def test_every_letter_of_stride_has_its_part() -> None:
    assert [title for title in re.findall(r"^## (.+)$", PAGE, re.MULTILINE) if title.startswith(THREATS)] == [
        next(title for title in re.findall(r"^## (.+)$", PAGE, re.MULTILINE) if title.startswith(threat))
        for threat in THREATS
    ]
    assert len(PAGE.split()) <= MOST_WORDS


@pytest.mark.parametrize("row", ROWS)
def test_every_line_names_a_test_that_is_there(row: str) -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
    assert named, row
    for path, test in named:
        assert (ROOT / path).is_file(), path
        assert not test or f"def {test}(" in (ROOT / path).read_text("utf-8"), test


def test_no_secret_is_in_what_python_prints_of_what_holds_it() -> None:
    secret, master = "hunter2hunter2hunter2", new_master("m1")
    every: dict[str, Any] = {name: SecretStr(secret) for name in SECRETS}
    every |= {"redis_url": SecretStr(f"redis://:{secret}@127.0.0.1:6379/0"), "between_keys_command": SecretStr("")}
    told = Settings(**every | {"between_keys": SecretStr(master.line())})
    tokens = Tokens(bot=secret, refresh=secret, expires_at=datetime(2026, 11, 23, tzinfo=UTC))
    installation = Installation(
        key="T1",
        name="Council",
        bot_id="B1",
        bot_user_id="U1",
        tokens=tokens,
        installed_at=datetime(2026, 11, 23, tzinfo=UTC),
    )
    hidden = [secret, repr(master.secret), master.line().partition(":")[2], master.secret.hex()]
    holders = [
        told,
        tokens,
        installation,
        {"T1": installation},
        to_sdk(installation),
        master,
        MasterKeys((master,)),
        unwrap(master, "g:1", new_data_key(master, "g:1")),
    ]
    printed = "\n".join(f"{one!r} {one!s}" for one in holders)
    try:
        raise ValueError(*holders)
    except ValueError as error:
        printed += "".join(traceback.format_exception(error))
    assert not [one for one in hidden if one in printed]


async def test_nor_of_the_connection_to_a_redis_with_a_password() -> None:
    store = RedisStore.at("redis://between:hunter2@127.0.0.1:6379/0")
    try:
        assert "hunter2" not in f"{store!r} {store.connection!r} {store.connection.client!r}"
    finally:
        await store.close()


def test_an_audit_names_what_it_could_not_look_up_and_counts_it_as_nothing() -> None:
    flawed = {"name": "b", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
    lines, code = audit.told({"dependencies": [{"name": "a", "skip_reason": "nothing known"}, flawed]})
    assert code == 1
    assert lines == [
        "b 1: CVE-1, mended in 2",
        "1 looked up, 1 known vulnerabilities.",
        "Skipped, since nothing is known here about 1: a.",
    ]
    assert audit.told({"dependencies": []})[1] == 0
