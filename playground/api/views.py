"""Modals and Home tabs, as apps open and change them."""

import json
from typing import Any

from playground import modals
from playground.api.registry import Call, Refusal, invalid_arguments, method
from playground.clock import stopwatch
from playground.connect import knows
from playground.rules import judge
from playground.shapes import view_json
from playground.tickets import Trigger
from playground.views import View

Json = dict[str, Any]
LARGEST = 250_000


def content(call: Call, kind: str) -> Json:
    """The view in the arguments, if Slack would draw it as a `kind`."""
    view = call.needed("view")
    if not isinstance(view, dict) or view.get("type") != kind:
        raise invalid_arguments(f"must provide a view of type {kind} [json-pointer:/view/type]")
    if len(json.dumps(view)) > LARGEST:
        raise Refusal("view_too_large")
    faults = judge(view, "modal" if kind == "modal" else "home")
    if faults:
        raise invalid_arguments(*(f"{one.message} [json-pointer:/view{one.pointer}]" for one in faults))
    return view


def _trigger(call: Call) -> Trigger:
    """The click that allows a modal: once, by the app that was clicked, within three real seconds.

    https://docs.slack.dev/reference/methods/views.open names these three errors; `trigger_expired` and
    `trigger_exchanged` stand in guides only.
    """
    trigger = call.world.triggers.get(str(call.args.get("trigger_id") or call.needed("trigger_id")))
    if trigger is None or trigger.app_id != call.caller[0].id:
        raise Refusal("invalid_trigger_id")
    if trigger.used:
        raise Refusal("exchanged_trigger_id")
    if stopwatch() - trigger.born > call.world.ack_timeout_s:
        raise Refusal("expired_trigger_id")
    return trigger


def _new(call: Call, trigger: Trigger, given: Json) -> View:
    external_id = given.get("external_id")
    if external_id and _by_external_id(call, str(external_id)):
        raise Refusal("duplicate_external_id")
    trigger.used = True
    return modals.make(call.world, *call.caller, trigger.user_id, given, trigger.channel_id)


def _by_external_id(call: Call, external_id: str) -> View | None:
    app, install = call.caller
    stacked = [view for stack in call.world.modals.values() for view in stack]
    for view in [*stacked, *call.world.homes.values()]:
        ours = view.app_id == app.id and view.app_installed_team_id == install.team_id
        if ours and view.external_id == external_id:
            return view
    return None


@method("views.open")
async def views_open(call: Call) -> Json:
    given = content(call, "modal")
    view = _new(call, _trigger(call), given)
    modals.open_(call.world, view)
    return {"view": view_json(view)}


@method("views.push")
async def views_push(call: Call) -> Json:
    given, trigger = content(call, "modal"), _trigger(call)
    if not call.world.modals.get(trigger.user_id):
        raise Refusal("not_found")
    if len(call.world.modals[trigger.user_id]) >= modals.DEEPEST:
        raise Refusal("push_limit_reached")
    view = _new(call, trigger, given)
    modals.push(call.world, view)
    return {"view": view_json(view)}


@method("views.update")
async def views_update(call: Call) -> Json:
    """Found by `view_id` or `external_id`; a `hash` that is no longer the view's is refused."""
    if call.text("external_id"):
        view = _by_external_id(call, call.text("external_id"))
    else:
        view = call.world.view(str(call.needed("view_id")))
    if view is None or (view.app_id, view.app_installed_team_id) != (call.caller[0].id, call.caller[1].team_id):
        raise Refusal("not_found")
    given = content(call, view.type)
    if call.text("hash") and call.text("hash") != view.hash:
        raise Refusal("hash_conflict")
    modals.revise(call.world, view, given)
    return {"view": view_json(view)}


@method("views.publish")
async def views_publish(call: Call) -> Json:
    """Answers ok for people of other workspaces too, who never see it: https://github.com/slackapi/bolt-js/issues/1948."""
    app, install = call.caller
    if not app.home_tab:
        raise Refusal("not_enabled")
    user = call.world.users.get(str(call.needed("user_id")))
    if user is None or user.is_bot or not knows(call.world, install.team_id, user):
        raise invalid_arguments("user_id is not valid [json-pointer:/user_id]")
    given = content(call, "home")
    old = call.world.homes.get(modals.home_key(app.id, install.team_id, user))
    if call.text("hash") and old and call.text("hash") != old.hash:
        raise Refusal("hash_conflict")
    view = modals.publish(call.world, modals.make(call.world, app, install, user.id, given))
    return {"view": view_json(view)}
