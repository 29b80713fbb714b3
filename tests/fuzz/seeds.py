"""Every payload that the screens of a town can send, as Slack's clients would send it."""

from __future__ import annotations

import copy
from typing import Any

from playground.actor import PersonCannot
from playground.clicks import Surface
from playground.forms import elements
from tests.fuzz.marks import ECHO
from tests.stage import Stage

Json = dict[str, Any]

Json = dict[str, Any]

CARERS = "C0CARERS"
AMIR, BOT = "U0AMIR", "U0PRIYA"
SHEETS = (
    "See commitments",
    "Change my settings",
    "Change the rhythm",
    "Move a meeting",
    "Read digests",
    "For you",
    "Why this?",
    "Open now",
    "What people can lend",
    "Ask for something",
)


async def seeds(stage: Stage) -> list[Json]:
    found: list[Json] = []
    for name, where in (("Jo", "young-carers"), ("Amir", "young-carers"), ("Kasia", "wards")):
        who = stage.person(name)
        for channel in list(stage.pg.world.channels.values()):
            if who.id in channel.members:
                found += [one for message in channel.seen_by(who.id) for one in _presses(stage, name, message)]
        await who.open_home()
        await stage.settle()
        for label in ("Answer", "Add a commitment", "Change my settings", "I'm away until…", *SHEETS):
            found += await _forms(stage, name, label)
        for command, text in (
            ("/plate", "Beds."),
            ("/commit", "Walk."),
            ("/between", ""),
            ("/between", "digest last"),
            ("/between", "ask A van."),
        ):
            fields = who._command_fields(who.app(), who.channel(where))
            found.append(fields | {"command": command, "text": text})
        found.append(await _shortcut(stage, name, where))
    return found


async def _shortcut(stage: Stage, name: str, where: str) -> Json:
    """On a message of somebody else's."""
    await stage.person(name).shortcut("make_commitment", stage.posts(where)[-1])
    await stage.settle()
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    sent = [one.payload for one in stage.pg.world.traffic.deliveries]
    return copy.deepcopy(next(one for one in reversed(sent) if one.get("type") == "message_action"))


def _presses(stage: Stage, name: str, message: Any) -> list[Json]:
    who = stage.person(name)
    app = stage.pg.world.apps.get(message.app_id)
    return [] if app is None else _acts(who, Surface(app, message.blocks, {}, message=message))


def _acts(who: Any, surface: Surface) -> list[Json]:
    acts = []
    for block, element in elements(surface.blocks):
        action = {key: element[key] for key in ("type", "action_id", "value") if key in element}
        if options := element.get("options"):
            action["selected_option"] = options[0]
        action["block_id"] = block["block_id"]
        acts.append(who.place(surface) | {"type": "block_actions", "trigger_id": "1.2.3", "actions": [action]})
    return acts


async def _forms(stage: Stage, name: str, label: str) -> list[Json]:
    """The form or sheet behind a button, sent and pressed in, if this person has that button."""
    who = stage.person(name)
    try:
        if label in SHEETS:
            await stage.press(name, "More")
            await who.press_in_modal(label)
        else:
            await stage.press(name, label)
    except (PersonCannot, AssertionError):
        return []
    finally:
        await stage.settle()
    found: list[Json] = []
    while who.modal is not None:
        surface = who.modal_surface()
        found += _acts(who, surface)
        place = who.place(surface)
        del place["container"]
        found.append(copy.deepcopy(place | {"type": "view_submission", "trigger_id": "1.2.3"}))
        await who.close()
    return found


def events() -> list[Json]:
    each = [
        {"type": "app_home_opened", "user": AMIR, "channel": "D1", "tab": "home"},
        {"type": "member_joined_channel", "user": AMIR, "channel": CARERS},
        {"type": "member_joined_channel", "user": BOT, "channel": CARERS},
        {"type": "channel_id_changed", "old_channel_id": "C0OLD", "new_channel_id": "C0NEW"},
        {"type": "channel_archive", "channel": CARERS, "user": AMIR},
        {"type": "channel_unarchive", "channel": CARERS, "user": AMIR},
        _typed("1795600000.000100", text=f"{ECHO} <!channel> &lt;b&gt; <https://evil.example|x>"),
        _typed("1795600001.000100", text="x" * 4000, subtype="file_share", files=[{"id": "F1"}]),
        _typed("1795600002.000100", text=ECHO, thread_ts="1795600000.000100"),
        _typed("1795600003.000100", subtype="message_changed", message={"text": ECHO}, hidden=True),
        _typed("1795600004.000100", text=ECHO, bot_id="B1"),
        {"type": "reaction_added", "user": AMIR, "item": {"channel": CARERS}},
    ]
    return [{"type": "event_callback", "team_id": "T0RIVER", "event_id": "Ev1", "event": event} for event in each]


def _typed(ts: str, **more: Any) -> Json:
    """In a DM with the bot."""
    said = {"type": "message", "channel": "D1", "channel_type": "im", "user": AMIR, "team": "T0RIVER", "ts": ts}
    return said | {"event_ts": ts, "client_msg_id": f"m{ts}"} | more
