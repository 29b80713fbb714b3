"""What was saved, and who sees it: the same words everywhere, and never a private one in a message."""

from __future__ import annotations

import pytest

from tests.promises.watch import shown
from tests.stage import Stage
from tests.stories.holding import A_LINE, WALK, behind_more, commit

CANARY = "zanzibar"
WHO = "Everyone: 2 leaders of 2 organisations, and whoever reads #young-carers"


async def asked(stage: Stage) -> None:
    """Jo's first check-in has come."""
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")


def told(stage: Stage) -> str:
    """All that ever stood in a message: DMs, posts, and what was said to one person alone."""
    return "\n".join(f"{one.text}\n{one.screen}" for one in shown(stage) if one.kind not in ("form", "home"))


async def test_jo_saves_and_reads_what_was_kept_and_who_sees_it(stage: Stage) -> None:
    await asked(stage)
    await stage.press("Jo", "Answer")
    fields = {"For Riverside Hospitals Trust": "Beds are full again.", "For me": f"Tired. {CANARY}"}
    assert await stage.send("Jo", fields) is None
    assert stage.dm("Jo").splitlines() == [
        "(Saved for Young carers.)",
        "Saved for *Young carers*.",
        "*Riverside Hospitals Trust*",
        "> Beds are full again.",
        WHO,
        "[Who is that?]",
        "One answer just for you.",
        "[Read it]",
        "[Change] [Pull it back] [Add a commitment] [More]",
    ]
    await stage.press("Jo", "Read it")
    assert f"> Tired. {CANARY}" in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await stage.press("Jo", "Who is that?")
    assert "*Riverside Hospitals Trust*: Jo" in stage.modal("Jo")
    assert "*Riverside Council*: Sam" in stage.modal("Jo")
    assert CANARY not in told(stage)


@pytest.mark.slow
async def test_the_next_check_in_quotes_only_what_was_for_everyone_each_under_its_name(stage: Stage) -> None:
    await asked(stage)
    await stage.press("Jo", "Answer")
    fields = {
        "For Riverside Hospitals Trust": "Beds are full again.",
        "For me": f"Tired. {CANARY}",
        "What matters most to you in this just now?": "That we tell families the truth.",
    }
    assert await stage.send("Jo", fields) is None
    await stage.at("2026-12-09 09:00")
    asks = stage.dm("Jo")
    assert "Last time, *Riverside Hospitals Trust*\n> Beds are full again." in asks
    assert "Last time, *What matters most to you in this just now?*\n> That we tell families the truth." in asks
    assert CANARY not in told(stage)


async def test_what_jo_learnt_stands_whole_in_the_message_that_asked(stage: Stage) -> None:
    learnt = "People answer at the sink, not at the door. Ask while they wait for tea; nobody minds it then."
    noticed = "A girl of nine filled the form in for her mother, and asked for one to take home."
    await stage.gather("Jo")
    await commit(stage, "Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Say more…")
    fields = {"It is": "Let go", A_LINE: learnt, "What did people notice?": noticed}
    assert await stage.send("Jo", fields) is None
    assert f"Now: let go.\n“{learnt}”\nPeople noticed: “{noticed}”" in stage.dm("Jo")


async def test_by_a_command_in_the_channel_jo_is_told_there_alone_and_in_her_dm(stage: Stage) -> None:
    await asked(stage)
    jo = stage.person("Jo")
    await jo.command("/plate", "Beds are full again.", "young-carers")
    form = stage.modal("Jo")
    assert WHO in form
    assert (
        "Your line is under “For Riverside Hospitals Trust”, for everyone. Nothing is kept before you save." in form
    )
    assert await stage.send("Jo", {"For me": f"Tired. {CANARY}"}) is None
    for card in (stage.notes("Jo")[-1], stage.dm("Jo")):
        assert card.startswith("(Saved for Young carers.)")
        assert "> Beds are full again." in card
        assert "One answer just for you." in card
    assert CANARY not in told(stage)


async def test_by_the_form_in_the_channel_before_she_was_asked_jo_is_told_too(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.person("Jo").press(stage.panel(), "Answer")
    assert await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."}) is None
    assert stage.notes("Jo")[-1].startswith("(Saved for Young carers.)")
    await stage.press("Jo", "Pull it back")
    assert stage.notes("Jo")[-1].startswith("(Young carers. Pulled back, Jo. None of it goes into the digest.)")
    assert "Beds are full again." not in stage.notes("Jo")[-1]


async def test_from_home_the_form_itself_says_what_was_saved(stage: Stage) -> None:
    await asked(stage)
    jo = stage.person("Jo")
    await stage.press("Jo", "More")
    await jo.press_in_modal("Answer")
    await jo.fill("For Riverside Hospitals Trust", "Beds are full again.")
    assert await jo.submit() is None
    assert "> Beds are full again." in stage.modal("Jo")
    assert stage.modal("Jo").startswith("== Saved ==")


async def test_a_sheet_cannot_be_forged_open_by_somebody_else(stage: Stage) -> None:
    await asked(stage)
    await stage.press("Jo", "Answer")
    assert await stage.send("Jo", {"For me": f"Tired. {CANARY}"}) is None
    await stage.press("Jo", "Read it")
    await stage.person("Jo").close(everything=True)
    await stage.again("Jo", by="Sam")
    assert stage.person("Sam").modal is None


async def test_what_was_pulled_back_is_for_everyone_again_in_the_next_round(stage: Stage) -> None:
    await asked(stage)
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.press("Jo", "Pull it back")
    assert "> Beds are full again." not in stage.dm("Jo")
    await stage.press("Jo", "Change")
    assert "[ ] Riverside Hospitals Trust" in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-12-09 09:00")
    await stage.press("Jo", "Answer")
    assert "[x] Riverside Hospitals Trust" in stage.modal("Jo")


@pytest.mark.slow
async def test_words_that_were_not_changed_are_kept_and_are_no_news(stage: Stage) -> None:
    await asked(stage)
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.at("2026-12-09 09:00")
    await stage.press("Jo", "Answer")
    assert (
        await stage.send(
            "Jo", {"For me": "Two posts filled.", "everyone_sees": ["Riverside Hospitals Trust", "me"]}
        )
        is None
    )
    assert "*Riverside Hospitals Trust*, as last time, so not in the digest" in stage.dm("Jo")
    await stage.at("2026-12-11 10:00")
    digest = stage.shown(stage.digest())
    assert ": Two posts filled." in digest
    assert "Beds are full again." not in digest


async def test_jo_reads_that_a_commitment_is_done_and_with_which_words_and_can_take_it_back(stage: Stage) -> None:
    await stage.gather("Jo")
    await commit(stage, "Jo")
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", "Say more…")
    said = {"It is": "Done", "A line on it": "Two wards ask it.", "What did people notice?": "A mother rang us."}
    assert await stage.send("Jo", said) is None
    lines = stage.dm("Jo").splitlines()
    kept = lines.index(WALK)
    assert lines[kept : kept + 5] == [
        WALK,
        "Now: done.",
        "“Two wards ask it.”",
        "People noticed: “A mother rang us.”",
        "[Undo]",
    ]
    await stage.press("Jo", "Undo")
    assert f"{WALK}\nSo far: moving." in stage.dm("Jo")
    assert "[Nothing new]" in stage.dm("Jo")


@pytest.mark.parametrize("press", ["Nothing new", "Skip this one", "Answer"])
async def test_whatever_jo_answers_who_can_help_her_is_still_named_and_everybody_counted(
    stage: Stage, press: str
) -> None:
    await stage.gather("Jo", "Amir", "Margaret")
    await commit(stage, "Jo")
    await behind_more(stage, "Amir", "See commitments", "I can help")
    await stage.settle()
    await stage.person("Amir").close(everything=True)
    await stage.at("2026-11-25 09:00")
    await stage.press("Jo", press)
    if press == "Answer":
        assert await stage.send("Jo", {"For Riverside Hospitals Trust": "Beds are full again."}) is None
        assert "Everyone: 4 leaders of 4 organisations" in stage.dm("Jo")
    assert "Amir (Riverside Fire & Rescue) can help." in stage.dm("Jo")
