"""What commands share: options, and how faults, notes and results are written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import Fault, NetdrawError
from ..core.output import write_all
from ..core.terminal import shown
from . import complete, immediate
from .options import MESSAGES, NETWORK, Command, Function, option, several
from .streams import emit, show, tell

if TYPE_CHECKING:
    from ..api.formats import Output
    from ..api.network import Network
    from ..figure.drawing import Drawing

_COLOUR = "Colour messages; by default on a terminal only."
STDOUT = "-"


def unit_of(length: str) -> str:
    """What stands behind a length without a unit."""
    return "" if length[-1].isalpha() else " px"


def as_command(function: Function) -> Command:
    """A command of netdraw, by its file's name, with the options of every command: -q, -v, --strict, --color, -V.

    These live in the context, not in the arguments.
    """
    kept: dict[str, Any] = {"expose_value": False, "group": MESSAGES}
    marked = {**kept, "is_flag": True, "callback": _keep}
    add = several(
        option("-q", "--quiet", help="Say nothing but errors.", **marked),
        option("-v", "--verbose", help="Say notes, too.", **marked),
        option("--strict", help="Warnings fail like errors.", **marked),
        option("--color/--no-color", default=None, callback=_color, help=_COLOUR, **kept),
        immediate.version,
    )
    settings = {"help_option_names": ["-h", "--help"]}
    return click.command(function.__module__.rpartition(".")[2], cls=Command, context_settings=settings)(add(function))


def _keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
    ctx.meta[f"netdraw.{param.name}"] = value


def _color(ctx: click.Context, param: click.Parameter, value: bool | None) -> None:
    ctx.color = ctx.find_root().color = False if value is None and os.environ.get("NO_COLOR") else value


def flag(name: str) -> bool:
    """Whether a shared flag was given: quiet, verbose or strict."""
    ctx = click.get_current_context(silent=True)
    return bool(ctx and ctx.meta.get(f"netdraw.{name}"))


def source_argument(command: Function) -> Function:
    """SOURCE; a plain string, which the library opens."""
    return click.argument("source", shell_complete=complete.source)(command)


def setting_option(*names: str, of: str, **more: Any) -> Callable[[Function], Function]:
    """--set, or one like it: a param of these sources."""
    said = f"A param of {of}, as in YAML; repeatable."
    shown: dict[str, Any] = {"metavar": "NAME=VALUE", "shell_complete": complete.setting, "help": said}
    return option(*names, group=NETWORK, multiple=True, **shown, **more)


_KEPT: dict[str, Any] = {"expose_value": False, "callback": _keep}
_VARIANT: dict[str, Any] = {"metavar": "NAME", "help": "The variant of the file; the same as FILE#NAME."}
network_options = several(
    setting_option("--set", of="the file", **_KEPT),
    option("--variant", group=NETWORK, shell_complete=complete.variant, **_VARIANT, **_KEPT),
)
"""--set and --variant; what they say is `chosen`."""


def chosen() -> dict[str, Any]:
    """The `variant` and the `params` that were asked for, as the library takes them."""
    kept = click.get_current_context().meta
    return {"variant": kept["netdraw.variant"], "params": read_settings(kept["netdraw.set"])}


def load_chosen(source: str) -> Network:
    """The network of a SOURCE, as it was asked for. Raises NetdrawError."""
    from ..api.load import find, load_text

    return load_text(find(source), **chosen())


def read_settings(settings: Iterable[str], option: str = "--set", source: str = "") -> dict[str, Any]:
    """The values of an option like --set by name, where several sources are read for this one; an option of another
    form is wrong usage.
    """
    written = list(settings)
    if not written:
        return {}
    from ..api.load import settings_of

    try:
        return settings_of(written, option, source)
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint=option) from None


def remark(faults: Iterable[Fault], *, notes: bool = False) -> None:
    """Shows warnings, and notes where they are wanted; raises NetdrawError under --strict for warnings."""
    found = tuple(faults)
    warnings = tuple(fault for fault in found if fault.severity == "warning")
    if warnings and flag("strict"):
        raise NetdrawError(found if notes or flag("verbose") else warnings)
    if not flag("quiet"):
        show(fault for fault in found if fault.severity == "warning" or notes or flag("verbose"))


def note(text: str) -> None:
    """Says what was done, to stderr; not under -q."""
    if not flag("quiet"):
        tell(shown(text))


def deliver(results: Iterable[tuple[str, bytes]], more: str = "") -> None:
    """Writes results, all of them or none: to files, and to stdout where the path is `-`; says so, and `more`."""
    made = list(results)
    write_all((path, data) for path, data in made if path != STDOUT)
    for path, data in made:
        if path == STDOUT:
            emit(data)
        else:
            note(f"wrote {path}{more}")


def made(
    outputs: Iterable[Output], options: Mapping[str, Any], text: Callable[[str], str], draw: Callable[[], Drawing]
) -> list[tuple[str, bytes]]:
    """The files of a command that writes tables and figures; the figure is drawn once, and its remarks are shown."""
    from ..api.formats import written

    found = list(outputs)
    figures: dict[str, bytes] = {}
    formats = [one.format for one in found if one.figure]
    if formats:
        drawing = draw()
        remark(drawing.faults)
        figures = written(drawing, formats, options)
    return [(one.file, figures[one.format] if one.figure else text(one.format).encode()) for one in found]
