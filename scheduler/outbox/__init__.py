"""The delivery engine: claim an entry, mark it as sending, post it, mark it as sent."""
