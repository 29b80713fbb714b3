"""What three libraries say about a block: slackblocks, blockkit and slack_sdk's models, asked one after another."""

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from playground.defects import Defect
from playground.library import NoOpinion, Objection
from playground.opinion_blockkit import BLOCKKIT
from playground.opinion_slackblocks import SLACKBLOCKS

Json = dict[str, Any]


def on_block(block: Json, pointer: str) -> Iterator[Defect]:
    """The first objection of the three to a block whose outline is sound."""
    for fault in _said(json.dumps(block, sort_keys=True)):
        yield Defect(fault.code, pointer + fault.pointer, fault.message)


@lru_cache(maxsize=4096)
def _said(text: str) -> tuple[Defect, ...]:
    """Judged once for every block that looks the same; apps send the same blocks again and again."""
    block = json.loads(text)
    for ask in (SLACKBLOCKS.block, BLOCKKIT.block, _ask_sdk):
        try:
            ask(block, "")
        except Objection as objection:
            return (Defect(_code(objection.message), objection.pointer, objection.message),)
        except NoOpinion:
            continue
    return ()


def _ask_sdk(block: Json, pointer: str) -> None:
    try:
        parsed = Block.parse(block)
        if parsed:
            parsed.to_dict()
    except SlackObjectFormationError as objection:
        raise Objection(pointer, str(objection)) from None
    except (TypeError, AttributeError, ValueError):
        raise NoOpinion from None


def _code(message: str) -> str:
    """The libraries' many wordings of a limit, as one code; whatever else they say is `invalid`."""
    said = message.casefold()
    limits = ("length", "characters", "maximum", "max_size", "min_size", "at most", "exceed", "between")
    return "over_limit" if any(word in said for word in limits) else "invalid"
