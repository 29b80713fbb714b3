"""Jo says that Sam's account is hers too, and a bot dies at any call of that press, or of a look that goes on with
it: planning once more ends with one person, told once in the channel; or nothing was changed, and she may say so
again."""

from __future__ import annotations

import itertools
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.domain.exclusions import exclude
from bot.domain.groups import Place
from bot.domain.people import SlackIdentity
from bot.domain.plate import Answer, Audience
from bot.domain.problems import Problem
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.storage import RedisStore
from bot.usecases import second_account
from scheduler.due import plan_group
from tests.domain import young_carers
from tests.scheduler.fortnight import ROUND, SLACK_USERS, carers_of, live_to, shared
from tests.scheduler.postroom import Bot, Death, Killed, doomed

pytestmark = pytest.mark.slow

AFTER_DIGEST = datetime(2026, 12, 2, 12, 0, tzinfo=UTC)
NEW = SlackIdentity(team_id="T7", user_id="U-new")
"""An account that nobody knows yet."""


def account(known: bool) -> SlackIdentity:
    return SLACK_USERS["sam"] if known else NEW


async def entered(store: RedisStore, *, known: bool) -> Bot:
    """Both have shared a word in one group, Sam is in another one besides, and Jo's code was entered in the account
    that is Sam's, or nobody's."""
    bot = await carers_of(store)
    await shared(bot)
    await live_to(bot, AFTER_DIGEST)
    his = await store.plates.get("g7", "sam", round=ROUND)
    assert his
    empty = replace(his, organisation=Answer(text="Two flats stand empty.", audience=Audience.GROUP))
    await store.plates.change("g7", "sam", lambda _: empty, round=ROUND)  # ids are names here: no words hold one
    await store.groups.change(
        "g8", lambda _: replace(young_carers.group(), id="g8", place=Place(team_id="T1", channel="C8"))
    )
    await store.leaders.change("g8", "sam", lambda _: young_carers.leader("sam"))
    await store.index.join("sam", "g8", bot.clock.now())
    await store.exclusions.change("g8", "sam", lambda one: exclude(one, "sam", "amir", bot.clock.now()))
    await second_account.show_code(store, "jo", "ABCDEFGH")
    await second_account.enter_code(bot.deps, account(known), "ABCD-EFGH")
    return bot


async def says_yes(deps: Deps, bot: Bot, *, known: bool) -> None:
    jo = await bot.store.people.get("jo")
    assert jo
    who = account(known)
    await second_account.confirm(deps, jo, f"{who.team_id}.{who.user_id}", bot.clock.now())


async def is_one(bot: Bot, *, known: bool) -> bool:
    """Whether both accounts are Jo's, and all of it; or none of it. Nothing in between."""
    store, who = bot.store, account(known)
    found = await store.index.person(who)
    if found != "jo":
        assert found == ("sam" if known else None)
        jo = await store.people.get("jo")
        assert jo
        assert who.key not in {one.key for one in jo.identities}
        assert not [text for text in bot.slack.texts if "second account" in text]
        return False
    jo = await store.people.get("jo")
    assert jo
    assert who.user_id in {one.user_id for one in jo.identities}
    for group_id in ("g7", "g8") if known else ("g7",):
        group = await store.groups.get(group_id)
        assert group
        assert group.joining == {}
        assert [(one.person_id, one.done) for one in group.second_accounts] == [("jo", True)]
        assert "jo" in await store.leaders.all(group_id)
    assert sum("second account" in text for text in bot.slack.stands.values()) == (2 if known else 1)
    if known:
        await nothing_of_sam(bot)
    return True


async def nothing_of_sam(bot: Bot) -> None:
    store = bot.store
    assert await store.people.get("sam") is None
    assert await store.index.groups_ever("sam") == []
    assert set(await store.leaders.all("g7")) == {"jo"}
    assert set(await store.exclusions.all("g8")) == {"jo"}
    plate = await store.plates.get("g7", "jo", round=ROUND)
    assert plate
    assert plate.organisation
    assert plate.organisation.text == "Word of jo.\nTwo flats stand empty."


async def lived(bot: Bot) -> None:
    for _ in range(3):
        await live_to(bot, bot.clock.now() + timedelta(minutes=3))


KNOWN = pytest.mark.parametrize("known", [True, False], ids=["Sam's", "nobody's"])
WHEN = pytest.mark.parametrize("after", [False, True], ids=["before a call", "after it"])


@KNOWN
@WHEN
async def test_a_press_that_dies_makes_them_one_or_changes_nothing(
    store: RedisStore, after: bool, known: bool
) -> None:
    ends = []
    for step in itertools.count(1):
        bot, death = await entered(store, known=known), Death(step, after=after)
        with suppress(Killed):
            await says_yes(doomed(bot, death).deps, bot, known=known)
        await lived(bot)
        one = await is_one(bot, known=known)
        ends.append(one)
        if not one:  # what was entered waits still
            await says_yes(bot.deps, bot, known=known)
            await lived(bot)
            assert await is_one(bot, known=known)
        if not death.came:
            break
    assert ends == sorted(ends)  # from the first note on it is done
    assert set(ends) == {False, True}


@KNOWN
@WHEN
async def test_a_look_that_dies_leaves_it_to_the_next(store: RedisStore, after: bool, known: bool) -> None:
    steps = 0
    for step in itertools.count(1, 3):
        bot, death = await entered(store, known=known), Death(step, after=after)
        await says_yes(bot.deps, bot, known=known)
        group_id = "g8" if known and step % 2 else "g7"
        with suppress(Killed):
            await plan_group(group_id, doomed(bot, death).deps, bot.clock.now())
        await lived(bot)
        assert await is_one(bot, known=known)
        steps += 1
        if not death.came:
            break
    assert steps > 5


@WHEN
async def test_an_objection_that_dies_is_none_or_ends_with_the_account_cut_off(
    store: RedisStore, after: bool
) -> None:
    async def objects(deps: Deps, bot: Bot) -> None:
        snapshot = await bot.store.snapshots.group("g7")
        assert snapshot
        jo = await bot.store.people.get("jo")
        assert jo
        by = Membership(snapshot=snapshot, person=jo, leader=snapshot.leaders["jo"])
        await second_account.object_to(deps, by, snapshot.group.second_accounts[0].id, bot.clock.now())
        await plan_group("g7", deps, bot.clock.now())

    ends: list[bool] = []
    for step in itertools.count(1):
        bot, death = await entered(store, known=False), Death(step, after=after)
        await says_yes(bot.deps, bot, known=False)
        await lived(bot)
        with suppress(Killed):
            await objects(doomed(bot, death).deps, bot)
        await lived(bot)
        ends.append(await store.index.person(NEW) is None)
        jo = await store.people.get("jo")
        assert jo
        assert (NEW.key in {one.key for one in jo.identities}) is not ends[-1]
        if not death.came or len(ends) > 14:
            break
    assert ends == sorted(ends)
    assert ends[-1]


async def test_two_bots_that_hear_the_same_yes_make_one_of_them(store: RedisStore) -> None:
    bot = await entered(store, known=True)
    await says_yes(bot.deps, bot, known=True)
    with suppress(Problem):
        await says_yes(bot.deps, bot, known=True)
    await lived(bot)
    assert await is_one(bot, known=True)


async def test_groups_that_are_looked_at_one_after_the_other_end_with_it_too(store: RedisStore) -> None:
    bot = await entered(store, known=True)
    await says_yes(bot.deps, bot, known=True)
    bot.clock.move_by(timedelta(minutes=1))
    for group_id in ("g7", "g8"):
        await plan_group(group_id, bot.deps, bot.clock.now())
    assert await notes(bot) == []
    await nothing_of_sam(bot)


async def notes(bot: Bot) -> list[str]:
    """The groups in which somebody is becoming another still."""
    found = await bot.store.groups.many(["g7", "g8"])
    return [id_ for id_, group in found.items() if group.joining]


@WHEN
async def test_the_last_look_that_dies_leaves_nothing_of_the_second_either(store: RedisStore, after: bool) -> None:
    for step in itertools.count(40, 3):
        bot, death = await entered(store, known=True), Death(step, after=after)
        await says_yes(bot.deps, bot, known=True)
        bot.clock.move_by(timedelta(minutes=1))
        await plan_group("g7", bot.deps, bot.clock.now())
        with suppress(Killed):
            await plan_group("g8", doomed(bot, death).deps, bot.clock.now())
        for group_id in ("g8", "g7"):
            await plan_group(group_id, bot.deps, bot.clock.now())
        assert await notes(bot) == []
        await nothing_of_sam(bot)
        if not death.came:
            break


async def test_who_was_in_no_group_is_forgotten_too(store: RedisStore) -> None:
    bot = await entered(store, known=False)
    sam = await store.people.get("sam")
    assert sam
    await store.index.put_person(NEW, "wei")
    await store.people.change("wei", lambda _: replace(sam, id="wei", identities=(NEW,)))
    await says_yes(bot.deps, bot, known=False)
    await lived(bot)
    assert await is_one(bot, known=False)
    assert await store.people.get("wei") is None
    assert "wei" not in await store.index.people()


async def test_words_that_are_saved_while_they_are_moved_are_moved_too(store: RedisStore) -> None:
    bot = await entered(store, known=True)
    await says_yes(bot.deps, bot, known=True)
    plates, change = bot.store.plates, bot.store.plates.change

    async def slow(group_id: str, key: str, *args: Any, **more: Any) -> Any:
        """A press of Sam's comes between two writes of the look."""
        plates.change = change  # type: ignore[method-assign]
        found = await change(group_id, key, *args, **more)
        later = Answer(text="A third flat too.", audience=Audience.GROUP)
        await change("g7", "sam", lambda one: one and replace(one, me=later), round=ROUND)
        return found

    plates.change = slow  # type: ignore[method-assign]
    await plan_group("g7", bot.deps, bot.clock.now())
    await lived(bot)
    plate = await store.plates.get("g7", "jo", round=ROUND)
    assert plate
    assert plate.me
    assert plate.me.text == "A third flat too."
