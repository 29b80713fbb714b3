"""The playground's browser page: a Slack to look at and act in, drawn on the server. `mount` puts it in place."""

from playground.page.hooks import CannotTell
from playground.page.routes import mount

__all__ = ["CannotTell", "mount"]
