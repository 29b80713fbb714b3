"""The digest: one change people felt; what moved, is stuck, was let go; plates by organisation in their words."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from bot.domain.commitments import State
from bot.domain.digest import CommitmentLine, Digest, Felt, PlateLine
from bot.domain.hours import to_local
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.commitments import HELP, named, tenders_line
from bot.views.dates import say_day
from bot.views.paging import paged, turns, weight
from bot.views.plate import question_words
from bot.views.words import contained, count, cut, cut_markup, escape, listed, one_line

WHOLE = "digest_whole"
PICK = "digest_pick"

PLATES_ROOM = 9000
"""Characters of leaders' words in the posted digest; the whole is one button away."""
LEAST_EACH = 160
MOST_COMMITMENTS = 12
MOST_STUCK = 5
MOST_ON_A_PAGE = 80
MOST_ORGANISATIONS = 24
"""Blocks of plates, so that a post stays under Slack's fifty whatever else it holds."""

Item = Felt | CommitmentLine | tuple[PlateLine, str]
"""What a page of the whole digest holds: a plate is one item for each lane, named as in `_lanes`."""


def digest_message(digest: Digest, *, zone: str) -> Message:
    """The post, inside Slack's limits whatever the size of the group; what is left out is said, and where it is."""
    plates, left_out, cut_short = _plates(digest)
    parts = [blocks.header(_title(digest)), *_felt(digest), *_commitments(digest)]
    parts += [blocks.section(f"*{count(digest.shared, 'plate')} shared*")] if digest.plates else []
    parts += plates
    parts += _left_out(digest, left_out, cut_short)
    everything = blocks.button("Read it all", f"{WHOLE}:0", _aim(digest))
    parts += [blocks.row(everything, menu.share_button(digest.group_id), menu.more_button(digest.group_id))]
    if digest.corrected_at:
        parts.append(blocks.context(f"Corrected {_day(digest.corrected_at, zone, digest.composed_at)}."))
    return blocks.message(plain(digest), *parts)


def nothing_left(digest: Digest) -> Message:
    """What a posted digest becomes when all of it was pulled back."""
    words = f"{digest.group_name}: everything in this digest was pulled back by its authors."
    return blocks.message(escape(words), blocks.paragraph(words), blocks.row(menu.more_button(digest.group_id)))


def plain(digest: Digest) -> str:
    """The whole digest as text, for notifications and screen readers."""
    lines = [f"{_title(digest)}."]
    if digest.felt:
        who = digest.names.get(digest.felt.by, "a leader")
        lines.append(f"People noticed: {contained(digest.felt.text)} ({who})")
    lines += [_move(c) + (f" ({contained(c.note)})" if c.note else "") for c in digest.commitments]
    lines += [f"{count(digest.shared, 'plate')} shared."] if digest.plates else []
    lines += [
        f"{', '.join(filter(None, (p.name, p.organisation)))}: {' / '.join(map(contained, _lanes(p).values()))}"
        for p in digest.plates
    ]
    return cut_markup(escape(cut("\n".join(lines), 3900)), blocks.LONGEST_TEXT)


def whole(digest: Digest, *, zone: str, page: int = 0) -> View:
    """Every word of a digest, in pages."""
    pages = _pages(digest)
    page = max(0, min(page, len(pages) - 1))
    day = _day(digest.composed_at, zone, None)
    parts = [blocks.aside(f"{_title(digest)}, {day}. Page {page + 1} of {len(pages)}.")]
    here = ActionPayload(group=digest.group_id, round=digest.round, page=page)
    return blocks.sheet("Digest", *parts, *_page(digest, pages[page]), *turns(WHOLE, here, len(pages)))


def chooser(snapshot: GroupSnapshot, digests: list[Digest]) -> View:
    """Which digest to read, newest first; Slack holds a hundred choices."""
    if not digests:
        return blocks.sheet("Digests", blocks.section("No digest has been posted yet."))
    zone = snapshot.group.zone
    options = [
        blocks.option(f"{_day(d.composed_at, zone, None)} ({count(d.shared, 'plate')})", _aim(d))
        for d in sorted(digests, key=lambda d: d.composed_at, reverse=True)[:100]
    ]
    return blocks.sheet("Digests", blocks.section("Which one?", blocks.select(PICK, options)))


def _title(digest: Digest) -> str:
    return f"{one_line(digest.group_name, 100)}: the digest"


def _felt(digest: Digest) -> list[Block]:
    if digest.felt is None:
        return []
    who = digest.names.get(digest.felt.by, "A leader")
    return [blocks.paragraph(Bold("What people noticed"), f", {who}"), blocks.quote(cut(digest.felt.text, 600))]


def _commitments(digest: Digest) -> list[Block]:
    parts: list[Block] = []
    shown = digest.commitments[:MOST_COMMITMENTS]
    for state, lines in groupby(shown, key=lambda c: c.state):
        each = list(lines)
        if state is State.STUCK:
            parts += [blocks.paragraph(Bold(named(state)))]
            parts += [_stuck(digest, line) for line in each[:MOST_STUCK]]
            each = each[MOST_STUCK:]
        if each:
            parts += [blocks.paragraph(Bold(named(state)), *(f"\n{_commitment(digest, c)}" for c in each))]
    return parts


def _stuck(digest: Digest, line: CommitmentLine) -> Block:
    value = action_payload.write(ActionPayload(group=digest.group_id, subject=line.commitment_id))
    help_button = blocks.button("I can help", f"{HELP}:{line.commitment_id}", value)
    return blocks.line(_commitment(digest, line), help_button)


def _commitment(digest: Digest, line: CommitmentLine) -> str:
    note = f": “{one_line(line.note, 120)}”" if line.note else ""
    return f"• {one_line(line.what, 160)} — {one_line(_tenders(digest, line), 80)}{note}"


def _plates(digest: Digest) -> tuple[list[Block], int, bool]:
    """Blocks by organisation; how many plates did not fit; whether any words were cut."""
    most = len(digest.plates) and max(LEAST_EACH, PLATES_ROOM // len(digest.plates))
    parts: list[Block] = []
    used, shown, cut_short = 0, 0, False
    for organisation, lines in groupby(digest.plates, key=lambda p: p.organisation):
        fitting: list[tuple[PlateLine, dict[str, str]]] = []
        for line in lines:
            size = min(sum(map(len, _lanes(line).values())), most) + 60
            if used + size <= PLATES_ROOM * 1.3 and len(parts) < MOST_ORGANISATIONS:
                used, shown = used + size, shown + 1
                fitting.append((line, _cut_lanes(line, most)))
        if fitting:
            parts.append(_told(digest, organisation, fitting))
            cut_short = cut_short or any(lanes != _lanes(line) for line, lanes in fitting)
    return parts, len(digest.plates) - shown, cut_short


def _told(digest: Digest, organisation: str, each: list[tuple[PlateLine, dict[str, str]]]) -> Block:
    """Words letter by letter under their author's name, so that no formatting of theirs breaks the page.
    `organisation` may be empty.
    """
    elements = [blocks.spoken(Bold(organisation))] if organisation else []
    for line, lanes in each:
        told = {
            "": line.name,
            "me": f"{line.name}, for themselves",
            "question": f"{line.name}. {question_words(digest.question)}",
        }
        for label, text in lanes.items():
            elements += [blocks.spoken(told[label]), blocks.quoted(text)]
    return blocks.rich(*elements)


def _lanes(line: PlateLine) -> dict[str, str]:
    lanes = {"": line.organisation_lane, "me": line.me_lane, "question": line.question}
    return {label: text for label, text in lanes.items() if text}


def _cut_lanes(line: PlateLine, most: int) -> dict[str, str]:
    lanes = _lanes(line)
    return {label: cut(text, max(60, most // len(lanes))) for label, text in lanes.items()}


def _left_out(digest: Digest, plates: int, cut_short: bool) -> list[Block]:
    commitments = len(digest.commitments) - MOST_COMMITMENTS
    said = [count(plates, "more plate")] if plates else []
    said += [count(commitments, "more commitment")] if commitments > 0 else []
    said += ["the ends of long answers"] if cut_short else []
    return [blocks.context(f"Left out here for length: {listed(said)}. Press Read it all.")] if said else []


def _pages(digest: Digest) -> list[list[Item]]:
    """What stands on each page of the sheet."""
    items: list[Item] = [*([digest.felt] if digest.felt else []), *digest.commitments]
    items += [(line, label) for line in digest.plates for label in _lanes(line)]
    return paged(items, _weight, MOST_ON_A_PAGE)


def _weight(item: Item) -> int:
    if isinstance(item, Felt):
        return weight(item.text)
    if isinstance(item, CommitmentLine):
        return weight(item.what, item.note)
    line, label = item
    return weight(_lanes(line)[label])


def _page(digest: Digest, items: list[Item]) -> list[Block]:
    """Each in full. An organisation is named where its words begin, and at the head of each page."""
    parts: list[Block] = []
    organisation = ""
    for item in items:
        of = ""
        if isinstance(item, Felt):
            parts += _felt(digest)
        elif isinstance(item, CommitmentLine):
            note = [blocks.quoted(item.note)] if item.note else []
            parts.append(blocks.rich(blocks.spoken(f"{_move(item)} — {_tenders(digest, item)}"), *note))
        else:
            line, label = item
            of = line.organisation
            named = "" if of == organisation else of
            parts.append(_told(digest, named, [(line, {label: _lanes(line)[label]})]))
        organisation = of
    return parts


def _tenders(digest: Digest, line: CommitmentLine) -> str:
    return tenders_line(lambda id_: digest.names.get(id_, "a leader"), line.tenders)


def _move(line: CommitmentLine) -> str:
    return f"{named(line.state)}: {contained(line.what)}"


def _aim(digest: Digest) -> str:
    return action_payload.write(ActionPayload(group=digest.group_id, round=digest.round))


def _day(moment: datetime, zone: str, now: datetime | None) -> str:
    day = to_local(moment, zone).date()
    return say_day(day, to_local(now, zone).date() if now else day - timedelta(days=7))
