"""Looking in Slack for a message that may be there: only as far as it need be, and by Slack's clock as by ours."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.app import utc_now
from bot.domain.groups import Place
from bot.ports import Message, SlackRefused
from bot.slack.messenger import SlackMessenger, new_session
from tests.edge.awkward import hang_up, ok, seeing
from tests.edge.conftest import CARERS, TEAM, only_riverside

DM = Place(team_id=TEAM, channel="D1")


def saying(text):
    section = {"type": "section", "text": {"type": "plain_text", "text": text}}
    return Message(text=text, blocks=(section,))


async def test_in_a_busy_place_what_was_said_long_after_is_not_read(slack, messenger):
    """Else nobody could say that the digest is not there, and it would never be sent."""
    slack.world.apps["A0BETWEEN"].installs[TEAM].scopes.append("channels:history")
    await slack.person("Sam").invite_bot("#young-carers")
    ref = await messenger.post(CARERS, saying("The week"), delivery_id="digest")
    since = slack.world.clock.now()
    until = since + timedelta(minutes=15)
    slack.world.clock.advance(timedelta(hours=1))
    for number in range(70):
        await slack.person("Sam").say("#young-carers", f"Number {number}")
    assert await messenger.find(CARERS, delivery_id="digest", since=since, until=until) == ref
    assert await messenger.find(CARERS, delivery_id="never sent", since=since, until=until) is None
    with pytest.raises(SlackRefused, match="too_much_history"):
        await messenger.find(CARERS, delivery_id="never sent", since=since)


async def test_a_reply_is_posted_in_its_thread_and_found_there_and_not_in_the_channel(slack, messenger):
    slack.world.apps["A0BETWEEN"].installs[TEAM].scopes.append("channels:history")
    await slack.person("Sam").invite_bot("#young-carers")
    since = slack.world.clock.now()
    digest = await messenger.post(CARERS, saying("The week"), delivery_id="digest")
    thread = replace(CARERS, thread=digest.ts)
    for number in range(20):
        await messenger.post(thread, saying(f"Number {number}"), delivery_id=f"reply {number}")
    ref = await messenger.post(thread, saying("Beds"), delivery_id="reply")
    assert await messenger.find(thread, delivery_id="reply", since=since) == ref
    assert await messenger.find(thread, delivery_id="never sent", since=since) is None
    assert await messenger.find(CARERS, delivery_id="reply", since=since) is None


@pytest.mark.parametrize(
    ("wrong", "looks"),
    [(timedelta(0), 1), (timedelta(minutes=20), 2), (timedelta(minutes=-20), 2)],
    ids=["right", "fast", "slow"],
)
async def test_where_our_clock_is_wrong_it_is_looked_for_by_slacks_as_well(awkward, new_messenger, wrong, looks):
    """Slack tells the time with each answer; once that is known, one look is enough."""
    asked = []
    awkward.answers = [seeing(asked, messages=[])]
    messenger = new_messenger(awkward.url, lambda: utc_now() + wrong)
    ours, true = utc_now() + wrong, utc_now()
    for _ in range(2):
        assert await messenger.find(DM, delivery_id="d", since=ours, until=ours) is None
    assert len(asked) == looks + 1
    oldest, latest = (datetime.fromtimestamp(float(asked[-1][name]), UTC) for name in ("oldest", "latest"))
    assert oldest <= min(ours, true)
    assert latest >= max(ours, true) - timedelta(seconds=1)
    assert latest - oldest < abs(wrong) + timedelta(minutes=1)


@pytest.fixture
async def new_messenger():
    async with new_session() as session:
        yield lambda url, real: SlackMessenger(session, only_riverside, url, real=real)


async def test_looking_is_tried_once_more_when_the_line_breaks(awkward, messenger_at):
    awkward.answers = [hang_up, ok(messages=[])]
    assert await messenger_at(awkward.url).find(DM, delivery_id="d", since=utc_now()) is None
    assert awkward.taken == ["conversations.history"] * 2
