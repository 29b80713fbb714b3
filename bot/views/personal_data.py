"""My data: the form that says how it comes, pages to read, the message with the files, and the files themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec

from bot.domain.hours import to_local
from bot.domain.items import Item, What
from bot.domain.people import Person
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, StateValues, View
from bot.ports.blocks import Block
from bot.views import action_payload, blocks, inputs, menu, spreadsheet
from bot.views.action_payload import ActionPayload
from bot.views.blocks import Bold
from bot.views.dates import say_date
from bot.views.item_words import about_in_words, in_words, say_moment
from bot.views.paging import paged, turns, weight
from bot.views.words import escape, listed, one_line

DATA_FORM = "my_data_form"
READ = "my_data_read"
PAGE = "my_data_page"
LINK = "my_data_link"
PRIVATE = "with_private"
WITH = "with"

ON_A_PAGE = 40
FILE = "between-my-data"
OPENING = "You asked for what I keep of you"
BY_LINK = "\n*By a link:* one file in your browser, with everything, past Slack."

HEADINGS: Mapping[What, str] = {
    What.NAME: "Your name",
    What.FORMER_NAME: "Your name before",
    What.ZONE: "Your time zone",
    What.NATION: "Public holidays of",
    What.HOUR: "Your hour",
    What.AWAY: "Away until",
    What.SLACK_ID: "Your Slack account (workspace and id)",
    What.INSTALLED: "You installed Between in",
    What.WAITING: "A message that waits for a place in your week",
    What.TYPED: "When you typed last in our conversation",
    What.SET_UP: "You set up the group",
    What.CONVENOR: "You look after the group",
    What.SPEAKS_FOR: "You speak for",
    What.JOINED: "You joined",
    What.LEFT: "You left",
    What.PAUSED: "Paused until",
    What.LIGHTER: "Asked every other round",
    What.PLATE_ORGANISATION: "On your plate, your organisation",
    What.PLATE_ME: "On your plate, you",
    What.PLATE_QUESTION: "Your answer to the round's question",
    What.CHECK_IN: "A check-in",
    What.COMMITMENT: "A commitment of yours",
    What.PART: "Your part",
    What.FIRST_STEP: "The first step",
    What.BENEFIT: "Whose life gets better",
    What.WORDS_BEFORE: "Its words before",
    What.TENDS: "You tend it too",
    What.HELPS: "You said you can help",
    What.GLAD: "Named as glad to hear of it",
    What.GLAD_NAMED: "You named as glad to hear of it",
    What.PASSED_ON: "You passed it on to",
    What.TAKEN_UP: "You took it up",
    What.STEPPED_BACK: "You stepped back from it",
    What.PROGRESS: "How you said it goes",
    What.NOTICED: "What you said people noticed",
    What.SUGGESTED: "Other words you suggested",
    What.POSTED: "Your words in a digest",
    What.BRIEF_LINE: "A line you added to a brief",
    What.CHANGED_SETTINGS: "You changed the group's settings",
    What.OBJECTED: "You objected to a change",
    What.PUT: "Put to you",
    What.NOT_NOW: "You ended it, by Not now or an answer",
    What.NO_MORE: "You want no more of these",
    What.ASK: "You asked for",
    What.ASK_YES: "You said yes to an ask",
    What.ASK_KNOWS: "You know someone, you said",
    What.THANKED: "You thanked",
    What.OFFER: "You offered",
    What.INTRODUCED: "You were introduced to",
    What.TALKED: "Whether you talked, you said",
    What.TICKED: "Half-days you ticked",
    What.NOT_WITH: "Not with",
    What.INQUIRY: "A question you put to all",
    What.INQUIRY_ANSWER: "Your answer to a question put to all",
    What.PULSE_ANSWER: "What you chose, until it closes",
    What.HEADING: "A heading you put answers under",
    What.REVIEW: "You started a review",
    What.PLACED: "You placed in a review",
    What.REVIEW_STOP: "You suggested to stop",
    What.LEARNT: "What you said you learnt",
    What.PURPOSE_DRAFT: "Words you drafted for what we are here for",
    What.PURPOSE_CHANGE: "What you would change in such words",
    What.PURPOSE_CAN_LIVE: "Words under way that you can live with",
    What.TAGS: "Its tags",
    What.SECOND_ACCOUNT: "Announced as your second account (workspace and id)",
}


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """As it stands on a page and in the file for a spreadsheet. `codes`: what the other file has in place of these
    words, for a machine."""

    group: str
    date: str
    what: str
    about: str
    words: str
    seen_by: str
    codes: dict[str, str] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return (self.group, self.date, self.what, self.about, self.words, self.seen_by)


COLUMNS = {"group": "Group", "date": "Date", "what": "What", "about": "About", "words": "Words", "seen_by": "For"}


def rows(
    items: Iterable[tuple[str, Item]], names: Mapping[str, str], person: Person, *, private: bool
) -> list[Row]:
    """In an order people read: by group, then as the table of headings."""
    order = list(HEADINGS)
    chosen = [(group, item) for group, item in items if private or not item.private]
    chosen.sort(key=lambda pair: (pair[0], order.index(pair[1].what), pair[1].at.isoformat() if pair[1].at else ""))
    found = []
    for group, item in chosen:
        people = listed([names.get(id_, "somebody who left") for id_ in item.people])
        row = Row(
            group=group,
            date=say_moment(item.at, person.zone),
            what=HEADINGS[item.what],
            about=about_in_words(item),
            words=in_words(item, person.zone) or people,
            seen_by="just you" if item.private else "",
            codes=codes_of(item, person.zone) | {"words": item.text or people},
        )
        found.append(row)
    return found


def codes_of(item: Item, zone: str) -> dict[str, str]:
    """For the JSON: its moment in their zone, as 2026-12-03 09:00, and its words as they are stored."""
    day = to_local(item.at, zone).strftime("%Y-%m-%d %H:%M") if item.at else ""
    return {"date": day, "about": item.about, "words": item.text}


def as_json(
    rows: Iterable[Row],
    person: Person,
    now: datetime,
    head: Mapping[str, str] | None = None,
    *,
    seen_by: str = "For",
) -> bytes:
    """Its headings are words that anybody can read. `seen_by`: the last one's."""
    columns = COLUMNS | {"seen_by": seen_by}
    every = (dict(zip(COLUMNS, row.texts, strict=True)) | row.codes for row in rows)
    entries = [{columns[key]: text for key, text in one.items() if text} for one in every]
    about = head or {"Kept by Between of": person.name}
    whole = {**about, "As of": to_local(now, person.zone).isoformat(), "Records": entries}
    return json.dumps(whole, ensure_ascii=False, indent=2).encode(errors="replace")


def as_csv(rows: Iterable[Row], *, seen_by: str = "For") -> bytes:
    """Under the headings. `seen_by`: as for the other file."""
    head = (COLUMNS | {"seen_by": seen_by}).values()
    return spreadsheet.as_csv([head, *(row.texts for row in rows)])


def files(rows: list[Row], person: Person, now: datetime, name: str = FILE) -> dict[str, bytes]:
    """By their names."""
    return {f"{name}.csv": as_csv(rows), f"{name}.json": as_json(rows, person, now)}


# -- the form, the pages, the message ------------------------------------------------------------


def data_form(snapshot: GroupSnapshot, person: Person, *, link: bool = False) -> View:
    """Says first what will happen. `link`: browsers reach us, so it can come by a link too. Who has left has no
    organisation's words to ask for."""
    leader = snapshot.leaders.get(person.id)
    organisation = [] if leader and not leader.active else [menu.ORGANISATION_DATA]
    meant = action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id))
    box = inputs.option("Also what is just for me", WITH)
    return blocks.form(
        DATA_FORM,
        "My data",
        "Send me the files",
        meant,
        blocks.section(
            "All I keep of you, in all your groups: what you wrote, said and chose, and what was sent. Not what "
            "others keep to themselves: who passed, or whom they'd rather not meet."
        ),
        blocks.section(
            "*In files:* two, for a spreadsheet and as JSON, in our conversation. Slack then keeps them, and an "
            "employer whose Slack it is may be able to export them.\n*Here:* on pages that only you see, with "
            f"everything.{BY_LINK if link else ''}"
        ),
        blocks.row(
            blocks.button("Read it here", READ, meant, style="primary"),
            *([blocks.button("A link, for once", LINK, meant)] if link else []),
            *(blocks.button("My organisation's words…", action, meant) for action in organisation),
        ),
        inputs.asked(PRIVATE, "In the files", inputs.checkboxes(PRIVATE, [box], ())),
    )


def read_private(values: StateValues) -> bool:
    """Whether the files hold what is just for them; not unless they ticked it, since Slack keeps the files."""
    return WITH in (inputs.chosen_several(values, PRIVATE) or ())


def asked_sheet(snapshot: GroupSnapshot, person: Person) -> View:
    """In place of the form: what will be tried, and the pages, which need no file."""
    meant = action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id))
    return blocks.sheet(
        "My data",
        blocks.section(
            "Noted. The files come in our conversation, under a message of mine. Where no message comes, or it "
            "says that your Slack takes no files from me, you read it here."
        ),
        blocks.row(blocks.button("Read it here", READ, meant)),
    )


def data_pages(group_id: str, person_id: str, found: list[Row], now: datetime, zone: str, page: int = 0) -> View:
    """To the reader alone, with everything."""
    here = ActionPayload(group=group_id, person=person_id, page=page)
    return blocks.sheet("My data", *page_of(PAGE, here, found, now, zone))


def page_of(action: str, here: ActionPayload, found: list[Row], now: datetime, zone: str) -> list[Block]:
    """`here.page` of all; `action` turns them."""
    pages = paged(found, lambda row: weight(*row.texts), ON_A_PAGE)
    here = msgspec.structs.replace(here, page=min(here.page, len(pages) - 1))
    today = say_date(to_local(now, zone).date(), to_local(now, zone).date())
    parts: list[Block] = [blocks.aside(f"As of {today}. Page {here.page + 1} of {len(pages)}.")]
    group = None
    for row in pages[here.page]:
        if row.group != group:
            group = row.group
            parts.append(blocks.header(one_line(group, 140) or "You"))
        more = [part for part in (row.date, one_line(row.about, 200), row.seen_by) if part]
        what = blocks.spoken(Bold(row.what), *([" · " + " · ".join(more)] if more else []))
        parts.append(blocks.rich(what, *([blocks.quoted(row.words)] if row.words else [])))
    return [*parts, *turns(action, here, len(pages))]


def data_message(snapshot: GroupSnapshot, person: Person, *, refused: bool = False, link: bool = False) -> Message:
    """The files come under it. It never holds a word of theirs."""
    group = snapshot.group
    asked = f"{one_line(group.name, 100)}. {OPENING}. "
    if refused:
        words = f"{asked}Slack takes no files from me here. Read it on pages that only you see."
    else:
        words = (
            f"{asked}It comes in two files under this message. If they are not there in a minute, Slack did not "
            "take them; then read it on pages that only you see."
        )
    meant = action_payload.write(ActionPayload(group=group.id, person=person.id))
    by_link = [blocks.button("A link, for once", LINK, meant)] if link and refused else []
    row = blocks.row(blocks.button("Read it here", READ, meant), *by_link, menu.more_button(group.id))
    return blocks.message(escape(words), blocks.paragraph(words), row)
