"""What stories of reviews are told with."""

from __future__ import annotations

from playground.messages import Message
from tests.stage import Stage
from tests.stories.holding import commit

SIX = ("Jo", "Amir", "Margaret", "Wei", "Aoife")
BREAKFAST = "A breakfast club in each school"
FORMS = "One form for all of us"
DAY = "2026-11-27 16:00"
AFTER = "2026-11-27 16:01"


async def gather(stage: Stage) -> Stage:
    """Six, of whom Jo and Amir have made a commitment each."""
    await stage.gather(*SIX)
    await commit(stage, "Jo", BREAKFAST)
    await commit(stage, "Amir", FORMS)
    await stage.at("2026-11-24 09:00")
    return stage


async def start(stage: Stage, name: str = "Margaret", until: str = "") -> str:
    await stage.press_more(name, "What for", "Start a review")
    if until:
        field = next(line for line in stage.modal(name).splitlines() if "Its day" in line)
        await stage.person(name).fill(field.partition(":")[0].strip(), until)
    assert await stage.person(name).submit() is None
    await stage.settle()
    said = stage.modal(name)
    await stage.person(name).close(everything=True)
    return said


def post(stage: Stage) -> Message:
    return [one for one in stage.posts() if "should grow" in stage.shown(one)][-1]


def thread(stage: Stage) -> str:
    return "\n".join(map(stage.shown, stage.replies(post(stage))))


async def place(stage: Stage, name: str, **how: str) -> None:
    """From the post in the channel: `breakfast` and `forms`, each as it is placed."""
    await stage.person(name).press(post(stage), "Place them")
    await fill(stage, name, **how)
    assert await stage.person(name).submit() is None
    await stage.settle()
    assert "Kept. Nobody sees it before its day" in stage.modal(name)
    await stage.person(name).close(everything=True)


async def fill(stage: Stage, name: str, **how: str) -> None:
    named = {"breakfast": BREAKFAST, "forms": FORMS}
    for n, (which, way) in enumerate(how.items(), 1):
        await stage.person(name).choose_in_modal(f"Commitment {n}", named[which])
        await stage.person(name).choose_in_modal(f"Place {n}", way)


async def all_place(stage: Stage) -> None:
    """Some would weed the forms, and others grow them; the breakfast club is placed by two."""
    await place(stage, "Jo", breakfast="Grow", forms="Weed")
    await place(stage, "Amir", forms="Grow")
    await place(stage, "Margaret", forms="Weed", breakfast="Nurture")
    await place(stage, "Wei", forms="Grow")
    await place(stage, "Aoife", forms="Too early to say")


async def kept(stage: Stage) -> int:
    store = stage.bot.deps.store
    (group,) = await store.index.groups()
    return sum(
        [len(await store.placings.all(group, round=id_)) for id_ in await store.reviews.all(group)],
    )
