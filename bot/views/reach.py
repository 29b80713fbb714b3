"""What works for somebody, in words: nobody is told of a command, or of a Home, that is not there for them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.reach import Words

IN_YOURS = "In your workspace, use the buttons here."

SENTENCES: Mapping[Words, str] = {
    Words.ALL: "`/plate` to share, `/commit` to add a commitment, `/between` for everything else, and my Home; "
    "every one of them is a button too.",
    Words.BUTTONS: f"{IN_YOURS} Those in the channel and in our conversation reach everything.",
    Words.CHANNEL: "Slack does not let me write to you, so use the buttons in the channel: they reach everything.",
    Words.CONVERSATION: "The channel is out of reach just now. The buttons in our conversation still reach all "
    "the rest.",
    Words.COMMANDS: "Type `/between`: it reaches everything.",
    Words.NOTHING: "",
}
"""Nobody reads the last: whoever has no way left is not told but announced."""

IN_SHORT: Mapping[Words, str] = {
    Words.ALL: "",
    Words.BUTTONS: IN_YOURS,
    Words.CHANNEL: "Use the buttons in the channel.",
    Words.CONVERSATION: "Use the buttons here; the channel is out of reach.",
    Words.COMMANDS: "Type `/between`.",
    Words.NOTHING: "",
}
"""For a message that has room for one sentence; of who can use everything there is nothing to say."""
