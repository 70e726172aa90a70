"""Commands whose options stand in groups, and the options of figures: all of what the table says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from ..figure.options.option import Option
from ..figure.options.table import CALLS, FILE, GROUPS, OPTIONS, OUTPUT, options_of
from . import complete, immediate

Function = TypeVar("Function", bound=Callable[..., Any])
NETWORK, MESSAGES = "Network", "Messages"
ORDER = (NETWORK, *GROUPS, MESSAGES)
"""The heads of the help."""


class Grouped(click.Option):
    """An option that stands under a head of the help."""

    def __init__(self, *args: Any, group: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.group = group


class Command(click.Command):
    """A command whose help has its options in groups, and an example of each."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return immediate.HELP

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        groups: dict[str, list[tuple[str, str]]] = {head: [] for head in ORDER}
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx) if isinstance(param, click.Option) else None
            if record is not None:
                groups[getattr(param, "group", MESSAGES)].append(record)
        wide = max(len(name) for records in groups.values() for name, _ in records)
        for head, records in groups.items():
            if records:
                with formatter.section(head):
                    formatter.write_dl([(name.ljust(wide), text) for name, text in records])
        self._format_examples(formatter)

    def _format_examples(self, formatter: click.HelpFormatter) -> None:
        rows = dict[str, Option]()
        for row in OPTIONS:
            if self._call(row) and row.name in {param.name for param in self.params}:
                rows.setdefault(row.group, row)
        if rows:
            with formatter.section("Examples"):
                formatter.write("".join(f"  {self.example(row)}\n" for row in rows.values()))

    def _call(self, row: Option) -> str | None:
        """The sources of an example of an option, for this command."""
        return next((CALLS[thing].source for thing in row.of if CALLS[thing].command == self.name), None)

    def example(self, row: Option) -> str:
        """How an option is given to this command."""
        return f"netdraw {self.name} {self._call(row)} {row.example}"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does; what is an option of other commands is told.

        Short options are given by their long names: click would look for what is near them, which takes its time.
        """
        longs = {param.opts[0]: param.opts[-1] for param in self.params if len(param.opts) > 1}
        end = args.index("--") if "--" in args else len(args)
        try:
            return super().parse_args(ctx, [*(longs.get(arg, arg) for arg in args[:end]), *args[end:]])
        except click.NoSuchOption as error:
            words = (error.option_name.removeprefix("--"), error.option_name.removeprefix("--no-"))
            things = [thing for row in OPTIONS if row.words in words for thing in row.of]
            calls = dict.fromkeys(f"netdraw {CALLS[thing].command}" for thing in things)
            if not calls:
                raise
            message = f"No such option: {error.option_name}; it is one of {', '.join(calls)}"
            raise click.NoSuchOption(error.option_name, message, ctx=ctx) from None


def option(*names: str, group: str, **more: Any) -> Callable[[Function], Function]:
    """An option under a head."""
    return click.option(*names, cls=Grouped, group=group, **more)


def several(*adds: Callable[[Function], Function]) -> Callable[[Function], Function]:
    """Several options at once, in this order."""

    def add(function: Function) -> Function:
        for one in reversed(adds):
            function = one(function)
        return function

    return add


def figure_options(*things: str) -> Callable[[Function], Function]:
    """The options that these figures, tables and files have; what is not given is None or ()."""
    return several(*[_option(row, row.shown(things[0])) for row in options_of(*things).values()])


def _option(row: Option, default: str) -> Callable[[Function], Function]:
    name = f"--{row.words}"
    more: dict[str, Any] = {"help": f"{row.doc}  [default: {default}]" if default else row.doc, "default": None}
    if row.takes.metavar:
        more.update(metavar=row.takes.metavar, multiple=row.takes.several, type=row.takes.number)
        more["shell_complete"] = complete.values(row)
    elif row.default:
        name += f"/--no-{row.words}"
    else:
        more["is_flag"] = True
    return option(name, row.name, group=row.group, **more)


def given(options: Mapping[str, Any]) -> dict[str, Any]:
    """The options that were given."""
    return {name: value for name, value in options.items() if value is not None and value != ()}


def of_drawing(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those that a figure is drawn with, without those of the files it is written to."""
    return {name: value for name, value in options.items() if name not in options_of(FILE)}


def file_options(to: str, formats: str, offered: complete.Completer) -> Callable[[Function], Function]:
    """-o and -f; `to` says where a result goes by itself, `formats` which there are."""
    return several(
        option("-o", "--output", "outputs", group=OUTPUT, multiple=True, metavar="FILE", help=f"Where to; {to}."),
        option("-f", "--format", group=OUTPUT, shell_complete=offered, metavar="NAME", help=f"{formats}."),
    )


def in_words(name: str, value: str = "") -> str:
    """An option with a value, as the command line has it."""
    words = next((row.words for row in OPTIONS if row.name == name), name.replace("_", "-"))
    return f"--{words} {value}".rstrip()
