"""What a question to all and a review have in common once their day has come, in bad luck."""

from __future__ import annotations

from datetime import timedelta
from types import ModuleType

import pytest

from bot.ports import SlackRefused
from bot.storage import RedisStore
from tests.scheduler import test_inquiry, test_review
from tests.scheduler.fortnight import live
from tests.scheduler.loopback import LOST
from tests.scheduler.test_inquiry import CLOSES

EACH = pytest.mark.parametrize(
    ("noun", "words"),
    [(test_inquiry, "Of sam."), (test_review, "About half: weed")],
    ids=["a question to all", "a review"],
)


@EACH
async def test_a_reply_whose_answer_was_lost_on_the_way_stands_once(
    store: RedisStore, noun: ModuleType, words: str
) -> None:
    bot = await noun.closing(store)
    bot.slack.orders.append(LOST)
    await bot.tick()
    await live(bot, CLOSES + timedelta(minutes=30))
    assert sum(words in post.text for post in bot.slack.posted) == 1


@EACH
async def test_a_post_that_slack_will_not_have_changed_is_tried_each_day(
    store: RedisStore, noun: ModuleType, words: str
) -> None:
    bot = await noun.closing(store)
    bot.slack.cannot_update = SlackRefused("edit_window_closed", permanent=True, can_end=True)
    await bot.tick()
    assert words in str(bot.slack.texts)
    assert (await noun.kept(store)).refused_at
    bot.slack.cannot_update = None
    await live(bot, CLOSES + timedelta(hours=23))
    assert (await noun.kept(store)).drawn == 0
    await live(bot, CLOSES + timedelta(hours=25))
    assert (await noun.kept(store)).drawn == 1
