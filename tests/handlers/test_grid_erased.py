"""On Enterprise Grid payloads call one person by several ids: erased, none of them leads to her any more."""

from __future__ import annotations

from bot.domain.people import SlackIdentity
from tests.handlers.conftest import forge, last_payload
from tests.handlers.test_grid import COUNTY, ELSEWHERE, press_as
from tests.stage import Stage
from tests.stories.erasing import erase, everything_in, ids

W = "W0JO"


async def test_nothing_leads_to_who_was_erased_from_any_of_their_workspaces(stage: Stage) -> None:
    await press_as(stage, "Answer", user={"team_id": ELSEWHERE})
    jo, store = stage.person("Jo"), stage.bot.deps.store
    before = (await ids(stage))["Jo"]
    pairs = [SlackIdentity(team_id=team, user_id=jo.id) for team in (jo.user.team_id, ELSEWHERE, COUNTY)]
    assert {await store.index.person(one) for one in pairs} == {before}
    await erase(stage)
    await stage.at("2026-11-23 12:00")
    assert {await store.index.person(one) for one in pairs} == {None}
    everything = await everything_in(store)
    assert [key for key, held in everything.items() if before in key + held or jo.id in key + held] == []


async def test_who_joins_again_from_another_of_them_is_somebody_new(stage: Stage) -> None:
    """Under her id of before the list of erasures would have her erased again at each start."""
    await press_as(stage, "Answer", user={"team_id": ELSEWHERE})
    before = (await ids(stage))["Jo"]
    await erase(stage)
    await stage.at("2026-11-23 12:00")
    await press_as(stage, "Join", user={"team_id": ELSEWHERE})
    await stage.join("Jo", "Riverside Hospitals Trust")
    assert (await ids(stage))["Jo"] != before


async def test_who_left_before_her_id_became_another_is_shown_what_is_kept_and_can_erase_it(stage: Stage) -> None:
    """She presses on her Home, as it was drawn before; Slack says whose id that was."""
    jo = stage.person("Jo")
    await stage.press_more("Jo", "Leave")
    await jo.close(everything=True)
    await jo.open_home()
    await stage.settle()
    await jo.press_home("Erase me")
    await jo.close(everything=True)
    await pressed_as_w(stage)
    assert stage.modal("Jo").startswith("== Erase me ==")


async def pressed_as_w(stage: Stage) -> None:
    payload = last_payload(stage, "block_actions")
    payload["user"] |= {"id": W}
    payload["enterprise"] = {"id": COUNTY, "name": "The county"}
    payload["trigger_id"] = stage.person("Jo").trigger(stage.person("Jo").app())
    messenger = stage.bot.deps.messenger
    former, messenger.former_id = messenger.former_id, was_jo  # type: ignore[method-assign, assignment]
    try:
        await forge(stage, payload)
    finally:
        messenger.former_id = former  # type: ignore[method-assign]


async def was_jo(team_id: str, user_id: str) -> str:
    return "U0JO" if user_id == W else ""
