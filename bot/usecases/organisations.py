"""Who speaks for which organisation: told to the channel from the leaders' records, and objected to."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.called import one_called
from bot.domain.groups import OrganisationsPost
from bot.domain.organisations import added_twice, draw_post, put_back, speaking_for, told
from bot.domain.people import Leader
from bot.domain.problems import Problem, ProblemCode
from bot.domain.snapshot import GroupSnapshot, Membership
from bot.ports import Deps, Store
from bot.usecases.follow_up import look_after
from bot.usecases.stored import if_there, unless_changed


async def list_once(store: Store, snapshot: GroupSnapshot, now: datetime) -> bool:
    """An organisation that several added at once is one entry, before the channel is told. Whether any was two."""
    added = added_twice(snapshot.leaders)
    for id_, entry in added.items():
        seen = snapshot.leaders[id_]
        keep = unless_changed(seen, speaking_for(seen, entry, now))
        await store.leaders.change(snapshot.group.id, id_, keep)
    return bool(added)


async def draw(store: Store, snapshot: GroupSnapshot, id_: str, now: datetime) -> OrganisationsPost | None:
    """What the channel is owed, kept as it is about to be posted; None where that is nothing."""
    # kept before the post: what an objection puts back stands in it, by its number
    post = draw_post(snapshot, id_, now)
    return await store.organisation_posts.change(snapshot.group.id, id_, lambda _: post) if post else None


async def announced(store: Store, group_id: str, id_: str, now: datetime) -> None:
    """The post is in the channel. Stopped half-way it is done again; the group goes last, so that until then no
    other post is due."""
    post = await store.organisation_posts.get(group_id, id_)
    # by the post as it was drawn: what somebody chose since is still owed (`told`)
    for line in post.lines if post else ():
        await store.leaders.change(group_id, line.person_id, if_there(told, line))
    await store.groups.change(group_id, lambda stored: stored and replace(stored, organisations_told_at=now))


async def object_to(
    deps: Deps, by: Membership, post_id: str, number: int, now: datetime
) -> tuple[GroupSnapshot, OrganisationsPost]:
    """They speak again for whom they spoke for before; for nobody, where they had just joined. Raises Problem where
    they chose anew since, or somebody objected to a newer post. The sequence: their record, which may refuse; then
    the objection."""
    snapshot, group_id = by.snapshot, by.snapshot.group.id
    post = snapshot.organisation_posts.get(post_id)
    if post is None or number >= len(post.lines):
        raise Problem(ProblemCode.CHANGE_GONE)
    line = post.lines[number]
    if line.objected_by:
        return snapshot, post

    def before(stored: Leader | None) -> Leader:
        if stored is None:
            raise Problem(ProblemCode.CHANGED_SINCE)
        return put_back(stored, line)

    person_id, objected = line.person_id, replace(line, objected_by=by.person.id, called=one_called(by))
    async with look_after(deps.store, group_id, now):
        # first, since it may raise: then no objection is noted
        leader = await deps.store.leaders.change(group_id, person_id, before, seen=snapshot.versions)
        # whoever dies in between has put it back; the next press finds that done (`put_back`), and notes the
        # objection
        kept = await deps.store.organisation_posts.change(
            group_id,
            post_id,
            lambda stored: (
                stored and replace(stored, lines=tuple(objected if one == line else one for one in stored.lines))
            ),
        )
    assert leader is not None
    assert kept is not None
    return replace(snapshot, leaders={**snapshot.leaders, person_id: leader}), kept
