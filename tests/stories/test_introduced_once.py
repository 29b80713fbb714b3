"""Jo asks for an introduction that she has had: she reads where it is, and is promised no second message."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.stage import Stage
from tests.stories.asking import amir_offers, person_id, the_group
from tests.stories.holding import behind_more
from tests.stories.introducing import by_dm, without_the_scope


@pytest.fixture
async def lent(stage: Stage) -> Stage:
    """Amir offers ten minutes; Slack opens no conversation of two for us."""
    without_the_scope(stage)
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:30")
    await amir_offers(stage, "Ten minutes on call-outs")
    return stage


async def asks_for_it(stage: Stage) -> str:
    await behind_more(stage, "Jo", "What people can lend", "Introduce us")
    said = stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    return said


async def test_jo_who_presses_again_reads_that_both_have_their_message(lent: Stage) -> None:
    assert "I try to open one conversation" in await asks_for_it(lent)
    await lent.at("2026-11-26 10:30")
    assert (len(by_dm(lent, "Jo")), len(by_dm(lent, "Amir"))) == (1, 1)
    said = await asks_for_it(lent)
    assert "You and Amir (Riverside Fire & Rescue) each have a message of mine already, with how to reach" in said
    assert "I write to" not in said
    await lent.at("2026-12-01 10:30")
    assert (len(by_dm(lent, "Jo")), len(by_dm(lent, "Amir"))) == (1, 1)


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("Jo", "You have my message already, with how to reach Amir"),
        ("Amir", "has my message already, with how to reach you. I write to you too, in your own hours."),
    ],
)
async def test_jo_who_presses_again_while_one_of_the_two_has_heard_reads_who_has(
    lent: Stage, heard: str, said: str
) -> None:
    await asks_for_it(lent)
    await lent.at("2026-11-26 10:30")
    group, who = await the_group(lent), await person_id(lent, heard)
    introductions = lent.bot.deps.store.introductions
    (id_,) = await introductions.all(group)
    await introductions.change(group, id_, lambda one: one and replace(one, told={who: one.told[who]}))
    shown = await asks_for_it(lent)
    assert said in shown
    assert "You and Amir" not in shown
