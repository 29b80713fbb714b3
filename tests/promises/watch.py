"""Looks over all that was sent while a story ran, and holds every promise of the product against it.

What was sent is read from the playground's own log, never from the bot's store.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import holidays

from bot.views import (
    installation,
    introductions,
    news,
    organisation_data,
    personal_data,
    trouble,
    twenty_minutes,
    typed,
    unconfirmed,
)
from bot.views.matters import NOT_NOW
from playground.traffic import ApiCall, Delivery
from playground.world import World
from tests import screen
from tests.cast import NATIONS
from tests.promises.done import button_of, did_join, form_of, said_by
from tests.stage import Stage

FORBIDDEN = ("overdue", "blocker", "report", "assign", "compliance", "deliverable", "have responded", "great job")
BARE_TIME = re.compile(r"\b[0-2]\d:[0-5]\d\b(?! (?:GMT|BST|IST|EST|EDT|UTC|your time)|, \w[\w ]* time)")
MOST_IN_A_PROMPT = 200
TO_WHAT_WAS_TYPED = (typed.QUESTION, typed.IN_A_THREAD, typed.A_FILE)
OPENINGS = (
    *news.OPENINGS,
    introductions.OPENING,
    twenty_minutes.OPENING,
    personal_data.OPENING,
    organisation_data.OPENING,
    *TO_WHAT_WAS_TYPED,
)
"""What answers something they did begins so."""

OPTIONAL = {
    ("conversations.open", "missing_scope"),
    ("conversations.history", "missing_scope"),
    ("files.getUploadURLExternal", "missing_scope"),
}
"""One conversation for several is opened under an optional scope, and never read; files are put under another."""


@dataclass(frozen=True)
class Shown:
    """Something the bot showed: to one person (`to` is their id), or in a channel (its id)."""

    at: datetime
    to: str
    kind: str
    text: str
    blocks: tuple[dict[str, Any], ...]
    screen: str

    @property
    def prompt(self) -> bool:
        """A DM that came by itself and asks something; what answers a press asks nothing."""
        answers = ". Hello " in self.text or any(opening in self.text for opening in OPENINGS)
        return self.kind == "dm" and not answers and not self.notice

    @property
    def notice(self) -> bool:
        """It says that something can't be done, and wants no answer."""
        return any(
            words in self.text
            for words in (
                *trouble.REASONS,
                unconfirmed.LOOK,
                unconfirmed.CHANGE,
                trouble.STILL_AS_IT_WAS,
                trouble.BRIEF_STILL_AS_IT_WAS,
                *installation.NOTICES,
            )
        )


async def all_kept(stage: Stage) -> None:
    """Raises AssertionError for the first promise that was broken."""
    await stage.settle()
    world = stage.pg.world
    assert not refused(world)
    everything = list(shown(stage))
    for one in everything:
        well_drawn(one)
        well_worded(one)
    letters = [one for one in everything if one.kind == "dm"]
    consented(world, letters)
    few(world, letters)
    for one in everything:
        if one.prompt:
            short_and_skippable(one)
            in_their_hours(world, one)


def shown(stage: Stage) -> Iterator[Shown]:
    """All the bot ever drew, in its order: messages, changes of messages, forms, Homes, answers to commands."""
    names = stage.names()
    for entry in stage.pg.world.traffic.log:
        found = _called(stage.pg.world, entry) if isinstance(entry, ApiCall) else _acknowledged(entry)
        if found:
            to, kind, drawn = found
            yield Shown(
                entry.at, to, kind, drawn.get("text", ""), tuple(drawn["blocks"]), _draw(kind, drawn, names)
            )


def _draw(kind: str, drawn: dict[str, Any], names: dict[str, str]) -> str:
    if kind == "form":
        return screen.form(drawn, names)
    return screen.home(drawn, names) if kind == "home" else screen.message(drawn["text"], drawn["blocks"], names)


Drawn = tuple[str, str, dict[str, Any]]


def _called(world: World, call: ApiCall) -> Drawn | None:
    done = call.response.get("ok")  # not where a fault came before the deed
    if call.refusal or not done or ("blocks" not in call.args and "view" not in call.args):
        return None
    if call.method in ("chat.postMessage", "chat.update"):
        channel = world.channels[call.args["channel"]]
        if not channel.is_im:
            return channel.id, "post", call.args
        person = next(m for m in channel.members if not world.users[m].is_bot)
        return person, "dm" if call.method == "chat.postMessage" else "edit", call.args
    if call.method == "chat.postEphemeral":
        return call.args["user"], "note", call.args
    if call.method == "views.publish":
        return call.args["user_id"], "home", call.args["view"]
    if call.method in ("views.open", "views.push"):
        return world.triggers[call.args["trigger_id"]].user_id, "form", call.args["view"]
    if call.method == "views.update":
        return _whose(world, call), "form", call.args["view"]
    return "somebody", "note", call.args


def _whose(world: World, update: ApiCall) -> str:
    """The person in whose form a button was pressed before it was drawn anew."""
    for entry in reversed(world.traffic.deliveries):
        view = entry.payload.get("view") or {}
        if view.get("id") == update.args["view_id"]:
            return str(entry.payload["user"]["id"])
    raise AssertionError("a form was drawn anew that nobody had opened")


def _acknowledged(delivery: Delivery) -> Drawn | None:
    answer = delivery.ack.json if delivery.ack else {}
    if "view" in answer:
        return delivery.payload["user"]["id"], "form", answer["view"]
    if answer.get("blocks"):
        return delivery.payload["user_id"], "note", answer
    return None


def refused(world: World) -> list[str]:
    """What Slack would not have taken."""
    mistakes = ("invalid_blocks", "invalid_arguments", "msg_too_long", "no_text", "invalid_auth", "missing_scope")
    calls = [call for call in world.traffic.refusals if (call.method, call.refusal) not in OPTIONAL]
    return [f"{call.method}: {call.refusal}" for call in calls if call.refusal in mistakes]


# -- each promise ------------------------------------------------------------------------


def _of_a_commitment(row: Any) -> bool:
    """Beside each commitment that a check-in names, at most three, stand two buttons; beside a matter three, one
    of them a way out."""
    return all(":" in button["action_id"] for button in row["elements"])


def _of_a_matter(row: Any) -> bool:
    return any(button["action_id"].startswith(f"{NOT_NOW}:") for button in row["elements"])


def well_drawn(one: Shown) -> None:
    """Drawing it as text has shown already that no mention would fire."""
    rows = [block for block in one.blocks if block["type"] == "actions"]
    assert all(len(row["elements"]) <= 5 for row in rows), one.screen
    if one.kind in ("dm", "edit", "post"):
        choices = [row for row in rows if not _of_a_commitment(row)]
        assert sum(len(row["elements"]) for row in choices) <= 5, one.screen
        assert all(len(row["elements"]) <= 2 + _of_a_matter(row) for row in rows if _of_a_commitment(row)), (
            one.screen
        )


def well_worded(one: Shown) -> None:
    said = f"{one.text}\n{one.screen}".casefold()
    assert "!" not in said, one.screen
    assert not [word for word in FORBIDDEN if word in said], one.screen
    if one.kind != "form":  # a picker shows the wall clock that its label names
        assert not BARE_TIME.search(one.screen), one.screen


def short_and_skippable(one: Shown) -> None:
    assert len(one.text) <= MOST_IN_A_PROMPT, one.text
    rows = [block for block in one.blocks if block["type"] == "actions"]
    assert "[Skip" in one.screen or any(_of_a_matter(row) for row in rows), one.screen


def consented(world: World, letters: list[Shown]) -> None:
    """Nobody has a DM who had not joined by then, or who had left, but for what of theirs they asked for. (One
    group in a story.)"""
    for letter in letters:
        said = [d for d in said_by(world, letter.to) if d.at <= letter.at]
        joined = [d.at for d in said if did_join(d)]
        left = [d.at for d in said if button_of(d) == "leave" and d.at < letter.at]
        who = world.users[letter.to].real_name
        assert joined, f"{who} never joined, and was sent: {letter.text}"
        theirs = personal_data.OPENING in letter.text
        assert not left or max(left) <= max(joined) or theirs, f"{who} has left, and was sent: {letter.text}"


def few(world: World, letters: list[Shown]) -> None:
    """At most two a week of their own calendar, whatever they are about. What answers their own press is apart:
    the first DM after joining, *Later today*, that what they pulled back still stands, and what they typed. So is,
    once, that their workspace has removed Between (docs/attention.md)."""
    answers = (
        ". Hello ",
        "you asked me to come back later",
        trouble.STILL_AS_IT_WAS,
        installation.STILL_WORKS,
        *OPENINGS,
    )
    removals = Counter(one.to for one in letters if installation.STILL_WORKS in one.text)
    assert set(removals.values()) <= {1}
    unasked = [one for one in letters if not any(words in one.text for words in answers)]
    weeks = Counter((one.to, _wall(world, one).isocalendar()[:2]) for one in unasked)
    assert not {key: n for key, n in weeks.items() if n > 2}


def in_their_hours(world: World, one: Shown) -> None:
    """Between eight and six on a working day of theirs, and not while they are away."""
    to_local = _wall(world, one)
    what = f"{world.users[one.to].real_name}, {to_local}: {one.text}"
    assert 8 <= to_local.hour < 18, what
    assert to_local.weekday() < 5, what
    assert to_local.date() not in _holidays(world.users[one.to].tz, to_local.year), what
    until = _away_until(world, one)
    assert until is None or to_local.date() >= until, what


def _holidays(zone: str, year: int) -> holidays.HolidayBase:
    nation, _, part = NATIONS[zone].partition("-")
    return holidays.country_holidays(nation, subdiv=part or None, years=year)


def _wall(world: World, one: Shown) -> datetime:
    return one.at.astimezone(UTC).astimezone(ZoneInfo(world.users[one.to].tz))


def _away_until(world: World, one: Shown) -> date | None:
    until = None
    for delivery in said_by(world, one.to):
        if delivery.at < one.at and form_of(delivery) in ("away_form", "pause_form"):
            until = date.fromisoformat(
                delivery.payload["view"]["state"]["values"]["until"]["until"]["selected_date"]
            )
        elif delivery.at < one.at and button_of(delivery) == "back_from_away":
            until = None
    return until


def screens_of(stage: Stage, name: str) -> list[str]:
    """Everything one person could ever see of the bot: what it showed them, and what it showed everybody."""
    world, me = stage.pg.world, stage.person(name).id
    places = {channel.id for channel in world.channels.values() if me in channel.members}
    return [one.screen for one in shown(stage) if one.to == me or one.to in places]
