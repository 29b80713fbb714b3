"""Modals and Home tabs as one person has them open, with what that person has typed so far."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class View:
    """A modal or a Home tab. `values` is the person's draft, in the shape of `view.state.values`."""

    id: str
    type: str
    team_id: str
    user_id: str
    app_id: str
    app_installed_team_id: str
    bot_id: str
    content: Json
    hash: str = ""
    root_view_id: str = ""
    previous_view_id: str | None = None
    channel_id: str | None = None
    """The conversation in which the person opened it, or that from which it came."""
    values: dict[str, Json] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """Sentences beside inputs after a refused submission: block id to sentence."""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.content.get("blocks", [])
        return blocks

    @property
    def title(self) -> str:
        return _words(self.content.get("title"))

    @property
    def submit(self) -> str:
        return _words(self.content.get("submit"))

    @property
    def close(self) -> str:
        return _words(self.content.get("close"))

    @property
    def callback_id(self) -> str:
        return str(self.content.get("callback_id") or "")

    @property
    def external_id(self) -> str:
        return str(self.content.get("external_id") or "")

    @property
    def private_metadata(self) -> str:
        return str(self.content.get("private_metadata") or "")


def _words(text: Json | None) -> str:
    return str((text or {}).get("text", ""))
