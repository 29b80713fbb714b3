"""What Slack refuses in blocks and views, and what it takes: one table of each.

Sources: https://docs.slack.dev/reference/block-kit, https://docs.slack.dev/surfaces/modals.
"""

import pytest

from playground.rules import judge
from tests.playground.bad_blocks import BAD
from tests.playground.bad_parts import BAD_PARTS
from tests.playground.good_blocks import GOOD
from tests.playground.good_parts import GOOD_PARTS


@pytest.mark.parametrize("name", BAD | BAD_PARTS)
def test_slack_refuses(name: str) -> None:
    surface, payload, code, where = (BAD | BAD_PARTS)[name]
    faults = judge(payload, surface)  # type: ignore[arg-type]
    assert [fault.code for fault in faults][:1] == [code], faults
    assert where in faults[0].pointer


@pytest.mark.parametrize("name", GOOD | GOOD_PARTS)
def test_slack_takes(name: str) -> None:
    surface, payload = (GOOD | GOOD_PARTS)[name]
    assert judge(payload, surface) == []  # type: ignore[arg-type]
