"""The options of figures, each stated once, for the commands that have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from . import complete

Command = TypeVar("Command", bound=Callable[..., Any])

_WIDTHS = "px as a bare number, 174mm, 3.5in, screen (1440 px), page (174 mm), column (3.5 in), none (one row)"

OPTIONS: dict[str, dict[str, Any]] = {
    "theme": {
        "shell_complete": complete.theme,
        "default": "default",
        "show_default": True,
        "metavar": "NAME",
        "help": "A theme, or the path of one.",
    },
    "layout": {
        "shell_complete": complete.layout,
        "default": "auto",
        "show_default": True,
        "metavar": "NAME",
        "help": "strip, stack (downwards), dot (by Graphviz), or auto: strip, but dot above eight lanes.",
    },
    "width": {
        "shell_complete": complete.width,
        "default": "screen",
        "show_default": True,
        "metavar": "WIDTH",
        "help": f"{_WIDTHS}.",
    },
    "height": {
        "metavar": "HEIGHT",
        "help": "The most it may be high, px, mm or in, or none; by default 240mm where the width is in mm or in.",
    },
    "depth": {
        "metavar": "DEPTH",
        "help": "What is drawn: stage, block (closed) or layer; by default what fits.",
    },
    "cost": {
        "shell_complete": complete.cost,
        "default": "macs",
        "show_default": True,
        "metavar": "UNIT",
        "help": "macs, flops (2 × MACs), params, none.",
    },
    "unfold": {"is_flag": True, "help": "Draw every member of a repeat."},
    "labels": {
        "shell_complete": complete.labels,
        "default": "compact",
        "show_default": True,
        "metavar": "HOW",
        "help": "compact, full, relative, or a template such as '{kernel}, {out}'.",
    },
    "bars": {
        "shell_complete": complete.bars,
        "default": "shape",
        "show_default": True,
        "metavar": "VALUE",
        "help": "What bars show: shape, params, macs, memory, receptive, none.",
    },
    "shape-order": {
        "shell_complete": complete.shape_order,
        "default": "chw",
        "show_default": True,
        "metavar": "ORDER",
        "help": "chw or hwc.",
    },
    "fuse-pool": {"is_flag": True, "help": "Draw a convolution and the pooling behind it as one cell."},
    "legend/--no-legend": {"default": True, "help": "The kinds of cells, below; shown by default."},
    "title/--no-title": {"default": True, "help": "The title; shown by default."},
    "caption/--no-caption": {"default": True, "help": "Source and convention, below; shown by default."},
    "lang": {
        "shell_complete": complete.lang,
        "default": "en",
        "show_default": True,
        "metavar": "LANGUAGE",
        "help": "The figure's words: en, zh.",
    },
    "fonts": {
        "shell_complete": complete.fonts,
        "default": "embed",
        "show_default": True,
        "metavar": "HOW",
        "help": "How an SVG comes to its fonts: embed, link, outline, none.",
    },
    "only": {
        "shell_complete": complete.node,
        "metavar": "GLOB",
        "help": "Draw a part: a pattern of ids or titles, such as stages.3 or conv3_x.",
    },
    "highlight": {
        "shell_complete": complete.node,
        "multiple": True,
        "metavar": "GLOB",
        "help": "Frame what a pattern of ids or titles names; repeatable.",
    },
    "font": {
        "shell_complete": complete.file,
        "multiple": True,
        "metavar": "FILE",
        "help": "A font file to draw in; repeatable: a bold one, one for more characters, netdraw for ours.",
    },
    "scale": {"type": float, "default": 2.0, "show_default": True, "help": "Pixels of a PNG per px of the figure."},
    "transparent": {"is_flag": True, "help": "Leave out the ground, for a page of another colour."},
}
"""By the option's words, what click needs to know of it."""


def view_options(*names: str, **others: dict[str, Any]) -> Callable[[Command], Command]:
    """The options of those names, in this order; `others` replace parts of one, by its name."""

    def add(command: Command) -> Command:
        for name in reversed(names):
            known = next(key for key in OPTIONS if key.partition("/")[0] == name)
            command = click.option(f"--{known}", **{**OPTIONS[known], **others.get(name, {})})(command)
        return command

    return add


def several_options(command: Command) -> Command:
    """Those of a figure of several networks, which may be wider than a screen."""
    width = {
        "default": None,
        "show_default": False,
        "help": "As for render; by default up to 1.5 screens for fewer rows, or what it needs.",
    }
    names = ("theme", "width", "cost", "legend", "title", "caption", "lang", "fonts", "font", "scale", "transparent")
    return view_options(*names, width=width)(command)
