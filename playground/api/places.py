"""Where a bot may write: which conversation an argument means, and why Slack would say no."""

from playground.api.conversations import dm_with
from playground.api.registry import Call, Refusal
from playground.connect import is_stranger, knows
from playground.messages import Channel

#: What Slack answers to a bot where not everyone may write; bots count as members, not as admins.
CLOSED = {"nobody": "restricted_action", "admins": "restricted_action_read_only_channel"}


def place(call: Call) -> Channel:
    """A conversation the bot is in, or the direct conversation with a person.

    A person who cannot be written to is `channel_not_found` here, and says why in `conversations.open` only.
    """
    target = str(call.needed("channel"))
    if target not in call.world.users:
        return writable(call, elsewhere="chat:write.public" in call.caller[1].scopes)
    app, install = call.caller
    user = call.world.users[target]
    unreachable = not knows(call.world, install.team_id, user) or is_stranger(call.world, call.bot, user)
    if user.is_bot or user.deleted or unreachable:
        raise Refusal("channel_not_found")
    if not app.messages_tab:
        raise Refusal("messages_tab_disabled")
    return dm_with(call, target)


def writable(call: Call, elsewhere: bool = False) -> Channel:
    """The conversation of the call, if the bot is in it and it is still in use.

    `elsewhere` opens public channels that the bot is not in: https://docs.slack.dev/reference/scopes/chat.write.public
    """
    channel = call.channel()
    if channel.archived:
        raise Refusal("is_archived")
    if channel.frozen and call.world.guesses.frozen_post:
        raise Refusal(call.world.guesses.frozen_post)
    if call.bot not in channel.members and not (elsewhere and channel.kind == "channel"):
        raise Refusal("not_in_channel")
    if channel.is_im:
        _refuse_dm(call, channel)
    return channel


def _refuse_dm(call: Call, channel: Channel) -> None:
    if not call.caller[0].messages_tab:
        raise Refusal("messages_tab_disabled")
    error = call.world.guesses.dm_after_unshare
    others = [call.world.users[one] for one in channel.members if one != call.bot]
    if error and any(is_stranger(call.world, call.bot, other) for other in others):
        raise Refusal(error)


def refuse_writing(channel: Channel, thread_ts: str | None) -> None:
    """Refuse what the channel's posting permissions do not allow a bot."""
    if channel.posting in CLOSED:
        raise Refusal(CLOSED[channel.posting])
    if channel.posting == "threads" and not thread_ts:
        raise Refusal("restricted_action_thread_only_channel")
    if channel.posting == "no_threads" and thread_ts:
        raise Refusal("restricted_action_non_threadable_channel")
