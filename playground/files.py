"""Files that apps uploaded."""

import re
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class File:
    """`content` is None until it was uploaded; `completed` once it may be seen."""

    id: str
    name: str
    length: int
    app_id: str
    title: str = ""
    content: bytes | None = None
    completed: bool = False

    @property
    def safe_name(self) -> str:
        """For a header."""
        return re.sub(r"[^A-Za-z0-9._-]", "_", self.name)

    def shape(self) -> Json:
        """As it stands in a message."""
        return {
            "id": self.id,
            "name": self.name,
            "title": self.title or self.name,
            "size": self.length,
            "filetype": self.name.rpartition(".")[2],
            "mode": "hosted",
            "is_external": False,
            "url_private": f"/file/{self.id}",
            "url_private_download": f"/file/{self.id}",
        }
