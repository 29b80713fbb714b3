"""How Slack reaches us: Bolt, and the two ways in, Socket Mode and signed HTTP."""
