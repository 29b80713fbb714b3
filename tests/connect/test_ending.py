"""A workspace takes Between out: its token is gone at once, its people hear what still works, the group goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import started
from bot.domain.installation import End, Leaving, deadline, ended
from bot.domain.outbox import Entry, Kind
from bot.ports import Store
from bot.store.record_key import RecordKey
from bot.usecases import refused
from tests.connect.conftest import COUNCIL, HOSPITALS, Browser
from tests.stage import Stage

pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
async def group(stage: Stage, browser: Browser) -> Stage:
    """Jo's hospitals have installed Between too; she, Priya and Aoife are in Sam's group."""
    await browser.install("U0PRIYA")
    await stage.gather("Jo", "Aoife")
    return stage


async def via(stage: Stage) -> dict[str, str]:
    store: Store = stage.bot.deps.store
    people = await store.people.many(await store.index.people())
    return {one.name: one.reach.via_team for one in people.values()}


async def test_its_token_is_gone_at_once_and_a_record_says_so(group: Stage) -> None:
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    stored = await group.bot.deps.store.installations.get(HOSPITALS)
    assert stored is not None
    assert (stored.tokens.bot, stored.ended_by, stored.ended_at) == ("", End.UNINSTALLED, group.clock.now())
    with pytest.raises(LookupError):
        await group.bot.book.tokens(HOSPITALS)


async def test_its_people_are_told_through_the_host_what_still_works(group: Stage) -> None:
    assert (await via(group))["Jo"] == HOSPITALS
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    await group.settle()
    assert (await via(group))["Jo"] == COUNCIL
    told = [text for text in group.sent("Jo") if "has taken Between out" in text]
    assert len(told) == 1
    assert told[0].startswith("Young carers: Riverside Hospitals Trust has taken Between out. The group goes on")
    assert "Buttons and forms work here as before; those in our earlier conversation" in told[0]
    assert not [text for name in ("Sam", "Aoife") for text in group.sent(name) if "taken Between out" in text]


@pytest.mark.slow
async def test_jo_still_answers_and_is_in_the_digest(group: Stage) -> None:
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.at("2026-12-02 12:00")
    digests = [post for post in group.posts() if "Discharge letters" in group.shown(post)]
    assert [post.team_id for post in digests] == [COUNCIL]


async def test_a_workspace_that_comes_back_is_served_as_before(group: Stage, browser: Browser) -> None:
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    await group.at("2026-11-23 10:00")
    assert "Between is in" in await browser.install("U0PRIYA")
    await group.person("Jo").command("/plate", where="young-carers")
    assert "For Riverside Hospitals Trust: []" in group.modal("Jo")


async def test_an_event_of_before_it_came_back_ends_nothing(group: Stage, browser: Browser) -> None:
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    late = [
        d for d in group.pg.world.traffic.deliveries if d.payload.get("event", {}).get("type") == "app_uninstalled"
    ]
    await group.at("2026-11-23 10:00")
    await browser.install("U0PRIYA")
    await group.pg.dispatcher.deliver(group.person("Sam").app("Between"), "events_api", late[-1].payload)
    await group.settle()
    stored = await group.bot.deps.store.installations.get(HOSPITALS)
    assert stored is not None
    assert stored.active


@pytest.mark.slow
async def test_where_the_host_takes_between_out_another_workspaces_bot_speaks(group: Stage) -> None:
    await group.person("Jo").invite_bot("young-carers")
    await group.settle()
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    group.pg.world.uninstall("Between", COUNCIL)
    await group.settle()
    assert await via(group) == {"Sam": HOSPITALS, "Jo": HOSPITALS, "Aoife": HOSPITALS}
    await group.settle()
    told = [text for text in group.sent("Sam") if "Riverside Council has taken Between out" in text]
    assert len(told) == 1, "at once, though Sam has had two of this week"
    await group.at("2026-12-02 12:00")
    digests = [post for post in group.posts() if "Discharge letters" in group.shown(post)]
    assert [post.team_id for post in digests] == [HOSPITALS]


async def test_where_slack_takes_the_hosts_token_no_more_another_workspaces_bot_speaks(group: Stage) -> None:
    await group.person("Jo").invite_bot("young-carers")
    await group.settle()
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    await group.at("2026-11-27 09:50")
    world, deps, now = group.pg.world, group.bot.deps, group.clock.now()
    world.revoked[world.app("Between").installs[COUNCIL].bot_token] = "account_inactive"
    [group_id] = await deps.store.index.groups()
    panel = Entry(name="panel", kind=Kind.PANEL, group_id=group_id, team_id=COUNCIL, due_at=now, expires_at=now)
    await refused.in_channel(deps, panel, "account_inactive", now)  # as after nine minutes by Redis' own clock
    await group.at("2026-11-27 12:00")
    digests = [post for post in group.posts() if "Discharge letters" in group.shown(post)]
    assert [post.team_id for post in digests] == [HOSPITALS]


async def test_there_its_buttons_are_posted_anew_since_those_of_a_bot_that_is_gone_are_dead(group: Stage) -> None:
    await group.person("Jo").invite_bot("young-carers")
    await group.settle()
    group.pg.world.uninstall("Between", COUNCIL)
    await group.settle()
    await group.at("2026-11-24 12:00")
    panels = [post for post in group.posts() if "[Join]" in group.shown(post)]
    assert [post.team_id for post in panels] == [COUNCIL, HOSPITALS]
    await group.person("Desmond").press(panels[-1], "Join")
    assert "Join the group" in group.modal("Desmond")


async def test_a_digest_is_corrected_with_the_token_that_posted_it(group: Stage, browser: Browser) -> None:
    """The hospitals' bot is invited after the council's posted; what Jo says then changes the council's post."""
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters ask who is at home")
    await group.at("2026-11-27 12:00")
    (digest,) = [post for post in group.posts() if "Discharge letters" in group.shown(post)]
    await group.person("Jo").invite_bot("young-carers")
    await group.settle()
    await group.press("Jo", "Change")
    assert await group.send("Jo", {"organisation": "Discharge letters ask who else is at home"}) is None
    await group.settle()
    assert "who else is at home" in group.shown(digest)
    assert digest.team_id == COUNCIL


async def test_after_nine_business_days_what_was_held_of_it_is_deleted(group: Stage) -> None:
    group.pg.world.uninstall("Between", COUNCIL)
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    store: Store = group.bot.deps.store
    stored = await store.installations.get(COUNCIL)
    assert stored is not None
    assert stored.ended_at is not None
    assert (await store.groups.many(await store.index.groups())).popitem()[1].place.channel == "C0CARERS"
    group.clock.advance(timedelta(days=12))
    await group.bot.tick()
    purged = await store.installations.get(COUNCIL)
    assert purged is not None
    assert purged.purged_at is not None
    assert purged.purged_at.date() <= deadline(stored.ended_at)
    assert (purged.bot_id, purged.installed_by, purged.tokens.bot) == ("", "", "")
    assert (await store.groups.many(await store.index.groups())).popitem()[1].place.channel == "gone"


async def test_who_dies_after_the_token_is_gone_leaves_the_rest_to_the_next(group: Stage) -> None:
    """The record says that it ended, and nothing that follows was done."""
    store: Store = group.bot.deps.store
    await store.installations.change(HOSPITALS, lambda one: one and ended(one, End.UNINSTALLED, group.clock.now()))
    assert (await via(group))["Jo"] == HOSPITALS
    await group.settle()
    assert (await via(group))["Jo"] == COUNCIL
    assert [text for text in group.sent("Jo") if "has taken Between out" in text]


async def test_a_restart_without_the_councils_token_serves_the_hospitals(group: Stage) -> None:
    await group.person("Jo").invite_bot("young-carers")
    await group.settle()
    group.pg.world.uninstall("Between", COUNCIL)
    await group.settle()
    async with started(
        group.bot.settings.model_copy(update={"http_port": 0}), clock=group.clock.now, beating=False
    ) as anew:
        assert list(await anew.book.all()) == [HOSPITALS]


async def test_the_convenor_is_warned_when_the_installer_becomes_a_guest(group: Stage) -> None:
    """Here the account changes and Slack has not taken the app away yet: found by the daily look."""
    group.pg.world.users["U0PRIYA"].is_restricted = True
    await group.at("2026-11-24 12:00")
    told = [text for text in group.sent("Sam") if "is a guest now" in text]
    assert len(told) == 1
    assert told[0].startswith(
        "Young carers: Whoever installed Between in Riverside Hospitals Trust is a guest now."
    )
    stored = await group.bot.deps.store.installations.get(HOSPITALS)
    assert stored is not None
    assert stored.leaving is Leaving.GUEST


async def test_who_deserts_takes_between_along_and_the_group_hears_of_that(group: Stage) -> None:
    from playground import installs

    installs.desert(group.pg.world, group.pg.world.users["U0PRIYA"])
    await group.settle()
    await group.settle()
    assert [text for text in group.sent("Jo") if "has taken Between out" in text]


async def test_then_no_record_holds_a_channel_of_its_bots_any_more(group: Stage) -> None:
    await group.at("2026-11-25 12:00")
    await group.answer("Jo", organisation="Discharge letters now ask who else is at home")
    dm = group.dms("Jo")[-1].channel_id
    group.pg.world.uninstall("Between", HOSPITALS)
    await group.settle()
    assert await holding(group, dm)
    group.clock.advance(timedelta(days=14))
    await group.bot.tick()
    assert await holding(group, dm) == []
    assert await holding(group, "C0CARERS"), "the council's channel is the council's"


async def holding(stage: Stage, channel: str) -> list[str]:
    """Keys of records that name a channel; what is in the outbox ends by itself."""
    store = stage.bot.deps.store
    redis, keyring = store.connection.client, store.keyring  # type: ignore[attr-defined]
    found = []
    async for key in redis.scan_iter(match="b:{[gp]:*"):
        if await redis.type(key) == b"hash" and not key.endswith(b":keys"):
            await keyring.ask(key.decode(), "HGETALL", key)
            values = (await redis.hgetall(key)).items()
            read = b"".join(keyring.plain(raw, RecordKey(key.decode(), field.decode())) for field, raw in values)
            found += [key.decode()] if channel.encode() in read else []
    return found


async def test_where_nobody_can_speak_to_them_any_more_their_conversations_are_forgotten_too(group: Stage) -> None:
    dms = [group.dms(name)[-1].channel_id for name in ("Jo", "Aoife")]
    for team in (COUNCIL, HOSPITALS):
        group.pg.world.uninstall("Between", team)
    await group.settle()
    assert all([await holding(group, dm) for dm in dms])
    group.clock.advance(timedelta(days=14))
    await group.bot.tick()
    assert [await holding(group, dm) for dm in dms] == [[], []]
