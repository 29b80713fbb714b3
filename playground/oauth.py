"""The page on which somebody allows an app into their workspace, and the code it gives the app.

https://docs.slack.dev/authentication/installing-with-oauth
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlencode, urlsplit

import jinja2
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from playground.apps import App
from playground.people import User
from playground.scopes import BOT_SCOPES
from playground.tickets import Code, keep
from playground.world import World

PATH = "/oauth/v2/authorize"


class BadRequest(Exception):
    """The address was built wrongly: Slack's code, shown on a page; nobody is led anywhere."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the app asked for in the address of the page."""

    app: App
    scopes: list[str]
    redirect_uri: str
    given_uri: str
    state: str
    team_id: str
    user_scopes: list[str]
    """What it would like to do as the person themselves. The playground gives no user tokens, and says so."""

    @property
    def fields(self) -> dict[str, str]:
        """The question once more, for the form to carry."""
        return {
            "client_id": self.app.client_id,
            "scope": ",".join(self.scopes),
            "redirect_uri": self.given_uri,
            "state": self.state,
            "team": self.team_id,
            "user_scope": ",".join(self.user_scopes),
        }


def asked(world: World, given: Mapping[str, object]) -> Asked:
    """Read the page's address, or the form it made. Raises `BadRequest` with Slack's code."""
    text = {key: str(value) for key, value in given.items()}
    app = next(
        (one for one in world.apps.values() if one.client_id and one.client_id == text.get("client_id")), None
    )
    if app is None:
        raise BadRequest("invalid_client_id")
    scopes, user_scopes = _listed(text.get("scope", "")), _listed(text.get("user_scope", ""))
    if not scopes or not set(scopes) <= BOT_SCOPES:
        raise BadRequest("invalid_scope")
    uri = text.get("redirect_uri", "")
    back = uri or next(iter(app.redirect_urls), "")
    if not back or (app.redirect_urls and not any(_within(one, back) for one in app.redirect_urls)):
        raise BadRequest("bad_redirect_uri")
    return Asked(app, scopes, back, uri, text.get("state", ""), text.get("team", ""), user_scopes)


def _listed(scopes: str) -> list[str]:
    return [one for one in scopes.replace(" ", ",").split(",") if one]


def _within(agreed: str, asked: str) -> bool:
    """Whether `asked` is the agreed address or lies below it: the same scheme, host and port, and a path inside.

    https://docs.slack.dev/authentication/installing-with-oauth#redirect_urls
    """
    try:
        ours, theirs = urlsplit(agreed), urlsplit(asked)
        same = (ours.scheme, ours.username, ours.hostname, ours.port) == (
            theirs.scheme,
            theirs.username,
            theirs.hostname,
            theirs.port,
        )
    except ValueError:
        return False
    folder, path = ours.path.rstrip("/"), theirs.path
    climbs = ".." in unquote(path).replace("\\", "/").split("/")
    inside = path.rstrip("/") == folder or path.startswith(f"{folder}/")
    return same and inside and not climbs and not theirs.fragment


def installers(world: World, question: Asked) -> list[User]:
    """Who may install the app: no guests, only admins where the workspace wants that."""
    found = []
    for user in world.people():
        team = world.workspaces[user.team_id]
        wanted = question.team_id in ("", team.id) and not user.deleted and not user.is_guest
        if wanted and (user.is_admin or not team.approves_apps):
            found.append(user)
    return found


def decide(world: World, question: Asked, user: User, allowed: bool) -> str:
    """Where the browser goes next: back to the app, with a code or with `access_denied`."""
    if not allowed:
        return _led(question, {"error": "access_denied", "state": question.state})
    if user not in installers(world, question):
        raise BadRequest("not_allowed_to_install")
    if not question.app.distributed and user.team_id != next(iter(world.workspaces)):
        raise BadRequest("invalid_team_for_non_distributed_app")
    code = f"{world.new_id('')}.{uuid.uuid4().hex}"
    ticket = Code(
        app_id=question.app.id,
        team_id=user.team_id,
        user_id=user.id,
        scopes=question.scopes,
        redirect_uri=question.given_uri,
        born=world.clock.now(),
    )
    keep(world.codes, code, ticket)
    world.touch()
    return _led(question, {"code": code, "state": question.state})


def _led(question: Asked, answer: dict[str, str]) -> str:
    return f"{question.redirect_uri}{'&' if '?' in question.redirect_uri else '?'}{urlencode(answer)}"


# -- the page ----------------------------------------------------------------------------


async def show(world: World, request: web.Request) -> web.Response:
    """The page itself."""
    try:
        question = asked(world, request.query)
    except BadRequest as fault:
        return _fault(str(fault))
    people = installers(world, question)
    return _page(path=PATH, question=question, people=people, workspaces=world.workspaces)


async def take(world: World, request: web.Request) -> web.StreamResponse:
    """Allow or Cancel was pressed."""
    try:
        form = await request.post()
    except (ValueError, LookupError, AssertionError, HttpProcessingError):
        return _fault("invalid_form_data")
    try:
        question = asked(world, form)
        user = world.users.get(str(form.get("person", "")))
        if user is None:
            raise BadRequest("user_not_found")
        led = decide(world, question, user, form.get("decision") == "allow")
    except BadRequest as fault:
        return _fault(str(fault))
    raise web.HTTPFound(led)


def _fault(code: str) -> web.Response:
    return _page(400, fault=code)


def _page(status: int = 200, **shown: object) -> web.Response:
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("playground"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    text = env.get_template("install.html").render(shown)
    return web.Response(text=text, content_type="text/html", status=status)
