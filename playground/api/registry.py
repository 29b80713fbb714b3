"""Which Web API methods there are, what a call to one carries, and how one is refused."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from playground.apps import App, Install
from playground.connect import knows
from playground.delivery import Dispatcher
from playground.messages import Channel
from playground.people import User
from playground.world import Unknown, World

Json = dict[str, Any]


class Refusal(Exception):
    """Slack says no: `code` is its error code, `details` what else stands in the answer."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(slots=True)
class Call:
    """One call: who is calling, on which world, with which arguments."""

    dispatcher: Dispatcher
    base_url: str
    method: str
    args: Json
    app: App | None = None
    install: Install | None = None

    @property
    def world(self) -> World:
        return self.dispatcher.world

    @property
    def caller(self) -> tuple[App, Install]:
        """The app and installation behind a bot token."""
        if self.app is None:
            raise Refusal("not_authed")
        if self.install is None:
            raise Refusal("not_allowed_token_type")
        return self.app, self.install

    @property
    def bot(self) -> str:
        """The calling bot's user id."""
        return self.caller[1].bot_user_id

    def app_level(self, scope: str) -> App:
        """The app behind an app-level token that holds `scope`."""
        if self.app is None or self.install is not None:
            raise Refusal("not_allowed_token_type")
        held = self.app.app_token_scopes
        if scope not in held:
            raise Refusal("missing_scope", needed=scope, provided=",".join(held) or "none")
        return self.app

    def text(self, name: str, default: str = "") -> str:
        value = self.args.get(name)
        return default if value is None else str(value)

    def needed(self, name: str) -> Any:
        """An argument without which the call makes no sense."""
        value = self.args.get(name)
        if value in (None, ""):
            raise invalid_arguments(f"missing required field: {name}")
        return value

    def flag(self, name: str) -> bool:
        return str(self.args.get(name, "")).lower() in {"1", "true"}

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        if not value.isdigit():
            raise invalid_arguments(f"must be an integer: {name}")
        return int(value)

    def need_scope(self, *scopes: str) -> None:
        """Refuse the call unless the token holds one of `scopes`."""
        held = self.caller[1].scopes
        if scopes and not set(scopes) & set(held):
            raise Refusal("missing_scope", needed=",".join(scopes), provided=",".join(held) or "none")

    def channel(self, name: str = "channel") -> Channel:
        """The conversation an argument names, if the bot may know that it exists."""
        called = str(self.needed(name))
        channel = self.world.channels.get(called)
        if channel is None:
            seen = [one.id for one in self.world.channels.values() if self.sees(one)]
            try:
                return self.world.named(called, seen)
            except Unknown:
                raise Refusal("channel_not_found") from None
        if not self.sees(channel):
            raise Refusal("channel_not_found")
        return channel

    def sees(self, channel: Channel) -> bool:
        """Whether this token may know of a conversation: a public channel of its workspace, or one it is in."""
        hidden = channel.kind != "channel" and self.bot not in channel.members
        return not hidden and self.caller[1].team_id in channel.teams

    def user(self, name: str = "user") -> User:
        """The person an argument names, if this workspace ever met them."""
        user = self.world.users.get(str(self.needed(name)))
        if user is None or not knows(self.world, self.caller[1].team_id, user):
            raise Refusal("user_not_found")
        return user


def invalid_arguments(*sentences: str) -> Refusal:
    return Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {one}" for one in sentences]})


Handler = Callable[[Call], Awaitable[Json]]


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method. Its `scopes` are alternatives; `token` False means it needs none."""

    name: str
    run: Handler
    scopes: tuple[str, ...] = ()
    token: bool = True


METHODS: dict[str, Method] = {}


def method(name: str, *scopes: str, token: bool = True) -> Callable[[Handler], Handler]:
    """Register a handler for `name`, which needs one of `scopes`."""

    def register(run: Handler) -> Handler:
        METHODS[name] = Method(name, run, scopes, token)
        return run

    return register
