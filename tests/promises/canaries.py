"""A quarter in which everything is on, Slack fails now and then, and each private kind has a word of its own."""

from __future__ import annotations

from datetime import date, timedelta

from playground.faults import Fault
from tests.stage import Stage
from tests.stories import asking as asks
from tests.stories import inquiring as inquiry
from tests.stories import test_brief as brief
from tests.stories import test_purpose as purpose
from tests.stories import test_review as review
from tests.stories.holding import commit
from tests.stories.introducing import not_with
from tests.stories.pulsing import choose
from tests.stories.test_my_data import send_files, settings_of

JUST_ME = {"axolotl": "Jo", "bandicoot": "Wei", "gharial": "Amir", "hoatzin": "Aoife"}
"""In the personal lane; the organisation's, for nobody; typed, and then kept so; in a form that can't be read."""
TYPED = {"fossa": "Amir"}
"""In the DM, and not kept."""
SEALED = {"echidna": "Margaret", "indri": "Wei"}
"""Answers to a question to all, which are held back in the end."""
MATCHED = {"dugong": "Amir"}
"""An offer that is quoted to nobody."""
QUIET = {"capybara": "Jo"}
"""An ask put to at most three, who read it."""
PRIVATE = JUST_ME | TYPED | SEALED | MATCHED
CODES = ("too_early", "weed", "nurture", "ask_pass_over")
"""What is chosen without words, as it is stored; and the press that says no."""

WEATHER = (
    ("error_before", "chat.postMessage", 1),
    ("garbled", "chat.update", 2),
    ("error_before", "chat.update", 2),
    ("error_after", "views.publish", 2),
    ("fatal_before", "chat.postEphemeral", 2),
    ("fatal_before", "conversations.members", 2),
)


BAD = (date(2026, 11, 25), date(2026, 12, 2), date(2026, 12, 9))
"""On other days the weather is fine: what waits for Slack waits in real seconds."""


async def on(stage: Stage, day: date, at: str = "12:00") -> None:
    if day in BAD:
        for kind, method, times in WEATHER:
            stage.pg.world.faults.order(Fault(kind, seconds=2), times=times, method=method)
    await stage.at(f"{day} {at}")


async def a_quarter(stage: Stage) -> None:
    await stage.gather(*inquiry.EIGHT)
    await commit(stage, "Jo", review.BREAKFAST)
    await commit(stage, "Amir", review.FORMS)
    await stage.at("2026-11-24 09:00")
    await _together(stage)
    await on(stage, date(2026, 11, 25), "09:40")
    await _answers(stage)
    await _asks_and_offers(stage)
    await _typed(stage)
    await stage.at("2026-11-26 12:00")
    await _place(stage)
    await on(stage, date(2026, 11, 27))
    await purpose.would_change(stage, "Kasia", "Say for whom.")
    await brief.say(stage, "Sam", "The kettle comes.")
    await on(stage, date(2026, 12, 2))
    await _say_no(stage)
    await _data(stage)
    await on(stage, date(2026, 12, 9))
    for name, words in (("Jo", "Too early"), ("Amir", "No"), ("Margaret", "In parts"), ("Wei", "Too early")):
        await choose(stage, name, words)
    day = date(2026, 12, 16)
    while day < date(2027, 2, 24):
        await on(stage, day)
        await _say_no(stage)
        day += timedelta(weeks=1)
    await _everything_is_opened(stage)


async def _together(stage: Stage) -> None:
    """A question to all, and a review."""
    await inquiry.ask(stage, "Jo")
    await inquiry.write(stage, "Margaret", "Honestly, an echidna.", named=False)
    await inquiry.write(stage, "Wei", "Honestly, an indri.", named=False)
    await inquiry.write(stage, "Kasia", "With my name: more time.")
    await review.start(stage)


async def _place(stage: Stage) -> None:
    """The review has had its own day, as the wording has the next."""
    await review.place(stage, "Jo", breakfast="Nurture", forms="Weed")
    await review.place(stage, "Wei", forms="Weed")
    await purpose.draft(stage, "Priya")


async def _answers(stage: Stage) -> None:
    await _plate(stage, "Jo", organisation="Beds are full again.", me="An axolotl keeps me awake.")
    await _plate(stage, "Amir", organisation=asks.DONE)
    await _plate(stage, "Wei", organisation="Our bandicoot.", everyone_sees=[])
    await _a_form_that_can_not_be_read(stage)


async def _plate(stage: Stage, name: str, **lanes: str | list[str]) -> None:
    await stage.person(name).command("/plate", where="young-carers")
    assert await stage.send(name, lanes) is None


async def _a_form_that_can_not_be_read(stage: Stage) -> None:
    """Aoife's words come back to her."""
    aoife = stage.person("Aoife")
    await aoife.command("/plate", where="young-carers")
    await aoife.fill("me", "A hoatzin.")
    assert aoife.modal is not None
    aoife.modal.content["private_metadata"] = '{"g":"nowhere"}'
    await aoife.submit()
    await stage.settle()
    assert "hoatzin" in stage.modal("Aoife")
    await aoife.close(everything=True)


async def _asks_and_offers(stage: Stage) -> None:
    matched = {"Who sees it": "Only to be matched: never quoted"}
    await asks.amir_offers(stage, "A dugong, and a year of repeat call-outs.", matched)
    await not_with(stage, "Wei", "Jo (Riverside Hospitals Trust)")
    await asks.jo_asks(stage, wish="a capybara, or who has cut repeat call-outs")
    await stage.person("Jo").close(everything=True)


async def _say_no(stage: Stage) -> None:
    """Whoever is asked by now."""
    for name in inquiry.EIGHT:
        if any("[Not me]" in stage.shown(one) for one in stage.dms(name)):
            await stage.press(name, "Not me")


async def _typed(stage: Stage) -> None:
    stage.let_them_type()
    await stage.type("Amir", "Nobody knows of my fossa.")
    await stage.press("Amir", "No")
    await stage.type("Amir", "A gharial, for me.")
    await stage.press("Amir", "For me, just me")


async def _data(stage: Stage) -> None:
    """Jo's files without what is just hers; Priya's of what the Trust has shared; Jo's pages."""
    await send_files(stage, "Jo")
    await settings_of(stage, "Jo")
    await stage.person("Jo").press_in_modal("Read it here")
    await stage.person("Jo").close(everything=True)
    await settings_of(stage, "Priya")
    await stage.person("Priya").press_in_modal("My organisation's words…")
    assert await stage.person("Priya").submit() is None
    await stage.settle()


SHEETS = ("See commitments", "Read digests", "For you", "Open now", "What people can lend", "Why this?")


async def _everything_is_opened(stage: Stage) -> None:
    stage.pg.world.faults.orders.clear()
    for name in ("Sam", "Jo", "Amir", "Wei"):
        await stage.person(name).open_home()
        await stage.settle()
        for sheet in SHEETS:
            await stage.press(name, "More")
            await stage.person(name).press_in_modal(sheet)
            await stage.person(name).close(everything=True)
