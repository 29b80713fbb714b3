"""The HTTP side of the Web API: reads a call, finds its method, writes the answer and the log."""

import base64
import codecs
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from playground import notation
from playground.api import FAMILIES
from playground.api.mishaps import AFTER, place_of, spoiled, too_many
from playground.api.pace import RateLimited, pace_call
from playground.api.registry import METHODS, Call, Method, Refusal
from playground.clock import stopwatch
from playground.delivery import Dispatcher
from playground.faults import ON_CALLS
from playground.rotation import expired
from playground.traffic import ApiCall

Json = dict[str, Any]
JSON_ARGUMENTS = {"attachments", "blocks", "message", "metadata", "view"}
UNREADABLE = {
    "attachments": "invalid_attachments",
    "blocks": "invalid_blocks_format",
    "metadata": "invalid_metadata_format",
}
#: What aiohttp and the codecs raise for a body that is not what its headers say.
BROKEN = (ValueError, LookupError, AssertionError, RuntimeError, HttpProcessingError, web.RequestPayloadError)
CHARSETS = {"utf-8", "ascii", "iso8859-1"}
assert FAMILIES, "importing the families registers their methods"


class Door:
    """Answers `/api/{method}` for one dispatcher. `base_url` is where this server is found."""

    def __init__(self, dispatcher: Dispatcher, base_url: str) -> None:
        self._dispatcher, self._base_url = dispatcher, base_url

    async def answer(self, request: web.Request) -> web.Response:
        """One Web API call. A refusal is HTTP 200 with `ok: false`, as at Slack."""
        began, name = stopwatch(), request.match_info["method"]
        call = Call(self._dispatcher, self._base_url, name, {})
        entry = ApiCall(call.world.clock.now(), name, None, None, call.args, id=call.world.new_id("R"))
        call.world.traffic.log.append(entry)
        with self._dispatcher.busy():
            response = await _answered(call, entry, request)
        entry.took = stopwatch() - began
        call.world.touch()
        return response


async def _answered(call: Call, entry: ApiCall, request: web.Request) -> web.Response:
    """The answer, with whatever fault was ordered for it."""
    token = await _read(call, entry, request)
    faults = call.world.faults
    order = faults.strike(ON_CALLS, place_of(call, token), entry) if faults.orders else None
    if entry.refusal is None and (order is None or order.fault.kind in AFTER):
        with _refusals(entry):
            entry.response = {"ok": True} | await _run(call, token)
    if call.app:
        entry.app_id, entry.team_id = call.app.id, call.install.team_id if call.install else None
    if order:
        return await spoiled(order, request, entry, _response(call, entry))
    return _response(call, entry)


async def _read(call: Call, entry: ApiCall, request: web.Request) -> str:
    """Fill in the arguments and return the token."""
    with _refusals(entry):
        call.args = entry.args = client(request) | await arguments(request)
    return bearer_token(request, call.args)


@contextmanager
def _refusals(entry: ApiCall) -> Iterator[None]:
    """Keeps a refusal as the call's answer."""
    try:
        yield
    except Refusal as refusal:
        entry.refusal = refusal.code
        entry.response = {"ok": False, "error": refusal.code} | refusal.details
        entry.wait = refusal.seconds if isinstance(refusal, RateLimited) else 0


def _response(call: Call, entry: ApiCall) -> web.Response:
    if entry.wait:
        return too_many(entry.wait)
    headers = _headers(call, entry)
    return web.Response(
        body=_encoded(entry.response), headers=headers, content_type="application/json", charset="utf-8"
    )


def _encoded(answer: Json) -> bytes:
    try:
        return msgspec.json.encode(answer)
    except UnicodeEncodeError:  # Half a surrogate pair; the standard library writes it as an escape.
        return json.dumps(answer).encode()


async def _run(call: Call, token: str) -> Json:
    found = METHODS.get(call.method)
    if found is None:
        raise Refusal("unknown_method", req_method=call.method)
    if found.token:
        _recognise(call, found, token)
        pace_call(call)
    return await found.run(call)


def _recognise(call: Call, found: Method, token: str) -> None:
    if not token:
        raise Refusal("not_authed")
    if token in call.world.revoked:
        raise Refusal(call.world.revoked[token])
    owner = call.world.bearer(token)
    if owner is None:
        raise Refusal("invalid_auth")
    call.app, call.install = owner
    if call.install and expired(call.install, token, call.world.clock.now()):
        raise Refusal("token_expired")
    if found.scopes:
        call.need_scope(*found.scopes)


def _headers(call: Call, entry: ApiCall) -> dict[str, str]:
    headers = {"x-slack-req-id": entry.id}
    if call.install:
        headers["x-oauth-scopes"] = ",".join(call.install.scopes)
    found = METHODS.get(call.method)
    if found and found.scopes:
        headers["x-accepted-oauth-scopes"] = ",".join(found.scopes)
    return headers


def bearer_token(request: web.Request, args: Json) -> str:
    """The token from the header, or else from the arguments; it leaves the arguments either way."""
    given = str(args.pop("token", "") or "")
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() if header.startswith("Bearer ") else given


def client(request: web.Request) -> Json:
    """The client id and secret of HTTP Basic authentication, which Slack prefers for `oauth.v2.access`."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind != "Basic":
        return {}
    try:
        name, _, secret = base64.b64decode(given, validate=True).decode().partition(":")
    except ValueError:
        raise Refusal("invalid_auth") from None
    return {"client_id": name, "client_secret": secret}


async def arguments(request: web.Request) -> Json:
    """The call's arguments from the query, a form or a JSON body."""
    args: Json = dict(request.query)
    _refuse_charset(request)
    if request.content_type == "application/json":
        return args | await _json_body(request)
    args |= await _form(request)
    return {name: _decoded(name, value) for name, value in args.items()}


def _refuse_charset(request: web.Request) -> None:
    """Slack knows `utf-8` and `iso-8859-1`: `invalid_charset` on every method's page."""
    try:
        known = codecs.lookup(request.charset or "utf-8").name in CHARSETS
    except LookupError:
        known = False
    if not known:
        raise Refusal("invalid_charset")


async def _form(request: web.Request) -> Json:
    """A form's fields; files in it are left aside."""
    try:
        form = await request.post()
    except BROKEN:
        raise Refusal("invalid_form_data") from None
    return {name: value for name, value in form.items() if isinstance(value, str)}


async def _json_body(request: web.Request) -> Json:
    try:
        sent = await request.read()
        body = notation.read(sent.decode(request.charset or "utf-8") or "{}")
    except BROKEN:
        raise Refusal("invalid_json") from None
    if not isinstance(body, dict):
        raise Refusal("json_not_object")
    return {name: _decoded(name, value) for name, value in body.items() if value is not None}


def _decoded(name: str, value: Any) -> Any:
    """A structured argument may come as a string of JSON, in a form and in a JSON body alike."""
    if name not in JSON_ARGUMENTS or not isinstance(value, str) or value == "":
        return value
    try:
        return notation.read(value)
    except ValueError:
        raise Refusal(UNREADABLE.get(name, "invalid_arguments")) from None
