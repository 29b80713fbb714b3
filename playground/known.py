"""The events of Slack, and which of them the playground sends: https://docs.slack.dev/reference/events."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from playground.scopes import BOT_SCOPES, EVENT_SCOPES

SENT = frozenset({*EVENT_SCOPES, "user_change", "app_home_opened", "app_uninstalled", "tokens_revoked"})
"""What the playground tells an app of, if it subscribes."""
_OTHERS = """
    agent_session_stopped agent_session_title_changed app_context_changed app_deleted app_installed
    app_rate_limited app_requested app_uninstalled_team assistant_thread_context_changed assistant_thread_started
    call_rejected channel_deleted channel_history_changed channel_left dnd_updated dnd_updated_user
    email_domain_changed emoji_changed entity_details_requested file_change file_comment_added file_comment_deleted
    file_comment_edited file_created file_deleted file_public file_shared file_unshared function_executed
    grid_migration_finished grid_migration_started group_close group_deleted group_history_changed group_left
    group_open im_close im_created im_history_changed im_open invite_requested link_shared message message.app_home
    message_metadata_deleted message_metadata_posted message_metadata_updated pin_added pin_removed scope_denied
    scope_granted shared_channel_invite_accepted shared_channel_invite_approved shared_channel_invite_declined
    shared_channel_invite_received shared_channel_invite_requested star_added star_removed subteam_created
    subteam_members_changed subteam_self_added subteam_self_removed subteam_updated team_access_granted
    team_access_revoked team_domain_change team_join team_rename user_change user_huddle_changed
    user_profile_changed user_status_changed workflow_deleted workflow_published workflow_step_deleted
    workflow_step_execute workflow_unpublished
"""
EVENTS = SENT | frozenset(_OTHERS.split())
LEGACY_SCOPES = frozenset({"bot", "channels:write", "identify"})
"""Scopes of older apps, which Slack still knows."""


def unknown_scope(scopes: list[str]) -> str:
    """What is wrong with the first scope that no bot may have; empty if nothing is."""
    return _unknown(scopes, BOT_SCOPES | LEGACY_SCOPES, "a scope that a bot may have")


def unknown_event(events: list[str]) -> str:
    """What is wrong with the first event that Slack does not have; empty if nothing is."""
    return _unknown(events, EVENTS, "an event of Slack's")


def unknown_kind(kind: str, known: tuple[str, ...], what: str) -> str:
    return "" if kind in known else f"{what} is {kind!r}; it may be: {', '.join(known)}."


def _unknown(given: list[str], known: frozenset[str], what: str) -> str:
    for one in given:
        if one not in known:
            near = get_close_matches(str(one), sorted(known), 1)
            return f"{one!r} is not {what}." + (f" Did you mean {near[0]!r}?" if near else "")
    return ""


def doubts(app: str, events: list[str], scopes: set[str]) -> Iterator[str]:
    """What an app asks for and will not get: events that are never sent here, and those whose scope it lacks."""
    for event in events:
        needed = EVENT_SCOPES.get(event, "")
        if event not in SENT:
            yield f"{app} subscribes to {event}, which is never sent here."
        elif "{}" in needed:
            if not scopes & {needed.format(one) for one in ("channels", "groups")}:
                yield f"{app} subscribes to {event} and lacks its scope: {needed.format('channels')}."
        elif needed and needed not in scopes:
            yield f"{app} subscribes to {event} and lacks its scope: {needed}."
