"""Worlds from files: `people.yaml`, `connect.yaml`, and whatever somebody writes of their own."""

from pathlib import Path
from typing import Any

import yaml

from playground.clock import Clock
from playground.furnish import ConfigFault, doubts
from playground.world import World

__all__ = ["CONNECT", "SEED", "ConfigFault", "doubts", "load"]
Json = dict[str, Any]
SEED = Path(__file__).with_name("people.yaml")
CONNECT = Path(__file__).with_name("connect.yaml")


def load(path: Path = SEED, clock: Clock | None = None, app: Json | None = None) -> World:
    """The world a YAML file describes; `app` takes the place of its apps."""
    config = yaml.safe_load(path.read_text("utf-8"))
    return World.from_config({**config, "apps": [app]} if app and isinstance(config, dict) else config, clock)
