"""The Web API under `/api/<method>`. Each module here holds the methods of one family."""

from playground.api import auth, chat, conversations, listing, oauth, scheduled, users, views

FAMILIES = (auth, chat, conversations, listing, oauth, scheduled, users, views)
