"""Redis: every key in one place, versioned records."""
