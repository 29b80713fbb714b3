"""`/commit`, its form, saying how it goes, joining in, offering help."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck

from bot.domain.matters import MatterCode
from bot.domain.problems import Problem
from bot.domain.snapshot import Membership
from bot.ports import Deps, View
from bot.usecases import commitments, introductions
from bot.usecases.snapshot import require_member
from bot.views import blocks, menu, progress
from bot.views import commitments as screens
from bot.views.capture import CAPTURE_SKIP, SAID_SKIPPED
from bot.views.introductions import asked_sheet
from bot.views.news import LEAVE, TAKE, TALK, aims_at
from bot.views.open_now import HERE
from bot.views.words import as_plain
from handlers.acks import ack_view
from handlers.as_read import as_read
from handlers.asks import redraw_open_now
from handlers.best_effort import best_effort
from handlers.group_choice import member_chosen, member_for_command, member_for_shortcut
from handlers.incoming import (
    Incoming,
    Press,
    Submission,
    acknowledge,
    read_command,
    read_on_message,
    read_press,
    redraw_form,
    show,
    tell,
)
from handlers.leaders import for_leaders, opens
from handlers.matters import after_press, answered_elsewhere, pressed_where_put
from handlers.news import after_news_press, show_newer
from handlers.routes import Routes


def register(app: Routes) -> None:
    """In DMs, sheets, the digest and the capture; *Skip* under the capture is for whoever reads the channel. Others
    are told of what was done by a look at the group, never by the press."""
    app.command("/commit")(command)
    app.message_shortcut(screens.FROM_MESSAGE)(from_message)
    needs = commitments.NEEDS
    app.actions |= {
        menu.COMMIT: for_leaders(open_form, commitments.NEEDS),
        menu.COMMITMENTS: opens(open_sheet, needs),
        screens.PAGE: opens(open_sheet, needs),
        screens.SUGGEST: opens(open_suggest, needs),
        TAKE: for_leaders(answer_words, commitments.CHANGES_WORDS, home=True),
        LEAVE: for_leaders(answer_words, needs),
        TALK: for_leaders(open_talk, introductions.NEEDS),
        screens.EDIT: opens(open_edit, needs),
        screens.CHANGE: for_leaders(change, needs),
        screens.TAKE_OUT: for_leaders(take_out, commitments.CHANGES_WORDS, home=True),
        screens.JOIN: for_leaders(as_read(join), needs, home=True),
        screens.TAKE_UP: for_leaders(as_read(take_up), needs, home=True),
        screens.HELP: for_leaders(as_read(offer_help), needs),
        screens.STEP_BACK: for_leaders(step_back, needs, home=True),
        CAPTURE_SKIP: skip_capture,
    }
    app.views |= {
        screens.BEGINNING.form: choose_group,
        screens.FORM: for_leaders(submit, commitments.CHANGES_WORDS, home=True),
        progress.SUGGEST_FORM: for_leaders(submit_suggestion, needs),
    }


async def command(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """`/commit [what you'll do]`"""
    incoming = read_command(body)
    member = await member_for_command(
        ack,
        incoming,
        deps,
        menu.commit_button,
        commitments.NEEDS,
        beginning=screens.BEGINNING,
        typed=incoming.text,
    )
    if member:
        await _open(deps, incoming, member, incoming.text)
        await acknowledge(ack, incoming.text, screens.LONGEST)


async def from_message(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Make this a commitment*: the form with the message's words, for whoever pressed alone."""
    incoming = read_on_message(body)
    typed = as_plain(incoming.markup, {})
    member = await member_for_shortcut(incoming, deps, screens.BEGINNING, typed, commitments.NEEDS)
    if member:
        people = member.snapshot.people.values()
        words = as_plain(incoming.markup, {one.reach.user_id: one.name for one in people})
        await _open(deps, incoming, member, words)
    await ack()


async def choose_group(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Next*, after the shortcut or the command: the form itself."""
    member, words = await member_chosen(body, deps, screens.BEGINNING, commitments.NEEDS)
    await ack_view(ack, screens.commitment_form(member.snapshot, deps.new_id(), typed=words))


async def open_form(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Add a commitment*, under the capture too. In place of the sheet it stands on, where that lies on the list:
    only what lies right below is drawn anew."""
    if press.payload.state == screens.IN_PLACE:
        form = screens.commitment_form(member.snapshot, deps.new_id(), on=screens.LISTED)
        await deps.messenger.update_form(press.team_id, press.view_id, form)
    else:
        await _open(deps, press, member)
    await ack()


async def submit(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Under the id it was opened with, so that sent twice it adds once; with the id of one that stands it changes
    its words, by its maker alone (NOT_ITS_MAKER). Shown as others read it, with both ways back."""
    words = screens.read_commitment(sent.values)
    done = await commitments.add(deps, member, sent.payload.subject, words, deps.now())
    await ack_view(ack, screens.added(member.snapshot, done, deps.now(), on=sent.payload.state))
    # after the acknowledgement: only the form's own answer has to be in time
    await _redraw_list(deps, sent)


async def open_sheet(press: Press, member: Membership, deps: Deps) -> View:
    """*See commitments*: everybody's, their own first, ten to a page."""
    return screens.sheet(member.snapshot, member.person.id, deps.now(), press.payload.page)


async def open_edit(press: Press, member: Membership, deps: Deps) -> View:
    """*Change its words*, on its maker's card and under what they typed. Refused only as it is sent, to who holds
    it no more."""
    commitment = commitments.find(member, press.payload.subject)
    on = screens.LISTED if press.in_modal else ""  # the only sheet with that button
    return screens.commitment_form(member.snapshot, commitment.id, commitment, on=on)


async def change(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Change*, right after it was added: the form, in that sheet's place, so that no sheet below it shows how it
    was."""
    commitment = commitments.find(member, press.payload.subject)
    form = screens.commitment_form(member.snapshot, commitment.id, commitment, on=press.payload.state)
    await deps.messenger.update_form(press.team_id, press.view_id, form)
    await ack()


async def take_out(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take it out*, right after it was added or changed: by its maker, while nobody else has touched it
    (TOUCHED_BY_OTHERS). A digest or brief that held its words is corrected."""
    gone = await commitments.remove(deps, member, press.payload.subject, deps.now())
    await ack()
    await redraw_form(deps, press, screens.taken_out(member.snapshot, gone, on=press.payload.state))
    await _redraw_list(deps, press)


async def open_suggest(press: Press, member: Membership, deps: Deps) -> View:
    """*Suggest other words*, on the card of who tends it and did not make it; they can't change its words
    themselves."""
    commitment = commitments.find(member, press.payload.subject)
    return progress.suggest_form(member.snapshot, commitment)


async def submit_suggestion(ack: AsyncAck, sent: Submission, member: Membership, deps: Deps) -> None:
    """Its maker hears of it and takes them or leaves them. NOT_TENDED, or HELD_BY_NOBODY where its maker has left:
    nobody could take them."""
    what = progress.read_suggestion(sent.values)
    await commitments.suggest_words(deps, member, sent.payload.subject, what, deps.now())
    await ack_view(ack, blocks.sheet("Suggested", blocks.section(screens.SAID_SUGGESTED)))


async def answer_words(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Use these words*, or *Leave it*, by its maker (NOT_ITS_MAKER), to words that somebody suggests.
    SUGGESTION_GONE where they were taken or left since; other words in their place are shown first. Of *Leave it*
    nobody hears."""
    (id_, of), read = aims_at(press.payload.subject), press.payload.words
    try:
        if press.action_id.startswith(f"{TAKE}:"):
            await commitments.take_words(deps, member, id_, of, deps.now(), read=read)
            said = screens.SAID_TAKEN
        else:
            await commitments.leave_words(deps, member, id_, of, read=read)
            said = screens.SAID_LEFT
    except Problem as problem:
        await show_newer(deps, press, member, problem)
        await ack()
        await commitments.newer_words_read(deps, member, id_, of, str(problem.about["what"]))
        return
    await ack()
    if not await after_news_press(deps, press, said):
        await _confirm(deps, press, said)


async def open_talk(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Open a conversation*, with somebody who offered to help, by whoever was told of that. HELP_GONE for
    anybody else."""
    id_, of = aims_at(press.payload.subject)
    commitment = commitments.find(member, id_)
    done = await introductions.to_a_helper(deps, member, commitment, of, deps.now())
    await show(deps, press, asked_sheet(member.snapshot, done, member.person.id))
    await ack()
    await after_news_press(deps, press, screens.SAID_TALK)


async def join(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Join in*, on a card: they tend it too from now on, and its maker hears of it. COMMITMENT_DONE and
    COMMITMENT_LET_GO where it ended since."""
    now = deps.now()
    done = await commitments.join_in(deps, member, press.payload.subject, now, read=press.payload.words)
    await ack()
    await _confirm(deps, press, progress.said_joined(member.snapshot, done, now))


async def take_up(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Take it up*, on a card, or as a matter, of what nobody holds or its maker passes on. The first has it;
    HELD_ALREADY for the next. What put it to them can then be pressed no more, wherever they pressed."""
    async with pressed_where_put(deps, press):
        aimed, now = press.payload, deps.now()
        await commitments.make_own(deps, member, aimed.subject, now, read=aimed.words)
    await ack()
    taken = progress.said_taken_up(member.snapshot, now)
    if press.payload.person:  # it was put to them as a matter
        await after_press(deps, press, taken)
    else:
        await _confirm(deps, press, taken)
        for code in (MatterCode.UNHELD, MatterCode.PASSED_ON):
            await answered_elsewhere(deps, press, f"{code}.{press.payload.subject}", taken)


async def offer_help(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*I can help* with what somebody called stuck: in a letter or check-in, the digest, *Open now* or its card.
    Whoever is stuck hears of it at once; said twice it is said once. TENDED_ALREADY for who tends it."""
    async with pressed_where_put(deps, press):
        aimed = press.payload
        done = await commitments.offer_help(deps, member, aimed.subject, deps.now(), read=aimed.words)
    await ack()
    said = progress.said_help(member.snapshot, done)
    if press.payload.person:  # it was put to them as a matter
        await after_press(deps, press, said)
    else:
        await _confirm(deps, press, said)
        await answered_elsewhere(deps, press, f"{MatterCode.STUCK}.{press.payload.subject}", said)


async def step_back(ack: AsyncAck, press: Press, member: Membership, deps: Deps) -> None:
    """*Step back*, on the card of who joined in. LAST_TENDER for its maker, who lets it go instead."""
    await commitments.leave_to_others(deps, member, press.payload.subject, deps.now())
    await ack()
    await _confirm(deps, press, screens.SAID_STEPPED_BACK)


async def skip_capture(ack: AsyncAck, body: dict[str, Any], deps: Deps) -> None:
    """*Skip* under the capture: nothing is saved, and only the presser reads that."""
    press = read_press(body)
    await ack()
    await _confirm(deps, press, SAID_SKIPPED)


async def _open(deps: Deps, incoming: Incoming, member: Membership, typed: str = "") -> None:
    on = incoming.payload.state if isinstance(incoming, Press) else ""
    await show(deps, incoming, screens.commitment_form(member.snapshot, deps.new_id(), typed=typed, on=on))


async def _redraw_list(deps: Deps, incoming: Press | Submission) -> None:
    """The sheet of all commitments, where it lies below."""
    if incoming.payload.state == screens.LISTED and incoming.below:
        await best_effort(redraw_sheet(deps, incoming, incoming.below))


async def _confirm(deps: Deps, press: Press, words: str) -> None:
    """In a sheet, the sheet drawn anew; on a message, a line to the presser alone."""
    if press.in_modal and press.action_id.endswith(HERE):
        await best_effort(redraw_open_now(deps, press))
    elif press.in_modal:
        await best_effort(redraw_sheet(deps, press, press.view_id))
    else:
        await tell(deps, press, words)


async def redraw_sheet(deps: Deps, incoming: Press | Submission, view_id: str) -> None:
    """As things are after a save."""
    member = await require_member(deps.store, incoming.who, incoming.payload.group, commitments.NEEDS)
    view = screens.sheet(member.snapshot, member.person.id, deps.now())
    await deps.messenger.update_form(incoming.team_id, view_id, view)
