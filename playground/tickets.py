"""Things that may be used only for a while: trigger ids, response URLs, Socket Mode addresses."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)
CODE_LIFE = timedelta(minutes=10)
MOST_KEPT = 5000
Ticket = TypeVar("Ticket")


def keep(tickets: dict[str, Ticket], key: str, ticket: Ticket) -> None:
    """Add a ticket; the oldest go when there are very many, long since expired."""
    while len(tickets) >= MOST_KEPT:
        del tickets[next(iter(tickets))]
    tickets[key] = ticket


@dataclass(slots=True)
class Trigger:
    """Lets an app open one modal for the person who clicked. `born` is on the stopwatch, in seconds."""

    id: str
    app_id: str
    user_id: str
    team_id: str
    born: float
    view_id: str | None = None
    channel_id: str | None = None
    """The conversation that the person had before them."""
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    """Lets an app answer a click or a command without a token, five times within half an hour."""

    key: str
    app_id: str
    install_team_id: str
    channel_id: str
    user_id: str
    born: datetime
    message_ts: str | None = None
    uses: int = 0

    def refusal(self, now: datetime) -> str | None:
        if now - self.born > RESPONSE_LIFE:
            return "expired_url"
        return "used_url" if self.uses >= RESPONSE_USES else None


@dataclass(slots=True)
class Code:
    """What an app exchanges for a token, once, within ten minutes."""

    app_id: str
    team_id: str
    user_id: str
    scopes: list[str]
    redirect_uri: str
    born: datetime
    used: bool = False


@dataclass(slots=True)
class EventContext:
    """Which installations of an app one event is visible to, by workspace id."""

    app_id: str
    team_ids: list[str]


@dataclass(frozen=True, slots=True)
class Offer:
    """To bring an app into the channel where somebody named it, in the message `ts`."""

    app_id: str
    ts: str


@dataclass(slots=True)
class Notice:
    """What Slack itself tells one person, for instance that an app did not answer."""

    at: datetime
    user_id: str
    text: str
    channel_id: str | None = None
    view_id: str | None = None
    offer: Offer | None = None
