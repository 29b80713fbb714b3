"""A sheet's page is turned in its place, and a sheet is opened on top of what is there."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import bot.views
from bot.views.action_payload import ActionPayload
from handlers.incoming import Press, identity_of

MODULES = [importlib.import_module(f"bot.views.{one.name}") for one in pkgutil.iter_modules(bot.views.__path__)]


def press(action_id: str) -> Press:
    return Press(who=identity_of("U1", "T1"), team_id="T1", payload=ActionPayload(), action_id=action_id)


@pytest.mark.parametrize("page", sorted(one.PAGE for one in MODULES if isinstance(getattr(one, "PAGE", None), str)))
def test_turns_page__holds_for_every_button_that_shows_another_page(page: str) -> None:
    assert press(f"{page}:next").turns_page


def test_turns_page__holds_for_no_button_that_opens_a_sheet() -> None:
    opening = {
        value
        for module in MODULES
        for name, value in vars(module).items()
        if name.isupper() and name != "PAGE" and isinstance(value, str) and value.isidentifier()
    }
    assert len(opening) > 100
    assert [value for value in sorted(opening) if press(value).turns_page] == []
