"""Which servers the tests run on: some in every run, the rest at length."""

from __future__ import annotations

import pytest

AT_LENGTH = pytest.mark.at_length


def on(*names: str, at_length: tuple[str, ...] = ()) -> list[pytest.MarkDecorator]:
    """For a module's `pytestmark`."""
    several = [*names, *(pytest.param(name, marks=AT_LENGTH) for name in at_length)]
    return [pytest.mark.cluster, pytest.mark.parametrize("deployment", several, indirect=True, scope="session")]


def on_all() -> list[pytest.MarkDecorator]:
    return on("redis-cluster", "valkey-alone", at_length=("redis-sentinel", "valkey-cluster", "valkey-sentinel"))
