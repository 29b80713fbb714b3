"""The buttons of *What for* that lead to reviews, to what we learnt and to who is ahead."""

from __future__ import annotations

from bot.views import menu

REVIEW = "review_open"
REVIEWS = "reviews_open"
LEARNT = "learnt_open"
AHEAD = "ahead_open"

review_button = menu.door("Start a review", REVIEW)
reviews_button = menu.door("Reviews", REVIEWS)
learnt_button = menu.door("What we learnt", LEARNT)
ahead_button = menu.door("Who is already ahead", AHEAD)
