"""What is posted, without one person: as `erased`, of digests and briefs."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.brief import Brief
from bot.domain.correction import without_person
from bot.domain.digest import CommitmentLine, Digest
from bot.domain.erased import NOBODY, without_id
from bot.domain.felt import Felt


def digest(one: Digest, person_id: str, left: bool, now: datetime) -> Digest:
    """Their plate and name are gone. What they said of commitments follows, as these are by then, by the same
    correction as any other."""
    names = {id_: name for id_, name in one.names.items() if id_ != person_id}
    lines = tuple(_commitment_line(line, person_id, left) for line in one.commitments)
    asks = tuple(
        replace(line, thanks="" if line.thanks == person_id else line.thanks)
        for line in one.asks
        if line.by != person_id
    )
    return without_person(
        one, person_id, now, names=names, commitments=lines, asks=asks, felt=_felt(one.felt, person_id, left)
    )


def _commitment_line(line: CommitmentLine, person_id: str, left: bool) -> CommitmentLine:
    mine = line.by == person_id
    return replace(
        line,
        tenders=without_id(line.tenders, person_id),
        helpers=without_id(line.helpers, person_id),
        by=(NOBODY if left else "") if mine else line.by,
        note="" if mine and not left else line.note,
    )


def _felt(felt: Felt | None, person_id: str, left: bool) -> Felt | None:
    if felt is None or felt.by != person_id:
        return felt
    return replace(felt, by=NOBODY) if left else None


def brief(one: Brief, person_id: str, left: bool, now: datetime) -> Brief:
    """Whatever line holds their words goes: a brief is read, and over."""
    lines = tuple(line for line in one.lines if person_id not in line.whose)
    changed = lines != one.lines
    return replace(
        one,
        added=tuple(line for line in one.added if line.by != person_id),
        lines=lines,
        struck={key: at for key, at in one.struck.items() if person_id not in key},
        corrected_at=now if changed else one.corrected_at,
        corrections=one.corrections + changed,
        uncorrected=without_id(one.uncorrected, person_id),
        refusal_told=without_id(one.refusal_told, person_id),
    )
