"""A request played again gets the first one's answer and is handled once; one that failed may come again."""

import asyncio

import pytest

from bot.slack.replays import FOR_S, MOST_ANSWERS, Answer, Replays

DONE, FAILED = Answer(200, "done", "text/plain"), Answer(500, "", "text/plain")


class Counted:
    """A handler that gives these answers in turn, and counts."""

    def __init__(self, *answers):
        self.answers, self.times = list(answers), 0
        self.go_on, self.begun = asyncio.Event(), asyncio.Event()
        self.go_on.set()

    async def __call__(self):
        self.times += 1
        self.begun.set()
        await self.go_on.wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def three_at_once(replays, handle):
    return [replays.once("s", handle) for _ in range(3)]


async def go_on(handle):
    """The first is under way, and the others wait, when it may end."""
    await handle.begun.wait()
    handle.go_on.set()


async def test_a_repetition_is_answered_and_not_handled():
    replays, handle = Replays(lambda: 0.0), Counted(DONE)
    assert [await replays.once("s", handle) for _ in range(3)] == [DONE] * 3
    assert handle.times == 1


async def test_one_that_comes_meanwhile_waits_for_the_first():
    replays, handle = Replays(lambda: 0.0), Counted(DONE)
    handle.go_on.clear()
    assert await asyncio.gather(*three_at_once(replays, handle), go_on(handle)) == [DONE] * 3 + [None]
    assert handle.times == 1


@pytest.mark.parametrize("first", [FAILED, OSError()])
async def test_what_failed_is_handled_when_it_comes_again(first):
    replays, handle = Replays(lambda: 0.0), Counted(first, DONE)
    handle.go_on.clear()
    failed, *others = await asyncio.gather(*three_at_once(replays, handle), go_on(handle), return_exceptions=True)
    assert failed is first
    assert others == [DONE, DONE, None]
    assert handle.times == 2


async def test_old_answers_go_and_there_are_never_many():
    clock = [0.0]
    replays = Replays(lambda: clock[0])
    for number in range(MOST_ANSWERS + 10):
        await replays.once(str(number), Counted(DONE))
    assert len(replays._seen) <= MOST_ANSWERS + 1
    clock[0] = FOR_S + 1.0
    for number in range(MOST_ANSWERS):
        await replays.once(f"later {number}", Counted(DONE))
    assert not [one for one in replays._seen if one.isdigit()]
