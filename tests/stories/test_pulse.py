"""The pulse: answered alone in two taps; from five answers on the digest says how they were spread, no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.storage import RedisStore
from playground.messages import Message
from tests.handlers.conftest import forge, last_payload
from tests.promises.watch import shown
from tests.scheduler.test_pulse import everything, told_of
from tests.stage import Stage
from tests.stories.test_inquiry import EIGHT, logged

__all__ = ["logged"]

OPEN = "2026-12-09 12:00"
CLOSED = "2026-12-10 18:01"
DIGEST = "2026-12-11 10:01"
ASKED = "Is what we're doing now really working?"
NOBODY = "Nobody sees who answers."
FIVE = ("Jo", "Amir", "Margaret", "Wei", "Priya")


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """The second round: its check-in went to all."""
    await stage.gather(*EIGHT)
    await stage.at(OPEN)
    return stage


async def open_sheet(stage: Stage, name: str) -> None:
    """From the check-in that puts it, or where that has been answered, from *What for*."""
    who = stage.person(name)
    asked = [one for one in stage.dms(name) if "[Choose]" in stage.shown(one)]
    if asked:
        await who.press(asked[-1], "Choose")
    else:
        await stage.press(name, "More")
        await who.press_in_modal("What for")
        await who.press_in_modal("Choose")


async def choose(stage: Stage, name: str, words: str) -> None:
    await open_sheet(stage, name)
    await stage.person(name).press_in_modal(words)
    await stage.settle()
    assert f"You said: *{words}*." in stage.modal(name)
    await stage.person(name).close(everything=True)


def digests(stage: Stage) -> list[Message]:
    return [one for one in stage.posts() if "the digest," in stage.shown(one)]


def newest_digest(stage: Stage) -> str:
    return stage.shown(digests(stage)[-1])


async def test_two_taps_answer_it_and_the_dm_tells_nobody(carers: Stage) -> None:
    asked = carers.shown(carers.newest("Amir", "[Choose]"))
    assert f"{ASKED} Two taps, until Thursday 10 December. {NOBODY}" in asked
    await carers.person("Amir").press(carers.newest("Amir", "[Choose]"), "Choose")
    sheet = carers.modal("Amir")
    assert "[Yes, and I can tell how] [In parts] [Too early] [No]" in sheet
    assert "Four who pool theirs can know the fifth's." in sheet
    await carers.person("Amir").press_in_modal("In parts")
    await carers.settle()
    assert "You said: *In parts*. Press another to change it." in carers.modal("Amir")
    await carers.person("Amir").press_in_modal("No")
    await carers.settle()
    assert "You said: *No*." in carers.modal("Amir")
    await carers.person("Amir").close(everything=True)
    assert "[Choose]" not in carers.dm("Amir")
    assert "[Nothing new]" in carers.dm("Amir"), "his check-in still asks"
    assert "In parts" not in "".join(map(carers.shown, carers.dms("Amir")))


async def test_who_presses_not_now_leaves_the_same_message(carers: Stage) -> None:
    await choose(carers, "Amir", "No")
    await carers.press("Wei", "Not now")
    assert carers.dm("Amir").replace("Amir", "…") == carers.dm("Wei").replace("Wei", "…")


async def test_it_is_changed_from_what_for_and_taken_out(carers: Stage) -> None:
    await choose(carers, "Amir", "No")
    await choose(carers, "Amir", "Too early")
    await open_sheet(carers, "Amir")
    await carers.person("Amir").press_in_modal("Take my answer out")
    await carers.settle()
    assert "You said" not in carers.modal("Amir")
    assert await answers(carers) == {}


async def answers(stage: Stage) -> dict[str, str]:
    """Every answer that is stored anywhere, by whose it is."""
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    found: dict[str, str] = {}
    for one in (await store.pulses.all(group)).values():
        found |= one.answers
    return found


async def test_five_answers_are_shown_in_the_digest_and_four_are_not(carers: Stage) -> None:
    for name in FIVE[:3]:
        await choose(carers, name, "In parts")
    await choose(carers, "Wei", "No")
    await carers.answer("Sam", **{"For Riverside Council": "New rota."})
    await carers.at(DIGEST)
    assert ASKED not in newest_digest(carers)
    assert "really working" not in newest_digest(carers)
    assert await answers(carers) == {}


async def test_from_five_on_the_digest_says_how_they_were_spread(carers: Stage) -> None:
    for name in FIVE[:3]:
        await choose(carers, name, "In parts")
    for name in FIVE[3:]:
        await choose(carers, name, "Yes, and I can tell how")
    assert told_of(await everything(stored(carers)))
    await carers.at(CLOSED)
    assert await answers(carers) == {}
    await carers.at(DIGEST)
    assert [line for line in (await everything(stored(carers))).splitlines() if "pulse.2026" in line] == []
    said = newest_digest(carers)
    assert f"*{ASKED}*\nAbout half: yes, and I can tell how.\nAbout half: in parts." in said
    await carers.person("Jo").press(digests(carers)[-1], "Read it all")
    assert "About half: in parts." in carers.modal("Jo")


def stored(stage: Stage) -> RedisStore:
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    return store


async def test_all_alike_reads_as_nearly_all(carers: Stage) -> None:
    for name in FIVE:
        await choose(carers, name, "Too early")
    await carers.at(DIGEST)
    assert f"*{ASKED}*\nNearly all: too early." in newest_digest(carers)


async def test_whoever_leaves_takes_their_answer_along(carers: Stage) -> None:
    for name in FIVE:
        await choose(carers, name, "No")
    await carers.press_more("Wei", "Leave")
    assert len(await answers(carers)) == 4
    await carers.at(DIGEST)
    assert not digests(carers)


async def test_a_press_that_arrives_twice_answers_once(carers: Stage) -> None:
    await open_sheet(carers, "Amir")
    await carers.person("Amir").press_in_modal("No")
    await carers.settle()
    await carers.again("Amir")
    assert list((await answers(carers)).values()) == ["no"]


async def test_a_late_press_is_told_that_it_has_closed(carers: Stage) -> None:
    await open_sheet(carers, "Amir")
    old = carers.newest("Wei", "[Choose]")
    await carers.at(CLOSED)
    await carers.person("Amir").press_in_modal("No")
    await carers.settle()
    assert "That question has closed, so nothing was changed." in carers.modal("Amir")
    await carers.person("Wei").press(old, "Choose")
    await carers.settle()
    assert "That question has closed" in carers.notes("Wei")[-1]
    assert await answers(carers) == {}


async def test_somebody_whose_employer_has_another_workspace_answers_as_well(carers: Stage) -> None:
    """Jo's press comes from the hospital's own Slack, where Between is not installed."""
    await open_sheet(carers, "Jo")
    await carers.person("Jo").press_in_modal("No")
    await carers.settle()
    payload = last_payload(carers, "block_actions")
    payload["user"] = {**payload["user"], "team_id": "T0TRUST"}
    payload["actions"][0]["value"] = payload["actions"][0]["value"].replace('"no"', '"in_parts"')
    assert (await forge(carers, payload)).ok
    assert list((await answers(carers)).values()) == ["in_parts"]


async def test_a_choice_that_there_is_not_is_refused(carers: Stage) -> None:
    await open_sheet(carers, "Jo")
    await carers.person("Jo").press_in_modal("No")
    payload = last_payload(carers, "block_actions")
    payload["actions"][0]["value"] = payload["actions"][0]["value"].replace('"no"', '"perhaps"')
    await forge(carers, payload)
    assert "older message" in carers.modal("Jo")
    assert list((await answers(carers)).values()) == ["no"]


async def test_six_leaders_are_not_asked(stage: Stage) -> None:
    await stage.gather(*EIGHT[:5])
    await stage.at(OPEN)
    assert NOBODY not in "".join(map(stage.dm, EIGHT[:5]))
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("What for")
    assert ASKED not in stage.modal("Jo")


async def test_a_meeting_that_will_not_be_deletes_what_was_answered(carers: Stage) -> None:
    for name in FIVE:
        await choose(carers, name, "No")
    await carers.press_more("Sam", "Look after the group…")
    await carers.person("Sam").press_in_modal("We won't meet this time")
    assert await carers.send("Sam", {}) is None
    assert await answers(carers) == {}
    await carers.at(DIGEST)
    assert not digests(carers)


async def test_nobodys_answer_is_in_a_message_or_a_log(carers: Stage, logged: Callable[[], str]) -> None:
    logged()
    for name in FIVE:
        await choose(carers, name, "Too early")
    for name in FIVE:
        await carers.person(name).open_home()
    await carers.at(CLOSED)
    said = logged()
    assert "too_early" not in said
    assert "Too early" not in said
    seen = [f"{one.text}{one.screen}" for one in shown(carers) if one.kind != "form"]
    assert not [one for one in seen if "You said" in one or "Too early" in one]


# -- the bot itself --------------------------------------------------------------------------------


async def share(stage: Stage) -> None:
    """A word of Sam's, so that there is a digest."""
    await stage.press_more("Sam", "Answer")
    assert await stage.send("Sam", {"For Riverside Council": f"Word {len(digests(stage))}."}) is None


@pytest.fixture
async def quarter(carers: Stage) -> Stage:
    """A group that has been together for a quarter: the digest asks about the bot."""
    store = carers.bot.deps.store
    (group,) = await store.index.groups()
    long_ago = carers.clock.now() - timedelta(days=100)
    await store.groups.change(group, lambda one: one and replace(one, set_up_at=long_ago))
    await share(carers)
    await carers.at(DIGEST)
    return carers


async def next_digest(stage: Stage) -> None:
    before = len(digests(stage))
    await stage.at("2026-12-22 12:00")
    await share(stage)
    await stage.at("2026-12-24 18:00")
    assert len(digests(stage)) == before + 1


async def press_on_digest(stage: Stage, name: str, words: str) -> None:
    await stage.person(name).press(digests(stage)[-1], words)
    await stage.settle()


async def test_once_a_quarter_the_digest_asks_the_same_of_the_bot(quarter: Stage) -> None:
    asking = [one for one in digests(quarter) if "Between itself" in quarter.shown(one)]
    assert asking == digests(quarter)[-1:]
    assert "[Keep] [Change] [Weed]" in newest_digest(quarter)
    before = newest_digest(quarter)
    await press_on_digest(quarter, "Jo", "Weed")
    await press_on_digest(quarter, "Jo", "Keep")
    assert "Kept. Nobody sees what you pressed, or that you did." in quarter.notes("Jo")[-1]
    assert list((await answers(quarter)).values()) == ["keep"]
    assert newest_digest(quarter) == before


async def test_whoever_reads_the_channel_and_is_no_leader_is_not_counted(quarter: Stage) -> None:
    await press_on_digest(quarter, "Desmond", "Weed")
    assert await answers(quarter) == {}


async def test_its_answers_are_shown_in_the_next_digest(quarter: Stage) -> None:
    for name in FIVE[:4]:
        await press_on_digest(quarter, name, "Keep")
    await press_on_digest(quarter, "Priya", "Change")
    old = digests(quarter)[-1]
    await next_digest(quarter)
    assert "*What we would do with Between*\nNearly all: keep." in newest_digest(quarter)
    assert "weed" not in newest_digest(quarter)
    assert await answers(quarter) == {}
    await quarter.person("Jo").press(old, "Weed")
    await quarter.settle()
    assert "That question has closed" in quarter.notes("Jo")[-1]
    assert await answers(quarter) == {}


async def test_where_half_say_weed_it_offers_to_stop(quarter: Stage) -> None:
    for name in FIVE:
        await press_on_digest(quarter, name, "Weed")
    await next_digest(quarter)
    said = newest_digest(quarter)
    assert "Nearly all: weed." in said
    assert "At least half of our leaders say weed. Anyone can pause or end the group" in said
    await quarter.press_more("Sam", "For you")
    sheet = quarter.modal("Sam")
    assert "At least half of your leaders would weed Between out." in sheet
    assert "[Pause the group until…] [End the group…] [Not now]" in sheet
    await quarter.person("Sam").press_in_modal("End the group…")
    assert "End and announce" in quarter.modal("Sam")
    await quarter.person("Sam").close(everything=True)
    await quarter.press_more("Jo", "For you")
    assert "weed" not in quarter.modal("Jo")
