"""Jo is after somebody while nobody is asked: her ask waits, says so, and is not spent meanwhile."""

from __future__ import annotations

import pytest

from tests.stage import Stage
from tests.stories.asking import gathered, jo_asks
from tests.stories.holding import behind_more

PUT_TO_HIM = "Might that be you?"
NOBODY = "Nobody has said yes"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    return await gathered(stage)


async def archive(stage: Stage) -> None:
    await stage.person("Sam").archive("young-carers")
    await stage.settle()
    await stage.settle()


async def unarchive(stage: Stage) -> None:
    await stage.person("Sam").unarchive("young-carers")
    await stage.settle()


async def pause(stage: Stage, until: str) -> None:
    await behind_more(stage, "Amir", "Look after the group…", "Pause the group until…")
    assert await stage.send("Amir", {"Start again on": until}) is None
    await stage.settle()


def heard(stage: Stage, name: str, words: str) -> int:
    return sum(words in text for text in stage.sent(name))


async def test_in_an_archived_channel_it_is_kept_and_put_to_him_once_that_is_open(carers: Stage) -> None:
    await archive(carers)
    await jo_asks(carers)
    said = carers.modal("Jo")
    assert "The channel is archived, so I ask nobody for now. Once it is open again, I put it to people" in said
    assert "Asked quietly" not in said
    await carers.at("2026-12-11 12:00")
    assert heard(carers, "Amir", PUT_TO_HIM) == heard(carers, "Jo", NOBODY) == 0
    await unarchive(carers)
    await carers.at("2026-12-15 12:00")
    assert heard(carers, "Amir", PUT_TO_HIM) == 1
    assert heard(carers, "Jo", NOBODY) == 0


@pytest.mark.slow
async def test_in_a_group_that_pauses_it_has_its_two_weeks_after_that(carers: Stage) -> None:
    await pause(carers, "2026-12-10")
    await jo_asks(carers)
    assert "The group is paused until Thursday 10 December. After that, I put it to people" in carers.modal("Jo")
    await carers.at("2026-12-22 18:00")
    assert heard(carers, "Amir", PUT_TO_HIM) == 1
    assert heard(carers, "Jo", NOBODY) == 0
    await carers.at("2026-12-29 18:00")
    assert heard(carers, "Jo", NOBODY) == 1


async def test_in_a_group_that_pauses_for_longer_than_it_lasts_it_says_so(carers: Stage) -> None:
    await pause(carers, "2027-02-01")
    await jo_asks(carers)
    assert "is paused until Monday 1 February 2027, and by then this ask is over" in carers.modal("Jo")


EVERYONE = "It stands under Open now for everyone until Friday 25 December, 09:30 GMT"


async def test_put_to_everyone_in_time_for_a_digest_it_says_so(carers: Stage) -> None:
    await jo_asks(carers, "Put it to everyone")
    assert f"{EVERYONE}, and in the next digest where there is room." in carers.modal("Jo")


@pytest.mark.parametrize("until", ["2026-12-26", "2027-02-01"])
async def test_put_to_everyone_while_none_is_asked_for_no_digest_is_promised(carers: Stage, until: str) -> None:
    await carers.at("2026-11-27 12:00")
    await jo_asks(carers)
    await carers.person("Jo").close(everything=True)
    await pause(carers, until)
    await behind_more(carers, "Jo", "Open now", "Put it to everyone")
    await carers.person("Jo").close(everything=True)
    await carers.person("Jo").command("/between", "ask a van", "young-carers")
    await carers.person("Jo").choose_in_modal("How", "Put it to everyone")
    assert await carers.person("Jo").submit() is None
    assert "for everyone until Sunday 27 December, 12:00 GMT." in carers.modal("Jo")


async def test_put_to_everyone_in_an_archived_channel_no_digest_is_promised(carers: Stage) -> None:
    await archive(carers)
    await jo_asks(carers, "Put it to everyone")
    assert f"{EVERYONE}." in carers.modal("Jo")


async def test_put_to_everyone_in_a_group_that_ends_it_stands_until_then(carers: Stage) -> None:
    await behind_more(carers, "Amir", "Look after the group…", "End the group…")
    assert await carers.send("Amir", {}) is None
    await jo_asks(carers, "Put it to everyone")
    assert "for everyone until Wednesday 2 December, 00:00 GMT, and in the next digest" in carers.modal("Jo")


@pytest.mark.slow
async def test_put_to_everyone_after_its_last_digest_it_says_until_when_it_stands(carers: Stage) -> None:
    await jo_asks(carers)
    await carers.person("Jo").close(everything=True)
    await carers.at("2026-12-24 11:30")
    await carers.press("Jo", "Put it to everyone")
    assert f"{EVERYONE}." in carers.shown(carers.newest("Jo", EVERYONE))


@pytest.mark.slow
async def test_archived_just_after_it_was_asked_nobody_is_said_to_have_passed(carers: Stage) -> None:
    await jo_asks(carers)
    await archive(carers)
    await carers.at("2026-12-14 12:00")
    assert heard(carers, "Amir", PUT_TO_HIM) == heard(carers, "Jo", NOBODY) == 0
