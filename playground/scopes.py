"""The scopes that a bot token may have, and those that events need: https://docs.slack.dev/reference/scopes."""

_ALL = """
    app_configurations:read app_configurations:write app_mentions:read assistant:write bookmarks:read
    bookmarks:write calls:read calls:write canvases:read canvases:write channels:history channels:join
    channels:manage channels:read channels:write.invites channels:write.topic chat:write chat:write.customize
    chat:write.public code_channels:manage commands conversations.connect:manage conversations.connect:read
    conversations.connect:write datastore:read datastore:write dnd:read emoji:read files:read files:write
    groups:history groups:read groups:write groups:write.invites groups:write.topic im:history im:read im:write
    im:write.topic incoming-webhook links.embed:write links:read links:write lists:read lists:write
    metadata.message:read mpim:history mpim:read mpim:write mpim:write.invites mpim:write.topic pins:read
    pins:write reactions:read reactions:write reminders:read reminders:write remote_files:read remote_files:share
    remote_files:write search:read.enterprise search:read.files search:read.im search:read.mpim search:read.private
    search:read.public search:read.users team.billing:read team.preferences:read team:read triggers:read
    triggers:write usergroups:read usergroups:write users.profile:read users:read users:read.email users:write
    workflow.steps:execute workflows.templates:read workflows.templates:write
"""
BOT_SCOPES = frozenset(_ALL.split())
EVENT_SCOPES = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "channel_created": "channels:read",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "channel_rename": "channels:read",
    "group_rename": "groups:read",
    "member_joined_channel": "{}:read",
    "member_left_channel": "{}:read",
    "channel_shared": "{}:read",
    "channel_unshared": "{}:read",
    "channel_id_changed": "groups:read",
    "channel_archive": "channels:read",
    "channel_unarchive": "channels:read",
    "group_archive": "groups:read",
    "group_unarchive": "groups:read",
}
"""The scope an event needs; `{}` stands for the kind of channel. Others need none."""
