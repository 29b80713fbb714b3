"""All of a digest, in pages; and which digest to read."""

from __future__ import annotations

from functools import partial

from bot.domain.digest import Digest, PlateLine
from bot.domain.digest_lines import CommitmentLine
from bot.domain.felt import Felt
from bot.domain.snapshot import GroupSnapshot
from bot.ports import View
from bot.ports.blocks import Block
from bot.views import blocks, inputs
from bot.views.action_payload import ActionPayload
from bot.views.digest import WHOLE, aim_at, day_of, felt_part, lanes_of, move, name_of, title, told
from bot.views.paging import paged, turns, weight
from bot.views.pulse import pulse_part
from bot.views.tending import tenders_line

PICK = "digest_pick"
MOST_ON_A_PAGE = 80

Item = Felt | CommitmentLine | tuple[PlateLine, str]
"""What a page of the whole digest holds: a plate is one item for each lane, named as in `lanes_of`."""


def whole(digest: Digest, *, zone: str, page: int = 0) -> View:
    """Every word of a digest, in pages."""
    pages = _pages(digest)
    page = max(0, min(page, len(pages) - 1))
    parts = [blocks.aside(f"{title(digest, zone)}. Page {page + 1} of {len(pages)}.")]
    parts += pulse_part(digest) if page == 0 else []
    here = ActionPayload(group=digest.group_id, round=digest.round, page=page)
    return blocks.sheet("Digest", *parts, *_page(digest, pages[page]), *turns(WHOLE, here, len(pages)))


def chooser(snapshot: GroupSnapshot, digests: list[Digest]) -> View:
    """Which digest to read, newest first; Slack holds a hundred choices."""
    if not digests:
        return blocks.sheet("Digests", blocks.section("No digest has been posted yet."))
    zone = snapshot.group.zone
    options = [
        inputs.option(day_of(d.composed_at, zone, None), aim_at(d))
        for d in sorted(digests, key=lambda d: d.composed_at, reverse=True)[:100]
    ]
    return blocks.sheet("Digests", blocks.section("Which one?", inputs.select(PICK, options)))


def _pages(digest: Digest) -> list[list[Item]]:
    """What stands on each page of the sheet."""
    items: list[Item] = [*([digest.felt] if digest.felt else []), *digest.commitments]
    items += [(line, label) for line in digest.plates for label in lanes_of(line)]
    return paged(items, _weight, MOST_ON_A_PAGE)


def page_of(digest: Digest, line: PlateLine) -> int:
    """The page where somebody's words begin."""
    pages = _pages(digest)
    return next((n for n, page in enumerate(pages) if any(isinstance(i, tuple) and i[0] == line for i in page)), 0)


def _weight(item: Item) -> int:
    if isinstance(item, Felt):
        return weight(item.text)
    if isinstance(item, CommitmentLine):
        return weight(item.what, item.note)
    line, label = item
    return weight(lanes_of(line)[label])


def _page(digest: Digest, items: list[Item]) -> list[Block]:
    """Each in full. An organisation is named where its words begin, and at the head of each page."""
    parts: list[Block] = []
    organisation = ""
    for item in items:
        of = ""
        if isinstance(item, Felt):
            parts += felt_part(digest)
        elif isinstance(item, CommitmentLine):
            tended = tenders_line(partial(name_of, digest), item.tenders) or "held by nobody"
            # what several said stands under no one's name
            says = f". {name_of(digest, item.by)}:" if item.note and item.of_one else ""
            stands = blocks.spoken(f"{move(item)} — {tended}{says}")
            parts.append(blocks.rich(stands, *([blocks.quoted(item.note)] if item.note else [])))
        else:
            line, label = item
            of = line.organisation
            named = "" if of == organisation else of
            parts.append(told(digest, named, [(line, {label: lanes_of(line)[label]})]))
        organisation = of
    return parts
