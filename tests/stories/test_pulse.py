"""The pulse: answered alone in two taps; from five answers on the digest says how they were spread, no more."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy

import pytest

from bot.storage import RedisStore
from tests.handlers.conftest import forge, last_payload
from tests.promises.watch import shown
from tests.scheduler.test_pulse import everything, told_of
from tests.stage import Stage
from tests.stories.inquiring import EIGHT
from tests.stories.pulsing import (
    ASKED,
    CLOSED,
    DIGEST,
    FIVE,
    NOBODY,
    OPEN,
    answers,
    choose,
    digests,
    newest_digest,
    open_sheet,
)


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """The second round: its check-in went to all."""
    await stage.gather(*EIGHT)
    await stage.at(OPEN)
    return stage


@pytest.mark.slow
async def test_two_taps_answer_it_and_the_dm_tells_nobody(carers: Stage) -> None:
    asked = carers.shown(carers.newest("Amir", "[Choose]"))
    assert f"{ASKED} Two taps, until Thursday 10 December, 18:00 GMT. {NOBODY}" in asked
    hers = carers.shown(carers.newest("Priya", "[Choose]"))
    assert "Two taps, until Thursday 10 December, 23:30 IST." in hers, "it closes on no other clock than she reads"
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


@pytest.mark.slow
async def test_who_presses_not_now_leaves_the_same_message(carers: Stage) -> None:
    await choose(carers, "Amir", "No")
    await carers.press("Wei", "Not now")
    assert carers.dm("Amir").replace("Amir", "…") == carers.dm("Wei").replace("Wei", "…")


@pytest.mark.slow
async def test_it_is_changed_from_what_for_and_taken_out(carers: Stage) -> None:
    await choose(carers, "Amir", "No")
    await choose(carers, "Amir", "Too early")
    await open_sheet(carers, "Amir")
    await carers.person("Amir").press_in_modal("Take my answer out")
    await carers.settle()
    assert "You said" not in carers.modal("Amir")
    assert await answers(carers) == {}


@pytest.mark.slow
async def test_five_answers_are_shown_in_the_digest_and_four_are_not(carers: Stage) -> None:
    for name in FIVE[:3]:
        await choose(carers, name, "In parts")
    await choose(carers, "Wei", "No")
    await carers.answer("Sam", **{"For Riverside Council": "New rota."})
    await carers.at(DIGEST)
    assert ASKED not in newest_digest(carers)
    assert "really working" not in newest_digest(carers)
    assert await answers(carers) == {}


@pytest.mark.slow
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


@pytest.mark.slow
async def test_all_alike_reads_as_nearly_all(carers: Stage) -> None:
    for name in FIVE:
        await choose(carers, name, "Too early")
    await carers.at(DIGEST)
    assert f"*{ASKED}*\nNearly all: too early." in newest_digest(carers)


@pytest.mark.slow
async def test_whoever_leaves_takes_their_answer_along(carers: Stage) -> None:
    for name in FIVE:
        await choose(carers, name, "No")
    await carers.press_more("Wei", "Leave")
    assert len(await answers(carers)) == 4
    await carers.at(DIGEST)
    assert not digests(carers)


@pytest.mark.slow
async def test_a_press_that_arrives_twice_answers_once(carers: Stage) -> None:
    await open_sheet(carers, "Amir")
    await carers.person("Amir").press_in_modal("No")
    await carers.settle()
    await carers.again("Amir")
    assert list((await answers(carers)).values()) == ["no"]


@pytest.mark.slow
async def test_a_late_press_is_told_that_it_has_closed(carers: Stage) -> None:
    await open_sheet(carers, "Amir")
    old = carers.newest("Wei", "[Choose]")
    before = deepcopy(old.blocks)
    await carers.at(CLOSED)
    old.blocks = before  # as where Slack had not shown it anew yet
    await carers.person("Amir").press_in_modal("No")
    await carers.settle()
    assert "That question has closed, so nothing was changed." in carers.modal("Amir")
    await carers.person("Wei").press(old, "Choose")
    await carers.settle()
    assert "That question has closed" in carers.notes("Wei")[-1]
    assert await answers(carers) == {}


@pytest.mark.slow
async def test_once_it_has_closed_no_check_in_asks_it_any_more(carers: Stage) -> None:
    """Be the check-in answered, skipped or still open to a late answer; and whoever answered the pulse reads no
    other message than who did not."""
    await carers.answer("Jo", **{"For Riverside Hospitals Trust": "New rota."})
    await carers.press("Amir", "Nothing new")
    await carers.press("Margaret", "Skip this one")
    await choose(carers, "Aoife", "No")
    await carers.at(CLOSED)
    for name in EIGHT:
        assert ASKED not in "".join(map(carers.shown, carers.dms(name)))
    assert "> New rota." in carers.dm("Jo")
    assert "[Undo]" not in carers.dm("Amir"), "it can't be undone any more"
    before = len(carers.pg.world.traffic.log)
    await carers.settle()
    assert len(carers.pg.world.traffic.log) == before, "once is enough"


@pytest.mark.slow
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


@pytest.mark.slow
async def test_a_choice_that_there_is_not_is_refused(carers: Stage) -> None:
    await open_sheet(carers, "Jo")
    await carers.person("Jo").press_in_modal("No")
    payload = last_payload(carers, "block_actions")
    payload["actions"][0]["value"] = payload["actions"][0]["value"].replace('"no"', '"perhaps"')
    await forge(carers, payload)
    assert "older message" in carers.modal("Jo")
    assert list((await answers(carers)).values()) == ["no"]


@pytest.mark.slow
async def test_six_leaders_are_not_asked(stage: Stage) -> None:
    await stage.gather(*EIGHT[:5])
    await stage.at(OPEN)
    assert NOBODY not in "".join(map(stage.dm, EIGHT[:5]))
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("What for")
    assert ASKED not in stage.modal("Jo")


@pytest.mark.slow
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
