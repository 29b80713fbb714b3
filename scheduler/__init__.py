"""Time came to us: decide what is due, plan it, deliver it."""
