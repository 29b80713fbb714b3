"""What a look at a group does for those who are being erased: out of its records, then our messages to them deleted
where Slack lets us (where it does not, their words are taken out), then all that is theirs alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import structlog
from msgspec.structs import replace

from bot.domain.erasure import GIVE_UP, known_to
from bot.domain.groups import Group, MessageRef, Place
from bot.domain.people import Person, PersonErasure, all_dms
from bot.domain.snapshot import GroupSnapshot
from bot.ports import Deps, Method, Own, SlackRefused
from bot.usecases import erasure
from bot.usecases.stored import if_there
from bot.views import action_payload
from bot.views.erasure import wordless

AT_A_LOOK = 20
"""Messages deleted before others get their turn."""


log = structlog.get_logger()


async def go_on(deps: Deps, snapshot: GroupSnapshot, now: datetime) -> bool:
    """Whether anything was written. The list of erasures comes first: where it can't be written, nothing is erased
    yet, so that no restore brings back whom nobody knows to have gone."""
    if not snapshot.group.erasing:
        return False
    try:
        done = await erasure.take_out_all(deps, snapshot, now)
    except OSError as error:
        log.error("the list of erasures can't be written; nobody is erased until it can", error=str(error))
        return False
    for person_id in snapshot.group.erasing:
        groups = await erasure.gone_everywhere(deps, person_id, snapshot.group, now)
        if not groups:
            continue
        person = await deps.store.people.get(person_id)
        deleted = person is None or await delete_messages(deps, person, groups, now)
        # while a legal hold stands on one of the groups, no more is done than what it does not forbid
        if not deleted or any(one.held for one in groups):
            await erasure.wait(deps.store, person_id, groups, done=deleted)
        else:
            await erasure.forget(deps, person_id, groups, now)
            done = True
    return done


async def delete_messages(deps: Deps, person: Person, groups: Sequence[Group], now: datetime) -> bool:
    """Goes on with it; whether it is done with. What is noted is what is left, so nothing is lost by dying here.

    First those that our records knew of; then, where we may read the DM (im:history), all of ours that stand there,
    from the newest on.
    """
    state = person.erasure
    if state is None or now - state.at > GIVE_UP:
        return True
    try:
        for _ in range(AT_A_LOOK):
            if state.files:
                await _delete_file(deps, person, state.files[0])
                state = replace(state, files=state.files[1:])
            elif state.messages:
                await _delete(deps, state.messages[0])
                state = replace(state, messages=state.messages[1:])
            elif state.read:
                return True
            else:
                state = await _read_on(deps, person, state, [one for one in groups if one.held])
            # After each message, so that who dies leaves what is left. Deleting one again is answered "not found".
            await deps.store.people.change(person.id, if_there(replace, erasure=state))
    except SlackRefused:  # not now: what is left is noted
        return False
    return state.read and not state.messages and not state.files


async def _read_on(deps: Deps, person: Person, state: PersonErasure, held: Sequence[Group]) -> PersonErasure:
    """The next page of their DMs. Where we may not read one, what our records knew of has to do."""
    dms = state.dms or all_dms(person)[:1]  # an erasure that an earlier Between began knows of none
    if not dms:
        return replace(state, read=True)
    done = replace(state, dms=dms[1:], before="", read=not dms[1:])
    place = Place(team_id=dms[0].via_team, channel=dms[0].dm_channel or "")
    await _at_pace(deps, place.team_id, Method.HISTORY)
    try:
        page = await deps.messenger.own_messages(place, before=state.before)
    except SlackRefused as refusal:
        if not refusal.permanent:
            raise
        return done
    if page.oldest == "":
        return done
    free = [one for one in page.own if not held or _of_others(one, person.id, held)]
    messages = tuple(ref for one in free for ref in one.refs)
    files = tuple(dict.fromkeys(id_ for one in free for id_ in one.files))
    return replace(state, messages=messages, files=files, before=page.oldest)


def _of_others(one: Own, person_id: str, held: Sequence[Group]) -> bool:
    """By its buttons, and by what the groups under a legal hold know of, it is of another group for certain. Files
    hold what every group keeps of somebody."""
    of = action_payload.groups_in(one.values)
    ids = {group.id for group in held}
    return bool(of) and not (of & ids) and not one.files and not known_to(held, person_id) & {*one.refs}


async def _delete(deps: Deps, ref: MessageRef) -> None:
    """Where Slack does not let us, its words are taken out. Raises SlackRefused where it may yet be done later."""
    await _at_pace(deps, ref.team_id, Method.UPDATE)
    try:
        await deps.messenger.delete(ref)
    except SlackRefused as refusal:
        if not refusal.permanent:
            raise
        if refusal.code == "message_not_found":
            return
        try:
            await deps.messenger.update(ref, wordless())
        except SlackRefused as again:
            if not again.permanent:
                raise


async def _delete_file(deps: Deps, person: Person, file_id: str) -> None:
    """By whichever bot of ours put it there: no other can, and it is not noted which."""
    for team_id in dict.fromkeys([person.reach.via_team, *(dm.via_team for dm in all_dms(person))]):
        try:
            return await deps.messenger.delete_file(team_id, file_id)
        except SlackRefused as refusal:
            if not refusal.permanent and refusal.code not in ("file_not_found", "file_deleted"):
                raise
    return None


async def _at_pace(deps: Deps, team_id: str, method: Method) -> None:
    if wait := await deps.store.method_limiter.wait(team_id, method):
        raise SlackRefused("our_own_pace", permanent=False, retry_after=wait.total_seconds())
