"""What is put to others of somebody's commitment: to take it up, to help with it, or to be glad of it."""

from __future__ import annotations

from bot.domain.calls import call_of
from bot.domain.commitments import Commitment, Progress
from bot.domain.glad import latest
from bot.domain.matters import Matter
from bot.domain.snapshot import GroupSnapshot
from bot.views.commitments import STATE_WORDS
from bot.views.matching import because
from bot.views.words import called, quote, stopped

QUOTED = 160

SAID_NO_MORE = "No more of these. Nobody is told."


def passed_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To one of those whom its maker passes it on to; `matter` is of a commitment in the snapshot."""
    commitment = _commitment(snapshot, matter)
    who = called(snapshot, commitment.made_by)
    return f"{who} would pass on {quote(commitment.what, QUOTED)}. Would you take it up?"


def stuck_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """With what they said would help, and the words of theirs that it rests on."""
    commitment = _commitment(snapshot, matter)
    by = matter.subject.split(".")[1]
    call = call_of(commitment, matter.person_id, by)
    said = next((line.note for line in reversed(commitment.history) if line.by == by and line.note), "")
    quoted = f" {stopped(quote(said, QUOTED))}" if said else ""
    rests_on = next((one.rests_on for one in call.routed if one.to == matter.person_id), "") if call else ""
    why = because(snapshot, rests_on, f"{commitment.what}\n{said}", matter.person_id)
    what = quote(commitment.what, QUOTED)
    return f"{called(snapshot, by)} is stuck with {what} and wants help.{quoted}{why} Might you be able to help?"


def glad_line(snapshot: GroupSnapshot, matter: Matter) -> str:
    """To whom its maker thought glad: what was said of it last; of one of which nothing was said, that
    it was made."""
    commitment = _commitment(snapshot, matter)
    made = Progress(at=commitment.made_at, by=commitment.made_by, state=commitment.state)
    line = latest(commitment) or made
    step = stopped(f" It happened: {quote(line.step, QUOTED)}") if line.step else ""
    said = f" {stopped(quote(line.note, QUOTED))}" if line.note else ""
    noticed = stopped(f" People noticed: {quote(line.noticed, QUOTED)}") if line.noticed else ""
    what = quote(commitment.what, QUOTED)
    return f"{called(snapshot, line.by)} on {what}: {STATE_WORDS[line.state]}.{step}{said}{noticed}"


def _commitment(snapshot: GroupSnapshot, matter: Matter) -> Commitment:
    return snapshot.commitments[matter.subject.split(".")[0]]
