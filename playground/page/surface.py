"""Where blocks are drawn: in a message, a modal or a Home, with what the person has typed there so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from playground import written
from playground.page.viewer import Viewer

Block = Mapping[str, Any]
State = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Surface:
    """One message or view on the page.

    `key` begins every HTML id, so it must differ between two surfaces on a page. `act` is the address that a
    click is posted to. `state` is what Slack calls `view.state.values`; `errors` maps block ids to sentences.
    """

    viewer: Viewer
    kind: Literal["message", "modal", "home"] = "message"
    key: str = "m"
    act: str = ""
    state: State = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    def id(self, block: Block, element: Block) -> str:
        """The HTML id of a control."""
        return f"{self.key}-{name(block, element)}"

    def now_at(self, block: Block, element: Block) -> Any:
        """What the person has put there; before they touch it, what the app filled in."""
        held = self.state.get(str(block.get("block_id")), {}).get(str(element.get("action_id")))
        return _held(held) if held is not None else _initial(element)

    def words(self, said: Any) -> str:
        """A rich text answer as the words that stand in its field."""
        return written.words(said, {**self.viewer.people, **self.viewer.channels})

    def moment(self, unix: Any) -> str:
        """Unix seconds as the value of a `datetime-local` input in the viewer's zone."""
        return f"{self.viewer.local(int(unix)):%Y-%m-%dT%H:%M}" if unix else ""

    def unix(self, typed: str) -> int | None:
        """The other way: what such an input holds, as unix seconds; None where that is no time."""
        try:
            return int(datetime.fromisoformat(typed).replace(tzinfo=self.viewer.zone).timestamp())
        except (ValueError, OverflowError):
            return None


def name(block: Block, element: Block) -> str:
    """What a control is called in a posted form."""
    return f"{block.get('block_id', '')}/{element.get('action_id', '')}"


def chosen(value: Any) -> list[str]:
    """The option values or ids in what `now_at` gave, whatever its shape."""
    if value is None or value == "":
        return []
    items: Sequence[Any] = value if isinstance(value, list | tuple) else [value]
    return [str(item["value"] if isinstance(item, Mapping) else item) for item in items]


def _held(held: Mapping[str, Any]) -> Any:
    return next(
        (v for k, v in held.items() if k in ("value", "rich_text_value") or k.startswith("selected_")), None
    )


def _initial(element: Block) -> Any:
    return next((v for k, v in element.items() if k.startswith("initial_")), None)
