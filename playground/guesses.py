"""What Slack's documents leave open, each with the answer the playground gives until somebody has tried it.

A test may play both answers: `world.guesses.external_tz = False`, or `guesses:` in the people file.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Guesses:
    """Every default here is our choice; Slack's own behaviour is not documented."""

    external_tz: bool = True
    """Whether `users.info` gives the zone of somebody from another workspace."""
    external_email: bool = False
    """Whether it gives their e-mail address, to an app with `users:read.email`."""
    dm_after_unshare: str = "channel_not_found"
    """The refusal of a message into a DM that is open, once no channel is shared; empty lets it through."""
    frozen_post: str = "is_archived"
    """The refusal of a new message in a frozen channel. (`chat.update` is documented: `is_inactive`.)"""
    metadata_bytes: int = 8_000
    """How long a message's metadata may be as JSON; Slack names the error and no number."""
    home_opened_by_external: bool = True
    """Whether the app hears that an external person opened its Home, though they see nothing there."""
    press_names_own_team: bool = False
    """Whether a press by somebody of another workspace that installed the app too names that one as its `team`, in
    place of the one whose bot wrote the message."""
    external_ephemeral: bool = True
    """Whether a message for one person's eyes reaches somebody of another workspace in a channel."""
    external_membership: bool = True
    """Whether the app hears that an external person joined or left a channel."""
