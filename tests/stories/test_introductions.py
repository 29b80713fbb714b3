"""Sam is stuck, Jo can help: they are put together, find twenty minutes, and say whether they talked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.introductions import Talk, Why, answer, introduce
from bot.usecases.retention import forget_old
from playground.faults import Fault
from playground.messages import Message
from tests.promises.watch import all_kept, screens_of
from tests.stage import Stage

STUCK = "Ring the housing lead"
OPENING = ": an introduction."


@pytest.fixture
async def helped(stage: Stage) -> Stage:
    """Sam, Jo, Amir, Margaret. Jo can help Sam, who is told so on Wednesday morning."""
    await stage.gather("Jo", "Amir", "Margaret")
    await offers_help(stage, "Jo")
    return stage


async def offers_help(stage: Stage, name: str) -> None:
    await stage.at("2026-11-25 09:10")
    await stage.press_more("Sam", "Add a commitment")
    assert await stage.send("Sam", {"What": STUCK}) is None
    await stage.press_more(name, "See commitments")
    await stage.person(name).press_in_modal("I can help")
    await stage.person(name).close(everything=True)
    await stage.at("2026-11-25 09:20")


async def opens(stage: Stage) -> None:
    """Sam presses *Open a conversation*, and what follows from it happens."""
    await stage.press("Sam", "Open a conversation")
    await stage.person("Sam").close(everything=True)
    await stage.at("2026-11-25 10:00")


def together(stage: Stage) -> list[Message]:
    """What stands in conversations of several."""
    several = [channel for channel in stage.pg.world.channels.values() if channel.is_mpim]
    return [message for channel in several for message in channel.messages.values() if not message.ephemeral_to]


def by_dm(stage: Stage, name: str) -> list[str]:
    return [text for text in stage.sent(name) if OPENING in text]


def without_the_scope(stage: Stage) -> None:
    app = stage.person("Sam").app("Between")
    for install in app.installs.values():
        install.scopes.remove("mpim:write")


async def ticks(stage: Stage, name: str, *days: str) -> None:
    """In the form, mornings by the day's name."""
    await stage.press(name, "Find us twenty minutes")
    who = stage.person(name)
    assert who.modal
    label = next(
        block["label"]["text"]
        for block in who.modal.blocks
        if block["type"] == "input" and block["label"]["text"].startswith("Mornings")
    )
    await who.fill(label, [*days])
    assert await who.submit() is None
    await stage.settle()


async def test_sam_and_jo_are_put_in_one_conversation(helped: Stage) -> None:
    await helped.press("Sam", "Open a conversation")
    sheet = helped.modal("Sam")
    assert "I try to open one conversation with Jo (Riverside Hospitals Trust) and you" in sheet
    assert "If Slack won't have it, each of you gets a message with how to reach the other." in sheet
    await helped.person("Sam").close(everything=True)
    await helped.at("2026-11-25 10:00")
    (message,) = together(helped)
    channel = helped.pg.world.channels[message.channel_id]
    assert {helped.person(name).id for name in ("Sam", "Jo")} < set(channel.members)
    assert len(channel.members) == 3
    shown = helped.shown(message)
    assert "Sam (Riverside Council), Jo (Riverside Hospitals Trust): Jo offered Sam help" in shown
    assert f"“{STUCK}”" in shown
    assert "To begin with: what has each of you tried so far? Twenty minutes? A walk counts." in shown
    assert "[Find us twenty minutes] [More]" in shown
    assert by_dm(helped, "Sam") == by_dm(helped, "Jo") == []
    await all_kept(helped)


async def test_pressed_again_and_arriving_twice_it_is_there_once(helped: Stage) -> None:
    await helped.press("Sam", "Open a conversation")
    await helped.again("Sam")
    await helped.person("Sam").close(everything=True)
    await helped.at("2026-11-25 10:00")
    await helped.again("Sam")
    assert "It is open already" in helped.modal("Sam")
    await helped.at("2026-11-26 10:00")
    assert len(together(helped)) == 1


async def test_pressed_by_a_third_person_nothing_happens(helped: Stage) -> None:
    await helped.press("Sam", "Open a conversation")
    await helped.person("Sam").close(everything=True)
    await helped.again("Sam", by="Margaret")
    assert "somebody else" in helped.notes("Margaret")[-1]
    await helped.at("2026-11-26 10:00")
    assert len(together(helped)) == 1


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


async def test_each_ticks_alone_and_the_first_half_day_of_both_is_named_to_both(helped: Stage) -> None:
    await opens(helped)
    await ticks(helped, "Sam", "Monday 30 November", "Tuesday 1 December")
    assert "Kept, for you alone. Once Jo has ticked too, I write to you both." in helped.modal("Sam")
    await helped.person("Sam").close(everything=True)
    await helped.press("Jo", "Find us twenty minutes")
    assert "[x]" not in helped.modal("Jo")
    await helped.person("Jo").close(everything=True)
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert "You both have Tuesday 1 December, 09:00 GMT." in helped.modal("Jo")
    await helped.at("2026-11-25 10:30")
    said = helped.shown(together(helped)[-1])
    assert "Sam and Jo, you both have Tuesday 1 December, 09:00 GMT. Your ticks are deleted. A walk counts." in said
    (one,) = [one for group in await groups(helped) for one in (await kept(helped, group)).values()]
    assert one.ticks == {}
    await helped.press("Sam", "For my calendar")
    assert "BEGIN:VCALENDAR" in helped.modal("Sam")
    assert "DTSTART:20261201T090000Z" in helped.modal("Sam")
    await helped.person("Sam").close(everything=True)
    await helped.press("Sam", "Find us twenty minutes")  # in the message from before
    assert "You both have Tuesday 1 December, 09:00 GMT. When else could you talk with Jo" in helped.modal("Sam")
    await all_kept(helped)


async def groups(stage: Stage) -> list[str]:
    return await stage.bot.deps.store.index.groups()


async def kept(stage: Stage, group: str) -> dict[str, object]:
    return {**await stage.bot.deps.store.introductions.all(group)}


async def test_no_half_day_in_common_is_said_kindly_and_they_tick_again(helped: Stage) -> None:
    without_the_scope(helped)
    await opens(helped)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.person("Sam").close(everything=True)
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert "You and Sam had no half-day in common. Your ticks are deleted; tick again" in helped.modal("Jo")
    await helped.person("Jo").close(everything=True)
    await helped.at("2026-11-25 10:30")
    for name in ("Sam", "Jo"):
        assert "you had no half-day in common. Your ticks are deleted." in helped.dm(name)
    await ticks(helped, "Sam", "Tuesday 1 December")
    await helped.person("Sam").close(everything=True)
    await ticks(helped, "Jo", "Tuesday 1 December")
    assert "You both have Tuesday" in helped.modal("Jo")


async def test_nothing_ticked_is_said_at_the_form(helped: Stage) -> None:
    await opens(helped)
    await helped.press("Sam", "Find us twenty minutes")
    errors = await helped.person("Sam").submit()
    assert errors == {"am": "Tick at least one half-day, or close the form."}


async def test_ten_days_later_each_is_asked_and_a_yes_of_one_is_enough(helped: Stage) -> None:
    await opens(helped)
    await helped.at("2026-12-09 10:00")
    asked = "Did you and Jo (Riverside Hospitals Trust) get to talk?"
    shown = helped.shown(helped.newest("Sam", asked))
    assert "[We did] [Not yet] [Leave it]" in shown
    await helped.press("Sam", "We did")
    assert "Good to know." in "\n".join([*helped.notes("Sam"), helped.shown(helped.newest("Sam", "Young carers"))])
    await helped.press_more("Jo", "For you")
    assert "get to talk?" not in helped.modal("Jo")


async def test_sam_would_rather_not_and_only_sam_knows(helped: Stage) -> None:
    await opens(helped)
    await helped.press("Sam", "Find us twenty minutes")
    sam = helped.person("Sam")
    await sam.press_in_modal("Not with this person")
    await helped.settle()
    assert "Jo (Riverside Hospitals Trust)" in helped.modal("Sam")
    assert "Only you see this." in helped.modal("Sam")
    await sam.close(everything=True)
    await helped.press_more("Jo", "Change my settings")
    await helped.person("Jo").press_in_modal("Not with…")
    assert "Nobody is listed." in helped.modal("Jo")
    await helped.person("Jo").close(everything=True)
    await helped.press_more("Sam", "Change my settings")
    await sam.press_in_modal("Not with…")
    await sam.press_in_modal("Lift")
    await helped.settle()
    assert "Nobody is listed." in helped.modal("Sam")


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


async def test_what_sam_ticks_and_whom_sam_would_rather_not_meet_nobody_else_sees(helped: Stage) -> None:
    """What Jo, Amir and whoever reads the channel see is the same as if Sam had done nothing."""
    await opens(helped)
    before = {name: len(screens_of(helped, name)) for name in ("Jo", "Amir", "Margaret")}
    await helped.press("Sam", "More")
    await helped.person("Sam").press_in_modal("Change my settings")
    await helped.person("Sam").press_in_modal("Not with…")
    await helped.person("Sam").choose_in_modal("Not with…", "Amir (Riverside Fire & Rescue)")
    await helped.settle()
    assert "Amir (Riverside Fire & Rescue)\n[Lift]" in helped.modal("Sam")
    await helped.person("Sam").close(everything=True)
    await ticks(helped, "Sam", "Monday 30 November")
    await helped.at("2026-11-25 10:30")
    assert {name: len(screens_of(helped, name)) for name in before} == before
    await helped.press_more("Jo", "For you")
    assert "Sam (Riverside Council) has ticked half-days for your twenty minutes." in helped.modal("Jo")
    assert "Monday" not in helped.modal("Jo")


async def test_open_now_says_how_many_talked_from_three_on(helped: Stage) -> None:
    store = helped.bot.deps.store
    (group,) = await store.index.groups()
    now = helped.clock.now()
    for number in range(3):
        await helped.press_more("Margaret", "Open now")
        assert "led to a talk" not in helped.modal("Margaret")
        await helped.person("Margaret").close(everything=True)
        one = introduce(None, why=Why.HELP, subject=f"c{number}", by="p1", to="p2", now=now)
        talked = answer(one, "p1", Talk.WE_DID, now)
        await store.introductions.change(group, one.id, lambda _, talked=talked: talked)
    await helped.press_more("Margaret", "Open now")
    assert "In the past year 3 introductions have led to a talk." in helped.modal("Margaret")


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


async def test_more_works_in_the_conversation_of_the_two(helped: Stage) -> None:
    await opens(helped)
    (message,) = together(helped)
    await helped.person("Jo").press(message, "More")
    await helped.settle()
    assert "Change my settings" in helped.modal("Jo")


async def test_whom_sam_wants_to_talk_to_may_have_left_by_then(helped: Stage) -> None:
    await helped.press_more("Jo", "Leave")
    await helped.press("Sam", "Open a conversation")
    assert "They have left the group meanwhile" in "\n".join(helped.notes("Sam"))
