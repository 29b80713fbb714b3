"""How many words and things to press a screen has, measured from the screen as it is drawn.

`make counts` writes the table to `docs/counts.md`. Words somebody wrote themselves, and the labels of what can be
pressed, are not counted among the words: a quotation is nobody's wall of text, and a button is a control.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.domain.brief import Brief, BriefLine, Why, chosen
from bot.domain.commitments import Commitment, Progress, State
from bot.domain.inquiry import Inquiry
from bot.domain.people import Person
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.purpose import Wording
from bot.domain.questions import Question
from bot.domain.review import Review
from bot.domain.rhythm import Moved
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message
from bot.views import (
    brief,
    change,
    checkin,
    digest,
    digest_reply,
    inquiry,
    panel,
    personal_data,
    plate,
    pulse,
    purpose,
    quiet,
    review,
    saved,
    welcome,
    what_for,
)
from bot.views.action_payload import ActionPayload
from tests.cast import ORGANISATIONS
from tests.views import typed
from tests.views.typed import NOW

PAGE = Path(__file__).parents[2] / "docs" / "counts.md"
HEAD = """# How much each screen asks to be read

Nine leaders of six organisations, as the screens are drawn now. Words are those of ours: not what a leader wrote,
and not the labels of what can be pressed. Controls are buttons, boxes, choices and fields. Made by `make counts`; a
test says when this page is out of date, and when a screen has more than it may.

| screen | words | at most | controls | at most |
|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Counted:
    screen: str
    words: int
    controls: int
    most_words: int | None = None
    most_controls: int | None = None

    def row(self) -> str:
        said = [self.screen, self.words, self.most_words or "–", self.controls, self.most_controls or "–"]
        return f"| {' | '.join(map(str, said))} |"


def counted() -> list[Counted]:
    """Every screen that has a limit, in a group of nine."""
    snapshot, me, round = nine(), typed.person("p1", "Jo"), typed.round_(Question.MATTERS_MOST)
    leader = snapshot.leaders["p1"]
    said = Plate(
        person_id="p1", round=round.name,
        organisation=Answer(text="Beds are full.", audience=Audience.GROUP),
        me=Answer(text="Tired.", audience=Audience.ME),
    )  # fmt: skip
    tended = Commitment(id="c1", what="Walk the ward", made_by="p1", made_at=NOW, tenders=("p1",))
    asks = checkin.check_in(snapshot, me, round, last=None, mine=[tended], now=NOW)
    form = plate.plate_form(snapshot, "p1", round, before=None, last=None)
    return [
        _counted("check-in with one commitment", asks.blocks),
        _counted("card after *Save*", saved.saved(snapshot, round, said, NOW).blocks, 25, 6),
        _counted("hello: the first DM", welcome.welcome(snapshot, me, leader).blocks, 90, 5),
        _counted("announcement in the channel", panel.panel(snapshot, NOW + timedelta(days=3), NOW).blocks, 40, 5),
        _counted("announcement of a meeting that moves", _moved(snapshot).blocks, 40, 2),
        _counted("nudge", checkin.nudge(snapshot, me, round, NOW).blocks, 25),
        _counted("the brief, as long as it can be", _brief(snapshot).blocks, 134, 2),
        _counted("the quiet message", quiet.quiet(snapshot, me, leader, round, NOW).blocks, 25, 6),
        _counted("the form", form["blocks"], 40, 5),
        *_digest(snapshot, round),
        *_together(snapshot, me, round),
    ]


def _together(snapshot: GroupSnapshot, me: Person, round: Round) -> list[Counted]:
    """What a group asks itself, and one's own data: the posts as short as other announcements, the forms as long as
    what they must say first."""
    later = NOW + timedelta(days=3)
    drafted = Wording(id="w1.20261127", by="p1", at=NOW, opens_at=NOW, sentence="Seen.")
    asked = Inquiry(id="i1.20261127", by="p1", question="What for?", at=NOW, opened_at=NOW, closes_at=later)
    begun = Review(id="r1.20261127", by="p1", at=NOW, closes_at=later)
    held = {
        f"c{n}": Commitment(id=f"c{n}", what="Walk", made_by="p1", made_at=NOW, tenders=("p1",)) for n in range(4)
    }
    here = ActionPayload()
    placed = review.place_form(replace(snapshot, commitments=held), begun, {}, here)
    return [
        _counted("what for", what_for.what_for_sheet(snapshot, round)["blocks"], 100, 12),
        _counted("a draft of the purpose in the channel", purpose.purpose_message(snapshot, drafted).blocks, 50, 3),
        _counted("a question to all in the channel", inquiry.inquiry_message(snapshot, asked).blocks, 40, 2),
        _counted("its answer", inquiry.answer_form(snapshot, asked, None, here)["blocks"], 90, 5),
        _counted("the pulse", pulse.pulse_sheet(snapshot, round, "", here)["blocks"], 60, 5),
        _counted("a review in the channel", review.review_message(snapshot, begun).blocks, 50, 2),
        _counted("placing commitments", placed["blocks"], 90, 8),
        _counted("my data", personal_data.data_form(snapshot, me)["blocks"], 90, 4),
    ]


def _digest(snapshot: GroupSnapshot, round: Round) -> list[Counted]:
    """What is cut from people's words is counted here: it stands in lines of ours. Everybody shared, and the group
    holds a dozen commitments."""
    said = Answer(text="Beds are full again, and two families slept in the corridor.", audience=Audience.GROUP)
    plates = [Plate(person_id=id_, round=round.name, organisation=said) for id_ in snapshot.leaders]
    held = [
        Commitment(
            id=f"c{n}",
            what="Ring the housing lead about the two empty flats on Mill Street",
            made_by="p1",
            made_at=NOW - timedelta(days=40),
            tenders=("p1", "p2"),
            helpers=("p3",),
            state=list(State)[n % 6],
            history=(Progress(at=NOW, by="p1", state=list(State)[n % 6], note="The ward already does it."),),
        )
        for n in range(12)
    ]
    made = typed.digest_of(snapshot, round, plates, held, NOW - timedelta(days=14))
    assert made is not None
    return [
        _counted("digest in the channel", digest.digest_message(made, zone="Europe/London").blocks, 220),
        _counted("reply in its thread", digest_reply.reply_message(made, 0).blocks, 10, 1),
    ]


def page() -> str:
    return HEAD + "\n".join(one.row() for one in counted()) + "\n"


def nine() -> GroupSnapshot:
    each = [typed.person(f"p{n}", name) for n, name in enumerate(ORGANISATIONS)]
    return typed.circle_of(each, list(ORGANISATIONS.values()), typed.group())


def _moved(snapshot: GroupSnapshot) -> Message:
    group = snapshot.group
    move = Moved(planned=group.rhythm.meeting.anchor, to=date(2026, 11, 25), at="14:00")
    after = replace(group.settings, rhythm=replace(group.rhythm, moved=(move,)))
    made = change.SettingsChange(id="ch1", at=NOW, by="p0", before=group.settings, after=after)
    return change.announcement(snapshot, made)


def _brief(snapshot: GroupSnapshot) -> Message:
    """Every sort of line, each as long as it may be; a bullet and a dash are counted as words here."""
    text = "Twenty words of anybody's that go on and on about the wards and the beds and the schools and more."
    lines = [
        BriefLine(why=why, id=f"c{n}", text=text, whose=("p1",), name="Mary Ann van Dijk", since=NOW, learnt=text)
        for n, why in enumerate(Why)
    ]
    kept = Brief(group_id=snapshot.group.id, round="2026-W48", group_name="Young carers of the whole of Riverside")
    kept = replace(kept, meeting_at=NOW + timedelta(days=3), drawn_at=NOW + timedelta(days=9))
    return brief.brief_message(replace(kept, lines=chosen(lines), corrected_at=NOW), zone="Europe/London")


def _counted(screen: str, blocks: Iterable[Any], words: int | None = None, controls: int | None = None) -> Counted:
    drawn = list(blocks)
    return Counted(screen, sum(map(_words, drawn)), sum(map(_controls, drawn)), words, controls)


def _words(block: Mapping[str, Any]) -> int:
    kind = block["type"]
    if kind in ("section", "header"):
        return len(block["text"]["text"].split())
    if kind == "context":
        return sum(len(one["text"].split()) for one in block["elements"])
    if kind == "input":
        return len(block["label"]["text"].split()) + len(block.get("hint", {}).get("text", "").split())
    if kind == "rich_text":
        spoken = [one for one in block["elements"] if one["type"] == "rich_text_section"]
        return sum(len("".join(part.get("text", "#channel") for part in one["elements"]).split()) for one in spoken)
    return 0


def _controls(block: Mapping[str, Any]) -> int:
    if block["type"] == "actions":
        return len(block["elements"])
    element = block.get("accessory") or {}
    if block["type"] == "input":
        return 1
    return len(element["options"]) if element.get("type") == "radio_buttons" else int(bool(element))


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
