"""What was saved, and who sees it: the card after *Save*, the same in a DM, in a channel to one person, in a form.

A private word stands in no message: what is just for its author is a button, which opens a sheet for them alone.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.late_digest import late_digest_at, unsaid
from bot.domain.plate import (
    ME_LANE,
    ORGANISATION_LANE,
    Plate,
    has_news,
    news_of,
    private,
    said_again,
    seen_by_group,
    shared,
)
from bot.domain.rounds import Round, news_until
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.audience import who_is_everyone
from bot.views.blocks import Bold
from bot.views.dates import say_day_and_time
from bot.views.plate import PULL_BACK, corrected_next, question_words
from bot.views.words import cut, escape, one_line

READ_MINE = "plate_read_mine"
ANSWER = "checkin_answer"

LONGEST_SHOWN = 1500
"""Characters of an answer in a card, so that three and what stands with them stay far inside what Slack takes."""

AS_LAST_TIME = ", as last time, so not in the digest"
DIGEST_NEXT = "I post the digest in the channel next."
NEXT_ROUND = " The check-in this form was for is over, so your words are in the next one."

_HOW_MANY = {1: "One answer", 2: "Two answers", 3: "Three answers"}


def card(
    snapshot: GroupSnapshot, round: Round, plate: Plate, *, sentence: str = "", late: bool = False
) -> list[Block]:
    """Each answer for everyone as it was kept, how many are just for its author, and who *everyone* is. `sentence`
    in place of *Saved*; `late`: the round its form was opened for is over, and the words are in a later one.
    """
    first = [sentence] if sentence else ["Saved for ", Bold(snapshot.group.name), f".{NEXT_ROUND if late else ''}"]
    parts = [blocks.paragraph(*first)]
    for lane, answer in shared(plate).items():
        label = Bold(lane_label(snapshot, plate.person_id, round.question, lane))
        parts.append(blocks.paragraph(label, *([AS_LAST_TIME] if answer.as_last_time else [])))
        parts.append(blocks.quote(cut(answer.text, LONGEST_SHOWN)))
    if shared(plate):
        parts.append(who_is_everyone(snapshot))
    if mine := private(plate):
        read = blocks.button("Read it", READ_MINE, _aim(snapshot, round, plate))
        parts.append(blocks.section(f"{_HOW_MANY[len(mine)]} just for you.", read))
    return parts


def card_buttons(snapshot: GroupSnapshot, round: Round, plate: Plate) -> list[Button]:
    """Three or four: *Pull it back* stands only where somebody else sees any of it."""
    value, group = _aim(snapshot, round, plate), snapshot.group.id
    pull = [blocks.button("Pull it back", PULL_BACK, value)] if shared(plate) else []
    return [blocks.button("Change", ANSWER, value), *pull, menu.commit_button(group), menu.more_button(group)]


def saved_words(snapshot: GroupSnapshot) -> str:
    """What a notification says: no word of the plate."""
    return f"Saved for {escape(snapshot.group.name)}."


def saved(snapshot: GroupSnapshot, round: Round, plate: Plate, now: datetime, *, said: str = "") -> Message:
    """To one person, alone in the channel where they opened the form; `said`, of what they did there since."""
    sentence = f"{snapshot.group.name}. {said}" if said else welcome_late(snapshot, round, plate, now)
    return blocks.message(
        escape(sentence) or saved_words(snapshot),
        *card(snapshot, round, plate, sentence=sentence),
        blocks.row(*card_buttons(snapshot, round, plate)),
    )


def saved_sheet(snapshot: GroupSnapshot, round: Round, plate: Plate, now: datetime, *, late: bool = False) -> View:
    """What the form becomes where no message says it."""
    sentence = "" if late else welcome_late(snapshot, round, plate, now)
    becomes = "You can change it at any time."
    if shared(plate) and not round.digested:
        zone, trouble = snapshot.group.zone, snapshot.group.trouble
        when = f"{say_day_and_time(round.digest_at, zone, now)}."
        if trouble:
            until = say_day_and_time(news_until(round, trouble), zone, now)
            when = f"if I can post in the channel again, {until} at the latest."
        elif round.digest_at <= now:  # late: we were down
            when = f"that is due. {DIGEST_NEXT}"
        becomes = f"What is for everyone goes into the digest {when} Until then you can change it or pull it back."
    return blocks.sheet(
        "Saved",
        *card(snapshot, round, plate, sentence=sentence, late=late),
        blocks.context(becomes),
        blocks.row(*card_buttons(snapshot, round, plate)),
    )


def mine_sheet(snapshot: GroupSnapshot, round: Round, plate: Plate | None) -> View:
    """*Read it*: what is just for whoever reads it."""
    mine = private(plate)
    if plate is None or not mine:
        return blocks.sheet("Just for you", blocks.section("Nothing of this round is just for you."))
    parts: list[Block] = []
    for lane, answer in mine.items():
        parts += [blocks.paragraph(Bold(lane_label(snapshot, plate.person_id, round.question, lane)))]
        parts += [blocks.quote(answer.text)]
    return blocks.sheet("Just for you", *parts, blocks.context("Seen by you and nobody else."))


def last_time(snapshot: GroupSnapshot, plate: Plate | None) -> list[Block]:
    """What they told everyone last time, each under what it was for."""
    if plate is None:
        return []
    before = snapshot.rounds.get(plate.round)
    parts: list[Block] = []
    for lane, answer in shared(plate).items():
        label = lane_label(snapshot, plate.person_id, before.question if before else "", lane)
        heading = blocks.spoken("Last time, ", Bold(label))
        parts.append(blocks.rich(heading, blocks.quoted(one_line(answer.text, 200))))
    return parts


def untold(snapshot: GroupSnapshot, round: Round, now: datetime) -> list[Block]:
    """That no digest took what they said last time; and by which press one does."""
    kept = snapshot.untold(round.name, now)
    if kept is None or round.name in snapshot.own_plates:
        return []
    what = "all but the answer to its question" if seen_by_group(kept.question) else "this"
    again = f" Press Nothing new, and {what} goes into the next one."
    return [blocks.aside(f"No digest went last time.{again if said_again(kept, round.name) else ''}")]


def lane_label(snapshot: GroupSnapshot, person_id: str, question: str, lane: str) -> str:
    """Above an answer, to its author: their organisation as it is called now, *You*, or the round's question."""
    if lane == ORGANISATION_LANE:
        return one_line(snapshot.leaders[person_id].organisation, 80)
    return "You" if lane == ME_LANE else question_words(question) or "The question"


def welcome_late(snapshot: GroupSnapshot, round: Round, plate: Plate | None, now: datetime) -> str:
    """A late answer is as welcome as a punctual one, and says what becomes of it; empty for one in time."""
    if plate is None or not round.digested or not shared(plate):
        return ""
    welcome = f"Saved for {snapshot.group.name}. Still welcome."
    if not (unsaid(round, now) and has_news(plate)):
        # the snapshot was loaded before these words were saved
        changed = news_of(snapshot.own_plates.get(round.name)) != news_of(plate)
        return f"{welcome} {corrected_next(snapshot, round.name, plate.person_id)}" if changed else welcome
    at = late_digest_at(round, snapshot.group, now)
    if at <= now:
        return f"{welcome} {DIGEST_NEXT}"
    return f"{welcome} What is for everyone goes into the digest {say_day_and_time(at, snapshot.group.zone, now)}."


def _aim(snapshot: GroupSnapshot, round: Round, plate: Plate) -> str:
    return action_payload.write(ActionPayload(group=snapshot.group.id, round=round.name, person=plate.person_id))
