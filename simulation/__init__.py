"""A quarter in the life of groups: people with habits, the real bot, the playground, a clock that is moved on."""
