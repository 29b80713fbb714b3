"""What hangs in `docs/screens`: each picture, the screens of the bot that it shows, and a sentence about it."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from inspect import getmembers, isfunction

import bot.views
from tests.browser.demo import ROOT

FOLDER = ROOT / "docs" / "screens"
LARGEST = 200_000
"""Bytes a picture, so that the page opens at once."""


@dataclass(frozen=True)
class Picture:
    """`shows` names functions of `bot.views` that draw it, as `checkin.nudge`."""

    name: str
    shows: str
    sentence: str

    @property
    def file(self) -> str:
        return f"{self.name}.png"


ROOMS = {
    "Beginning": (
        Picture("hello", "groups.hello", "Somebody invited Between to a channel. Nothing starts by itself."),
        Picture("about", "about.about", "*What is this?*, from any message of Between's."),
        Picture("set-up", "groups.set_up_form", "Setting up a group: when it meets, and on whose clock."),
        Picture("setting-up", "groups.setting_up", "Said to whoever sets it up, alone, while the group is made."),
        Picture("set-up-done", "groups.set_up_done", "It is set up, and the channel has been told."),
        Picture("panel", "panel.panel", "For everybody in the channel, with the buttons that lead everywhere."),
        Picture("join", "people.join_form", "Joining is consent, so the form says first what will come."),
        Picture("join-another", "organisations.with_choice", "An organisation that the group's list has not yet."),
        Picture("joined", "people.joined", "What the form becomes."),
        Picture("welcome", "welcome.welcome", "The first message: what is asked, who sees it, how to stop."),
    ),
    "The check-in": (
        Picture("check-in", "checkin.check_in", "Five days before the meeting, at nine by the leader's own clock."),
        Picture("form", "plate.plate_form", "*Answer*: last time's words are there; each answer has its audience."),
        Picture("check-in-answered", "checkin.checkin_status", "What stands in the prompt's place once answered."),
        Picture("check-in-tapped", "checkin.checkin_status", "One tap on what one tends is a whole check-in."),
        Picture("progress", "progress.progress_form", "*Stuck, want help* is saved, and asks what would help."),
        Picture("check-in-later", "checkin.checkin_status", "*Later today* says when."),
        Picture("asked-again", "checkin.asked_again", "Later has come. It takes the nudge's place."),
        Picture("check-in-skipped", "checkin.checkin_status", "*Skip this one* is an answer too."),
        Picture("nudge", "checkin.nudge", "The one reminder, to those who have not answered."),
        Picture("quiet", "quiet.quiet", "After two rounds without a word, one message; then silence."),
        Picture("quiet-lighter", "quiet.answered", "*Every other round*: and when that is."),
        Picture("saved", "saved.saved", "Shared by a command: said there, to him alone."),
    ),
    "Being away": (
        Picture("away", "people.away_form", "Nothing until the day they are back."),
        Picture("gone-away", "people.gone_away", "It is noted."),
        Picture("welcome-back", "people.welcome_back", "Back sooner."),
        Picture("pause", "people.pause_form", "A pause from one group, offered after two silent rounds."),
        Picture("paused", "quiet.paused", "It is noted too."),
    ),
    "What leaders do together": (
        Picture("commit", "commitments.commitment_form", "A commitment: first step, when, where, and with whom."),
        Picture("added", "commitments.added", "It is added."),
        Picture("commitments", "commitments.sheet", "All commitments of the group, one's own first."),
        Picture("people", "roster.sheet", "*People*: everybody, with their Slack account."),
        Picture("capture", "capture.capture", "The working day after a meeting, in the channel."),
    ),
    "What wants one's attention": (
        Picture("first-step", "checkin.check_in", "One matter below a check-in: a step's day."),
        Picture("another-day", "first_step.another_day_form", "What changed is kept as learning."),
        Picture("letter", "letter.letter", "What can't wait for the next check-in takes a letter."),
        Picture("letter-answered", "letter.answered", "What the letter becomes."),
        Picture("pass-it-on", "progress.progress_form", "*Pass it on*, in *Say more…*."),
        Picture("for-you", "matters.for_you_sheet", "*For you*: whoever can take it up."),
        Picture("why-this", "why.why", "*Why this?*: what was sent in four weeks, and by which rule."),
    ),
    "Who meets": (
        Picture("ask", "asks.ask_form", "An ask, quietly or put to everyone."),
        Picture("asked", "asks.asked_sheet", "Where it stands now."),
        Picture("check-in-with-an-ask", "checkin.checkin_status", "An ask that may be for her."),
        Picture("about-your-ask", "news.news", "Somebody said yes; the asker says whether to be introduced."),
        Picture("two-yeses", "asks.introduced_sheet", "Both did, and what is tried next."),
        Picture("introduction", "introductions.introduction", "One conversation of the two."),
        Picture("twenty-minutes", "twenty_minutes.form", "Half-days to tick, alone."),
        Picture("ticked", "twenty_minutes.ticked_sheet", "The first to tick waits for the other."),
        Picture("a-half-day-for-both", "twenty_minutes.outcome_message", "The first half-day both have."),
        Picture("for-my-calendar", "twenty_minutes.calendar_sheet", "A file any calendar opens, and its lines."),
        Picture("offer", "offers.offer_form", "Anything you could lend?"),
        Picture("offered", "offers.offered_sheet", "It is offered."),
        Picture("lend", "offers.lend", "*What people can lend*."),
        Picture("open-now", "open_now.open_now", "*Open now*: asks, and what is stuck."),
        Picture("got-it", "asks.got_it_form", "*Got it* ends an ask, and may thank by name."),
    ),
    "The brief": (
        Picture("brief-so-far", "brief.so_far", "From the digest on: what the brief will say."),
        Picture("brief-line", "brief.line_form", "Anyone may add a line, two each."),
        Picture("brief", "brief.brief_message", "The working day before the meeting, one phone screen."),
        Picture("strike", "brief.so_far", "Whoever's words a line holds may strike it."),
    ),
    "What for": (
        Picture("what-for", "what_for.what_for_sheet", "*What for*, behind *More*: all that a group asks itself."),
        Picture("draft", "purpose.draft_form", "A purpose: one sentence, and up to five aims."),
        Picture("drafted", "purpose_sheet.drafted_sheet", "It is put to all."),
        Picture("purpose-put", "purpose.purpose_message", "In the channel. Nobody is shown who pressed."),
        Picture("would-change", "purpose.change_form", "*I would change this…* is said with one's name."),
        Picture("would-change-said", "purpose_sheet.said_sheet", "It is kept, and goes into the thread."),
        Picture("purpose-under-way", "purpose_sheet.purpose_sheet", "What a draft waits for; never for whom."),
        Picture("purpose-stands", "purpose.stands_message", "Seven days on, with no change open and enough of us."),
        Picture("purpose", "purpose_sheet.purpose_sheet", "Now, and then."),
        Picture("line-of-sight", "line_of_sight.sight_sheet", "From my part to whose life gets better."),
        Picture("question-form", "inquiry.ask_form", "A question to all."),
        Picture("question-put", "inquiry.asked_sheet", "It goes to the channel."),
        Picture("question", "inquiry.inquiry_message", "Each answers alone until its day."),
        Picture("answer-question", "inquiry.answer_form", "With a name or without, and what if too few are."),
        Picture("answer-kept", "inquiry.kept_sheet", "Nobody sees it before its day."),
        Picture("answers-thread", "inquiry_answers.reply_message", "On its day, in an order drawn by lot."),
        Picture("answers", "inquiry_answers.answers_sheet", "The same, to whoever presses *Read the answers*."),
        Picture("heading", "inquiry_answers.heading_form", "*Put answers together*: where we differ."),
        Picture("pulse", "pulse.pulse_sheet", "The pulse: one press answers, another changes it."),
        Picture("digest-with-a-pulse", "digest.digest_message", "How it was spread, with no number of any sort."),
        Picture("review-start", "review.start_form", "A review of the commitments."),
        Picture("review-started", "review.started_sheet", "It has begun."),
        Picture("review", "review.review_message", "Each places up to three, alone."),
        Picture("review-place", "review.place_form", "Grow, nurture, weed, or too early to say."),
        Picture("review-placed", "review.kept_sheet", "It is kept."),
        Picture("review-bands", "review_shown.bands_message", "Roughly how it fell, never by person."),
        Picture("review-shown", "review_shown.shown_sheet", "The same, to whoever presses *Read what it showed*."),
        Picture("review-suggest", "review_shown.suggest_form", "One to stop; whoever made it decides."),
        Picture("progress-done", "progress.progress_form", "Done, and what people noticed."),
        Picture("learnt", "learnt.learnt_form", "*What we learnt* from what was let go or reshaped."),
        Picture("our-year", "year.year_sheet", "*Our year*: nothing by person."),
        Picture("new-here", "handover.handover_sheet", "What somebody new comes into, on one screen."),
        Picture("ahead", "ahead.ahead_sheet", "*Who is already ahead*, with an offer of a visit."),
    ),
    "In the channel": (
        Picture("organisations", "organisations.announcement", "Who speaks for whom; anyone can object."),
        Picture("digest", "digest.digest_message", "The weekly post. Nobody reads who did not answer."),
        Picture("digest-reply", "digest_reply.reply_message", "In its thread: the full words."),
        Picture("digest-whole", "digest_pages.whole", "*Read it all*, every word of it."),
        Picture("digests", "digest_pages.chooser", "Digests of earlier rounds."),
        Picture("pulled-back", "saved.saved", "*Pull it back*: what becomes of the words."),
        Picture("digest-taken-back", "digest.nothing_left", "A digest whose every word was pulled back."),
    ),
    "The group's rhythm": (
        Picture("move", "groups.move_form", "One meeting moves, and what hangs on it moves along."),
        Picture("announcement", "change.announcement", "Every change is announced, and anyone can object."),
        Picture("objected", "change.announcement", "Somebody did: it is as it was."),
        Picture("rhythm", "groups.settings_form", "The group's settings, for any leader to change in the open."),
        Picture("unchanged", "groups.saved", "Sent as it was, so nobody is told."),
        Picture("announcements", "change.announcement", "What changed on one day is one post."),
        Picture("look-after", "convening.sheet", "*Look after the group…*: announced, and open to objection."),
        Picture("invite", "convening.invitation", "Words to forward."),
        Picture("our-questions", "questions.questions_form", "The questions that take turns in the check-in."),
        Picture("when-i-write", "timetable.timetable_form", "When the group is asked, and when its digest comes."),
        Picture("hand-on", "convening.hand_on_form", "Somebody else looks after the rhythm."),
        Picture("skip-a-meeting", "convening.skip_form", "One meeting that will not be."),
        Picture("pause-the-group", "convening.pause_form", "Silence until a day."),
        Picture("end-the-group", "convening.end_form", "What becomes of the words is said first."),
        Picture("somebody-has-gone", "absence.point_form", "Anybody may point at a leader who has gone."),
    ),
    "One's own": (
        Picture("home", "home.home", "App Home: the next meeting, this round's plate, what one tends."),
        Picture("home-newcomer", "home.home", "App Home of somebody who is in no group."),
        Picture("more", "menu.menu", "*More*, on every message: everything, so that no command is needed."),
        Picture("more-not-joined", "menu.menu", "*More*, for somebody who has not joined."),
        Picture("settings", "people.my_settings_form", "When to be asked, how often, by which clock and holidays."),
        Picture("settings-saved", "people.settings_saved", "The settings are saved."),
        Picture("left", "people.left", "Leaving takes one button; so does coming back."),
        Picture("left-in-form", "people.left_sheet", "The same, from *More*."),
        Picture("just-for-me", "saved.mine_sheet", "*Read it*: what is just for oneself, and in no message."),
        Picture("who-is-everyone", "audience.names_sheet", "*Who is that?*"),
        Picture("my-data", "personal_data.data_form", "*My data*: on pages, or in two files."),
        Picture("my-data-pages", "personal_data.data_pages", "On pages, seen by oneself alone."),
        Picture("my-data-asked", "personal_data.asked_sheet", "The files are asked for."),
        Picture("my-data-files", "personal_data.data_message", "They have come."),
        Picture("organisation-words", "organisation_data.request_form", "What one's organisation shared."),
        Picture("erase-me", "erasure.erase_form", "*Erase me* says first what goes and what stays."),
        Picture("which-group", "menu.choose_group", "A command of somebody in two groups, elsewhere."),
        Picture("which-group-words", "which_group.which_group_form", "With words, which go on to the form."),
        Picture("no-group", "menu.no_group", "A command of somebody in no group."),
    ),
    "When something goes wrong": (
        Picture("not-saved", "problems.not_saved", "Saving failed: the words are still in the form."),
        Picture("press-failed", "problems.line", "A press that nothing came of, said to the presser alone."),
        Picture("home-failed", "problems.sorry_sheet", "The same, where no message could say it."),
        Picture("typed-back", "problems.with_typed", "Saving failed after a command: the words come back."),
        Picture("channel-trouble", "trouble.channel_trouble", "Nothing can be posted: to whom it concerns."),
        Picture("not-corrected", "trouble.not_corrected", "Slack would not have the digest changed."),
        Picture("join-first", "problems.join_first", "The same for who has not joined, beside the form to join."),
        Picture("too-long", "problems.too_long_for_form", "More than the form holds: all of it is given back."),
    ),
    "Two workspaces": (
        Picture(
            "side-by-side",
            "checkin.check_in",
            "Jo's hospitals have Between too, with its Home; to Aoife's charity the council's writes.",
        ),
    ),
    "On a phone": (
        Picture("phone-check-in", "checkin.check_in", "The check-in, with a thumb."),
        Picture("phone-form", "plate.plate_form", "The form."),
        Picture("phone-pulse", "pulse.pulse_sheet", "The pulse."),
        Picture("phone-purpose", "purpose.purpose_message", "A draft of a purpose, and a question to all."),
    ),
}  # fmt: skip
PICTURES = {one.name: one for room in ROOMS.values() for one in room}


def catalogue() -> str:
    """The page that shows all of them."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    yield "# Every screen of Between\n"
    yield "Taken from the demo by `make screens`, which also writes this page. Its clock stands still, so that only"
    yield "a change of Between changes a picture.\n"
    for room, pictures in ROOMS.items():
        yield f"## {room}\n"
        for one in pictures:
            yield f"{one.sentence}\n\n![{one.name.replace('-', ' ').capitalize()}]({one.file})\n"


def screens() -> Iterator[str]:
    """Whatever draws a message, a form, a sheet or a Home."""
    for module in pkgutil.iter_modules(bot.views.__path__):
        here = import_module(f"bot.views.{module.name}")
        for name, drawn in getmembers(here, isfunction):
            own = drawn.__module__ == here.__name__ and not name.startswith("_")
            if own and module.name != "blocks" and drawn.__annotations__.get("return") in ("Message", "View"):
                yield f"{module.name}.{name}"
