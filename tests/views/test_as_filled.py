"""A form that Slack gave back is drawn again with what was answered in it, and with nothing that is Slack's own."""

from __future__ import annotations

from bot.views.as_filled import as_filled


def test_as_filled__what_was_answered_is_what_it_begins_with() -> None:
    words = {"type": "plain_text_input", "action_id": "what", "initial_value": "Before"}
    how = {"type": "static_select", "action_id": "how"}
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-12-01"}
    chosen = {"text": {"type": "plain_text", "text": "Moving"}, "value": "moving"}
    values = {
        "what": {"what": {"type": "plain_text_input", "value": "After"}},
        "how": {"how": {"type": "static_select", "selected_option": chosen}},
        "day": {"day": {"type": "datepicker", "selected_date": None}},
    }
    fields = [{"type": "input", "block_id": one["action_id"], "element": one} for one in (words, how, day)]
    button = {"type": "actions", "elements": [{"type": "button", "action_id": "x", "value": "{}"}]}
    again = as_filled(
        {
            "id": "V1",
            "type": "modal",
            "hash": "1.2",
            "callback_id": "form",
            "submit": None,
            "blocks": [*fields, button],
            "state": {"values": values},
        }
    )
    assert again == {
        "type": "modal",
        "callback_id": "form",
        "blocks": [
            {"type": "input", "block_id": "what", "element": words | {"initial_value": "After"}},
            {"type": "input", "block_id": "how", "element": how | {"initial_option": chosen}},
            {"type": "input", "block_id": "day", "element": {"type": "datepicker", "action_id": "day"}},
            button,
        ],
    }  # an answer that was taken out is not what it began with
