"""What we are here for: drafted, put to all, said of, and standing by its rule; and what serves which aim."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator

import pytest
import structlog

from bot import logs
from bot.domain.purpose import PURPOSE_ID, Purpose
from bot.settings import Settings
from playground.messages import Message
from tests.promises.watch import shown
from tests.stage import Stage, also

SENTENCE = "Young carers are seen before they are tired."
BETTER = "Young carers are seen, and rest."
AIM, OTHER = "Every school asks", "One number to ring"
CAN, CHANGE = "I can live with it", "I would change this…"
RULE = "It stands once seven days have passed"
SHEET = ("What for", "What we are here for")


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Sam of the Council, Jo and Priya of the Trust, Amir of Fire & Rescue, on a Tuesday."""
    await stage.gather("Jo", "Priya", "Amir")
    await stage.at("2026-11-24 09:00")
    return stage


async def draft(stage: Stage, name: str = "Jo", sentence: str = SENTENCE, **aims: str) -> str:
    """By the command; what is said then."""
    await stage.person(name).command("/between", "purpose", "young-carers")
    button = "Draft a purpose" if "[Draft a purpose]" in stage.modal(name) else "Suggest other words"
    await stage.person(name).press_in_modal(button)
    who = stage.person(name)
    await who.fill("What are we here for?", sentence)
    for field, aim in aims.items():
        await who.fill(field.replace("_", " "), aim)
    assert await who.submit() is None
    await stage.settle()
    said = stage.modal(name)
    await who.close(everything=True)
    return said


def put(stage: Stage, sentence: str = SENTENCE) -> Message:
    """The post that put those words to all."""
    return next(one for one in stage.posts() if sentence in str(one.blocks) and "here for:" in stage.shown(one))


def told(stage: Stage) -> list[str]:
    return [stage.shown(one) for one in stage.posts() if "This is what we are here for, since" in stage.shown(one)]


def thread(stage: Stage, sentence: str = SENTENCE) -> str:
    return "\n".join(map(stage.shown, stage.replies(put(stage, sentence))))


async def live_with(stage: Stage, *names: str, sentence: str = SENTENCE) -> None:
    """From the post in the channel."""
    for name in names:
        await stage.person(name).press(put(stage, sentence), CAN)
        await stage.settle()


async def would_change(stage: Stage, name: str, text: str, sentence: str = SENTENCE) -> None:
    await stage.person(name).press(put(stage, sentence), CHANGE)
    assert await stage.send(name, {"What would you change?": text}) is None


async def sheet(stage: Stage, name: str) -> str:
    await stage.press_more(name, *SHEET)
    return stage.modal(name)


async def close(stage: Stage, name: str) -> None:
    await stage.person(name).close(everything=True)


async def stored(stage: Stage) -> Purpose:
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    found = await store.purposes.get(group, PURPOSE_ID)
    assert found is not None
    return found


async def test_three_leaders_of_two_organisations_from_a_draft_to_other_words(carers: Stage) -> None:
    """Drafted, pressed, a change asked for and withdrawn, standing after seven days, and reworded."""
    assert "It goes to the channel now" in await draft(carers, Aim_1=AIM)
    first = carers.shown(put(carers))
    assert "Jo (Riverside Hospitals Trust) drafts what we are here for:" in first
    assert SENTENCE in first
    assert AIM in first
    assert RULE in first
    await live_with(carers, "Sam", "Amir")
    await would_change(carers, "Priya", "Tired is the wrong word.")
    assert "Priya (Riverside Hospitals Trust) would change this:" in thread(carers)
    assert "Tired is the wrong word." in thread(carers)
    await carers.at("2026-12-01 10:05")
    assert not told(carers)
    await sheet(carers, "Priya")
    assert "Priya (Riverside Hospitals Trust) would change: Tired is the wrong word." in carers.modal("Priya")
    await carers.person("Priya").press_in_modal("Withdraw it")
    await carers.settle()
    await close(carers, "Priya")
    assert "Tired is the wrong word." not in thread(carers)
    assert "Priya (Riverside Hospitals Trust) withdrew what they would change." in thread(carers)
    (said,) = told(carers)
    assert "since Tuesday 1 December 2026:" in said
    assert SENTENCE in said
    assert f"[{CAN}]" not in carers.shown(put(carers))
    assert "These words came to stand on Tuesday 1 December 2026." in carers.shown(put(carers))
    await carers.at("2026-12-02 09:00")
    assert len(told(carers)) == 1
    await draft(carers, "Amir", BETTER)
    assert "Amir (Riverside Fire & Rescue) suggests other words" in carers.shown(put(carers, BETTER))
    now = await sheet(carers, "Sam")
    assert SENTENCE in now
    assert "Other words by Amir (Riverside Fire & Rescue), under way" in now
    await close(carers, "Sam")
    await live_with(carers, "Sam", "Jo", sentence=BETTER)
    await carers.at("2026-12-09 09:01")
    assert len(told(carers)) == 2
    history = await sheet(carers, "Sam")
    assert "From Tuesday 1 December 2026 to Wednesday 9 December 2026:" in history
    assert "It has stood since Wednesday 9 December 2026." in history
    assert BETTER in history
    assert SENTENCE in history


async def test_too_few_or_of_one_organisation_and_it_waits_until_another_can(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Priya")
    await carers.at("2026-12-01 10:05")
    assert not told(carers)
    assert "It stands as soon as enough of us can live with it" in await sheet(carers, "Sam")
    await close(carers, "Sam")
    await live_with(carers, "Amir")
    assert len(told(carers)) == 1


async def test_nobody_is_shown_who_pressed_and_the_post_stays_as_it_is(carers: Stage) -> None:
    await draft(carers)
    before = carers.shown(put(carers))
    await live_with(carers, "Sam")
    assert carers.shown(put(carers)) == before
    assert "Kept. Nobody is shown who pressed, or who did not." in carers.notes("Sam")[-1]
    mine = await sheet(carers, "Sam")
    assert "You can live with it. Only you are shown that." in mine
    await close(carers, "Sam")
    other = await sheet(carers, "Amir")
    assert "Sam" not in other
    assert "You can live with it." not in other
    for number in ("2 of", "2 leaders", "1 of", "1 leader"):
        assert number not in other


async def test_it_comes_to_each_who_has_said_nothing_once_and_pressing_there_ends_it(carers: Stage) -> None:
    await draft(carers, Aim_1=AIM)
    await live_with(carers, "Sam")
    await carers.at("2026-11-25 12:00")
    asked = carers.newest("Amir", f"[{CAN}]")
    assert f"drafts what we are here for: “{SENTENCE}” Aims: {AIM}." in carers.shown(asked)
    assert f"[{CAN}]" not in carers.dm("Sam")
    await carers.person("Amir").press(asked, CAN)
    await carers.settle()
    assert f"[{CAN}]" not in carers.dm("Amir")
    assert "Kept." not in carers.dm("Amir"), "his DM does not say what he pressed, and Slack may export it"
    assert "Kept. Nobody is shown who pressed" in carers.notes("Amir")[-1]
    await carers.again("Amir", by="Sam")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 3
    await carers.at("2026-12-09 12:00")
    assert f"[{CAN}]" not in carers.dm("Amir")


async def test_what_was_put_to_him_and_is_answered_in_the_channel_is_asked_no_more(carers: Stage) -> None:
    await draft(carers)
    await carers.at("2026-11-25 12:00")
    assert f"[{CAN}]" in carers.shown(carers.newest("Amir", f"[{CAN}]"))
    await live_with(carers, "Amir")
    assert not [one for one in carers.dms("Amir") if f"[{CAN}]" in carers.shown(one)]


async def test_the_matter_can_be_answered_in_words_and_ends_by_that(carers: Stage) -> None:
    await draft(carers)
    await carers.at("2026-11-25 12:00")
    await carers.person("Amir").press(carers.newest("Amir", f"[{CHANGE}]"), CHANGE)
    assert await carers.send("Amir", {"What would you change?": "Name the age."}) is None
    assert f"[{CHANGE}]" not in carers.dm("Amir")
    assert "Name the age." not in carers.dm("Amir")
    assert "Name the age." in thread(carers)


async def test_a_second_press_and_a_form_sent_twice_count_once(carers: Stage) -> None:
    await draft(carers)
    await carers.again("Jo")
    assert len([one for one in carers.posts() if SENTENCE in carers.shown(one)]) == 1
    await live_with(carers, "Sam", "Sam")
    await would_change(carers, "Priya", "Shorter.")
    await carers.again("Priya")
    assert len(carers.replies(put(carers))) == 1
    one = (await stored(carers)).under_way
    assert one is not None
    assert (len(one.can_live), len(one.asked)) == (2, 1)


async def test_other_words_begin_afresh_and_the_old_buttons_say_so_kindly(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    old = put(carers)
    buttons = carers.shown(old)
    await carers.at("2026-11-25 15:00")
    await carers.person("Sam").press(old, CHANGE)
    await draft(carers, "Jo", BETTER)
    assert "Other words took their place on Wednesday 25 November 2026." in carers.shown(old)
    assert f"[{CAN}]" in buttons
    assert f"[{CAN}]" not in carers.shown(old)
    await carers.person("Sam").fill("What would you change?", "Too late, perhaps.")
    await carers.person("Sam").submit()
    await carers.settle()
    assert "Those words are not under way any more" in carers.modal("Sam")
    assert "Too late, perhaps." in carers.modal("Sam")
    await close(carers, "Sam")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 1


async def test_an_old_press_that_comes_late_changes_nothing(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam")
    await carers.at("2026-11-25 15:00")
    await draft(carers, "Jo", BETTER)
    await carers.again("Sam")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 1
    assert "Those words are not under way any more" in carers.notes("Sam")[-1]


async def test_while_a_draft_is_under_way_another_says_what_she_would_change(carers: Stage) -> None:
    await carers.person("Amir").command("/between", "purpose", "young-carers")
    await carers.person("Amir").press_in_modal("Draft a purpose")
    await carers.person("Amir").fill("What are we here for?", "Mine.")
    await draft(carers)
    refused = await carers.person("Amir").submit()
    assert refused is not None, "his form stays, and his words in it"
    assert "A draft of somebody else's is under way" in refused["sentence"]
    await close(carers, "Amir")
    other = await sheet(carers, "Amir")
    assert "[Draft a purpose]" not in other
    assert "[Suggest other words]" not in other
    assert f"[{CHANGE}]" in other


async def test_the_author_takes_it_back_and_the_post_says_so(carers: Stage) -> None:
    await draft(carers)
    await sheet(carers, "Jo")
    await carers.person("Jo").press_in_modal("Take it back")
    await carers.settle()
    assert "[Draft a purpose]" in carers.modal("Jo")
    assert "took these words back on Tuesday 24 November 2026." in carers.shown(put(carers))
    await close(carers, "Jo")
    assert SENTENCE in await sheet(carers, "Sam"), "every wording is kept"


async def test_who_left_can_press_no_more_and_what_they_would_change_lapses(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    await would_change(carers, "Priya", "Shorter.")
    await carers.press_more("Priya", "Leave")
    await carers.person("Priya").press(put(carers), CAN)
    await carers.settle()
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 3
    await carers.at("2026-12-01 10:05")
    assert len(told(carers)) == 1


async def test_somebody_who_never_joined_is_offered_to_and_counts_for_nothing(carers: Stage) -> None:
    await draft(carers)
    await carers.person("Wei").press(put(carers), CAN)
    await carers.settle()
    assert "Join" in carers.modal("Wei")
    one = (await stored(carers)).under_way
    assert one is not None
    assert len(one.can_live) == 1


async def test_an_external_leader_does_all_of_it_by_button(carers: Stage) -> None:
    """Margaret is of another workspace: no command and no Home there."""
    await carers.join("Margaret", "Riverside Police")
    await carers.press_more("Margaret", "What for", "Draft a purpose")
    await carers.person("Margaret").fill("What are we here for?", SENTENCE)
    await carers.person("Margaret").fill("Aim 1", AIM)
    assert await carers.person("Margaret").submit() is None
    await carers.settle()
    await close(carers, "Margaret")
    await carers.at("2026-11-25 10:01")
    await live_with(carers, "Sam", "Jo")
    await carers.at("2026-12-02 10:05")
    assert len(told(carers)) == 1
    await commit(carers, "Margaret", "Ring each school", serves=AIM, better="Pupils in year 7")
    await carers.press_more("Margaret", "What for", "Line of sight")
    assert f"Ring each school → {AIM} → Pupils in year 7" in carers.modal("Margaret")


async def commit(stage: Stage, name: str, what: str, *, serves: str = "", part: str = "", better: str = "") -> None:
    await stage.press_more(name, "Add a commitment")
    who = stage.person(name)
    await who.fill("What will you do?", what)
    if serves:
        await who.choose_in_modal("Serves", serves)
    await who.fill("My part", part)
    await who.fill("Whose life gets better", better)
    assert await who.submit() is None
    await stage.settle()
    await who.close(everything=True)


async def standing(stage: Stage) -> None:
    await draft(stage, Aim_1=AIM, Aim_2=OTHER)
    await live_with(stage, "Sam", "Amir")
    await stage.at("2026-12-01 10:05")
    assert told(stage)


async def test_home_shows_the_line_of_sight_and_an_aim_that_went_as_it_was(carers: Stage) -> None:
    await standing(carers)
    await commit(carers, "Sam", "Ask each head", serves=AIM, part="I ring three", better="Pupils in year 7")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert f"I ring three → Ask each head → {AIM} → Pupils in year 7" in carers.home("Sam")
    await carers.press_more("Amir", "See commitments")
    assert f"Serves: {AIM}" in carers.modal("Amir")
    await close(carers, "Amir")
    await draft(carers, "Amir", BETTER, Aim_1="Every school asks early")
    await carers.at("2026-12-02 10:01")
    await live_with(carers, "Sam", "Jo", sentence=BETTER)
    await carers.at("2026-12-09 10:02")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert "Ask each head → Every school asks early → Pupils" in carers.home("Sam"), "the aim kept its id"
    await draft(carers, "Jo", "Rest comes first.", Aim_1="")
    await carers.at("2026-12-10 10:01")
    await live_with(carers, "Sam", "Amir", sentence="Rest comes first.")
    await carers.at("2026-12-17 10:03")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert "Ask each head → Every school asks early (as it was) → Pupils" in carers.home("Sam")
    await carers.press_more("Sam", "See commitments")
    await carers.person("Sam").press_in_modal("Change its words")
    assert "Every school asks early (as it was)" in carers.modal("Sam")
    await carers.person("Sam").choose_in_modal("Serves", OTHER)
    assert await carers.person("Sam").submit() is None
    await carers.settle()
    await close(carers, "Sam")
    await carers.person("Sam").open_home()
    await carers.settle()
    assert f"Ask each head → {OTHER} → Pupils" in carers.home("Sam")


async def test_without_a_purpose_no_form_asks_what_it_serves_and_a_line_invites_a_draft(carers: Stage) -> None:
    await carers.press_more("Sam", "Add a commitment")
    assert "Serves" not in carers.modal("Sam")
    await close(carers, "Sam")
    await carers.press_more("Sam", "What for")
    assert "nobody has said yet what we are here for" in carers.modal("Sam")
    assert "[Draft a purpose]" in carers.modal("Sam")


async def test_the_brief_has_a_draft_that_is_under_way(carers: Stage) -> None:
    await draft(carers)
    await carers.at("2026-11-27 16:00")
    brief = [carers.shown(one) for one in carers.posts() if "the brief" in carers.shown(one)][-1]
    assert f"{SENTENCE} — our purpose, as Jo drafts it" in brief


async def test_two_bots_tell_it_once(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    async with also(carers) as other:
        await other.at("2026-12-01 10:05")
        await carers.at("2026-12-01 10:10")
    assert len(told(carers)) == 1


async def test_who_joins_on_the_last_day_may_make_it_wait(carers: Stage) -> None:
    await draft(carers)
    await live_with(carers, "Sam", "Amir")
    for name, organisation in (("Wei", "Millrace Housing"), ("Kasia", "Millrace Housing"), ("Margaret", "Police")):
        await carers.join(name, organisation)
    await carers.at("2026-12-01 10:05")
    assert not told(carers)
    await live_with(carers, "Wei")
    assert len(told(carers)) == 1


@pytest.fixture
def logged(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[[], str]]:
    """All that the bot logs, at its most talkative; everything is as before afterwards."""
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in logs.TALKATIVE}
    logs.configure(Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", log_level="debug"))  # type: ignore[arg-type]
    yield lambda: "".join(capsys.readouterr())
    structlog.configure(**before)
    root.handlers, root.level = handlers, level
    for name, known in levels.items():
        logging.getLogger(name).setLevel(known)


async def test_who_can_live_with_it_is_in_no_message_of_others_and_no_log(
    carers: Stage, logged: Callable[[], str]
) -> None:
    await draft(carers)
    seen, id_ = len([*shown(carers)]), carers.person("Amir").id
    logged()
    await live_with(carers, "Amir")
    said = logged()
    assert id_ not in said
    assert "Amir" not in said
    for name in ("Jo", "Sam"):
        await carers.person(name).open_home()
        await sheet(carers, name)
        await close(carers, name)
    since = [*shown(carers)][seen:]
    assert not [one.screen for one in since if one.to != id_ and "Amir" in one.screen and "can live" in one.screen]
