"""The log of everything that went between the playground and the apps, to be read back."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from itertools import takewhile
from typing import Any

Json = dict[str, Any]


@dataclass(slots=True)
class Ack:
    """An app's answer to a delivery, or why there was none (`failure`). `took` is in real seconds."""

    ok: bool
    body: Any = None
    status: int | None = None
    failure: str | None = None
    took: float = 0.0
    no_retry: bool = False
    """Whether the app asked not to be sent this again."""

    @property
    def json(self) -> Json:
        """The answer's JSON object, empty if the answer was bare, plain text or missing."""
        return self.body if isinstance(self.body, dict) else {}


@dataclass(slots=True)
class Delivery:
    """Something that was sent to an app. `ack` is None while the answer is awaited."""

    id: str
    at: datetime
    app_id: str
    kind: str
    via: str
    payload: Json
    attempt: int = 0
    ack: Ack | None = None
    retry_reason: str = ""


@dataclass(slots=True)
class ApiCall:
    """A Web API call an app made. `refusal` is Slack's error code, if it was refused."""

    at: datetime
    method: str
    app_id: str | None
    team_id: str | None
    args: Json
    response: Json = field(default_factory=dict)
    refusal: str | None = None
    took: float = 0.0
    id: str = ""
    """What the answer's `x-slack-req-id` says."""
    fault: str | None = None
    """The fault that was ordered for this call, if one struck."""
    wait: int = 0
    """Seconds that a call which came too soon has to wait."""


@dataclass(slots=True)
class Traffic:
    """The last few thousand entries, in the order in which they began."""

    log: deque[Delivery | ApiCall] = field(default_factory=lambda: deque(maxlen=5000))
    looked: dict[str, Delivery | ApiCall] = field(default_factory=dict)
    """The newest entry there was when each person last looked at the log."""

    @property
    def deliveries(self) -> list[Delivery]:
        return [entry for entry in self.log if isinstance(entry, Delivery)]

    @property
    def calls(self) -> list[ApiCall]:
        return [entry for entry in self.log if isinstance(entry, ApiCall)]

    @property
    def refusals(self) -> list[ApiCall]:
        return [call for call in self.calls if call.refusal]

    def look(self, user_id: str) -> None:
        """Somebody sees the log as it is now."""
        if self.log:
            self.looked[user_id] = self.log[-1]

    def refused_since_look(self, user_id: str) -> int:
        """How many calls were refused since this person last looked."""
        new = takewhile(lambda entry: entry is not self.looked.get(user_id), reversed(self.log))
        return sum(isinstance(entry, ApiCall) and bool(entry.refusal) for entry in new)

    def calls_of(self, method: str) -> list[ApiCall]:
        return [call for call in self.calls if call.method == method]
