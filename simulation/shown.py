"""What the bot showed, to whom and how, read from what went over the wire; never from its store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.domain.outbox import Entry
from playground import as_text
from playground.traffic import ApiCall, Delivery
from simulation.stage import Stage

Json = dict[str, Any]

SOMEBODY = "somebody"
"""To whom: an answer by a response URL, which does not say."""


class Way(StrEnum):
    """How it was shown. The first four stand in messages."""

    DM = "message"
    POST = "post"
    CHANGED = "changed to"
    NOTE = "note"
    FORM = "form"
    HOME = "Home"


@dataclass(frozen=True)
class Shown:
    """`to` is a person's id, or a channel's. `entry` is what the outbox sent, where it was the outbox."""

    at: datetime
    to: str
    way: Way
    text: str
    drawn: Json
    channel: str = ""
    ts: str = ""
    entry: Entry | None = None
    delivery_id: str = ""

    @property
    def in_message(self) -> bool:
        return self.way not in (Way.FORM, Way.HOME)

    @property
    def raw(self) -> str:
        """All that Slack was handed."""
        return json.dumps(self.drawn, ensure_ascii=False)

    def screen(self, names: as_text.Names = as_text.NOBODY) -> str:
        if self.way is Way.FORM:
            return as_text.form(self.drawn, names)
        blocks = self.drawn.get("blocks") or []
        return (
            as_text.home(self.drawn, names) if self.way is Way.HOME else as_text.message(self.text, blocks, names)
        )


def _order(shown: Shown) -> tuple[datetime, int, str, str]:
    if shown.way not in (Way.DM, Way.POST, Way.CHANGED):
        return shown.at, 0, "", ""
    return shown.at, 1, shown.to, shown.text


class Reader:
    """Reads the wire. It remembers in whose hands each form is, which a later change of it does not say."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._forms: dict[str, str] = {}

    def read(self) -> Iterator[Shown]:
        """What was shown since the last time: first what a press opened, in its order, then messages.

        Messages of one moment go side by side, and which is first is nobody's doing: so they are put in an order
        that is the same whenever the same is played."""
        yield from sorted(self._read(self._stage.drain()), key=_order)

    def _read(self, log: Iterable[ApiCall | Delivery]) -> Iterator[Shown]:
        for entry in log:
            if isinstance(entry, ApiCall):
                yield from self._called(entry) if entry.response.get("ok") else ()
            else:
                yield from self._acknowledged(entry)

    def _called(self, call: ApiCall) -> Iterator[Shown]:
        args, at = call.args, call.at
        if call.method in ("chat.postMessage", "chat.update"):
            yield self._message(call)
        elif call.method == "chat.postEphemeral":
            yield Shown(at, args["user"], Way.NOTE, args.get("text", ""), args)
        elif call.method == "views.publish":
            yield Shown(at, args["user_id"], Way.HOME, "", args["view"])
        elif call.method in ("views.open", "views.push"):
            to = self._stage.pg.world.triggers[args["trigger_id"]].user_id
            self._forms[call.response["view"]["id"]] = to
            yield Shown(at, to, Way.FORM, "", args["view"])
        elif call.method == "views.update":
            yield Shown(at, self._forms.get(args["view_id"], SOMEBODY), Way.FORM, "", args["view"])
        elif call.method == "response_url":
            yield Shown(at, SOMEBODY, Way.NOTE, str(args.get("text", args.get("body", ""))), args)

    def _message(self, call: ApiCall) -> Shown:
        args, world = call.args, self._stage.pg.world
        channel = world.channels[args["channel"]]
        new, ts = call.method == "chat.postMessage", str(call.response["ts"])
        people = [one for one in channel.members if not world.users[one].is_bot]
        to, way = (people[0], Way.DM) if channel.is_im else (channel.id, Way.POST)
        sent = self._stage.outbox.sent.get((channel.id, ts)) if new else None
        delivery_id = ((args.get("metadata") or {}).get("event_payload") or {}).get("id", "") if new else ""
        way = way if new else Way.CHANGED
        return Shown(call.at, to, way, args.get("text", ""), args, channel.id, ts, sent, delivery_id)

    def _acknowledged(self, delivery: Delivery) -> Iterator[Shown]:
        answer, said = (delivery.ack.json if delivery.ack else {}), delivery.payload
        if view := said.get("view"):
            self._forms[view["id"]] = said["user"]["id"]
        if "view" in answer:
            yield Shown(delivery.at, said["user"]["id"], Way.FORM, "", answer["view"])
        elif answer.get("blocks"):
            yield Shown(delivery.at, said["user_id"], Way.NOTE, answer.get("text", ""), answer)
