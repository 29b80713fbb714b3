"""Slack at the edge: what comes in (Bolt, HTTP, Socket Mode, installations) and every call that goes out."""
