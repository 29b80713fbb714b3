"""What stands in a block: the blocks in a container, the cards of a carousel, and the elements in any of them."""

from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def blocks(given: list[Json], pointer: str) -> Iterator[tuple[str, Json]]:
    """Every block with its JSON pointer, those in other blocks included. Their outline has to be sound."""
    for index, block in enumerate(given):
        here = f"{pointer}/{index}"
        yield here, block
        if block["type"] == "container":
            yield from blocks(block["child_blocks"], f"{here}/child_blocks")
        elif block["type"] == "carousel":
            yield from blocks(block["elements"], f"{here}/elements")


def elements(block: Json) -> list[tuple[str, Json]]:
    """A block's own elements, with where they stand in it; images are none."""
    kind = block["type"]
    if kind == "input":
        return [("/element", block["element"])]
    if kind in ("actions", "context_actions", "card"):
        key = "actions" if kind == "card" else "elements"
        return [(f"/{key}/{index}", one) for index, one in enumerate(block.get(key) or [])]
    accessory = block.get("accessory")
    return [("/accessory", accessory)] if accessory and accessory["type"] != "image" else []
