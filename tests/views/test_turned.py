"""Words that turn the direction of writing turn themselves alone: never a name, a state or anybody else's words."""

from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from bot.domain.commitments import Commitment, Progress, State
from bot.domain.digest import Digest
from bot.domain.plate import Answer, Audience, Plate
from bot.views import commitments, digest, digest_pages, menu, panel, people, welcome
from tests import screen
from tests.views.sound import parts
from tests.views.typed import NOW, about_of, circle_of, digest_of, group, person, round_

TURNED, ENDED = "\u202eabc", "\u202eabc\u202c"
STARRED = "<!channel> *x* &lt;"


def told(what: str) -> Digest:
    snapshot = circle_of([person("p0", "Jo")], ["Trust"], group())
    line = Progress(at=NOW, by="p0", state=State.MOVING, note=what, noticed=what)
    kept = Commitment(id="c0", what=what, made_by="p0", made_at=NOW, tenders=("p0",), history=(line,))
    answer = Answer(text=what, audience=Audience.GROUP)
    plate = Plate(person_id="p0", round="2026-W48", organisation=answer, question=answer)
    found = digest_of(snapshot, round_(), [plate], [kept], NOW - timedelta(days=1))
    assert found is not None
    return found


def test_in_the_whole_digest_a_commitment_cannot_turn_whose_it_is() -> None:
    shown = screen.form(digest_pages.whole(told(TURNED), zone="Europe/London"))
    assert f"New: {ENDED} — Jo (Trust)" in shown
    assert TURNED not in shown.replace(ENDED, "")


def test_in_the_posted_digest_and_on_the_phone_words_end_where_they_end() -> None:
    message = digest.digest_message(told(TURNED), zone="Europe/London")
    assert f"Jo, Trust: {ENDED} / {ENDED}" in message.text
    assert TURNED not in screen.message(message.text, message.blocks).replace(ENDED, "")


def test_a_name_with_stars_in_it_is_read_as_it_is_and_does_not_break_the_bold_around_it() -> None:
    snapshot = circle_of([person("p0", STARRED)], [STARRED], group(STARRED))
    me, leader = snapshot.people["p0"], snapshot.leaders["p0"]
    drawn = [
        people.join_form(snapshot, about_of(me, leader)),
        people.joined(snapshot),
        people.pause_form(snapshot, me),
        menu.menu(snapshot.group, joined=True),
        menu.menu(snapshot.group, joined=False),
        commitments.sheet(replace(snapshot, commitments={"c1": _named()}), "p0", NOW),
        commitments.added(snapshot, _named(), NOW),
    ]
    for view in drawn:
        assert f"*{STARRED}*" in screen.form(view)
    for message in (panel.panel(snapshot, None, NOW), welcome.welcome(snapshot, me, leader)):
        assert f"*{STARRED}*" in screen.message(message.text, message.blocks)
        assert "&lt;!channel&gt; *x* &amp;lt;" in message.text


def test_nothing_typed_is_drawn_where_slack_would_format_it() -> None:
    """Stars in any name are letters: no screen holds them in mrkdwn."""
    snapshot = circle_of([person("p0", STARRED)], [STARRED], group(STARRED))
    me, leader = snapshot.people["p0"], snapshot.leaders["p0"]
    blocks = [*welcome.welcome(snapshot, me, leader).blocks, *panel.panel(snapshot, None, NOW).blocks]
    blocks += menu.menu(snapshot.group, joined=True)["blocks"]
    blocks += digest.digest_message(replace(told(STARRED), group_name=STARRED), zone="UTC").blocks
    formatted = [part["text"] for part in parts(blocks) if part.get("type") == "mrkdwn"]
    assert not [text for text in formatted if "*x*" in text]


def _named() -> Commitment:
    return Commitment(id="c0", what=STARRED, made_by="p0", made_at=NOW, tenders=("p0",))
