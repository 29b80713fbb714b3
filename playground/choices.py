"""Finding a button, menu or field by what a person sees, and turning what they chose into an answer."""

from collections.abc import Callable
from typing import Any

from playground import written
from playground.actor import PersonCannot
from playground.forms import ANSWERS, TEXTS, controls, options
from playground.world import Unknown, World

Json = dict[str, Any]
Found = tuple[Json, Json]
BUTTONS = {"button", "workflow_button", "icon_button"}
FEEDBACK = ("positive_button", "negative_button")


def words(text: Json | None) -> str:
    return str((text or {}).get("text", ""))


def names(block: Json, element: Json) -> set[str]:
    """Everything by which somebody may point at this element."""
    shown = [words(element.get("text")), words(element.get("placeholder")), words(block.get("label"))]
    if block["type"] == "section":
        shown.append(words(block.get("text")).strip("*_ "))
    known = [element.get("action_id", ""), block.get("block_id", ""), element.get("accessibility_label", "")]
    return {name.casefold() for name in (*shown, *known) if name}


def find(blocks: list[Json], wanted: str, fits: Callable[[Json], bool], value: str | None = None) -> Found:
    """The one element called `wanted`; if several share the name, `value` (a button's) must tell them apart."""
    every = [(block, element) for block, element in controls(blocks) if fits(element)]
    found = [(block, element) for block, element in every if wanted.casefold() in names(block, element)]
    exact = [one for one in found if one[1].get("action_id") == wanted]
    found = exact or found
    if value is not None:
        found = [one for one in found if one[1].get("value") == value]
    if len(found) == 1:
        return found[0]
    seen = sorted({words(one.get("text")) or words(block.get("label")) or one["action_id"] for block, one in every})
    if not found:
        raise PersonCannot(f"There is no {wanted!r} here. There is: {', '.join(seen) or 'nothing to use'}.")
    raise PersonCannot(f"There are {len(found)} called {wanted!r} here; say which.")


def is_button(element: Json) -> bool:
    return element["type"] in BUTTONS


def is_menu(element: Json) -> bool:
    return element["type"] in ("overflow", "feedback_buttons") or (
        element["type"] in ANSWERS and element["type"] not in TEXTS
    )


def is_field(element: Json) -> bool:
    return element["type"] in ANSWERS


def pick(element: Json, wanted: str) -> Json:
    """The option with this label or value."""
    for option in options(element):
        if wanted in (words(option["text"]), option.get("value")):
            return option
    offered = ", ".join(words(option["text"]) for option in options(element))
    raise PersonCannot(f"{wanted!r} is not offered. Offered: {offered or 'nothing'}.")


def thumb(element: Json, wanted: str) -> Json:
    """What an app is told of one of a pair of feedback buttons, found by its words or its value."""
    both = [element[side] for side in FEEDBACK]
    for one in both:
        if wanted in (words(one["text"]), one["value"]):
            return {"text": one["text"], "value": one["value"]}
    raise PersonCannot(f"{wanted!r} is not offered. Offered: {', '.join(words(one['text']) for one in both)}.")


def chosen(world: World, element: Json, wanted: Any) -> Any:
    """The answer this element gives once a person chooses or types `wanted` (a list where many may be chosen)."""
    key = ANSWERS[element["type"]][0]
    many = list(wanted) if isinstance(wanted, list | tuple | set) else ([] if wanted is None else [wanted])
    if element["type"] in TEXTS:
        return None if wanted in (None, "") else str(wanted)
    if element["type"] == "rich_text_input":
        return wanted if isinstance(wanted, dict) else written.rich(str(wanted or ""))
    if wanted is None and not key.endswith("s"):
        return None
    if key == "selected_option":
        return wanted if isinstance(wanted, dict) else pick(element, str(wanted))
    if key == "selected_options":
        _not_too_many(element, many)
        return [one if isinstance(one, dict) else pick(element, str(one)) for one in many]
    if key.endswith("s"):
        _not_too_many(element, many)
        return [_known(world, key, str(one)) for one in many]
    return _known(world, key, wanted)


def _not_too_many(element: Json, many: list[Any]) -> None:
    most = element.get("max_selected_items")
    if most and len(many) > most:
        raise PersonCannot(f"No more than {most} can be chosen.")


def _known(world: World, key: str, wanted: Any) -> Any:
    """A person's or channel's id for their name; anything else as it is. A conversation may be a person."""
    try:
        if key.startswith("selected_user"):
            return world.user(str(wanted)).id
        if key.startswith("selected_channel"):
            return world.channel(str(wanted)).id
        if key.startswith("selected_conversation"):
            return _conversation(world, str(wanted))
    except Unknown as unknown:
        raise PersonCannot(str(unknown)) from None
    return wanted


def _conversation(world: World, called: str) -> str:
    try:
        return world.channel(called).id
    except Unknown:
        return world.user(called).id
