"""The digest: one change people felt; what moved, is stuck, was let go; plates by organisation in their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import groupby

from msgspec.structs import replace

from bot.domain.as_read import version_of
from bot.domain.commitments import State
from bot.domain.digest import Digest, PlateLine
from bot.domain.digest_lines import CommitmentLine, Moved, Part
from bot.domain.hours import to_local
from bot.ports import Message
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.asks import YES
from bot.views.blocks import Bold
from bot.views.commitments import HELP, STATE_WORDS, named
from bot.views.dates import say_day
from bot.views.digest_room import count_words, within, words_in
from bot.views.plate import question_words
from bot.views.pulse import bot_part, in_a_sentence, pulse_part
from bot.views.words import contained, cut, cut_markup, escape, inside_quotes, listed_within, name_alone, one_line

WHOLE = "digest_whole"

WORDS_FOR_NINE, WORDS_AT_MOST = 220, 320
FELT_WORDS, WORDS_A_LINE, LEAST_WORDS, MORE_WORDS = 25, 15, 6, 10
"""`MORE_WORDS` are kept for what was left out, and when it was corrected."""
MOST_LINES, LINE_EXTRA = 12, 2
"""Commitments with a line of their own; words beside each, of its heading."""
MOST_ASKS = 2
FIRST = (Part.STUCK, Part.LET_GO, Part.DONE, Part.NEW, Part.MOVED)
"""Which part is the first to have a line; what is held is counted only."""
COMMITMENTS_PART = 0.55
"""Of all words."""
MOST_IN_TEXT = 1500

HEADINGS = {
    Part.NEW: "New",
    Part.MOVED: "Moved",
    Part.STUCK: "Stuck, want help",
    Part.DONE: "Done",
    Part.LET_GO: "Let go",
}


MOVED = {
    Moved.TAKEN_UP: "taken up",
    Moved.STEP: "a step taken",
    Moved.MOVING: STATE_WORDS[State.MOVING],
    Moved.TENDING: STATE_WORDS[State.TENDING],
    Moved.STUCK: STATE_WORDS[State.STUCK],
    Moved.CHANGED: STATE_WORDS[State.CHANGED],
}


def digest_message(digest: Digest, *, zone: str) -> Message:
    """The post: few words whatever the size of the group, every one of them a button away.

    What people felt, where commitments stand, then a sentence of each organisation's plates. It says no number of
    those who shared: beside the number of leaders that would count the silent.
    """
    most, asked, meets = _words_at_most(digest), bot_part(digest), digest.meeting_at
    meeting = [blocks.context(f"For the meeting on {day_of(meets, zone, None)}.")] if meets else []
    # one line of commitments fewer each time, until all fits: only what is drawn says how many words it takes
    for lines in range(MOST_LINES, -1, -1):
        parts = [blocks.header(title(digest, zone)), *meeting, *felt_part(digest, FELT_WORDS)]
        parts += [*_commitments(digest, zone, lines), *_asks(digest), *pulse_part(digest)]
        parts += _on_plates(digest, most - count_words([*parts, *asked]) - MORE_WORDS)
        if count_words([*parts, *asked]) <= most - MORE_WORDS:
            break
    parts = [_still_helped(digest, part) for part in parts]
    # at most five buttons in all: where it asks about the bot, two give way, and are behind *More*
    group = digest.group_id
    usual = () if digest.asks_of_bot else (menu.commitments_button(group), menu.share_button(group))
    everything = blocks.button("Read it all", f"{WHOLE}:0", aim_at(digest))
    parts += [blocks.row(everything, *usual, menu.more_button(group)), *asked]
    if digest.corrected_at:
        parts.append(blocks.context(f"Corrected {day_of(digest.corrected_at, zone, digest.composed_at)}."))
    return blocks.message(plain(digest, zone), *parts)


def nothing_left(digest: Digest) -> Message:
    """What a posted digest becomes when all of it was pulled back."""
    words = f"{digest.group_name}: everything in this digest was pulled back by its authors."
    return blocks.message(escape(words), blocks.paragraph(words), blocks.row(menu.more_button(digest.group_id)))


def plain(digest: Digest, zone: str) -> str:
    """The digest as text, for notifications and screen readers."""
    lines = [f"{title(digest, zone)}."]
    if digest.felt:
        lines.append(f"People noticed: {contained(digest.felt.text)} ({name_of(digest, digest.felt.by)})")
    lines += [move(c) + (f" ({contained(c.note)})" if c.note else "") for c in _in_sight(digest, zone)]
    lines += [f"{name_alone(name_of(digest, a.by))} asks: {contained(a.what)}" for a in digest.asks if not a.thanks]
    lines += [in_a_sentence(line) for line in digest.pulses]
    lines += [
        f"{', '.join(filter(None, (p.name, p.organisation)))}: {' / '.join(map(contained, lanes_of(p).values()))}"
        for p in digest.plates
    ]
    # cut before it is escaped, so that what is read counts, and after, since that makes it longer; contained last,
    # since a cut may leave a turn of direction open
    return contained(cut_markup(escape(cut("\n".join(lines), MOST_IN_TEXT)), blocks.LONGEST_TEXT))


def title(digest: Digest, zone: str) -> str:
    """At most eighty characters of the group's name, and the day it was drawn, with its date."""
    return f"{one_line(digest.group_name, 80)}: the digest, {day_of(digest.composed_at, zone, None)}"


def felt_part(digest: Digest, words: int = 0) -> list[Block]:
    """All of it, or so many words."""
    if digest.felt is None:
        return []
    who, said = digest.names.get(digest.felt.by, "A leader"), digest.felt.text
    text = within(said, words) if words else cut(said, 600)
    return [blocks.paragraph(Bold("What people noticed"), f", {who}"), blocks.quote(text)]


def _in_sight(digest: Digest, zone: str, most: int = MOST_LINES) -> list[CommitmentLine]:
    """Those that have a line of their own, as long as plates still have room: the first of each part, then the
    second of each, so that none is crowded out."""
    ranked = []
    for part, each in groupby(digest.commitments, key=lambda line: line.stands_under):
        ranked += [(rank, FIRST.index(part), line) for rank, line in enumerate(each) if part in FIRST]
    left, shown = _words_at_most(digest) * COMMITMENTS_PART, set()
    for _, _, line in sorted(ranked, key=lambda one: one[:2])[:most]:
        left -= words_in(_lines(digest, line, zone)) + LINE_EXTRA
        if left < 0:
            break
        shown.add(line.commitment_id)
    return [line for line in digest.commitments if line.commitment_id in shown]


def _commitments(digest: Digest, zone: str, most: int) -> list[Block]:
    parts: list[Block] = []
    shown = _in_sight(digest, zone, most)
    for part, lines in groupby(shown, key=lambda line: line.stands_under):
        if part is Part.STUCK:
            parts.append(blocks.paragraph(Bold(HEADINGS[part])))
            for line in lines:
                aimed = ActionPayload(group=digest.group_id, subject=line.commitment_id)
                value = action_payload.write(replace(aimed, words=version_of(line.what)))
                can_help = blocks.button("I can help", f"{HELP}:{line.commitment_id}", value)
                parts.append(blocks.line(_lines(digest, line, zone), can_help))
        else:
            told = (f"\n{_lines(digest, line, zone)}" for line in lines)
            parts.append(blocks.paragraph(Bold(HEADINGS[part]), *told))
    held = sum(line.stands_under is Part.HELD for line in digest.commitments)
    news = len(digest.commitments) - len(shown) - held
    numbers = (("also held", held), ("also with news", news))
    if more := [f"{what}: {number}{' more' if shown else ''}" for what, number in numbers if number]:
        words, where = "; ".join(more), "More, " if digest.asks_of_bot else ""
        parts.append(blocks.aside(f"{words[0].upper()}{words[1:]}, under {where}See commitments."))
    return parts


def _still_helped(digest: Digest, part: Block) -> Block:
    """Without *I can help* where none is wanted any more. It goes last: the words beside it stay as they were
    posted, as if its place were still to be kept."""
    if part["type"] != "section" or "accessory" not in part:
        return part
    over = {f"{door}:{id_}" for door in (HELP, YES) for id_ in digest.help_over}
    return {"type": "section", "text": part["text"]} if part["accessory"]["action_id"] in over else part


def _asks(digest: Digest) -> list[Block]:
    """What somebody asks everyone, each with a way to help; then thanks."""
    asked = [line for line in digest.asks if not line.thanks]
    parts = [blocks.paragraph(Bold("Asks open"))] if asked else []
    for line in asked[:MOST_ASKS]:
        value = action_payload.write(ActionPayload(group=digest.group_id, subject=line.ask_id))
        words = f"• {within(line.what, WORDS_A_LINE - 2)} — {name_alone(name_of(digest, line.by))}"
        parts.append(blocks.line(words, blocks.button("I can help", f"{YES}:{line.ask_id}", value)))
    if len(asked) > MOST_ASKS:
        parts.append(blocks.aside(f"And {len(asked) - MOST_ASKS} more, under Open now."))
    for line in [line for line in digest.asks if line.thanks][:MOST_ASKS]:
        who, whom = name_alone(name_of(digest, line.by)), name_alone(name_of(digest, line.thanks))
        words = inside_quotes(within(line.what, WORDS_A_LINE - 4))
        parts.append(blocks.paragraph(f"{who} thanks {whom}: “{words}”"))
    return parts


def _lines(digest: Digest, line: CommitmentLine, zone: str) -> str:
    """A commitment in one line, and in a second since when it is stuck and who can help, or what was learnt."""
    part, note = line.stands_under, one_line(line.note, 160)
    if part is Part.STUCK:
        some = f"{_first_names(digest, line.stuck_alone)}, " if line.stuck_alone else ""
        since = [f"{some}since {day_of(line.since, zone, digest.composed_at)}"] if line.since else []
        names = _first_names(digest, line.helpers)
        more = "; ".join([*since, *([f"{within(names, LEAST_WORDS)} can help"] if names else [])])
        return "\n".join([_commitment(digest, line, note), *([f"  {more[0].upper()}{more[1:]}"] if more else [])])
    if part in (Part.DONE, Part.LET_GO):
        said = f"“{inside_quotes(within(note, WORDS_A_LINE - 1))}”"
        learnt = f"Learnt: {said}" if part is Part.LET_GO else said
        return "\n".join([_commitment(digest, line), *([f"  {learnt}"] if note else [])])
    how = MOVED[line.moved] if part is Part.MOVED and line.moved and not note else ""
    return _commitment(digest, line, note, how)


def _commitment(digest: Digest, line: CommitmentLine, note: str = "", how: str = "") -> str:
    """What, who by their first names, and as much of what was said of it as the line has words for; else `how` it
    moved."""
    who, by = _first_names(digest, line.tenders) or "held by nobody", name_alone(name_of(digest, line.by))
    if note and line.of_one:  # whose words they are stands beside them, or comes first
        others = [id_ for id_ in line.tenders if id_ != line.by]
        who = f"{by}, with {_first_names(digest, others)}" if line.by in line.tenders else f"{who}. {by}"
    who = within(who, LEAST_WORDS)
    left = WORDS_A_LINE - len(who.split()) - len(how.split()) - 2
    what = within(one_line(line.what, 160), left - (min(LEAST_WORDS, len(note.split())) if note else 0))
    left -= len(what.split())
    said = f"“{inside_quotes(within(note, left))}”" if note else how
    return f"• {what} — {who}" + (f": {said}" if said else "")


def _first_names(digest: Digest, ids: Iterable[str]) -> str:
    return listed_within([name_alone(name_of(digest, id_)) for id_ in ids], 40)


def _on_plates(digest: Digest, words: int) -> list[Block]:
    """One line of each organisation's, in their own words, as long as there is room for."""
    organisations = [
        (organisation, next(lines)) for organisation, lines in groupby(digest.plates, key=lambda p: p.organisation)
    ]
    if not organisations:
        return []
    named = sum(words_in(one_line(organisation, 60)) for organisation, _ in organisations)
    each = max(LEAST_WORDS, (words - named) // len(organisations))
    most = max(1, words * len(organisations) // (named + LEAST_WORDS * len(organisations)))
    said = []
    for organisation, line in organisations[:most]:
        first = next(iter(lanes_of(line).values()))
        said.append(f"\n{one_line(organisation, 60)}: {within(first, each)}")
    left = len(organisations) - len(said)
    more = [blocks.aside(f"And {left} more, under Read it all.")] if left else []
    return [blocks.paragraph(Bold("On our plates"), *said), *more]


def _words_at_most(digest: Digest) -> int:
    """By the number of leaders: of nine as many as a phone shows in two screens."""
    beyond = max(0, len(digest.names) - 9)
    return min(WORDS_AT_MOST, WORDS_FOR_NINE + 5 * beyond)


def told(digest: Digest, organisation: str, each: list[tuple[PlateLine, dict[str, str]]]) -> Block:
    """Words letter by letter under their author's name, so that no formatting of theirs breaks the page.
    `organisation` may be empty.
    """
    elements = [blocks.spoken(Bold(organisation))] if organisation else []
    for line, lanes in each:
        labels = {
            "": line.name,
            "me": f"{line.name}, for themselves",
            "question": f"{line.name}. {question_words(digest.question)}",
        }
        for label, text in lanes.items():
            elements += [blocks.spoken(labels[label]), blocks.quoted(text)]
    return blocks.rich(*elements)


def lanes_of(line: PlateLine) -> dict[str, str]:
    """What was said in each lane, by the lane's label, which is empty for the organisation's; lanes without words
    are left out."""
    lanes = {"": line.organisation_lane, "me": line.me_lane, "question": line.question}
    return {label: text for label, text in lanes.items() if text}


def name_of(digest: Digest, id_: str) -> str:
    """As they were called when it was drawn; “a leader” where it has no name of them."""
    return digest.names.get(id_, "a leader")


def move(line: CommitmentLine) -> str:
    """Where it stands, or that it is new, then its words: “Stuck, want help: ring the housing lead”."""
    stands = HEADINGS[Part.NEW] if line.stands_under is Part.NEW else named(line.state)
    return f"{stands}: {contained(line.what)}"


def aim_at(digest: Digest) -> str:
    """As a button's value: this digest, by its round."""
    return action_payload.write(ActionPayload(group=digest.group_id, round=digest.round))


def day_of(moment: datetime, zone: str, now: datetime | None) -> str:
    """`now`: None where the words stay, so that the day is said with its date and never as “today”."""
    day = to_local(moment, zone).date()
    return say_day(day, to_local(now, zone).date() if now else day - timedelta(days=7))
