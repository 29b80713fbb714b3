"""A local Slack workspace with a browser page. Knows nothing of the bot."""
