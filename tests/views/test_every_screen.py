"""Any names, plates and commitments give screens that Slack takes, in which nobody's words do anything."""

from __future__ import annotations

import inspect
import pkgutil
import typing
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from bot import views
from bot.ports import Message, View
from bot.views import as_filled, blocks, home, menu
from bot.views import typed as in_the_dm
from tests.views.screens import SCREENS
from tests.views.screens.shared import TYPED_AT
from tests.views.sound import sound_message, sound_view
from tests.views.typed import NOW, Scene, scenes

SCREENS_ARE_MADE_BY = (as_filled, blocks)
"""They draw no screen of their own. Every other file of views may."""

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


def _drawn_by(file: ModuleType) -> set[str]:
    """Its public functions that draw a whole message, form or Home."""
    short = file.__name__.rpartition(".")[2]
    return {
        f"{short}.{name}"
        for name, function in inspect.getmembers(file, inspect.isfunction)
        if function.__module__ == file.__name__
        and not name.startswith("_")
        and typing.get_type_hints(function).get("return") in (Message, View)
    }


def test_every_screen_there_is_was_drawn() -> None:
    files = [import_module(f"{views.__name__}.{file.name}") for file in pkgutil.iter_modules(views.__path__)]
    known = {name.split()[0] for name in SCREENS}
    assert set().union(*(_drawn_by(file) for file in files if file not in SCREENS_ARE_MADE_BY)) == known
