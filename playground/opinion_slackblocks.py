"""What slackblocks says; its limits stand in `spec/limits.json` of https://github.com/nicklambourne/slackblocks."""

from typing import Any

import slackblocks as sb
from slackblocks import elements as sb_elements
from slackblocks import objects as sb_objects
from slackblocks.rich_text import elements as sb_pieces
from slackblocks.rich_text import objects as sb_lines

from playground.grammar import SELDOM
from playground.library import Library

Json = dict[str, Any]


def _text(value: Json) -> sb.Text:
    if value["type"] == "plain_text":
        return sb.Text(value["text"], sb.TextType.PLAINTEXT, emoji=bool(value.get("emoji")))
    return sb.Text(value["text"], sb.TextType.MARKDOWN, verbatim=bool(value.get("verbatim")))


def _trigger(url: str, customizable_input_parameters: list[sb_objects.InputParameter] | None = None) -> Any:
    return sb_objects.Trigger(url, customizable_input_parameters)


def _number_as_text(value: float, text: str) -> sb_objects.RawText:
    """A number in a table, which the library knows in data tables only; slack_sdk's `TableBlock` has it too."""
    return sb_objects.RawText(sb_objects.RawNumber(value, text).text)


def _first_lines(elements: list[sb_lines.RichTextObject]) -> sb_lines.RichTextObject:
    """A cell of rich text: the library wraps the lines itself, and takes one of them only."""
    sb.RichTextBlock(elements)
    return elements[0]


def _any_piece() -> sb_pieces.RichText:
    """Stands in for a piece of rich text that the library does not know, so that it judges what is around it."""
    return sb_pieces.RichText("x")


SLACKBLOCKS = Library(
    makers={
        "actions block": sb.ActionsBlock,
        "alert block": sb.AlertBlock,
        "card block": sb.CardBlock,
        "carousel block": sb.CarouselBlock,
        "container block": sb.ContainerBlock,
        "context_actions block": sb.ContextActionsBlock,
        "data_table block": sb.DataTableBlock,
        "data_visualization block": sb.DataVisualizationBlock,
        "plan block": sb.PlanBlock,
        "rich_text block": sb.RichTextBlock,
        "table block": sb.TableBlock,
        "task_card block": sb.TaskCardBlock,
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
        "feedback_buttons": sb_elements.FeedbackButtons,
        "icon_button": sb_elements.IconButton,
        "number_input": sb_elements.NumberInput,
        "rich_text_input": sb_elements.RichTextInput,
        "workflow_button": sb_elements.WorkflowButton,
        "feedback": sb_elements.FeedbackButton,
        "source url": sb_elements.URLSource,
        "task": sb.TaskCardBlock,
        "slack_icon icon": sb_objects.SlackIcon,
        "workflow": sb_objects.Workflow,
        "trigger": _trigger,
        "parameter": sb_objects.InputParameter,
        "item": sb_objects.Option,
        "choice": sb_objects.Option,
        "column": sb_objects.ColumnSettings,
        "cell raw_text": sb_objects.RawText,
        "cell raw_number": _number_as_text,
        "cell rich_text": _first_lines,
        "datum raw_text": sb_objects.RawText,
        "datum raw_number": sb_objects.RawNumber,
        "datum rich_text": sb.RichTextBlock,
        "chart pie": sb_objects.PieChart,
        "chart bar": sb_objects.BarChart,
        "chart area": sb_objects.AreaChart,
        "chart line": sb_objects.LineChart,
        "segment": sb_objects.ChartSegment,
        "series": sb_objects.DataSeries,
        "point": sb_objects.DataPoint,
        "axis": sb_objects.AxisConfig,
        "rich rich_text": sb.RichTextBlock,
        "lines rich_text_section": sb_lines.RichTextSection,
        "lines rich_text_list": sb_lines.RichTextList,
        "lines rich_text_preformatted": sb_lines.RichTextCodeBlock,
        "lines rich_text_quote": sb_lines.RichTextQuote,
        "entry rich_text_section": sb_lines.RichTextSection,
        "piece channel": sb_pieces.RichTextChannel,
        "piece emoji": sb_pieces.RichTextEmoji,
        "piece link": sb_pieces.RichTextLink,
        "piece text": sb_pieces.RichText,
        "piece user": sb_pieces.RichTextUser,
        "piece usergroup": sb_pieces.RichTextUserGroup,
        **dict.fromkeys(("piece broadcast", "piece color", "piece date", "piece team"), _any_piece),
        **{f"piece {kind}": _any_piece for kind in SELDOM},
        "option": sb_objects.Option,
        "group": sb_objects.OptionGroup,
        "confirm": sb_objects.ConfirmationDialogue,
        "filter": sb_objects.ConversationFilter,
        "dispatch": sb_objects.DispatchActionConfiguration,
        "file": sb_objects.SlackFile,
    },
    text=_text,
    objections=(sb.InvalidUsageError,),
    renamed={"initial_date_time": "initial_datetime", "usergroup_id": "user_group_id"},
    needs_action_id=True,
)
