"""What others did with what is somebody's own: who joined in, who can help, who suggests other words; and that what
somebody joined in with has ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from bot.domain.absence import present
from bot.domain.as_read import version_of
from bot.domain.asks import Ask
from bot.domain.commitments import Commitment, State
from bot.domain.news import News, NewsCode
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tending import taken_at
from bot.ports import Message
from bot.ports.blocks import Block, Button
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.asks import ask_news, ask_news_buttons
from bot.views.commitments import STATE_WORDS
from bot.views.words import called, cut, escape, one_line, quote, stopped

TAKE = "words_take"
LEAVE = "words_leave"
TALK = "conversation_open"

OPENING = ": about your commitments."
OPENING_OF_AN_ASK = ": about your ask."
OPENINGS = (OPENING, OPENING_OF_AN_ASK)

MOST = 6
"""In one message. The rest stands under More; where an ask's answer is among it, it comes with the next message,
since only there can it be answered."""


Quotes = Mapping[tuple[str, str], str]
"""Words that a yes to an ask rests on, by the ask's id and whose they are."""


def news(
    snapshot: GroupSnapshot, untold: Sequence[tuple[Commitment | Ask, News]], quotes: Quotes | None = None
) -> Message:
    """One message for all of it."""
    about = OPENING if any(isinstance(record, Commitment) for record, _ in untold) else OPENING_OF_AN_ASK
    opening = f"{one_line(snapshot.group.name, 100)}{about}"
    told = [_sentence(snapshot, record, one, quotes or {}) for record, one in untold[:MOST]]
    parts: list[Block] = [blocks.paragraph(opening)]
    # more may be untold than is told here
    for (record, one), sentence in zip(untold, told, strict=False):
        parts += [blocks.paragraph(sentence), *_choices(snapshot, record, one)]
    more = len(untold) - MOST
    if more > 0:
        rest = "to come." if more_to_come(untold) else "under More."
        parts.append(blocks.context(f"And {more} more, {rest}"))
    group = snapshot.group.id
    see = menu.commitments_button if about == OPENING else menu.open_now_button
    parts.append(blocks.row(see(group), menu.more_button(group)))
    return blocks.message(escape(cut(" ".join([opening, *told]), 2000)), *parts)


def more_to_come(untold: Sequence[tuple[Commitment | Ask, News]]) -> bool:
    """Whether what does not fit is told by a message of its own."""
    return any(isinstance(record, Ask) for record, _ in untold[MOST:])


def aims_at(subject: str) -> tuple[str, str]:
    """The commitment, and whose words or help."""
    commitment, _, person = subject.rpartition(".")
    return commitment, person


def in_place(drawn: Sequence[Any], text: str, action_id: str, parts: Sequence[Block]) -> Message | None:
    """A message of ours, as Slack gives it back, with these where the row of buttons with that action was; None
    where it has no such row."""
    kept: list[Block] = []
    found = False
    for block in drawn:
        elements = block.get("elements", ()) if block.get("type") == "actions" else ()
        if any(one.get("action_id") == action_id for one in elements):
            kept += parts
            found = True
        else:
            kept.append(block)
    return Message(text=text, blocks=tuple(kept)) if found else None


def _sentence(snapshot: GroupSnapshot, commitment: Commitment | Ask, one: News, quotes: Quotes) -> str:
    if isinstance(commitment, Ask):
        return ask_news(snapshot, commitment, one, quotes)
    who, what = called(snapshot, one.by), quote(commitment.what, 160)
    if one.code is NewsCode.JOINED:
        return stopped(f"{who} has joined in with {what}")
    if one.code is NewsCode.CAN_HELP:
        over = "" if commitment.state.open else f", which is {STATE_WORDS[commitment.state]} by now"
        return stopped(f"{who} can help with {what}{over}")
    if one.code is NewsCode.TAKEN_UP:
        return f"{stopped(f'{who} has taken up {what}')} {_whose_it_is(snapshot, commitment, one)}"
    if one.code is NewsCode.ENDED:
        return _ended(commitment, one.by, who, what)
    if one.code is NewsCode.GOES_ON:
        # taken up by somebody else since, it is theirs to go on with
        goes_on = called(snapshot, commitment.made_by) if commitment.made_by in snapshot.active() else who
        return stopped(f"{goes_on} goes on with {what} after all")
    if one.code is NewsCode.TAKEN:
        words = taken_at(commitment, one.at)
        otherwise = " It reads otherwise by now." if words != commitment.what else ""
        return f"{stopped(f'{who} took your words: {quote(words, 160)}')}{otherwise}"
    words = next(each.what for each in commitment.suggestions if each.by == one.by)
    return f"{who} suggests other words for {what}: {stopped(quote(words, 200))}"


def _whose_it_is(snapshot: GroupSnapshot, commitment: Commitment, one: News) -> str:
    """Of what `one` says was taken up, by the time that is told."""
    if commitment.made_by not in present(snapshot.leaders):
        return "Nobody holds it by now."
    if commitment.made_by != one.by:
        return f"{called(snapshot, commitment.made_by)} has it by now."
    return "It is theirs now."


def _ended(commitment: Commitment, by: str, who: str, what: str) -> str:
    """With the words it was ended with, whoever has spoken since: of what is let go they are what was learnt."""
    own = [line.note for line in commitment.history if line.by == by and line.state is commitment.state]
    note = quote(own[-1], 200) if own and own[-1] else ""
    if commitment.state is State.LET_GO:
        learnt = f" What we learnt: {stopped(note)}" if note else ""
        return f"{stopped(f'{who} has let go of {what}')}{learnt}"
    return stopped(f"{who} says {what} is done") + (f" {stopped(note)}" if note else "")


def _choices(snapshot: GroupSnapshot, commitment: Commitment | Ask, one: News) -> list[Block]:
    if isinstance(commitment, Ask):
        return ask_news_buttons(snapshot, commitment, one)
    end = f"{commitment.id}.{one.by}"
    aimed = ActionPayload(group=snapshot.group.id, person=one.to, subject=end)
    if one.code is NewsCode.CAN_HELP:
        return [blocks.row(blocks.button("Open a conversation", f"{TALK}:{end}", action_payload.write(aimed)))]
    if one.code is NewsCode.SUGGESTED:
        words = next(each.what for each in commitment.suggestions if each.by == one.by)
        return [_take_or_leave(aimed, words)]
    return []


def newer_words(snapshot: GroupSnapshot, aimed: ActionPayload, words: str) -> list[Block]:
    """Beside earlier words that can be taken no more: those that stand in their place, and both buttons. `aimed`:
    as the button that was pressed."""
    who = called(snapshot, aims_at(aimed.subject)[1])
    said = f"{who} has put it otherwise since, so nothing is done yet. By now they suggest: "
    return [blocks.paragraph(f"{said}{stopped(quote(words, 200))}"), _take_or_leave(aimed, words)]


def _take_or_leave(aimed: ActionPayload, words: str) -> Block:
    end, value = aimed.subject, action_payload.write(replace(aimed, words=version_of(words)))
    take: Button = blocks.button("Use these words", f"{TAKE}:{end}", value)
    return blocks.row(take, blocks.button("Leave it", f"{LEAVE}:{end}", value))
