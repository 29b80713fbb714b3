"""A person's browser, as far as installing an app needs one: from the app's page to Slack's and back."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import parse_qsl, urljoin, urlsplit

import aiohttp
from yarl import URL

from playground.acts import Person


async def install(person: Person, path: str) -> None:
    """Open the app's own page at `path`, which leads to Slack's; allow it there; go back, with the same cookie.

    The app's address is that of its first `redirect_urls`. Raises ValueError with what the page said, where
    nothing was installed.
    """
    begin = urljoin(person.app().redirect_urls[0], path)
    here = URL(begin).origin()
    jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=here)  # as browsers do with this machine
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        async with browser.get(begin) as page:
            asked = dict(parse_qsl(urlsplit(str(page.url)).query))
            where = page.url.with_query(None)
        form = asked | {"person": person.id, "decision": "allow"}
        async with browser.post(where, data=form) as end:
            said = await end.text()
    if end.status != HTTPStatus.OK:
        raise ValueError(f"{person.user.real_name} could not install it: {said}")
