"""The one place where templates are filled: every value that is put in is escaped, once, for the format."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from . import resources


def fill(template: str, escape: Callable[[str], str], *, tex: bool = False, **values: Any) -> str:
    """The template `templates/NAME` with its values; `escape` is applied to all of them.

    `tex` templates write `<< value >>`, `<% statement %>` and `<# remark #>`, since braces are TeX's own.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: start-up time

    signs = ("<%", "%>", "<<", ">>", "<#", "#>") if tex else ("{%", "%}", "{{", "}}", "{#", "#}")
    environment = Environment(
        *signs,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        finalize=lambda value: escape(str(value)),
        loader=FileSystemLoader(resources.path("templates"), encoding="utf-8"),
        autoescape=False,
    )
    return environment.get_template(template).render(**values)
