"""`netdraw diff`: what differs between two networks."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from ..figure.options.table import FILE, PART
from . import complete
from .common import STDOUT, as_command, deliver, flag, made, read_settings, remark, setting_option
from .options import figure_options, file_options, given, of_drawing, option
from .streams import emit, show_error

if TYPE_CHECKING:
    from ..changes import Difference

COLORS = {"+": "green", "−": "red", "~": "yellow", "→": "cyan", "·": "bright_black"}
"""By the sign that a line begins with."""
SAME, DIFFERS, TROUBLE = 0, 1, 2


@as_command
@click.argument("source", shell_complete=complete.source)
@click.argument("other", required=False, shell_complete=complete.source)
@setting_option("--set", "settings", of="both files")
@setting_option("--set-a", of="SOURCE alone")
@setting_option("--set-b", of="OTHER alone")
@file_options(
    "by default stdout",
    "text, md, html, json or csv; svg, png or pdf for a figure. By default the file's suffix says it, else text",
    complete.diff_format,
)
@option("--all", "everything", group=PART, is_flag=True, help="In texts, show the layers that are the same, too.")
@figure_options("diff", FILE)
def command(
    source: str,
    other: str | None,
    outputs: tuple[str, ...],
    format: str | None,
    everything: bool,
    settings: tuple[str, ...],
    set_a: tuple[str, ...],
    set_b: tuple[str, ...],
    **options: Any,
) -> None:
    """Tell what differs between SOURCE and OTHER, layer by layer, with what it costs; or draw both in one figure.

    Without OTHER, SOURCE is compared with itself under other params: netdraw diff mobilenet_v2 --set-b width=1.4

    Exits with 0 where nothing differs, 1 where something does, 2 where one of them is wrong. With -q only that.
    """
    from ..core.errors import NetdrawError

    if other is None and not (set_a or set_b):
        raise click.UsageError("give two sources; or one, with --set-b NAME=VALUE")
    if source == other == "-":
        raise click.UsageError("only one of the two can be read from standard input")
    sources = source, source if other is None else other
    params = [
        (name, {**read_settings(settings, "--set", name), **read_settings(own, words, name)})
        for name, own, words in zip(sources, (set_a, set_b), ("--set-a", "--set-b"), strict=True)
    ]
    told = STDOUT in outputs or not (outputs or flag("quiet"))
    files = [*dict.fromkeys(file for file in outputs if file != STDOUT), *([STDOUT] if told else [])]
    try:
        found = _write(params, files, format, everything, given(options))
    except NetdrawError as error:
        show_error(error, notes=flag("verbose"))
        click.get_current_context().exit(TROUBLE)
    click.get_current_context().exit(SAME if found.same else DIFFERS)


def _write(
    sources: list[tuple[str, dict[str, Any]]],
    files: list[str],
    format: str | None,
    everything: bool,
    view: dict[str, Any],
) -> Difference:
    """Writes what differs, to stdout last."""
    from ..api.diff import compared
    from ..api.formats import Output, check_options, diffs, tables_or_figures
    from ..api.load import load_each
    from ..core.errors import Errors, Fault

    errors = Errors()
    with errors:
        one, other = load_each(sources)
    found = tables_or_figures(files, format, diffs(), "diff", errors)
    check_options(view, ("diff",), found or [Output(STDOUT, "text", False)], errors)
    if everything and found and all(output.figure for output in found):
        errors.add(Fault("ND673", "--all is no option of figures; leave it out", where="--all"))
    errors.check()
    remark(dict.fromkeys((*one.faults, *other.faults)))
    diff = compared(one, other)

    drawn = of_drawing(view)
    written = made(found, view, lambda name: diff.text(name, all=everything), lambda: diff.draw(**drawn))
    told = files[-1:] == [STDOUT]
    deliver(written[:-1] if told else written)
    if told:
        emit(_colored(written[-1][1].decode()) if found[-1].format == "text" else written[-1][1])
    return diff


def _colored(text: str) -> str:
    """The signs and ids of a text in colour, on a terminal or where colour is asked for."""
    color = click.get_current_context().color
    if not (sys.stdout.isatty() if color is None else color):
        return text
    return "".join(map(_colored_line, text.splitlines(keepends=True)))


def _colored_line(line: str) -> str:
    sign, rest = line[:2], line[2:]
    if sign.strip() not in COLORS or not sign.endswith(" "):
        return line
    id, gap, more = rest.partition("  ")
    return click.style(sign + id, fg=COLORS[sign.strip()]) + gap + more
