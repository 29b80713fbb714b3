"""What is posted, without one person: as `erased`, of digests and briefs."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.brief import Brief
from bot.domain.correction import without_person
from bot.domain.digest import Digest
from bot.domain.erased import NOBODY, without_id


def digest(one: Digest, person_id: str, left: bool, now: datetime) -> Digest:
    """Their plate and name are gone. What they said of commitments follows, as these are by then, by the same
    correction as any other."""
    names = {id_: name for id_, name in one.names.items() if id_ != person_id}
    lines = tuple(
        replace(
            line,
            tenders=without_id(line.tenders, person_id),
            helpers=without_id(line.helpers, person_id),
            by=line.by if line.by != person_id else NOBODY if left else "",
            note="" if line.by == person_id and not left else line.note,
        )
        for line in one.commitments
    )
    felt = one.felt
    if felt and felt.by == person_id:
        felt = replace(felt, by=NOBODY) if left else None
    asks = tuple(
        replace(line, thanks="" if line.thanks == person_id else line.thanks)
        for line in one.asks
        if line.by != person_id
    )
    return without_person(one, person_id, now, names=names, commitments=lines, asks=asks, felt=felt)


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
