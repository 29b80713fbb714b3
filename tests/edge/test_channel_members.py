"""Who is in a channel, as Slack tells it; what it leaves out says nothing about anybody."""

import pytest

from bot.ports import SlackRefused
from tests.edge.awkward import ok
from tests.edge.conftest import CARERS, TEAM


async def test_an_answer_that_names_no_members_is_no_answer(awkward, messenger_at):
    """It would otherwise say that everybody has gone."""
    awkward.answers = [ok()]
    with pytest.raises(SlackRefused, match="bad_answer"):
        await messenger_at(awkward.url).members(CARERS)


async def test_a_page_says_where_the_next_begins(awkward, messenger_at):
    awkward.answers = [ok(members=["U1", "W2"], response_metadata={"next_cursor": "dGVhbQ=="}), ok(members=["U3"])]
    messenger = messenger_at(awkward.url)
    first = await messenger.members(CARERS)
    assert (first.user_ids, first.cursor) == (("U1", "W2"), "dGVhbQ==")
    last = await messenger.members(CARERS, first.cursor)
    assert (last.user_ids, last.cursor) == (("U3",), "")


async def test_in_a_grid_somebody_may_be_called_otherwise_by_now(awkward, messenger_at):
    awkward.answers = [ok(user={"id": "U9", "enterprise_user": {"id": "W9"}, "deleted": True})]
    profile = await messenger_at(awkward.url).profile(TEAM, "U9")
    assert (profile.ids, profile.deleted, profile.bot) == (("U9", "W9"), True, False)
