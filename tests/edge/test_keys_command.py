"""`between keys`: a key is made, given, and gone over to, in sentences; a kill in the midst loses nothing."""

import asyncio

import pytest

from bot.master_keys import new_master
from tests.edge.test_cli import run, started, tokens  # noqa: F401 - `run` is a fixture
from tests.master_keys import LINE
from tests.store.leaders import SAM

pytestmark = pytest.mark.slow

NEXT = new_master("next").line()


@pytest.fixture
def env(slack, redis_url):
    return lambda keys: tokens(slack, REDIS_URL=redis_url, BETWEEN_KEYS=keys)


async def test_a_new_key_is_printed_and_can_be_given(run, slack):  # noqa: F811
    code, out, err = await run("keys", "new")
    assert (code, err) == (0, "")
    code, listed, _ = await run("keys", "list", env=tokens(slack, BETWEEN_KEYS=out.strip()))
    assert (code, listed) == (0, f"{out.partition(':')[0]}: encrypts what is new\n")


async def test_a_key_is_gone_over_to_and_the_old_one_taken_out(run, env, store):  # noqa: F811
    await store.people.change("sam", lambda _: SAM)
    code, listed, _ = await run("keys", "list", env=env(f"{NEXT},{LINE}"))
    assert listed.splitlines() == [
        "next: not used yet; go over to it with `between keys rotate`",
        "tests: encrypts what is new",
    ]
    code, out, err = await run("keys", "rotate", env=env(f"{NEXT},{LINE}"))
    assert (code, err) == (0, "")
    assert out.splitlines()[-1] == "Done: 1 data keys, 0 records encrypted anew."
    assert (await run("keys", "list", env=env(NEXT)))[1] == "next: encrypts what is new\n"
    code, _, err = await run("run", env=env(LINE))
    assert code == 2
    assert "What is stored is encrypted: the master key next was not given. Add it to BETWEEN_KEYS" in err


async def test_a_key_from_a_command_or_a_file(run, slack, redis_url, store, tmp_path):  # noqa: F811
    (tmp_path / "keys").write_text(f"{LINE}\n")
    for name, where in (("FILE", "keys"), ("COMMAND", "cat keys")):
        lines = [*tokens(slack, REDIS_URL=redis_url), f"BETWEEN_KEYS_{name}={where}"]
        assert (await run("keys", "list", env=lines))[1] == "tests: encrypts what is new\n"


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("FILE=nowhere", "BETWEEN_KEYS_FILE can't be read: nowhere: No such file or directory."),
        ("COMMAND=false", "BETWEEN_KEYS_COMMAND ended with code 1. Run it by hand to see what it says."),
        ("COMMAND=echo", "There is no key in what BETWEEN_KEYS_COMMAND prints; `between keys new` prints one."),
        ("COMMAND=no-such-vault", "BETWEEN_KEYS_COMMAND can't be run: No such file or directory."),
    ],
)
async def test_what_gives_no_key_is_said(run, slack, setting, said):  # noqa: F811
    code, _, err = await run("run", env=[*tokens(slack), f"BETWEEN_KEYS_{setting}"])
    assert (code, err) == (2, f"Between can't start. {said}\n")


async def test_a_lost_key_is_said_and_no_new_one_takes_its_place(run, slack, tmp_path):  # noqa: F811
    assert (await run("doctor", env=tokens(slack)))[0] == 0
    own = tmp_path / "data" / "master.key"
    assert own.stat().st_mode & 0o777 == 0o600
    kept = own.read_text()
    own.unlink()
    code, _, err = await run("run", env=tokens(slack))
    assert code == 2
    assert f"its master key ({kept.partition(':')[0]}) is not there: {own} is missing" in err
    assert not own.exists()
    own.write_text(kept)
    own.chmod(0o644)
    code, out, _ = await run("doctor", env=tokens(slack))
    assert (code, f"note  Others may read the key beside the data: chmod 600 {own}" in out) == (0, True)


async def test_a_turn_that_is_killed_is_taken_up_by_the_next(run, env, store, tmp_path):  # noqa: F811
    for number in range(30):
        await store.people.change(f"p{number}", lambda _: SAM)
    (tmp_path / ".env").write_text("\n".join(env(f"{NEXT},{LINE}")))
    async with started(tmp_path, "keys", "rotate") as turning:
        assert (await turning.stdout.readline()).startswith(b"From now on next wraps.")
        await asyncio.sleep(5.02)
        turning.kill()
        await turning.wait()
    assert (await run("keys", "rotate", env=env(f"{NEXT},{LINE}")))[0] == 0
    assert (await run("keys", "list", env=env(NEXT)))[1] == "next: encrypts what is new\n"


async def test_a_forged_record_is_named_by_the_doctor_and_its_words_are_not(run, env, redis_url, store):  # noqa: F811
    assert (await run("keys", "list", env=env(LINE)))[0] == 0
    forged = b'{"v":1,"d":{"name":"Eve"}}'
    await store.connection.client.hset("b:{p:eve}:person", "record", forged)
    code, out, _ = await run("doctor", env=env(LINE))
    assert code == 1
    (line,) = [line for line in out.splitlines() if "Forged" in line]
    assert "Forged records, in the clear though all were encrypted: 1, in b:{p:eve}:person." in line
    assert "Eve" not in out
