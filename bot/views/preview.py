"""What the group's first post will be, and who can read it: shown to whoever sets it up, before it is posted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.groups import Group
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.panel import panel
from bot.views.words import listed, one_line

PREVIEW_FORM = "preview_form"
GO_ON_FORM = "go_on_form"
POST_IT = "Post it"
MOST_NAMED = 8


def preview_form(
    snapshot: GroupSnapshot,
    next_meeting: datetime | None,
    now: datetime,
    names: Mapping[str, str],
) -> View:
    """`names` are those of workspaces that we know, by id."""
    group = snapshot.group
    if group.unposted:
        title = "Before I post it"
        first = "*Nothing of the group is in the channel yet.* This goes there when you press *Post it*:"
        last = "*Set up a group*, under my first message there, brings it back."
    else:  # the channel is shared with others since the group was set up
        title = "Before I post again"
        first = (
            "*I have posted nothing since other organisations can read the channel.* When you press *Post it*, "
            "what you all share for everyone goes there again: digests, briefs, commitments, what is asked, and "
            "what is changed. What stands there of the group:"
        )
        last = "*Change* or *Pull it back* what you shared first, if you like."
    return blocks.form(
        PREVIEW_FORM,
        title,
        POST_IT,
        action_payload.write(ActionPayload(group=group.id)),
        blocks.section(first),
        # the buttons of the post would act on what is not posted yet
        *(block for block in panel(snapshot, next_meeting, now).blocks if block["type"] != "actions"),
        blocks.divider(),
        blocks.paragraph(*_readers(snapshot, names)),
        blocks.context(f"Close this, and nothing is posted. {last}"),
    )


def going_on_form(
    snapshot: GroupSnapshot, next_meeting: datetime | None, now: datetime, names: Mapping[str, str], hello_ts: str
) -> View:
    """`snapshot` is as it will be in the channel where the group goes on, which other organisations read.
    `hello_ts` is of our message there that led to it, if one did."""
    group = snapshot.group
    return blocks.form(
        GO_ON_FORM,
        "Before I post here",
        POST_IT,
        action_payload.write(ActionPayload(group=group.id, subject=group.place.channel, state=hello_ts)),
        blocks.section(
            "*Nothing of the group is in this channel yet.* When you press *Post it* this goes there, and then "
            "what you all share for everyone:"
        ),
        *(block for block in panel(snapshot, next_meeting, now).blocks if block["type"] != "actions"),
        blocks.divider(),
        blocks.paragraph(*_readers(snapshot, names)),
        blocks.context("Close this, and nothing is posted. *Set up a group*, pressed here again, brings it back."),
    )


def posts_again(group: Group) -> View:
    """In place of the form, once a leader has looked at what others read now."""
    words = ": I post in its channel again. What is due and still news follows."
    return blocks.sheet("Posted again", blocks.paragraph(Bold(group.name), words))


def _readers(snapshot: GroupSnapshot, names: Mapping[str, str]) -> list[blocks.Part]:
    group = snapshot.group
    teams = group.preview.teams if group.preview and group.unposted else group.connection.teams
    known = [one_line(names[team], 80) for team in teams if team in names][:MOST_NAMED]
    others = len(teams) - len(known)
    where = blocks.channel(group.place.channel)
    end = ", also whoever joins it later, and so can those who keep their organisations' records."
    if not others and not known:
        return ["Who can read it: everyone in ", where, end, " Slack did not tell me whose people they are."]
    more = "more " if known else ""
    counted = f"one {more}organisation" if others == 1 else f"{others} {more}organisations"
    whose = [*known, *([counted] if others else [])]
    return ["Who can read it: everyone in ", where, f" of {listed(whose)}", end]
