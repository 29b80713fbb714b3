"""The digest: the weekly post, composed from what leaders chose to share, in their own words."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import datetime

import msgspec

from bot.domain.commitments import Commitment, State
from bot.domain.groups import Group, MessageRef
from bot.domain.people import Leader, Person
from bot.domain.plate import Plate, answers, news_to_group
from bot.domain.rounds import Round

DIGEST_ORDER = (State.MOVING, State.DONE, State.STUCK, State.TENDING, State.CHANGED, State.LET_GO)
"""What moved comes first, then what is stuck, then what was let go."""


class Felt(msgspec.Struct, frozen=True, kw_only=True):
    """One change that people felt: what was noticed, and by whom."""

    text: str
    by: str


class CommitmentLine(msgspec.Struct, frozen=True, kw_only=True):
    commitment_id: str
    what: str
    state: State
    tenders: tuple[str, ...]
    note: str = ""


class PlateLine(msgspec.Struct, frozen=True, kw_only=True):
    """What one leader shares with the group. Only answers whose audience is the group are ever here."""

    person_id: str
    name: str
    organisation: str
    organisation_lane: str = ""
    me_lane: str = ""
    question: str = ""


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """A digest as posted. `corrected_at` is set where words were edited or pulled back afterwards; `corrections`
    counts how often, and `shown` says how many of them are in the channel; `redrawn` counts the changes of the
    message. `uncorrected` are the people whose words there are no longer those they share. `refused` is why
    Slack would not have the message changed, last tried at `refused_at`; `refusal_told` are the people who know.
    `question` is as the round's.

    `names` maps person ids to the names and organisations that were true then.
    """

    group_id: str
    round: str
    group_name: str
    composed_at: datetime
    question: str
    shared: int
    felt: Felt | None = None
    commitments: tuple[CommitmentLine, ...] = ()
    plates: tuple[PlateLine, ...] = ()
    names: dict[str, str] = {}
    posted: MessageRef | None = None
    corrected_at: datetime | None = None
    corrections: int = 0
    shown: int = 0
    redrawn: int = 0
    uncorrected: tuple[str, ...] = ()
    refused: str = ""
    refused_at: datetime | None = None
    refusal_told: tuple[str, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether the channel still shows words that have changed."""
        return self.posted is not None and self.corrections > self.shown


def compose(
    *,
    group: Group,
    round: Round,
    leaders: Mapping[str, Leader],
    people: Mapping[str, Person],
    plates: Iterable[Plate],
    commitments: Iterable[Commitment],
    since: datetime,
    now: datetime,
) -> Digest | None:
    """What is worth posting, or None where nobody said anything.

    Takes from each plate only what its author shares with the group, and of commitments only what happened
    after `since` (the digest before). Who did not answer appears nowhere, not even as a number.
    """
    present = {id_: leader for id_, leader in leaders.items() if leader.active and id_ in people}
    lines = sorted(_plate_lines(plates, present, people), key=_place)
    told = [c for c in commitments if any(p.at > since for p in c.history)]
    digest = Digest(
        group_id=group.id,
        round=round.name,
        group_name=group.name,
        composed_at=now,
        question=round.question,
        shared=len(lines),
        felt=_felt(told, since),
        commitments=_commitment_lines(told, since),
        plates=tuple(lines),
        names={id_: f"{people[id_].name} ({leaders[id_].organisation})" for id_ in leaders if id_ in people},
    )
    return digest if lines or digest.commitments else None


def corrected(digest: Digest, fresh: Iterable[PlateLine], here: Container[str], now: datetime) -> Digest:
    """A posted digest with what those who are `here` share of that round now. The words of who has left since stay
    as they were posted.
    """
    stay = [line for line in digest.plates if line.person_id not in here]
    plates = tuple(sorted([*fresh, *stay], key=_place))
    if plates == digest.plates:
        return digest
    changed = {line.person_id for line in set(plates) ^ set(digest.plates)}
    return msgspec.structs.replace(
        digest,
        plates=plates,
        shared=len(plates),
        corrected_at=now,
        corrections=digest.corrections + 1,
        uncorrected=tuple(sorted({*digest.uncorrected, *changed})),
    )


def redrawn(digest: Digest, after: int) -> Digest:
    """Its message was changed: it shows at least the correction that follows the `after`th. Where there are
    newer ones it is owed again, even if they were shown: this change may have been slow, and have come over theirs.
    """
    shown = after + 1
    current = shown >= digest.corrections
    return msgspec.structs.replace(
        digest,
        shown=shown,
        redrawn=digest.redrawn + 1,
        uncorrected=() if current else digest.uncorrected,
        refused="",
        refused_at=None,
        refusal_told=(),
    )


def _place(line: PlateLine) -> tuple[str, str]:
    """Where it stands in the digest: by organisation, then by name."""
    return line.organisation.casefold(), line.name


def _plate_lines(
    plates: Iterable[Plate], leaders: Mapping[str, Leader], people: Mapping[str, Person]
) -> list[PlateLine]:
    return [
        PlateLine(
            person_id=plate.person_id,
            name=people[plate.person_id].name,
            organisation=leaders[plate.person_id].organisation,
            organisation_lane=news_to_group(plate.organisation),
            me_lane=news_to_group(plate.me),
            question=news_to_group(plate.question),
        )
        for plate in plates
        if plate.person_id in leaders and any(news_to_group(answer) for answer in answers(plate))
    ]


def _felt(commitments: Iterable[Commitment], since: datetime) -> Felt | None:
    """The newest thing that somebody noticed."""
    noticed = [(p.at, p.noticed, p.by) for c in commitments for p in c.history if p.noticed and p.at > since]
    if not noticed:
        return None
    _, text, by = max(noticed)
    return Felt(text=text, by=by)


def _commitment_lines(commitments: Iterable[Commitment], since: datetime) -> tuple[CommitmentLine, ...]:
    ordered = sorted(commitments, key=lambda c: (DIGEST_ORDER.index(c.state), c.made_at, c.id))
    return tuple(
        CommitmentLine(
            commitment_id=c.id,
            what=c.what,
            state=c.state,
            tenders=c.tenders,
            note=next((p.note for p in reversed(c.history) if p.note and p.at > since), ""),
        )
        for c in ordered
    )
