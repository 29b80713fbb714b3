"""*I have two accounts*: a code is shown in one and entered in the other; and *Write to me here*."""

from __future__ import annotations

import secrets
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.identity import CODE_LENGTH, LETTERS
from bot.domain.snapshot import Membership
from bot.ports import Deps
from bot.usecases import identity
from bot.usecases.people import known
from bot.usecases.presence import require_in_channel
from bot.usecases.snapshot import load_snapshot
from bot.views import identity as screens
from bot.views import menu
from handlers.acks import ack_view
from handlers.best_effort import best_effort
from handlers.incoming import Press, read_press, read_submission, show
from handlers.leaders import for_leaders
from handlers.open_homes import Homes
from handlers.routes import Routes


def register(app: Routes) -> None:
    app.action(menu.TWO_ACCOUNTS)(open_form)
    app.action(screens.SHOW)(for_leaders(show_code, absent=True))
    app.view(screens.FORM)(submit)
    app.action(screens.WRITE_HERE)(for_leaders(write_here, absent=True))


async def open_form(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """From one's settings, or from the form to join: somebody new may have joined with another account."""
    press = read_press(body)
    person = await known(deps.store, press.who)
    await show(deps, press, screens.accounts_form(press.payload.group, person))
    await ack()


async def show_code(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    await identity.show_code(deps.store, member.person.id, code)
    await ack()
    view = screens.accounts_form(member.snapshot.group.id, member.person, code)
    await deps.messenger.update_form(press.team_id, press.view_id, view)


async def submit(ack: AsyncAck, body: dict[str, Any], deps: Deps, homes: Homes) -> None:
    """Whoever enters it need not be in a group yet, but in the channel of the one that its form was opened for."""
    sent = read_submission(body)
    code = screens.read_code(sent.values)
    snapshot = await load_snapshot(deps.store, sent.payload.group, who=sent.who)
    if snapshot.member(absent=True) is None:
        await require_in_channel(deps, sent.who, snapshot.group)
    person = await identity.enter_code(deps, sent.who, code, deps.now())
    await ack_view(ack, screens.joined_up(person, sent.payload.group))
    await homes.redraw(deps, sent)


async def write_here(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    person = await identity.write_here(deps, member.person.id, press.who)
    await ack()
    if person:
        view = screens.written_here(member.snapshot, person)
        await best_effort(deps.messenger.update_form(press.team_id, press.view_id, view))
