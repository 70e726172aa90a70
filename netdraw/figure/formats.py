"""The formats of figures: which a file's name tells, and which options each has a use for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from ..core.errors import Fault, OptionError, OutputError, option
from ..render import RENDERERS, Renderer, renderer
from .options.table import OPTIONS


def format_of(path: str) -> str:
    """The format that a file's suffix tells. Raises OptionError, naming the file, where it tells none."""
    suffix = os.path.splitext(path)[1]
    if os.path.isdir(path) or path.endswith(("/", os.sep)):
        raise OutputError([Fault("ND002", "this is a directory; name a file in it", where=path)])
    if not suffix:
        message = f"the file has no suffix that tells its format; write {option('format')}"
        raise OptionError([Fault("ND606", message, where=path)])
    try:
        return renderer(suffix).name
    except OptionError as error:
        raise OptionError([fault._replace(where=path) for fault in error.faults]) from None


def scene_formats() -> list[str]:
    """The formats of figures that have places: those of several networks, too."""
    return [name for name in RENDERERS.names() if RENDERERS[name].reads == "scene"]


def figure_format(name: str) -> str | None:
    """The format of a figure of that name or suffix, or None where it is none of a figure."""
    try:
        return renderer(name).name
    except OptionError:
        return None


def heeds(format: Renderer, name: str) -> bool:
    """Whether a format has a use for an option of figures."""
    written = any(row.written for row in OPTIONS if row.name == name)
    return name in format.takes or (format.reads == "scene" and not written)


def unused(given: Iterable[str], formats: Sequence[Renderer], texts: Iterable[str] = ()) -> list[Fault]:
    """A fault for each option that none of the formats has a use for, nor has a text; it names those that have."""
    lost = [name for name in given if not any(heeds(one, name) for one in formats)]
    if not lost:
        return []
    named = " or ".join(dict.fromkeys([*(one.name for one in formats), *texts]))
    known = scene_formats() if texts else RENDERERS.names()
    faults = []
    for name in lost:
        able = ", ".join(key for key in known if heeds(RENDERERS[key], name))
        message = f"{option(name)} is no option of {option('format', named)}; it is one of {able}"
        faults.append(Fault("ND673", message, where=option(name)))
    return faults
