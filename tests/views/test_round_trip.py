"""A form that is sent as it was drawn says what it was drawn from; only the hands of its owner change a word."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.about import About
from bot.domain.checkins import hour_kept
from bot.domain.commitments import State
from bot.domain.drafting import Draft, aims_of
from bot.domain.groups import Group
from bot.domain.offers import Offer
from bot.domain.plate import Audience, Plate, Words
from bot.domain.problems import Problem
from bot.domain.purpose import Aim, Purpose, Wording
from bot.domain.rhythm import Recurrence, Rhythm
from bot.views import (
    action_payload,
    commitments,
    groups,
    inputs,
    inquiry,
    offers,
    people,
    plate,
    problems,
    progress,
    purpose,
    recurrence,
    timetable,
)
from bot.views.action_payload import ActionPayload
from bot.views.organisations import ORGANISATION
from bot.views.words import one_line
from playground.forms import initial_values
from tests.views import typed
from tests.views.typed import NOW, Scene

TODAY = NOW.date()
USUAL = {"organisation": Audience.GROUP, "me": Audience.ME, "question": Audience.GROUP}
unhurried = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def sent(view: dict[str, Any]) -> dict[str, Any]:
    """What Slack sends for a form nobody has touched."""
    return initial_values([block for block in view["blocks"] if block["type"] == "input"])


def words(of: Plate, lane: str) -> Words:
    answer = getattr(of, lane)
    return Words(text=answer.text, audience=answer.audience) if answer else Words(text="", audience=USUAL[lane])


@given(typed.scenes())
@unhurried
def test_a_plate(s: Scene) -> None:
    view = plate.plate_form(s.snapshot, "p0", s.round, before=s.plate, last=None)
    read = plate.read_plate_form(sent(view))
    assert [read.organisation, read.me, read.question] == [words(s.plate, lane) for lane in USUAL]
    assert read.states == {}
    assert action_payload.read(view["private_metadata"]) == ActionPayload(
        group=s.snapshot.group.id, round=s.round.name, person="p0"
    )


@given(typed.scenes())
@unhurried
def test_last_times_words_and_never_last_times_answer_to_another_question(s: Scene) -> None:
    view = plate.plate_form(s.snapshot, "p0", s.round, before=None, last=s.plate)
    read = plate.read_plate_form(sent(view))
    assert [read.organisation, read.me] == [words(s.plate, "organisation"), words(s.plate, "me")]
    assert read.question == Words(text="", audience=Audience.GROUP)


@given(typed.scenes(), st.booleans())
@unhurried
def test_an_offer__and_shown_to_nobody_where_a_form_does_not_say_who_sees_it(s: Scene, shown: bool) -> None:
    before = Offer(id="o1", by="p0", what=s.commitment.what[: offers.LONGEST], at=NOW, renewed_at=NOW, shown=shown)
    values = sent(offers.offer_form(s.snapshot, "o1", before))
    assert offers.read_offer(values).shown == shown
    assert not offers.read_offer({offers.WHAT: values[offers.WHAT]}).shown


def test_an_answer_to_all_bears_no_name_where_its_form_does_not_say_so() -> None:
    words = {inquiry.WORDS: {inquiry.WORDS: {"type": "plain_text_input", "value": "To know whom to ring."}}}
    named = {inquiry.NAME: {inquiry.NAME: {"selected_option": {"value": inquiry.WITH}}}}
    assert not inquiry.read_answer(words).named
    assert inquiry.read_answer(words | named).named


@given(typed.scenes())
@unhurried
def test_a_commitment(s: Scene) -> None:
    view = commitments.commitment_form(s.snapshot, s.commitment.id, s.commitment)
    read, c = commitments.read_commitment(sent(view)), s.commitment
    asked = replace(c.first_step, when="", happened_at=None)
    assert (read.what, read.part, read.first_step, read.benefit) == (c.what, c.part, asked, c.benefit)
    assert read.tags == c.tags
    assert action_payload.read(view["private_metadata"]) == ActionPayload(group=s.snapshot.group.id, subject=c.id)


@given(typed.scenes(), st.sampled_from(["", "a0", "a2", "gone"]))
@unhurried
def test_the_aim_that_a_commitment_serves_also_where_it_is_none_any_more(s: Scene, serves: str) -> None:
    aims = tuple(Aim(id=f"a{n}", text=one_line(f"{n} {s.typed}", 120)) for n in range(5))
    stood = Wording(id="w2", by="p0", at=NOW, opens_at=NOW, sentence="For carers.", aims=aims, stood_at=NOW)
    before = replace(stood, id="w1", aims=(Aim(id="gone", text=one_line(f"Before. {s.typed}", 120)),))
    snapshot = replace(s.snapshot, purposes={"purpose": Purpose(wordings=(before, stood))})
    view = commitments.commitment_form(snapshot, s.commitment.id, replace(s.commitment, serves=serves))
    assert commitments.read_commitment(sent(view)).serves == serves


@given(typed.scenes())
@unhurried
def test_a_commitments_form_of_before_there_were_aims_leaves_it_as_it_is(s: Scene) -> None:
    view = commitments.commitment_form(s.snapshot, s.commitment.id, s.commitment)
    assert commitments.read_commitment(sent(view)).serves is None


@given(typed.scenes(), st.sampled_from([40, 60, 80]), st.sampled_from(["12:00", "16:00", "18:00"]), st.booleans())
@unhurried
def test_when_i_write__also_from_a_form_that_did_not_ask_for_the_brief(
    s: Scene, percent: int, brief_at: str, asked: bool
) -> None:
    rhythm = replace(s.snapshot.group.rhythm, nudge_percent=percent, brief_at=brief_at)
    values = sent(timetable.timetable_form(replace(s.snapshot.group, rhythm=rhythm)))
    if not asked:
        del values[timetable.BRIEF_AT]
    assert timetable.read_timetable(values, rhythm) == rhythm


@given(typed.scenes(), st.integers(0, 5))
@unhurried
def test_a_draft_of_the_purpose(s: Scene, number: int) -> None:
    texts = [one_line(f"{n} {s.typed}", 120) for n in range(number)]
    aims = tuple(Aim(id=f"a{n}", text=text) for n, text in enumerate(texts))
    base = Wording(
        id="w1", by="p0", at=NOW, opens_at=NOW, sentence=one_line(f"For {s.typed}", 300), aims=aims, stood_at=NOW
    )
    view = purpose.draft_form(s.snapshot, "w2", base)
    read = purpose.read_draft(sent(view))
    assert read == Draft(sentence=base.sentence, aims=(*texts, *[""] * (5 - number)))
    assert aims_of("w2", read.aims, base) == base.aims
    assert action_payload.read(view["private_metadata"]) == ActionPayload(
        group=s.snapshot.group.id, subject="w2.w1"
    )


@given(typed.scenes(), st.sampled_from([None, *State]))
@unhurried
def test_progress(s: Scene, tapped: State | None) -> None:
    """Nobody who did not make it may end it, nor say how it goes once it has ended."""
    goes_on = tapped and tapped.open and s.commitment.state.open
    viewers = {s.commitment.made_by: tapped, "nobody": tapped if goes_on else None}
    for viewer, state in viewers.items():
        form = progress.progress_form(replace(s.snapshot, viewer=viewer), s.commitment, tapped)
        read = progress.read_progress(sent(form))
        assert (read.state, read.note, read.noticed) == (state, "", "")


@given(typed.scenes(), typed.clocks, st.booleans())
@unhurried
def test_somebodys_own_settings(s: Scene, hour: str, lighter: bool) -> None:
    me = replace(s.me, hour=hour, nation="GB-SCT")
    about = people.read_about(
        sent(people.my_settings_form(s.snapshot, me, replace(s.leader, lighter=lighter), NOW))
    )
    assert (about.name, about.organisation) == (me.name, s.leader.organisation)
    assert (about.nation, about.hour, about.lighter) == (
        me.nation,
        hour_kept(hour, s.snapshot.group.rhythm),
        lighter,
    )
    assert same_clock(about.zone, me.zone)


@given(typed.scenes())
@unhurried
def test_joining_asks_only_which_organisation_one_speaks_for(s: Scene) -> None:
    values = sent(
        people.join_form(s.snapshot, replace(typed.about_of(s.me, s.leader), organisation="", nation="IE"))
    )
    with pytest.raises(Problem) as asked:
        people.read_about(values)
    assert asked.value.field == ORGANISATION
    values[ORGANISATION][ORGANISATION]["selected_option"] = {"value": f"={s.leader.organisation}"}
    about = people.read_about(values)
    assert (about.name, about.organisation, about.nation) == (s.me.name, s.leader.organisation, "IE")


@st.composite
def rhythms(draw: st.DrawFn) -> tuple[Group, date]:
    """A group with any rhythm the form offers, and the day of its next meeting."""
    day = draw(typed.days)
    every = draw(st.sampled_from(list(recurrence.EVERY_CHOICES)))
    unit, interval = every.split(":")
    nth = (day.day - 1) // 7 + 1
    meeting = Recurrence(
        every="months" if unit == "months" else "weeks",
        interval=int(interval),
        weekday=day.weekday(),
        at=draw(typed.clocks),
        anchor=day,
        nth=None if unit == "weeks" else (nth if nth < 5 else -1),
    )
    group = typed.group(draw(typed.names), draw(typed.zones), "GB-WLS")
    return replace(group, rhythm=Rhythm(meeting=meeting)), day


@given(typed.circles(), rhythms())
@unhurried
def test_the_groups_rhythm(snapshot: Any, chosen: tuple[Group, date]) -> None:
    group, day = chosen
    read = groups.read_group(sent(groups.settings_form(replace(snapshot, group=group), day)), TODAY)
    assert (read.name, read.nation, read.meeting) == (group.name, group.nation, group.rhythm.meeting)
    assert read.convenor == group.convenor
    assert same_clock(read.zone, group.zone)


@given(typed.names, typed.names, typed.names, typed.zones, typed.days)
@unhurried
def test_setting_a_group_up(name: str, organisation: str, called: str, zone: str, day: date) -> None:
    about = About(name=name, organisation=organisation, zone=zone, nation="IN", hour="09:00")
    values = sent(groups.set_up_form("C1", about, known=False, next_meeting=day))
    values[groups.GROUP_NAME][groups.GROUP_NAME]["value"] = called
    read = groups.read_set_up(values, TODAY)
    assert (read.name, read.organisation, read.group.name) == (name, organisation, called)
    assert (read.group.nation, read.group.meeting.anchor) == ("IN", day)
    assert same_clock(read.group.zone, zone)
    assert same_clock(read.zone, zone)


@given(typed.circles(), typed.days, st.times())
@unhurried
def test_moving_a_meeting(snapshot: Any, day: date, at: time) -> None:
    meeting = datetime.combine(day, at.replace(second=0, microsecond=0), ZoneInfo("Europe/London"))
    london = replace(snapshot, group=replace(snapshot.group, zone="Europe/London"))
    read = groups.read_move(sent(groups.move_form(london, day, meeting)), TODAY)
    assert read == (day, f"{at:%H:%M}")


@given(st.dates(date(2026, 11, 24), date(2027, 11, 23)))
@unhurried
def test_being_away(until: date) -> None:
    snapshot = typed.circle_of([typed.person("p0")], ["Trust"], typed.group())
    me = replace(typed.person("p0"), away_until=until)
    form = people.away_form(snapshot, me, round_name="2026-W48", today=TODAY)
    assert people.read_until(sent(form), TODAY) == until


@given(typed.scenes())
@unhurried
def test_a_form_that_could_not_be_saved_comes_back_with_every_word_twice_over(s: Scene) -> None:
    view = plate.plate_form(s.snapshot, "p0", s.round, before=s.plate, last=None)
    values = sent(view)
    again = problems.not_saved(view, values)
    assert sent(again) == values
    assert problems.not_saved(again, sent(again)) == again


@given(typed.scenes())
@unhurried
def test_a_field_that_was_emptied_comes_back_empty(s: Scene) -> None:
    view = plate.plate_form(s.snapshot, "p0", s.round, before=s.plate, last=None)
    values = sent(view)
    values["organisation"]["organisation"]["value"] = None
    assert sent(problems.not_saved(view, values)) == values


def test_half_an_emoji_is_stored_as_a_question_mark_and_a_whole_one_as_it_is() -> None:
    """A client that counts in halves cuts one at its limit; the half can't be stored."""
    state = {"what": {"what": {"type": "plain_text_input", "value": "Beds 👍 and \ud83d"}}}
    read = inputs.typed(state, "what")
    assert read == "Beds 👍 and \ufffd"
    assert read.encode()


def same_clock(one: str, other: str) -> bool:
    """An old name of a zone may be read as its new one; what counts is the time it tells."""
    moments = [NOW + timedelta(days=30 * n) for n in range(12)]
    return [m.astimezone(ZoneInfo(one)).isoformat() for m in moments] == [
        m.astimezone(ZoneInfo(other)).isoformat() for m in moments
    ]
