"""What somebody does with a message of their own: other words, or away with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playground.acts import PersonCannot
from playground.messages import Message
from tests.playground.conftest import Stage
from tests.playground.test_talk import listen


async def said(stage: Stage, text: str = "See you at ten", where: str = "Bell") -> Message:
    message = await stage.sam.say(where, text)
    await stage.pg.settled()
    return message


async def test_other_words_are_told_with_those_before(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message/message_changed"""
    heard = listen(stage, "message")
    message = await said(stage)
    stage.sam.edit(message, "See you at *eleven*, @Jo Lindqvist")
    await stage.pg.settled()
    event = heard[-1]["event"]
    assert (event["subtype"], event["hidden"], event["channel_type"]) == ("message_changed", True, "im")
    assert event["message"]["text"] == "See you at *eleven*, <@U0JO>"
    assert event["message"]["ts"] == message.ts
    assert event["message"]["edited"] == {"user": "U0SAM", "ts": message.edited_ts}
    assert event["message"]["client_msg_id"] == event["previous_message"]["client_msg_id"]
    assert event["previous_message"]["text"] == "See you at ten"
    assert "edited" not in event["previous_message"]


async def test_that_one_was_deleted_is_told_with_its_words(stage: Stage) -> None:
    """https://docs.slack.dev/reference/events/message/message_deleted"""
    heard = listen(stage, "message")
    message = await said(stage)
    stage.sam.delete(message)
    await stage.pg.settled()
    event = heard[-1]["event"]
    assert (event["subtype"], event["deleted_ts"]) == ("message_deleted", message.ts)
    assert event["previous_message"]["text"] == "See you at ten"
    assert message not in stage.sam.sees("Bell")


@pytest.mark.slow
async def test_nobody_touches_what_others_said(stage: Stage) -> None:
    """https://slack.com/help/articles/202395258-Edit-or-delete-messages"""
    message = await said(stage, where="#open")
    with pytest.raises(PersonCannot, match=r"Only one's own messages can be edited\."):
        stage.pg.person("Jo").edit(message, "No")
    with pytest.raises(PersonCannot, match=r"Only one's own messages can be deleted\."):
        stage.pg.person("Jo").delete(message)


@pytest.mark.slow
async def test_in_an_archived_channel_words_stay_as_they_are(stage: Stage) -> None:
    """https://slack.com/help/articles/213185307-Archive-or-delete-a-channel"""
    message = await said(stage, where="#open")
    stage.pg.world.channels[message.channel_id].archived = True
    for act in (lambda: stage.sam.edit(message, "No"), lambda: stage.sam.delete(message)):
        with pytest.raises(PersonCannot, match="can only be read"):
            act()


@pytest.mark.slow
async def test_a_workspace_may_say_for_how_long(stage: Stage) -> None:
    """https://slack.com/help/articles/202395258-Edit-or-delete-messages"""
    message = await said(stage)
    stage.pg.world.workspaces["T0MILL"].edit_minutes = 0
    stage.pg.world.clock.advance(timedelta(seconds=90))
    with pytest.raises(PersonCannot, match="Messages can be edited for 0 minutes here"):
        stage.sam.edit(message, "Too late")
    assert message.text == "See you at ten"
