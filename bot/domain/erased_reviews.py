"""As `erased`: reviews, and what was learnt."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from bot.domain.erased import NO_WORDS, nobody_for, uncalled
from bot.domain.learning import Learnt
from bot.domain.review import Review


def review(one: Review, person_id: str, left: bool, now: datetime) -> Review:
    """What they placed lies under their own id. The post follows, where it named them."""
    mine = one.by == person_id
    return replace(
        one,
        by=nobody_for(one.by, person_id),
        called=uncalled(one.called, person_id),
        changes=one.changes + 1 if mine and one.posted else one.changes,
        stops=tuple(replace(each, by=nobody_for(each.by, person_id)) for each in one.stops),
    )


def learnt(one: Learnt, person_id: str, left: bool, now: datetime) -> Learnt | None:
    """What they said goes, and the words of what was theirs; or both stay with nobody's name."""
    told = []
    for each in one.learnings:
        if left or each.by != person_id:
            wordless = each.made_by == person_id and not left
            named = replace(each, by=nobody_for(each.by, person_id), made_by=nobody_for(each.made_by, person_id))
            told.append(replace(named, what=NO_WORDS, was="") if wordless else named)
    return Learnt(learnings=tuple(told)) if told else None
