"""Words pulled back or changed, before the digest and after it."""

from __future__ import annotations

import pytest

from tests.stage import Stage

BEDS, BUDGET = "Beds are full again.", "The budget closes on the 9th."


@pytest.fixture
async def answered(stage: Stage) -> Stage:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation="Beds are full again.")
    await stage.answer("Sam", organisation="The budget closes on the 9th.")
    return stage


async def last_digest(stage: Stage, name: str) -> str:
    await stage.person(name).command("/between", "digest last", "young-carers")
    await stage.settle()
    return stage.notes(name)[-1]


async def test_what_is_pulled_back_before_the_digest_is_not_in_it(answered: Stage) -> None:
    await answered.press("Jo", "Pull it back")
    await answered.at("2026-11-27 10:00")
    digest = answered.shown(answered.digest())
    assert BEDS not in digest
    assert BUDGET in digest


async def test_what_is_pulled_back_after_it_is_gone_from_the_channel_and_from_the_kept_digest(
    answered: Stage,
) -> None:
    await answered.at("2026-11-27 10:00")
    assert BEDS in await last_digest(answered, "Sam")
    await answered.press("Jo", "Pull it back")
    assert answered.dm("Jo").startswith(
        "(Young carers. Pulled back, Jo. I correct the digest in the channel next; if Slack won't let me, I write "
        "to you.)"
    )
    assert "One answer just for you.\n[Read it]" in answered.dm("Jo")
    for shown in (answered.shown(answered.digest()), await last_digest(answered, "Sam")):
        assert "Beds are full" not in shown
        assert BUDGET in shown
        assert "Corrected" in shown


async def test_when_everything_is_pulled_back_the_post_says_only_that(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    await answered.press("Jo", "Pull it back")
    await answered.press("Sam", "Pull it back")
    assert "everything in this digest was pulled back by its authors" in answered.shown(answered.digest())


async def test_words_changed_after_the_digest_are_changed_in_it(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    await answered.press("Jo", "Change")
    await answered.send("Jo", {"organisation": "Two wards have beds."})
    digest = answered.shown(answered.digest())
    assert "Two wards have beds." in digest
    assert BEDS not in digest


@pytest.mark.slow
async def test_what_was_pulled_back_is_not_given_to_everyone_again_by_the_next_rounds_form(
    answered: Stage,
) -> None:
    """Its box would be ticked, and Jo came to write something for herself."""
    await answered.press("Jo", "Pull it back")
    await answered.at("2026-12-09 10:00")
    await answered.press("Jo", "Answer")
    assert "For Riverside Hospitals Trust: []" in answered.modal("Jo")
    assert "Filled with what you said" not in answered.modal("Jo")
    assert await answered.send("Jo", {"For me": "I'm tired."}) is None
    await answered.at("2026-12-11 10:00")
    assert not [post for post in answered.posts() if BEDS in answered.shown(post)]


@pytest.mark.slow
async def test_in_the_thread_as_well(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    post = answered.digest()
    assert BEDS in " ".join(map(answered.shown, answered.replies(post)))
    await answered.press("Jo", "Change")
    await answered.send("Jo", {"organisation": "Two wards have beds."})
    replies = " ".join(map(answered.shown, answered.replies(post)))
    assert "Two wards have beds." in replies
    assert BEDS not in replies
    await answered.press("Jo", "Pull it back")
    [told] = [one for one in map(answered.shown, answered.replies(post)) if "pulled back" in one]
    assert "what stood here was pulled back." in told
    assert BUDGET in " ".join(map(answered.shown, answered.replies(post)))


async def test_a_late_answer_is_in_the_thread_by_itself(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Sam", organisation=BUDGET)
    await stage.at("2026-11-27 10:00")
    before = len(stage.posts())
    assert len(stage.replies(stage.digest())) == 1
    await stage.answer("Jo", organisation=BEDS)
    assert [BEDS in stage.shown(one) for one in stage.replies(stage.digest())] == [False, True]
    assert len(stage.posts()) == before


async def owed(stage: Stage) -> tuple[dict[str, object], object]:
    """What is still to be corrected in their group, and what keeps us from posting."""
    [id_] = await stage.bot.deps.store.index.groups()
    group = await stage.bot.deps.store.groups.get(id_)
    assert group
    return dict(group.to_correct), group.trouble


async def test_in_a_channel_without_threads_the_digest_stands_alone_and_nothing_waits(answered: Stage) -> None:
    channel = next(c for c in answered.pg.world.channels.values() if c.name == "young-carers")
    channel.posting = "no_threads"
    await answered.at("2026-11-27 10:05")
    post = answered.digest()
    assert BEDS in answered.shown(post)
    assert "[Read it all]" in answered.shown(post)
    assert answered.replies(post) == []
    assert await owed(answered) == ({}, None)


async def test_where_somebody_deleted_the_digest_what_comes_late_is_kept_and_owed_nowhere(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.at("2026-11-25 09:00")
    await stage.answer("Sam", organisation=BUDGET)
    await stage.at("2026-11-27 10:00")
    channel = next(c for c in stage.pg.world.channels.values() if c.name == "young-carers")
    for message in [stage.digest(), *stage.replies(stage.digest())]:
        del channel.messages[message.ts]
    before = len(stage.posts())
    await stage.answer("Jo", organisation=BEDS)
    await stage.at("2026-11-27 10:10")
    assert len(stage.posts()) == before
    assert BEDS in await last_digest(stage, "Jo")
    assert await owed(stage) == ({}, None)


WALK, NO_KEYS, CALM = "Walk the ward", "Nobody has the keys.", "Mornings are calmer."


@pytest.fixture
async def progressed(stage: Stage) -> Stage:
    """Jo made a commitment and said how it goes; the digest is out."""
    await stage.gather("Jo")
    await stage.person("Jo").command("/commit", WALK, "young-carers")
    assert await stage.person("Jo").submit() is None
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-25 09:00")
    await _card(stage, "Jo")
    await stage.person("Jo").press_in_modal("Say how it's going")
    await stage.send(
        "Jo",
        {
            "It is": "Stuck, want help",
            "note": NO_KEYS,
            "What did people notice?": CALM,
            "What they noticed may": ["may_lead"],
        },
    )
    await stage.at("2026-11-27 10:00")
    digest = stage.shown(stage.digest())
    assert NO_KEYS in digest
    assert CALM in digest
    return stage


async def _card(stage: Stage, name: str) -> None:
    if stage.person(name).modal:
        await stage.person(name).close(everything=True)
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("See commitments")


async def test_progress_and_what_was_noticed_are_pulled_back_from_the_digest(progressed: Stage) -> None:
    await _card(progressed, "Jo")
    await progressed.person("Jo").press_in_modal("History")
    await progressed.person("Jo").press_in_modal("Pull it back")
    await progressed.settle()
    assert NO_KEYS not in progressed.modal("Jo")
    digest = progressed.shown(progressed.digest())
    for gone in (NO_KEYS, CALM):
        assert gone not in digest
    assert "Stuck, want help" in digest
    assert "Corrected" in digest
    assert NO_KEYS not in progressed.digest().text


async def test_nobody_pulls_back_what_another_said(progressed: Stage) -> None:
    await _card(progressed, "Sam")
    await progressed.person("Sam").press_in_modal("History")
    assert NO_KEYS in progressed.modal("Sam")
    assert "[Pull it back]" not in progressed.modal("Sam")


async def test_its_words_changed_by_its_maker_are_changed_in_the_digest(progressed: Stage) -> None:
    await _card(progressed, "Jo")
    await progressed.person("Jo").press_in_modal("Change its words")
    await progressed.send("Jo", {"what": "Walk both wards"})
    await progressed.settle()
    digest = progressed.shown(progressed.digest())
    assert "Walk both wards" in digest
    assert WALK not in digest


@pytest.mark.slow
async def test_digests_are_asked_for_by_date_and_the_first_is_still_there(answered: Stage) -> None:
    await answered.at("2026-12-09 10:00")
    await answered.answer("Jo", organisation="Two wards have beds.")
    await answered.at("2026-12-11 10:00")
    assert "Two wards have beds." in await last_digest(answered, "Jo")
    await answered.person("Jo").command("/between", "digest 2026-11-30", "young-carers")
    assert BEDS in answered.notes("Jo")[-1]
    await answered.person("Jo").command("/between", "digest 2026-11-01", "young-carers")
    assert answered.notes("Jo")[-1].startswith("(There was no digest by then. The first is of Friday 27 November.)")


async def test_words_pulled_back_from_a_form_are_said_to_be_in_the_form(stage: Stage) -> None:
    await stage.gather("Jo")
    await stage.press("Jo", "Answer")
    jo = stage.person("Jo")
    await jo.fill("organisation", "Beds are full again.")
    assert await jo.submit() is None
    await jo.press_in_modal("Pull it back")
    await stage.settle()
    assert "Pulled back, Jo. None of it goes into the digest." in stage.modal("Jo")
    assert "Seen by you and nobody else." in stage.modal("Jo")


async def test_who_leaves_is_told_of_what_is_not_posted_yet_and_it_is_not(answered: Stage) -> None:
    await answered.person("Jo").press(answered.dms("Jo")[0], "Leave")
    await answered.settle()
    assert "what is not posted yet stays out of the next." in answered.shown(answered.dms("Jo")[0])
    await answered.at("2026-11-27 10:00")
    digest = answered.shown(answered.digest())
    assert BEDS not in digest
    assert BUDGET in digest


async def test_what_was_posted_of_who_left_stays_when_another_changes_their_words(answered: Stage) -> None:
    await answered.at("2026-11-27 10:00")
    await answered.person("Jo").press(answered.dms("Jo")[0], "Leave")
    await answered.settle()
    await answered.press("Sam", "Pull it back")
    [digest] = [shown for post in answered.posts() if ": the digest," in (shown := answered.shown(post))]
    assert BEDS in digest
    assert BUDGET not in digest
