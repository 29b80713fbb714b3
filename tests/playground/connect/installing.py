"""Somebody installs an app by OAuth: what they press, and what the app is given."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from playground.oauth import PATH
from tests.playground.connect.conftest import Stage

Json = dict[str, Any]
CLIENT = {"client_id": "playground.between", "client_secret": "playground-client-secret"}
BACK = "http://127.0.0.1:9/back"


async def decided(stage: Stage, http: aiohttp.ClientSession, person: str = "U0AOIFE", **more: str) -> Json:
    """Somebody presses a button on the page; what the app is sent, or the page's status."""
    asked = {"client_id": CLIENT["client_id"], "scope": "chat:write,commands", "state": "s1", "redirect_uri": BACK}
    form = asked | {"person": person, "decision": "allow"} | more
    async with http.post(f"{stage.pg.url}{PATH}", data=form, allow_redirects=False) as answer:
        if answer.status != 302:
            return {"status": answer.status, "page": await answer.text()}
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        return {key: values[0] for key, values in query.items()}


async def installed(stage: Stage, http: aiohttp.ClientSession, person: str = "U0AOIFE", **more: str) -> Json:
    """Allowed, and the code exchanged."""
    given = await decided(stage, http, person, **more)
    client = AsyncWebClient(base_url=stage.pg.api_url)
    answer = await client.oauth_v2_access(**CLIENT, code=given["code"], redirect_uri=BACK)
    return dict(answer.data)  # type: ignore[arg-type]
