"""Is a request over HTTP Slack's own? Asked before anything of it is parsed, and before Bolt sees it.

Source: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

from multidict import CIMultiDictProxy
from slack_sdk.signature import Clock

TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"
OLDEST_S = 300
"""Seconds: an older request may be a copy that somebody kept."""

_SECONDS = re.compile("[0-9]{1,12}")
_SIGNED = re.compile("v0=[0-9a-f]{64}")


def signed_by_slack(secret: str, headers: CIMultiDictProxy[str], body: bytes, clock: Clock) -> bool:
    """Whether both headers stand there once, in Slack's own shape, within five minutes of now, and sign `body`.

    The shape comes first: over a letter that is not ASCII the comparison itself raises. The bytes count as they
    came: slack_sdk's own verifier decodes them first, and raises over bytes that are no text.
    """
    stamps, signatures = headers.getall(TIMESTAMP, []), headers.getall(SIGNATURE, [])
    if len(stamps) != 1 or len(signatures) != 1:
        return False
    (stamp,), (signature,) = stamps, signatures
    if not _SECONDS.fullmatch(stamp) or not _SIGNED.fullmatch(signature):
        return False
    if abs(clock.now() - int(stamp)) > OLDEST_S:
        return False
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, sha256).hexdigest()
    return hmac.compare_digest(f"v0={digest}", signature)
