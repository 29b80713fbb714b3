"""What a browser posted, read back as the answers of a message's or view's fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground import written
from playground.forms import ANSWERS, controls, options, state
from playground.page.surface import Surface, name

Json = dict[str, Any]
Form = dict[str, list[str]]
Found = tuple[Json, Json]


def find(blocks: list[Json], block_id: str, action_id: str) -> Found | None:
    """The element a click came from, with its block, if it still stands there."""
    pairs = controls(blocks)
    return next((p for p in pairs if p[0].get("block_id") == block_id and p[1].get("action_id") == action_id), None)


def read(blocks: list[Json], form: Form, ui: Surface, known: Sequence[Json] = ()) -> dict[str, Json]:
    """All answers as `state.values`. `known` are options an app offered meanwhile, for external selects."""
    values: dict[str, Json] = {}
    for block, element in controls(blocks):
        if element["type"] in ANSWERS:
            said = form.get(name(block, element), [])
            rich = element["type"] == "rich_text_input"
            given = _rich(block, element, said, ui) if rich else answer(element, said, ui, known)
            values.setdefault(block.get("block_id", ""), {})[element.get("action_id", "")] = state(element, given)
    return values


def answer(element: Json, posted: Sequence[str], ui: Surface, known: Sequence[Json] = ()) -> Any:
    """One element's answer: words, an id, a date, options; None or an empty list where nothing was given."""
    key, _ = ANSWERS[element["type"]]
    given = [one.replace("\r\n", "\n") for one in posted if one]
    if key in ("selected_option", "selected_options"):
        chosen = [option for option in _offered(element, known) if option["value"] in given]
        return chosen if key.endswith("s") else next(iter(chosen), None)
    if key.endswith("s"):
        return given
    first = given[0] if given else None
    return ui.unix(first) if first and element["type"] == "datetimepicker" else first


def _rich(block: Json, element: Json, posted: Sequence[str], ui: Surface) -> Any:
    """What stood there before, if nobody touched its words; else the new words, without any formatting."""
    before = ui.now_at(block, element)
    typed = next(iter(posted), "").replace("\r\n", "\n")
    return before if before and typed == ui.words(before) else written.rich(typed)


def _offered(element: Json, known: Sequence[Json]) -> list[Json]:
    """Every option once; what the app filled in counts as offered."""
    initial = [
        *element.get("initial_options", []),
        *([element["initial_option"]] if "initial_option" in element else []),
    ]
    every = [*options(element), *initial, *known]
    return list({option["value"]: option for option in every}.values())
