"""The playground's modules stand in an order: none imports itself by way of others, not even for types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import playground

ROOT = Path(playground.__file__).parent


def name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name(path): path for path in ROOT.rglob("*.py")}


def imported(path: Path) -> Iterator[str]:
    """Every module of the playground that this one imports, wherever in it that stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            inside = [f"{node.module}.{one.name}" for one in node.names]
            yield from (one if one in MODULES else node.module for one in inside)
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in MODULES)


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert len(MODULES) > 60
    graph = {one: set(imported(path)) - {one} for one, path in MODULES.items()}
    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_nothing_is_imported_for_types_alone() -> None:
    assert [one for one, path in MODULES.items() if "TYPE_CHECKING" in path.read_text("utf-8")] == []
