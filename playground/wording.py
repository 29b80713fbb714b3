"""What a message says (text, blocks, attachments), read from whatever an app sent, by whichever way it came."""

from typing import Any

from playground.attachments import judge_attachments
from playground.defects import Defect
from playground.rules import judge

Json = dict[str, Any]
MOST_ATTACHMENTS = 100


class Unsayable(Exception):
    """Slack would not post this: its error code, and what it says about blocks and attachments."""

    def __init__(self, code: str, faults: list[Defect] | None = None) -> None:
        super().__init__(code)
        self.code, self.sentences = code, [str(fault) for fault in faults or []]


def read(said: Json) -> Json:
    """The message as `text`, `blocks` and `attachments`. Raises Unsayable.

    https://docs.slack.dev/reference/methods/chat.postMessage; that faults within attachments are
    `invalid_attachments`, and not `invalid_blocks`: https://github.com/slackapi/java-slack-sdk/issues/415.
    """
    text, blocks, attachments = _words(said.get("text")), said.get("blocks") or [], said.get("attachments") or []
    message = {"text": text, "blocks": blocks, "attachments": attachments}
    if not isinstance(blocks, list):
        raise Unsayable("invalid_blocks_format")
    if not isinstance(attachments, list):
        raise Unsayable("invalid_attachments")
    if len(attachments) > MOST_ATTACHMENTS:
        raise Unsayable("too_many_attachments")
    if not (text.strip() or blocks or any(attachments)):
        raise Unsayable("no_text")
    if faults := judge(message, "message"):
        too_long = faults[0].code == "msg_blocks_too_long"
        raise Unsayable("msg_blocks_too_long" if too_long else "invalid_blocks", faults)
    if faults := judge_attachments(attachments):
        raise Unsayable("invalid_attachments", faults)
    return message


def _words(text: Any) -> str:
    """Text is a string; Slack reads a number as its digits, and anything else as nothing."""
    if isinstance(text, str):
        return text
    return str(text) if isinstance(text, int | float) and not isinstance(text, bool) else ""
