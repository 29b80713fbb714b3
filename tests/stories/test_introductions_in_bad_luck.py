"""Introductions where Slack refuses, an answer is lost, somebody has left, or a year has gone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.usecases.retention import forget_old
from playground.faults import Fault
from tests.stage import Stage
from tests.stories.introducing import (
    OPENING,
    by_dm,
    offered_help,
    opens,
    ticks,
    together,
    without_the_scope,
)


@pytest.fixture
async def helped(stage: Stage) -> Stage:
    return await offered_help(stage)


async def test_without_the_scope_each_gets_the_others_name_organisation_and_account(helped: Stage) -> None:
    without_the_scope(helped)
    await opens(helped)
    assert together(helped) == []
    for name, other in (("Sam", "Jo (Riverside Hospitals Trust)"), ("Jo", "Sam (Riverside Council)")):
        (text,) = by_dm(helped, name)
        assert "Slack won't let me open one conversation" in text
        shown = helped.shown(helped.newest(name, OPENING))
        assert f"Write to {other} here in Slack: " in shown
        assert f"@{helped.person(other.partition(' ')[0]).user.name}" in shown
        assert "[Find us twenty minutes] [More]" in shown


async def test_jo_who_leaves_before_it_is_sent_gets_nothing_and_sam_hears_so(helped: Stage) -> None:
    await helped.at("2026-11-25 19:00")
    await helped.press("Sam", "Open a conversation")
    await helped.person("Sam").close(everything=True)
    await helped.press_more("Jo", "Leave")
    before = len(helped.dms("Jo"))
    await helped.at("2026-11-26 10:00")
    assert together(helped) == []
    assert len(helped.dms("Jo")) == before
    assert "Jo (Riverside Hospitals Trust) has left the group meanwhile" in "\n".join(helped.sent("Sam"))


@pytest.mark.slow
async def test_after_a_lost_answer_that_cant_be_looked_up_each_is_told_so(helped: Stage) -> None:
    """Between may not read conversations of several, so it can't look whether its message arrived."""
    helped.pg.world.faults.order(Fault("lost"), times=1, method="chat.postMessage")
    await opens(helped)
    await helped.at("2026-11-25 11:00")
    assert len(together(helped)) == 1
    for name in ("Sam", "Jo"):
        (text,) = by_dm(helped, name)
        assert "can't tell whether it arrived" in text


async def test_where_jos_account_was_closed_meanwhile_sam_is_told_by_dm(helped: Stage) -> None:
    """Slack has not told us of it yet."""
    helped.person("Jo").user.deleted = True
    await opens(helped)
    assert together(helped) == []
    assert len(by_dm(helped, "Sam")) == 1


@pytest.mark.slow
async def test_a_form_left_open_until_its_half_days_have_passed_is_not_kept(helped: Stage) -> None:
    await opens(helped)
    await helped.press("Jo", "Find us twenty minutes")
    await helped.at("2026-11-27 10:00")
    jo = helped.person("Jo")
    await jo.fill("Mornings, 09:00–12:00, London time", ["Thursday 26 November", "Friday 27 November"])
    await jo.submit()
    assert "Those half-days have begun or passed." in helped.modal("Jo")
    await jo.fill("Mornings, 09:00–12:00, London time", ["Friday 27 November", "Monday 30 November"])
    assert await jo.submit() is None
    assert "Kept, for you alone." in helped.modal("Jo")


async def test_what_slack_wont_have_in_the_conversation_any_more_goes_to_each(helped: Stage) -> None:
    await opens(helped)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.person("Sam").close(everything=True)
    (channel,) = [one for one in helped.pg.world.channels.values() if one.is_mpim]
    await helped.press("Jo", "Find us twenty minutes")
    await helped.person("Jo").fill("Mornings, 09:00–12:00, London time", ["Monday 30 November"])
    channel.archived = True
    assert await helped.person("Jo").submit() is None
    await helped.at("2026-11-25 11:00")
    for name in ("Sam", "Jo"):
        assert len([text for text in helped.sent(name) if "you both have Monday" in text]) == 1
        assert by_dm(helped, name) == []


@pytest.mark.slow
async def test_after_twelve_months_an_introduction_is_forgotten(helped: Stage) -> None:
    await opens(helped)
    store = helped.bot.deps.store
    (group,) = await store.index.groups()
    await forget_old(store, group, helped.clock.now() + timedelta(days=365))
    assert len(await store.introductions.all(group)) == 1
    await forget_old(store, group, helped.clock.now() + timedelta(days=367))
    assert await store.introductions.all(group) == {}


async def test_a_late_press_on_what_is_forgotten_is_answered_in_words(helped: Stage) -> None:
    await opens(helped)
    store = helped.bot.deps.store
    (group,) = await store.index.groups()
    for id_ in await store.introductions.all(group):
        await store.introductions.change(group, id_, lambda _: None)
    await helped.press("Jo", "Find us twenty minutes")
    assert "That introduction is over." in "\n".join(helped.notes("Jo"))


async def test_whom_sam_wants_to_talk_to_may_have_left_by_then(helped: Stage) -> None:
    await helped.press_more("Jo", "Leave")
    await helped.press("Sam", "Open a conversation")
    assert "They have left the group meanwhile" in "\n".join(helped.notes("Sam"))
