"""A group of two hundred, of one, and of nobody: every screen inside Slack's limits, and no word lost."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.domain.commitments import State
from bot.domain.digest_lines import Part
from bot.views import (
    action_payload,
    audience,
    checkin,
    commitments,
    digest_pages,
    digest_reply,
    groups,
    panel,
    people,
    plate,
    progress,
    welcome,
)
from bot.views import digest as screens
from bot.views.blocks import letters
from bot.views.digest_room import LONGEST_WORD
from bot.views.paging import paged
from tests.views.sound import shown, sound_message, sound_view
from tests.views.two_hundred import (
    KEPT,
    NEW,
    SCRIPTS,
    _pages,
    commitment_of,
    crowd,
    full_digest,
    plate_of,
    said,
)
from tests.views.typed import NOW, circle_of, digest_of, group, person, round_


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
    assert ", under See commitments." in text
    assert "plates shared" not in text
    assert "Read it all" in [
        e["text"]["text"]
        for b in message.blocks
        for e in b.get("elements", [])
        if "text" in e and b["type"] == "actions"
    ]


@pytest.mark.parametrize("size", [1, 9, 25, 200])
def test_a_digest_in_a_script_without_spaces_is_as_short_as_any_other(size: int) -> None:
    """Nobody can count its words; all of it together once was more than Slack takes."""
    people_ = [person(f"p{n}", "字" * 80) for n in range(size)]
    all_of_them = circle_of(people_, [f"{n % 12}{'字' * 78}" for n in range(size)], group("字" * 80))
    plates = [plate_of(n, "chinese") for n in range(size)]
    made = digest_of(all_of_them, round_(), plates, [commitment_of(n, "chinese", 1) for n in range(40)])
    assert made is not None
    message = screens.digest_message(made, zone="Europe/London")
    sound_message(message)
    assert letters([*message.blocks]) <= screens.WORDS_AT_MOST * LONGEST_WORD + 200


@pytest.mark.slow
@pytest.mark.parametrize(("script", "organisations"), [("plain", 1), ("emoji", 200), ("escaped", 7)])
def test_every_leaders_every_word_is_somewhere_in_the_pages(script: str, organisations: int) -> None:
    made = full_digest(script, organisations, 60)
    first = digest_pages.whole(made, zone="Europe/London")
    pages = int(re.search(r"Page 1 of (\d+)", shown(first))[1])  # type: ignore[index]
    drawn = [digest_pages.whole(made, zone="Europe/London", page=n) for n in range(pages)]
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
    assert digest_pages.whole(made, zone="UTC", page=10**9) == digest_pages.whole(
        made, zone="UTC", page=len(_pages(made)) - 1
    )
    assert digest_pages.whole(made, zone="UTC", page=-5) == digest_pages.whole(made, zone="UTC")


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
    sound_message(welcome.welcome(snapshot, me, snapshot.leaders["p0"]))
    asked = checkin.check_in(snapshot, me, round_(), last=mine, mine=kept, now=NOW)
    sound_message(asked)
    assert " more, under More." in shown(list(asked.blocks))


@pytest.mark.slow
@pytest.mark.parametrize(("script", "tenders"), [("plain", 1), ("emoji", 200), ("escaped", 1)])
def test_three_hundred_commitments_are_in_pages_and_none_is_left_out(script: str, tenders: int) -> None:
    snapshot, kept = crowd(200), [commitment_of(n, script, tenders) for n in range(KEPT)]
    snapshot = replace(snapshot, commitments={one.id: one for one in kept})
    page, drawn = 0, []
    while True:
        view = commitments.sheet(snapshot, "p0", NOW, page)
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
    assert "No digest has been posted yet." in shown(digest_pages.chooser(snapshot, []))
    assert "Nothing here yet." in shown(commitments.sheet(snapshot, "p0", NOW))
    sound_message(panel.panel(snapshot, None, NOW))
    sound_view(people.join_form(snapshot, replace(NEW, name="", nation="")))
    sound_view(groups.settings_form(snapshot, NOW.date()))


def test_the_digest_of_nine_leaders_is_at_most_220_words_however_much_they_wrote() -> None:
    kept = [commitment_of(n, "plain", 60) for n in range(20)]
    made = digest_of(crowd(6, 9), round_(), [plate_of(n, "plain", 500) for n in range(9)], kept)
    assert made is not None
    message = screens.digest_message(made, zone="Europe/London")
    words = sum(len(shown([block]).split()) for block in message.blocks if block["type"] != "actions")
    assert 100 < words <= 220


@pytest.mark.parametrize("size", [1, 2, 3, 5, 9, 10, 14, 20, 29, 30, 47, 99, 100, 150, 200])
@pytest.mark.parametrize("organisations", [1, 6, 200])
def test_the_digest_is_as_short_whatever_the_size_of_the_group(size: int, organisations: int) -> None:
    kept = [commitment_of(n, "plain", min(size, 60)) for n in range(min(KEPT, 4 * size))]
    stuck = [replace(one, helpers=("p1", "p2", "p3"), state=State.STUCK) for one in kept[::5]]
    kept = list({one.id: one for one in [*kept, *stuck]}.values())
    made = digest_of(crowd(organisations, size), round_(), [plate_of(n, "plain", 300) for n in range(size)], kept)
    assert made is not None
    message = screens.digest_message(made, zone="Europe/London")
    drawn = shown([block for block in message.blocks if block["type"] != "actions"])
    assert len(drawn.split()) <= (220 if size <= 9 else 320)
    lines = [line for line in drawn.splitlines() if line.startswith("•")]
    assert 0 < len(lines) <= 12
    assert all(len(line.split()) <= 15 for line in drawn.splitlines() if line.startswith(("•", "  ")))
    assert screens.HEADINGS[Part.STUCK] in drawn or not stuck


def test_no_part_crowds_another_out_of_the_digest() -> None:
    kept = [commitment_of(n, "plain", 2) for n in range(60)]
    new = [replace(one, id=f"n{one.id}", state=State.MOVING, history=()) for one in kept]
    made = digest_of(crowd(6, 9), round_(), [], [*kept, *new], NOW - timedelta(seconds=1))
    assert made is not None
    drawn = shown(list(screens.digest_message(made, zone="UTC").blocks))
    for part in (Part.NEW, Part.STUCK, Part.DONE, Part.LET_GO):
        assert screens.HEADINGS[part] in drawn
    assert "Learnt: “" in drawn


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("size", [1, 3, 40])
def test_a_reply_of_an_organisation_fits_and_the_rest_is_a_press_away(script: str, size: int) -> None:
    made = full_digest(script, 1, size)
    message = digest_reply.reply_message(made, 0)
    sound_message(message)
    drawn = shown(list(message.blocks))
    assert said(script, 0, "o", 3000) in drawn
    assert len(message.text.encode()) <= 4000
    if size == 1:
        return
    [rest] = [one for block in message.blocks if block["type"] == "actions" for one in block["elements"]]
    page = action_payload.read(rest["value"]).page  # type: ignore[typeddict-item]
    assert said(script, 0, "o", 3000) in shown(digest_pages.whole(made, zone="UTC", page=page))


def test_things_that_weigh_much_stand_alone_on_their_pages() -> None:
    assert paged([1, 2, 3], lambda _: 90_000, 15) == [[1], [2], [3]]
    assert paged([1, 2, 3], lambda _: 10, 2) == [[1, 2], [3]]
    assert paged([1], lambda _: 10**9, 15) == [[1]]
    assert paged([], len, 15) == [[]]
