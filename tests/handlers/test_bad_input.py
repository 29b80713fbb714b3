"""Whatever is typed into a form, also what Slack's own client would stop: a sentence, and every word kept."""

from __future__ import annotations

import pytest

from bot.views.words import contained
from playground.forms import elements
from playground.shapes import view_json
from playground.traffic import Ack
from tests.handlers.conftest import fill, forge
from tests.stage import Stage
from tests.views.sound import parts

JO, TRUST = "Jo", "For Riverside Hospitals Trust"
NASTY = "<!channel> <@U0SAM> *x* &lt;b&gt; שלום \u202e👩🏽\u200d🚒 @everyone"
UNSEEN = (None, "  \n ", "\u200b\u200d\ufeff", "\u3164")
NO_DAYS = ("2026-11-22", "1999-01-01", "2031-01-01", "2026-02-30", "soon", None, "9" * 50, "٢٠٢٦-١٢-٠١")
FORMS = {
    "plate": ["Answer"],
    "commitment": ["Add a commitment"],
    "settings": ["Change my settings"],
    "rhythm": ["Change the rhythm"],
    "move": ["Move a meeting"],
    "away": ["I'm away until…"],
}
REQUIRED = {
    "settings": ["name", "other_organisation", "zone", "nation"],
    "rhythm": ["group_name", "group_zone", "group_nation"],
    "commitment": ["what"],
    "plate": ["organisation"],
}
DAYS = {"rhythm": "first_meeting", "move": "moved_to", "away": "until"}


async def opened(stage: Stage, form: str) -> None:
    await stage.press(JO, "More")
    await stage.person(JO).press_in_modal(FORMS[form][0])
    if form == "settings":
        await stage.speak_for(JO, "A new one")


async def sent(stage: Stage) -> Ack:
    """As `submit`, with no look at what Slack's client asks for."""
    who = stage.person(JO)
    view = who.modal
    assert view is not None
    payload = who.signature(who.app(), who.user.team_id) | {
        "type": "view_submission",
        "trigger_id": who.trigger(who.app(), view),
        "view": view_json(view),
        "response_urls": [],
    }
    ack = await forge(stage, payload)
    who._heard(view, ack)
    return ack


def texts(stage: Stage) -> list[str]:
    view = stage.person(JO).modal
    assert view is not None
    return [block["block_id"] for block, one in elements(view.blocks) if one["type"] == "plain_text_input"]


@pytest.mark.parametrize("form", REQUIRED)
async def test_a_field_with_nothing_to_see_in_it_says_so_itself(stage: Stage, form: str) -> None:
    await opened(stage, form)
    view = stage.person(JO).modal
    assert view is not None
    for field in REQUIRED[form]:
        before = dict(view.values[field][field])
        for unseen in UNSEEN:
            fill(stage, JO, {field: unseen})
            ack = await sent(stage)
            [(where, sentence)] = ack.json["errors"].items()
            assert where == field
            assert sentence.endswith((".", "?"))
        view.values[field][field] = before | ({"value": "Enough."} if not before.get("value") else {})


@pytest.mark.parametrize("form", ["plate", "commitment", "settings", "rhythm"])
async def test_a_character_too_many_is_told_at_its_field_and_stays_in_it(stage: Stage, form: str) -> None:
    await opened(stage, form)
    if form == "commitment":
        fill(stage, JO, {"what": "Walk the ward."})
    for field in texts(stage):
        view = stage.person(JO).modal
        assert view is not None
        before = dict(view.values[field][field])
        fill(stage, JO, {field: "x" * 3001})
        ack = await sent(stage)
        assert list(ack.json["errors"]) == [field]
        assert "3,001 characters" in ack.json["errors"][field]
        assert stage.person(JO).modal is view
        assert view.values[field][field]["value"] == "x" * 3001
        view.values[field][field] = before


@pytest.mark.parametrize("words", [NASTY, "👍" * 3000, "\u0645 " * 1500, "&" * 3000, "a\u0000b\ud83d"])
async def test_a_plate_of_any_words_is_saved_whole_and_digested_whole(stage: Stage, words: str) -> None:
    await opened(stage, "plate")
    fill(stage, JO, {"organisation": words, "question": "Yes."})
    assert (await sent(stage)).ok
    await stage.person(JO).close(everything=True)
    await opened(stage, "plate")
    view = stage.person(JO).modal
    assert view is not None
    kept = words.strip().replace("\ud83d", "\ufffd").replace("\0", "")
    assert view.values["organisation"]["organisation"]["value"] == kept
    await stage.person(JO).close(everything=True)
    await stage.at("2026-11-27 10:00")
    digest = stage.digest()
    await stage.person(JO).press(digest, "Read it all")
    view = stage.person(JO).modal
    assert view is not None
    told = [part["text"] for part in parts(view.blocks) if part.get("type") == "text"]
    assert contained(kept) in told
    assert "<!" not in digest.text
    assert "<@" not in digest.text


@pytest.mark.slow
@pytest.mark.parametrize("field", ["what", "part", "first_step", "with_whom", "benefit"])
async def test_a_commitment_of_nasty_words_mentions_nobody(stage: Stage, field: str) -> None:
    await opened(stage, "commitment")
    fill(stage, JO, {"what": "Walk the ward."} | {field: NASTY})
    assert (await sent(stage)).ok
    await stage.person(JO).close(everything=True)
    await stage.press(JO, "More")
    await stage.person(JO).press_in_modal("See commitments")
    shown = stage.modal(JO)
    assert "<!channel> <@U0SAM> *x* &lt;b&gt;" in shown


@pytest.mark.parametrize("field", ["name", "other_organisation"])
async def test_a_nasty_name_mentions_nobody_wherever_it_is_shown(stage: Stage, field: str) -> None:
    await opened(stage, "settings")
    fill(stage, JO, {field: NASTY})
    assert (await sent(stage)).ok
    await stage.person(JO).close(everything=True)
    await stage.press("Sam", "Answer")
    await stage.person("Sam").press_in_modal("Who is that?")
    assert "<!channel> <@U0SAM>" in stage.modal("Sam")


async def test_a_nasty_group_name_mentions_nobody_in_the_channel(stage: Stage) -> None:
    await opened(stage, "rhythm")
    fill(stage, JO, {"group_name": NASTY})
    assert (await sent(stage)).ok
    await stage.settle()
    assert "It is called <!channel> <@U0SAM>" in stage.announced()


@pytest.mark.parametrize(
    ("form", "field", "typed", "said"),
    [
        ("settings", "zone", "Lodnon", "Did you mean Europe/London"),
        ("settings", "nation", "Scotlnad", "Did you mean Scotland"),
        ("rhythm", "group_zone", "Nowhere at all", "I don't know"),
        ("rhythm", "group_nation", "<!channel>", "I don't know the country “<!channel>”"),
        ("settings", "hour", "25:99", "as a time. Write it as 09:00."),
        ("settings", "zone", "../../etc/passwd", "I don't know"),
    ],
)
async def test_a_place_nobody_knows_is_asked_again(
    stage: Stage, form: str, field: str, typed: str, said: str
) -> None:
    await opened(stage, form)
    fill(stage, JO, {field: typed})
    errors = (await sent(stage)).json["errors"]
    assert list(errors) == [field]
    assert said in errors[field]


@pytest.mark.parametrize("form", DAYS)
async def test_a_day_that_can_not_be_meant_is_told_at_its_field(stage: Stage, form: str) -> None:
    await opened(stage, form)
    for day in NO_DAYS:
        fill(stage, JO, {DAYS[form]: day})
        ack = await sent(stage)
        assert list(ack.json["errors"]) == [DAYS[form]]


@pytest.mark.parametrize("state", ["", "LET_GO", "<!channel>", "x" * 200])
async def test_a_choice_that_was_never_offered_changes_nothing_else(stage: Stage, state: str) -> None:
    await opened(stage, "plate")
    fill(stage, JO, {"organisation": "Beds.", "everyone_sees": [{"value": state, "text": {"text": "x"}}]})
    assert (await sent(stage)).ok
    await stage.at("2026-11-27 10:00")
    assert not [post for post in stage.posts() if ": the digest," in stage.shown(post)], (
        "a box of no lane shows nothing to anybody"
    )


async def test_everything_wrong_with_a_group_is_told_at_once_each_at_its_field(stage: Stage) -> None:
    amir = stage.person("Amir")
    await amir.invite_bot("general")
    await stage.settle()
    await stage.bot.tick()
    await amir.press(stage.posts("general")[-1], "Set up a group")
    wrong = {
        "organisation_name": "   ",
        "group_name": "\u200b",
        "first_meeting": "2026-11-01",
        "zone": "Mars/Phobos",
    }
    fill(stage, "Amir", wrong | {"group_zone": "Mars/Phobos", "group_nation": "Narnia"})
    assert await amir.submit() == {
        "organisation_name": "Which organisation are you here for?",
        "zone": "I don't know the zone “Mars/Phobos”. Name a city, such as London, Belfast or New York.",
        "group_name": "Give the group a name: what you work on together.",
        "group_zone": "I don't know the zone “Mars/Phobos”. Name a city, such as London, Belfast or New York.",
        "group_nation": "I don't know the country “Narnia”. Did you mean Armenia?",
        "first_meeting": "Sunday 1 November is in the past. Please pick a later day.",
    }
    assert view_values(stage, "Amir")["organisation_name"] == "   "


async def test_everything_wrong_with_ones_settings_is_told_at_once(stage: Stage) -> None:
    await opened(stage, "settings")
    fill(
        stage,
        JO,
        {"name": "\u3164", "other_organisation": " ", "zone": "Mars", "nation": "Narnia", "hour": "25:99"},
    )
    ack = await sent(stage)
    assert list(ack.json["errors"]) == ["name", "other_organisation", "zone", "nation", "hour"]


async def test_every_answer_that_is_too_long_is_told_at_once(stage: Stage) -> None:
    await opened(stage, "plate")
    fill(stage, JO, dict.fromkeys(("organisation", "question"), "x" * 3001))
    assert list((await sent(stage)).json["errors"]) == ["organisation", "question"]
    await stage.person(JO).close(everything=True)
    await opened(stage, "commitment")
    fill(stage, JO, {"what": " ", "with_whom": "x" * 501})
    assert list((await sent(stage)).json["errors"]) == ["what", "with_whom"]


def view_values(stage: Stage, name: str) -> dict[str, object]:
    view = stage.person(name).modal
    assert view is not None
    return {field: entry[field].get("value") for field, entry in view.values.items()}


@pytest.mark.parametrize(
    "forged", ["", "=", "another", {"value": None}, {"value": "=<!channel>"}, {"value": 7}, []]
)
async def test_an_organisation_that_no_menu_offers_is_one_in_words_or_refused(stage: Stage, forged: object) -> None:
    """What is chosen past the menu is as if it had been typed: it speaks for nobody unannounced."""
    await stage.press(JO, "More")
    await stage.person(JO).press_in_modal("Change my settings")
    view = stage.person(JO).modal
    assert view is not None
    view.values["organisation_name"]["organisation_name"] = {"type": "static_select", "selected_option": forged}
    ack = await sent(stage)
    if ack.json.get("response_action") in (None, "errors"):  # refused, as no payload of Slack's or at its field
        assert list(ack.json.get("errors", ["organisation_name"])) == ["organisation_name"]
        await stage.person(JO).close(everything=True)
        return
    await stage.at("2026-11-24 09:00")
    assert any("speaks for *<!channel>*, new in this group." in stage.shown(post) for post in stage.posts())
