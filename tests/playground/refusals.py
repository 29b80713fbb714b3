"""How Slack refuses a call, as slack_sdk reports it."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient


async def refusal(client: AsyncWebClient, method: str, **args: Any) -> Any:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call(method, json=args)
    return caught.value.response


async def code(client: AsyncWebClient, method: str, **args: Any) -> str:
    return str((await refusal(client, method, **args))["error"])
