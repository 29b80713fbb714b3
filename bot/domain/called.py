"""How people were called when something of theirs was posted: kept with its record, as `called`, by person id.

Its post is drawn anew for reasons of others; whoever has another name or organisation by then is called there as
before. What is not posted calls everybody as they are called now.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.people import Leader, Person, name_and_organisation
from bot.domain.snapshot import Membership


def called_now(people: Mapping[str, Person], leaders: Mapping[str, Leader], *ids: str | None) -> dict[str, str]:
    """Those of them who are known."""
    speaks_for = {id_: one.organisation for id_, one in leaders.items()}
    known = [id_ for id_ in ids if id_ and id_ in people]
    return {id_: name_and_organisation(people[id_].name, speaks_for.get(id_, "")) for id_ in known}


def one_called(member: Membership) -> dict[str, str]:
    """The one who does it."""
    return {member.person.id: name_and_organisation(member.person.name, member.leader.organisation)}
