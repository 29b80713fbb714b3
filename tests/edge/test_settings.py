"""Settings: all faults at once, in sentences somebody can act on, and never a secret in sight."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from bot.settings import CannotStart, Settings, load, load_in_part
from tests.master_keys import LINE

EXAMPLE = Path(__file__).parents[2] / ".env.example"
SECRETS = (
    "slack_bot_token",
    "slack_app_token",
    "slack_signing_secret",
    "slack_client_secret",
    "redis_url",
    "between_keys",
    "between_keys_command",
)


@pytest.fixture(autouse=True)
def an_empty_environment(monkeypatch):
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def env_file(tmp_path):
    def write(*lines):
        path = tmp_path / ".env"
        path.write_text("\n".join(lines))
        return path

    return write


def faults(path):
    with pytest.raises(CannotStart) as bad:
        load(path)
    return bad.value.sentences


def test_somebody_who_filled_in_nothing_is_told_both_things_that_are_needed(tmp_path):
    token, way_in = faults(tmp_path / "there is none")
    assert token.startswith("SLACK_BOT_TOKEN is missing. Find it")
    assert way_in.startswith("Slack has no way to reach Between. Put SLACK_APP_TOKEN")


def test_every_fault_is_told_at_once(env_file):
    told = faults(
        env_file(
            "SLACK_BOT_TOKEN=xapp-1-mixed-up",
            "SLACK_APP_TOKEN=xoxb-mixed-up",
            "SLACK_API_URL=slack.com",
            "HTTP_PORT=http",
            "REDIS_URL=localhost",
            "REDIS_WAIT_REPLICAS=all",
            "LOG_LEVEL=loud",
            "LOG_FORMAT=colourful",
            "SLACK_BOT_TOKN=xoxb-1",
            "FAVOURITE_TEA=assam",
        )
    )
    assert told == (
        "SLACK_BOT_TOKEN holds a token of another kind: it must begin with xoxb-.",
        "SLACK_APP_TOKEN holds a token of another kind: it must begin with xapp-.",
        "SLACK_API_URL must be a web address, such as https://slack.com/api/.",
        "HTTP_PORT must be a number from 1 to 65535.",
        "REDIS_URL must be an address such as redis://localhost:6379/0, or empty to use a Redis of Between's own.",
        "REDIS_WAIT_REPLICAS must be a number from 0 to 5, or empty.",
        "LOG_LEVEL must be one of debug, info, warning, error.",
        "LOG_FORMAT must be console or json.",
        "SLACK_BOT_TOKN in .env is not a setting of Between. Did you mean SLACK_BOT_TOKEN?",
        "FAVOURITE_TEA in .env is not a setting of Between. See .env.example for what there is.",
    )


def test_a_redis_of_several_servers_is_told_what_is_wrong_with_it(env_file):
    url = "REDIS_URL=redis+sentinel://sam:hush@one:26379,two:26379"
    (told,) = faults(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s", url))
    assert told.startswith("REDIS_URL must end with the name that the sentinels know the servers by")
    assert "hush" not in told


@pytest.mark.parametrize("url", ["redis+cluster://sam:hush@one,two:7001", "rediss+sentinel://sam:hush@one/carers"])
def test_a_redis_of_several_servers_is_shown_without_its_password(url):
    settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", redis_url=url, between_keys=LINE)
    assert settings.redis_shown == url.replace("sam:hush@", "")


@pytest.mark.parametrize("port", ["65536", "-1", "3000.5", "three"])
def test_a_port_that_is_none_is_refused(env_file, port):
    told = faults(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s", f"HTTP_PORT={port}"))
    assert told == ("HTTP_PORT must be a number from 1 to 65535.",)


def test_a_token_copied_with_a_space_is_noticed(env_file):
    told = faults(env_file('SLACK_BOT_TOKEN="xoxb-1 2"', "SLACK_SIGNING_SECRET=s"))
    assert told == ("SLACK_BOT_TOKEN has a space in it. Copy the token again, without spaces.",)


def test_no_fault_shows_the_secret_it_is_about(env_file):
    told = faults(env_file("SLACK_BOT_TOKEN=xoxp-hush", "SLACK_APP_TOKEN=xoxb-hush", "REDIS_URL=http://u:hush@h"))
    assert "hush" not in "".join(told)


def test_no_way_of_showing_settings_shows_a_secret():
    settings = Settings(
        slack_bot_token="xoxb-hush",
        slack_app_token="xapp-hush",
        slack_signing_secret="hush",
        redis_url="redis://sam:hush@db.example:6380/1",
        between_keys=LINE,
    )
    shown = f"{settings!r} {settings} {settings.model_dump()} {settings.redis_shown}"
    assert "hush" not in shown
    assert LINE.partition(":")[2] not in shown
    assert settings.redis_shown == "redis://db.example:6380/1"


def test_with_an_app_token_it_is_socket_mode_and_nothing_listens(env_file):
    settings = load(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_APP_TOKEN=xapp-1", "SLACK_SIGNING_SECRET=unused"))
    assert settings.socket_mode
    assert settings.port is None


def test_with_a_signing_secret_alone_it_is_http_on_port_3000(env_file):
    settings = load(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s"))
    assert not settings.socket_mode
    assert (settings.http_host, settings.port) == ("127.0.0.1", 3000)


def test_the_environment_wins_over_the_file(env_file, monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    settings = load(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s", "LOG_LEVEL=error"))
    assert settings.log_level == "debug"


def test_what_is_left_empty_takes_its_default(env_file):
    text = EXAMPLE.read_text("utf-8").replace("SLACK_BOT_TOKEN=", "SLACK_BOT_TOKEN=xoxb-1")
    settings = load(env_file(text.replace("SLACK_APP_TOKEN=", "SLACK_APP_TOKEN=xapp-1")))
    assert settings.model_dump() == Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1").model_dump()


def test_made_directly_settings_read_nothing_from_outside(monkeypatch, tmp_path):
    monkeypatch.setenv("LOG_LEVEL", "error")
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("LOG_FORMAT=json")
    settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1")
    assert (settings.log_level, settings.log_format) == ("info", "console")


@pytest.mark.parametrize("url", ["https://slack.example/api", "https://slack.example/api/", "http://[::1]:80/api"])
def test_the_address_of_slack_always_ends_in_a_stroke(url):
    settings = Settings(slack_bot_token="xoxb-1", slack_app_token="xapp-1", slack_api_url=url)
    assert settings.slack_api_url == url.rstrip("/") + "/"


def test_the_example_names_every_setting_and_no_other():
    named = re.findall(r"^([A-Z_]+)=", EXAMPLE.read_text("utf-8"), re.MULTILINE)
    assert named == [name.upper() for name in Settings.model_fields]


def test_the_example_explains_every_setting():
    lines = EXAMPLE.read_text("utf-8").splitlines()
    unexplained = [
        line for before, line in pairwise(lines) if "=" in line and line[0].isupper() and not before.startswith("#")
    ]
    assert unexplained == []


def test_every_setting_that_could_hold_a_secret_is_kept_as_one():
    hidden = [name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)]
    assert tuple(hidden) == SECRETS


def test_what_is_well_is_read_whatever_is_wrong_with_the_rest(env_file):
    settings, at_fault = load_in_part(
        env_file(
            "SLACK_BOT_TOKN=xoxb-1",
            "LOG_LEVEL=loud",
            "REDIS_URL=redis://127.0.0.1:7/3",
            f"BETWEEN_KEYS={LINE}",
            "HTTP_PORT=http",
        )
    )
    assert at_fault == {"log_level", "http_port"}
    assert settings.redis_shown == "redis://127.0.0.1:7/3"
    assert (settings.log_level, settings.http_port) == ("info", None)


def test_what_is_wrong_with_redis_itself_is_named(env_file):
    settings, at_fault = load_in_part(env_file("REDIS_URL=localhost", "SLACK_API_URL=slack.com"))
    assert at_fault == {"redis_url", "slack_api_url"}
    assert settings.redis_url.get_secret_value() == ""


def test_read_in_part_no_token_is_in_it(env_file):
    settings, _ = load_in_part(env_file("SLACK_BOT_TOKEN=xoxb-hush", "SLACK_APP_TOKEN=xapp-hush"))
    assert (
        "hush"
        not in repr([getattr(settings, name) for name in SECRETS]) + settings.slack_bot_token.get_secret_value()
    )


def test_a_redis_of_ones_own_wants_a_key(env_file):
    told = faults(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s", "REDIS_URL=redis://db.example"))
    assert told == (
        "With a REDIS_URL Between needs a key to encrypt what it keeps there: `between keys new` prints one. Put "
        "it in .env as BETWEEN_KEYS, or say with BETWEEN_KEYS_FILE or BETWEEN_KEYS_COMMAND where it comes from.",
    )


def test_keys_come_from_one_place(env_file):
    keys = f"BETWEEN_KEYS={LINE}", "BETWEEN_KEYS_COMMAND=vault kv get between"
    told = faults(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s", *keys))
    assert told == ("Set only one of BETWEEN_KEYS, BETWEEN_KEYS_FILE and BETWEEN_KEYS_COMMAND.",)


@pytest.mark.parametrize("key", ["hush", "k1:hush", f"{LINE[:-4]}", LINE.replace("tests", "te sts")])
def test_a_key_that_is_none_is_told_with_the_other_faults_and_not_shown(env_file, key):
    told = faults(env_file("SLACK_SIGNING_SECRET=s", f'BETWEEN_KEYS="{key}"'))
    assert told[0].startswith("SLACK_BOT_TOKEN is missing.")
    assert told[1].startswith("Key 1 in BETWEEN_KEYS is not id:base64 of 32 bytes; `between keys new` prints one.")
    assert key not in "".join(told)


def test_two_keys_of_one_id_are_refused(env_file):
    told = faults(env_file("SLACK_BOT_TOKEN=xoxb-1", "SLACK_SIGNING_SECRET=s", f"BETWEEN_KEYS={LINE},{LINE}"))
    assert told == (
        "Two keys in BETWEEN_KEYS have the same id. Each needs its own; `between keys new` prints one.",
    )


def test_without_a_key_only_a_redis_of_our_own_is_looked_at(env_file):
    settings, at_fault = load_in_part(env_file("REDIS_URL=redis://db.example"))
    assert "redis_url" in at_fault
    assert settings.redis_url.get_secret_value() == ""
