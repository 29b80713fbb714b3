"""What is kept of a person, thing by thing, as *My data* shows it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

import msgspec


class What(StrEnum):
    """What an item is; views say it in words."""

    NAME = "name"
    FORMER_NAME = "former_name"
    ZONE = "zone"
    NATION = "nation"
    HOUR = "hour"
    AWAY = "away"
    SLACK_ID = "slack_id"
    INSTALLED = "installed"
    WAITING = "waiting"
    TYPED = "typed"
    SET_UP = "set_up"
    CONVENOR = "convenor"
    SPEAKS_FOR = "speaks_for"
    JOINED = "joined"
    LEFT = "left"
    PAUSED = "paused"
    LIGHTER = "lighter"
    PLATE_ORGANISATION = "plate_organisation"
    PLATE_ME = "plate_me"
    PLATE_QUESTION = "plate_question"
    CHECK_IN = "check_in"
    COMMITMENT = "commitment"
    PART = "part"
    FIRST_STEP = "first_step"
    BENEFIT = "benefit"
    WORDS_BEFORE = "words_before"
    TENDS = "tends"
    HELPS = "helps"
    GLAD = "glad"
    GLAD_NAMED = "glad_named"
    PASSED_ON = "passed_on"
    TAKEN_UP = "taken_up"
    STEPPED_BACK = "stepped_back"
    PROGRESS = "progress"
    NOTICED = "noticed"
    SUGGESTED = "suggested"
    POSTED = "posted"
    BRIEF_LINE = "brief_line"
    CHANGED_SETTINGS = "changed_settings"
    OBJECTED = "objected"
    PUT = "put"
    NOT_NOW = "not_now"
    NO_MORE = "no_more"
    ASK = "ask"
    ASK_YES = "ask_yes"
    ASK_KNOWS = "ask_knows"
    THANKED = "thanked"
    OFFER = "offer"
    INTRODUCED = "introduced"
    TALKED = "talked"
    TICKED = "ticked"
    NOT_WITH = "not_with"
    INQUIRY = "inquiry"
    INQUIRY_ANSWER = "inquiry_answer"
    HEADING = "heading"
    REVIEW = "review"
    PLACED = "placed"
    REVIEW_STOP = "review_stop"
    LEARNT = "learnt"
    PURPOSE_DRAFT = "purpose_draft"
    PURPOSE_CHANGE = "purpose_change"
    PURPOSE_CAN_LIVE = "purpose_can_live"
    PULSE_ANSWER = "pulse_answer"
    TAGS = "tags"
    SECOND_ACCOUNT = "second_account"


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One thing kept of a person. `about` is what it is about, in words somebody wrote, or a round's name; `people`
    whom it names beside them. `private`: it is just for them."""

    what: What
    text: str = ""
    at: datetime | None = None
    about: str = ""
    people: tuple[str, ...] = ()
    private: bool = False
