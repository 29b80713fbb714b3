"""A Redis of our own, for when no REDIS_URL is given."""
