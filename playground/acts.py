"""A person in the playground, and everything they can do."""

from playground.actor import PersonCannot
from playground.dialogs import Filler
from playground.membership import Member
from playground.talk import Talker

__all__ = ["Person", "PersonCannot"]


class Person(Talker, Member, Filler):
    """Talks, clicks and fills forms in as one person, as Slack's own client would let them."""
