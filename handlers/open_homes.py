"""Whose Home is worth drawing anew after they changed something: those who opened it lately, in this process.

Only a hint: whoever is not in it sees the change when they next open Home.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.people import SlackIdentity
from bot.ports import Deps
from bot.usecases.home import home_sections
from bot.usecases.installation import installed_by_them
from bot.views.home import home
from handlers.best_effort import best_effort
from handlers.incoming import Incoming

MOST_HOMES = 2000


@dataclass(eq=False)
class Homes:
    _opened: dict[tuple[str, str], None] = field(default_factory=dict)
    """The workspace whose bot shows it, and the user's id there: payloads differ in the rest. Oldest first."""

    async def opened(self, deps: Deps, team_id: str, who: SlackIdentity) -> None:
        """Draws it, and remembers that they have it open; of 2,000, whoever opened theirs longest ago is forgotten.
        Raises what Slack answers: nothing of it is saved."""
        self._opened.pop((team_id, who.user_id), None)
        self._opened[team_id, who.user_id] = None
        if len(self._opened) > MOST_HOMES:
            self._opened.pop(next(iter(self._opened)))
        await _draw(deps, team_id, who)

    async def redraw(self, deps: Deps, incoming: Incoming) -> None:
        """After a save, if they have a Home to look at; may be lost. Drawn from what is true now: another press of
        theirs may have gone by while Slack was waited for."""
        if (incoming.team_id, incoming.who.user_id) in self._opened:
            await best_effort(_draw(deps, incoming.team_id, incoming.who))


async def _draw(deps: Deps, team_id: str, who: SlackIdentity) -> None:
    now = deps.now()
    person, shown = await home_sections(deps, who, now)
    installed = [] if person else [one.name for one in await installed_by_them(deps.store, who)]
    await deps.messenger.show_home(team_id, who.user_id, home(person, shown, now, installed))
