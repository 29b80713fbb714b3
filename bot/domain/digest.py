"""The digest: the weekly post, composed from what leaders chose to share, in their own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.domain.absence import present
from bot.domain.asks import Ask, AskState
from bot.domain.commitments import Commitment
from bot.domain.digest_lines import CommitmentLine, commitment_lines, told_since
from bot.domain.felt import Felt, felt_in, names_of
from bot.domain.groups import Group, MessageRef
from bot.domain.people import Leader, Person, name_and_organisation
from bot.domain.plate import Plate, answers, news_to_group
from bot.domain.pulse import Spread
from bot.domain.rounds import Round


class PlateLine(msgspec.Struct, frozen=True, kw_only=True):
    """What one leader shares with the group. Only answers whose audience is the group are ever here."""

    person_id: str
    name: str
    organisation: str
    organisation_lane: str = ""
    me_lane: str = ""
    question: str = ""


class AskLine(msgspec.Struct, frozen=True, kw_only=True):
    """An ask that is put to everyone; or one that is over, for which `by` thanks somebody by name."""

    ask_id: str
    by: str
    what: str
    thanks: str = ""


class PulseLine(msgspec.Struct, frozen=True, kw_only=True):
    """How the answers to a question were spread, by its reference. `stop`: half of the leaders would do without the
    bot, whose question it was."""

    question: str
    spread: tuple[Spread, ...]
    stop: bool = False


class Correctable(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours that is changed when words in it are. `posted` is where it stands. `corrections` counts how
    often its words changed, and `shown` says how many of those are in Slack; `redrawn` counts the changes of the
    message. `uncorrected` are the people whose words there are no longer those they share. `refused` is why Slack
    would not have it changed, last tried at `refused_at`.
    """

    posted: MessageRef | None = None
    corrections: int = 0
    shown: int = 0
    redrawn: int = 0
    uncorrected: tuple[str, ...] = ()
    refused: str = ""
    refused_at: datetime | None = None

    @property
    def behind(self) -> bool:
        """Whether it still shows words that have changed."""
        return self.posted is not None and self.corrections > self.shown


class Reply(Correctable, frozen=True, kw_only=True):
    """An organisation's words in full, in the thread under the digest, where people can answer them. It is owed
    from `since` on. `given_up` is why it will never be there, or can't be told to be.
    """

    organisation: str
    since: datetime
    given_up: str = ""


class Digest(Correctable, frozen=True, kw_only=True):
    """A digest as posted. `corrected_at` is when words in it were last edited or pulled back. `refusal_told` are
    those who know why Slack still shows their words as they were.

    `names` maps person ids to the names and organisations that were true then. `since` is when the digest before it
    was composed: what happened from then on is in this one. `replies` are in the order of its organisations, those
    of late answers last; it has them where it is `threaded`, as none from before December 2026 is. `question` is as
    the round's. `asks_of_bot`: it asks what leaders think of the bot. `help_over`: commitments and asks in it that
    want no help any more, so that their *I can help* is gone.
    """

    group_id: str
    round: str
    group_name: str
    composed_at: datetime
    question: str
    felt: Felt | None = None
    commitments: tuple[CommitmentLine, ...] = ()
    asks: tuple[AskLine, ...] = ()
    plates: tuple[PlateLine, ...] = ()
    names: dict[str, str] = {}
    meeting_at: datetime | None = None
    corrected_at: datetime | None = None
    refusal_told: tuple[str, ...] = ()
    since: datetime | None = None
    threaded: bool = False
    replies: tuple[Reply, ...] = ()
    pulses: tuple[PulseLine, ...] = ()
    asks_of_bot: bool = False
    help_over: tuple[str, ...] = ()

    @property
    def anything_behind(self) -> bool:
        """Whether the channel or its thread still shows words that have changed."""
        return self.behind or any(reply.behind for reply in self.replies)


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
    asks: Iterable[Ask] = (),
    pulses: tuple[PulseLine, ...] = (),
    asks_of_bot: bool = False,
) -> Digest | None:
    """What is worth posting, or None where nobody said anything.

    Of each plate what its author shares with the group; every open commitment, and what ended after `since` (the
    digest before); every ask that is put to everyone, and whom somebody thanked since. An ask that is open still is
    worth no post by itself, nor is the question about the bot. Who did not answer appears nowhere, in no number.
    """
    active = {id_: leader for id_, leader in leaders.items() if leader.active and id_ in people}
    lines = sorted(_plate_lines(plates, active, people), key=place)
    kept = list(commitments)
    here = present(leaders)
    told = [c for c in kept if told_since(c, since, here)]
    some = sorted(asks, key=lambda one: (one.opened_at or one.at, one.id))
    asked = tuple(line for one in some if one.by in active and (line := ask_line(one, since, now)))
    news = any(line.thanks for line in asked) or any(one.opened_at and one.opened_at > since for one in some)
    digest = replace(
        _of_round(group, round, since, now),
        felt=felt_in((line for c in kept for line in c.history), since, here, names_of(people)),
        commitments=commitment_lines(kept, since, here),
        asks=asked,
        pulses=pulses,
        asks_of_bot=asks_of_bot,
        plates=tuple(lines),
        replies=tuple(Reply(organisation=one, since=now) for one in dict.fromkeys(p.organisation for p in lines)),
        names=_names(leaders, people),
    )
    return digest if lines or told or digest.felt or pulses or (asked and news) else None


def _names(leaders: Mapping[str, Leader], people: Mapping[str, Person]) -> dict[str, str]:
    """As they are in this digest for good."""
    known = ((people[id_], leader) for id_, leader in leaders.items() if id_ in people)
    return {person.id: name_and_organisation(person.name, leader.organisation) for person, leader in known}


def _of_round(group: Group, round: Round, since: datetime, now: datetime) -> Digest:
    """With nothing in it yet."""
    return Digest(
        group_id=group.id,
        round=round.name,
        group_name=group.name,
        composed_at=now,
        question=round.question,
        felt=None,
        meeting_at=round.meeting_at,
        commitments=(),
        plates=(),
        since=since,
        threaded=True,
    )


def ask_line(ask: Ask, since: datetime, now: datetime) -> AskLine | None:
    """Quiet ones stand nowhere, unless whoever asked thanks somebody at their end."""
    line = AskLine(ask_id=ask.id, by=ask.by, what=ask.what, thanks=ask.thanked)
    if ask.state is AskState.GOT_IT:
        return line if ask.thanked and ask.ended_at and ask.ended_at > since else None
    return line if ask.open(now) and not ask.quiet else None


def place(line: PlateLine) -> tuple[str, str]:
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
