"""Matching in words: why somebody may have what another asks for, said to either of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.domain.matching import Reason, Source, nearest
from bot.domain.plate import Audience, Plate
from bot.domain.snapshot import GroupSnapshot
from bot.domain.terms import names_it
from bot.views.words import inside_quotes, one_line, quote, stopped

QUOTED = 160
"""Letters of somebody's words that a reason quotes."""

_OF_THEM: Mapping[Source, str] = {
    Source.OFFER: "has offered {quote}",
    Source.UNQUOTED_OFFER: "has offered something near it",
    Source.PAST_HELP: "has helped with {quote}",
    Source.CAN_HELP: "said they can help with {quote}",
    Source.COMMITMENT: "looks after {quote}",
    Source.PLATE: "shared {quote}",
}
_TO_THEM: Mapping[Source, str] = {
    Source.OFFER: "you offered {quote}",
    Source.UNQUOTED_OFFER: "you offered something near it",
    Source.PAST_HELP: "you helped with {quote}",
    Source.CAN_HELP: "you said you can help with {quote}",
    Source.COMMITMENT: "you look after {quote}",
    Source.PLATE: "you shared {quote}",
}


def reason_of_them(reason: Reason) -> str:
    """Plain text to follow the person's name."""
    return _OF_THEM[reason.source].format(quote=_quoted(reason))


def reason_to_them(reason: Reason) -> str:
    """Plain text, said to whose words they are."""
    return _TO_THEM[reason.source].format(quote=_quoted(reason))


def _quoted(reason: Reason) -> str:
    return quote(reason.quote, QUOTED).rstrip(".")


def because(snapshot: GroupSnapshot, rests_on: str, wish: str, person_id: str) -> str:
    """*You shared “…”.*, while those words stand and come near what is wished for. They are quoted to who said
    them, `person_id`; of a plate only what they let everyone see still."""
    sort, _, id_ = rests_on.partition(".")
    if sort == Source.PLATE:
        round_name, _, lane = id_.partition(".")
        words = plate_words(snapshot.own_plates.get(round_name), lane, wish)
    elif sort in (Source.OFFER, Source.UNQUOTED_OFFER):
        offer = snapshot.offers.get(id_)
        words = _near(offer.what, wish) if offer and not offer.ended_at else ""
    else:
        words = _commitment_words(snapshot, rests_on, wish, person_id)
    if not words or sort not in list(Source):
        return ""
    far = _at_a_distance(sort, words, wish)
    reason = reason_to_them(Reason(source=Source(sort), record_id=id_, quote=words.rstrip(".") if far else words))
    return stopped(f" {reason[0].upper()}{reason[1:]}{far}")


def _at_a_distance(sort: str, words: str, wish: str) -> str:
    """After words that don't name what is wished for, but another word for it or something that belongs with it."""
    return "" if sort == Source.UNQUOTED_OFFER or names_it(wish, words) else ", which may come near it"


def _commitment_words(snapshot: GroupSnapshot, rests_on: str, wish: str, person_id: str) -> str:
    """Of one that is held still, and that they tend or said they can help with still."""
    sort, _, id_ = rests_on.partition(".")
    held = snapshot.commitments.get(id_)
    if held is None or sort not in (Source.COMMITMENT, Source.CAN_HELP, Source.PAST_HELP):
        return ""
    theirs = {Source.COMMITMENT: held.tenders, Source.CAN_HELP: held.helpers}.get(Source(sort))
    stands = theirs is None or (held.state.open and person_id in theirs)
    return (_near(held.what, wish) or _near(held.part, wish)) if stands else ""


def near_words(
    snapshot: GroupSnapshot, rests_on: str, plate: Plate | None, wish: str, person_id: str, now: datetime
) -> str:
    """What the yes of `person_id` rests on, to the asker: in quotes, and where the words are somebody else's, what
    they did with it; of an offer only to be matched no word. Empty where none of it stands any more. `plate`: as it
    stands now, where it rests on one."""
    sort, _, id_ = rests_on.partition(".")
    offer = snapshot.offers.get(id_) if sort in (Source.OFFER, Source.UNQUOTED_OFFER) else None
    if offer and not (offer.open(now) and _near(offer.what, wish)):
        return ""
    if offer and not (offer.shown and sort == Source.OFFER):
        return reason_of_them(Reason(source=Source.UNQUOTED_OFFER, record_id=id_))
    found = (
        plate_words(plate, id_.partition(".")[2], wish)
        or (offer and _near(offer.what, wish))
        or _commitment_words(snapshot, rests_on, wish, person_id)
    )
    if not found:
        return ""
    said_of_them = sort in (Source.CAN_HELP, Source.PAST_HELP)
    reason = Reason(source=Source(sort), record_id=id_, quote=found) if said_of_them else None
    far = _at_a_distance(sort, found, wish)
    near = reason_of_them(reason) if reason else f"“{inside_quotes(found.rstrip('.') if far else found)}”"
    return f"{near}{far}"


def plate_words(plate: Plate | None, lane: str, wish: str) -> str:
    """What comes near the wish in that lane, if everyone may see it now; else empty, as for a lane that is none."""
    answer = getattr(plate, lane, None) if plate and lane in ("organisation", "me", "question") else None
    return _near(answer.text, wish) if answer and answer.audience is Audience.GROUP else ""


def _near(words: str, wish: str) -> str:
    """Words that came near a wish, whole or the nearest sentence of them; empty where other words have taken their
    place since, which are no reason."""
    near = nearest(wish, words)
    return one_line(words if len(words) <= QUOTED else near, QUOTED) if near else ""
