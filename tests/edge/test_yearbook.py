"""`between year`: the page and its figures as files, of one group or of all, beside a bot or without one."""

from __future__ import annotations

import csv
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.settings import CannotStart
from bot.storage import RedisStore
from bot.yearbook import laid_down, written
from tests.stage import Stage, staged
from tests.stories.test_year import commit

SECRET = "zanzibar"
FILES = {"page.html", "commitments.csv", "themes.csv", "introductions.csv", "pulse.csv"}


@pytest.fixture
async def held(redis_url: str, store: RedisStore):
    async with staged(redis_url) as stage:
        await stage.gather("Jo")
        await commit(stage, "Jo", "Keep four beds.", "beds, =1+1")
        await stage.at("2026-11-25 09:00")
        await stage.press("Jo", "Answer")
        assert await stage.send("Jo", {"For me": SECRET, "everyone_sees": []}) is None
        yield stage


async def test_of_one_group_it_lies_in_the_folder_itself(held: Stage, tmp_path: Path) -> None:
    books = await written(held.bot.settings, "young CARERS", held.clock.now())
    assert list(laid_down(books, tmp_path / "new" / "year")) == [str(tmp_path / "new" / "year" / "page.html")]
    assert {path.name for path in (tmp_path / "new" / "year").iterdir()} == FILES
    assert not [one for one in books[""].values() if SECRET.encode() in one]
    page = (tmp_path / "new" / "year" / "page.html").read_text("utf-8")
    assert "<h1>Young carers: our year</h1>" in page
    assert "We held 1 commitment. Open now: 1 moving." in page
    assert "<script" not in page
    assert not [
        word for word in ("Jo", "Sam", "Keep four beds", "http://", "https://") if word in _without_names(page)
    ]
    themes = (tmp_path / "new" / "year" / "themes.csv").read_text("utf-8-sig")
    assert list(csv.reader(themes.splitlines()))[1:] == [
        ["'=1+1", "1", "0", "0", "1"],
        ["beds", "1", "0", "0", "1"],
    ]


def _without_names(page: str) -> str:
    """What SVG calls its own language is no address to load."""
    return page.replace("http://www.w3.org/2000/svg", "").replace("http://www.w3.org/1999/xlink", "")


async def test_of_all_each_has_a_folder_of_its_own(held: Stage, tmp_path: Path) -> None:
    books = await written(held.bot.settings, "all", held.clock.now())
    ((folder, book),) = books.items()
    assert folder.startswith("young-carers-")
    assert set(book) == FILES
    (said,) = laid_down(books, tmp_path)
    assert Path(said).parent.name == folder


async def test_a_group_that_is_none_is_answered_with_those_there_are(held: Stage) -> None:
    with pytest.raises(CannotStart) as told:
        await written(held.bot.settings, "old carers", held.clock.now())
    assert str(told.value).startswith("No group has that name. There are: Young carers (")


async def test_two_of_one_name_are_told_apart_by_their_ids(held: Stage) -> None:
    store = held.bot.deps.store
    (one,) = (await store.groups.many(await store.index.groups())).values()
    other = replace(one, id="g2")
    await store.groups.change("g2", lambda _: other)
    await store.index.list_group("g2")
    with pytest.raises(CannotStart) as told:
        await written(held.bot.settings, "Young carers", held.clock.now())
    assert "Say which by its id: Young carers (" in str(told.value)
    assert set(await written(held.bot.settings, "g2", held.clock.now())) == {""}


class _Attributes(HTMLParser):
    """Every name of an attribute on the page, and what its pictures are called."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.pictures: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {name for name, _ in attrs}
        self.pictures += [value or "" for name, value in attrs if (tag, name) == ("svg", "aria-label")]


async def test_a_tag_with_a_quote_in_it_is_words_on_the_page_and_no_script(held: Stage) -> None:
    tag = '" onload="alert(1)'
    assert await commit(held, "Jo", "Ring each school.", f"{tag}, <b>&amp") is None
    books = await written(held.bot.settings, "young carers", held.clock.now())
    found = _Attributes(books[""]["page.html"].decode())
    assert not {name for name in found.names if name.startswith("on")}
    assert [one for one in found.pictures if tag in one and "<b>&amp" in one]
