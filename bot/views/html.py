"""Pages for a browser, from the templates beside this file. What they are given is escaped."""

from __future__ import annotations

from functools import lru_cache

import jinja2


@lru_cache(maxsize=8)
def template(name: str) -> jinja2.Template:
    """`name`: of a file in `templates/`; raises jinja2.TemplateNotFound."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("bot.views"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return env.get_template(name)
