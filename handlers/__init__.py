"""Slack came to us: read the payload, ask a use case, show a view.

Each noun's file has its listeners, and a `register` that says which button, form, command or event each is for.
What `leaders.for_leaders` registers is called for a leader of the group that the button or form names, and for
nobody else; where a docstring names nobody, that is who. So is what `leaders.opens` registers, which returns the
view that is shown. A form is opened before its press is acknowledged: a trigger is good for three seconds, and
once. A save comes before the acknowledgement, and what is redrawn comes
after it. Whatever can't be done is raised as a Problem (`bot.domain.problems`), whose sentence the presser alone
reads where they pressed; of a form, with their words still in it (`problems.answer`)."""

from __future__ import annotations

import functools

from slack_bolt.async_app import AsyncApp

from bot.ports import Deps
from handlers import (
    absence,
    ahead,
    asks,
    audience,
    between,
    brief,
    channel,
    checkin,
    commitments,
    convening,
    digest,
    erasure,
    groups,
    handover,
    home,
    identity,
    inquiry,
    installation,
    introductions,
    learnt,
    matters,
    offers,
    organisation_data,
    organisations,
    people,
    personal_data,
    plate,
    preview,
    problems,
    progress,
    pulse,
    purpose,
    questions,
    review,
    roster,
    timetable,
    typed,
    what_for,
    year,
)
from handlers.open_homes import Homes
from handlers.routes import Routes


def register(app: AsyncApp, deps: Deps) -> None:
    """Every listener, one file a noun, and what is answered when one fails."""
    listen(Routes(app, Homes()))
    app.error(functools.partial(problems.answer, deps=deps))


_NOUNS = (
    plate,
    audience,
    checkin,
    matters,
    asks,
    offers,
    introductions,
    what_for,
    inquiry,
    review,
    learnt,
    ahead,
    installation,
    purpose,
    pulse,
    commitments,
    progress,
    digest,
    brief,
    people,
    identity,
    erasure,
    organisation_data,
    personal_data,
    roster,
    organisations,
    absence,
    convening,
    preview,
    questions,
    timetable,
    groups,
    channel,
    home,
    between,
    typed,
    year,
    handover,
)


def listen(app: Routes) -> None:
    """Each noun's listeners."""
    for noun in _NOUNS:
        noun.register(app)
