"""Installing and being taken away: the pages in the browser, and what leaders are told."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.installation import Leaving
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.html import template
from bot.views.words import listed, one_line

FORGET_INSTALLER = "installer_forget"

NOT_INSTALLED = (
    "Between has no key to your workspace, so commands and its Home don't work here. Buttons in its messages and "
    "in the "
    "channel of your group do. Whoever looks after Between can send an invitation to install it."
)

_NOTHING_SAVED = "Nothing was saved."
_AGAIN = "Begin again with the link that you were sent."
_PERHAPS_DONE = (
    "If this page told you that your workspace has Between now, it has, and nothing is left to do. Otherwise begin "
    "again with the link that you were sent."
)
"""The last page is loaded again by whoever goes back to it: what they did the first time was saved."""
_FAILED = {
    "access_denied": (
        "Between was not installed",
        "Somebody pressed Cancel on Slack's page. That is fine: your leaders can take part with buttons and forms "
        "all "
        "the same.",
        _NOTHING_SAVED,
    ),
    "invalid_browser": (
        "Begin in this browser",
        "The installation was begun in another browser, or cookies are off, so Between can't tell that it was you.",
        _PERHAPS_DONE,
    ),
    "invalid_state": (
        "That link has been used",
        "Each way through Slack's page works once, for ten minutes. This one was used, or is older.",
        _PERHAPS_DONE,
    ),
    "missing_code": (
        "Slack sent nothing to go on with",
        "Slack's page came back without a code.",
        f"{_NOTHING_SAVED} {_AGAIN}",
    ),
    "invalid_code": (
        "Slack did not take the code",
        "The code that Slack gave is used, or older than ten minutes; or the settings of Between don't fit the "
        "app.",
        f"{_NOTHING_SAVED} {_AGAIN} If it happens twice, tell whoever runs Between.",
    ),
    "not_invited": (
        "Your workspace is not invited yet",
        "Between serves the workspaces it was asked to, and this is not one of them; or the invitation was used.",
        "Nothing was saved, and Between has left your workspace again. Whoever runs it can invite you.",
    ),
    "store_down": (
        "Between can't save just now",
        "Slack said yes, but Between's store does not answer.",
        f"{_AGAIN} In a few minutes it should work.",
    ),
    "too_many": (
        "Too many at once",
        "This page was opened more often than Between can follow.",
        "Try again in ten minutes.",
    ),
    "slack_down": (
        "Slack gave no proper answer",
        "Slack could not be reached, or answered something else than usual.",
        f"{_NOTHING_SAVED} {_AGAIN}",
    ),
}


def installed_page(workspace: str) -> str:
    """What whoever installed Between sees in the browser. `workspace`: its name, or that of the organisation that
    installed it for all of its own."""
    return template("page.html").render(
        title=f"Between is in {workspace}" if workspace else "Between is installed",
        sentences=(
            "You can close this page.",
            "/plate, /commit, /between and Between's Home now work for people of "
            f"{workspace or 'your workspace'}. Nobody is sent a message before they press Join in a channel that "
            "leaders share.",
            "If no Between is in the channel yet, somebody of the workspace that hosts it types /invite @Between "
            "there. One is enough.",
        ),
    )


def failed_page(reason: str) -> str:
    """Why it was not installed, and what to do. What Slack calls it besides is for whoever runs Between."""
    title, *sentences = _FAILED.get(
        reason, ("Between was not installed", "Slack did not let Between in.", f"{_NOTHING_SAVED} {_AGAIN}")
    )
    return template("page.html").render(title=title, sentences=sentences)


STILL_WORKS = "The group goes on, and I write to you through another workspace."
MAY_GO = "Slack may take Between out of it with them."
NOTICES = (STILL_WORKS, MAY_GO)
"""They say that something is so, and want no answer."""

_LEFT = {Leaving.DELETED: "has no account any more", Leaving.GUEST: "is a guest now"}


def still_works(snapshot: GroupSnapshot, workspace: str) -> Message:
    """To a leader whose workspace has taken Between out."""
    where = workspace or "Your workspace"
    words = (
        f"{where} has taken Between out. {STILL_WORKS} Buttons and forms work here as before; those in our earlier "
        "conversation, /plate, /commit, /between and my Home don't. Nothing is lost."
    )
    return blocks.of_group(snapshot.group.name, words, menu.more_button(snapshot.group.id))


def installer_leaves(snapshot: GroupSnapshot, workspace: str, leaving: Leaving) -> Message:
    """To whoever looks after the rhythm."""
    where = workspace or "one of your workspaces"
    words = (
        f"Whoever installed Between in {where} {_LEFT[leaving]}. {MAY_GO} Somebody else there can install it "
        "again; whoever runs Between has the link. Without it, buttons and forms still work."
    )
    return blocks.of_group(snapshot.group.name, words, menu.more_button(snapshot.group.id))


def installer_kept(workspaces: Sequence[str]) -> list[Block]:
    """On the Home of somebody who is in no group: all that is kept of them."""
    where = listed([one_line(name, 80) for name in workspaces]) or "your workspace"
    sure = blocks.confirm(
        "Erase that?",
        "Between stays installed. Nobody is told then if your account closes, which may take Between out.",
        "Erase it",
        "Keep it",
    )
    nothing = action_payload.write(ActionPayload())
    return [
        blocks.paragraph(Bold("What I keep of you:"), " that you installed me in ", Bold(where), ", nothing else."),
        blocks.row(blocks.button("Erase that it was me", FORGET_INSTALLER, nothing, confirm=sure)),
    ]
