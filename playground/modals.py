"""Opening, stacking, changing and closing views, whoever asks: the Web API or an acknowledgement."""

from typing import Any

from playground.apps import App, Install
from playground.forms import carried_values, controls, flat, initial_values
from playground.people import User
from playground.views import View
from playground.world import World

Json = dict[str, Any]
DEEPEST = 3


class StackFull(Exception):
    """Three modals are open already."""


def with_ids(world: World, blocks: list[Json]) -> list[Json]:
    """A copy of `blocks` in which every block and interactive element has an id, as Slack adds them."""
    blocks = copied(blocks)
    for block in flat(blocks):
        if not block.get("block_id"):
            block["block_id"] = world.new_id("b")
    for _, element in controls(blocks):
        if not element.get("action_id"):
            element["action_id"] = world.new_id("a")
    return blocks


def copied(value: Any) -> Any:
    """A copy of JSON; much faster than `copy.deepcopy`, which has to expect anything."""
    if isinstance(value, dict):
        return {key: copied(one) for key, one in value.items()}
    if isinstance(value, list):
        return [copied(one) for one in value]
    return value


def make(
    world: World, app: App, install: Install, user_id: str, content: Json, channel_id: str | None = None
) -> View:
    """A view for this person, not shown yet, opened in this conversation."""
    view = View(
        id=world.new_id("V"),
        type=content["type"],
        team_id=world.users[user_id].team_id,
        user_id=user_id,
        app_id=app.id,
        app_installed_team_id=install.team_id,
        bot_id=install.bot_id,
        content={},
        channel_id=channel_id,
    )
    view.root_view_id = view.id
    _fill(world, view, content)
    view.values = initial_values(view.blocks, channel_id)
    return view


def _fill(world: World, view: View, content: Json) -> None:
    view.content = {**content, "blocks": with_ids(world, content.get("blocks", []))}
    view.hash = f"{world.next_ts()}.{world.new_id('h')}"
    view.errors = {}


def open_(world: World, view: View) -> None:
    """Show a modal as the only one."""
    world.modals[view.user_id] = [view]
    world.touch()


def push(world: World, view: View) -> None:
    """Show a modal on top of those that are open, at most three high."""
    stack = world.modals.setdefault(view.user_id, [])
    if len(stack) >= DEEPEST:
        raise StackFull
    if stack:
        view.root_view_id, view.previous_view_id = stack[0].root_view_id, stack[-1].id
    stack.append(view)
    world.touch()


def revise(world: World, view: View, content: Json) -> None:
    """Change an open view; answers stay where the same field is still there."""
    before = view.values
    _fill(world, view, content)
    view.values = carried_values(view.blocks, before, view.channel_id)
    world.touch()


def home_key(app_id: str, install_team_id: str, user: User) -> tuple[str, str]:
    """Where a Home tab is kept. One published by another workspace's installation is kept, and shown to nobody."""
    return app_id if user.team_id == install_team_id else f"{app_id}@{install_team_id}", user.id


def publish(world: World, view: View) -> View:
    """Make this the person's Home tab; the tab keeps its id from one publication to the next."""
    key = home_key(view.app_id, view.app_installed_team_id, world.users[view.user_id])
    old = world.homes.get(key)
    if old:
        view.id = view.root_view_id = old.id
    world.homes[key] = view
    world.touch()
    return view


def close(world: World, view: View) -> None:
    """Take one modal off its stack, wherever it lies."""
    stack = world.modals.get(view.user_id, [])
    world.modals[view.user_id] = [other for other in stack if other is not view]
    world.touch()


def clear(world: World, user_id: str) -> None:
    world.modals.pop(user_id, None)
    world.touch()
