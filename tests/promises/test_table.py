"""The table of docs/privacy.md, cell by cell: each role tries to read what it says that nobody of that role reads.

Margaret writes one of each private kind. Then each of the others opens all that they can open, and sends again
every press that Margaret made, as somebody would who had her payloads: with their own account, and none of her
words."""

from __future__ import annotations

import copy
import re
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.storage import RedisStore
from playground.actor import PersonCannot
from playground.acts import Person
from playground.traffic import ApiCall
from tests.connect.conftest import HOSPITALS, Browser, connected
from tests.promises.watch import shown
from tests.screen import form
from tests.stage import Stage
from tests.stories import inquiring, reviewing
from tests.stories.asking import DONE, LEND, jo_asks
from tests.stories.erasing import everything_in
from tests.stories.holding import behind_more, commit
from tests.stories.introducing import not_with

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")]

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "privacy.md").read_text("utf-8")
NOBODY = re.compile(r"^(no|nobody)\b|not its words")

ROLES = {
    "its author": ["Margaret"],
    "other leaders, the convenor too": ["Sam", "Jo", "Aoife"],
    "whoever left": ["Wei"],
    "others in the channel": ["Desmond"],
    "another workspace, not in the channel": ["Priya"],
    "whoever runs the server": [],
}
WORDS = {
    "*just me*; typed and not kept": ("axolotl", "fossa"),
    "a quiet ask": ("capybara",),
    "an offer only to be matched": ("dugong",),
    "*Not with…*, a no, *Not now*": ("[Lift]",),
    "an answer to a question, before its day or held back": ("echidna",),
    "a choice in a pulse, a placing in a review, until it closes": ("Place 1: [Nurture v]",),
    "what is for everyone, commitments, open asks, purpose": ("walrus",),
    "who did not answer": ("Margaret has not answered",),
}
"""Of what has no words of its own, what shows it in its author's form; and others' screens before and after are
compared."""

TYPED_NOT_KEPT = "fossa"


def table() -> dict[str, dict[str, str]]:
    """Row by row, each cell by its role."""
    lines = [line.strip().strip("|").split("|") for line in PAGE.splitlines() if line.startswith("|")]
    (_, *roles), _, *rows = [[cell.strip() for cell in line] for line in lines]
    return {thing: dict(zip(roles, cells, strict=True)) for thing, *cells in rows}


def test_each_row_and_each_role_of_the_table_is_tried() -> None:
    assert list(table()) == list(WORDS)
    assert all(list(cells) == list(ROLES) for cells in table().values())
    assert sum(bool(NOBODY.search(cell)) for cells in table().values() for cell in cells.values()) >= 28


@pytest.fixture
async def stage(redis_url: str, store: RedisStore) -> AsyncIterator[Stage]:
    """Three workspaces; the council's and the hospitals' have Between. Priya, of the hospitals, is not in the
    channel."""
    async with connected(redis_url, slack_allowed_workspaces=HOSPITALS) as stage, aiohttp.ClientSession() as http:
        await Browser(stage, http).install("U0JO")
        stage.pg.world.traffic.log = deque(maxlen=None)
        stage.pg.world.channel("young-carers").members.append("U0MARGARET")
        await stage.gather("Jo", "Aoife", "Wei", "Margaret")
        yield stage


async def _writes(stage: Stage) -> None:
    """Margaret, one of each kind that has words."""
    await commit(stage, "Margaret", reviewing.BREAKFAST)
    await commit(stage, "Margaret", "Walk with a walrus")
    await behind_more(stage, "Margaret", "What people can lend", "Offer something")
    for label, words in ({LEND: "A dugong.", "Who sees it": "Only to be matched: never quoted"}).items():
        await stage.person("Margaret").fill(label, words)
    assert await stage.person("Margaret").submit() is None
    await stage.person("Margaret").close(everything=True)
    await stage.at("2026-11-25 09:40")
    await stage.answer("Margaret", organisation=f"{DONE}. It took a year.", me="An axolotl keeps me awake.")
    stage.let_them_type()
    await stage.type("Margaret", "Nobody knows of my fossa.")
    await stage.press("Margaret", "No")
    margaret = stage.person("Margaret")
    await margaret.command("/between", "ask a capybara, or custody that is not full", "young-carers")
    await margaret.choose_in_modal("How", "Ask around quietly")
    assert await margaret.submit() is None
    await stage.settle()
    await margaret.close(everything=True)
    await jo_asks(stage)
    await stage.person("Jo").close(everything=True)
    await inquiring.ask(stage, "Sam")
    await stage.at("2026-11-26 12:00")  # one letter holds the question and what Jo is after
    await inquiring.write(stage, "Margaret", "Honestly, an echidna.", named=False)
    await reviewing.start(stage, "Sam")
    await stage.at("2026-11-27 12:00")  # the digest is out, and the question and the review are open still
    assert any("the digest," in stage.shown(one) for one in stage.posts())


async def _decides(stage: Stage) -> None:
    """Margaret, what has none: whom she would rather not meet, a placing in a review, a no to what Jo asks."""
    await not_with(stage, "Margaret", "Sam (Riverside Council)")
    await reviewing.place(stage, "Margaret", breakfast="Nurture")
    await stage.press("Margaret", "Not me")


SHEETS = (
    *("See commitments", "Read digests", "Digests", "For you", "Open now", "What people can lend", "Why this?"),
    *("People", "What for", "What is this?", "Look after the group…", "Somebody has gone…", "Change my settings"),
)


async def _closes(who: Person) -> None:
    with suppress(PersonCannot):
        await who.close(everything=True)


async def _opens_everything(stage: Stage, name: str) -> None:
    """All that they can, as far as Slack lets them."""
    who = stage.person(name)
    with suppress(PersonCannot):
        await who.open_home()
    for text in ("", "digest last", "learnt", "purpose", "review"):
        with suppress(PersonCannot):
            await who.command("/between", text, "young-carers" if who.id in _members(stage) else who.dm())
            await _closes(who)
    await stage.settle()
    if who.id in _members(stage):
        for sheet in SHEETS:
            with suppress(PersonCannot, AssertionError, StopIteration):
                await who.press(stage.panel(), "More")
                await who.press_in_modal(sheet)
            await _closes(who)
        for post in stage.posts():
            for button in ("Read it all", "Read the answers", "Read them", "Place them", "Answer"):
                with suppress(PersonCannot, AssertionError, StopIteration):
                    await who.press(post, button)
                await _closes(who)
    await stage.settle()


def _members(stage: Stage) -> list[str]:
    return stage.pg.world.channel("young-carers").members


async def _sends_again(stage: Stage, name: str, presses: list[dict[str, Any]]) -> None:
    """Margaret's presses, by somebody who has her payloads, without the words that stand in them."""
    who = stage.person(name)
    for one in presses:
        payload = copy.deepcopy(one)
        payload["user"] = {**payload["user"], "id": who.id, "name": who.user.name, "team_id": who.user.team_id}
        payload["trigger_id"] = who.trigger(who.app())
        if "channel" in payload:
            payload["response_url"] = who.response_url(who.app(), stage.pg.world.channel(payload["channel"]["id"]))
        for part in ("view", "message"):
            if part in payload:
                payload[part] = {**payload[part], "blocks": [], "text": "", "state": {"values": {}}}
        if "view" in payload:  # Slack lets nobody press in another's form
            payload["view"]["id"] = f"V-{name}"
        payload.pop("state", None)
        await stage.pg.dispatcher.deliver(who.app(), "interactive", payload)
        await _closes(who)
    await stage.settle()


def _pressed_by(stage: Stage, name: str) -> list[dict[str, Any]]:
    """Their buttons. What they chose in a menu would be chosen by whoever sends it again, for themselves."""
    id_ = stage.person(name).id
    found = [one.payload for one in stage.pg.world.traffic.deliveries if one.payload.get("type") == "block_actions"]
    theirs = [one for one in found if one["user"]["id"] == id_]
    return [one for one in theirs if one["actions"][0]["type"] == "button"]


def _seen_by(stage: Stage, name: str) -> str:
    """All that was ever shown to them, or drawn for a press that they sent again, and what stands in the channel
    while they are in it."""
    id_ = stage.person(name).id
    channel = stage.pg.world.channel("young-carers")
    whose = {id_, *([channel.id] if id_ in channel.members else [])}
    drawn = [f"{one.text}\n{one.screen}" for one in shown(stage) if one.to in whose]
    for call in stage.pg.world.traffic.log:
        if isinstance(call, ApiCall) and call.args.get("view_id") == f"V-{name}":
            drawn.append(form(call.args["view"], stage.names()))
    return "\n".join(drawn)


def _now_of(stage: Stage, name: str, since: int) -> list[str]:
    """What they were shown after so many screens, in its order; without what the hour changes."""
    id_ = stage.person(name).id
    return [one.screen for one in list(shown(stage))[since:] if one.to == id_]


@pytest.mark.timeout(240)
async def test_every_cell_that_says_nobody_is_tried_by_that_role(stage: Stage) -> None:
    await _writes(stage)
    before: dict[str, list[str]] = {}
    for name in ("Sam", "Jo", "Aoife"):
        since = len(list(shown(stage)))
        await _opens_everything(stage, name)
        before[name] = _now_of(stage, name, since)
    assert all(len(screens) > 10 for screens in before.values())
    await _decides(stage)
    for name in ("Sam", "Jo", "Aoife"):
        since = len(list(shown(stage)))
        await _opens_everything(stage, name)
        assert _now_of(stage, name, since) == before[name], "a choice of Margaret's shows to somebody"
    await stage.person("Wei").press(stage.dms("Wei")[0], "Leave")
    await stage.settle()
    presses = _pressed_by(stage, "Margaret")
    assert len(presses) > 10
    await stage.press_more("Margaret", "Change my settings", "Not with…")
    await stage.person("Margaret").close(everything=True)
    for name in (one for names in ROLES.values() for one in names):
        await _opens_everything(stage, name)
        if name != "Margaret":
            await _sends_again(stage, name, presses)
    opened = await everything_in(stage.bot.deps.store)
    read = _wrong_cells(stage, "\n".join(opened.values()))
    assert read == []


def _wrong_cells(stage: Stage, stored: str) -> list[tuple[str, str, str]]:
    wrong = []
    for thing, cells in table().items():
        for role, cell in cells.items():
            for word in WORDS[thing]:
                readers = [name for name in ROLES[role] if word in _seen_by(stage, name)]
                if NOBODY.search(cell) and readers:
                    wrong.append((thing, role, word))
                if cell == "yes" and ROLES[role] and word != TYPED_NOT_KEPT:
                    wrong += [] if readers else [(thing, role, f"not even {word}")]
                if cell in ("yes", "could") and not ROLES[role] and word.islower() and word != TYPED_NOT_KEPT:
                    wrong += [] if word in stored else [(thing, role, f"{word} is stored nowhere")]
    asked = {name for names in ROLES.values() for name in names if "capybara" in _seen_by(stage, name)}
    assert len(asked - {"Margaret"}) <= 3
    assert TYPED_NOT_KEPT not in stored
    return wrong
