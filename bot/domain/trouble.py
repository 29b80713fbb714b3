"""Why nothing can be posted in a group's channel, and since when that is so."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from bot.domain.groups import UNSEEN, ChannelTrouble, Group
from bot.domain.people import Person

KEYLESS = frozenset(
    {
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "org_login_required",
        "two_factor_setup_required",
        "accesslimited",
    }
)
"""Slack's codes for a token that it does not take."""

WITHOUT_LEAVE = frozenset(
    {
        "no_permission",
        "missing_scope",
        "not_allowed_token_type",
        "team_access_not_granted",
        "enterprise_is_restricted",
        "deprecated_endpoint",
        "method_deprecated",
        "not_installed",
    }
)
"""Slack's codes for a token that holds, but not for this."""

OURS = frozenset(
    {
        "no_text",
        "msg_too_long",
        "msg_blocks_too_long",
        "too_many_attachments",
        "invalid_blocks",
        "invalid_blocks_format",
        "invalid_attachments",
        "block_mismatch",
        "metadata_too_large",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_must_be_sent_from_app",
        "invalid_arguments",
        "invalid_arg_name",
        "invalid_array_arg",
        "invalid_charset",
        "invalid_form_data",
        "invalid_post_type",
        "missing_post_type",
        "invalid_json",
        "json_not_object",
        "unknown_method",
        "view_too_large",
        "duplicate_external_id",
        "push_limit_reached",
        "too_many_members",
        "users_list_not_supplied",
        "missing_argument",
        "markdown_text_conflict",
        "invalid_payload",
    }
)
"""Slack's codes for what is not allowed of anybody: a fault of ours, which a newer Between may mend."""

ARCHIVED = "is_archived"
"""Slack's code for a channel in which nobody can write."""

FIRST_TRY, LAST_TRY = timedelta(hours=1), timedelta(days=1)
"""Between tries while nothing can be posted: as long again as it has been so, within these."""


class Sort(StrEnum):
    """What is said of it, and what somebody can do."""

    UNSEEN = "unseen"
    OUT = "out"
    LOST = "lost"
    ARCHIVED = "archived"
    RESTRICTED = "restricted"
    KEY = "key"
    OTHER = "other"


_SORTS = {
    UNSEEN: Sort.UNSEEN,
    "not_in_channel": Sort.OUT,
    "channel_not_found": Sort.LOST,
    **dict.fromkeys((ARCHIVED, "is_inactive"), Sort.ARCHIVED),
    **dict.fromkeys((*KEYLESS, "missing_scope", "no_permission"), Sort.KEY),
}


def sort_of(code: str) -> Sort:
    """Of any code, also of one that Slack may come to give."""
    return _SORTS.get(code, Sort.RESTRICTED if code.startswith("restricted_action") else Sort.OTHER)


def said_since(trouble: ChannelTrouble) -> datetime:
    """Since when what is said of it holds: who was told of another sort before does not know it."""
    return trouble.first.get(sort_of(trouble.code), trouble.since)


def posts_only(trouble: ChannelTrouble) -> bool:
    """Whether what stands in the channel can be changed all the same, and a reply put under it perhaps: that this
    goes says nothing of posts."""
    return not trouble.edits and sort_of(trouble.code) in (Sort.OUT, Sort.RESTRICTED)


def holds_changes(group: Group) -> bool:
    """Whether what stands in its channel can't be changed just now either."""
    return group.trouble is not None and not (group.trouble.unseen or posts_only(group.trouble))


def troubled(group: Group, code: str, now: datetime, *, edit: bool = False) -> Group:
    """Slack would not have a message there just now; or would not have one changed, which is an `edit`. A new key
    is put in without an event, and nobody waits a day for us to notice."""
    before = group.trouble
    if before and before.unseen:  # a press ends that, and nothing that Slack says meanwhile
        code = UNSEEN
    since = before.since if before else now
    wait = FIRST_TRY if code in KEYLESS else min(max(now - since, FIRST_TRY), LAST_TRY)
    first = {sort_of(before.code): said_since(before), **before.first} if before else {}
    new = ChannelTrouble(
        code=code,
        since=since,
        try_at=now + wait,
        tried_at=now,
        first={sort_of(code): now, **first},
        edits=edit or (before is not None and before.edits),
    )
    return replace(group, trouble=new)


def ends_with_a_key(group: Group) -> bool:
    """Whether a new token, or one that may do more, ends what is the matter with its channel."""
    return group.trouble is not None and group.trouble.code in KEYLESS | WITHOUT_LEAVE


def told_too_late(group: Group, person: Person) -> bool:
    """Whether they can hear of it only once it is over: what says that Slack does not take our key would come by
    that key."""
    trouble = group.trouble
    return bool(trouble and trouble.code in KEYLESS and person.reach.via_team == group.place.team_id)
