"""Every screen there is, drawn from a scene; a file for each part of what the bot does.

`SCREENS`: by the view's function, with a word on what is drawn where there are several.
"""

from __future__ import annotations

from tests.views.screens import answering, channel, commitments, group, rights, what_for, who_meets
from tests.views.screens.shared import Draw

SCREENS: dict[str, Draw] = {
    **answering.SCREENS,
    **commitments.SCREENS,
    **channel.SCREENS,
    **who_meets.SCREENS,
    **what_for.SCREENS,
    **group.SCREENS,
    **rights.SCREENS,
}
