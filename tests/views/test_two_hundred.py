"""A group of two hundred, of one, and of nobody: every screen inside Slack's limits, and no word lost."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.commitments import Commitment, FirstStep, Progress, State
from bot.domain.digest import Digest, Part
from bot.domain.groups import ChannelTrouble, MessageRef
from bot.domain.home import HomeSection
from bot.domain.matters import Matter, MatterCode
from bot.domain.people import About
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.snapshot import GroupSnapshot
from bot.views import (
    action_payload,
    audience,
    checkin,
    commitments,
    digest_pages,
    digest_reply,
    groups,
    home,
    people,
    plate,
    progress,
    welcome,
)
from bot.views import digest as screens
from bot.views.paging import paged
from tests.views.sound import shown, sound_message, sound_view
from tests.views.typed import NOW, circle_of, digest_of, group, person, round_

SIZE, KEPT = 200, 300
ARCHIVED = ChannelTrouble(code="is_archived", since=NOW, try_at=NOW)
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
        may_lead=n == 7,
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
    assert ", under See commitments." in text
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


def _pages(made: Digest) -> range:
    return range(int(re.search(r"Page 1 of (\d+)", shown(digest_pages.whole(made, zone="UTC")))[1]))  # type: ignore[index]


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


def section_of(script: str, **more: Any) -> HomeSection:
    """Everything that a group's section can say, and more than it has room for."""
    kept = [replace(commitment_of(n, script), helpers=("p7",)) for n in range(KEPT) if list(State)[n % 6].open]
    snapshot = crowd(200)
    digest = replace(full_digest("plain", 1, 2), posted=MessageRef(team_id="T1", channel="C1", ts="1.0"))
    snapshot = replace(
        snapshot,
        viewer="p0",
        group=replace(snapshot.group, convenor=None, trouble=ARCHIVED),
        commitments={one.id: one for one in kept},
        digests={digest.round: digest},
    )
    since, until = NOW, NOW + timedelta(days=9)
    told = [
        Matter(person_id="p0", code=MatterCode.UNHELD, subject=f"{one.id}.p0", since=since, until=until)
        for one in kept[:9]
    ]
    return HomeSection(
        snapshot=snapshot,
        round=round_(),
        plate=plate_of(0, script),
        tended=kept,
        next_meeting=NOW + timedelta(days=4),
        unsent=True,
        waiting=True,
        matters=tuple(told),
        **more,
    )


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("groups", [1, 2, 3, 5, 8])
def test_home_of_eight_groups_of_two_hundred(script: str, groups: int) -> None:
    away = replace(person("p0"), away_until=(NOW + timedelta(days=9)).date())
    view = home.home(away, [section_of(script)] * groups, NOW)
    sound_view(view, groups=groups)
    text = shown(view)
    assert text.count("What the group holds") == groups
    assert text.count("Last digest: today") == groups
    assert text.count("can help") >= groups
    assert text.count("Answer has all of it") == 3 * groups
    assert text.count("For you") >= groups
    beyond = home.home(away, [section_of(script)] * (groups + home.MOST_GROUPS), NOW)
    assert len(beyond["blocks"]) <= 100
    assert f"And {groups} group" in shown(beyond)


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
    assert "No digest has been posted yet." in shown(digest_pages.chooser(snapshot, []))
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
