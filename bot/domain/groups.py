"""Groups: leaders who work on one thing, with a shared channel. Nobody is an admin over others."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from bot.domain.hold import Hold
from bot.domain.hours import from_local
from bot.domain.installation import InstallerLeaving
from bot.domain.rhythm import Rhythm
from bot.domain.second_account import Joining, SecondAccount


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a message goes: a channel or DM, spoken into by the installation of `team_id`. `thread` is the `ts` of
    the message that it replies to; empty for a message of its own. `broadcast`: a reply the channel sees too."""

    team_id: str
    channel: str
    thread: str = ""
    broadcast: bool = False


class MessageRef(msgspec.Struct, frozen=True, kw_only=True):
    """A message of ours in Slack: with the installing team, since only its token may change it."""

    team_id: str
    channel: str
    ts: str


class GroupSettings(msgspec.Struct, frozen=True, kw_only=True):
    """What any leader can change about a group, and any can object to. As in `Group`."""

    name: str
    zone: str
    nation: str
    rhythm: Rhythm
    convenor: str | None
    paused_until: date | None = None
    ends_on: date | None = None
    questions: tuple[str, ...] = ()
    same_question: bool = False


UNSEEN = "unseen"
"""Other organisations read the channel since the group was set up, and no leader has looked at what goes there."""


class ChannelTrouble(msgspec.Struct, frozen=True, kw_only=True):
    """Nothing is posted in the group's channel, for a reason that can end: `code` is Slack's, or `UNSEEN`. Nothing
    is tried before `try_at`, unless it ends; `tried_at` is when it was last refused. `first`: since when it is of
    each `trouble.Sort`. `edits`: what stands there can't be changed either."""

    code: str
    since: datetime
    try_at: datetime
    tried_at: datetime | None = None
    first: dict[str, datetime] = {}
    edits: bool = False

    @property
    def archived(self) -> bool:
        """Or frozen, which Slack may call the same."""
        return self.code in ("is_archived", "is_inactive")

    @property
    def unseen(self) -> bool:
        """Ours, not Slack's: others read the channel, and nobody has looked yet. Only a press ends it."""
        return self.code == UNSEEN


class Connection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What Slack last told of a group's channel: whether several workspaces share it, which, the host among them,
    why it is frozen, if it is, and whether it is archived."""

    shared: bool = False
    host: str = ""
    teams: tuple[str, ...] = ()
    frozen: str = ""
    archived: bool = False
    looked_at: datetime | None = None

    @property
    def closed(self) -> bool:
        """Nobody can write in it."""
        return self.archived or bool(self.frozen)


class Hello(msgspec.Struct, frozen=True, kw_only=True):
    """Our hello from before there was a group. Its button set the group up, or was pressed since: it is to be
    changed. `refused_at` is when Slack last would not have that."""

    post: MessageRef
    pressed_at: datetime
    refused_at: datetime | None = None


class DayPost(msgspec.Struct, frozen=True, kw_only=True):
    """The channel's post of one day of the group's (see `channel_days`): what it tells, as `<kind>:<subject>` each.
    `joined`: when those were that were added; `aloud`: which were said in its thread. `owed_at`: it is to be drawn
    anew then; `redrawn` counts how often it was."""

    day: date
    post: MessageRef
    told: tuple[str, ...]
    joined: dict[str, datetime] = {}
    aloud: tuple[str, ...] = ()
    owed_at: datetime | None = None
    redrawn: int = 0


class DayClaim(msgspec.Struct, frozen=True, kw_only=True):
    """The entry called `by` is about to be a day's post."""

    by: str
    at: datetime


class Erasure(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody is to be erased from the group. `left`: they leave it what they may. `messages` of ours to them were
    known here. `gone_at`: its records hold nothing of them. `waits`: another group's hold keeps what is left."""

    at: datetime
    left: bool = False
    messages: tuple[MessageRef, ...] = ()
    files: tuple[str, ...] = ()
    gone_at: datetime | None = None
    waits: bool = False


class Erased(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody was erased: for the channel, which is not told who. Gone once it was told."""

    at: datetime


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """Other organisations read the channel, so nothing goes there before somebody has seen what would. `teams`: the
    workspaces as far as Slack tells, empty where it tells nothing; `posted_at` is when *Post it* was pressed."""

    teams: tuple[str, ...] = ()
    posted_at: datetime | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """A group. `convenor` is a person id and looks after the rhythm; None until somebody takes it on.
    `zone` and `nation` are the group's own: digests and meetings follow them, prompts follow each leader's.
    `changes` are the ids of the newest changes of its settings: one that is not there was never made.
    `panel_at` is when its panel went into the channel, `panel` that message (None where it was never recorded),
    `panel_shows` the settings it was drawn from, `panel_next` the next meeting that it names, or a pause's end,
    `panel_refused_at` when Slack last would not have it changed.
    `to_correct` names rounds whose posted digest may show words that have changed, and when that was last noted.
    `trouble` is set for as long as nothing can be posted. `questions` are the group's own, each a code of ours or
    its own words, asked one a round in turn, or the first of them every round; none are ours. On `paused_until`
    leaders are asked again, and from `ends_on` on nobody is; `end_told_at` is when the channel was told it.
    `holiday_asked_of` is the planned day of the last meeting on a public holiday that the convenor was asked about.
    At `members_due_at` Slack is next asked who is in the channel, and `connection` is what it last told of it.
    `joining`, by person id, are those who go on as another; `second_accounts` of the last twelve months, that
    leaders proved to be theirs. `forgot_at` is when what is past keeping was last gone through.
    `preview` is set where the channel had other organisations in it when the group was set up. `moved_at`: it went
    on then in another channel, or by another bot of ours where its own has gone, so that its panel is posted anew.
    `erasing` are those who are being erased, by person id, `erased` what its channel is told of that.
    `organisations_told_at` is when the channel was last told who speaks for which organisation; `day_post` is its
    last post that counts as a day's, `day_posts` are those before it, and `day_claim` is who is about to be one.
    `hello` is set until the button is gone from it.
    """

    id: str
    name: str
    place: Place
    zone: str
    nation: str
    rhythm: Rhythm
    set_up_by: str
    set_up_at: datetime
    convenor: str | None
    changes: tuple[str, ...] = ()
    panel_at: datetime | None = None
    panel: MessageRef | None = None
    panel_shows: GroupSettings | None = None
    panel_next: datetime | None = None
    panel_refused_at: datetime | None = None
    to_correct: dict[str, datetime] = {}
    trouble: ChannelTrouble | None = None
    members_due_at: datetime | None = None
    paused_until: date | None = None
    ends_on: date | None = None
    questions: tuple[str, ...] = ()
    same_question: bool = False
    end_told_at: datetime | None = None
    holiday_asked_of: date | None = None
    organisations_told_at: datetime | None = None
    installer: InstallerLeaving | None = None
    day_post: DayPost | None = None
    connection: Connection = Connection()
    joining: dict[str, Joining] = {}
    second_accounts: tuple[SecondAccount, ...] = ()
    forgot_at: datetime | None = None
    erasing: dict[str, Erasure] = {}
    erased: tuple[Erased, ...] = ()
    hold: Hold | None = None
    preview: Preview | None = None
    day_posts: tuple[DayPost, ...] = ()
    moved_at: datetime | None = None
    day_claim: DayClaim | None = None
    hello: Hello | None = None

    @property
    def unposted(self) -> bool:
        """Whether it waits for somebody to look at what would be posted: until then nothing is sent."""
        return self.preview is not None and self.preview.posted_at is None

    @property
    def archived(self) -> bool:
        """Or frozen: as Slack last told of its channel, or as it refused a post of ours before it told."""
        return self.connection.closed or (self.trouble is not None and self.trouble.archived)

    @property
    def begun_at(self) -> datetime:
        """From when on messages about it are owed."""
        return (self.preview and self.preview.posted_at) or self.set_up_at

    @property
    def held(self) -> bool:
        """Whether a legal hold stands: nothing may be deleted for good."""
        return self.hold is not None and self.hold.lifted_at is None

    @property
    def settings(self) -> GroupSettings:
        """What its leaders can change, each change with an announcement."""
        return GroupSettings(**{name: getattr(self, name) for name in GroupSettings.__struct_fields__})


def paused(group: Group, now: datetime) -> bool:
    """Whether nobody is asked for now, since the group wished so."""
    return group.paused_until is not None and now < from_local(group.paused_until, "00:00", group.zone)


def ended(group: Group, now: datetime) -> bool:
    """Whether it has ended: from the beginning of the day `ends_on`, by the group's clock."""
    return group.ends_on is not None and now >= from_local(group.ends_on, "00:00", group.zone)


def resting(group: Group, now: datetime) -> bool:
    """Nothing is put to a group that is paused or has ended, and nothing comes to stand in it."""
    return paused(group, now) or ended(group, now)


class SettingsChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of a group's settings, announced in the channel; any leader may object, which undoes it. It is what
    differs between `before` and `after`. `called` is how those named were called then, by id, for its post. `shut`:
    nobody can object to it just now, and its post does not say that they can. `unconfirmed_at`: as of a round."""

    id: str
    at: datetime
    by: str
    before: GroupSettings
    after: GroupSettings
    objected_by: str | None = None
    announced_at: datetime | None = None
    called: dict[str, str] = {}
    shut: bool = False
    unconfirmed_at: datetime | None = None
    told_unconfirmed: bool = False


class NowSpeaks(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody speaks for `after`, and for `before` until then, which is empty where they joined; `new` where
    nobody had spoken for it; `back` where they had left, and spoke for it then too. `name` is the one they were
    announced under, `called` how who objected was."""

    person_id: str
    name: str
    before: str
    after: str
    new: bool = False
    objected_by: str | None = None
    back: bool = False
    called: dict[str, str] = {}


class OrganisationsPost(msgspec.Struct, frozen=True, kw_only=True):
    """One post that says who speaks for which organisation, as drawn: each objection goes by its line."""

    id: str
    at: datetime
    lines: tuple[NowSpeaks, ...]


def with_settings(group: Group, settings: GroupSettings, changes: tuple[str, ...]) -> Group:
    """The group with other settings, and the ids of the changes that led to them."""
    return msgspec.structs.replace(group, **msgspec.structs.asdict(settings), changes=changes)
