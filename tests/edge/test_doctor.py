"""The doctor looks at everything and says for each that it is well, or what to do."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.app import started, utc_now
from bot.doctor import examine, machine, slack
from bot.manifest import SCOPES
from bot.settings import CannotStart
from tests.edge.conftest import SECRET

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ALL = frozenset(scope.name for scope in SCOPES)


async def said(settings, now=utc_now):
    """The doctor's words, without versions and addresses that differ from machine to machine."""
    findings = await examine(lambda: settings, now)
    return [str(finding) for finding in findings]


def encrypted(settings):
    path = settings.data_dir / "master.key"
    id_ = path.read_text().partition(":")[0]
    return f"ok    Encrypted with the master key {id_} from {path}, beside the data, for its owner alone"


async def test_where_all_is_well_every_line_says_so(slack, settings_for):
    settings = settings_for(slack.api_url)
    lines = await said(settings)
    assert [line.split()[0] for line in lines] == ["ok"] * len(lines)
    assert [line[6:] for line in lines[1:7]] == [
        "Zone data: summer time, winter time and half hours are right",
        "Settings",
        "SLACK_BOT_TOKEN: Between in Riverside Partnership",
        "Scopes: all 9 and no other",
        "Clock agrees with Slack's",
        "SLACK_APP_TOKEN: Socket Mode opens",
    ]
    assert lines[7].endswith(f" at {settings.data_dir} (embedded)")
    assert lines[8] == "ok    Clock agrees with Redis's"
    assert lines[9:] == [encrypted(settings), "ok    Outbox: nothing set aside"]


async def test_a_bot_that_runs_can_be_looked_at(slack, settings_for):
    settings = settings_for(slack.api_url)
    async with started(settings):
        lines = await said(settings)
    assert [line.split()[0] for line in lines] == ["ok"] * len(lines)


async def test_nothing_it_says_shows_a_secret(slack, settings_for, unused_tcp_port):
    url = f"redis://sam:hush@127.0.0.1:{unused_tcp_port}/0"
    lines = await said(settings_for(slack.api_url, slack_bot_token="xoxb-hush", redis_url=url))
    assert "hush" not in "\n".join(lines)


async def test_tokens_that_slack_does_not_take_are_each_named(slack, settings_for):
    lines = await said(settings_for(slack.api_url, slack_bot_token="xoxb-old", slack_app_token="xapp-old"))
    assert [line for line in lines if line.startswith("mend")] == [
        "mend  Slack does not accept SLACK_BOT_TOKEN (invalid_auth). Copy it again from your Slack app's settings.",
        "mend  Slack does not accept SLACK_APP_TOKEN (invalid_auth). Copy it again from your Slack app's settings. "
        "It needs the scope connections:write.",
    ]


@pytest.mark.slow
async def test_slack_and_redis_may_both_be_out_of_reach(settings_for, unused_tcp_port):
    api, redis = f"http://127.0.0.1:{unused_tcp_port}/api/", f"redis://127.0.0.1:{unused_tcp_port}"
    lines = await said(settings_for(api, redis_url=redis))
    mended = [line for line in lines if line.startswith("mend")]
    assert mended[0] == f"mend  Can't reach Slack at {api}; is this machine online?"
    assert mended[1].startswith(f"mend  Can't reach Redis at {redis}; is it running?")


def missing():
    raise CannotStart("SLACK_BOT_TOKEN is missing.", "And more.")


async def test_without_tokens_all_that_needs_none_is_looked_at_all_the_same(slack, settings_for):
    settings = settings_for(slack.api_url)
    found = await examine(missing, utc_now, in_part=lambda: (settings, frozenset()))
    lines = [str(finding) for finding in found]
    assert lines[2:5] == ["mend  SLACK_BOT_TOKEN is missing.", "mend  And more.", "ok    Clock agrees with Slack's"]
    assert lines[5].startswith("ok    Redis ")
    assert lines[6:] == ["ok    Clock agrees with Redis's", encrypted(settings), "ok    Outbox: nothing set aside"]


@pytest.mark.parametrize("field", ["redis_url", "redis_wait_replicas", "data_dir"])
async def test_where_the_settings_of_redis_are_at_fault_it_is_not_looked_at_elsewhere(slack, settings_for, field):
    settings = settings_for(slack.api_url)
    found = await examine(missing, utc_now, in_part=lambda: (settings, frozenset({field})))
    assert [str(finding) for finding in found[4:]] == ["ok    Clock agrees with Slack's"]
    assert not settings.data_dir.exists()


async def test_where_slacks_address_is_at_fault_redis_is_looked_at(slack, settings_for):
    settings = settings_for(slack.api_url)
    found = await examine(missing, utc_now, in_part=lambda: (settings, frozenset({"slack_api_url"})))
    assert [str(finding) for finding in found[5:]] == [
        "ok    Clock agrees with Redis's",
        encrypted(settings),
        "ok    Outbox: nothing set aside",
    ]


@pytest.mark.slow
async def test_slack_out_of_reach_is_said_without_tokens_too(settings_for, unused_tcp_port):
    settings = settings_for(f"http://127.0.0.1:{unused_tcp_port}/api/")
    found = await examine(missing, utc_now, in_part=lambda: (settings, frozenset({"redis_url"})))
    assert str(found[-1]).startswith("mend  Can't reach Slack at http://127.0.0.1")


async def test_a_token_that_slack_does_not_take_hides_no_clock_that_is_wrong(slack, settings_for):
    settings = settings_for(slack.api_url, slack_bot_token="xoxb-old")
    lines = await said(settings, now=lambda: utc_now() + timedelta(hours=1))
    assert any("ahead of Slack's" in line for line in lines)


async def test_over_http_somebody_must_open_the_way_in(slack, settings_for):
    lines = await said(settings_for(slack.api_url, slack_app_token="", slack_signing_secret=SECRET))
    assert [line for line in lines if line.startswith("note")] == [
        "note  Slack must reach http://127.0.0.1:3000/slack/events from outside, through an https:// address that "
        "your manifest names. The doctor can't see that from here."
    ]


async def test_a_clock_that_is_wrong_is_noticed_by_slack_and_by_redis(slack, settings_for):
    lines = await said(settings_for(slack.api_url), now=lambda: utc_now() + timedelta(hours=1))
    wrong = [line for line in lines if line.startswith("mend")]
    assert len(wrong) == 2
    assert all("ahead of" in line and "Switch on time synchronisation" in line for line in wrong)


def test_every_scope_is_accounted_for():
    assert [str(found) for found in slack.scopes(ALL)] == ["ok    Scopes: all 9 and no other"]


def test_a_scope_that_is_missing_is_to_be_mended_and_an_optional_one_only_noted():
    assert [str(found) for found in slack.scopes(ALL - {"im:write", "im:history"})] == [
        "mend  The scope im:write is missing, to open the DM with a leader who joined. "
        "Add it under OAuth & Permissions; reinstall.",
        "note  Without the scope im:history Between can't look, after a broken connection, whether a message got "
        "to its DM, so that it is not sent twice, or read again what leaders type to it, where they may. It works "
        "all the same.",
    ]


def test_a_token_that_may_do_more_than_it_needs_to_is_noted():
    assert [str(found) for found in slack.scopes(ALL | {"admin", "channels:history"})] == [
        "note  The token may do more than Between needs: admin, channels:history. Take these scopes away."
    ]


@pytest.mark.parametrize(
    ("apart", "wrong"),
    [(timedelta(seconds=30), False), (timedelta(seconds=31), True), (timedelta(seconds=-31), True)],
)
def test_half_a_minute_apart_is_near_enough(apart, wrong):
    assert machine.clock("Slack's", NOON, NOON + apart).mend is wrong


@pytest.mark.parametrize(
    ("url", "doubtful"),
    [
        ("https://slack.com/api/", False),
        ("http://127.0.0.1:8000/api/", False),
        ("http://localhost/api/", False),
        ("http://[::1]:9/api/", False),
        ("http://slack.example/api/", True),
    ],
)
def test_tokens_that_would_cross_a_network_in_the_clear_are_noted(url, doubtful):
    assert bool(machine.address(url)) is doubtful
