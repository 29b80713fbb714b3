"""A group of two hundred, of one, and of nobody: every screen inside Slack's limits, and no word lost."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment, FirstStep, Progress, State
from bot.domain.digest import Digest
from bot.domain.home import HomeSection
from bot.domain.people import About
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.snapshot import GroupSnapshot
from bot.views import audience, checkin, commitments, groups, home, people, plate, progress
from bot.views import digest as screens
from bot.views.paging import paged
from tests.views.sound import shown, sound_message, sound_view
from tests.views.typed import NOW, circle_of, digest_of, group, person, round_

SIZE, KEPT = 200, 300
NEW = About(name="Sam", organisation="", zone="UTC", nation="IE", hour="09:00")
SCRIPTS = {"plain": "word ", "escaped": "&<>&\n", "emoji": "👩🏽‍🚒", "arabic": "كلمة "}


def said(script: str, who: int, lane: str, long: int) -> str:
    """Words that nobody else says, as long as Slack lets them be."""
    own = f"{who}.{lane}."
    return (own + SCRIPTS[script] * long)[: long - len(own)].rstrip() + own


def crowd(organisations: int, size: int = SIZE) -> GroupSnapshot:
    people_ = [person(f"p{n}", f"Leader {n} {'of a long name ' * 4}"[:80].strip()) for n in range(size)]
    names = [f"Organisation {n % organisations} {'of the riverside ' * 4}"[:80].strip() for n in range(size)]
    return circle_of(people_, names, group())


def plate_of(n: int, script: str, long: int = 3000) -> Plate:
    def answer(lane: str) -> Answer:
        return Answer(text=said(script, n, lane, long), audience=Audience.GROUP)

    return Plate(
        person_id=f"p{n}",
        round="2026-W48",
        organisation=answer("o"),
        me=answer("m"),
        question=answer("q"),
    )


def commitment_of(n: int, script: str, tenders: int = SIZE) -> Commitment:
    line = Progress(
        at=NOW,
        by="p0",
        state=list(State)[n % 6],
        note=said(script, n, "n", 500),
        noticed=said(script, n, "s", 500) if n == 7 else "",
    )
    return Commitment(
        id=f"c{n:015}",
        what=said(script, n, "w", 500),
        made_by="p0",
        made_at=NOW + timedelta(seconds=n),
        tenders=tuple(f"p{t}" for t in range(tenders)),
        part=said(script, n, "p", 500),
        first_step=FirstStep(what=said(script, n, "f", 500), when="Thursday", with_whom="Amir"),
        benefit=said(script, n, "b", 500),
        helpers=tuple(f"p{t}" for t in range(1, 50)) if tenders == 1 else (),
        state=list(State)[n % 6],
        history=(line,),
    )


def full_digest(script: str, organisations: int, size: int = SIZE) -> Digest:
    made = digest_of(
        crowd(organisations, size),
        round_(),
        [plate_of(n, script) for n in range(size)],
        [commitment_of(n, script, size) for n in range(KEPT)],
    )
    assert made is not None
    return made


@pytest.mark.parametrize("organisations", [1, 200])
@pytest.mark.parametrize("script", SCRIPTS)
def test_the_digest_of_two_hundred_fits_and_says_what_was_left_out_and_where_it_is(
    script: str, organisations: int
) -> None:
    made = full_digest(script, organisations)
    message = screens.digest_message(made, zone="Europe/London")
    sound_message(message)
    text = shown(list(message.blocks))
    words = sum(len(shown([block]).split()) for block in message.blocks if block["type"] != "actions")
    assert words <= screens.WORDS_AT_MOST
    assert "more, under See commitments." in text
    assert "plates shared" not in text
    assert "Read it all" in [
        e["text"]["text"]
        for b in message.blocks
        for e in b.get("elements", [])
        if "text" in e and b["type"] == "actions"
    ]


@pytest.mark.parametrize(("script", "organisations"), [("plain", 1), ("emoji", 200), ("escaped", 7)])
def test_every_leaders_every_word_is_somewhere_in_the_pages(script: str, organisations: int) -> None:
    made = full_digest(script, organisations, 60)
    first = screens.whole(made, zone="Europe/London")
    pages = int(re.search(r"Page 1 of (\d+)", shown(first))[1])  # type: ignore[index]
    drawn = [screens.whole(made, zone="Europe/London", page=n) for n in range(pages)]
    for view in drawn:
        assert len(json.dumps(view)) < 250_000
    for view in (drawn[0], drawn[pages // 2], drawn[-1]):
        sound_view(view)
    everything = "\n".join(shown(view) for view in drawn)
    for one in range(60):
        for lane in "omq":
            assert said(script, one, lane, 3000) in everything
    for one in range(KEPT):
        assert said(script, one, "w", 500) in everything
        assert said(script, one, "n", 500) in everything
    assert said(script, 7, "s", 500) in everything


def test_a_page_beyond_the_last_is_the_last_and_before_the_first_the_first() -> None:
    made = full_digest("plain", 1, 20)
    assert screens.whole(made, zone="UTC", page=10**9) == screens.whole(
        made, zone="UTC", page=len(_pages(made)) - 1
    )
    assert screens.whole(made, zone="UTC", page=-5) == screens.whole(made, zone="UTC")


def _pages(made: Digest) -> range:
    return range(int(re.search(r"Page 1 of (\d+)", shown(screens.whole(made, zone="UTC")))[1]))  # type: ignore[index]


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_forms_of_a_leader_among_two_hundred(script: str) -> None:
    snapshot, kept = crowd(200), [commitment_of(n, script, 1) for n in range(KEPT)]
    mine, me = plate_of(0, script), snapshot.people["p0"]
    form = plate.plate_form(snapshot, "p0", round_(), before=mine, last=None)
    sound_view(form)
    assert "Everyone: 200 leaders of 200 organisations" in shown(form)
    names = audience.names_sheet(snapshot)
    sound_view(names)
    assert "And 160 organisations more." in shown(names)
    assert "public bodies may have to disclose it." in shown(names)
    sound_view(groups.settings_form(snapshot, NOW.date()))
    sound_view(people.join_form(snapshot, NEW))
    sound_view(progress.progress_form(snapshot, kept[0]))
    sound_message(people.welcome(snapshot, me, snapshot.leaders["p0"]))
    asked = checkin.check_in(snapshot, me, round_(), last=mine, mine=kept, now=NOW)
    sound_message(asked)
    assert " more, under More." in shown(list(asked.blocks))


@pytest.mark.parametrize("script", SCRIPTS)
def test_home_of_five_groups_of_two_hundred(script: str) -> None:
    kept = [commitment_of(n, script) for n in range(KEPT)]
    section = HomeSection(
        snapshot=crowd(200),
        round=round_(),
        plate=plate_of(0, script),
        tended=kept,
        next_meeting=NOW + timedelta(days=4),
        unsent=True,
        waiting=True,
    )
    away = replace(person("p0"), away_until=(NOW + timedelta(days=9)).date())
    view = home.home(away, [section] * 6, NOW)
    view_of_one = home.home(away, [section], NOW)
    sound_view(view_of_one)
    assert len(view["blocks"]) <= 100
    assert len(json.dumps(view)) < 250_000
    text = shown(view)
    assert text.count("And 295 more, under More.") == 5
    assert "And 1 group more: press More in their channels." in text
    assert text.count("Share my plate has all of it") == 15


@pytest.mark.parametrize(("script", "tenders"), [("plain", 1), ("emoji", 200), ("escaped", 1)])
def test_three_hundred_commitments_are_in_pages_and_none_is_left_out(script: str, tenders: int) -> None:
    snapshot, kept = crowd(200), [commitment_of(n, script, tenders) for n in range(KEPT)]
    page, drawn = 0, []
    while True:
        view = commitments.sheet(snapshot, kept, "p0", NOW, page)
        drawn.append(view)
        if "Next" not in [e["text"]["text"] for e in view["blocks"][-1].get("elements", [])]:
            break
        page += 1
    for view in drawn:
        assert len(json.dumps(view)) < 250_000
        assert len(view["blocks"]) <= 100
    sound_view(drawn[0])
    sound_view(drawn[-1])
    everything = "\n".join(shown(view) for view in drawn)
    for one in range(KEPT):
        for part in "wpfbn":
            found = " ".join(said(script, one, part, 500).split())
            assert (found if script != "escaped" else f"{one}.{part}.") in everything


def test_a_group_of_one_has_every_screen() -> None:
    snapshot = crowd(1, 1)
    made = digest_of(snapshot, round_(), [plate_of(0, "plain", 40)], [])
    assert made is not None
    message = screens.digest_message(made, zone="Europe/London")
    sound_message(message)
    assert "1 plate" not in shown(list(message.blocks))
    form = plate.plate_form(snapshot, "p0", round_(), before=None, last=None)
    assert "Everyone: 1 leader of 1 organisation" in shown(form)
    sound_view(form)


def test_a_group_of_nobody_has_no_digest_and_says_so_where_it_is_asked() -> None:
    snapshot = circle_of([], [], group())
    assert digest_of(snapshot, round_(), [], []) is None
    assert "No digest has been posted yet." in shown(screens.chooser(snapshot, []))
    assert "Nothing here yet." in shown(commitments.sheet(snapshot, [], "p0", NOW))
    sound_message(groups.panel(snapshot, None, NOW))
    sound_view(people.join_form(snapshot, replace(NEW, name="", nation="")))
    sound_view(groups.settings_form(snapshot, NOW.date()))


def test_the_digest_of_nine_leaders_is_at_most_220_words_however_much_they_wrote() -> None:
    kept = [commitment_of(n, "plain", 60) for n in range(20)]
    made = digest_of(crowd(6, 9), round_(), [plate_of(n, "plain", 500) for n in range(9)], kept)
    assert made is not None
    message = screens.digest_message(made, zone="Europe/London")
    words = sum(len(shown([block]).split()) for block in message.blocks if block["type"] != "actions")
    assert 100 < words <= 220


def test_things_that_weigh_much_stand_alone_on_their_pages() -> None:
    assert paged([1, 2, 3], lambda _: 90_000, 15) == [[1], [2], [3]]
    assert paged([1, 2, 3], lambda _: 10, 2) == [[1, 2], [3]]
    assert paged([1], lambda _: 10**9, 15) == [[1]]
    assert paged([], len, 15) == [[]]
