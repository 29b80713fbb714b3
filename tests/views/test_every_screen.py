"""Any names, plates and commitments give screens that Slack takes, in which nobody's words do anything."""

from __future__ import annotations

import inspect
import typing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from bot.ports import Message, View
from bot.views import (
    about,
    absence,
    action_payload,
    ahead,
    announcements,
    as_filled,
    asks,
    audience,
    blocks,
    brief,
    capture,
    change,
    checkin,
    commitments,
    convening,
    data_link,
    dates,
    digest,
    digest_pages,
    digest_reply,
    digest_room,
    erasure,
    first_step,
    groups,
    handover,
    home,
    html,
    identity,
    inputs,
    inquiry,
    inquiry_answers,
    inquiry_sheet,
    installation,
    introductions,
    item_words,
    leaders_menu,
    learnt,
    letter,
    line_of_sight,
    matching,
    matters,
    menu,
    news,
    offers,
    open_now,
    organisation_data,
    organisations,
    paging,
    panel,
    passing,
    people,
    personal_data,
    plate,
    preview,
    problem_sentences,
    problems,
    progress,
    pulse,
    purpose,
    purpose_sheet,
    put_to_all,
    questions,
    quiet,
    reach,
    recurrence,
    review,
    review_shown,
    roster,
    saved,
    second_account,
    spreadsheet,
    tags,
    tending,
    timetable,
    trouble,
    twenty_minutes,
    usage,
    welcome,
    what_for,
    what_for_doors,
    why,
    words,
    year,
    year_charts,
    year_page,
    year_tables,
)
from bot.views import typed as in_the_dm
from tests.views.screens import SCREENS
from tests.views.screens.shared import TYPED_AT
from tests.views.sound import sound_message, sound_view
from tests.views.typed import NOW, Scene, scenes

NOUNS = (
    about,
    absence,
    ahead,
    announcements,
    asks,
    audience,
    brief,
    capture,
    change,
    checkin,
    commitments,
    convening,
    data_link,
    digest,
    digest_pages,
    digest_reply,
    erasure,
    first_step,
    groups,
    panel,
    home,
    identity,
    inquiry,
    inquiry_answers,
    inquiry_sheet,
    installation,
    introductions,
    learnt,
    letter,
    line_of_sight,
    matters,
    menu,
    news,
    offers,
    open_now,
    organisation_data,
    organisations,
    people,
    personal_data,
    plate,
    preview,
    problems,
    progress,
    purpose,
    purpose_sheet,
    pulse,
    questions,
    quiet,
    review,
    review_shown,
    roster,
    saved,
    second_account,
    timetable,
    trouble,
    twenty_minutes,
    in_the_dm,
    welcome,
    what_for,
    why,
    year,
    handover,
)
PARTS = (
    *(
        action_payload,
        as_filled,
        item_words,
        usage,
        blocks,
        dates,
        digest_room,
        inputs,
        leaders_menu,
        matching,
        paging,
        problem_sentences,
        put_to_all,
        passing,
        reach,
        recurrence,
        tending,
        what_for_doors,
    ),
    *(spreadsheet, tags, tending, words),
)
"""What screens are made of; they draw none themselves."""
PRINTED = (html, year_charts, year_page, year_tables)


PARTS_OF_SCREENS = 6

unhurried = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],  # all screens anew for each smaller example would take minutes
)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS_OF_SCREENS))
@given(scenes())
@unhurried
def test_whatever_people_are_called_and_wrote_slack_takes_every_screen(part: int, scene: Scene) -> None:
    """In parts, so that none takes long on a busy machine."""
    for name, draw in [*SCREENS.items()][part::PARTS_OF_SCREENS]:
        note(name)
        drawn = draw(scene)
        if isinstance(drawn, Message):
            sound_message(drawn)
        else:
            sound_view(drawn)


@pytest.mark.slow
@given(scenes())
@settings(unhurried, max_examples=5)
def test_a_screen_drawn_twice_shares_nothing_that_could_be_changed(scene: Scene) -> None:
    for name, draw in SCREENS.items():
        note(name)
        first, second = draw(scene), draw(scene)
        assert first == second
        assert not _containers(first) & _containers(second)


def _containers(drawn: Message | View) -> set[int]:
    """The identity of every dict and list in it, both of them alive."""
    found: set[int] = set()
    waiting: list[Any] = [*drawn.blocks] if isinstance(drawn, Message) else [drawn]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            found.add(id(one))
            waiting += one.values() if isinstance(one, dict) else one
    return found


@pytest.mark.slow
@given(st.lists(scenes(), min_size=2, max_size=7))
@unhurried
def test_somebody_in_many_groups_has_a_home_and_a_choice_among_them(several: list[Scene]) -> None:
    """Each group has the same buttons, in a row of its own: an action id stands once in its block."""
    view = home.home(several[0].me, [one.section for one in several], NOW)
    sound_view(view, groups=len(several))
    if len(several) > home.MOST_GROUPS:
        assert "more: press More in their channels." in str(view["blocks"][-1])
    groups = [one.snapshot.group for one in several]
    sound_message(menu.choose_group(groups, menu.more_button), groups=len(several))
    sound_message(in_the_dm.which_group(groups, several[0].me.id, TYPED_AT), groups=len(several))


def _drawn_by(noun: ModuleType) -> set[str]:
    """Its public functions that draw a whole message, form or Home."""
    short = noun.__name__.rpartition(".")[2]
    return {
        f"{short}.{name}"
        for name, function in inspect.getmembers(noun, inspect.isfunction)
        if function.__module__ == noun.__name__
        and not name.startswith("_")
        and typing.get_type_hints(function).get("return") in (Message, View)
    }


def test_every_screen_there_is_was_drawn() -> None:
    known = {name.split()[0] for name in SCREENS}
    assert set().union(*(_drawn_by(noun) for noun in NOUNS)) == known


def test_every_file_of_views_was_looked_at() -> None:
    files = {path.stem for path in Path(action_payload.__file__).parent.glob("*.py")} - {"__init__"}
    assert files == {module.__name__.rpartition(".")[2] for module in (*NOUNS, *PARTS, *PRINTED)}
