"""The bot: Slack, Redis and the clock only at its edge."""
