"""A name that looks like another's is another's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import alike, apart, bare, taken


@pytest.mark.parametrize(
    "name",
    [
        "margaret",
        "MARGARET",
        "  Margaret ",
        "Mar garet",
        "Márgarèt",
        "Margaret.",
        "Mar\u200bgaret",
        "Margaret\u2060",
        "\u202eMargaret",
        "Mar\u00adgaret",
        "M\u0430rg\u0430ret",  # Cyrillic а
        "\u039cargaret",  # Greek Μ
        "Ｍａｒｇａｒｅｔ",
        "𝐌𝐚𝐫𝐠𝐚𝐫𝐞𝐭",
    ],
)
def test_alike__what_reads_as_margaret_is_margaret(name: str) -> None:
    assert alike(name, "Margaret")
    assert alike("Margaret", name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("0livia", "Olivia"),
        ("A1ex", "Alex"),
        ("AIex", "Alex"),
        ("1an", "Ian"),
        ("lan", "Ian"),
        ("|an", "Ian"),
        ("Søren", "Soren"),
        ("Łukasz", "Lukasz"),
        ("Аoife", "Aoife"),
        ("Сергей", "Cергeй"),
        ("Ιωάννης", "Ιωαννης"),
        ("Mary-Ann", "Mary Ann"),
        ("O’Neill", "ONeill"),
        ("Jօ", "Jo"),  # Armenian օ
        ("Ꭺmir", "Amir"),  # Cherokee Ꭺ
        ("ᴊᴏ", "Jo"),
        ("ᴍᴀʀɪᴀ", "Maria"),
        ("Carneron", "Cameron"),
        ("ꓟargaret", "Margaret"),  # Lisu ꓟ
        ("🅼argaret", "Margaret"),
        ("🇲argaret", "Margaret"),
        ("M@rgaret", "Margaret"),
        ("Fire and Rescue", "Fire & Rescue"),
    ],
)
def test_alike__look_alike_letters_and_digits(name: str, other: str) -> None:
    assert alike(name, other)


@pytest.mark.parametrize(
    ("name", "other"),
    [("Margaret H.", "Margaret"), ("Ian", "Lan"), ("Jo", "Joe"), ("Wei", "Mei"), ("小明", "小紅"), ("🙂", "🙃")],
)
def test_alike__two_people_are_two(name: str, other: str) -> None:
    assert not alike(name, other)


def test_taken__names_whose_it_is() -> None:
    assert taken("mårgaret", ["Sam", "Margaret"]) == "Margaret"
    assert taken("Margaret H.", ["Sam", "Margaret"]) is None


def test_apart__gives_an_initial_that_nobody_has() -> None:
    assert apart("margaret", ["Margaret"]) == "margaret H."
    assert apart("Margaret", ["Margaret", "Margaret H"]) == "Margaret K."


@given(st.text(min_size=1).filter(str.strip))
def test_alike__every_name_is_like_itself_in_any_case_and_with_spaces(name: str) -> None:
    assert alike(name, name)
    assert alike(name, f" {name}\u200b ")


@given(st.text(min_size=1).filter(str.strip), st.lists(st.text(min_size=1).filter(str.strip), max_size=3))
def test_apart__what_it_suggests_may_be_used(name: str, others: list[str]) -> None:
    assert taken(apart(name, others), others) is None


@pytest.mark.parametrize(
    "name",
    [
        "Margaret (Riverside Police)",
        "Margaret(H)",
        "Margaret （Police）",
        "Margaret [Police]",
        "Margaret, Riverside Police",
        "Margaret – Police",
        "Margaret - Police (HQ)",
        "Margaret/Police",
        "Margaret · Riverside Police",
        "Margaret • Police",
    ],
)
def test_bare__is_what_stands_before_brackets_a_comma_or_a_dash(name: str) -> None:
    assert bare(name) == "Margaret"


def test_bare__a_hyphen_is_part_of_a_name() -> None:
    assert bare("Anne-Marie") == "Anne-Marie"
    assert bare("Marcel·la") == "Marcel·la"


def test_bare__a_name_that_begins_with_one_is_left_as_it_is() -> None:
    assert bare("(Jo)") == "(Jo)"
