"""Nobody speaks in another's name: organisations are chosen, and the channel is told who speaks for which."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from inline_snapshot import snapshot

from playground.actor import PersonCannot
from tests.stage import Stage
from tests.stories.naming import everybody_told, settings, speaks_for


@pytest.fixture
async def gathered(stage: Stage) -> Stage:
    return await everybody_told(stage)


async def test_three_leaders_join_and_the_channel_is_told_once_who_speaks_for_whom(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    before = len(stage.posts())
    await stage.at("2026-11-23 09:30")
    assert len(stage.posts()) == before + 1
    assert stage.announced() == snapshot("""\
(Jo @jo.lindqvist speaks for Riverside Hospitals Trust, new in this group.)
*Jo* @jo.lindqvist speaks for *Riverside Hospitals Trust*, new in this group.
*Margaret* @margaret.whitcombe speaks for *Riverside Police*, new in this group.
  Anyone in the group can object, which undoes it.
[Object to… v] [More]\
""")


async def test_who_joins_chooses_an_organisation_of_the_group_or_adds_one(gathered: Stage) -> None:
    kasia = gathered.person("Kasia")
    await kasia.press(gathered.panel(), "Join")
    assert gathered.modal("Kasia").splitlines()[3:6] == [
        "Your first name *: [Kasia]",
        "Your organisation *: [Choose v]",
        "Ask me at *: [09:00]",
    ]
    assert kasia.modal
    offered = [option["text"]["text"] for option in kasia.modal.blocks[2]["element"]["options"]]
    assert offered == [
        "Riverside Council",
        "Riverside Hospitals Trust",
        "Riverside Police",
        "Another organisation…",
    ]
    await kasia.fill("Your organisation", "Another organisation…")
    assert gathered.modal("Kasia").splitlines()[4:8] == [
        "Your organisation *: [Another organisation… v]",
        "Which one? *: []",
        "  (It joins the group's list.)",
        "Ask me at *: [09:00]",
    ]
    with pytest.raises(PersonCannot, match=r"Which one\?"):
        await kasia.submit()
    await kasia.fill("Your organisation", "Riverside Council")
    assert "Which one?" not in gathered.modal("Kasia")
    assert await kasia.submit() is None


async def test_of_two_who_add_one_organisation_at_once_both_speak_for_the_one_entry(gathered: Stage) -> None:
    before = len(gathered.posts())
    for name, typed in (("Kasia", "Millrace Housing"), ("Wei", "MILLRACE  housing")):
        who = gathered.person(name)
        await who.press(gathered.panel(), "Join")
        await who.fill("Your organisation", "Another organisation…")
        await who.fill("Which one?", typed)
    assert await asyncio.gather(*(gathered.person(name).submit() for name in ("Kasia", "Wei"))) == [None, None]
    await gathered.at("2026-11-24 09:30")
    [told] = map(gathered.shown, gathered.posts()[before:])
    assert told.lower().count("millrace") == 3, "in the notification, and of each"
    assert told.count("new in this group") == 2, "in the notification, and of one"
    spelt = "Millrace Housing" if "Millrace Housing" in told else "MILLRACE housing"
    assert told.count(spelt) == 3


async def test_what_was_typed_stays_when_another_organisation_is_chosen(gathered: Stage) -> None:
    kasia = gathered.person("Kasia")
    await kasia.press(gathered.panel(), "Join")
    await kasia.fill("Your first name", "Kasia of the Millrace")
    await kasia.fill("Your organisation", "Another organisation…")
    await kasia.fill("Which one?", "Millrace Housing")
    await kasia.fill("Your organisation", "Another organisation…")
    assert await kasia.submit() is None
    await gathered.at("2026-11-24 09:00")
    assert gathered.announced().splitlines()[1] == snapshot(
        "*Kasia of the Millrace* @kasia.nowak speaks for *Millrace Housing*, new in this group."
    )


async def test_an_organisation_typed_in_other_letters_is_the_one_of_the_list(gathered: Stage) -> None:
    await gathered.join("Amir", "riverside  pol\u0456ce")
    await gathered.at("2026-11-24 09:00")
    assert gathered.announced().splitlines()[1] == snapshot("*Amir* @amir.haddad speaks for *Riverside Police*.")


async def test_sam_says_he_speaks_for_the_police_and_margaret_objects(gathered: Stage) -> None:
    await speaks_for(gathered, "Sam", "Riverside Police")
    before = len(gathered.posts())
    await gathered.at("2026-11-24 09:00")
    assert len(gathered.posts()) == before + 1
    assert gathered.announced() == snapshot("""\
(Sam @sam.okafor now speaks for Riverside Police, no longer for Riverside Council.)
*Sam* @sam.okafor now speaks for *Riverside Police*, no longer for Riverside Council.
  Anyone in the group can object, which undoes it.
[Object] [More]\
""")
    await gathered.press("Margaret", "Object")
    assert gathered.announced() == snapshot("""\
(Margaret (Riverside Police) objected: Sam @sam.okafor speaks for Riverside Council, as before.)
Margaret (Riverside Police) objected: *Sam* @sam.okafor speaks for *Riverside Council*, as before.
  Worth a word together.
[More]\
""")
    await settings(gathered, "Sam")
    assert "Your organisation *: [Riverside Council v]" in gathered.modal("Sam")


async def test_who_changes_it_and_back_before_it_was_announced_is_nobodys_news(gathered: Stage) -> None:
    before = len(gathered.posts())
    await speaks_for(gathered, "Sam", "Riverside Police")
    await speaks_for(gathered, "Sam", "Riverside Council")
    await gathered.at("2026-11-24 12:00")
    assert len(gathered.posts()) == before


async def rejoin(stage: Stage, name: str, organisation: str) -> None:
    await stage.person(name).press(stage.dms(name)[0], "Leave")
    await stage.settle()
    stage.clock.advance(timedelta(minutes=1))
    await stage.join(name, organisation)


async def test_who_joins_again_is_back_and_their_organisation_is_not_new(gathered: Stage) -> None:
    await rejoin(gathered, "Margaret", "Riverside Police")
    await gathered.at("2026-11-24 09:00")
    assert "*Margaret* @margaret.whitcombe is back, and speaks for *Riverside Police*." in gathered.shown(
        gathered.posts()[-1]
    )
    await gathered.press("Sam", "Object")
    assert "*Margaret* @margaret.whitcombe speaks for no organisation for now." in gathered.shown(
        gathered.posts()[-1]
    )


async def test_who_joins_again_for_another_organisation_is_announced_with_both(gathered: Stage) -> None:
    await rejoin(gathered, "Margaret", "Riverside Council")
    await gathered.at("2026-11-24 09:00")
    assert (
        "*Margaret* @margaret.whitcombe now speaks for *Riverside Council*, no longer for Riverside Police."
        in gathered.announced()
    )


async def test_of_several_in_one_post_each_can_be_objected_to(stage: Stage) -> None:
    await stage.gather("Jo", "Margaret")
    await stage.at("2026-11-23 09:30")
    post = stage.posts()[-1]
    await stage.person("Sam").choose(post, "organisation_object", "Margaret: Riverside Police")
    await stage.settle()
    assert stage.announced() == snapshot("""\
(Jo @jo.lindqvist speaks for Riverside Hospitals Trust, new in this group.)
*Jo* @jo.lindqvist speaks for *Riverside Hospitals Trust*, new in this group.
Sam (Riverside Council) objected: *Margaret* @margaret.whitcombe speaks for no organisation for now.
  Anyone in the group can object, which undoes it.
[Object] [More]\
""")
    await settings(stage, "Margaret")
    assert "Your organisation *: [Choose v]" in stage.modal("Margaret")


async def test_an_objection_comes_too_late_for_who_chose_anew_since(gathered: Stage) -> None:
    await speaks_for(gathered, "Sam", "Riverside Police")
    await gathered.at("2026-11-24 09:00")
    await speaks_for(gathered, "Sam", "Millrace Housing")
    post = gathered.newest("Margaret", "[Object]")
    await gathered.press("Margaret", "Object")
    assert "This has been changed again since." in gathered.notes("Margaret")[-1]
    await gathered.at("2026-11-24 09:02")
    assert gathered.shown(post).endswith("no longer for Riverside Council.\n[More]")


async def test_another_name_is_nobodys_news_and_the_posted_line_keeps_the_first(gathered: Stage) -> None:
    await gathered.at("2026-11-25 09:00")
    await gathered.answer("Sam", organisation="The budget closes on the 9th.")
    await gathered.answer("Jo", organisation="Beds are full.")
    await gathered.at("2026-11-27 10:00")
    posts = len(gathered.posts())
    await settings(gathered, "Sam")
    assert await gathered.send("Sam", {"Your first name": "Samuel"}) is None
    await speaks_for(gathered, "Sam", "Millrace Housing")
    await gathered.press("Jo", "Change")
    await gathered.send("Jo", {"organisation": "Two wards have beds."})
    digest = gathered.shown(gathered.digest())
    assert ": Two wards have beds." in digest
    assert "Riverside Council: The budget closes on the 9th." in digest
    assert "Samuel" not in digest
    assert len(gathered.posts()) == posts


async def test_the_digest_speaks_for_nobody_whom_the_channel_was_not_told_of(gathered: Stage) -> None:
    """One such post went that morning; the next would be a day later, after the digest."""
    await gathered.at("2026-11-25 09:00")
    await gathered.answer("Sam", organisation="The budget closes on the 9th.")
    await gathered.at("2026-11-27 09:20")
    await speaks_for(gathered, "Jo", "Riverside Council")
    await gathered.at("2026-11-27 09:35")
    await speaks_for(gathered, "Sam", "Riverside Police")
    await gathered.at("2026-11-27 10:00")
    [told] = [m for m in gathered.posts() if "now speaks for *Riverside Police*" in gathered.shown(m)]
    digest = gathered.digest()
    assert told.ts < digest.ts
    assert "Riverside Police: The budget closes on the 9th." in gathered.shown(digest)


async def test_who_changes_it_a_minute_before_the_digest_is_announced_first(gathered: Stage) -> None:
    await gathered.at("2026-11-25 09:00")
    await gathered.answer("Sam", organisation="The budget closes on the 9th.")
    await gathered.at("2026-11-27 09:59")
    await speaks_for(gathered, "Sam", "Riverside Police")
    assert "*Sam* @sam.okafor now speaks for *Riverside Police*" in gathered.announced()


async def test_the_settings_say_before_they_are_saved_that_the_channel_hears_whom_jo_speaks_for(
    stage: Stage,
) -> None:
    await stage.gather("Jo")
    await stage.press_more("Jo", "Change my settings")
    assert "(If you speak for another from now on, the channel hears of it.)" in stage.modal("Jo")
