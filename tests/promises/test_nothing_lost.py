"""Nothing lost: an answer is saved before the form closes, or the words come back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.embedded.server import EmbeddedServer
from tests.stage import staged


@pytest.mark.slow
async def test_redis_dies_as_jo_saves_and_the_words_come_back_and_save_at_the_next_try(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "d")
    server.start()
    try:
        async with staged(server.url) as stage:
            await stage.gather("Jo")
            await stage.at("2026-11-25 09:00")
            jo = stage.person("Jo")
            await stage.press("Jo", "Answer")
            await jo.fill("For Riverside Hospitals Trust", "Beds are full again.")
            await jo.fill("For me", "Tired.")
            server.stop()
            assert await jo.submit() is None
            form = stage.modal("Jo")
            said = "*I couldn't save that. Your words are below so nothing is lost; tap to try again.*"
            assert said in form
            assert "[Beds are full again.]" in form
            assert "[Tired.]" in form
            server.start()
            assert await jo.submit() is None
            assert jo.modal is None
            await stage.settle()
            assert stage.dm("Jo").startswith("(Saved for Young carers.)")
            await stage.press("Jo", "Change")
            assert "[Beds are full again.]" in stage.modal("Jo")
    finally:
        server.stop()


@pytest.mark.slow
async def test_a_press_while_redis_is_gone_says_so_and_changes_nothing(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "d")
    server.start()
    try:
        async with staged(server.url) as stage:
            await stage.gather("Jo")
            await stage.at("2026-11-25 09:00")
            server.stop()
            await stage.person("Jo").press(stage.dms("Jo")[-1], "Skip this one")
            assert "I can't reach my memory just now, so nothing was changed." in stage.notes("Jo")[-1]
            server.start()
            await stage.press("Jo", "Skip this one")
            assert stage.dm("Jo").startswith("(Young carers. Skipped.")
    finally:
        server.stop()
