"""The way up from older versions of records: plain JSON values in, and out."""

from __future__ import annotations

from typing import Any

Plain = dict[str, Any]

_STATES = {"needs tending": "tending", "stuck, want help": "stuck", "let go": "let_go"}
_QUESTIONS = {
    "What matters most to you in this just now?": "matters_most",
    "What are you actually prepared to do, or stop doing?": "prepared_to_do",
    "Is what we're doing really working, and how can you tell?": "really_working",
    "Who is already ahead of us on this?": "already_ahead",
    "Whose experience got better, or worse, lately?": "whose_experience",
    "What are we not talking about?": "not_talking_about",
}
"""As they were asked when their words were stored, whatever the views say now."""

_LANES = ("organisation", "me", "question")
_SETTINGS = ("name", "zone", "nation", "rhythm", "convenor")


def person_without_enterprises(person: Plain) -> Plain:
    """Version 1 held an enterprise with each identity."""
    return person | {"identities": [_without(one, "enterprise_id") for one in person["identities"]]}


def round_in_codes(round: Plain) -> Plain:
    """Version 1 held its question in words."""
    return round | {"question": _QUESTIONS.get(round["question"], round["question"])}


def commitment_in_codes(commitment: Plain) -> Plain:
    """Version 1 held states in words, and its group, which its key names."""
    history = [_state_coded(line) for line in commitment.get("history", [])]
    return _without(_state_coded(commitment), "group_id") | {"history": history}


def commitment_with_history(commitment: Plain) -> Plain:
    """Version 2 changed its words without noting how they had been: all that is known is how they stood when it was
    last spoken of."""
    last = commitment["history"][-1]["at"] if commitment.get("history") else commitment["made_at"]
    words = {key: commitment[key] for key in ("what", "part", "first_step", "benefit") if key in commitment}
    return commitment | {"rewordings": [words | {"at": last, "by": ""}]}


def digest_in_codes(digest: Plain) -> Plain:
    """As a commitment, and a round; what people felt named its commitment."""
    felt = _without(digest["felt"], "commitment_id") if digest.get("felt") else None
    commitments = [_state_coded(line) for line in digest.get("commitments", [])]
    return round_in_codes(digest) | {"felt": felt, "commitments": commitments}


def digest_without_count(digest: Plain) -> Plain:
    """Version 2 held how many had shared something, which nobody read."""
    return _without(digest, "shared")


def plate_without_times(plate: Plain) -> Plain:
    """Version 1 held when each answer changed, and when the plate was first shared."""
    said = {lane: _without(plate[lane], "changed_at") for lane in _LANES if plate.get(lane)}
    return _without(plate, "shared_at") | said


def change_without_sentences(change: Plain) -> Plain:
    """Version 1 held what was announced as sentences, and the whole group before and after."""
    sides = {side: {key: change[side][key] for key in _SETTINGS} for side in ("before", "after")}
    return _without(change, "sentences") | sides | {"announced_at": change["at"]}


# Version 1 did not record that a panel, a first DM or an announcement went. What it never recorded counts as done,
# so that nobody is sent it again. What was still on its way stands in its outbox, and goes from there.


def group_with_panel(group: Plain) -> Plain:
    """An earlier version posted the panel as the group was set up."""
    return group | {"panel_at": group["set_up_at"]}


def leader_welcomed(leader: Plain) -> Plain:
    """An earlier version welcomed whoever joined by the press itself."""
    return leader | {"welcomed_at": leader["joined_at"]}


def _state_coded(record: Plain) -> Plain:
    """`moving` was and is the default."""
    state = record.get("state", "moving")
    return record | {"state": _STATES.get(state, state)}


def _without(record: Plain, field: str) -> Plain:
    return {key: value for key, value in record.items() if key != field}
