"""What `make demo` shows at 09:05: each of the nine finds something of their own, and a few presses lead on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio

from playground import as_text
from playground.__main__ import Demo, playing
from playground.messages import Channel, Message
from playground.server import Playground
from tests.free_port import free_port
from tests.logging_as_before import logging_as_before

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module"), pytest.mark.timeout(120)]

CARERS, EVENING = "young-carers", "evening-discharge"
MOST_PRESSES = 6


@dataclass
class Morning:
    """The demo, and how often somebody has pressed something."""

    pg: Playground
    demo: Demo
    presses: int = 0

    def newest(self, who: str, words: str = "") -> str:
        """The newest message of theirs from Between, or the newest with those words."""
        return self._read(self.message(self.pg.person(who).dm(), words))

    def message(self, where: Channel, words: str = "") -> Message:
        found = [one for one in where.messages.values() if words in self._read(one)]
        assert found, f"{words!r} stands nowhere there."
        return found[-1]

    def posted(self, where: str) -> str:
        return self._read(next(reversed(self.pg.world.channel(where).messages.values())))

    def form(self, who: str) -> str:
        modal = self.pg.person(who).modal
        assert modal is not None
        return as_text.form(modal.content)

    async def press(self, who: str, where: Channel, button: str) -> None:
        """On the newest message there that has the button."""
        await self.pg.person(who).press(self.message(where, f"[{button}]"), button)
        await self._pressed()

    async def press_in_form(self, who: str, button: str) -> None:
        await self.pg.person(who).press_in_modal(button)
        await self._pressed()

    async def send(self, who: str, label: str, words: str) -> None:
        await self.pg.person(who).fill(label, words)
        assert await self.pg.person(who).submit() is None
        await self._pressed()

    async def skip(self) -> str:
        """*Skip to the next thing*. Returns what it was."""
        coming = await self.demo.next_thing()
        assert coming
        await self.demo.move_to(coming[0])
        await self._pressed()
        return coming[1]

    async def _pressed(self) -> None:
        self.presses += 1
        assert self.demo.bot
        await self.pg.settled()
        await self.demo.bot.tick()
        await self.pg.settled()

    def _read(self, message: Message) -> str:
        return as_text.message(message.text, message.blocks)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Playground, Demo]]:
    """All of the file has one; the logging that it sets up ends with it, and not with each test."""
    with logging_as_before():
        async with playing(free_port(), tmp_path_factory.mktemp("demo") / "data", beating=False) as started:
            yield started


@pytest.fixture
def morning(demo: tuple[Playground, Demo]) -> Morning:
    return Morning(*demo)


async def test_each_of_the_nine_finds_something_of_their_own(morning: Morning) -> None:
    a_commitment = morning.newest("Aoife")
    assert "Two minutes?" in a_commitment
    assert a_commitment.count("[Say more…]") == 1
    an_ask = morning.newest("Margaret")
    assert "Amir (Riverside Fire & Rescue) is after" in an_ask
    assert "[Yes, introduce us]" in an_ask
    assert "You picked Thursday 26 November for “Walk ward 7 at five”. How did it go?" in morning.newest("Jo")
    assert "Jo (Riverside Hospitals Trust) can help" in morning.newest("Sam", "about your commitments")
    to_answer = morning.newest("Wei")
    assert "“What are we actually trying to achieve together?” Each answers alone" in to_answer
    assert "[Answer the question] [Not now]" in to_answer
    assert "Two minutes?" not in morning.newest("Desmond"), "he is away, and was not asked"
    assert morning.newest("Amir", "Evening discharge")
    assert morning.newest("Amir", "Morning Amir. Young carers meets Thursday.")
    assert "Hello Kasia" in morning.newest("Kasia", "Tell me more")
    assert "Morning Kasia." in morning.newest("Kasia")


async def test_priya_finds_the_brief_so_far_and_brings_a_line_into_the_channel(morning: Morning) -> None:
    where = morning.pg.world.channel(EVENING)
    await morning.press("Priya", where, "More")
    await morning.press_in_form("Priya", "The brief so far")
    assert "Who may ring whom at seven in the evening" in morning.form("Priya")
    await morning.press_in_form("Priya", "Add a line")
    await morning.send("Priya", "What should the meeting hear?", "One number for every ward.")
    coming = ""
    while "brief" not in coming:
        coming = await morning.skip()
    assert "Evening discharge: the brief, for Monday 30 November" in morning.posted(EVENING)
    assert "One number for every ward. — added by Priya" in morning.posted(EVENING)
    assert morning.presses <= MOST_PRESSES


async def test_margaret_and_amir_are_introduced(morning: Morning) -> None:
    await morning.press("Margaret", morning.pg.person("Margaret").dm(), "Yes, introduce us")
    await morning.press("Amir", morning.pg.person("Amir").dm(), "Introduce us")
    together = morning.message(morning.pg.person("Amir").group("Margaret", "Between"))
    assert "Twenty minutes? A walk counts." in as_text.message(together.text, together.blocks)
    assert morning.presses <= MOST_PRESSES
