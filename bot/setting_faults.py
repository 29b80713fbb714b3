"""What is wrong with a setting, in a sentence for whoever starts the bot."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

from pydantic_core import ErrorDetails

MUST: dict[str, str] = {
    "between_url": "the public address of Between, such as https://between.example",
    "slack_allowed_workspaces": "ids of workspaces, such as T012AB3C4,T0567DEF8 (an organisation's begins with E)",
    "slack_api_url": "a web address, such as https://slack.com/api/",
    "http_host": "an address to listen on, such as 127.0.0.1 or 0.0.0.0",
    "http_port": "a number from 1 to 65535",
    "redis_url": "an address such as redis://localhost:6379/0, or empty to use a Redis of Between's own",
    "redis_wait_replicas": "a number from 0 to 5, or empty",
    "data_dir": "a folder",
    "erasures_file": "a file, or empty",
    "between_keys": "keys as id:base64, with commas between",
    "between_keys_file": "a file",
    "between_keys_command": "a command",
    "log_level": "one of debug, info, warning, error",
    "log_format": "console or json",
}


def sentence(fault: ErrorDetails, known: Collection[str]) -> str:
    """What is wrong with one setting; `known` are the names of all."""
    field = str(fault["loc"][0])
    name = field.upper()
    if fault["type"] == "said":
        return fault["msg"]
    if fault["type"] == "extra_forbidden":
        near = get_close_matches(field, known, n=1)
        hint = f" Did you mean {near[0].upper()}?" if near else " See .env.example for what there is."
        return f"{name} in .env is not a setting of Between.{hint}"
    return f"{name} must be {MUST.get(field, 'set')}."
