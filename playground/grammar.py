"""Which keys each block, element and object may and must have, and what stands in them.

Each line reads `key:kind`, with `!` where the key is required and `[]` for a list. Lengths and counts are not
here: the libraries judge those (see `opinions`). Source: https://docs.slack.dev/reference/block-kit, and
`@slack/types` at https://docs.slack.dev/tools/node-slack-sdk/reference/types.
"""

import re

Fields = dict[str, tuple[str, bool]]


def _fields(line: str) -> Fields:
    """`"text!:plain url:str"` as `{"text": ("plain", True), "url": ("str", False)}`."""
    found = re.findall(r"(\w+)(!?):([\w\[\]]+)", line)
    return {key: (kind, bool(required)) for key, required, kind in found}


_MENU = "action_id:str placeholder:plain confirm:confirm focus_on_load:bool "
_MANY = _MENU + "max_selected_items:int "
_INPUT = "action_id:str placeholder:plain dispatch_action_config:dispatch focus_on_load:bool "
_STATIC = "options:option[] option_groups:group[] "
_OPTION = "text!:plain value!:str description:plain "
_TASK = "task_id!:str title!:str details:rich output:rich sources:source[] status!:status "

BLOCKS: dict[str, Fields] = {
    kind: _fields("block_id:str " + line)
    for kind, line in {
        "actions": "elements!:element[]",
        "alert": "text!:text level:str",
        "card": "hero_image:picture icon:picture title:text subtitle:text body:text actions:element[] "
        "slack_icon:slack_icon subtext:text",
        "carousel": "elements!:card[]",
        "container": "child_blocks!:child[] title:plain rich_text_title:rich subtitle:text width:str icon:picture "
        "is_collapsible:bool default_collapsed:bool has_header_divider:bool",
        "context": "elements!:context[]",
        "context_actions": "elements!:element[]",
        "data_table": "rows!:datum[][] caption!:str page_size:int row_header_column_index:int",
        "data_visualization": "title!:str chart!:chart",
        "divider": "",
        "file": "external_id!:str source!:str",
        "header": "text!:plain",
        "image": "image_url:str slack_file:file alt_text!:str title:plain",
        "input": "label!:plain element!:element dispatch_action:bool hint:plain optional:bool",
        "markdown": "text!:str",
        "plan": "title!:str tasks!:task[]",
        "rich_text": "elements!:lines[]",
        "section": "text:text fields:text[] accessory:element expand:bool",
        "table": "rows!:cell[][] column_settings:column[]",
        "task_card": _TASK,
        "video": "alt_text!:str thumbnail_url!:str title!:plain video_url!:str author_name:str description:plain "
        "provider_icon_url:str provider_name:str title_url:str",
    }.items()
}

ELEMENTS: dict[str, Fields] = {
    kind: _fields(line)
    for kind, line in {
        "button": "text!:plain action_id:str url:str value:str style:colour confirm:confirm "
        "accessibility_label:str agent_prompt:str agent_prompt_display:str",
        "workflow_button": "text!:plain workflow!:workflow action_id:str style:colour "
        "accessibility_label:str confirm:confirm",
        "image": "image_url:str slack_file:file alt_text!:str",
        "overflow": "action_id:str options!:item[] confirm:confirm",
        "checkboxes": "action_id:str options!:choice[] initial_options:choice[] confirm:confirm focus_on_load:bool",
        "radio_buttons": "action_id:str options!:choice[] initial_option:choice confirm:confirm focus_on_load:bool",
        "datepicker": _MENU + "initial_date:date",
        "timepicker": _MENU + "initial_time:time timezone:str",
        "datetimepicker": "action_id:str initial_date_time:moment confirm:confirm focus_on_load:bool",
        "static_select": _MENU + _STATIC + "initial_option:option",
        "external_select": _MENU + "initial_option:option min_query_length:int",
        "users_select": _MENU + "initial_user:str",
        "conversations_select": _MENU + "initial_conversation:str default_to_current_conversation:bool "
        "response_url_enabled:bool filter:filter",
        "channels_select": _MENU + "initial_channel:str response_url_enabled:bool",
        "multi_static_select": _MANY + _STATIC + "initial_options:option[]",
        "multi_external_select": _MANY + "initial_options:option[] min_query_length:int",
        "multi_users_select": _MANY + "initial_users:str[]",
        "multi_conversations_select": _MANY + "initial_conversations:str[] default_to_current_conversation:bool "
        "filter:filter",
        "multi_channels_select": _MANY + "initial_channels:str[]",
        "plain_text_input": _INPUT + "initial_value:str multiline:bool min_length:int max_length:int",
        "email_text_input": _INPUT + "initial_value:str",
        "url_text_input": _INPUT + "initial_value:str",
        "number_input": _INPUT + "is_decimal_allowed!:bool initial_value:numeral min_value:numeral "
        "max_value:numeral",
        "rich_text_input": _INPUT + "initial_value:rich min_lines:int max_lines:int",
        "file_input": "action_id:str filetypes:str[] max_files:int",
        "feedback_buttons": "action_id:str positive_button!:feedback negative_button!:feedback",
        "icon_button": "icon!:str text!:plain action_id:str value:str confirm:confirm accessibility_label:str "
        "visible_to_user_ids:str[]",
    }.items()
}

OBJECTS: dict[str, Fields] = {
    kind: _fields(line)
    for kind, line in {
        "plain_text": "text!:str emoji:bool",
        "mrkdwn": "text!:str verbatim:bool",
        "option": _OPTION,
        "item": _OPTION + "url:str",
        "choice": "text!:text value!:str description:text",
        "group": "label!:plain options!:option[]",
        "confirm": "title!:plain text!:text confirm!:plain deny!:plain style:colour",
        "filter": "include:str[] exclude_external_shared_channels:bool exclude_bot_users:bool",
        "dispatch": "trigger_actions_on!:str[]",
        "file": "id:str url:str",
        "feedback": "text!:plain value!:str accessibility_label:str",
        "workflow": "trigger!:trigger",
        "trigger": "url!:str customizable_input_parameters:parameter[]",
        "parameter": "name!:str value!:str",
        "task": _TASK,
        "column": "align:str is_wrapped:bool",
        "segment": "label!:str value!:number",
        "series": "name!:str data!:point[]",
        "point": "label!:str value!:number",
        "axis": "categories!:str[] x_label:str y_label:str",
        "style": "bold:bool italic:bool strike:bool underline:bool code:bool",
        "mark": "bold:bool italic:bool strike:bool underline:bool highlight:bool client_highlight:bool unlink:bool",
    }.items()
}

VIEWS: dict[str, Fields] = {
    "modal": _fields(
        "blocks!:blocks title!:plain submit:plain close:plain private_metadata:str callback_id:str "
        "clear_on_close:bool notify_on_close:bool external_id:str submit_disabled:bool"
    ),
    "home": _fields("blocks!:blocks private_metadata:str callback_id:str external_id:str"),
}

#: Pieces of rich text that Slack's pages name; what else stands in them was not read, and is let pass:
#: https://docs.slack.dev/reference/block-kit/block-elements/rich-text-section-element
SELDOM = (
    *("attachment_mention", "canvas", "canvas_message_unfurl", "canvas_user_mention", "citation", "file"),
    *("list_record", "message_mention", "salesforce_data_field", "tag", "work_object_mention", "workflow_mention"),
)
OPEN = "*"
"""Stands among the keys where any other may, too."""

_CHART = "series!:series[] axis_config!:axis"
_CELLS = {
    "raw_text": _fields("text!:str emoji:bool"),
    "raw_number": _fields("value!:number text!:str"),
    "rich_text": BLOCKS["rich_text"],
}

#: Parts that come in several types: for each kind, what each type may hold.
VARIANTS: dict[str, dict[str, Fields]] = {
    "element": ELEMENTS,
    "picture": {"image": ELEMENTS["image"]},
    "slack_icon": {"icon": _fields("name!:str")},
    "source": {"url": _fields("url!:str text!:str")},
    "rich": {"rich_text": BLOCKS["rich_text"]},
    "card": {"card": BLOCKS["card"]},
    "child": {
        kind: BLOCKS[kind]
        for kind in (
            *("actions", "context", "divider", "file", "header", "image", "input", "rich_text", "section"),
            *("table", "video"),
        )
    },
    "cell": _CELLS,
    "datum": _CELLS,
    "chart": {
        "pie": _fields("segments!:segment[]"),
        "bar": _fields(_CHART),
        "area": _fields(_CHART),
        "line": _fields(_CHART),
    },
    "lines": {
        "rich_text_section": _fields("elements!:piece[]"),
        "rich_text_list": _fields("elements!:entry[] style!:str indent:int offset:int border:int"),
        "rich_text_preformatted": _fields("elements!:piece[] border:int language:str"),
        "rich_text_quote": _fields("elements!:piece[] border:int"),
    },
    "entry": {"rich_text_section": _fields("elements!:piece[]")},
    "piece": {
        "broadcast": _fields("range!:str style:style"),
        "channel": _fields("channel_id!:str style:mark"),
        "color": _fields("value!:str style:mark"),
        "date": _fields("timestamp!:moment format!:str url:str fallback:str style:style"),
        "emoji": _fields("name!:str unicode:str skin_tone:int style:style"),
        "link": _fields("url!:str text:str unsafe:bool style:style"),
        "team": _fields("team_id!:str style:style"),
        "text": _fields("text!:str style:style"),
        "user": _fields("user_id!:str style:mark"),
        "usergroup": _fields("usergroup_id!:str style:mark"),
        **{kind: _fields("style:mark") | {OPEN: ("object", False)} for kind in SELDOM},
    },
}

#: Keys that Slack does not know are let pass in an attachment:
#: https://docs.slack.dev/legacy/legacy-messaging/legacy-secondary-message-attachments
ATTACHMENT = _fields(
    "text:words pretext:words fallback:words title:words title_link:words footer:words footer_icon:words "
    "color:words callback_id:words author_name:words author_link:words author_icon:words author_subname:words "
    "image_url:words thumb_url:words ts:words mrkdwn_in:str[] fields:object[] actions:object[] blocks:blocks"
)

_SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
_MULTI = {f"multi_{kind}" for kind in _SELECTS}
_PICKERS = {"datepicker", "timepicker", "checkboxes", "radio_buttons"}

#: Which elements may stand in which block.
HOMES: dict[str, set[str]] = {
    "section": _SELECTS | _MULTI | _PICKERS | {"button", "workflow_button", "overflow", "image"},
    "actions": _SELECTS | _MULTI | _PICKERS | {"button", "workflow_button", "overflow", "datetimepicker"},
    "card": {"button"},
    "context": {"image"},
    "context_actions": {"feedback_buttons", "icon_button"},
    "input": set(ELEMENTS) - {"button", "workflow_button", "overflow", "image", "feedback_buttons", "icon_button"},
}

_EVERYWHERE = {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
_WIDE = {"carousel", "container", "data_table", "data_visualization", "table"}

#: Which blocks may stand on which surface.
SURFACES: dict[str, set[str]] = {
    "message": _EVERYWHERE | _WIDE | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | _WIDE,
}
