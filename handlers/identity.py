"""*I have two accounts*: a code is shown in one, entered in the other, and said yes to in the first; an objection
to that; and *Write to me here*."""

from __future__ import annotations

import secrets
from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.identity import CODE_LENGTH, LETTERS, as_code
from bot.domain.snapshot import ANNOUNCEMENTS, Membership
from bot.ports import Deps
from bot.usecases import channel, identity, second_account
from bot.usecases.presence import require_in_channel
from bot.usecases.snapshot import load_snapshot
from bot.views import identity as screens
from bot.views import menu
from bot.views import second_account as announced
from handlers.acks import ack_view
from handlers.best_effort import redraw_older
from handlers.incoming import Press, read_press, read_submission, redraw_form, show
from handlers.joining import person_of
from handlers.leaders import for_leaders
from handlers.routes import Routes


def register(app: Routes) -> None:
    """By who is in the group and gone from its channel too: that account may be the one that left."""
    app.actions |= {
        menu.TWO_ACCOUNTS: open_form,
        screens.SHOW: for_leaders(show_code, absent=True),
        screens.LOOK: for_leaders(look, absent=True),
        screens.YES: for_leaders(confirm, absent=True, home=True),
        screens.NO: for_leaders(decline, absent=True),
        announced.OBJECT: for_leaders(object_to, ANNOUNCEMENTS),
        screens.WRITE_HERE: for_leaders(write_here, absent=True),
    }
    app.views |= {screens.FORM: submit}


async def open_form(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*I have two accounts*, in one's settings or the form to join: somebody new may have joined with another
    account."""
    press = read_press(body)
    person = await person_of(deps, press.team_id, press.who)
    waits = await second_account.entered(deps.store, person.id) if person else None
    await show(deps, press, screens.accounts_form(press.payload.group, person, entered=waits))
    await ack()


async def show_code(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Show a code*: a new one, good for ten minutes and once; the one before it stays good as long."""
    code = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
    await second_account.show_code(deps.store, member.person.id, code)
    await ack()
    # no best effort: the code stands nowhere else, so they have to hear where it could not be shown
    view = screens.accounts_form(member.snapshot.group.id, member.person, code)
    await deps.messenger.update_form(press.team_id, press.view_id, view)


async def submit(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """Whoever enters it need not be in a group yet, but in the channel of the one that its form was opened for."""
    sent = read_submission(body)
    code = screens.read_code(sent.values)
    snapshot = await load_snapshot(deps.store, sent.payload.group, who=sent.who)
    if snapshot.member(absent=True) is None:
        await require_in_channel(deps, sent.who, snapshot.group)
    await second_account.enter_code(deps, sent.who, code)
    await ack_view(ack, screens.waits_for_yes(sent.payload.group))


async def look(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*I've entered it*: whether the code that is shown was entered. It stands in its button, since nothing else
    holds it."""
    waits = await second_account.entered(deps.store, member.person.id)
    view = screens.accounts_form(
        member.snapshot.group.id, member.person, as_code(press.payload.subject), waits, looked=True
    )
    await ack()
    await deps.messenger.update_form(press.team_id, press.view_id, view)


async def confirm(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*That's me too*, in the account that showed the code, of the account that entered it. CODE_ANSWERED where
    another has entered it since, or ten minutes have gone. What is put together follows by looks at the groups."""
    person = await second_account.confirm(deps, member.person, press.payload.subject, deps.now())
    await ack()
    await redraw_form(deps, press, screens.joined_up(person, member.snapshot.group.id))


async def decline(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Not me*: what was entered is forgotten, and nobody is told."""
    await second_account.decline(deps.store, member.person.id)
    await ack()
    await redraw_form(deps, press, screens.not_them(member.snapshot.group.id))


async def object_to(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Object*, in the channel, to somebody's second account: a look cuts it off, and its part of that post says
    who objected first. CHANGE_GONE where it is no longer kept."""
    snapshot = member.snapshot
    async with channel.redrawn_after(deps, snapshot.group.id, press.message, deps.now()):
        one = await second_account.object_to(deps, member, press.payload.subject, deps.now())
    await ack()
    await redraw_older(deps, snapshot.group, press.message, announced.announcement(snapshot, one))


async def write_here(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Write to me here*: their DMs come to the account that they press in. The sheet names the one they come to by
    then."""
    person = await identity.write_here(deps, member.person.id, press.who)
    await ack()
    if person:
        await redraw_form(deps, press, screens.written_here(member.snapshot, person))
