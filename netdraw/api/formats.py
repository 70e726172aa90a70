"""The format of a file that can be a table or a figure: by its name, else by the file's suffix."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ..changes import DIFFS
from ..core.errors import Fault, OptionError, did_you_mean
from ..figure.drawing import figure_format, format_of, scene_formats
from ..tables.summary import SUMMARIES

Texts = Mapping[str, tuple[str, ...]]
"""The suffixes of each format of a text by its name; the first is that of a file without a suffix."""


def tables() -> Texts:
    """The formats that tables of all kinds are written in."""
    return _text_first({name: SUMMARIES[name].suffixes for name in SUMMARIES.names() if SUMMARIES[name].tables})


def diffs() -> Texts:
    """The formats that a diff is written in."""
    return _text_first({name: DIFFS[name].suffixes for name in DIFFS.names()})


def _text_first(found: Texts) -> Texts:
    return {"text": found["text"], **found}


def table_or_figure(file: str, format: str | None, texts: Texts, what: str) -> tuple[str, bool]:
    """The format of a file, `-` for stdout, and whether it is one of a figure; `what` is written in it.

    Raises OptionError, with the choices, for a name and a suffix that are none.
    """
    suffix = os.path.splitext(file)[1].lower()
    wanted = suffix if format is None else format
    if not wanted and (texts or file == "-"):
        return (next(iter(texts)), False) if texts else ("svg", True)
    named = [name for name, suffixes in texts.items() if wanted == name or (format is None and wanted in suffixes)]
    figure = figure_format(wanted) if wanted else format_of(file)
    if named or figure in scene_formats():
        return (named[0], False) if named else (figure or "", True)
    known = did_you_mean(wanted.lstrip("."), [*texts, *scene_formats()])
    where = file if format is None else "--format"
    raise OptionError([Fault("ND606", f"unknown format '{wanted}' of a {what}{known}", where=where)])
