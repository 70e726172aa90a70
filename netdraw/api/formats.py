"""The files that a command writes: the format of each, and which of the options given none of them has a use for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from ..core.errors import Errors, Fault, OptionError, did_you_mean, option
from ..core.records import NamedTuple
from ..figure.choice import read_options
from ..figure.drawing import Drawing
from ..figure.formats import figure_format, format_of, heeds, scene_formats, unused
from ..figure.options.table import FILE, options_of
from ..render import RENDERERS, renderer

Texts = Mapping[str, tuple[str, ...]]
"""The suffixes of each format of a text by its name; the first is that of a file without a suffix."""
STDOUT = "-"


class Output(NamedTuple):
    """A file, `-` for stdout, and its format, which may be that of a figure."""

    file: str
    format: str
    figure: bool


def tables() -> Texts:
    """The formats that tables of all kinds are written in."""
    from ..tables.summary import SUMMARIES  # late: start-up time

    return _text_first({name: SUMMARIES[name].suffixes for name in SUMMARIES.names() if SUMMARIES[name].tables})


def diffs() -> Texts:
    """The formats that a diff is written in."""
    from ..changes import DIFFS  # late: start-up time

    return _text_first({name: DIFFS[name].suffixes for name in DIFFS.names()})


def _text_first(found: Texts) -> Texts:
    return {"text": found["text"], **found}


def figures_of(files: Iterable[str], format: str | None, errors: Errors) -> list[Output]:
    """The files of a network's figure; formats that are none are kept in `errors`."""
    found = []
    for file in files:
        with errors:
            name = renderer(format).name if format else "svg" if file == STDOUT else format_of(file)
            found.append(Output(file, name, True))
    return found


def tables_or_figures(
    files: Iterable[str], format: str | None, texts: Texts, what: str, errors: Errors
) -> list[Output]:
    """The files, in each of which `what` is written as one of these texts or as a figure.

    A name and a suffix that are none are kept in `errors`, with the choices.
    """
    found = []
    for file in files:
        with errors:
            found.append(Output(file, *_table_or_figure(file, format, texts, what)))
    return found


def _table_or_figure(file: str, format: str | None, texts: Texts, what: str) -> tuple[str, bool]:
    suffix = os.path.splitext(file)[1].lower()
    wanted = suffix if format is None else format
    if not wanted and (texts or file == STDOUT):
        return (next(iter(texts)), False) if texts else ("svg", True)
    named = [name for name, suffixes in texts.items() if wanted == name or (format is None and wanted in suffixes)]
    if named:
        return named[0], False
    figure = figure_format(wanted) if wanted else format_of(file)
    if figure is not None and RENDERERS[figure].reads == "scene":
        return figure, True
    known = did_you_mean(wanted.lstrip("."), [*texts, *scene_formats()])
    where = file if format is None else option("format")
    raise OptionError([Fault("ND606", f"unknown format '{wanted}' of a {what}{known}", where=where)])


def check_options(
    given: Mapping[str, Any],
    things: tuple[str, ...],
    outputs: Iterable[Output],
    errors: Errors,
    *,
    table: tuple[str, ...] = (),
    instead: str = "",
) -> None:
    """Keeps in `errors` what is wrong with the options of a command that makes these figures, and texts that have the
    options of `table`: values that do not fit, and options that nothing of what is made has a use for.

    `instead` is the option that asks for these and no others.
    """
    made = list(outputs)
    figures = [RENDERERS[one.format] for one in made if one.figure]
    texts = [one.format for one in made if not one.figure]
    drawn, own = options_of(*things, FILE) if things else {}, options_of(*table) if texts else {}
    errors.add(*unused([name for name in given if name in drawn and name not in own], figures, texts))
    message = f"{{}} is no option of {instead}; leave one of them out"
    others = [option(name) for name in given if name not in drawn and name not in own]
    errors.add(*[Fault("ND673", message.format(name), where=name) for name in others])
    for what, rows in (((*things, FILE), drawn if figures else {}), (table, own)):
        if rows:
            read_options(what, {name: value for name, value in given.items() if name in rows}, errors)


def written(drawing: Drawing, formats: Iterable[str], given: Mapping[str, Any]) -> dict[str, bytes]:
    """By format, the bytes of a figure, with those of the options of files that the format has a use for."""
    found = {}
    for name in dict.fromkeys(formats):
        file = {key: given[key] for key in options_of(FILE) if key in given and heeds(RENDERERS[name], key)}
        found[name] = drawing.to_bytes(name, **file)
    return found
