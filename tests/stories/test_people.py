"""*People*: who is in the group, under which account, since when; and who joined and left."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot
from msgspec.structs import replace

from tests.stage import Stage
from tests.views.sound import parts


async def crowd(stage: Stage, many: int) -> None:
    """So many more leaders, of seven organisations."""
    store = stage.bot.deps.store
    [group_id] = await store.index.groups()
    somebody, leader = next(iter((await store.leaders.all(group_id)).items()))
    person = await store.people.get(somebody)
    for n in range(many):
        one = replace(person, id=f"p{n}", name=f"Leader {n:02}")
        new = replace(leader, person_id=one.id, organisation=f"Organisation {n % 7}")
        await store.people.change(one.id, lambda _, one=one: one)  # type: ignore[misc]
        await store.leaders.change(group_id, one.id, lambda _, new=new: new)  # type: ignore[misc]


async def opened(stage: Stage, name: str) -> str:
    await stage.press(name, "More")
    await stage.person(name).press_in_modal("People")
    return stage.modal(name)


@pytest.mark.slow
async def test_sam_reads_who_is_in_the_group(stage: Stage) -> None:
    await stage.gather("Jo", "Priya", "Margaret")
    await stage.at("2026-12-01 09:00")
    await stage.join("Kasia", "Millrace Housing")
    await stage.press("Jo", "More")
    await stage.person("Jo").press_in_modal("Leave")
    await stage.at("2026-12-02 09:00")
    assert await opened(stage, "Sam") == snapshot("""\
== People ==
*Young carers*
4 leaders of 4 organisations
  Joined lately: Kasia, 1 December.
Left lately: Jo (Riverside Hospitals Trust), 1 December.
*Millrace Housing*
Kasia @kasia.nowak, since 1 December
*Riverside Council*
Sam @sam.okafor, since 23 November; looks after the rhythm
*Riverside Hospitals Trust*
Priya @priya.raman, since 23 November
*Riverside Police*
Margaret @margaret.whitcombe, since 23 November
[Close]\
""")


async def test_an_account_in_the_sheet_is_slacks_own_and_notifies_nobody(stage: Stage) -> None:
    await stage.gather("Jo")
    heard = len(stage.pg.world.traffic.deliveries)
    assert "Jo @jo.lindqvist" in await opened(stage, "Sam")
    view = stage.person("Sam").modal
    assert view is not None
    accounts = [part["user_id"] for part in parts(view.blocks) if part.get("type") == "user"]
    assert set(accounts) == {stage.person("Sam").id, stage.person("Jo").id}
    assert len(stage.notes("Jo")) == 0
    assert [d.payload.get("type") for d in stage.pg.world.traffic.deliveries[heard:]] == ["block_actions"] * 2


async def test_it_is_on_home(stage: Stage) -> None:
    await stage.gather("Jo")
    sam = stage.person("Sam")
    await sam.open_home()
    await stage.settle()
    assert "2 leaders of 2 organisations\n[People]" in stage.home("Sam")
    await sam.press_home("People")
    assert stage.modal("Sam").startswith("== People ==")


async def test_whoever_is_in_the_channel_reads_it_before_they_join(stage: Stage) -> None:
    await stage.gather("Jo")
    assert "Jo @jo.lindqvist" in await opened(stage, "Kasia")


async def test_sams_button_shows_it_to_nobody_outside_the_group(stage: Stage) -> None:
    """His own press of *People*, as somebody else would send it."""
    await stage.gather("Jo")
    shown = await opened(stage, "Sam")
    assert (await stage.again("Sam", by="Kasia")).ok
    assert stage.person("Kasia").modal is None
    assert stage.modal("Sam") == shown


async def test_forty_two_people_come_in_two_pages(stage: Stage) -> None:
    await stage.gather("Jo")
    await crowd(stage, 40)
    first = await opened(stage, "Sam")
    assert "42 leaders of 9 organisations. Page 1 of 2" in first
    await stage.person("Sam").press_in_modal("Next")
    second = stage.modal("Sam")
    names = [line for line in (first + second).splitlines() if ", since " in line]
    assert len(names) == 42
    assert "[Back]" in second
