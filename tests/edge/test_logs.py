"""The log tells what happened, and never what leaders said, what a request held, or a secret."""

import json
import logging

import pytest
import structlog

from bot import logs
from bot.domain.groups import Place
from bot.ports import Message
from bot.settings import Settings


@pytest.fixture
def logging_as(capsys):
    """Log as the command line would; what was logged is read back."""

    def configured(**settings):
        logs.configure(Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", **settings))
        return lambda: capsys.readouterr().err

    return configured


def test_a_machine_reads_one_object_a_line(logging_as):
    read = logging_as(log_format="json")
    structlog.get_logger().warning("Slack refused", code="is_archived")
    line = json.loads(read())
    assert (line["event"], line["level"], line["code"]) == ("Slack refused", "warning", "is_archived")


def test_what_is_below_the_level_is_not_logged(logging_as):
    read = logging_as(log_level="warning")
    structlog.get_logger().info("started")
    assert read() == ""


@pytest.mark.parametrize("name", ["slack_bolt.AsyncRequestVerification", "slack_sdk.web.async_base_client"])
def test_a_library_that_would_log_bodies_is_kept_quiet_at_any_level(logging_as, name):
    read = logging_as(log_level="debug")
    logging.getLogger(name).info("body: Between us")
    logging.getLogger(name).debug("params: Between us")
    assert read() == ""


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_traceback_tells_where_and_not_what_was_being_handled(logging_as, log_format):
    """Not in the exceptions' own texts either: those of a dict and of a decoder quote what they were given."""
    read = logging_as(log_format=log_format)

    def save(words):
        try:
            {}[words]
        except KeyError as fault:
            raise ExceptionGroup(f"can't keep {words}", [RuntimeError(words)]) from fault

    words = " ".join(["Between", "us"])  # not to stand in a line of source, which a traceback does show
    try:
        save(words)
    except ExceptionGroup as error:
        structlog.get_logger().error("bug", exc_info=error)
        logging.getLogger("slack_bolt").exception("Failed to run")
    said = read()
    for seen in ("ExceptionGroup", "RuntimeError", "KeyError", "test_logs.py", " save"):
        assert seen in said
    assert "Between us" not in said


@pytest.mark.parametrize("log_format", ["console", "json"])
def test_a_secret_that_found_its_way_into_a_line_is_cut_out(logging_as, log_format):
    read = logging_as(log_format=log_format)
    log = logging.getLogger("slack_bolt")
    log.error("bad token xoxb-1-hush or xapp-1-A0-hush")
    log.error("can't open wss://wss.slack.example/link/?ticket=hush-1&app_id=A0")
    log.error("can't reach redis://sam:hush@db.example:6379/0")
    said = read()
    assert "hush" not in said
    assert "db.example:6379" in said


async def test_no_level_logs_what_is_sent_to_slack(logging_as, messenger, slack):
    read = logging_as(log_level="debug")
    dm = Place(team_id="T0RIVER", channel=await messenger.open_dm("T0RIVER", "U0SAM"))
    await messenger.post(dm, Message(text="Between us", blocks=()), delivery_id="d")
    assert "Between us" not in read()
