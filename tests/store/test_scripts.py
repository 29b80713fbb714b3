"""Each Lua script is called through one typed function, whose signature names what Lua reads."""

from __future__ import annotations

import inspect
import re
from importlib.resources import files
from types import ModuleType
from typing import Any

import pytest

import bot.store.scripts
import scheduler.outbox.scripts
from scheduler.outbox import entries

CONTRACTS = [
    (module, contract)
    for module in (bot.store.scripts, scheduler.outbox.scripts)
    for _, contract in inspect.getmembers(module, lambda one: hasattr(one, "__wrapped__"))
]
COMMON = {"prelude"}
"""Texts that stand before others."""


def text(module: ModuleType, name: str) -> str:
    return files(module.__package__ or "").joinpath("lua", f"{name}.lua").read_text(encoding="utf-8")


@pytest.mark.parametrize(("module", "contract"), CONTRACTS, ids=lambda one: one.__name__)
def test_a_script_uses_every_argument_of_its_contract_by_name_and_none_by_position(
    module: ModuleType, contract: Any
) -> None:
    used = text(module, contract.__name__) + "".join(
        text(module, name) for name in COMMON if "outbox" in str(module)
    )
    _, keys, *arguments = inspect.signature(contract, eval_str=True).parameters.values()
    assert {one.kind for one in arguments} == {inspect.Parameter.KEYWORD_ONLY}
    clock = {"clock"} if "outbox" in str(module) else set()  # the outbox's have one in common
    unused = {one.name for one in arguments if not re.search(rf"\b{one.name}\b", used)} - clock
    assert unused == set()
    assert not re.search(r"ARGV|KEYS", used)
    assert keys.annotation._fields


def test_every_script_has_its_contract() -> None:
    for module in (bot.store.scripts, scheduler.outbox.scripts):
        there = {one.name.removesuffix(".lua") for one in files(module.__package__ or "").joinpath("lua").iterdir()}
        assert there - COMMON == {contract.__name__ for of, contract in CONTRACTS if of is module}


def test_lua_reads_an_entry_by_the_names_and_the_order_of_the_struct_that_is_stored() -> None:
    assert entries.layout() == (
        "local AT = {team = 1, dm = 2, group = 3, person = 4, due = 5, expires = 6, kind = 7, round = 8, "
        "subject = 9, name = 10}\n"
    ), "Entries of an earlier Between lie in this order: what is new goes to the end."
    used = set(
        re.findall(
            r"\bAT\.(\w+)", "".join(text(scheduler.outbox.scripts, one) for one in ("prelude", "claim", "put_back"))
        )
    )
    assert used <= set(entries.StoredEntry.__struct_fields__)
