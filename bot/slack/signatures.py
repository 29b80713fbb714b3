"""Is a request over HTTP Slack's own? Decided from its headers and raw bytes, before anything in it is read.

Source: docs.slack.dev/authentication/verifying-requests-from-slack.
"""

from __future__ import annotations

import hmac
import re
from hashlib import sha256

from multidict import CIMultiDictProxy

TIMESTAMP = "X-Slack-Request-Timestamp"
SIGNATURE = "X-Slack-Signature"
MAX_AGE_S = 300
"""Slack's own rule: an older request, or one from as far in the future, may be a copy that somebody kept."""

# The shape comes first: over a letter that is not ASCII the comparison itself raises.
_SECONDS = re.compile("[0-9]{1,12}")
_SIGNED = re.compile("v0=[0-9a-f]{64}")


def fault_of_headers(headers: CIMultiDictProxy[str], now_s: float) -> str:
    """What is wrong with the two headers, before the body is even read; empty when nothing is. Names no value."""
    stamps, signatures = headers.getall(TIMESTAMP, []), headers.getall(SIGNATURE, [])
    if not signatures:
        return "no signature"
    # Two of a kind are refused: who verifies the one and who reads the other could differ.
    if len(signatures) > 1 or not _SIGNED.fullmatch(signatures[0]):
        return "malformed signature"
    if len(stamps) != 1 or not _SECONDS.fullmatch(stamps[0]):
        return "malformed timestamp"
    return "" if abs(now_s - int(stamps[0])) <= MAX_AGE_S else "stale timestamp"


def signed_by_slack(secret: str, headers: CIMultiDictProxy[str], body: bytes) -> bool:
    """Whether the signature fits the bytes as they came. The headers have passed `fault_of_headers`."""
    base = b"v0:" + headers[TIMESTAMP].encode() + b":" + body
    return hmac.compare_digest("v0=" + hmac.new(secret.encode(), base, sha256).hexdigest(), headers[SIGNATURE])
