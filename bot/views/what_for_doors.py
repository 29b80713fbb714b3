"""The buttons of *What for* that lead to reviews, to what we learnt and to who is ahead."""

from __future__ import annotations

from bot.ports.blocks import Button
from bot.views import action_payload, blocks
from bot.views.action_payload import ActionPayload

REVIEW = "review_open"
REVIEWS = "reviews_open"
LEARNT = "learnt_open"
AHEAD = "ahead_open"


def review_button(group_id: str) -> Button:
    return _to("Start a review", REVIEW, group_id)


def reviews_button(group_id: str) -> Button:
    return _to("Reviews", REVIEWS, group_id)


def learnt_button(group_id: str) -> Button:
    return _to("What we learnt", LEARNT, group_id)


def ahead_button(group_id: str) -> Button:
    return _to("Who is already ahead", AHEAD, group_id)


def _to(text: str, action: str, group_id: str) -> Button:
    return blocks.button(text, action, action_payload.write(ActionPayload(group=group_id)))
