"""A link that gives somebody what is kept of them, once: for where Slack takes no files from us.

The token is drawn by lot and stands in the link alone; Redis has a hash of it, and whose it is. Opening the link
uses nothing up, since Slack and virus scanners open links too: the button on its page does.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

import msgspec

from bot.domain.people import Person
from bot.ports import Deps, Store
from bot.usecases.erasure import being_erased
from bot.usecases.personal_data import Found, kept_of

PATH = "/my-data"
LIFE = timedelta(minutes=10)
DATA = "my_data"


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    person: Person
    found: Found


async def link_for(deps: Deps, person_id: str) -> str:
    """Good for once, for ten minutes; empty where browsers don't reach us."""
    if not deps.address:
        return ""
    token = secrets.token_urlsafe(32)
    await deps.store.tickets.issue(DATA, token, LIFE, says=person_id)
    return f"{deps.address}{PATH}/{token}"


async def waits(store: Store, token: str) -> bool:
    """Whether the link would give something now; asking uses nothing up."""
    return bool(await store.tickets.look(DATA, token))


async def taken(store: Store, token: str) -> Taken | None:
    """Whose link it is, and all that is kept of them. Of several who press at once one has it; None for the others,
    and where they were erased meanwhile."""
    # Used up before anything is read: of several who press at once one has it, and whoever is cut off after this
    # asks for another link.
    person_id = await store.tickets.redeem(DATA, token)
    person = await store.people.get(person_id) if person_id else None
    if person is None or await being_erased(store, person):
        return None
    return Taken(person=person, found=await kept_of(store, person.id))
