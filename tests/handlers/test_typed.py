"""What comes in as a message: what is answered, once, and what is not."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.domain.people import SlackIdentity
from bot.storage import RedisStore
from bot.views import typed as screens
from playground.faults import Fault
from playground.messages import Channel, Message
from tests.cast import ORGANISATIONS
from tests.handlers.conftest import Json, forge
from tests.stage import Stage, also

TS = "1795600000.000100"


@pytest.fixture(autouse=True)
def typing(stage: Stage) -> None:
    stage.let_them_type()


def event(stage: Stage, name: str = "Jo", ts: str = TS, **changed: Any) -> Json:
    """As Slack tells of a message in somebody's DM; `changed`: fields of it, None for one that is not there."""
    who = stage.person(name)
    said: Json = {
        "type": "message",
        "channel": who.channel("Between").id,
        "channel_type": "im",
        "user": who.id,
        "team": who.user.team_id,
        "text": "Beds are full.",
        "ts": ts,
        "event_ts": ts,
        "client_msg_id": "m1",
    }
    said = {key: value for key, value in (said | changed).items() if value is not None}
    return {
        "type": "event_callback",
        "team_id": "T0RIVER",
        "event_id": f"Ev{ts}",
        "event_time": 1795600000,
        "authorizations": [],
        "event": said,
    }


async def answers(stage: Stage, name: str, tell: Callable[[], Awaitable[Any]]) -> list[str]:
    """The DMs somebody got for it."""
    before = len(stage.dms(name))
    await tell()
    await stage.settle()
    return [stage.shown(message) for message in stage.dms(name)[before:]]


async def told(stage: Stage, payload: Json, name: str = "Jo") -> list[str]:
    async def tell() -> None:
        assert (await forge(stage, payload, "events_api")).ok

    return await answers(stage, name, tell)


async def store_is_empty_of(stage: Stage, name: str = "Jo") -> bool:
    store = stage.bot.deps.store
    assert isinstance(store, RedisStore)
    found = [key.decode() async for key in store.connection.client.scan_iter(count=1000)]
    return not [key for key in found if key.endswith(":typed")]


async def test_a_message_is_asked_about(stage: Stage) -> None:
    [asked] = await told(stage, event(stage))
    assert "Keep this, for *Young carers*?" in asked


async def test_a_retry_is_answered_once_also_by_another_bot(stage: Stage) -> None:
    """Slack's retry has the same event id, or comes as another event of the same message."""
    assert len(await told(stage, event(stage))) == 1
    assert await told(stage, event(stage)) == []
    async with also(stage) as second:
        for number in range(4):
            assert await told(second, event(stage) | {"event_id": f"Ev{number}"}) == []


async def test_told_many_times_at_once_it_is_answered_once(stage: Stage) -> None:
    async with also(stage):
        before = len(stage.dms("Jo"))
        app, payload = stage.person("Jo").app(), event(stage)
        acks = await asyncio.gather(
            *(stage.pg.dispatcher.deliver(app, "events_api", copy.deepcopy(payload)) for _ in range(8))
        )
        await stage.settle()
        assert all(ack.ok for ack in acks)
        assert len(stage.dms("Jo")) == before + 1


async def test_two_messages_at_once_leave_one_question_about_the_newest(stage: Stage) -> None:
    before = len(stage.dms("Jo"))
    app = stage.person("Jo").app()
    each = [event(stage, ts=f"179560000{number}.000100", client_msg_id=f"m{number}") for number in range(3)]
    await asyncio.gather(*(stage.pg.dispatcher.deliver(app, "events_api", one) for one in each))
    await stage.settle()
    waiting = [m for m in stage.dms("Jo")[before:] if "[On my plate]" in stage.shown(m)]
    assert len(waiting) == 1
    assert "1795600002.000100" in str(waiting[0].blocks)


@pytest.mark.parametrize(
    "changed",
    [
        {"subtype": "message_changed", "message": {"user": "U0JO", "text": "Beds."}, "hidden": True, "user": None},
        {"subtype": "message_deleted", "deleted_ts": TS, "hidden": True, "user": None},
        {"subtype": "bot_message", "bot_id": "B0OTHER", "user": None},
        {"bot_id": "B0OTHER"},
        {"subtype": "me_message"},
        {"subtype": "channel_join"},
        {"subtype": "tombstone"},
        {"channel_type": "channel"},
        {"channel_type": "mpim"},
        {"channel_type": None},
        {"user": "U0NOBODY"},
        {"user": "USLACKBOT"},
        {"text": ""},
        {"text": None},
        {"text": " \u200b\u3164 "},
        {"text": ":wave: :+1::skin-tone-3:"},
        {"text": "👍🏽 ❤️"},
        {"text": "…?"},
        {"ts": "17956.1"},
    ],
    ids=str,
)
async def test_what_is_no_word_of_a_leader_in_their_dm_is_not_answered_and_leaves_nothing(
    stage: Stage, changed: Json
) -> None:
    assert await told(stage, event(stage, **changed)) == []
    assert await store_is_empty_of(stage)


async def test_the_bots_own_words_are_not_answered(stage: Stage) -> None:
    app = stage.person("Jo").app()
    mine = next(iter(app.installs.values())).bot_user_id
    assert await told(stage, event(stage, user=mine)) == []
    assert await told(stage, event(stage, user=mine, bot_id="B0BETWEEN", app_id=app.id)) == []


async def test_a_reply_in_a_thread_is_told_where_to_type_and_leaves_a_question_as_it_is(stage: Stage) -> None:
    await stage.type("Jo", "Beds are full.")
    letter = stage.dms("Jo")[0]
    said = await answers(stage, "Jo", lambda: stage.type("Jo", "Beds.", letter))
    assert said == [stage.shown(stage.dms("Jo")[-1])]
    assert screens.IN_A_THREAD in said[0]
    assert any("[On my plate]" in stage.shown(message) for message in stage.dms("Jo"))


async def test_so_is_a_reply_that_was_sent_to_the_conversation_too(stage: Stage) -> None:
    [said] = await told(stage, event(stage, subtype="thread_broadcast", thread_ts="1795500000.000100"))
    assert screens.IN_A_THREAD in said


async def test_a_file_is_not_kept_and_its_words_are_asked_about(stage: Stage) -> None:
    files = {"subtype": "file_share", "files": [{"id": "F1", "name": "beds.pdf"}]}
    [asked] = await told(stage, event(stage, **files))
    assert "The file is not kept." in asked
    assert "[On my plate]" in asked
    [alone] = await told(stage, event(stage, ts="1795600001.000100", text="", **files))
    assert screens.A_FILE in alone


@pytest.mark.parametrize("length", [3000, 3001, 4000])
async def test_what_is_too_long_is_asked_about_with_its_length(stage: Stage, length: int) -> None:
    [asked] = await told(stage, event(stage, text="x" * length))
    assert (f"It is {length:,} characters" in asked) == (length > 3000)


async def test_three_thousand_are_counted_as_people_see_them(stage: Stage) -> None:
    """Slack writes `&` with five."""
    [asked] = await told(stage, event(stage, text="x&amp;" * 1000))
    assert "characters" not in asked


async def test_whoever_never_joined_is_never_written_to(stage: Stage) -> None:
    assert await told(stage, event(stage, "Amir"), "Amir") == []
    assert await store_is_empty_of(stage)


async def test_whoever_left_is_not_written_to_again(stage: Stage) -> None:
    await told(stage, event(stage))
    await stage.press_more("Jo", "Leave")
    assert await told(stage, event(stage, ts="1795600001.000100")) == []


async def test_who_left_meanwhile_keeps_nothing_and_may_still_say_no(stage: Stage) -> None:
    await stage.type("Jo", "Beds.")
    question = stage.newest("Jo", "[On my plate]")
    await stage.press_more("Jo", "Leave")
    await stage.person("Jo").press(question, "On my plate")
    await stage.settle()
    assert "== Join" in stage.modal("Jo") or "Your organisation" in stage.modal("Jo")
    await stage.person("Jo").close(everything=True)
    await stage.person("Jo").press(question, "No")
    await stage.settle()
    assert "I keep nothing of it." in stage.shown(question)


async def test_another_workspace_and_a_stranger_with_the_same_id_are_not_jo(stage: Stage) -> None:
    elsewhere = event(stage, team="T0OTHER") | {"team_id": "T0OTHER"}
    assert await told(stage, elsewhere) == []
    assert await told(stage, event(stage, user="U0EXT", user_team="T0MILL")) == []
    assert await store_is_empty_of(stage)


async def test_a_leader_of_another_workspace_is_known_by_it(stage: Stage) -> None:
    who = stage.person("Jo").user
    index = stage.bot.deps.store.index
    jo = await index.person(SlackIdentity(team_id=who.team_id, user_id=who.id))
    await index.put_person(SlackIdentity(team_id="T0MILL", user_id="U0EXT"), jo or "")
    [asked] = await told(stage, event(stage, user="U0EXT", team="T0RIVER", user_team="T0MILL"))
    assert "[On my plate]" in asked


async def test_in_several_groups_jo_chooses_the_group_first_and_it_is_named(stage: Stage) -> None:
    world = stage.pg.world
    world.channels["C0WARDS"] = Channel(
        "C0WARDS", "wards", "channel", ["T0RIVER"], [stage.person("Jo").id], creator=stage.person("Jo").id
    )
    await stage.person("Jo").invite_bot("wards")
    await stage.settle()
    await stage.bot.tick()
    await stage.person("Jo").press(stage.posts("wards")[-1], "Set up a group")
    await stage.send("Jo", {"Your organisation": ORGANISATIONS["Jo"], "What you work on together": "Wards"})
    await stage.type("Jo", "Beds.")
    asked = stage.dms("Jo")[-1]
    assert "Which group is it for?" in stage.shown(asked)
    assert "[On my plate]" not in stage.shown(asked)
    choices = [block for block in asked.blocks if block["type"] == "section" and "accessory" in block]
    values = {one["text"]["text"]: one["accessory"]["value"] for one in choices}
    assert set(values) == {"Young carers", "Wards"}
    await stage.person("Jo").press(asked, "Choose", values["Wards"])
    await stage.settle()
    assert "Keep this, for *Wards*?" in stage.dm("Jo")
    await stage.press("Jo", "A commitment")
    assert "Added for *Wards*." in stage.dm("Jo")
    await stage.type("Jo", "x" * 3001)
    assert "Which group is it for?" in stage.dm("Jo")
    assert "It is 3,001 characters, and I can keep 3,000. Edit it, then choose." in stage.dm("Jo")


async def test_pressed_by_somebody_else_nothing_is_read(stage: Stage) -> None:
    await stage.type("Jo", "Beds.")
    await stage.press("Jo", "On my plate")
    reads = len([call for call in stage.pg.world.traffic.calls if call.method == "conversations.history"])
    await stage.again("Jo", by="Sam")
    assert len([call for call in stage.pg.world.traffic.calls if call.method == "conversations.history"]) == reads


async def test_names_and_addresses_are_kept_as_people_read_them(stage: Stage) -> None:
    sam = stage.person("Sam").id
    text = f"Ask <@{sam}> &amp; <@U0X>, see <https://a.example/b|a.example/b> <!here> <#C1|beds> :bed:"
    message: Message = await stage.type("Jo", "x1")
    message.text = text
    await stage.press("Jo", "A commitment")
    group = (await stage.bot.deps.store.index.groups())[0]
    [made] = (await stage.bot.deps.store.commitments.all(group)).values()
    assert made.what == "Ask @Sam & @somebody, see a.example/b @here #beds :bed:"


@pytest.mark.slow
@pytest.mark.real_timeouts
async def test_a_press_while_slack_hangs_is_answered(stage: Stage) -> None:
    await stage.type("Jo", "Beds.")
    stage.pg.world.faults.order(Fault("slow", seconds=2), times=1, method="conversations.history")
    await stage.press("Jo", "On my plate")
    assert "doesn't let me read that again just now" in stage.notes("Jo")[-1]
