"""An organisation's export: the form that says what it holds and who hears of it, the announcement, the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.domain.items import Item, What
from bot.domain.people import DataRequest, Leader, Person
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Message, View
from bot.views import action_payload, blocks, menu
from bot.views.action_payload import ActionPayload
from bot.views.item_words import about_in_words, in_words, say_moment
from bot.views.personal_data import Row, as_csv, as_json, codes_of, page_of
from bot.views.words import as_posted, called, escape, one_line

FORM = "organisation_data_form"
READ = "organisation_data_read"
PAGE = "organisation_data_page"
FILE = "between-shared"
OPENING = "You asked for what your organisation's leaders have shared"

SHARED_HEADINGS: Mapping[What, str] = {
    What.PLATE_ORGANISATION: "On the plate, the organisation",
    What.PLATE_QUESTION: "An answer to the round's question",
    What.COMMITMENT: "A commitment",
    What.PART: "Their part",
    What.FIRST_STEP: "The first step",
    What.BENEFIT: "Whose life gets better",
    What.TAGS: "Its tags",
    What.WORDS_BEFORE: "Its words before",
    What.PROGRESS: "How they said it goes",
    What.NOTICED: "What they said people noticed",
    What.ASK: "Asked for",
    What.OFFER: "Offered",
    What.INQUIRY: "A question put to all",
    What.INQUIRY_ANSWER: "An answer to a question put to all",
    What.BRIEF_LINE: "A line added to a brief",
}
"""Those of *My data* speak to whose it is; here it is others' too."""

LEFT_OUT = "It holds what everyone in the group can read already, and nobody's personal lane."


def request_form(snapshot: GroupSnapshot, person: Person, leader: Leader) -> View:
    """To a leader who speaks for an organisation: what the files hold, and that the channel is told who asked."""
    return blocks.form(
        FORM,
        "My organisation",
        "Ask for the files",
        action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id)),
        blocks.paragraph(
            f"What leaders who speak for {one_line(leader.organisation, 100)} have shared with everyone in "
            f"{one_line(snapshot.group.name, 100)}: in digests and briefs, commitments, asks, offers, questions."
        ),
        blocks.section(
            f"{LEFT_OUT} It comes in two files in our conversation. The group's channel is told that you asked."
        ),
    )


def requested(snapshot: GroupSnapshot, person: Person, organisation: str) -> View:
    """In place of the form: what will be tried, and the pages, which need no file."""
    words = (
        f"Noted. The channel is told that you asked for what {one_line(organisation, 100)} has shared. The files "
        "come in our conversation, under a message of mine. Where no message comes, you read it here."
    )
    meant = action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id))
    row = blocks.row(blocks.button("Read it here", READ, meant))
    return blocks.sheet("My organisation", blocks.paragraph(words), row)


def announcement(snapshot: GroupSnapshot, leader: Leader, asked: DataRequest) -> Message:
    """In the channel, before the files go: by whom, as they were called when they asked, and of which
    organisation."""
    organisation = asked.organisation or leader.organisation
    words = (
        f"{as_posted(snapshot, asked.called, leader.person_id)} has asked for a file of what leaders who speak for "
        f"{one_line(organisation, 100)} have shared here. {LEFT_OUT}"
    )
    return blocks.message(escape(words), blocks.paragraph(words))


def message(snapshot: GroupSnapshot, person: Person, *, refused: bool = False) -> Message:
    """In their DM; the files come under it. `refused`: Slack takes none there, so the pages are named."""
    asked = f"{one_line(snapshot.group.name, 100)}. {OPENING}. "
    if refused:
        words = f"{asked}Slack takes no files from me here. Read it on pages that only you see."
    else:
        words = (
            f"{asked}It comes in two files under this message. If they are not there in a minute, Slack did not "
            "take them; then read it on pages that only you see."
        )
    meant = action_payload.write(ActionPayload(group=snapshot.group.id, person=person.id))
    row = blocks.row(blocks.button("Read it here", READ, meant), menu.more_button(snapshot.group.id))
    return blocks.message(escape(words), blocks.paragraph(words), row)


def rows(snapshot: GroupSnapshot, found: Iterable[tuple[str, Item]], person: Person) -> list[Row]:
    """The newest first."""
    ordered = sorted(found, key=lambda pair: pair[1].at.isoformat() if pair[1].at else "", reverse=True)
    return [
        Row(
            group=snapshot.group.name,
            date=say_moment(item.at, person.zone),
            what=SHARED_HEADINGS[item.what],
            about=about_in_words(item),
            words=in_words(item, person.zone),
            seen_by=called(snapshot, whose),
            codes=codes_of(item, person.zone),
        )
        for whose, item in ordered
    ]


def files(rows: list[Row], organisation: str, person: Person, now: datetime) -> dict[str, bytes]:
    """Two, by their names; the CSV for a spreadsheet. `rows`: of what everyone in the group may read."""
    return {
        f"{FILE}.csv": as_csv(rows, seen_by="Who"),
        f"{FILE}.json": as_json(rows, person, now, {"Shared by leaders of": organisation}, seen_by="Who"),
    }


def pages(group_id: str, person_id: str, found: list[Row], now: datetime, zone: str, page: int = 0) -> View:
    """The same to read, forty rows to a page, on a sheet that its asker alone sees."""
    here = ActionPayload(group=group_id, person=person_id, page=page)
    return blocks.sheet("My organisation", *page_of(PAGE, here, found, now, zone))
