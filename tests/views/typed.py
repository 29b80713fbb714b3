"""What people may type, and groups of people who typed it: for property tests of every screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st
from msgspec.structs import replace

from bot.domain.about import About
from bot.domain.checkins import CheckIn, CheckInState
from bot.domain.commitments import Commitment, FirstStep, Progress, State
from bot.domain.digest import Digest, compose
from bot.domain.groups import Group, GroupSettings, NowSpeaks, OrganisationsPost, Place, SettingsChange
from bot.domain.home import HomeSection
from bot.domain.people import Leader, Person, Reach, SlackIdentity
from bot.domain.plate import Answer, Audience, Plate
from bot.domain.questions import Question
from bot.domain.rhythm import Moved, Recurrence, Rhythm
from bot.domain.rounds import Round
from bot.domain.snapshot import GroupSnapshot
from bot.domain.tags import LONGEST_TAG, split
from bot.views.words import blank, one_line

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TURNED = "\u202eabc \u2067def"
RTL = "שלום \u202eevil\u202c مرحبا"
EMOJI = "👩🏽\u200d🚒🇬🇧🫶🏿"
AWKWARD = (
    "Beds are full again.",
    "<!channel> <@U0SAM> <#C1|x> <https://x.example|y> <!date^0^{date}|z>",
    "&lt;!here&gt; & < > &amp;amp;",
    "*bold* _it_ ~no~ `code` > quote @everyone @here #general",
    "```\nblock\n```",
    "a\nb\r\nc\td\x0be",
    "nul\x00 bell\x07 \x7f del",
    RTL,
    TURNED,
    EMOJI,
    "z\u200be\u200cr\u200do\ufeff",
    "x",
    "*",
    "&",
    "<",
    ":smile: \\n {0} %s ${x}",
    "e" + "\u0301" * 50,
)
LONG = (
    "&" * 3000,
    "<>" * 1500,
    "👍" * 3000,
    "word " * 599 + "last.",
    "x" * 3000,
    "\u0645" * 3000,
    "\u0001a" * 1500,
)

lines = st.one_of(
    st.sampled_from(AWKWARD), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
)
texts = st.one_of(lines, st.sampled_from(LONG)).map(str.strip).filter(lambda text: not blank(text))
"""As a form's field is read: stripped, never unseen, at most 3,000 characters."""
shorts = texts.map(lambda text: text[:500].strip()).filter(lambda text: not blank(text))
maybe = st.one_of(st.just(""), shorts)
names = texts.map(lambda text: one_line(text, 80)).filter(lambda text: not blank(text))
zones = st.sampled_from(["Europe/London", "Asia/Kolkata", "America/Argentina/ComodRivadavia", "Pacific/Apia"])
nations = st.sampled_from(["GB-SCT", "IE", "IN", "US", ""])
audiences = st.sampled_from(Audience)
answers = st.builds(Answer, text=texts, audience=audiences)
days = st.dates(date(2026, 11, 24), date(2027, 11, 1))
clocks = st.times().map(lambda clock: f"{clock:%H:%M}")


@dataclass(frozen=True)
class Scene:
    """All that any screen is drawn from."""

    snapshot: GroupSnapshot
    me: Person
    round: Round
    plates: list[Plate]
    commitments: list[Commitment]
    checkin: CheckIn
    digest: Digest | None
    change: SettingsChange
    typed: str

    @property
    def post(self) -> OrganisationsPost:
        """Everybody as if they had just spoken for themselves: joined, or changed it."""
        lines = [
            NowSpeaks(person_id=id_, name=self.snapshot.people[id_].name, before="", after=leader.organisation)
            for id_, leader in self.snapshot.active().items()
        ]
        return OrganisationsPost(
            id="first", at=NOW, lines=(replace(lines[0], before=self.typed[:80], new=True), *lines[1:])
        )

    @property
    def leader(self) -> Leader:
        return self.snapshot.leaders[self.me.id]

    @property
    def plate(self) -> Plate:
        return self.plates[0]

    @property
    def commitment(self) -> Commitment:
        return self.commitments[0]

    @property
    def section(self) -> HomeSection:
        return HomeSection(
            snapshot=self.snapshot,
            plate=self.plate,
            tended=self.commitments,
            next_meeting=NOW + timedelta(days=3),
            unsent=True,
            waiting=True,
        )


def about_of(person: Person, leader: Leader) -> About:
    """What is known of them already."""
    return About(
        name=person.name,
        organisation=leader.organisation,
        zone=person.zone,
        nation=person.nation,
        hour=person.hour,
    )


def person(id_: str, name: str = "Sam", zone: str = "Europe/London", nation: str = "GB-ENG") -> Person:
    return Person(
        id=id_,
        name=name,
        zone=zone,
        nation=nation,
        identities=(SlackIdentity(team_id="T1", user_id=f"U{id_}"),),
        reach=Reach(via_team="T1", user_id=f"U{id_}"),
    )


def group(name: str = "Young carers", zone: str = "Europe/London", nation: str = "GB-ENG") -> Group:
    meeting = Recurrence(every="weeks", interval=2, weekday=3, at="14:00", anchor=date(2026, 11, 26))
    return Group(
        id="c0ffee0123456789",
        name=name,
        place=Place(team_id="T1", channel="C0123456789"),
        zone=zone,
        nation=nation,
        rhythm=Rhythm(meeting=meeting),
        set_up_by="p0",
        set_up_at=NOW - timedelta(days=20),
        convenor="p0",
    )


def round_(question: str = Question.NOT_TALKING_ABOUT) -> Round:
    return Round(
        group_id="c0ffee0123456789",
        name="2026-W48",
        opens_on=date(2026, 11, 21),
        closes_at=NOW + timedelta(days=2),
        digest_at=NOW + timedelta(days=3),
        meeting_at=NOW + timedelta(days=4),
        question=question,
    )


def circle_of(people: list[Person], organisations: list[str], of: Group) -> GroupSnapshot:
    leaders = {
        one.id: Leader(person_id=one.id, organisation=organisation, joined_at=NOW)
        for one, organisation in zip(people, organisations, strict=True)
    }
    return GroupSnapshot(group=of, leaders=leaders, people={one.id: one for one in people})


@st.composite
def circles(draw: st.DrawFn) -> GroupSnapshot:
    count = draw(st.integers(1, 3))
    people = [person(f"p{n}", draw(names), draw(zones), draw(nations)) for n in range(count)]
    return circle_of(people, [draw(names) for _ in people], group(draw(names), draw(zones), draw(nations)))


@st.composite
def commitments(draw: st.DrawFn, snapshot: GroupSnapshot, id_: str = "c0") -> Commitment:
    ids = list(snapshot.people)
    by = st.sampled_from(ids)
    history = st.lists(
        st.builds(Progress, at=st.just(NOW), by=by, state=st.sampled_from(State), note=maybe, noticed=maybe),
        max_size=3,
    )
    return Commitment(
        id=id_,
        what=draw(shorts),
        made_by=ids[0],
        made_at=NOW,
        tenders=tuple(draw(st.lists(by, min_size=1, unique=True))),
        part=draw(maybe),
        first_step=FirstStep(what=draw(maybe), when=draw(maybe), with_whom=draw(maybe)),
        benefit=draw(maybe),
        helpers=tuple(draw(st.lists(by, unique=True))),
        state=draw(st.sampled_from(State)),
        history=tuple(draw(history)),
        tags=split(re.sub("[,;]", " ", one_line(draw(maybe), LONGEST_TAG))),
    )


@st.composite
def plates(draw: st.DrawFn, person_id: str) -> Plate:
    lane = st.one_of(st.none(), answers)
    return Plate(
        person_id=person_id,
        round="2026-W48",
        organisation=draw(answers),
        me=draw(lane),
        question=draw(lane),
    )


@st.composite
def checkins(draw: st.DrawFn) -> CheckIn:
    return CheckIn(
        person_id="p0",
        round="2026-W48",
        state=draw(st.sampled_from(CheckInState)),
        ask_again_at=draw(st.sampled_from([None, NOW + timedelta(hours=3), NOW + timedelta(days=1)])),
    )


@st.composite
def changed(draw: st.DrawFn, snapshot: GroupSnapshot) -> GroupSettings:
    """The group's settings with whatever somebody changed about them at once."""
    rhythm = snapshot.group.rhythm
    moved = Moved(planned=rhythm.meeting.anchor, to=draw(days), at="15:30")
    return GroupSettings(
        name=draw(names),
        zone=draw(zones),
        nation=draw(nations),
        rhythm=draw(st.sampled_from([rhythm, replace(rhythm, moved=(moved,))])),
        convenor=draw(st.sampled_from(list(snapshot.people))),
    )


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A small group where everybody types as awkwardly as can be."""
    snapshot = draw(circles())
    asked = st.one_of(st.sampled_from(Question), lines.filter(lambda text: not blank(text)))
    round = round_(draw(asked))
    shared = [draw(plates(id_)) for id_ in snapshot.people]
    kept = [draw(commitments(snapshot, f"c{n}")) for n in range(draw(st.integers(1, 2)))]
    change = SettingsChange(
        id="ch1",
        at=NOW,
        by=draw(st.sampled_from(list(snapshot.people))),
        before=snapshot.group.settings,
        after=draw(changed(snapshot)),
        objected_by=draw(st.sampled_from([None, "p0"])),
    )
    return Scene(
        snapshot=snapshot,
        me=snapshot.people["p0"],
        round=round,
        plates=shared,
        commitments=kept,
        checkin=draw(checkins()),
        digest=digest_of(snapshot, round, shared, kept),
        change=change,
        typed=draw(texts),
    )


def digest_of(
    snapshot: GroupSnapshot,
    round: Round,
    shared: list[Plate],
    kept: list[Commitment],
    since: datetime | None = None,
) -> Digest | None:
    return compose(
        group=snapshot.group,
        round=round,
        leaders=snapshot.leaders,
        people=snapshot.people,
        plates=shared,
        commitments=kept,
        since=since or NOW - timedelta(days=7),
        now=NOW,
    )
