"""All in one workspace, Between in several, Between in the host's alone, and their mixture: the same fortnight, and
nobody reads of what is not there for them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest

from bot.storage import RedisStore
from playground.acts import PersonCannot
from playground.messages import Message
from tests.cast import ORGANISATIONS
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser, connected
from tests.promises.watch import all_kept
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

COMMANDS = re.compile(r"/(plate|commit|between)\b|\b[Mm]y Home\b")
IN_YOURS = "In your workspace, use the buttons here."


@dataclass(frozen=True)
class Way:
    """Who is with Sam, of the council, and who of them has commands. `installed`: by the hospitals too."""

    others: tuple[str, ...]
    commands: tuple[str, ...] = ("Sam",)
    installed: bool = False

    @property
    def buttons_only(self) -> list[str]:
        return [name for name in self.others if name not in self.commands]


WAYS = {
    "all in one workspace, one of them a guest": Way(("Desmond", "Wei"), ("Sam", "Desmond")),
    "in both workspaces": Way(("Jo", "Desmond"), ("Sam", "Jo", "Desmond"), installed=True),
    "in the host's alone": Way(("Jo", "Aoife")),
    "all of them mixed": Way(("Wei", "Jo", "Aoife"), ("Sam", "Jo"), installed=True),
}


@pytest.fixture(params=WAYS.values(), ids=list(WAYS))
def way(request: pytest.FixtureRequest) -> Way:
    assert isinstance(request.param, Way)
    return request.param


@pytest.fixture
async def group(redis_url: str, store: RedisStore, way: Way) -> AsyncIterator[Stage]:
    async with connected(redis_url, slack_allowed_workspaces=HOSPITALS) as stage:
        if way.installed:
            async with aiohttp.ClientSession() as http:
                await Browser(stage, http).install("U0JO")
        else:
            del stage.pg.world.app("Between").installs[HOSPITALS]
        await stage.gather(*way.others)
        yield stage
        await all_kept(stage)


def shown_to(stage: Stage, name: str) -> str:
    """All they were sent, and the form that is open."""
    who = stage.person(name)
    return "\n".join([*stage.sent(name), *stage.notes(name), *([stage.modal(name)] if who.modal else [])])


async def answered(stage: Stage, way: Way) -> None:
    await stage.at("2026-11-25 16:00")
    for name in ("Sam", *way.others):
        await stage.answer(name, organisation=f"What {name} has on the plate")
    await stage.at("2026-11-30 12:00")


async def test_each_is_welcomed_with_what_works_for_them(group: Stage, way: Way) -> None:
    for name in way.others:
        assert (IN_YOURS in group.dm(name)) == (name in way.buttons_only), name


async def test_commands_work_for_whom_they_are_said_to_work(group: Stage, way: Way) -> None:
    for name in way.commands:
        await group.person(name).command("/plate", where="young-carers")
        assert f"For {ORGANISATIONS[name]}" in group.modal(name)
        await group.person(name).close(everything=True)
    for name in way.buttons_only:
        with pytest.raises(PersonCannot):
            await group.person(name).command("/plate", where="young-carers")


def digests(stage: Stage) -> list[Message]:
    return [post for post in stage.posts() if "On our plates" in stage.shown(post)]


def whole(stage: Stage, digest: Message) -> str:
    """With its thread: of each organisation one stands in the post itself."""
    return "\n".join(stage.shown(one) for one in (digest, *stage.replies(digest)))


@pytest.mark.slow
async def test_each_answers_and_one_digest_has_all_their_words(group: Stage, way: Way) -> None:
    await answered(group, way)
    assert [post.team_id for post in digests(group)] == [COUNCIL]
    for name in way.others:
        assert f"What {name} has on the plate" in whole(group, digests(group)[0])


@pytest.mark.slow
async def test_each_changes_their_words_and_the_digest_follows(group: Stage, way: Way) -> None:
    await answered(group, way)
    (digest,) = digests(group)
    for name in way.others:
        await group.press(name, "Change")
        assert await group.send(name, {"organisation": f"What {name} would rather say"}) is None
        await group.settle()
        assert f"What {name} would rather say" in whole(group, digest)
        assert f"What {name} has" not in whole(group, digest)


async def test_help_names_to_each_what_works_for_them(group: Stage, way: Way) -> None:
    for name in ("Sam", *way.others):
        await group.press_more(name, "What is this?")
        said = group.modal(name)
        assert bool(COMMANDS.search(said)) == (name in way.commands), (name, said)
        assert (IN_YOURS in said) == (name in way.buttons_only)
        await group.person(name).close(everything=True)
        await group.press(name, "Tell me more")
        assert bool(COMMANDS.search(group.modal(name))) == (name in way.commands), name
        await group.person(name).close(everything=True)


async def test_who_is_introduced_meets_in_one_conversation(group: Stage, way: Way) -> None:
    await group.at("2026-11-25 16:00")
    await group.press_more("Sam", "Add a commitment")
    assert await group.send("Sam", {"What": "Ring the housing lead"}) is None
    helper = way.others[-1]
    await group.press_more(helper, "See commitments")
    await group.person(helper).press_in_modal("I can help")
    await group.person(helper).close(everything=True)
    await group.at("2026-11-25 16:30")
    await group.press("Sam", "Open a conversation")
    await group.person("Sam").close(everything=True)
    await group.at("2026-11-25 17:00")
    several = [channel for channel in group.pg.world.channels.values() if channel.is_mpim]
    assert [len(channel.members) for channel in several] == [3]
    assert group.person(helper).id in several[0].members


@pytest.mark.slow
async def test_each_leaves_by_a_button_and_hears_no_more(group: Stage, way: Way) -> None:
    await group.at("2026-11-25 16:00")
    for name in way.others:
        await group.press(name, "Leave")
    before = {name: len(group.sent(name)) for name in way.others}
    await group.at("2026-12-02 16:00")
    assert {name: len(group.sent(name)) for name in way.others} == before


@pytest.mark.slow
async def test_in_a_fortnight_nobody_reads_of_a_command_that_is_not_there_for_them(group: Stage, way: Way) -> None:
    await answered(group, way)
    await group.at("2026-12-03 16:00")
    for name in way.buttons_only:
        assert not COMMANDS.search(shown_to(group, name)), name
    for post in group.posts():
        assert not COMMANDS.search(group.shown(post)), "the channel is read by all of them"


async def test_who_comes_from_elsewhere_reads_in_which_language_before_they_join(
    redis_url: str, store: RedisStore
) -> None:
    """They are not asked for one: no answer would change a word. Nobody else has to read it."""
    async with connected(redis_url, slack_allowed_workspaces=HOSPITALS) as stage:
        del stage.pg.world.app("Between").installs[HOSPITALS]
        await stage.gather()
        told = {}
        for name in ("Desmond", "Jo", "Aoife"):
            await stage.person(name).press(stage.panel(), "Join")
            told[name] = "I write in British English" in stage.modal(name)
    assert told == {"Desmond": False, "Jo": True, "Aoife": True}
