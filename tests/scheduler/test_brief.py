"""The brief: the day it is due, the day it is not, what it says; what is struck is gone from it in the end."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from msgspec.structs import replace

from bot.domain.commitments import CommitmentWords, FirstStep, ProgressWords, State
from bot.domain.people import SlackIdentity
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.questions import Question
from bot.domain.rhythm import Moved
from bot.domain.trouble import troubled
from bot.ports import SlackRefused
from bot.usecases import brief, commitments, people, plate
from bot.usecases.retention import RETENTION, forget_old
from bot.usecases.snapshot import require_member
from tests.domain import young_carers
from tests.members import as_leader
from tests.scheduler.fortnight import JO, ROUND, SAM, live, live_to, shared
from tests.scheduler.loopback import LOST, NOT_THERE
from tests.scheduler.postroom import Bot, DeathAt, Killed, doomed

EDITS_OVER = SlackRefused("edit_window_closed", permanent=True, can_end=True)
UNREACHED = SlackRefused("connection_lost", permanent=False)


def on(day: int, clock: str) -> datetime:
    """November's last days, or the first of December."""
    month = 11 if day > 20 else 12
    return datetime.fromisoformat(f"2026-{month}-{day:02}T{clock}+00:00")


def briefs(bot: Bot) -> list[tuple[datetime, str]]:
    """When each was posted, and what it says now."""
    return [(one.at, bot.slack.stands[one.ref.ts]) for one in bot.slack.posted if ": the brief" in one.text]


async def said(bot: Bot, text: str, who: SlackIdentity = JO, round: str = ROUND) -> None:
    member = await require_member(bot.store, who, "g7", brief.NEEDS)
    await brief.add(bot.deps, member, round, bot.deps.new_id(), text, bot.clock.now())


async def struck(bot: Bot, key: str, who: SlackIdentity = JO) -> None:
    member = await require_member(bot.store, who, "g7", brief.NEEDS)
    await brief.strike(bot.deps, member, ROUND, key, bot.clock.now())


async def promised(bot: Bot, what: str = "Walk the ward") -> None:
    words = CommitmentWords(what=what, part="", first_step=FirstStep(), benefit="")
    await commitments.add(bot.deps, await as_leader(bot.deps, JO, "g7"), "c1", words, bot.clock.now())


async def says(bot: Bot, state: State, note: str = "") -> None:
    words = ProgressWords(state=state, note=note, noticed="")
    await commitments.say(bot.deps, await as_leader(bot.deps, JO, "g7"), "c1", words, bot.clock.now())


@pytest.fixture
async def digested(carers: Bot) -> Bot:
    """It is noon on the Wednesday; the digest went at ten, and they meet tomorrow at two."""
    await shared(carers)
    await live_to(carers, on(2, "12:00"))
    return carers


@pytest.fixture
async def posted(digested: Bot) -> Bot:
    """It is five, and the brief with a line of Jo's went at four."""
    await said(digested, "Ask the police.")
    await said(digested, "And the schools.", SAM)
    await live_to(digested, on(2, "17:00"))
    assert len(briefs(digested)) == 1
    return digested


async def test_it_comes_at_four_on_the_working_day_before_they_meet(digested: Bot) -> None:
    await promised(digested)
    await says(digested, State.STUCK)
    await said(digested, "Ask the police.")
    await live(digested, on(3, "18:00"))
    assert briefs(digested) == [
        (
            on(2, "16:00"),
            "Young carers: the brief, for Thursday 3 December.\n"
            "Ask the police. — added by Jo Tester\n"
            "Walk the ward — Jo Tester, stuck since Wednesday",
        )
    ]


async def test_where_there_is_nothing_to_say_there_is_no_post(digested: Bot) -> None:
    await live(digested, on(8, "18:00"))
    assert briefs(digested) == []


async def test_what_is_said_after_four_is_posted_then_and_nothing_once_they_meet(digested: Bot) -> None:
    await live_to(digested, on(3, "13:58"))
    assert briefs(digested) == []
    await said(digested, "Ask the police.")
    await live_to(digested, on(3, "13:59"))
    assert [at for at, _ in briefs(digested)] == [on(3, "13:58")]


@pytest.mark.parametrize(("back", "goes"), [("13:59", [on(3, "13:59")]), ("14:00", [])])
async def test_missed_while_the_bot_was_down_it_is_late_and_never_after_the_meeting_began(
    digested: Bot, back: str, goes: list[datetime]
) -> None:
    await said(digested, "Ask the police.")
    digested.clock.move_to(on(3, back))
    await live(digested, on(8, "18:00"))
    assert [at for at, _ in briefs(digested)] == goes


async def test_after_a_late_digest_it_comes_four_hours_later(carers: Bot) -> None:
    await shared(carers)
    await promised(carers)
    await says(carers, State.STUCK)
    await live_to(carers, on(2, "09:59"))
    carers.clock.move_to(on(2, "18:30"))  # the bot was down
    await live(carers, on(3, "18:00"))
    [digest] = [one.at for one in carers.slack.posted if "the digest" in one.text]
    assert (digest, [at for at, _ in briefs(carers)]) == (on(2, "18:30"), [on(2, "22:30")])


async def test_it_moves_with_the_meeting_and_a_skipped_one_has_none(digested: Bot) -> None:
    await said(digested, "Ask the police.")
    moved = young_carers.group(moved=(Moved(planned=date(2026, 12, 3), to=date(2026, 12, 8), at="14:00"),))
    await digested.store.groups.change("g7", lambda _: moved)
    await live_to(digested, on(7, "15:59"))
    assert briefs(digested) == []
    skipped = replace(moved, rhythm=replace(moved.rhythm, skipped=(date(2026, 12, 3),)))
    await digested.store.groups.change("g7", lambda _: skipped)
    await live_to(digested, on(7, "18:00"))
    assert briefs(digested) == []
    await digested.store.groups.change("g7", lambda _: moved)
    await digested.store.due.look_at("g7", digested.clock.now())
    await live_to(digested, on(7, "18:01"))
    [(_, words)] = briefs(digested)
    assert words.startswith("Young carers: the brief, for Tuesday 8 December.\nAsk the police.")


async def test_lines_of_somebody_who_leaves_before_it_are_dropped_and_after_it_they_stay(digested: Bot) -> None:
    await said(digested, "Ask the police.")
    await said(digested, "And the schools.", SAM)
    await people.leave(digested.deps, await as_leader(digested.deps, JO, "g7"), digested.clock.now())
    await live_to(digested, on(2, "17:00"))
    [(_, words)] = briefs(digested)
    assert ("police" in words, "schools" in words) == (False, True)
    await people.leave(digested.deps, await as_leader(digested.deps, SAM, "g7"), digested.clock.now())
    await live(digested, on(3, "13:00"))
    assert briefs(digested)[0][1] == words


async def test_what_is_struck_after_it_is_posted_is_gone_from_the_channel(posted: Bot) -> None:
    await struck(posted, "added.n1")
    await posted.tick()
    assert [("police" in words, "schools" in words) for _, words in briefs(posted)] == [(False, True)]
    await struck(posted, "added.n2", SAM)
    await posted.tick()
    assert [words for _, words in briefs(posted)] == [
        "Young carers: nothing is left in this brief: what it held was struck, or has changed since."
    ]


async def test_it_is_gone_where_the_bot_dies_before_it_asks_for_the_correction(posted: Bot) -> None:
    with suppress(Killed):
        await struck(doomed(posted, DeathAt("look_at", 2)), "added.n1")
    await live(posted, on(2, "18:00"))
    assert "police" not in briefs(posted)[0][1]


async def test_what_is_struck_while_it_is_on_its_way_is_gone(digested: Bot) -> None:
    await said(digested, "Ask the police.")
    await said(digested, "And the schools.", SAM)
    digested.slack.orders.extend([LOST])
    await live_to(digested, on(2, "16:00"))
    await struck(digested, "added.n1")
    await live(digested, on(2, "18:00"))
    assert [("police" in words, "schools" in words) for _, words in briefs(digested)] == [(False, True)]


async def test_other_words_for_a_commitment_stand_in_it_and_that_it_moves_again_does_not(digested: Bot) -> None:
    await promised(digested)
    await says(digested, State.STUCK)
    await live_to(digested, on(2, "17:00"))
    await says(digested, State.MOVING)
    await promised(digested, "Walk it with the porters")
    await live_to(digested, on(2, "17:01"))
    [(_, words)] = briefs(digested)
    assert words.splitlines()[1:] == ["Walk it with the porters — Jo Tester, stuck since Wednesday"]


@pytest.fixture
async def who_is_ahead(carers: Bot) -> Bot:
    """The question of the round is who is ahead of us. Jo has told everyone, and Sam himself."""
    asked = replace(young_carers.group(), questions=(Question.ALREADY_AHEAD,), same_question=True)
    await carers.store.groups.change("g7", lambda _: asked)
    await shared(carers)
    for name, audience in (("sam", Audience.ME), ("jo", Audience.GROUP)):
        new = Plate(person_id=name, round=ROUND, question=Answer(text=f"{name} knows Leeds.", audience=audience))
        await carers.store.plates.change("g7", name, lambda _, new=new: new, round=ROUND)
    return carers


async def pulls_back(bot: Bot) -> None:
    await plate.pull_back_plate(bot.deps, await as_leader(bot.deps, JO, "g7"), ROUND, bot.clock.now())


async def test_who_is_ahead_comes_from_the_digest_and_goes_when_it_is_pulled_back(who_is_ahead: Bot) -> None:
    await live_to(who_is_ahead, on(2, "17:00"))
    [(_, words)] = briefs(who_is_ahead)
    assert words.splitlines()[1:] == ["jo knows Leeds. — already ahead, says The Trust"]
    await pulls_back(who_is_ahead)
    await live_to(who_is_ahead, on(2, "17:10"))
    assert not [words for words in who_is_ahead.slack.stands.values() if "knows Leeds" in words]


async def test_what_is_pulled_back_while_it_waits_to_go_is_not_in_it_though_the_bot_died_over_it(
    who_is_ahead: Bot,
) -> None:
    await promised(who_is_ahead)
    await says(who_is_ahead, State.STUCK)
    await live_to(who_is_ahead, on(2, "15:59"))
    who_is_ahead.slack.orders.append(UNREACHED)
    who_is_ahead.clock.move_to(on(2, "16:00"))
    await who_is_ahead.tick()
    with suppress(Killed):
        await pulls_back(doomed(who_is_ahead, DeathAt("look_at", 2)))
    while not briefs(who_is_ahead):
        await who_is_ahead.after(timedelta(seconds=1))
    first = next(one.text for one in who_is_ahead.slack.posted if ": the brief" in one.text)
    assert first.splitlines()[1:] == ["Walk the ward — Jo Tester, stuck since Monday"]


async def test_where_slack_keeps_it_as_it_was_its_author_hears_once_and_it_is_tried_each_day(posted: Bot) -> None:
    posted.slack.cannot_update = EDITS_OVER
    await struck(posted, "added.n1")
    await live(posted, on(4, "18:00"))
    told = [text for _, text in posted.slack.to("jo") if "would not let me change the brief" in text]
    assert (len(told), "police" in briefs(posted)[0][1]) == (1, True)
    assert not [text for _, text in posted.slack.to("sam") if "would not let me" in text]
    posted.slack.cannot_update = None
    await live(posted, on(6, "18:00"))
    assert "police" not in briefs(posted)[0][1]


async def test_where_somebody_deleted_it_nobody_hears_that_their_words_stand_there_still(posted: Bot) -> None:
    posted.slack.cannot_update = NOT_THERE
    await struck(posted, "added.n1")
    await live(posted, on(2, "17:30"))
    archived = partial(troubled, code="is_archived", now=posted.clock.now())
    await posted.store.groups.change("g7", lambda stored: stored and archived(stored))
    await posted.store.due.look_at("g7", posted.clock.now())
    await live(posted, on(4, "18:00"))
    assert not [text for _, text in posted.slack.to("jo") if "the brief" in text]


async def test_it_is_one_post_wherever_slack_fails_on_the_way(digested: Bot) -> None:
    await said(digested, "Ask the police.")
    digested.slack.orders.extend([UNREACHED, LOST, UNREACHED])
    await live(digested, on(3, "18:00"))
    assert len(briefs(digested)) == 1


async def test_a_brief_is_kept_as_long_as_a_digest(posted: Bot) -> None:
    await forget_old(posted.store, "g7", on(2, "17:00") + RETENTION - timedelta(days=3))
    assert ROUND in await posted.store.briefs.all("g7")
    await forget_old(posted.store, "g7", on(2, "17:00") + RETENTION + timedelta(days=8))
    assert await posted.store.briefs.all("g7") == {}
