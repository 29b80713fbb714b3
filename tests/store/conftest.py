"""What tests of the store share: the same is promised of a store and of a glance at it."""

from __future__ import annotations

import pytest

from bot.store.redis import RedisStore

NOUNS = (
    "people",
    "groups",
    "leaders",
    "rounds",
    "plates",
    "checkins",
    "commitments",
    "digests",
    "changes",
    "index",
)


@pytest.fixture(params=["asked each time", "at a glance"])
def either_way(store: RedisStore, request: pytest.FixtureRequest) -> None:
    """`store` with its nouns as they are, and once more as one glance shows them."""
    if request.param == "at a glance":
        glance = store.glance()
        for noun in NOUNS:
            setattr(store, noun, getattr(glance, noun))
