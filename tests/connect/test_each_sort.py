"""Each sort of person goes through all of it, in one group. Where they come from decides by whose bot they are
written to and whether they have commands, and nothing else of what they are promised (docs/connect.md)."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.storage import RedisStore
from bot.views.reach import IN_YOURS
from playground import installs
from playground.acts import PersonCannot
from playground.messages import Message
from tests.connect.leaving import leave_and_erase
from tests.connect.sorts import ALL, DESERTER, INSTALLER, WATER, Sort, town
from tests.promises.watch import all_kept, screens_of
from tests.stage import Stage
from tests.stories.asking import LEND
from tests.stories.inquiring import ask, write
from tests.stories.inquiring import read as answers_to
from tests.stories.test_my_data import files, read

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning"),
    pytest.mark.timeout(240),
]

ASKERS = (*ALL[-1:], *ALL[:-1])
"""Each helps the one before them."""


@pytest.fixture(params=[False, True], ids=["as we guess", "as we don't"])
async def stage(redis_url: str, store: RedisStore, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Of what Slack does not say: which workspace a press names where both have Between, and whether people of
    others are shown what is for their eyes alone, or have their zone told."""
    async with town(redis_url) as stage:
        guesses = stage.pg.world.guesses
        guesses.press_names_own_team = request.param
        guesses.external_ephemeral = guesses.external_tz = guesses.external_membership = not request.param
        yield stage
        await all_kept(stage)


async def test_each_sort_goes_through_all_of_it(stage: Stage) -> None:
    await they_join(stage)
    await tomasz_leaves_and_comes_back(stage)
    await ravi_proves_his_other_account(stage)
    await stage.at("2026-11-25 09:05")
    await they_are_asked_by_their_own_bot(stage)
    await they_ask_and_offer(stage)
    await they_help_each_other_and_meet(stage)
    await a_question_to_all_is_answered_alone(stage)
    await stage.at("2026-11-26 12:00")
    await they_are_nudged_and_answer(stage)
    await desmonds_account_is_closed(stage)
    await stage.at("2026-11-27 10:05")
    await one_digest_has_their_words(stage)
    await stage.at("2026-11-27 16:05")
    await they_read_the_brief_and_the_answers(stage)
    await what_is_just_for_one_is_nowhere_else(stage)
    for one in ALL:
        await takes_their_data(stage, one)
        await leave_and_erase(stage, one.name, one.for_one)
    await nothing_is_left_of_them(stage)
    assert stage.dms(INSTALLER) == [], "who has not joined is sent nothing"


async def they_join(stage: Stage) -> None:
    """That the organisation's installation is for Nia's workspace too nobody knows before a payload says so."""
    by_press = stage.pg.world.guesses.press_names_own_team
    await stage.gather(DESERTER.name)
    for one in ALL:
        await stage.join(one.name, one.organisation)
    for one in ALL:
        [welcome] = stage.dms(one.name)
        known = one.by != WATER or by_press
        assert (IN_YOURS in stage.shown(welcome)) == (not one.commands or not known), one
        assert welcome.team_id == (one.by if known else "T0RIVER"), one
        if one.commands:
            await stage.person(one.name).command("/plate", where="young-carers")
            assert f"For {one.organisation}" in stage.modal(one.name)
            await stage.person(one.name).close(everything=True)
        else:
            with pytest.raises(PersonCannot):
                await stage.person(one.name).command("/plate", where="young-carers")


async def tomasz_leaves_and_comes_back(stage: Stage) -> None:
    await stage.press("Tomasz", "Leave")
    await stage.at("2026-11-24 12:00")
    await stage.join("Tomasz", "Young Carers Together")


async def ravi_proves_his_other_account(stage: Stage) -> None:
    await stage.press_more("Ravi", "Change my settings", "I have two accounts", "Show a code")
    code = next(line for line in stage.modal("Ravi").splitlines() if "-" in line and line.strip("* ").isupper())
    await stage.person("Ravi").close(everything=True)
    await stage.person("Ravindra").press(stage.panel(), "Join")
    await stage.person("Ravindra").press_in_modal("I have two accounts")
    assert await stage.send("Ravindra", {"The code from your other account": code.strip("* ")}) is None
    await stage.press_more("Ravi", "Change my settings", "I have two accounts", "That's me too")
    await stage.person("Ravi").close(everything=True)
    await stage.settle()


async def they_are_asked_by_their_own_bot(stage: Stage) -> None:
    for one in ALL:
        asked = stage.dms(one.name)[-1]
        assert f"Morning {one.name}. Young carers meets Monday." in stage.shown(asked), one
        assert asked.team_id == one.by, one
    assert stage.dms("Ravindra") == [], "one human is asked once"


async def they_ask_and_offer(stage: Stage) -> None:
    for one in ALL:
        who = stage.person(one.name)
        await stage.press_more(one.name, "Ask for something")
        await who.choose_in_modal("How", "Put it to everyone")
        assert await stage.send(one.name, {"I'm after": one.wish}) is None
        await stage.press_more(one.name, "What people can lend")
        await who.press_in_modal("Offer something")
        assert await stage.send(one.name, {LEND: f"A room of {one.name}'s"}) is None


async def they_help_each_other_and_meet(stage: Stage) -> None:
    for one, asker in zip(ALL, ASKERS, strict=True):
        who = stage.person(one.name)
        await stage.press_more(one.name, "Open now")
        assert who.modal
        blocks = who.modal.blocks
        wish = next(i for i, block in enumerate(blocks) if asker.wish in str(block))
        button = next(each for each in blocks[wish + 1]["elements"] if each["text"]["text"] == "I can help")
        await who.press_in_modal("I can help", button["value"])
        await who.close(everything=True)
    await stage.at("2026-11-25 10:00")
    for one, asker in zip(ALL, ASKERS, strict=True):
        assert f"{one.name} ({one.organisation}) may have it" in stage.dm(asker.name)
        await stage.press(asker.name, "Introduce us")
        await stage.person(asker.name).close(everything=True)
    await stage.at("2026-11-25 12:00")
    several = [{*one.members} for one in stage.pg.world.channels.values() if one.is_mpim]
    ids = [stage.person(one.name).id for one in ALL]
    pairs = zip(ids, (*ids[-1:], *ids[:-1]), strict=True)
    assert sorted(map(sorted, several)) == sorted(sorted({"U0BETWEEN", *pair}) for pair in pairs)


async def a_question_to_all_is_answered_alone(stage: Stage) -> None:
    await ask(stage, "Sam")
    for one in ALL:
        await write(stage, one.name, one.answer)
    assert not [each for one in ALL for each in said(stage) if one.answer in stage.shown(each)]


async def they_are_nudged_and_answer(stage: Stage) -> None:
    for one in (DESERTER, *ALL):
        assert one is DESERTER or "still time before Monday" in stage.dm(one.name), "it is seven in New York"
        await stage.answer(one.name, **{f"For {one.organisation}": one.for_all, "For me": one.for_one})
        assert one.for_all in stage.dm(one.name)


async def desmonds_account_is_closed(stage: Stage) -> None:
    before = len(stage.sent(DESERTER.name))
    installs.desert(stage.pg.world, stage.person(DESERTER.name).user)
    await stage.settle()
    await stage.at("2026-11-27 09:00")
    assert len(stage.sent(DESERTER.name)) == before
    assert [post for post in stage.posts() if "*Desmond*" in stage.shown(post) and "[Object" in stage.shown(post)]


async def one_digest_has_their_words(stage: Stage) -> None:
    [digest] = [one for one in stage.posts() if "On our plates" in stage.shown(one)]
    whole = "\n".join(stage.shown(each) for each in (digest, *stage.replies(digest)))
    for one in ALL:
        assert one.for_all in whole
    assert digest.team_id == "T0RIVER"


async def they_read_the_brief_and_the_answers(stage: Stage) -> None:
    assert [one for one in stage.posts() if "the brief, for Monday 30 November" in stage.shown(one)]
    for one in ALL:
        shown = await answers_to(stage, one.name)
        assert not [other for other in ALL if other.answer not in shown]
        await stage.person(one.name).close(everything=True)


async def what_is_just_for_one_is_nowhere_else(stage: Stage) -> None:
    for one in (DESERTER, *ALL):
        others = [name for name in ("Sam", INSTALLER, *(each.name for each in ALL)) if name != one.name]
        assert not [name for name in others if one.for_one in "\n".join(screens_of(stage, name))]
        assert not [each for each in said(stage) if one.for_one in stage.shown(each)]


async def takes_their_data(stage: Stage, one: Sort) -> None:
    await stage.press_more(one.name, "Change my settings")
    await stage.person(one.name).press_in_modal("My data")
    assert await stage.person(one.name).submit() is None
    await stage.settle()
    await stage.person(one.name).close(everything=True)
    found = files(stage, one.name)
    assert set(found) == {"between-my-data.csv", "between-my-data.json"}
    assert all(one.for_all in read(file) and one.for_one not in read(file) for file in found.values())


async def nothing_is_left_of_them(stage: Stage) -> None:
    """Also where another bot of ours wrote to them at first."""
    await stage.at("2026-12-02 12:00")
    store = stage.bot.deps.store
    names = {person.name for person in (await store.people.many(await store.index.people())).values()}
    assert names == {"Sam", DESERTER.name}
    for one in ALL:
        assert stage.dms(one.name) == [], one
        words = (one.wish, one.for_all, one.for_one, one.answer)
        assert not [each for each in said(stage) for word in words if word in stage.shown(each)], one


def said(stage: Stage) -> list[Message]:
    """All of ours that stands in any conversation."""
    channels = stage.pg.world.channels.values()
    return [each for channel in channels for each in channel.messages.values() if each.app_id]
