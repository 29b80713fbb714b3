"""Which keys each block, element and object may and must have, and what stands in them.

Each line reads `key:kind`, with `!` where the key is required. Lengths and counts are not here: the libraries
judge those (see `opinions`). Source: https://docs.slack.dev/reference/block-kit.
"""

import re

Fields = dict[str, tuple[str, bool]]


def _fields(line: str) -> Fields:
    """`"text!:plain url:str"` as `{"text": ("plain", True), "url": ("str", False)}`."""
    found = re.findall(r"(\w+)(!?):(\w+)", line)
    return {key: (kind, bool(required)) for key, required, kind in found}


_MENU = "action_id:str placeholder:plain confirm:confirm focus_on_load:bool "
_MANY = _MENU + "max_selected_items:int "
_INPUT = "action_id:str placeholder:plain dispatch_action_config:dispatch focus_on_load:bool "
_STATIC = "options:options option_groups:groups "

BLOCKS: dict[str, Fields] = {
    kind: _fields("block_id:str " + line)
    for kind, line in {
        "actions": "elements!:elements",
        "alert": "text!:text level:str",
        "card": "hero_image:any icon:any title:text subtitle:text body:text actions:any "
        "slack_icon:any subtext:text",
        "carousel": "elements!:list",
        "container": "child_blocks!:list title:any rich_text_title:any subtitle:any width:str icon:any "
        "is_collapsible:bool default_collapsed:bool has_header_divider:bool",
        "context": "elements!:context",
        "context_actions": "elements!:list",
        "data_table": "rows!:list caption!:any page_size:int row_header_column_index:int column_settings:list",
        "data_visualization": "title!:any chart!:any",
        "divider": "",
        "file": "external_id!:str source!:str",
        "header": "text!:plain",
        "image": "image_url:str slack_file:file alt_text!:str title:plain",
        "input": "label!:plain element!:element dispatch_action:bool hint:plain optional:bool",
        "markdown": "text!:str",
        "plan": "title!:any tasks:list",
        "rich_text": "elements!:list",
        "section": "text:text fields:texts accessory:element expand:bool",
        "table": "rows!:list column_settings:list",
        "task_card": "task_id!:str title!:str details:any output:any sources:list status:str",
        "video": "alt_text!:str thumbnail_url!:str title!:plain video_url!:str author_name:str description:plain "
        "provider_icon_url:str provider_name:str title_url:str",
    }.items()
}

ELEMENTS: dict[str, Fields] = {
    kind: _fields(line)
    for kind, line in {
        "button": "text!:plain action_id:str url:str value:str style:style confirm:confirm accessibility_label:str "
        "agent_prompt:str agent_prompt_display:str",
        "workflow_button": "text!:plain workflow!:any action_id:str style:style "
        "accessibility_label:str confirm:confirm",
        "image": "image_url:str slack_file:file alt_text!:str",
        "overflow": "action_id:str options!:options confirm:confirm",
        "checkboxes": "action_id:str options!:options initial_options:options confirm:confirm focus_on_load:bool",
        "radio_buttons": "action_id:str options!:options initial_option:option confirm:confirm focus_on_load:bool",
        "datepicker": _MENU + "initial_date:date",
        "timepicker": _MENU + "initial_time:time timezone:str",
        "datetimepicker": "action_id:str initial_date_time:int confirm:confirm focus_on_load:bool",
        "static_select": _MENU + _STATIC + "initial_option:option",
        "external_select": _MENU + "initial_option:option min_query_length:int",
        "users_select": _MENU + "initial_user:str",
        "conversations_select": _MENU + "initial_conversation:str default_to_current_conversation:bool "
        "response_url_enabled:bool filter:filter",
        "channels_select": _MENU + "initial_channel:str response_url_enabled:bool",
        "multi_static_select": _MANY + _STATIC + "initial_options:options",
        "multi_external_select": _MANY + "initial_options:options min_query_length:int",
        "multi_users_select": _MANY + "initial_users:list",
        "multi_conversations_select": _MANY + "initial_conversations:list default_to_current_conversation:bool "
        "filter:filter",
        "multi_channels_select": _MANY + "initial_channels:list",
        "plain_text_input": _INPUT + "initial_value:str multiline:bool min_length:int max_length:int",
        "email_text_input": _INPUT + "initial_value:str",
        "url_text_input": _INPUT + "initial_value:str",
        "number_input": _INPUT + "is_decimal_allowed!:bool initial_value:str min_value:str max_value:str",
        "rich_text_input": _INPUT + "initial_value:any min_lines:int max_lines:int",
        "file_input": "action_id:str filetypes:list max_files:int",
    }.items()
}

OBJECTS: dict[str, Fields] = {
    kind: _fields(line)
    for kind, line in {
        "plain_text": "text!:str emoji:bool",
        "mrkdwn": "text!:str verbatim:bool",
        "option": "text!:text value!:str description:text url:str",
        "group": "label!:plain options!:options",
        "confirm": "title!:plain text!:text confirm!:plain deny!:plain style:style",
        "filter": "include:list exclude_external_shared_channels:bool exclude_bot_users:bool",
        "dispatch": "trigger_actions_on:list",
        "file": "id:str url:str",
    }.items()
}

VIEWS: dict[str, Fields] = {
    "modal": _fields(
        "blocks!:blocks title!:plain submit:plain close:plain private_metadata:str callback_id:str "
        "clear_on_close:bool notify_on_close:bool external_id:str submit_disabled:bool"
    ),
    "home": _fields("blocks!:blocks private_metadata:str callback_id:str external_id:str"),
}

_SELECTS = {"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
_MULTI = {f"multi_{kind}" for kind in _SELECTS}
_PICKERS = {"datepicker", "timepicker", "checkboxes", "radio_buttons"}

#: Which elements may stand in which block.
HOMES: dict[str, set[str]] = {
    "section": _SELECTS | _MULTI | _PICKERS | {"button", "workflow_button", "overflow", "image"},
    "actions": _SELECTS | _MULTI | _PICKERS | {"button", "workflow_button", "overflow", "datetimepicker"},
    "context": {"image"},
    "input": (set(ELEMENTS) - {"button", "workflow_button", "overflow", "image"}),
}

_EVERYWHERE = {"actions", "card", "context", "divider", "header", "image", "input", "rich_text", "section", "video"}
_WIDE = {"carousel", "container", "data_table", "data_visualization", "table"}

#: Which blocks may stand on which surface.
SURFACES: dict[str, set[str]] = {
    "message": _EVERYWHERE | _WIDE | {"context_actions", "file", "markdown", "plan", "task_card"},
    "modal": _EVERYWHERE | {"alert"},
    "home": _EVERYWHERE | _WIDE,
}
