"""People: a person is ours; Slack identities hang on it, and are never merged by name or e-mail."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec
from msgspec.structs import replace

from bot.domain.groups import MessageRef


class SlackIdentity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who somebody is in Slack: the pair is the key, since a user id alone is unique to its workspace.

    `elsewhere`: the other workspaces, and the organisation, that one payload named beside the same user id. On
    Enterprise Grid and in shared channels payloads differ in which of them they call the person's own. Seen from
    one workspace a user id means one person, as it must for a mention; so the pair with each is that person.
    """

    team_id: str
    user_id: str
    elsewhere: tuple[str, ...] = ()

    def each(self) -> tuple[SlackIdentity, ...]:
        """Every pair, the person's own first."""
        teams = dict.fromkeys([self.team_id, *self.elsewhere])
        return tuple(SlackIdentity(team_id=team, user_id=self.user_id) for team in teams)

    @property
    def key(self) -> str:
        """As text: the pair."""
        return f"{self.team_id}:{self.user_id}"


class Guest(StrEnum):
    """How far a workspace lets somebody in. The values are stored."""

    NO = ""
    MULTI = "multi"
    SINGLE = "single"
    """In one channel only."""

    @classmethod
    def of(cls, *, restricted: object, ultra_restricted: object) -> Guest:
        """By Slack's two words, of which whoever may be in one channel alone has both."""
        return cls.SINGLE if ultra_restricted else cls.MULTI if restricted else cls.NO


class Account(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What Slack last told of one identity of somebody's. `team_id` is their own workspace by Slack's word,
    `enterprise_id` its organisation;
    `stranger`: they share no channel with the bot that asked. `refused` is why it last took no DM to them."""

    team_id: str = ""
    enterprise_id: str = ""
    guest: Guest = Guest.NO
    stranger: bool = False
    closed: bool = False
    refused: str = ""


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """How our messages reach a person: which installation speaks, as which identity, in which DM."""

    via_team: str
    user_id: str
    dm_channel: str | None = None


class PersonErasure(msgspec.Struct, frozen=True, kw_only=True):
    """They are gone from all groups' records. `messages` of ours to them are still to be deleted; `dms` are their
    conversations with us that are left, of which the first has been gone through from its newest down to `before`;
    `read`: all are done with. `spared`: the groups under a legal hold, of which nothing is deleted meanwhile."""

    at: datetime
    messages: tuple[MessageRef, ...] = ()
    files: tuple[str, ...] = ()
    before: str = ""
    read: bool = False
    dms: tuple[Reach, ...] = ()
    spared: tuple[str, ...] = ()


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who pressed a button of ours.

    `zone` is an IANA name; `nation` an ISO 3166 code with or without subdivision (`GB-SCT`), for public
    holidays. `away_until` is the day they are back, so nothing is sent before it. `hour` is the wall-clock
    time of their check-in (`HH:MM` in `zone`). `erasure`: they are being erased. `accounts` are by the key of the
    identity. `write_to` is the key of the identity that they chose to be written to; empty where the rule decides.
    `was`: the ids of people whom we knew them as besides, whose buttons may still stand in their messages.
    `dms` are those in which they were written to before, by another bot of ours or in another account.
    `renumbered` are the keys of identities that Slack calls otherwise since: no account besides.
    `former_names` are those that they were called by before, the newest last, the last few: lines
    that were posted under them stand.
    """

    id: str
    name: str
    zone: str
    nation: str
    identities: tuple[SlackIdentity, ...]
    reach: Reach
    hour: str = "09:00"
    away_until: date | None = None
    accounts: dict[str, Account] = {}
    write_to: str = ""
    was: tuple[str, ...] = ()
    erasure: PersonErasure | None = None
    dms: tuple[Reach, ...] = ()
    renumbered: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()


def all_dms(person: Person) -> tuple[Reach, ...]:
    """In which messages of ours to them may stand; the one that they are written to now comes first."""
    return tuple(dict.fromkeys(one for one in (person.reach, *person.dms) if one.dm_channel))


def reached(person: Person, reach: Reach) -> Person:
    """Written to so from now on. Where that was before stays known: what stands there is theirs to erase. Not of an
    account that is theirs no more."""
    if reach == person.reach:
        return person
    own = {one.user_id for one in person.identities}
    before = [one for one in all_dms(person) if one != reach and one.user_id in own]
    return replace(person, reach=reach, dms=tuple(before))


class AbsenceReason(StrEnum):
    """Why somebody in a group is not about any more."""

    LEFT_CHANNEL = "left_channel"
    LEFT_SLACK = "left_slack"


class Absence(msgspec.Struct, frozen=True, kw_only=True):
    """Noticed of a leader who has not left the group by a press of theirs. `asked_at` is when they were asked
    whether they leave it too, by the message `question`; `unreachable`, that Slack lets us send them nothing.
    """

    reason: AbsenceReason
    since: datetime
    asked_at: datetime | None = None
    question: MessageRef | None = None
    unreachable: bool = False


class Departure(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody left: by their own press (no `reason`), or taken out, since they could not be asked; the channel
    is told of either. `objected_by`: somebody objected to their being taken out, so they are in the group.
    `called` is how both were called then, by id.
    """

    at: datetime
    reason: AbsenceReason | None = None
    announced_at: datetime | None = None
    objected_by: str | None = None
    called: dict[str, str] = {}


class DataRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody asked for what is kept of them, in files. `private`: with what is just for them. `organisation`:
    they asked for what all who speak for it have shared; the channel is told, at `announced_at`, and as whom they
    were `called` then, by id.

    `sent_at` is when the message went, under which the files come; `sharing_at` is noted right before they are put
    there, so that they are never put there twice. `refused`: why Slack took none.
    """

    at: datetime
    private: bool = False
    organisation: str = ""
    announced_at: datetime | None = None
    sent_at: datetime | None = None
    sharing_at: datetime | None = None
    files: tuple[str, ...] = ()
    refused: str = ""
    called: dict[str, str] = {}


class AskClaim(msgspec.Struct, frozen=True, kw_only=True):
    """The ask with this id is their quiet one, or about to be."""

    id: str
    at: datetime


class Leader(msgspec.Struct, frozen=True, kw_only=True):
    """A person in a group, speaking for an organisation.

    `lighter` asks every other round only: it leaves out those of even numbers, or the odd ones (`skips_odd`). After
    two silent rounds one message is sent and `quiet` set: then nothing more until the leader does something.
    `welcomed_at` is when the first DM after joining went.
    `news_at` is when they last heard of what others did with what is theirs.
    `trouble_told_at` is when they were last told that the channel can't be posted in. `hushed_round` is the
    round in which that message took the check-in's place. `counted_round` is the last round whose silence was
    counted. A leader who left stays on record with `left_at`, since their words in old digests keep their name;
    `departure` says how. Somebody with an `absence` is in the group still, and takes no part in it: they are asked
    nothing, read nothing, and stand in no list of who sees what.

    `organisation` is empty where somebody objected to the one they joined for. `unannounced_since` is set while the
    channel is owed whom they speak for now; `announced` is then what it was told last, if anything.

    `unserved_since` is when their workspace took us out, in one of their groups: there they are told, at
    `unserved_told_at`, what still works.
    `data_request` is the last time they asked for data in a file; `organisation_request` the last before that which
    was for an organisation's. `ask_claim`: which ask of theirs is put quietly.
    """

    person_id: str
    organisation: str
    joined_at: datetime
    left_at: datetime | None = None
    paused_until: date | None = None
    lighter: bool = False
    silent_rounds: int = 0
    counted_round: str = ""
    quiet: bool = False
    hushed_round: str = ""
    welcomed_at: datetime | None = None
    trouble_told_at: datetime | None = None
    news_at: datetime | None = None
    absence: Absence | None = None
    departure: Departure | None = None
    unannounced_since: datetime | None = None
    announced: str = ""
    unserved_since: datetime | None = None
    unserved_told_at: datetime | None = None
    data_request: DataRequest | None = None
    skips_odd: bool = False
    ask_claim: AskClaim | None = None
    organisation_request: DataRequest | None = None

    @property
    def active(self) -> bool:
        """In the group, and not known to be gone from its channel or from Slack: whom it writes to."""
        return self.in_group and self.absence is None

    @property
    def in_group(self) -> bool:
        """They have not left, and were not taken out; those who are absent are in it."""
        return self.left_at is None

    @property
    def asked_of_organisation(self) -> DataRequest | None:
        """The last time they asked for an organisation's words, whatever they asked for since."""
        last = self.data_request
        return last if last and last.organisation else self.organisation_request


def name_and_organisation(name: str, organisation: str) -> str:
    """`Sam (Riverside Council)`; a leader may have no organisation."""
    return f"{name} ({organisation})" if organisation else name


def first_name(full_name: str) -> str:
    """The name that prompts use: the first word of what Slack calls them, whatever the script."""
    words = full_name.split()
    return words[0] if words else full_name
