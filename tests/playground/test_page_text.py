"""Slack's text as the page draws it: formatting, mentions, dates, and nothing a message could smuggle in."""

import ast
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.api.door import UNREADABLE
from playground.api.places import CLOSED
from playground.page import mrkdwn, refusals, richtext
from playground.page.refusals import REFUSALS
from playground.page.viewer import Viewer

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FRIDAY = int(datetime(2026, 11, 27, 9, 0, tzinfo=UTC).timestamp())
SAM = Viewer("U1", ZoneInfo("Europe/London"), NOON, {"U1": "Sam Okafor", "U2": "Jo <b>"}, {"C1": "carers"})
PRIYA = Viewer("U2", ZoneInfo("Asia/Kolkata"), NOON)

LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer">{1}</a>'
ALL = '<span class="mention mention-all" title="Notifies everyone here">@{}</span>'

FORMATS = [
    ("*bold* _it_ ~gone~", "<b>bold</b> <i>it</i> <s>gone</s>"),
    ("*bold and _both_*", "<b>bold and <i>both</i></b>"),
    ("*a _b* c_", "<b>a _b</b> c_"),
    ("2 * 3 * 4, snake_case_name, a~b~c", "2 * 3 * 4, snake_case_name, a~b~c"),
    ("* not bold*", "* not bold*"),
    ("*one\ntwo*", "*one<br>two*"),
    ("`*code* <b>`", "<code>*code* &lt;b&gt;</code>"),
    ("```\nx = *1*\n```", "<pre>x = *1*</pre>"),
    ("&gt; said\n> and said\nthen", "<blockquote>said<br>and said</blockquote>then"),
    ("• one\n• two", "• one<br>• two"),
    ("fish &amp; chips &lt;3 &nbsp; &quot;", "fish &amp; chips &lt;3 &amp;nbsp; &amp;quot;"),
    ('<script>alert("x")</script>', "script"),
    (":+1: :no_such_thing: 12:30:45", "👍 :no_such_thing: 12:30:45"),
    ("<https://x.example/a_b_c|*here*>", LINK.format("https://x.example/a_b_c", "<b>here</b>")),
    ("<https://x.example|a*b>", LINK.format("https://x.example", "a*b")),
    ("<https://x.example|*&lt;b&gt;*>", LINK.format("https://x.example", "<b>&lt;b&gt;</b>")),
    ("&lt;https://x.example/a&gt;", "&lt;" + LINK.format(*["https://x.example/a"] * 2) + "&gt;"),
    ("see https://x.example/a?b=1&amp;c=2.", "see " + LINK.format(*["https://x.example/a?b=1&amp;c=2"] * 2) + "."),
    ("<javascript:alert(1)|click>", "click"),
    (
        "<@U1> and <@U2>",
        '<span class="mention mention-me">@Sam Okafor</span> and <span class="mention">@Jo &lt;b&gt;</span>',
    ),
    ("<@U9|somebody>", '<span class="mention">@somebody</span>'),
    ("<#C1> <#C9>", '<span class="mention">#carers</span> <span class="mention">🔒 private channel</span>'),
    ("<!channel> <!here>", f"{ALL.format('channel')} {ALL.format('here')}"),
    ("&lt;!channel&gt;", "&lt;!channel&gt;"),
]


@pytest.mark.parametrize(("text", "html"), FORMATS)
def test_mrkdwn_is_drawn_as_slack_draws_it(text: str, html: str) -> None:
    drawn = str(mrkdwn.to_html(text, SAM))
    assert "<script" not in drawn
    if html != "script":
        assert drawn == html


@pytest.mark.parametrize(
    ("auto", "html"),
    [
        ("all", f'{ALL.format("everyone")} in <span class="mention">#carers</span>, not me@here.uk or #nowhere'),
        ("none", "@everyone in #carers, not me@here.uk or #nowhere"),
        ("urls", "@everyone in #carers, not me@here.uk or #nowhere"),
    ],
)
def test_names_become_mentions_unless_the_text_is_verbatim(auto: mrkdwn.Auto, html: str) -> None:
    assert str(mrkdwn.to_html("@everyone in #carers, not me@here.uk or #nowhere", SAM, auto)) == html


@pytest.mark.parametrize(
    ("template", "viewer", "words"),
    [
        ("{date_short_pretty} at {time}", SAM, "27 Nov at 09:00"),
        ("{date_short_pretty} at {time}", PRIYA, "27 Nov at 14:30"),
        ("{date_long}", SAM, "Friday 27 November"),
        ("{date_num} {time_secs}", SAM, "2026-11-27 09:00:00"),
        ("{ago}", SAM, "in 1 day"),
        ("{no_token}", SAM, "{no_token}"),
    ],
)
def test_a_date_is_in_the_zone_of_whoever_looks(template: str, viewer: Viewer, words: str) -> None:
    drawn = str(mrkdwn.to_html(f"<!date^{FRIDAY}^{template}|Friday, 9 GMT>", viewer))
    assert drawn == f'<time title="Friday, 9 GMT">{words}</time>'


def test_today_and_tomorrow_are_the_viewers_own() -> None:
    late = int(datetime(2026, 11, 25, 20, 0, tzinfo=UTC).timestamp())
    text = f"<!date^{late}^{{date_pretty}}|then>"
    assert "today" in mrkdwn.to_html(text, SAM)
    assert "tomorrow" in mrkdwn.to_html(text, PRIYA)


def test_a_date_nobody_can_read_falls_back_to_its_own_words() -> None:
    assert str(mrkdwn.to_html("<!date^soon^{date}|soon>", SAM)) == "soon"


@given(st.text(alphabet="ab*_~`<>&;|@#!:\n \x00/https.\"'^{}", max_size=60))
def test_whatever_is_written_only_our_own_tags_come_out(text: str) -> None:
    drawn = str(mrkdwn.to_html(text, SAM))
    assert "\x00" not in drawn
    opened = {part.split(">")[0].split(" ")[0].strip("/") for part in drawn.split("<")[1:]}
    assert opened <= {"b", "i", "s", "code", "pre", "br", "blockquote", "a", "span", "time"}


@pytest.mark.parametrize(
    ("piece", "html"),
    [
        ({"type": "text", "text": "*<b>*", "style": {"bold": True, "italic": True}}, "<i><b>*&lt;b&gt;*</b></i>"),
        ({"type": "link", "url": "https://x.example", "text": "x"}, LINK.format("https://x.example", "x")),
        ({"type": "link", "url": "javascript:x", "text": "x"}, "x"),
        ({"type": "user", "user_id": "U1"}, '<span class="mention mention-me">@Sam Okafor</span>'),
        ({"type": "broadcast", "range": "here"}, ALL.format("here")),
        ({"type": "emoji", "name": "wave"}, "👋"),
        ({"type": "date", "timestamp": FRIDAY, "format": "{date} {time}"}, "<time>27 November 09:00</time>"),
        ({"type": "hologram"}, '<span class="unknown">Slack would draw hologram here</span>'),
    ],
)
def test_rich_text_is_taken_at_its_word(piece: dict[str, object], html: str) -> None:
    assert str(richtext.to_html(piece, SAM)) == html


def test_every_code_that_a_call_is_refused_with_has_words() -> None:
    """The codes are read from the source."""
    folder = Path(refusals.__file__).parents[1]
    said: set[str] = set()
    for path in [*folder.glob("*.py"), *folder.glob("api/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Refusal":
                said |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    said |= {*CLOSED.values(), *UNREADABLE.values()}
    assert len(said) > 40
    assert sorted(said - REFUSALS.keys()) == []
