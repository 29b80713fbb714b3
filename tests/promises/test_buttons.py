"""Every function is reachable from a button in a DM or the channel: commands and Home are a convenience."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.views.usage import usage
from tests.promises.watch import shown
from tests.stage import Stage

FORMS = {
    "/plate": ("== What's on your plate? ==", ["More", "Answer"]),
    "/plate Beds are full": ("== What's on your plate? ==", ["Answer"]),
    "/commit": ("== What will you do? ==", ["More", "Add a commitment"]),
    "/between": ("== Between ==", ["More"]),
    "/between ask": ("== What are you after? ==", ["More", "Ask for something"]),
    "/between inquiry": ("== A question to all ==", ["More", "What for", "Put a question to all"]),
    "/between review": ("== Start a review ==", ["More", "What for", "Start a review"]),
    "/between learnt": ("== What we learnt ==", ["More", "What for", "What we learnt"]),
    "/between year": ("== Our year ==", ["More", "What for", "See our year"]),
    "/between ahead": ("== Who is already ahead ==", ["More", "What for", "Who is already ahead"]),
    "/between open": ("== Open now ==", ["More", "Open now"]),
    "/between lend": ("== What people can lend ==", ["More", "What people can lend"]),
    "/between commitments": ("== Commitments ==", ["More", "See commitments"]),
    "/between people": ("== People ==", ["More", "People"]),
    "/between away": ("== I'm away until… ==", ["More", "I'm away until…"]),
    "/between settings": ("== My settings ==", ["More", "Change my settings"]),
    "/between purpose": ("== What we are here for ==", ["More", "What for", "What we are here for"]),
}
"""A command → the form it opens, and the buttons that open the same, from the newest DM that has the first."""

TOLD = {
    "/between digest last": ["More", "Read digests"],
    "/between digest 2026-11-30": ["More", "Read digests"],
    "/between help": ["More", "What is this?"],
    "/between set up": ["Set up a group"],
}
"""A command that answers in words → the buttons that lead to the same."""


@pytest.fixture
async def digested(stage: Stage) -> Stage:
    """The second check-in has come, and the first digest with Jo's words stands in the channel."""
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-12-09 10:00")
    return stage


INTRO = (
    "Your line is under “For Riverside Hospitals Trust”, for everyone. Nothing is kept before you save.",
    "Filled with what you said last time; change what has changed.",
)


async def walk(stage: Stage, buttons: list[str]) -> str:
    """Press one after the other, beginning in Jo's own DM; what is then on top of the screen."""
    jo = stage.person("Jo")
    letter = next(m for m in reversed(stage.dms("Jo")) if f"[{buttons[0]}]" in stage.shown(m))
    await jo.press(letter, buttons[0])
    for button in buttons[1:]:
        await jo.press_in_modal(button)
    await stage.settle()
    found = stage.modal("Jo")
    await jo.close(everything=True)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("typed", FORMS)
async def test_the_form_a_command_opens_is_opened_by_a_button_in_the_dm(digested: Stage, typed: str) -> None:
    title, buttons = FORMS[typed]
    word, _, rest = typed.partition(" ")
    jo = digested.person("Jo")
    await jo.command(word, rest, "young-carers")
    by_command = digested.modal("Jo")
    if rest:
        by_command = by_command.replace(f"[{rest}]", "[Beds are full again.]").replace(*INTRO)
    await jo.close(everything=True)
    assert by_command.startswith(title)
    walked = await walk(digested, buttons)
    assert walked.replace("[Later today] ", "") == by_command  # of the check-in it was pressed on


@pytest.mark.slow
async def test_the_last_digest_and_each_earlier_one_are_read_by_buttons(digested: Stage) -> None:
    jo = digested.person("Jo")
    for typed in ("digest last", "digest 2026-11-30"):
        await jo.command("/between", typed, "young-carers")
        assert "Beds are full again." in digested.notes("Jo")[-1]
    for button in TOLD["/between digest last"]:
        await (jo.press_in_modal(button) if jo.modal else jo.press(digested.dms("Jo")[-1], button))
    await jo.choose_in_modal("digest_pick", "Friday 27 November")
    assert "Beds are full again." in digested.modal("Jo")
    await jo.close(everything=True)
    await jo.press(digested.panel(), "Read the digest")
    assert "Beds are full again." in digested.modal("Jo")


async def test_help_is_behind_a_button(digested: Stage) -> None:
    await digested.person("Jo").command("/between", "help", "young-carers")
    told = await walk(digested, TOLD["/between help"])
    assert [word for word in ("/plate", "/commit", "/between") if word not in digested.notes("Jo")[-1]] == []
    assert "very one of them is a button too." in told


@pytest.mark.slow
async def test_a_group_is_set_up_by_a_button_where_the_bot_was_invited(digested: Stage) -> None:
    jo = digested.person("Jo")
    await jo.invite_bot("general")
    await digested.settle()
    await digested.bot.tick()
    await jo.command("/between", "set up", "general")
    by_command = digested.modal("Jo")
    await jo.close(everything=True)
    await jo.press(digested.posts("general")[-1], "Set up a group")
    assert digested.modal("Jo") == by_command


def test_no_command_is_left_out() -> None:
    """Those of the manifest, and those that the help names."""
    manifest = json.loads((Path(bot.__file__ or "").parent.parent / "manifest.json").read_text("utf-8"))
    words = {one["command"] for one in manifest["features"]["slash_commands"]}
    known = [*FORMS, *TOLD]
    assert words == {typed.split(" ")[0] for typed in known}
    named = set(re.findall(r"`(/[^`]+)`", usage()))
    shapes = {re.sub(r"\d{4}-\d\d-\d\d", "(day)", typed) for typed in known}
    assert {re.sub(r"\d{4}-\d\d-\d\d", "(day)", typed) for typed in named} <= shapes


@pytest.mark.slow
async def test_everything_on_home_is_in_a_message_or_behind_more(digested: Stage) -> None:
    await digested.person("Jo").command("/commit", "", "young-carers")
    await digested.send("Jo", {"What will you do?": "Walk the ward"})
    await digested.person("Jo").open_home()
    await digested.settle()
    view = digested.person("Jo").home()
    assert view
    on_home = actions(view.blocks)
    for sheet in ("Answer", "Add a commitment", "See commitments", "Read digests", "Change my settings"):
        await walk(digested, ["More", sheet])
    elsewhere = {
        action for one in shown(digested) if one.kind in ("dm", "post", "form") for action in actions(one.blocks)
    }
    assert on_home
    assert on_home <= elsewhere


def actions(blocks: Iterable[dict[str, Any]]) -> set[str]:
    """The action ids of the buttons in blocks, without the ids that follow a colon."""
    every = [e for block in blocks for e in [*block.get("elements", []), block.get("accessory") or {}]]
    return {e["action_id"].partition(":")[0] for e in every if e.get("type") == "button"}
