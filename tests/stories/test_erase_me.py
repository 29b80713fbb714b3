"""*Erase me*: what Jo is told first, what is left of her afterwards, and whoever dies in the midst."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.erased import NOBODY
from bot.domain.erasure import hashed, note
from bot.domain.exclusions import exclude
from bot.holding import held
from bot.storage import RedisStore
from bot.store.erasures import ErasureFile
from bot.usecases import erasure
from playground.faults import Fault
from tests.stage import Stage
from tests.stories.asking import gathered, jo_asks
from tests.stories.erasing import erase, everything_in, ids, the_group
from tests.stories.holding import A_LINE, behind_more, commit, history, say_more
from tests.stories.test_my_data import settings_of

FOR_HER = "I sleep badly."
FOR_ALL = "Beds are full again."
HERS = "Ring the housing lead"
BRIEF_LINE = "Can we talk about winter?"
WISH = "Somebody who has cut repeat call-outs"


@pytest.fixture
async def carers(stage: Stage) -> Stage:
    """Jo has done one of everything by Friday's digest."""
    await stage.gather("Jo", "Amir", "Margaret", "Wei")
    await stage.at("2026-11-24 09:00")
    await stage.person("Jo").command("/commit", HERS, "young-carers")
    assert await stage.person("Jo").submit() is None
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-11-25 09:00")
    await stage.answer("Jo", organisation=FOR_ALL, me=FOR_HER)
    await stage.answer("Amir", organisation="The night shift is thin.")
    await stage.person("Jo").command("/between", f"ask {WISH}", "young-carers")
    assert await stage.person("Jo").submit() is None
    await stage.settle()
    await stage.person("Jo").close(everything=True)
    await stage.at("2026-12-02 12:00")
    return stage


@pytest.mark.slow
async def test_she_is_told_first_what_will_happen(carers: Stage) -> None:
    await settings_of(carers, "Jo", "Erase me")
    said = carers.modal("Jo")
    for words in (
        "You are out of Young carers then",
        "This can't be undone",
        "not who",
        "backups",
        "Leave it, without my name",
    ):
        assert words in said


@pytest.mark.slow
async def test_nothing_of_her_is_left_anywhere(carers: Stage, store: RedisStore) -> None:
    jo = (await ids(carers))["Jo"]
    group = await the_group(carers)
    amir = (await ids(carers))["Amir"]
    await store.exclusions.change(group.id, amir, lambda one: exclude(one, amir, jo, carers.clock.now()))
    assert carers.dms("Jo")
    sent = carers.dms("Jo")[0]
    their_dm = next(one.id for one in carers.pg.world.channels.values() if sent in one.messages.values())
    traces = (jo, "'Jo'", '"Jo"', FOR_ALL, FOR_HER, HERS, WISH, carers.person("Jo").id, their_dm)
    before = "\n".join(str(one) for one in (await everything_in(carers.bot.deps.store)).items())
    assert [trace for trace in traces if trace not in before] == ["'Jo'"]
    await erase(carers)
    assert "Being erased" in carers.modal("Jo")
    await carers.at("2026-12-02 12:30")
    everything = await everything_in(carers.bot.deps.store)
    for key, record in everything.items():
        for trace in traces:
            assert trace not in key, key
            assert trace not in record, (key, trace)
    assert carers.dms("Jo") == []
    digest = "\n".join(carers.shown(one) for post in carers.posts() for one in (post, *carers.replies(post)))
    for words in (FOR_ALL, HERS):
        assert words not in digest
    assert "The night shift is thin." in digest
    assert "Somebody who was in this group has had what they shared here erased." in digest
    assert amir in everything[f"b:{{g:{group.id}}}:leaders"]


async def test_no_count_is_left_of_whom_an_ask_was_put_to(stage: Stage) -> None:
    """Amir was asked quietly, in a week of his."""
    await gathered(stage)
    await jo_asks(stage)
    await stage.at("2026-11-26 12:00")
    amir, store = (await ids(stage))["Amir"], stage.bot.deps.store
    assert [key for key in await everything_in(store) if amir in key and "asks" in key]
    await erase(stage, "Amir")
    await stage.at("2026-11-26 12:30")
    assert not [key for key, held in (await everything_in(store)).items() if amir in key + held]


@pytest.mark.slow
async def test_what_she_leaves_stays_and_names_nobody(carers: Stage, store: RedisStore) -> None:
    jo = (await ids(carers))["Jo"]
    await erase(carers, left=True)
    await carers.at("2026-12-02 12:30")
    (kept,) = (await store.commitments.all((await the_group(carers)).id)).values()
    assert (kept.what, kept.made_by) == (HERS, NOBODY)
    assert jo not in str(await everything_in(store))
    await carers.press_more("Amir", "See commitments")
    assert HERS in carers.modal("Amir")
    assert "Jo (" not in carers.modal("Amir")
    assert "Whoever made it has left." in carers.modal("Amir")


async def test_whoever_tends_it_still_is_not_said_to_have_made_it(stage: Stage) -> None:
    """Jo made it; Amir joined in, said how it goes, and reads and pulls back what he said."""
    await stage.gather("Jo", "Amir")
    await commit(stage, "Jo", HERS)
    await behind_more(stage, "Amir", "See commitments", "Join in")
    assert await say_more(stage, "Amir", **{A_LINE: "The ward has a key now."}) is None
    await erase(stage)
    await stage.at("2026-11-23 12:00")
    told = await history(stage, "Amir")
    assert "Somebody who left made it." in told
    assert "Amir (Riverside Fire & Rescue) made it" not in told
    assert "The ward has a key now." in told
    assert "[Pull it back]" in told
    assert HERS not in told


@pytest.mark.slow
async def test_sent_twice_she_is_erased_once(carers: Stage) -> None:
    await erase(carers)
    await carers.again("Jo")
    await carers.at("2026-12-02 12:30")
    told = [post for post in carers.posts() if "has had what they shared here erased" in carers.shown(post)]
    assert len(told) == 1


@pytest.mark.slow
async def test_somebody_elses_press_erases_nobody(carers: Stage) -> None:
    await settings_of(carers, "Jo", "Erase me")
    before = await ids(carers)
    await carers.again("Jo", by="Amir")
    assert await ids(carers) == before


@pytest.mark.slow
async def test_who_dies_after_the_first_note_leaves_it_to_a_look(carers: Stage, store: RedisStore) -> None:
    """The press wrote one note and no more."""
    jo, group = (await ids(carers))["Jo"], await the_group(carers)
    await store.groups.change(group.id, lambda one: one and note(one, jo, left=False, now=carers.clock.now()))
    await carers.at("2026-12-03 12:30")
    assert jo not in str(await everything_in(store))


@pytest.mark.slow
async def test_where_slack_deletes_nothing_the_words_are_taken_out(carers: Stage) -> None:
    for workspace in carers.pg.world.workspaces.values():
        workspace.keeps_messages = True
    await erase(carers)
    await carers.at("2026-12-02 13:30")
    (words,) = {carers.shown(one) for one in carers.dms("Jo")}
    assert "This message was erased. Slack did not let me delete it." in words


@pytest.mark.slow
async def test_while_slack_is_away_it_goes_on_later(carers: Stage, store: RedisStore) -> None:
    jo = (await ids(carers))["Jo"]
    carers.pg.world.faults.order(Fault("ratelimited", seconds=60), method="chat.delete", times=3)
    await erase(carers)
    await carers.at("2026-12-02 14:00")
    assert carers.dms("Jo") == []
    assert jo not in str(await everything_in(store))


@pytest.mark.slow
async def test_she_can_join_again_as_somebody_new(carers: Stage) -> None:
    jo = (await ids(carers))["Jo"]
    await erase(carers)
    await carers.person("Jo").close(everything=True)
    await carers.at("2026-12-02 12:30")
    await carers.join("Jo", "Riverside Hospitals Trust")
    assert (await ids(carers))["Jo"] != jo
    assert FOR_ALL not in "".join(map(carers.shown, carers.dms("Jo")))


@pytest.mark.slow
async def test_after_a_restore_she_is_erased_again(carers: Stage, store: RedisStore) -> None:
    """The list of erasures stands beside the data, not in it."""
    jo = (await ids(carers))["Jo"]
    known = {hashed(jo): False}

    class Kept:
        async def note(self, hashed: str, *, left: bool, at: object) -> None: ...

        async def all(self) -> dict[str, bool]:
            return known

    deps = replace(carers.bot.deps, erasures=Kept())  # type: ignore[arg-type]
    assert await erasure.erase_again(deps, carers.clock.now()) == 1
    await carers.at("2026-12-02 13:00")
    assert jo not in str(await everything_in(store))
    assert await erasure.erase_again(deps, carers.clock.now() + timedelta(days=1)) == 0


@pytest.mark.slow
async def test_under_a_legal_hold_she_is_hidden_at_once_and_erased_when_it_is_lifted(
    carers: Stage, store: RedisStore
) -> None:
    jo, group = (await ids(carers))["Jo"], await the_group(carers)
    said, done = await held(store, "young carers", lift=False, now=carers.clock.now())
    assert done, said
    await carers.at("2026-12-02 12:10")
    assert "A legal hold stands on Young carers from now on" in carers.announced()
    await settings_of(carers, "Jo", "Erase me")
    assert "hidden from everybody at once, and deleted when it is lifted" in carers.modal("Jo")
    assert await carers.person("Jo").submit() is None
    await carers.settle()
    assert "A legal hold stands on Young carers" in carers.modal("Jo")
    await carers.at("2026-12-02 12:30")
    kept = await store.sealed.all(group.id)
    assert FOR_HER in str(kept)
    live = {key: one for key, one in (await everything_in(store)).items() if not key.endswith(":sealed")}
    for words in (FOR_ALL, FOR_HER, HERS, WISH):
        assert words not in str(live)
    assert FOR_ALL not in "\n".join(map(carers.shown, carers.posts()))
    assert carers.dms("Jo"), "what Slack holds is kept too"
    await held(store, group.id, lift=True, now=carers.clock.now())
    await carers.at("2026-12-02 13:00")
    assert "is lifted" in carers.announced()
    assert jo not in str(await everything_in(store))
    assert carers.dms("Jo") == []


@pytest.mark.slow
async def test_a_hold_on_a_group_that_is_not_there_says_so(store: RedisStore, carers: Stage) -> None:
    said, done = await held(store, "Old carers", lift=False, now=carers.clock.now())
    assert not done
    assert "There is no group called 'Old carers'." in said


async def test_the_list_of_erasures_survives_a_line_that_was_cut_off(tmp_path: Path) -> None:
    known = ErasureFile(tmp_path / "data-erasures.txt")
    now = datetime(2026, 12, 2, tzinfo=UTC)
    await known.note(hashed("p1"), left=True, at=now)
    with (tmp_path / "data-erasures.txt").open("a") as file:
        file.write(hashed("p2")[:20])
    await known.note(hashed("p2"), left=False, at=now)
    await known.note(hashed("p1"), left=True, at=now)
    assert await known.all() == {hashed("p1"): True, hashed("p2"): False}
