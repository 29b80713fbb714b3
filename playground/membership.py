"""What a person does with membership: join, leave, invite, bring a bot in, rename."""

from playground.actor import Actor, PersonCannot
from playground.apps import App
from playground.messages import Channel
from playground.people import User
from playground.tickets import Notice


class Member(Actor):
    """Comes and goes, and brings others."""

    async def invite_bot(self, where: str | Channel, app: str | None = None) -> None:
        """Bring an app's bot into a channel; only people of a workspace that installed the app can."""
        channel = self.channel(where)
        self._may_manage(channel)
        wanted = self.app(app)
        install = wanted.installs.get(self.user.team_id)
        if install is None:
            raise PersonCannot(f"{wanted.name} is not installed in {self._workspace}.")
        self.dispatcher.events.join(channel, install.bot_user_id, inviter=self.id)

    async def answer_offer(self, notice: Notice, invite: bool) -> None:
        """Bring in the app that was named, which then hears of it; or leave it. The offer goes either way."""
        if notice not in self.notices or not notice.offer or not notice.channel_id:
            raise PersonCannot("That was answered already.")
        self.notices.remove(notice)
        self.world.touch()
        if not invite:
            return
        channel, app = self.channel(notice.channel_id), self.world.apps[notice.offer.app_id]
        await self.invite_bot(channel, app.id)
        if message := channel.messages.get(notice.offer.ts):
            self.dispatcher.events.named(app, channel, message)

    async def join(self, where: str | Channel) -> None:
        """Join a public channel."""
        channel = self.known(where)
        if channel.kind != "channel":
            raise PersonCannot("Only public channels can be joined.")
        if self.user.team_id not in channel.teams:
            raise PersonCannot(f"#{channel.name} is not a channel of {self._workspace}.")
        if self.user.is_guest:
            raise PersonCannot("Guests have to be invited.")
        if channel.archived or channel.frozen:
            raise PersonCannot(f"#{channel.name} can only be read.")
        self.dispatcher.events.join(channel, self.id)

    async def invite(self, where: str | Channel, called: str) -> None:
        """Bring somebody into a channel this person is in."""
        channel, user = self.channel(where), self.world.user(called)
        self._may_manage(channel)
        if user.team_id not in channel.teams:
            raise PersonCannot(f"{user.real_name}'s workspace is not connected to #{channel.name}.")
        if self.user.team_id not in (channel.teams[0], user.team_id):
            raise PersonCannot(f"People of {self._workspace} can only bring their own into #{channel.name}.")
        if user.deleted:
            raise PersonCannot(f"{user.real_name}'s account is closed.")
        if user.is_ultra_restricted and self._elsewhere(user, channel):
            raise PersonCannot(f"{user.real_name} is a guest of one channel only.")
        self.dispatcher.events.join(channel, user.id, inviter=self.id)

    async def leave(self, where: str | Channel) -> None:
        """Leave a channel, but for the one that everyone is in."""
        channel = self.channel(where)
        if channel.is_general:
            raise PersonCannot(f"Nobody can leave #{channel.name}.")
        self.dispatcher.events.leave(channel, self.id)

    async def remove(self, where: str | Channel, called: str) -> None:
        """Take somebody, or a bot, out of a channel."""
        channel, user = self.channel(where), self.world.user(called)
        self._may_manage(channel)
        if user.id not in channel.members:
            raise PersonCannot(f"{user.real_name} is not in #{channel.name}.")
        if self.user.team_id not in (channel.teams[0], user.team_id):
            raise PersonCannot(f"People of {self._workspace} can only take their own out of #{channel.name}.")
        if channel.is_general and not user.is_bot:
            raise PersonCannot(f"Nobody can be taken out of #{channel.name}.")
        self.dispatcher.events.leave(channel, user.id)

    async def remove_bot(self, where: str | Channel, app: str | None = None) -> None:
        """Take an app's bot out of a channel."""
        channel = self.channel(where)
        await self.remove(channel, self._bot_in(channel, self.app(app)))

    async def archive(self, where: str | Channel) -> None:
        channel = self.channel(where)
        self._may_manage(channel)
        self.dispatcher.events.archive(channel, self.user.id, True)

    async def unarchive(self, where: str | Channel) -> None:
        channel = self.channel(where)
        if not channel.archived or self.user.is_guest:
            raise PersonCannot(f"#{channel.name} is not archived, or not theirs to open again.")
        self.dispatcher.events.archive(channel, self.user.id, False)

    async def rename(self, where: str | Channel, name: str) -> None:
        channel = self.channel(where)
        self._may_manage(channel)
        self.dispatcher.events.rename(channel, name)

    @property
    def _workspace(self) -> str:
        return self.world.workspaces[self.user.team_id].name

    def _may_manage(self, channel: Channel) -> None:
        """Whether this person may change who is in a channel, or its name.

        Guests may not, and partners who may only post can do nothing else (`external_limited`).
        https://docs.slack.dev/reference/methods/conversations.inviteShared
        """
        if not channel.is_named:
            raise PersonCannot("That can be done in channels only.")
        if channel.archived or channel.frozen:
            raise PersonCannot(f"#{channel.name} can only be read.")
        if self.user.is_guest:
            raise PersonCannot(f"Guests cannot change who is in #{channel.name}, or its name.")
        if self.user.team_id in channel.post_only:
            raise PersonCannot(f"People of {self._workspace} may only post in #{channel.name}.")

    def _elsewhere(self, user: User, channel: Channel) -> bool:
        every = (one for one in self.world.channels.values() if one.is_named and one is not channel)
        return any(user.id in one.members for one in every)

    def _bot_in(self, channel: Channel, app: App) -> str:
        """The app's bot that is in this channel: this person's own, or another workspace's."""
        own = self.install(app).bot_user_id
        there = [one.bot_user_id for one in app.installs.values() if one.bot_user_id in channel.members]
        return own if own in there or not there else there[0]
