"""The group has ended: what stands in people's DMs asks nothing any more."""

from __future__ import annotations

import pytest

from bot.domain.outbox import Kind
from playground.messages import Message
from tests.stage import Stage
from tests.stories.asking import amir_offers, gathered, jo_asks
from tests.stories.holding import behind_more, commit, say_more

ENDED = "Young carers. This check-in is over, Jo. The group has ended, so no more follow."

LETTER_OVER = "Young carers. The group has ended, so this needs no answer."


async def end(stage: Stage, name: str = "Sam") -> None:
    await behind_more(stage, name, "Look after the group…", "End the group…")
    assert await stage.send(name, {}) is None


def buttons(stage: Stage, name: str) -> list[str]:
    """On messages of the check-in, whatever else they say."""
    shown = [stage.shown(one) for one in stage.dms(name) if stage.went[one.ts].value in ("checkin", "nudge")]
    return [line for one in shown for line in one.splitlines() if line.startswith("[")]


@pytest.fixture
async def asked(stage: Stage) -> Stage:
    """Everybody was asked and nudged in the round whose meeting is on Monday 30 November; only Sam answered."""
    await stage.gather("Jo", "Amir")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Sam", organisation="The budget closes on the 9th.")
    await end(stage)
    await stage.at("2026-12-01 23:59")
    return stage


@pytest.mark.slow
async def test_no_answer_is_called_welcome_that_would_be_refused(asked: Stage) -> None:
    assert "A late answer is as welcome." in asked.dm("Jo")
    before = len(asked.dms("Jo"))
    await asked.at("2026-12-02 00:01")
    assert asked.dm("Jo") == f"({ENDED})\n{ENDED}\n[More]"
    for name, left in (("Jo", set()), ("Amir", set()), ("Sam", {"[Who is that?]"})):
        assert set(buttons(asked, name)) == {"[More]", *left}
    assert len(asked.dms("Jo")) == before


@pytest.mark.slow
async def test_who_answered_reads_what_they_said(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    [card] = [shown for shown in map(asked.shown, asked.dms("Sam")) if "The budget closes" in shown]
    assert "Young carers. This check-in is over. What you said in it:" in card


@pytest.mark.slow
async def test_where_the_group_goes_on_they_can_be_pressed_again(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    await behind_more(asked, "Amir", "Look after the group…", "Go on now")
    await asked.settle()
    await asked.at("2026-12-02 00:05")
    assert "A late answer is as welcome." in asked.dm("Jo")
    assert "[Answer]" in asked.dm("Jo")


@pytest.fixture
async def written_to(stage: Stage) -> Stage:
    """Amir has a letter about Jo's ask of Monday evening, and the group ends on Friday."""
    await gathered(stage)
    await stage.at("2026-11-27 09:30")
    await end(stage)
    await stage.at("2026-11-30 17:30")
    await jo_asks(stage)
    await stage.at("2026-12-01 09:30")
    assert "[Yes, introduce us]" in stage.shown(letter_to(stage, "Amir"))
    return stage


def letter_to(stage: Stage, name: str) -> Message:
    return next(one for one in reversed(stage.dms(name)) if stage.went[one.ts] is Kind.LETTER)


@pytest.mark.slow
async def test_a_letter_asks_nothing_any_more_either(written_to: Stage) -> None:
    before = len(written_to.dms("Amir"))
    await written_to.at("2026-12-05 00:01")
    assert written_to.shown(letter_to(written_to, "Amir")) == f"({LETTER_OVER})\n{LETTER_OVER}\n[More]"
    assert len(written_to.dms("Amir")) == before


@pytest.mark.slow
async def test_where_the_group_goes_on_a_letter_can_be_answered_again(written_to: Stage) -> None:
    shown = written_to.shown(letter_to(written_to, "Amir"))
    await written_to.at("2026-12-05 00:01")
    await behind_more(written_to, "Amir", "Look after the group…", "Go on now")
    await written_to.settle()
    await written_to.at("2026-12-05 00:05")
    assert written_to.shown(letter_to(written_to, "Amir")).splitlines()[2:] == shown.splitlines()[2:]


@pytest.mark.slow
async def test_a_matter_below_a_check_in_is_no_letter(stage: Stage) -> None:
    """Its message has lost its buttons, and says what it says."""
    await stage.gather("Jo", "Amir", "Margaret")
    await stage.at("2026-11-25 10:30")
    await stage.answer("Amir", organisation="Cutting repeat call-outs with a weekly list.")
    await stage.at("2026-12-03 10:30")
    await end(stage)
    await stage.at("2026-12-08 10:30")
    await jo_asks(stage)
    await stage.at("2026-12-09 10:30")
    assert "[Yes, introduce us]" in stage.dm("Amir")
    await stage.at("2026-12-10 00:05")
    assert "This check-in is over" in stage.dm("Amir")


@pytest.mark.slow
async def test_nor_is_one_below_a_check_in_of_three_rounds_ago(stage: Stage) -> None:
    """What is passed on to somebody can be taken up for six weeks."""
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", "Ring the housing lead")
    assert await say_more(stage, "Jo", **{"Pass it on": ["Amir (Riverside Fire & Rescue)"]}) is None
    await stage.at("2026-11-25 10:30")
    assert "[Take it up]" in stage.dm("Amir")
    first = stage.dms("Amir")[-1]
    for day in ("2026-12-09", "2026-12-23"):
        await stage.at(f"{day} 10:30")
        await stage.press("Amir", "Nothing new")
    await end(stage)
    await stage.at("2026-12-28 23:30")
    before = stage.shown(first)
    assert "This check-in is over" in before
    await stage.at("2027-01-02 12:00")
    assert stage.shown(first) == before


async def test_a_commitment_made_then_promises_no_check_in(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    await asked.person("Jo").command("/commit", "Ring the housing lead", "young-carers")
    assert await asked.person("Jo").submit() is None
    assert "The group has ended, so I don't ask how it's going." in asked.modal("Jo")
    assert "check-in" not in asked.modal("Jo")


@pytest.mark.slow
async def test_settings_saved_then_promise_no_hour(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    await behind_more(asked, "Jo", "Change my settings")
    assert await asked.person("Jo").submit() is None
    assert "Saved." in asked.modal("Jo")
    assert "I'll ask" not in asked.modal("Jo")


@pytest.mark.slow
async def test_nobody_is_pointed_at_who_would_not_be_asked(asked: Stage) -> None:
    await asked.at("2026-12-02 00:01")
    await behind_more(asked, "Jo", "Somebody has gone…")
    assert "Young carers has ended, so nothing is asked or posted any more." in asked.modal("Jo")


@pytest.mark.slow
@pytest.mark.parametrize("press", ["Join in", "I can help"])
async def test_nobody_joins_in_or_helps_where_nobody_would_be_told(asked: Stage, press: str) -> None:
    await commit(asked, "Jo", "Ring the housing lead")
    await asked.at("2026-12-02 00:01")
    await behind_more(asked, "Amir", "See commitments")
    await asked.person("Amir").press_in_modal(press)
    shown = asked.modal("Amir") + " ".join(asked.notes("Amir"))
    assert "Young carers has ended, so nothing is asked or posted any more." in shown
    assert "check-in" not in shown.split("has ended")[0]


DOORS = (
    ("Amir", "Open now", "I can help"),
    ("Amir", "Open now", "I know someone"),
    ("Jo", "Open now", "Put it to everyone"),
    ("Jo", "Open now", "Ask for something"),
    ("Jo", "What people can lend", "Introduce us"),
)


@pytest.mark.slow
async def test_nobody_is_asked_or_introduced_where_nobody_would_be_told(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage, "Put it to everyone")
    await jo_asks(stage, wish="a room by the station")
    await amir_offers(stage, "A van on Fridays")
    await end(stage)
    await stage.at("2026-12-05 12:00")
    for name, sheet, press in DOORS:
        await behind_more(stage, name, sheet)
        await stage.person(name).press_in_modal(press)
        assert "Young carers has ended, so nothing is asked or posted any more." in stage.modal(name), press
        await stage.person(name).close(everything=True)


@pytest.mark.slow
async def test_what_is_over_is_ended_without_thanks_that_no_digest_would_bring(stage: Stage) -> None:
    await gathered(stage)
    await jo_asks(stage)
    await end(stage)
    await stage.at("2026-12-05 12:00")
    await behind_more(stage, "Jo", "Open now")
    await stage.person("Jo").press_in_modal("Got it")
    assert "digest" not in stage.modal("Jo")
    assert await stage.person("Jo").submit() is None
    assert "Your ask has ended; nobody is asked any more." in stage.modal("Jo")


@pytest.mark.slow
async def test_who_pulls_back_what_slack_will_not_have_changed_hears_so_after_the_end_too(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.person("Jo").command("/plate", "", "young-carers")
    assert await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."}) is None
    await stage.at("2026-11-27 10:00")
    await end(stage)
    await stage.at("2026-12-05 12:00")
    stage.pg.world.workspaces[stage.person("Jo").user.team_id].edit_minutes = 5
    await stage.press("Jo", "Pull it back")
    assert "if Slack won't let me, I write to you." in stage.notes("Jo")[-1]
    await stage.at("2026-12-05 12:05")
    assert "your words still stand there as they were" in stage.dm("Jo")
