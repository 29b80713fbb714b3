"""The same job on each: many tasks that are due, each handled by a function that does nothing.

One file an engine, run as `python -m benchmarks.engines.<name> URL TASKS` in a process of its own, which prints one
line of JSON. Those of other makers live in a virtual environment of their own (`make bench-engines` sets it up).
"""
