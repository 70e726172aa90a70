"""One network under many values of its params: a table of what each costs, and a chart."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from . import options
from .api import Network, load_text
from .charts.draw import draw as draw_chart
from .charts.measures import BYTES, COUNTED, measure, measured
from .charts.model import Axis, Chart, Point, Series
from .collector import paused
from .diagram.glossary import glossary
from .drawing import Drawing, drawing
from .errors import Fault, NetdrawError, OptionError
from .fontoption import Font
from .medium import read_medium
from .numbers import grouped
from .settings import Written
from .sources import Source, find
from .summary.base import written
from .summary.tables import Column, Document, Record, Table, row
from .themes.base import Source as ThemeSource

MOST = 1000
"""A sweep has no more points."""


class Run(NamedTuple):
    """One point: the values as they are written, and what the network costs there; memory is of all activations."""

    values: tuple[str, ...]
    params: int
    macs: int
    memory: int
    counted: bool
    """Whether every layer has a rule for its MACs."""

    @property
    def flops(self) -> int:
        return 2 * self.macs


class Sweep:
    """All points in the order of the values, the last param's first. As a string it is a table; in a notebook both."""

    def __init__(self, name: str, title: str, params: tuple[str, ...], runs: tuple[Run, ...], cost: str) -> None:
        self.name, self.title, self.params, self.runs, self.cost = name, title, params, runs, cost

    def text(self, format: str = "text") -> str:
        """The table as text, md, csv, json, html or latex. Raises OptionError for an unknown format."""
        options.texts(format=format)
        return written(self._document(), format)

    def to_dict(self) -> dict[str, Any]:
        """Names, and numbers without units."""
        return {
            "name": self.name,
            "title": self.title,
            "over": list(self.params),
            "points": [{**dict(zip(self.params, run.values, strict=True)), **_numbers(run)} for run in self.runs],
        }

    def draw(
        self,
        *,
        x: str | None = None,
        y: str | None = None,
        theme: ThemeSource = "default",
        width: str | float = 960,
        title: bool = True,
        caption: bool = True,
        lang: str = "en",
        fonts: str = "embed",
        font: Font | None = None,
        **unknown: object,
    ) -> Drawing:
        """The chart: `x` and `y` are params, macs, flops or memory; the values of the first params make the lines.

        By itself the cost runs to the right, and params upwards, or memory where these never change. Raises
        OptionError for an unknown option or value, and where there is nothing to see.
        """
        options.known(unknown, Sweep.draw.__kwdefaults__)
        options.texts(fonts=fonts)
        options.choices(lang=lang)
        across = measure(x or (self.cost if self.cost in ("macs", "flops") else "macs"), "x", COUNTED)
        upward = measure(y or ("params" if len({run.params for run in self.runs}) > 1 else "memory"), "y", COUNTED)
        words = glossary(lang)
        names = [words.say(f"measure.{axis.name}") for axis in (across, upward)]
        about = words.say("chart.about", y=names[1], x=names[0], count=len(self.runs))
        said = words.say("sweep.title", title=self.title, params=words.say("compare.and").join(self.params))
        chart = Chart(
            said if title else "",
            Axis(names[0], across.log),
            Axis(names[1], upward.log),
            self._series(across.name, upward.name),
            words.say(f"convention.{across.name if across.name in ('macs', 'flops') else 'macs'}") if caption else "",
            about,
        )
        medium = read_medium(theme, width, font, lang)
        return drawing(draw_chart(chart, medium), medium, fonts)

    def _series(self, across: str, upward: str) -> tuple[Series, ...]:
        """A line for the values of all params but the last, whose values stand at the points."""
        lines: dict[tuple[str, ...], list[Point]] = {}
        for run in self.runs:
            *others, last = run.values
            label = last if len(self.params) > 1 else f"{self.params[0]} {last}"
            id = ",".join(f"{name}={value}" for name, value in zip(self.params, run.values, strict=True))
            lines.setdefault(tuple(others), []).append(Point(id, getattr(run, across), getattr(run, upward), label))
        return tuple([
            Series(" · ".join(f"{name} {value}" for name, value in zip(self.params, key, strict=False)), tuple(points))
            for key, points in lines.items()
        ])  # fmt: skip

    def _document(self) -> Document:
        heads = ["params", *([self.cost] if self.cost in ("macs", "flops") else []), "memory"]
        columns = [Column(name) for name in self.params] + [Column(COUNTED[key].head, "r") for key in heads]
        rows = [
            row([*run.values, *(_least(run, key) + grouped(getattr(run, key)) for key in heads)]) for run in self.runs
        ]
        records: list[Record] = [
            {**dict(zip(self.params, run.values, strict=True)), **_numbers(run)} for run in self.runs
        ]
        convention = glossary("en").say("convention.macs")
        note = f"{convention} Bytes are those of all activations, {BYTES} an element."
        title = f"{self.title}: {' × '.join(self.params)}"
        return Document(title, (Table("", tuple(columns), tuple(rows)),), (note,), tuple(records), self.to_dict())

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> Any:
        return {"image/svg+xml": self.draw().to_bytes("svg").decode(), "text/plain": self.text()}


def sweep(
    source: Source, /, over: Mapping[str, Sequence[Any]], *, variant: str | None = None, cost: str = "macs"
) -> Sweep:
    """The network at every combination of the values: `over={"width": [1, 0.5], "resolution": [224, 128]}`.

    Raises NetdrawError with the faults of all points, OptionError for no or too many points.
    """
    options.choices(cost=cost)
    points = _points(over)
    text = find(source)
    nets, faults = [], {}
    for values in points:
        try:
            nets.append(load_text(text, variant, dict(zip(over, values, strict=True))))
        except NetdrawError as error:
            faults.update(dict.fromkeys(map(_over, error.faults)))
    if faults:
        raise NetdrawError(faults)
    runs = tuple([_run(net, values) for net, values in zip(nets, points, strict=True)])
    first = nets[0]
    return Sweep(first.name, first.header.title or first.name, tuple(over), runs, cost)


@paused()
def _run(net: Network, values: Sequence[Any]) -> Run:
    found, counted = measured(net.analysis.total), not net.analysis.not_counted
    return Run(tuple(map(_said, values)), found.params, found.macs, found.memory, counted)


def _points(over: Mapping[str, Sequence[Any]]) -> list[tuple[Any, ...]]:
    """All combinations. Raises OptionError where there are none, or too many."""
    count = 1
    for name, values in over.items():
        if isinstance(values, str | bytes) or not isinstance(values, Sequence) or not values:
            raise OptionError([Fault("ND660", f"'{name}' needs a list of values, not {values!r}", where="--over")])
        count *= len(values)
    if not over:
        raise OptionError([Fault("ND660", "nothing to sweep over; write --over width=1,0.75,0.5", where="--over")])
    if count > MOST:
        message = f"{grouped(count)} points are too many; a sweep has {grouped(MOST)} at most"
        raise OptionError([Fault("ND661", message, where="--over")])
    return list(product(*over.values()))


def split_values(options: Sequence[str]) -> dict[str, list[Written]]:
    """`name=1,2,3` options by name; a comma inside brackets is none between values. Raises ValueError for others."""
    found: dict[str, list[Written]] = {}
    for option in options:
        name, sign, values = option.partition("=")
        if not sign or not name.strip() or not values.strip():
            raise ValueError(f"'{option}' is not of the form name=value,value")
        depth, parts = 0, [""]
        for character in values:
            depth += (character in "[{(") - (character in ")}]")
            if character == "," and not depth:
                parts.append("")
            else:
                parts[-1] += character
        found[name.strip()] = [Written(part.strip()) for part in parts]
    return found


def _over(fault: Fault) -> Fault:
    """A fault at a value as one of the option that gave it."""
    where = fault.where or ""
    return fault._replace(where=where.replace("--set ", "--over ")) if where.startswith("--set ") else fault


def _least(run: Run, measure: str) -> str:
    """The sign before a number from which something is missing."""
    return "" if run.counted or measure not in ("macs", "flops") else "≥ "


def _said(value: Any) -> str:
    return value.text if isinstance(value, Written) else f"{value:g}" if isinstance(value, float) else str(value)


def _numbers(run: Run) -> dict[str, int]:
    return {"params": run.params, "macs": run.macs, "flops": run.flops, "memory": run.memory}


def table_or_figure(file: str, format: str | None) -> tuple[str, bool]:
    """The format of a file, and whether it is one of a figure."""
    from .api import figure_format, format_of, table_format

    wanted = format or os.path.splitext(file)[1]
    figure = figure_format(wanted) if wanted else None
    if figure:
        return figure, True
    if format:
        return format, False
    found = table_format(file) if wanted else "text"
    return found or format_of(file), not found
