"""The Web API under `/api/<method>`. Each module here holds the methods of one family."""

from playground.api import (
    auth,
    bots,
    channels,
    chat,
    conversations,
    files,
    history,
    listing,
    membership,
    oauth,
    reactions,
    scheduled,
    users,
    views,
)

FAMILIES = (
    auth,
    bots,
    channels,
    chat,
    conversations,
    files,
    history,
    listing,
    membership,
    oauth,
    reactions,
    scheduled,
    users,
    views,
)
