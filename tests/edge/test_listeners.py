"""What Slack may send us is what we listen for, and every listener asks Bolt for things that Bolt has."""

import inspect
import re
from collections import Counter
from contextlib import nullcontext

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.kwargs_injection.async_args import AsyncArgs

import handlers
from bot import manifest
from bot.domain.problems import Problem, ProblemCode
from bot.ports import Deps
from handlers.open_homes import Homes
from handlers.routes import Routes


class Noted:
    """Stands where a table of listeners stands; of two for one name it has both."""

    def __init__(self, heard, kind):
        self.heard, self.kind = heard, kind

    def __ior__(self, listeners):
        self.heard += [(self.kind, name, listener) for name, listener in listeners.items()]
        return self


class Listening:
    """Stands where our routes stand while listeners are registered, and notes each: kind, name, function."""

    def __init__(self):
        self.heard = []
        self.homes = Homes()
        self.actions, self.views = Noted(self.heard, "action"), Noted(self.heard, "view")

    def __getattr__(self, kind):
        def register(name, *matchers):
            return lambda listener: self.heard.append((kind, name, listener)) or listener

        return register

    def names(self, kind):
        return [name for known, name, _ in self.heard if known == kind]


@pytest.fixture(scope="module")
def listening():
    app = Listening()
    handlers.listen(app)
    return app


def test_each_command_in_the_manifest_has_one_listener_and_no_listener_lacks_its_command(listening):
    assert Counter(listening.names("command")) == Counter(command.name for command in manifest.COMMANDS)


def test_each_shortcut_in_the_manifest_has_one_listener_and_no_listener_lacks_its_shortcut(listening):
    assert Counter(listening.names("message_shortcut")) == Counter(one.callback_id for one in manifest.SHORTCUTS)


def test_each_event_in_the_manifest_has_one_listener_and_no_listener_lacks_its_event(listening):
    """A message's event is named after where it stands; what comes is a message."""
    assert Counter(listening.names("event")) == Counter(
        event.partition(".")[0] for event in manifest.events(typing=True, org=True)
    )


def test_nothing_is_listened_for_twice(listening):
    counted = Counter((kind, str(name)) for kind, name, _ in listening.heard)
    assert [what for what, times in counted.items() if times > 1] == []


def test_every_listener_asks_for_things_by_their_right_name(listening):
    """Bolt hands a listener None for a name it does not know, and only logs that it did. What is found in our own
    table is handed less."""
    bolts = set(inspect.signature(AsyncArgs.__init__).parameters) - {"self", "next", "next_"} | {"deps"}
    ours = {"ack", "body", "deps", "homes"}
    known = {"action": ours, "view": ours}
    asked = {
        f"{kind} {name}": sorted(set(inspect.getfullargspec(listener).args) - known.get(kind, bolts))
        for kind, name, listener in listening.heard
    }
    assert {name: wrong for name, wrong in asked.items() if wrong} == {}


def test_something_answers_when_a_listener_fails():
    app = AsyncApp(token="xoxb-none", signing_secret="none", request_verification_enabled=False)
    handlers.register(app, Deps(store=None, messenger=None, now=None, new_id=None))
    handler = app.listener_runner.listener_error_handler
    assert set(handler.arg_names) >= {"error", "body"}


def test_every_listener_is_a_coroutine(listening):
    assert [name for _, name, listener in listening.heard if not inspect.iscoroutinefunction(listener)] == []


def test_a_name_has_nothing_that_ends_one(listening):
    """What stands behind `:` or `.` in an id is not looked at."""
    names = [name for kind, name, _ in listening.heard if kind in ("action", "view")]
    assert [name for name in names if not re.fullmatch("[a-z_]+", name)] == []


@pytest.mark.parametrize(
    ("heard", "listener"),
    [
        ("ask_open", "ask_open"),
        ("ask_open:a7", "ask_open"),
        ("ask_open:a7.1", "ask_open"),
        ("pulse_choose.yes", "pulse_choose"),
        ("ask_opened:2", None),
        ("ask", None),
        ("", None),
        (":", None),
    ],
)
async def test_a_press_finds_the_listener_that_was_registered_for_its_name(heard, listener):
    found = []
    routes = Routes(AsyncApp(token="xoxb-none", signing_secret="none", request_verification_enabled=False), Homes())
    for name in ("ask_open", "pulse_choose"):

        async def listen(ack, body, deps, called=name):
            found.append(called)

        routes.actions |= {name: listen}
    body = {"actions": [{"action_id": heard}]}
    with nullcontext() if listener else pytest.raises(Problem, match=ProblemCode.OLD_BUTTON):
        await routes.press(ack=None, body=body, deps=None)
    assert found == [listener] * (listener is not None)
