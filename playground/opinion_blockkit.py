"""What blockkit says: https://github.com/imryche/blockkit, where it is no stricter than Slack's own documents."""

from collections.abc import Callable
from typing import Any

import blockkit.core as bk

from playground.grammar import SELDOM
from playground.library import Library

Json = dict[str, Any]
ALT_TEXT, EMAIL = 255, 74


def _text(value: Json) -> bk.Text:
    return bk.Text(**value)


def _number(numeral: str) -> float:
    """The library wants numbers where Slack wants them in strings."""
    return float(numeral) if "." in numeral else int(numeral)


def _number_as_text(text: str) -> bk.RawText:
    return bk.RawText(text)


def _any_piece() -> bk.RichTextEl:
    """Stands in for a piece of rich text that the library does not know."""
    return bk.RichTextEl("x")


def _check(part: Any) -> None:
    """It objects only when it is told to validate."""
    if isinstance(part, bk.Component):
        part.validate()  # type: ignore[no-untyped-call]


def _as_plain(text: bk.Text) -> bk.Text:
    return text.type(bk.Text.PLAIN)


def _without_pickers(elements: list[Any]) -> list[Any]:
    return [one for one in elements if not isinstance(one, bk.DatetimePicker)]


def _up_to(most: int) -> Callable[[str], str]:
    return lambda words: words[:most]


_EASED: dict[tuple[str, str], Callable[[Any], Any]] = {
    # "radio buttons and checkboxes can use mrkdwn text objects":
    # https://docs.slack.dev/reference/block-kit/composition-objects/option-object
    ("choice", "text"): _as_plain,
    # The page of the dialog says plain_text, but slack_sdk's `ConfirmObject` makes mrkdwn of a string, and
    # `@slack/types` has both: https://docs.slack.dev/tools/node-slack-sdk/reference/types/interfaces/ConfirmationDialog
    ("confirm", "text"): _as_plain,
    # "must be used inside the actions block or input block":
    # https://docs.slack.dev/reference/block-kit/block-elements/datetime-picker-element
    ("actions block", "elements"): _without_pickers,
    # 2000: https://docs.slack.dev/reference/block-kit/blocks/image-block; slackblocks sees to it.
    ("image block", "alt_text"): _up_to(ALT_TEXT),
    ("image", "alt_text"): _up_to(ALT_TEXT),
    # 0 asks the app before anything is typed:
    # https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select
    ("external_select", "min_query_length"): lambda least: least or None,
    ("multi_external_select", "min_query_length"): lambda least: least or None,
    # No length is documented: https://docs.slack.dev/reference/block-kit/block-elements/email-input-element
    ("email_text_input", "initial_value"): _up_to(EMAIL),
    # A column may be left out by `null`, as slack_sdk's `TableBlock` has it.
    ("table block", "column_settings"): lambda columns: [one for one in columns if one],
    ("number_input", "initial_value"): _number,
    ("number_input", "min_value"): _number,
    ("number_input", "max_value"): _number,
}

BLOCKKIT = Library(
    makers={
        "actions block": bk.Actions,
        "rich_text block": bk.RichText,
        "table block": bk.Table,
        "workflow_button": bk.WorkflowButton,
        "number_input": bk.NumberInput,
        "rich_text_input": bk.RichTextInput,
        "workflow": bk.Workflow,
        "trigger": bk.Trigger,
        "parameter": bk.InputParameter,
        "item": bk.Option,
        "choice": bk.Option,
        "column": bk.ColumnSettings,
        "cell raw_text": bk.RawText,
        "cell raw_number": _number_as_text,
        "cell rich_text": bk.RichText,
        "rich rich_text": bk.RichText,
        "lines rich_text_section": bk.RichTextSection,
        "lines rich_text_list": bk.RichTextList,
        "lines rich_text_preformatted": bk.RichTextPreformatted,
        "lines rich_text_quote": bk.RichTextQuote,
        "entry rich_text_section": bk.RichTextSection,
        "piece broadcast": bk.RichBroadcastEl,
        "piece channel": bk.RichChannelEl,
        "piece color": bk.RichColorEl,
        "piece date": bk.RichDateEl,
        "piece emoji": bk.RichEmojiEl,
        "piece link": bk.RichLinkEl,
        "piece team": _any_piece,
        **{f"piece {kind}": _any_piece for kind in SELDOM},
        "piece text": bk.RichTextEl,
        "piece user": bk.RichUserEl,
        "piece usergroup": bk.RichUserGroupEl,
        "style": bk.RichStyle,
        "mark": bk.RichStyle,
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
    text=_text,
    objections=(bk.FieldValidationError, bk.ComponentValidationError),
    eased=_EASED,
    check=_check,
)
