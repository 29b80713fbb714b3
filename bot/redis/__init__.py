"""The driver: one server, sentinels or a cluster behind one connection; batching; scripts."""

OLDEST = (6, 2)
"""What our scripts need; the server must be this or newer, Valkey counts as new."""
