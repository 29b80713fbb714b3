"""Why nothing can be posted in a group's channel, where the reason is our key to its workspace."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.domain.groups import UNSEEN, ChannelTrouble, Group
from bot.domain.people import Person


def codes(table: str) -> frozenset[str]:
    return frozenset(table.split())


KEYLESS = codes("""
    not_authed invalid_auth account_inactive token_revoked token_expired org_login_required
    two_factor_setup_required accesslimited
""")
"""Slack's codes for a token that it does not take."""

WITHOUT_LEAVE = codes("""
    no_permission missing_scope not_allowed_token_type team_access_not_granted enterprise_is_restricted
    deprecated_endpoint method_deprecated not_installed
""")
"""Slack's codes for a token that holds, but not for this."""

FIRST_TRY, LAST_TRY = timedelta(hours=1), timedelta(days=1)
"""Between tries while nothing can be posted: as long again as it has been so, within these."""


def troubled(group: Group, code: str, now: datetime) -> Group:
    """Slack would not have a message there just now. A new key is put in without an event, and nobody waits a day
    for us to notice."""
    before = group.trouble
    if before and before.unseen:  # a press ends that, and nothing that Slack says meanwhile
        code = UNSEEN
    since = before.since if before else now
    wait = FIRST_TRY if code in KEYLESS else min(max(now - since, FIRST_TRY), LAST_TRY)
    return replace(group, trouble=ChannelTrouble(code=code, since=since, try_at=now + wait, tried_at=now))


def ends_with_a_key(group: Group) -> bool:
    """Whether a new token, or one that may do more, ends what is the matter with its channel."""
    return group.trouble is not None and group.trouble.code in KEYLESS | WITHOUT_LEAVE


def told_too_late(group: Group, person: Person) -> bool:
    """Whether they can hear of it only once it is over: what says that Slack does not take our key would come by
    that key."""
    trouble = group.trouble
    return bool(trouble and trouble.code in KEYLESS and person.reach.via_team == group.place.team_id)
