"""`netdraw diff`: what differs between two networks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from . import complete
from .common import CONTEXT, STDOUT, asked, complete_source, deliver, emit, read_settings, remark, shared, show
from .view import several_options

if TYPE_CHECKING:
    from ..changes import Difference

COLORS = {"+": "green", "−": "red", "~": "yellow", "→": "cyan", "·": "bright_black"}
"""By the sign that a line begins with."""
SAME, DIFFERS, TROUBLE = 0, 1, 2


@click.command(context_settings=CONTEXT)
@click.argument("source", shell_complete=complete_source)
@click.argument("other", required=False, shell_complete=complete_source)
@click.option(
    "-f",
    "--format",
    shell_complete=complete.diff_format,
    metavar="NAME",
    help="text, md, html, json or csv; svg, png or pdf for a figure.  [default: by the file's suffix, else text]",
)
@click.option("-o", "--output", "outputs", multiple=True, metavar="FILE", help="Where to; by default stdout.")
@click.option("--all", "everything", is_flag=True, help="Show the layers that are the same, too.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    shell_complete=complete.setting,
    metavar="NAME=VALUE",
    help="A param of both files, as in YAML; repeatable.",
)
@click.option(
    "--set-a", multiple=True, shell_complete=complete.setting, metavar="NAME=VALUE", help="A param of SOURCE alone."
)
@click.option(
    "--set-b", multiple=True, shell_complete=complete.setting, metavar="NAME=VALUE", help="A param of OTHER alone."
)
@several_options
@shared
def command(
    source: str,
    other: str | None,
    format: str | None,
    outputs: tuple[str, ...],
    everything: bool,
    settings: tuple[str, ...],
    set_a: tuple[str, ...],
    set_b: tuple[str, ...],
    scale: float,
    transparent: bool,
    **view: Any,
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
    made = {"scale": scale, "transparent": transparent}
    sources = source, source if other is None else other
    wanted = tuple(
        (name, {**read_settings(settings, "--set", name), **read_settings(own, option, name)})
        for name, own, option in zip(sources, (set_a, set_b), ("--set-a", "--set-b"), strict=True)
    )
    try:
        same = _told(
            wanted, format, outputs, lambda found, name, figure: _written(found, name, figure, everything, made, view)
        )
    except NetdrawError as error:
        show(fault for fault in error.faults if fault.severity != "note" or asked("verbose"))
        click.get_current_context().exit(TROUBLE)
    click.get_current_context().exit(SAME if same else DIFFERS)


def _told(
    wanted: tuple[tuple[str, dict[str, object]], ...],
    format: str | None,
    outputs: tuple[str, ...],
    write: Callable[[Difference, str, bool], bytes],
) -> bool:
    """Writes what differs; whether nothing does."""
    from ..api.diff import compared
    from ..api.formats import diffs, table_or_figure
    from ..api.load import load_each
    from ..core.errors import both, gather

    told = STDOUT in outputs or not (outputs or asked("quiet"))
    files = dict.fromkeys([*(file for file in outputs if file != STDOUT), *([STDOUT] if told else [])])
    (one, other), formats = both(
        lambda: load_each(wanted),
        lambda: gather(*[partial(table_or_figure, file, format, diffs(), "diff") for file in files]),
    )
    remark(dict.fromkeys((*one.faults, *other.faults)))
    found = compared(one, other)
    made = [(file, write(found, *read)) for file, read in zip(files, formats, strict=True)]
    deliver(made[:-1] if told else made)
    if told:
        emit(_colored(made[-1][1].decode()) if formats[-1][0] == "text" else made[-1][1])
    return found.same


def _written(
    found: Difference, name: str, figure: bool, everything: bool, made: dict[str, Any], view: dict[str, Any]
) -> bytes:
    """A diff in a format: a text, or a figure."""
    if not figure:
        return found.text(name, all=everything).encode()
    drawing = found.draw(**view)
    remark(drawing.faults)
    return drawing.to_bytes(name, **made)


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
