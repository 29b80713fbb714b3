"""What can go wrong in a way that a person can mend: as codes, worded by `bot.views.problem_sentences`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")

About = str | int | date | tuple[str, ...]
"""What a problem is about, for its words: what was typed, a limit, a day, the nearest names."""


class ProblemCode(StrEnum):
    """Each has its words, and the arguments they take, in `bot.views.problem_sentences`."""

    # What was typed in a form or after a command
    TOO_LONG = "too_long"
    NAME_MISSING = "name_missing"
    NAME_TAKEN = "name_taken"
    NAME_LEFT_BEHIND = "name_left_behind"
    NAME_NO_PERSONS = "name_no_persons"
    GROUP_NAME_MISSING = "group_name_missing"
    ORGANISATION_MISSING = "organisation_missing"
    ORGANISATION_A_PERSONS = "organisation_a_persons"
    PLATE_EMPTY = "plate_empty"
    COMMITMENT_EMPTY = "commitment_empty"
    ASK_EMPTY = "ask_empty"
    ASKED_QUIETLY_ALREADY = "asked_quietly_already"
    OFFER_EMPTY = "offer_empty"
    INQUIRY_EMPTY = "inquiry_empty"
    INQUIRY_WAITS = "inquiry_waits"
    INQUIRY_TOO_LONG = "inquiry_too_long"
    DAY_OFF = "day_off"
    INQUIRY_ANSWER_EMPTY = "inquiry_answer_empty"
    HEADING_OF_NOTHING = "heading_of_nothing"
    HEADINGS_FULL = "headings_full"
    NOTICED_NAMES = "noticed_names"
    REVIEW_EMPTY = "review_empty"
    REVIEW_ENDED = "review_ended"
    REVIEW_HALF = "review_half"
    REVIEW_TWICE = "review_twice"
    REVIEW_OF_NOTHING = "review_of_nothing"
    REVIEW_TOO_FEW = "review_too_few"
    REVIEW_NOT_TO_STOP = "review_not_to_stop"
    REVIEW_STOPPED_ONE = "review_stopped_one"
    LINE_EMPTY = "line_empty"
    TIME_UNREADABLE = "time_unreadable"
    DAY_UNREADABLE = "day_unreadable"
    NO_SUCH_DAY = "no_such_day"
    DAY_PAST = "day_past"
    DAY_TODAY = "day_today"
    DAY_TOO_FAR = "day_too_far"
    PAUSE_PAST_END = "pause_past_end"
    PAUSE_TOO_LONG = "pause_too_long"
    AWAY_TOO_LONG = "away_too_long"
    ZONE_MISSING = "zone_missing"
    ZONE_UNKNOWN = "zone_unknown"
    ZONE_OF_A_CLOCK = "zone_of_a_clock"
    ZONES_OF_COUNTRY = "zones_of_country"
    NATION_MISSING = "nation_missing"
    NATION_UNKNOWN = "nation_unknown"
    HOLIDAYS_UNKNOWN = "holidays_unknown"
    TOO_MANY_QUESTIONS = "too_many_questions"
    # A group's rhythm and its meetings
    INTERVAL_OF_WEEKS = "interval_of_weeks"
    INTERVAL_OF_MONTHS = "interval_of_months"
    WEEKDAY_MISSING = "weekday_missing"
    NTH_MISSING = "nth_missing"
    MEETING_TIME = "meeting_time"
    CHECKIN_DAYS = "checkin_days"
    CHECKIN_WEEKDAY = "checkin_weekday"
    NUDGE_TIME = "nudge_time"
    CLOCK_TIME = "clock_time"
    HOURS = "hours"
    HOUR_OUTSIDE = "hour_outside"
    DIGEST_TOO_EARLY = "digest_too_early"
    NO_MEETING_THEN = "no_meeting_then"
    TIME_PASSED = "time_passed"
    NOT_AFTER_NEXT_MEETING = "not_after_next_meeting"
    NOT_BEFORE_LAST_MEETING = "not_before_last_meeting"
    # Where somebody stands, and what is no more
    NOT_JOINED = "not_joined"
    NOT_IN_CHANNEL = "not_in_channel"
    NOT_IN_CHANNEL_YET = "not_in_channel_yet"
    PRESENCE_UNTOLD = "presence_untold"
    STILL_OUTSIDE = "still_outside"
    LEFT_ALREADY = "left_already"
    NOT_A_PERSON = "not_a_person"
    ACCOUNT_CLOSED = "account_closed"
    IN_NO_GROUP = "in_no_group"
    NO_ORGANISATION = "no_organisation"
    GROUP_UNKNOWN = "group_unknown"
    GROUP_ENDED = "group_ended"
    GROUP_PAUSED = "group_paused"
    GROUP_THERE_ALREADY = "group_there_already"
    DIRECT_MESSAGE = "direct_message"
    BOT_NOT_IN_CHANNEL = "bot_not_in_channel"
    CHANNEL_UNSEEN = "channel_unseen"
    CHECKIN_CLOSED = "checkin_closed"
    ROUND_GONE = "round_gone"
    DIGEST_NONE_YET = "digest_none_yet"
    DIGEST_HELD_UP = "digest_held_up"
    DIGEST_GONE = "digest_gone"
    DIGEST_UNCONFIRMED = "digest_unconfirmed"
    DIGEST_TOO_LATE = "digest_too_late"
    DIGEST_NONE_BY_THEN = "digest_none_by_then"
    DIGEST_NOT_BY_THEN = "digest_not_by_then"
    BRIEF_LINE_EMPTY = "brief_line_empty"
    BRIEF_LINES_FULL = "brief_lines_full"
    BRIEF_CLOSED = "brief_closed"
    BRIEF_NOT_YET = "brief_not_yet"
    BRIEF_NONE = "brief_none"
    LEARNT_GONE = "learnt_gone"
    HELP_GONE = "help_gone"
    BRIEF_LINE_GONE = "brief_line_gone"
    NOT_YOUR_WORDS = "not_your_words"
    COMMITMENT_GONE = "commitment_gone"
    COMMITMENT_DONE = "commitment_done"
    COMMITMENT_LET_GO = "commitment_let_go"
    ASK_GONE = "ask_gone"
    INQUIRY_GONE = "inquiry_gone"
    INQUIRY_CLOSED = "inquiry_closed"
    INQUIRY_SEALED = "inquiry_sealed"
    INQUIRY_TAKEN_BACK = "inquiry_taken_back"
    REVIEW_GONE = "review_gone"
    AHEAD_GONE = "ahead_gone"
    REVIEW_CLOSED = "review_closed"
    OFFER_GONE = "offer_gone"
    INTRODUCTION_GONE = "introduction_gone"
    OTHER_HAS_LEFT = "other_has_left"
    NOTHING_TICKED = "nothing_ticked"
    TICKS_PASSED = "ticks_passed"
    NOT_TENDED = "not_tended"
    LAST_TENDER = "last_tender"
    TENDED_ALREADY = "tended_already"
    NOT_ITS_MAKER = "not_its_maker"
    SUGGESTION_GONE = "suggestion_gone"
    WORDS_CHANGED = "words_changed"
    HELD_ALREADY = "held_already"
    HELD_BY_NOBODY = "held_by_nobody"
    STEP_GONE = "step_gone"
    TOUCHED_BY_OTHERS = "touched_by_others"
    ROLE_TAKEN = "role_taken"
    CHANGE_GONE = "change_gone"
    CHANGED_SINCE = "changed_since"
    CHANGE_OVER = "change_over"
    CHANGED_MEANWHILE = "changed_meanwhile"
    # What was typed in a DM
    TYPED_GONE = "typed_gone"
    TYPED_UNREAD = "typed_unread"
    TYPED_FORBIDDEN = "typed_forbidden"
    TYPED_TOO_LONG = "typed_too_long"
    TYPED_KEPT = "typed_kept"
    LANE_FOR_ME = "lane_for_me"
    LANE_FOR_EVERYONE = "lane_for_everyone"
    PULSE_CLOSED = "pulse_closed"
    OLD_BUTTON = "old_button"
    NOT_YOURS = "not_yours"
    # The code of two accounts
    CODE_WRONG = "code_wrong"
    PREVIEW_WAITS = "preview_waits"
    CODE_TRIES = "code_tries"
    CODE_SAME = "code_same"
    CODE_HELD = "code_held"
    CODE_ANSWERED = "code_answered"
    # What a group is here for
    PURPOSE_EMPTY = "purpose_empty"
    PURPOSE_UNDER_WAY = "purpose_under_way"
    PURPOSE_SAME = "purpose_same"
    PURPOSE_FULL = "purpose_full"
    PURPOSE_SETTLED = "purpose_settled"
    PURPOSE_CHANGE_EMPTY = "purpose_change_empty"
    TAGS_TOO_MANY = "tags_too_many"
    TAG_TOO_LONG = "tag_too_long"


class Problem(Exception):
    """A wish that can't be granted as it stands.

    `code` says why, and `about` holds what its words need. `field` names the input it belongs to (one of the views'
    field constants), or is None where the whole wish is at fault. As text it is its code alone: a log is to hold
    nothing that somebody typed.
    """

    def __init__(self, code: ProblemCode, field: str | None = None, **about: About) -> None:
        super().__init__(code.value)
        self.code = code
        self.field = field
        self.about: Mapping[str, About] = about

    @property
    def each(self) -> tuple[Problem, ...]:
        """The problems in it, one where it is only one."""
        return (self,)

    def at(self, field: str | None) -> Problem:
        """The same at another field."""
        return Problem(self.code, field, **self.about)


class Problems(Problem):
    """Several at once, so that whoever filled in a form mends them all in one go."""

    def __init__(self, several: list[Problem]) -> None:
        super().__init__(several[0].code)
        self.args = tuple(one.code.value for one in several)
        self._each = tuple(several)

    @property
    def each(self) -> tuple[Problem, ...]:
        """At least one, in the order of the form."""
        return self._each


def require(found: T | None, missing: ProblemCode) -> T:
    """What was looked for. Raises Problem where there is none, or none any more."""
    if found is None:
        raise Problem(missing)
    return found


def only_own(whose: str, by: str) -> None:
    """Raises Problem for anybody but whoever made it."""
    if whose != by:
        raise Problem(ProblemCode.NOT_YOURS)


def read_all(make: Callable[..., T], **reads: Callable[[], object]) -> T:
    """`make`, with what each of `reads` gives under its name. Where some raise a Problem, all of those are raised
    together; one alone as it is.
    """
    given: dict[str, object] = {}
    found: list[Problem] = []
    for name, read in reads.items():
        try:
            given[name] = read()
        except Problem as problem:
            found += problem.each
    if found:
        raise found[0] if len(found) == 1 else Problems(found)
    return make(**given)
