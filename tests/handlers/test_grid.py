"""On Enterprise Grid Slack's payloads call one person by several ids: one person stays one."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from msgspec.structs import replace as with_

from bot.domain.people import SlackIdentity
from bot.ports import Profile, SlackRefused
from bot.usecases.snapshot import NotJoined
from handlers.incoming import origin, read_command, read_submission
from handlers.leaders import member_of
from playground.traffic import Ack
from tests.handlers.conftest import forge, last_payload
from tests.stage import Stage
from tests.usecases.conftest import House, house, who

__all__ = ["house"]

COUNTY, ELSEWHERE = "E0COUNTY", "T0ELSEWHERE"


async def people(stage: Stage) -> int:
    return len(await stage.bot.deps.store.index.people())


async def press_as(stage: Stage, button: str, **changed: Any) -> Ack:
    """Jo's press as Slack sends it on Grid, where it differs from a plain workspace's."""
    jo = stage.person("Jo")
    await jo.press(stage.panel(), button)
    await jo.close(everything=True)
    payload = last_payload(stage, "block_actions")
    payload["user"] |= changed.get("user", {})
    payload["team"] |= changed.get("team", {})
    payload["enterprise"] = {"id": COUNTY, "name": "The county"}
    payload["trigger_id"] = jo.trigger(jo.app())
    return await forge(stage, payload)


@pytest.mark.parametrize(
    "changed",
    [
        {"user": {"team_id": ELSEWHERE}},
        {"user": {"team_id": COUNTY}},
        {"user": {"team_id": None}},
        {"team": {"enterprise_id": COUNTY}},
    ],
    ids=["another workspace", "the organisation", "none", "as before"],
)
async def test_a_press_that_names_another_workspace_as_hers_is_jos_own(stage: Stage, changed: Any) -> None:
    before = await people(stage)
    await press_as(stage, "Answer", **changed)
    assert stage.modal("Jo").startswith("== What's on your plate? =="), "and not the form to join"
    assert await people(stage) == before


async def test_a_command_typed_elsewhere_is_hers_once_a_press_told_of_both(stage: Stage) -> None:
    """The press names her workspace and the organisation; the command another workspace of it."""
    await press_as(stage, "Answer")
    store = stage.bot.deps.store
    typed = read_command({"team_id": ELSEWHERE, "enterprise_id": COUNTY, "user_id": stage.person("Jo").id})
    home = SlackIdentity(team_id=stage.person("Jo").user.team_id, user_id=stage.person("Jo").id)
    assert await store.index.person(typed.who) == await store.index.person(home) is not None


async def test_an_organisations_id_as_the_team_of_whoever_opened_home_shows_hers(stage: Stage) -> None:
    jo = stage.person("Jo")
    await jo.open_home()
    await stage.settle()
    heard = [d.payload for d in stage.pg.world.traffic.deliveries if d.payload.get("type") == "event_callback"]
    payload = copy.deepcopy(heard[-1])
    assert payload["event"]["type"] == "app_home_opened"
    payload |= {"enterprise_id": COUNTY, "event_id": "Ev0GRID"}
    payload["event"]["user_team"] = COUNTY
    calls = len(stage.pg.world.traffic.calls)
    assert (await forge(stage, payload, "events_api")).ok
    assert "views.publish" in [call.method for call in stage.pg.world.traffic.calls[calls:]]
    assert "# Young carers" in stage.home("Jo")


async def test_whoever_joins_from_another_workspaces_form_is_known_by_each_of_its_ids(stage: Stage) -> None:
    view = {"private_metadata": "{}", "app_installed_team_id": "T0RIVER", "id": "V1"}
    body = {
        "user": {"id": "U1", "team_id": "T0TWO"},
        "team": {"id": "T0TWO", "enterprise_id": COUNTY},
        "view": view,
    }
    sent = read_submission(body)
    assert sent.team_id == "T0RIVER"
    assert sent.who == SlackIdentity(team_id="T0TWO", user_id="U1", elsewhere=("T0RIVER", COUNTY))
    await stage.bot.deps.store.index.put_person(sent.who, "p1")
    for team in ("T0TWO", "T0RIVER", COUNTY):
        assert await stage.bot.deps.store.index.person(SlackIdentity(team_id=team, user_id="U1")) == "p1"


class Slack:
    """What it says of somebody's other ids."""

    def __init__(
        self, *, former: str = "", identities: tuple[SlackIdentity, ...] = (), refuses: bool = False
    ) -> None:
        self.former, self.identities, self.refuses = former, identities, refuses
        self.asked = 0

    async def former_id(self, team_id: str, user_id: str) -> str:  # noqa: ARG002
        self.asked += 1
        if self.refuses:
            raise SlackRefused("not_enterprise_team", permanent=True)
        return self.former

    async def profile(self, team_id: str, user_id: str) -> Profile:  # noqa: ARG002
        return Profile(identities=self.identities)


def press(house: House, user_id: str, enterprise: str | None = COUNTY) -> Any:
    body = {"user": {"id": user_id, "team_id": "T1"}, "team": {"id": "T1", "enterprise_id": enterprise}}
    incoming = origin(body)
    return with_(incoming, payload=with_(incoming.payload, group=house.group_id))


async def test_jo_whose_id_became_w_is_jo_and_is_written_to_under_it(house: House) -> None:
    slack: Any = Slack(former="U-Jo")
    deps = replace(house.deps, messenger=slack)
    member = await member_of(deps, press(house, "W-Jo"))
    assert not isinstance(member, NotJoined)
    assert member.person.name == "Jo"
    assert (member.person.reach.user_id, member.person.reach.dm_channel) == ("W-Jo", None)
    assert SlackIdentity(team_id="T1", user_id="W-Jo") in member.person.identities
    assert who("Jo") in member.person.identities
    again = await member_of(deps, press(house, "W-Jo"))
    assert not isinstance(again, NotJoined)
    assert slack.asked == 1, "known from then on"
    old = await member_of(deps, press(house, "U-Jo"))
    assert not isinstance(old, NotJoined)
    assert old.person.id == member.person.id


async def test_the_other_id_in_slacks_user_object_does_as_well(house: House) -> None:
    slack: Any = Slack(identities=(SlackIdentity(team_id="T1", user_id="U-Jo"),), refuses=True)
    member = await member_of(replace(house.deps, messenger=slack), press(house, "W-Jo"))
    assert not isinstance(member, NotJoined)
    assert member.person.name == "Jo"


async def test_somebody_new_on_grid_is_somebody_new(house: House) -> None:
    for slack in (Slack(), Slack(refuses=True), Slack(former="U-Nobody")):
        deps: Any = replace(house.deps, messenger=slack)  # type: ignore[arg-type]
        assert isinstance(await member_of(deps, press(house, "W-New")), NotJoined)


async def test_slack_is_not_asked_in_a_workspace_of_its_own(house: House) -> None:
    slack: Any = Slack(former="U-Jo")
    assert isinstance(await member_of(replace(house.deps, messenger=slack), press(house, "U-New", None)), NotJoined)
    assert slack.asked == 0
