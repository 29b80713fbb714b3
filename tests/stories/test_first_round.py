"""The first round of a group, from the invitation to the digest."""

from __future__ import annotations

from tests.stage import Stage


async def test_sam_sets_a_group_up_and_jo_answers_and_the_digest_says_so(stage: Stage) -> None:
    await stage.set_up()
    await stage.join("Jo", "Hospitals Trust")
    jo = stage.person("Jo")

    await stage.at("2026-11-25 09:00")
    await jo.press(stage.dms("Jo")[-1], "Answer")
    await jo.fill("For Hospitals Trust", "Beds are full again.")
    await jo.fill("For me", "Tired.")
    assert await jo.submit() is None
    await stage.settle()
    assert stage.dm("Jo").startswith("(Saved for Young carers.)")

    await stage.at("2026-11-27 10:00")
    digest = stage.shown(stage.digest())
    assert "Beds are full again." in digest
    assert "Tired" not in digest
