"""What each problem says to whoever met it: what happened, and what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.commitments import State
from bot.domain.problems import Problem, ProblemCode
from bot.views.dates import say_day
from bot.views.unconfirmed import CAN_NOT_TELL
from bot.views.words import in_quotes, one_line, quote, stopped


def said(problem: Problem) -> str:
    """What happened and what to do, in a sentence or two for the person who wished; of several problems, each."""
    told = []
    for one in problem.each:
        words = WORDS[one.code]
        told.append(words if isinstance(words, str) else words(**one.about))
    return " ".join(told)


def _did_you_mean(start: str, near: tuple[str, ...], otherwise: str = "") -> str:
    """`start`, then a question with the nearest names, or `otherwise` where there are none."""
    if not near:
        return f"{start} {otherwise}".strip()
    listed = near[0] if len(near) == 1 else f"{', '.join(near[:-1])} or {near[-1]}"
    return f"{start} Did you mean {listed}?"


def _name_taken(name: str, example: str, group: str) -> str:
    a = "an" if name[:1].casefold() in "aeiou" else "a"
    return f"There is {a} {one_line(name, 40)} {_where(group)} already. {_told_apart(example)}"


def _where(group: str) -> str:
    return f"in {one_line(group, 40)}" if group else "here"


def _told_apart(example: str) -> str:
    return f"Add an initial or a surname, such as {one_line(example, 40).rstrip('.')}."


_A_CITY = "Name a city, such as London, Belfast or New York."
_A_COUNTRY = "Name a country, such as Scotland, Ireland or India."
_NO_DIGEST = "No digest has been posted yet. The first one comes after the first round."
_ENDED = {State.DONE: "was done", State.LET_GO: "was let go"}
_P = ProblemCode

WORDS: Mapping[ProblemCode, str | Callable[..., str]] = {
    _P.TOO_LONG: lambda length, most: f"That's {length:,} characters; {most:,} is the most I can keep here.",
    _P.NAME_MISSING: "What should I call you? A first name is enough.",
    _P.NAME_TAKEN: _name_taken,
    _P.NAME_LEFT_BEHIND: lambda name, example, group: (
        f"What {one_line(name, 40)} said {_where(group)} before stands in that name. {_told_apart(example)}"
    ),
    _P.NAME_NO_PERSONS: lambda name: f"{one_line(name, 60)} is no one person's name here. Write your first name.",
    _P.GROUP_NAME_MISSING: "Give the group a name: what you work on together.",
    _P.ORGANISATION_MISSING: "Which organisation are you here for?",
    _P.ORGANISATION_A_PERSONS: lambda name: (
        f"{one_line(name, 60)} is no organisation's name here. Write what your organisation is called."
    ),
    _P.PLATE_EMPTY: "Nothing is written yet. Write a line here, or press Cancel; Skip is in the message.",
    _P.COMMITMENT_EMPTY: "Say in a line what you will do.",
    _P.ASK_EMPTY: "Say in a line what you are after.",
    _P.ASKED_QUIETLY_ALREADY: "You have a quiet ask open. Put this one to everyone, or end the other first.",
    _P.OFFER_EMPTY: "Say in a line what you could lend.",
    _P.INQUIRY_EMPTY: "Write the question.",
    _P.INQUIRY_WAITS: "A question of yours waits its turn already. Take that one back, or let it have its day.",
    _P.INQUIRY_TOO_LONG: "It can be open for eight weeks at most. Please pick an earlier day.",
    _P.INQUIRY_ANSWER_EMPTY: "Write an answer, or cancel.",
    _P.HEADING_OF_NOTHING: "Pick at least one answer.",
    _P.HEADINGS_FULL: "Answers to this question were put together so often that there is no room for more.",
    _P.PURPOSE_EMPTY: "Write the sentence.",
    _P.PURPOSE_UNDER_WAY: (
        "A draft of somebody else's is under way, so nothing was changed. Say there what you would change, or "
        "draft once it is settled; copy your words first, so that they are not lost."
    ),
    _P.PURPOSE_SAME: "These are the words already. Change some, or cancel.",
    _P.PURPOSE_FULL: "There have been so many wordings that there is no room for more.",
    _P.TAGS_TOO_MANY: lambda most: f"{most} tags are the most. Which of them say best what it is about?",
    _P.TAG_TOO_LONG: lambda length, most: f"A tag is short: {most} characters at most, and this has {length:,}.",
    _P.PURPOSE_SETTLED: (
        "Those words are not under way any more, so nothing was changed. What for, behind More, has what "
        "we are here for now."
    ),
    _P.PURPOSE_CHANGE_EMPTY: "Write what you would change, or cancel.",
    _P.LINE_EMPTY: "Write a line, or cancel.",
    _P.TIME_UNREADABLE: lambda typed: f"I can't read {in_quotes(typed)} as a time. Write it as 09:00.",
    _P.DAY_UNREADABLE: lambda typed: f"I can't read {in_quotes(typed)} as a date. Write it as 2026-12-03.",
    _P.NO_SUCH_DAY: lambda typed: f"There is no such day as {in_quotes(typed)}. Please pick another.",
    _P.DAY_PAST: lambda day, today: f"{say_day(day, today)} is in the past. Please pick a later day.",
    _P.DAY_OFF: lambda day, today: f"{say_day(day, today)} is not a working day here. Please pick one that is.",
    _P.DAY_TODAY: "I need a day after today. Please pick a later day.",
    _P.DAY_TOO_FAR: "That is more than two years away. Please pick an earlier day.",
    _P.PAUSE_PAST_END: lambda day, today: (
        f"The group ends on {say_day(day, today)}. Choose a day before that, or press Go on now first."
    ),
    _P.PAUSE_TOO_LONG: "That's over a year away. Choose a day within a year, or end the group.",
    _P.AWAY_TOO_LONG: ("That's over a year away. Choose a day within a year, or leave the group and join again."),
    _P.ZONE_MISSING: f"Which zone? {_A_CITY}",
    _P.ZONE_UNKNOWN: lambda typed, near: _did_you_mean(f"I don't know the zone {in_quotes(typed)}.", near, _A_CITY),
    _P.ZONE_OF_A_CLOCK: lambda typed, near: _did_you_mean(f"{in_quotes(typed)} names a clock, not a place.", near),
    _P.ZONES_OF_COUNTRY: lambda country, near: _did_you_mean(f"{country} has more than one zone.", near),
    _P.NATION_MISSING: f"Which country? {_A_COUNTRY}",
    _P.NATION_UNKNOWN: lambda typed, near: _did_you_mean(
        f"I don't know the country {in_quotes(typed)}.", near, _A_COUNTRY
    ),
    _P.HOLIDAYS_UNKNOWN: lambda nation: f"I don't know the public holidays of {in_quotes(nation)}. {_A_COUNTRY}",
    _P.TOO_MANY_QUESTIONS: lambda count, most: f"That's {count} questions; {most} is the most I can keep.",
    _P.INTERVAL_OF_WEEKS: lambda most: f"Meet every 1 to {most} weeks. Please pick a number between them.",
    _P.INTERVAL_OF_MONTHS: lambda most: f"Meet every 1 to {most} months. Please pick a number between them.",
    _P.WEEKDAY_MISSING: "Please pick the day of the week you meet on.",
    _P.NTH_MISSING: "Please pick which one of the month it is: first, second, third, fourth or last.",
    _P.MEETING_TIME: "Write the time you meet as 09:00.",
    _P.CHECKIN_DAYS: "Ask 2 to 10 days before the meeting.",
    _P.NUDGE_TIME: "Pick one of those.",
    _P.CHECKIN_WEEKDAY: "Ask on a Monday, Tuesday or Wednesday: answers close on Thursday.",
    _P.CLOCK_TIME: "Write the time as 09:00.",
    _P.HOURS: "Hours start before 12:00 and end after it.",
    _P.HOUR_OUTSIDE: lambda hour, start, end: (
        f"I write from {start} and before {end} only, so {hour} would become {start}. Please pick an hour in "
        "between."
    ),
    _P.DIGEST_TOO_EARLY: lambda hour, start: f"I write from {start} on, so the digest can't come at {hour}.",
    _P.NO_MEETING_THEN: lambda day, today: f"There is no meeting planned for {say_day(day, today)}.",
    _P.TIME_PASSED: "That time has passed. Please pick a later one.",
    _P.NOT_AFTER_NEXT_MEETING: lambda day, today: (
        f"The meeting after it is on {say_day(day, today)}. Please pick a day before that."
    ),
    _P.NOT_BEFORE_LAST_MEETING: lambda day, today: (
        f"The meeting before it is on {say_day(day, today)}. Please pick a day after that."
    ),
    _P.NOT_JOINED: (
        "You're not in this group. Press Join under my message in its channel; nothing is sent before that."
    ),
    _P.NOT_IN_CHANNEL_YET: (
        "Only people in the channel can set up a group there. Ask somebody in it to bring you in, then try again."
    ),
    _P.PRESENCE_UNTOLD: (
        "Slack doesn't tell me just now who is in the channel. Nothing was changed; try again in a minute."
    ),
    _P.STILL_OUTSIDE: "You're not in the channel. Ask somebody in it to bring you in, then press this again.",
    _P.LEFT_ALREADY: "They are not in the group any more. Press More to see how things stand.",
    _P.ACCOUNT_CLOSED: "Slack says that this account is closed, so it can't join a group.",
    _P.NO_ORGANISATION: "You speak for no organisation here. Choose one under Change my settings first.",
    _P.IN_NO_GROUP: ("You're in no group yet, so nothing is sent to you. Press Join in a group's channel first."),
    _P.GROUP_UNKNOWN: (
        "I don't know that group any more. Press the button in its channel, or set it up there again."
    ),
    _P.GROUP_ENDED: lambda name: (
        f"{one_line(name, 80)} has ended, so nothing is asked or posted any more. A leader can take it up again: "
        "More, Look after the group, Go on now."
    ),
    _P.GROUP_PAUSED: lambda day, today: (
        f"The group is paused, so nothing is put to all before it goes on, on {say_day(day, today)}."
    ),
    _P.GROUP_THERE_ALREADY: lambda name, panel_posted: (
        f"This channel already has a group{f': {one_line(name, 80)}' if name else ''}. "
        + (
            "Press Join under my message in it."
            if panel_posted
            else "My message with the Join button comes once I can post it."
        )
    ),
    _P.PREVIEW_WAITS: lambda name, by, day, today: (
        f"{name} is being set up here by {by or 'somebody else'}. Nothing is posted before they have looked at it "
        f"and pressed Post it. From {say_day(day, today)} on anyone here can take it on."
    ),
    _P.DIRECT_MESSAGE: "This is a direct message. Type /between in the channel that you all share.",
    _P.BOT_NOT_IN_CHANNEL: (
        "I'm not in this channel yet. Type /invite @Between there, then come back and press Set up."
    ),
    _P.NOT_IN_CHANNEL: (
        "That belongs to those who are in the group's channel, and I don't see you there. "
        "Ask somebody in it to invite you, then press Join there."
    ),
    _P.CHANNEL_UNSEEN: (
        "I can't see just now who is in the group's channel. If I was taken out of it, somebody there can "
        "invite me again; else please try again in a minute."
    ),
    _P.NOT_A_PERSON: "Only people can join, from a Slack account that is in use.",
    _P.CHECKIN_CLOSED: "That check-in has closed. Nothing to do.",
    _P.ROUND_GONE: "That round is no longer kept, and neither are its words.",
    _P.DIGEST_NONE_YET: _NO_DIGEST,
    _P.DIGEST_HELD_UP: (
        "The digest could not be posted: I can't post in the channel just now. What is still news follows once "
        "I can."
    ),
    _P.DIGEST_UNCONFIRMED: f"{CAN_NOT_TELL} Please look there.",
    _P.DIGEST_TOO_LATE: "That digest is no news any more, so I don't post it. What was shared stands as it was.",
    _P.DIGEST_GONE: "That digest is no longer kept. Press More to see those that are.",
    _P.DIGEST_NONE_BY_THEN: f"There was no digest by then. {_NO_DIGEST}",
    _P.DIGEST_NOT_BY_THEN: lambda first, day: (
        f"There was no digest by then. The first is of {say_day(first, day)}."
    ),
    _P.BRIEF_LINE_EMPTY: "Say in a line what the meeting should hear.",
    _P.BRIEF_LINES_FULL: lambda most: f"You have {most} lines in this brief. Strike one, and there is room again.",
    _P.BRIEF_CLOSED: "That brief is posted, or the meeting has begun. Say it in the channel, under the brief.",
    _P.BRIEF_NOT_YET: "Lines for the next brief can be added once the digest before it is out.",
    _P.BRIEF_NONE: "No meeting with a brief is to come just now, so nothing was added.",
    _P.BRIEF_LINE_GONE: "That line is no longer in the brief.",
    _P.NOT_YOUR_WORDS: "Only those whose words it holds can strike a line.",
    _P.TYPED_GONE: "I find no words of yours there any more, so there is nothing to keep.",
    _P.TYPED_UNREAD: (
        "Slack doesn't let me read that again just now, so nothing was kept. Please press it again in a minute."
    ),
    _P.TYPED_FORBIDDEN: (
        "Slack doesn't let me read what is typed here, so nothing was kept. Press Answer in your check-in instead; "
        "whoever runs the server can ask between doctor."
    ),
    _P.TYPED_TOO_LONG: lambda length, most: (
        f"That's {length:,} characters; {most:,} is the most I can keep there. Edit your message, then press again."
    ),
    _P.TYPED_KEPT: "That is kept already. Press More, then Answer or See commitments, to change it.",
    _P.LANE_FOR_ME: (
        "What you said there this round is just for you, so I don't add what everyone would see. Press More, then "
        "Answer, to say it in the form. Nothing was kept."
    ),
    _P.LANE_FOR_EVERYONE: (
        "What you said under “For me” this round is for everyone, so I don't add what is just for you. Press More, "
        "then Answer, to say it in the form. Nothing was kept."
    ),
    _P.COMMITMENT_GONE: (
        "I can't find that commitment any more, so nothing was changed. Those there are stand behind More, under "
        "See commitments."
    ),
    _P.LEARNT_GONE: "Those words are no longer kept, so there is nothing to pull back.",
    _P.HELP_GONE: "That offer of help is no longer on record. Nothing was changed.",
    _P.COMMITMENT_DONE: "This one is done, so nothing was changed. Its history says how it went.",
    _P.COMMITMENT_LET_GO: "This one has been let go, so nothing was changed. Its history says what was learnt.",
    _P.ASK_GONE: "That ask is over. Nothing was changed.",
    _P.OTHER_HAS_LEFT: "They have left the group meanwhile, so I write to nobody.",
    _P.INTRODUCTION_GONE: "That introduction is over. Nothing was changed.",
    _P.NOTHING_TICKED: "Tick at least one half-day, or close the form.",
    _P.TICKS_PASSED: "Those half-days have begun or passed. Tick a later one, or open the form anew.",
    _P.REVIEW_ENDED: lambda how: (
        f"This one {_ENDED.get(how, 'was taken out')} while the form was open. The rest of what you placed is "
        "still here: choose another in its place, or clear both, and press Save."
    ),
    _P.REVIEW_EMPTY: "Place one at least, or close this form.",
    _P.REVIEW_HALF: "Choose both: which commitment, and how you would place it.",
    _P.REVIEW_TWICE: "That one is placed above already.",
    _P.REVIEW_OF_NOTHING: "The group has no open commitment to place yet.",
    _P.REVIEW_TOO_FEW: "With fewer than five leaders nothing could be shown without giving somebody away.",
    _P.REVIEW_NOT_TO_STOP: "Choose one of those that are open still and that some would weed.",
    _P.REVIEW_STOPPED_ONE: "You have suggested one after this review. That is as many as there is room for.",
    _P.AHEAD_GONE: "That was pulled back, or whoever said it has left. Nothing was changed.",
    _P.NOTICED_NAMES: lambda name: (
        f"This names {one_line(name, 40)}, and the digest opens with nobody's name but yours. "
        "Say it without, or untick the box."
    ),
    _P.REVIEW_GONE: "That review is no longer kept. Nothing was changed.",
    _P.REVIEW_CLOSED: "That review has had its day. Nothing was changed.",
    _P.INQUIRY_GONE: "That question is no longer kept, or was taken back. Nothing was changed.",
    _P.INQUIRY_CLOSED: (
        "Answers to that question have closed, so nothing was changed. Say it in the channel, under the question."
    ),
    _P.INQUIRY_SEALED: "Until its day nobody sees the answers to that question.",
    _P.INQUIRY_TAKEN_BACK: "Whoever asked took that question back. Its answers are deleted, and nobody saw one.",
    _P.PULSE_CLOSED: "That question has closed, so nothing was changed. It comes again another time.",
    _P.OFFER_GONE: "That offer was taken back. Nothing was changed.",
    _P.NOT_TENDED: "Only those who tend it can say how it's going. Press Join in to tend it too.",
    _P.LAST_TENDER: "You made this one. Choose Let go or Done instead.",
    _P.NOT_ITS_MAKER: "Only who made it can do that. You can suggest other words.",
    _P.SUGGESTION_GONE: "Those words are no longer suggested.",
    _P.WORDS_CHANGED: lambda what: (
        "Its words have changed since you read them, so nothing is done yet. They are now: "
        f"{stopped(quote(what, 160))} Press once more if they suit you."
    ),
    _P.TENDED_ALREADY: "You tend this one yourself, so the others already see you with it.",
    _P.STEP_GONE: "That step has another day by now, or its commitment has ended. Nothing was changed.",
    _P.TOUCHED_BY_OTHERS: "Others have a part in this one by now. Choose Let go instead; what we learnt stays.",
    _P.HELD_ALREADY: "Somebody holds this one. Press More to see the commitments: there you can join in.",
    _P.HELD_BY_NOBODY: "Whoever made it has left. Press Take it up, and its words are yours to change.",
    _P.ROLE_TAKEN: "Somebody looks after the rhythm already. Press More to see who.",
    _P.CHANGE_GONE: "That change is no longer on record. Press More to change the settings instead.",
    _P.CHANGED_SINCE: "This has been changed again since. Press More to see how it stands now.",
    _P.CHANGE_OVER: "That day has passed, so there is nothing left to undo. Press More to see how it stands now.",
    _P.CHANGED_MEANWHILE: (
        "Somebody changed the settings meanwhile, so nothing of this was saved. Open them again to see them."
    ),
    _P.OLD_BUTTON: (
        "That button is from an older message and no longer works. Press More in the channel for a fresh one."
    ),
    _P.CODE_WRONG: "That code is not one of mine, or it was used, or it is older than ten minutes. Show a new one.",
    _P.CODE_TRIES: "That was the fifth try. In ten minutes there are five more; show a new code then.",
    _P.CODE_SAME: "That code was shown in this account. Enter it in your other one.",
    _P.CODE_HELD: "Something else is under way with what is kept of you, so nothing was changed. Ask whoever runs "
    "Between if it stays so.",
    _P.CODE_ANSWERED: "That was answered already, or the code was entered more than ten minutes ago. Nothing was "
    "changed; show a new code.",
    _P.NOT_YOURS: "That message is somebody else's, so nothing was changed. Your own check-in comes to you.",
}
"""What each code says; where it needs to know more, from the arguments that the Problem was raised with."""
