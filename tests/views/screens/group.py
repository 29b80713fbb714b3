"""The group, its rhythm and its people; Home and the menu."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.views import (
    about,
    action_payload,
    audience,
    convening,
    groups,
    home,
    menu,
    organisations,
    panel,
    people,
    roster,
    timetable,
)
from bot.views.action_payload import ActionPayload
from playground.forms import initial_values
from tests.views import typed
from tests.views.screens.shared import (
    DAY,
    Draw,
    every_matter,
    unseen,
    with_commitment,
)
from tests.views.typed import NOW, Scene


def another(s: Scene) -> dict[str, Any]:
    """Their settings as Slack sends them back, once they chose another organisation."""
    view: dict[str, Any] = {**people.my_settings_form(s.snapshot, s.me, s.leader, NOW)}
    values = initial_values([block for block in view["blocks"] if block["type"] == "input"])
    chosen = view["blocks"][1]["element"]["options"][-1]
    values["organisation_name"]["organisation_name"]["selected_option"] = chosen
    return view | {"state": {"values": values}}


SCREENS: dict[str, Draw] = {
    "convening.sheet": lambda s: convening.sheet(s.snapshot, "p0", NOW),
    "convening.sheet of a group that rests": lambda s: convening.sheet(
        replace(s.snapshot, group=replace(s.snapshot.group, convenor=None, paused_until=DAY)), "p0", NOW
    ),
    "convening.invitation": lambda s: convening.invitation(s.snapshot, s.me.id),
    "convening.skip_form": lambda s: convening.skip_form(s.snapshot, DAY, NOW + timedelta(days=10), NOW),
    "convening.pause_form": lambda s: convening.pause_form(s.snapshot.group),
    "convening.end_form": lambda s: convening.end_form(s.snapshot.group, DAY, NOW.date()),
    "convening.hand_on_form": lambda s: convening.hand_on_form(s.snapshot, ""),
    "convening.has_ended": lambda s: convening.has_ended(replace(s.snapshot.group, ends_on=DAY), DAY),
    "convening.has_ended and goes on": lambda s: convening.has_ended(s.snapshot.group, DAY),
    "convening.on_a_holiday": lambda s: convening.on_a_holiday(s.snapshot, DAY, DAY, NOW.date()),
    "convening.holiday_answered": lambda s: convening.holiday_answered(s.snapshot, DAY, NOW),
    "timetable.timetable_form": lambda s: timetable.timetable_form(s.snapshot.group),
    "timetable.timetable_form of weekly rounds": lambda s: timetable.timetable_form(
        replace(
            s.snapshot.group,
            rhythm=replace(s.snapshot.group.rhythm, meeting=replace(s.snapshot.group.rhythm.meeting, interval=4)),
        )
    ),
    "groups.hello_answered": lambda s: groups.hello_answered(s.snapshot.group.name),
    "groups.took_on_sheet": lambda s: groups.took_on_sheet(s.snapshot.group),
    "panel.panel without a convenor": lambda s: panel.panel(
        replace(s.snapshot, group=replace(s.snapshot.group, convenor=None)), NOW + timedelta(days=10), NOW
    ),
    "home.home of somebody gone": lambda s: home.home(s.me, [replace(s.section, absent=True)], NOW),
    "home.home with matters": lambda s: home.home(
        s.me, [replace(s.section, snapshot=with_commitment(s), matters=tuple(every_matter(s)))], NOW
    ),
    "menu.menu of a check-in": lambda s: menu.menu(
        s.snapshot.group,
        joined=True,
        checkin=action_payload.ActionPayload(group=s.snapshot.group.id, round=s.round.name, person=s.me.id),
    ),
    "groups.hello": lambda _: groups.hello("C1"),
    "groups.setting_up": lambda _: groups.setting_up(),
    "groups.set_up_form": lambda s: groups.set_up_form(
        "C1", typed.about_of(s.me, s.leader), known=False, next_meeting=DAY
    ),
    "groups.settings_form": lambda s: groups.settings_form(s.snapshot, DAY),
    "groups.move_form": lambda s: groups.move_form(s.snapshot, DAY, NOW + timedelta(days=10)),
    "groups.set_up_done": lambda s: groups.set_up_done(s.snapshot.group),
    "groups.saved": lambda s: groups.saved(s.snapshot.group, replace(s.snapshot.group, convenor=None)),
    "groups.saved as it was": lambda s: groups.saved(s.snapshot.group, s.snapshot.group),
    "panel.panel": lambda s: panel.panel(s.snapshot, NOW + timedelta(days=10), NOW),
    "home.home": lambda s: home.home(replace(s.me, away_until=DAY), [s.section], NOW),
    "home.home of nobody": lambda _: home.home(None, [], NOW),
    "home.home of who installed it": lambda _: home.home(None, [], NOW, ["Riverside Council", "Wye Water"]),
    "menu.menu": lambda s: menu.menu(s.snapshot.group, joined=True),
    "menu.menu before a look": lambda s: menu.menu(unseen(s).group, joined=True),
    "home.home before a look": lambda s: home.home(s.me, [replace(s.section, snapshot=unseen(s))], NOW),
    "menu.menu while a brief is made": lambda s: menu.menu(s.snapshot.group, joined=True, brief=s.round.name),
    "menu.menu of a stranger": lambda s: menu.menu(s.snapshot.group, joined=False),
    "menu.menu of a stranger in the channel": lambda s: menu.menu(s.snapshot.group, joined=False, in_channel=True),
    "menu.choose_group": lambda s: menu.choose_group([s.snapshot.group], menu.share_button),
    "menu.no_group": lambda _: menu.no_group("C1"),
    "menu.no_group of who was in one": lambda _: menu.no_group("C1", known=True),
    "home.home of who is in no group any more": lambda s: home.home(s.me, [], NOW),
    "menu.menu of who has left": lambda s: menu.menu(s.snapshot.group, joined=False, left=True),
    "about.about without commands": lambda _: about.about(commands=False),
    "about.about": lambda _: about.about(),
    "organisations.announcement": lambda s: organisations.announcement(s.snapshot, s.post),
    "organisations.announcement of one": lambda s: organisations.announcement(
        s.snapshot, replace(s.post, lines=s.post.lines[:1])
    ),
    "organisations.announcement of who is back": lambda s: organisations.announcement(
        s.snapshot, replace(s.post, lines=tuple(replace(line, back=True) for line in s.post.lines))
    ),
    "organisations.announcement after an objection": lambda s: organisations.announcement(
        s.snapshot, replace(s.post, lines=tuple(replace(line, objected_by="p0") for line in s.post.lines))
    ),
    "organisations.with_choice": lambda s: organisations.with_choice(another(s)),
    "people.join_form": lambda s: people.join_form(s.snapshot, typed.about_of(s.me, s.leader), known=True),
    "people.my_settings_form": lambda s: people.my_settings_form(s.snapshot, s.me, s.leader, NOW),
    "people.joined": lambda s: people.joined(s.snapshot),
    "groups.standing_group": lambda s: groups.standing_group(s.snapshot.group, "C9", "1.2", may_move=True),
    "groups.standing_group of others": lambda s: groups.standing_group(
        s.snapshot.group, "C9", "1.2", may_move=False
    ),
    "groups.goes_on": lambda s: groups.goes_on(s.snapshot.group),
    "people.away_form": lambda s: people.away_form(s.snapshot, s.me, round_name=s.round.name, today=NOW.date()),
    "people.pause_form": lambda s: people.pause_form(s.snapshot, s.me),
    "people.gone_away": lambda s: people.gone_away(replace(s.me, away_until=DAY), s.snapshot.group.id, NOW),
    "people.welcome_back": lambda s: people.welcome_back(s.me),
    "people.settings_saved": lambda s: people.settings_saved(s.snapshot, s.me, NOW),
    "people.left": lambda s: people.left(s.snapshot),
    "people.left_sheet": lambda s: people.left_sheet(s.snapshot),
    "audience.names_sheet": lambda s: audience.names_sheet(s.snapshot),
    "roster.sheet": lambda s: roster.sheet(s.snapshot, ActionPayload(group=s.snapshot.group.id), NOW),
}
