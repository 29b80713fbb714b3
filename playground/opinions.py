"""What three libraries say about a block: slackblocks, blockkit and slack_sdk's models, asked with plain dicts.

None of them reads dicts whole, so each block is built from its parts, innermost first, with their own
constructors; the first objection, and where it arose, is the answer. `grammar` says what the parts are.
"""

import inspect
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import blockkit.core as bk
import slackblocks as sb
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slackblocks import elements as sb_elements
from slackblocks import objects as sb_objects

from playground.defects import Defect
from playground.grammar import BLOCKS, ELEMENTS, OBJECTS, Fields

Json = dict[str, Any]
Maker = Callable[..., Any]


class Objection(Exception):
    """A library refuses a part at `pointer`."""

    def __init__(self, pointer: str, message: str) -> None:
        super().__init__(message)
        self.pointer, self.message = pointer, message


class NoOpinion(Exception):
    """This library cannot judge this kind of block."""


@dataclass(frozen=True)
class Library:
    """How to build parts with one library, and what it raises when it objects."""

    makers: dict[str, Maker]
    text: Callable[[Json], Any]
    objections: tuple[type[Exception], ...]
    renamed: dict[str, str] = field(default_factory=dict)
    needs_action_id: bool = False

    def build(self, kind: str, value: Any, pointer: str) -> Any:
        """The library's object for a value of this kind in the grammar."""
        if isinstance(value, list) and kind in _LISTS:
            return [self.build(_LISTS[kind], item, f"{pointer}/{index}") for index, item in enumerate(value)]
        if kind == "context":
            kind = "element" if value.get("type") == "image" else "text"
        if kind in ("text", "plain"):
            return self._made(pointer, lambda: self.text(value))
        if kind == "element":
            return self._part(value["type"], value, ELEMENTS[value["type"]], pointer)
        if kind in OBJECTS:
            return self._part(kind, value, OBJECTS[kind], pointer)
        return value

    def block(self, value: Json, pointer: str) -> None:
        self._part(f"{value['type']} block", value, BLOCKS[value["type"]], pointer)

    def _part(self, name: str, value: Json, fields: Fields, pointer: str) -> Any:
        maker = self.makers.get(name)
        if maker is None:
            raise NoOpinion
        known = _accepted(maker)
        args = {"action_id": "unnamed"} if self.needs_action_id and "action_id" in known & fields.keys() else {}
        for key, item in value.items():
            parameter = self.renamed.get(key, key)
            if key != "type" and item is not None and parameter in known:
                args[parameter] = self.build(fields[key][0], item, f"{pointer}/{key}")
        return self._made(pointer, lambda: maker(**args))

    def _made(self, pointer: str, make: Callable[[], Any]) -> Any:
        """The part, unless the library objects; blockkit objects only when it is told to validate."""
        try:
            part = make()
            if isinstance(part, bk.Component):
                part.validate()  # type: ignore[no-untyped-call]
        except self.objections as objection:
            raise Objection(pointer, str(objection)) from None
        except (TypeError, AttributeError, ValueError, NotImplementedError):
            raise NoOpinion from None
        return part


_LISTS = {"texts": "text", "elements": "element", "options": "option", "groups": "group", "context": "context"}


@cache
def _accepted(maker: Maker) -> frozenset[str]:
    return frozenset(inspect.signature(maker).parameters)


def _sb_text(value: Json) -> sb.Text:
    if value["type"] == "plain_text":
        return sb.Text(value["text"], sb.TextType.PLAINTEXT, emoji=bool(value.get("emoji")))
    return sb.Text(value["text"], sb.TextType.MARKDOWN, verbatim=bool(value.get("verbatim")))


def _bk_text(value: Json) -> bk.Text:
    return bk.Text(**value)


SLACKBLOCKS = Library(
    makers={
        "actions block": sb.ActionsBlock,
        "alert block": sb.AlertBlock,
        "context block": sb.ContextBlock,
        "divider block": sb.DividerBlock,
        "file block": sb.FileBlock,
        "header block": sb.HeaderBlock,
        "image block": sb.ImageBlock,
        "input block": sb.InputBlock,
        "markdown block": sb.MarkdownBlock,
        "section block": sb.SectionBlock,
        "video block": sb.VideoBlock,
        "button": sb_elements.Button,
        "image": sb_elements.Image,
        "overflow": sb_elements.OverflowMenu,
        "checkboxes": sb_elements.CheckboxGroup,
        "radio_buttons": sb_elements.RadioButtonGroup,
        "datepicker": sb_elements.DatePicker,
        "timepicker": sb_elements.TimePicker,
        "datetimepicker": sb_elements.DateTimePicker,
        "static_select": sb_elements.StaticSelectMenu,
        "external_select": sb_elements.ExternalSelectMenu,
        "users_select": sb_elements.UserSelectMenu,
        "conversations_select": sb_elements.ConversationSelectMenu,
        "channels_select": sb_elements.ChannelSelectMenu,
        "multi_static_select": sb_elements.StaticMultiSelectMenu,
        "multi_external_select": sb_elements.ExternalMultiSelectMenu,
        "multi_users_select": sb_elements.UserMultiSelectMenu,
        "multi_conversations_select": sb_elements.ConversationMultiSelectMenu,
        "multi_channels_select": sb_elements.ChannelMultiSelectMenu,
        "plain_text_input": sb_elements.PlainTextInput,
        "email_text_input": sb_elements.EmailInput,
        "url_text_input": sb_elements.URLInput,
        "file_input": sb_elements.FileInput,
        "option": sb_objects.Option,
        "group": sb_objects.OptionGroup,
        "confirm": sb_objects.ConfirmationDialogue,
        "filter": sb_objects.ConversationFilter,
        "dispatch": sb_objects.DispatchActionConfiguration,
        "file": sb_objects.SlackFile,
    },
    text=_sb_text,
    objections=(sb.InvalidUsageError,),
    renamed={"initial_date_time": "initial_datetime"},
    needs_action_id=True,
)

BLOCKKIT = Library(
    makers={
        "actions block": bk.Actions,
        "context block": bk.Context,
        "divider block": bk.Divider,
        "header block": bk.Header,
        "image block": bk.Image,
        "input block": bk.Input,
        "markdown block": bk.Markdown,
        "section block": bk.Section,
        "video block": bk.Video,
        "button": bk.Button,
        "image": bk.ImageEl,
        "overflow": bk.Overflow,
        "checkboxes": bk.Checkboxes,
        "radio_buttons": bk.RadioButtons,
        "datepicker": bk.DatePicker,
        "timepicker": bk.TimePicker,
        "datetimepicker": bk.DatetimePicker,
        "static_select": bk.StaticSelect,
        "external_select": bk.ExternalSelect,
        "users_select": bk.UsersSelect,
        "conversations_select": bk.ConversationsSelect,
        "channels_select": bk.ChannelsSelect,
        "multi_static_select": bk.MultiStaticSelect,
        "multi_external_select": bk.MultiExternalSelect,
        "multi_users_select": bk.MultiUsersSelect,
        "multi_conversations_select": bk.MultiConversationsSelect,
        "multi_channels_select": bk.MultiChannelsSelect,
        "plain_text_input": bk.PlainTextInput,
        "email_text_input": bk.EmailInput,
        "url_text_input": bk.UrlInput,
        "file_input": bk.FileInput,
        "option": bk.Option,
        "group": bk.OptionGroup,
        "confirm": bk.Confirm,
        "filter": bk.ConversationFilter,
        "dispatch": bk.DispatchActionConfig,
        "file": bk.SlackFile,
    },
    text=_bk_text,
    objections=(bk.FieldValidationError, bk.ComponentValidationError),
)


def on_block(block: Json, pointer: str) -> Iterator[Defect]:
    """The first objection of the three to a block whose outline is sound."""
    for fault in _said(json.dumps(block, sort_keys=True)):
        yield Defect(fault.code, pointer + fault.pointer, fault.message)


@lru_cache(maxsize=4096)
def _said(text: str) -> tuple[Defect, ...]:
    """Judged once for every block that looks the same; apps send the same blocks again and again."""
    block = json.loads(text)
    for ask in (_ask(SLACKBLOCKS), _ask(BLOCKKIT), _ask_sdk):
        try:
            ask(block, "")
        except Objection as objection:
            return (Defect(_code(objection.message), objection.pointer, objection.message),)
        except NoOpinion:
            continue
    return ()


def _ask(library: Library) -> Callable[[Json, str], None]:
    return library.block


def _ask_sdk(block: Json, pointer: str) -> None:
    try:
        parsed = Block.parse(block)
        if parsed:
            parsed.to_dict()
    except SlackObjectFormationError as objection:
        raise Objection(pointer, str(objection)) from None
    except (TypeError, AttributeError, ValueError):
        raise NoOpinion from None


def _code(message: str) -> str:
    """The libraries' many wordings of a limit, as one code; whatever else they say is `invalid`."""
    said = message.casefold()
    limits = ("length", "characters", "maximum", "max_size", "min_size", "at most", "exceed", "between")
    return "over_limit" if any(word in said for word in limits) else "invalid"
