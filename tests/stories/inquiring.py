"""What stories of questions to all are told with."""

from __future__ import annotations

from playground.messages import Message
from tests.stage import Stage

QUESTION = "What would make this worth your Thursday?"
DAY = "2026-11-27 16:00"
AFTER = "2026-11-27 16:01"
MIDWAY = "2026-12-02"
"""Between two meetings, when the channel has nothing else: what a question came to is noticed there."""
EIGHT = ("Jo", "Amir", "Margaret", "Wei", "Aoife", "Priya", "Kasia")


async def ask(stage: Stage, name: str = "Jo", question: str = QUESTION, until: str = "") -> str:
    await stage.person(name).command("/between", f"inquiry {question}", "young-carers")
    if until:
        until_field = next(line for line in stage.modal(name).splitlines() if "Answered until" in line)
        await stage.person(name).fill(until_field.partition(":")[0].strip(), until)
    assert await stage.person(name).submit() is None
    await stage.settle()
    said = stage.modal(name)
    await stage.person(name).close(everything=True)
    return said


async def write(
    stage: Stage, name: str, text: str, *, named: bool = True, otherwise: str = "Hold it back: delete it unshown"
) -> None:
    """From the post in the channel."""
    await stage.person(name).press(post(stage), "Answer")
    who = stage.person(name)
    await who.fill("Your answer", text)
    await who.choose_in_modal("Shown", "With my name" if named else "Without my name")
    await who.choose_in_modal("If too few are without a name", otherwise)
    assert await who.submit() is None
    await stage.settle()
    assert "Kept. Nobody sees it before its day" in stage.modal(name)
    await who.close(everything=True)


def post(stage: Stage, question: str = QUESTION) -> Message:
    return [one for one in stage.posts() if question in stage.shown(one)][-1]


def thread(stage: Stage) -> str:
    return "\n".join(map(stage.shown, stage.replies(post(stage))))


async def read(stage: Stage, name: str) -> str:
    await stage.person(name).press(post(stage), "Read the answers")
    return stage.modal(name)


async def stored_texts(stage: Stage) -> set[str]:
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    found = set()
    for id_ in await store.inquiries.all(group):
        found |= {one.text for one in (await store.inquiry_answers.all(group, round=id_)).values()}
    return found
