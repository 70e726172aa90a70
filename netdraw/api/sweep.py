"""One network under many values of its params: a table of what each costs, and a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..charts.draw import draw as draw_chart
from ..charts.measures import COUNTED, measured
from ..charts.model import Axis, Chart, Point, Series
from ..comparison.chart import Axes, axes_of, conventions, unlabelled
from ..core.errors import Errors, Fault, NetdrawError, option
from ..core.gc_pause import paused
from ..core.numbers import grouped, least
from ..core.records import NamedTuple
from ..diagram.said.glossary import glossary, sentences
from ..diagram.view import CostUnit, View
from ..figure.choice import read_options, takes
from ..figure.drawing import Drawing, drawing
from ..figure.options.table import POINTS
from ..spec.settings import Written, value_of, written
from ..spec.sources import Source, find
from ..tables.document import Document, Record, Table, TableColumn, row
from ..tables.summary.base import written as table_in
from .load import load_text
from .network import Network, checked
from .points import Over, Values, at_points, points, said

if TYPE_CHECKING:
    from typing_extensions import Unpack  # late: types alone

    from ..figure.options.keywords import SweepOptions  # late: types alone


class Run(NamedTuple):
    """One point: the values as they are written, and what the network costs there; memory is of all activations."""

    values: tuple[str, ...]
    params: int
    macs: int
    memory: int
    counted: bool
    """Whether every layer has a rule for its MACs."""
    known: bool = True
    """Whether the parameters of every layer are known."""

    @property
    def flops(self) -> int:
        return 2 * self.macs


class Sweep:
    """All points in the order of the values, the last param's first. As a string it is a table; in a notebook both.

    `faults` are warnings and notes, with the points that they are of where they are not of all.
    """

    def __init__(
        self, name: str, title: str, over: Over, runs: tuple[Run, ...], cost: str, faults: tuple[Fault, ...]
    ) -> None:
        self.name, self.title, self.params = name, title, tuple(over)
        self.runs, self.cost, self.faults = runs, cost, faults

    def text(self, format: str = "text") -> str:
        """The table as text, md, csv, json, html or latex. Raises OptionError for an unknown format."""
        checked(POINTS, format)
        return table_in(self._document(), format)

    def to_dict(self) -> dict[str, Any]:
        """Names, and numbers without units."""
        points = [self._record(run, lambda value: value_of(Written(value))) for run in self.runs]
        return {"name": self.name, "title": self.title, "over": list(self.params), "points": points}

    @takes("sweep")
    def draw(self, **view: Unpack[SweepOptions]) -> Drawing:
        """The chart; docs/options.md has all options. `x` and `y` are params, macs, flops or memory.

        By itself the cost runs to the right, and params upwards, or memory where these never change. Raises
        OptionError for an unknown option or value, and where there is nothing to see.
        """
        errors = Errors()
        choice = read_options(("sweep",), view, errors)
        x, y = choice.values["x"], choice.values["y"]
        up = y or ("params" if len({run.params for run in self.runs}) > 1 and x != "params" else "memory")
        with errors:
            axes = axes_of(x, up, self.cost, COUNTED)
        errors.check()
        scene = draw_chart(self._chart(axes, choice.view), choice.medium)
        return drawing(scene, choice, unlabelled(scene))

    def _chart(self, axes: Axes, view: View) -> Chart:
        across, upward = axes
        words = glossary(view.lang)
        names = [words.say(f"measure.{axis.name}") for axis in axes]
        about = words.say("sweep.about", title=self.title, y=names[1], x=names[0], count=len(self.runs))
        title = words.say("sweep.title", title=self.title, params=words.say("compare.and").join(self.params))
        caption = sentences(conventions((across.name, upward.name), words))
        return Chart(
            title=title if view.title else "",
            x=Axis(names[0], across.log),
            y=Axis(names[1], upward.log),
            series=self._series(across.name, upward.name),
            caption=caption if view.caption else "",
            description=about,
        )

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
        columns = [TableColumn(name) for name in self.params] + [TableColumn(COUNTED[key].head, "r") for key in heads]
        rows = [row([*run.values, *(_number(run, key) for key in heads)]) for run in self.runs]
        title = f"{self.title}: {' × '.join(self.params)}"
        tables = (Table("", tuple(columns), tuple(rows)),)
        told = " ".join(conventions(heads, glossary("en")))
        records: list[Record] = [self._record(run, str) for run in self.runs]
        return Document(title, tables, notes=(told,), records=tuple(records), data=self.to_dict())

    def _record(self, run: Run, read: Callable[[str], Any]) -> dict[str, Any]:
        """The values, as they are read, and the costs of a point."""
        values = dict(zip(self.params, map(read, run.values), strict=True))
        return {**values, **{key: getattr(run, key) for key in ("params", "macs", "flops", "memory")}}

    def __str__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None) -> Any:
        return {"image/svg+xml": self.draw().to_bytes("svg").decode(), "text/plain": self.text()}


def sweep(
    source: Source,
    /,
    over: Over,
    *,
    variant: str | None = None,
    params: Mapping[str, Any] | None = None,
    cost: CostUnit = "macs",
) -> Sweep:
    """The network at every combination of the values: `over={"width": [1, 0.5], "resolution": [224, 128]}`.

    `params` are the same at all points. Raises NetdrawError with the faults of all points, which it names where not all
    have them; OptionError for no or too many points.
    """
    fixed = dict(params or {})
    errors = Errors()
    with errors:
        nets, faults = _built(source, variant, fixed, over)
    read_options((POINTS,), {"cost": cost}, errors)
    twice = [f"'{name}' is set, and swept over; it can be one of both" for name in over if name in fixed]
    errors.add(*[Fault("ND660", message, where=option("over")) for message in twice])
    errors.check()
    net = nets[0][0]
    title = f"{net.title} ({written(fixed)})" if fixed else net.title
    runs = tuple([_run(net, values) for net, values in nets])
    return Sweep(net.name, title, over, runs, cost, faults)


def _built(
    source: Source, variant: str | None, fixed: Mapping[str, Any], over: Over
) -> tuple[list[tuple[Network, Values]], tuple[Fault, ...]]:
    """The network of every point, with all warnings. Raises NetdrawError with the faults of all."""
    errors = Errors()
    with errors:
        where = points(over)
    with errors:
        text = find(source)
    errors.check()
    nets, told = [], list[Iterable[Fault]]()
    for values in where:
        try:
            net = load_text(text, variant, {**fixed, **dict(zip(over, values, strict=True))})
        except NetdrawError as error:
            told.append(error.faults)
        else:
            nets.append((net, values))
            told.append(net.faults)
    faults = tuple(at_points(told, over, where))
    if len(nets) < len(where):
        raise NetdrawError(faults)
    return nets, faults


@paused()
def _run(net: Network, values: Sequence[Any]) -> Run:
    found, counted, known = measured(net.analysis.total), not net.analysis.not_counted, not net.analysis.unknown
    return Run(
        values=tuple(map(said, values)),
        params=found.params,
        macs=found.macs,
        memory=found.memory,
        counted=counted,
        known=known,
    )


def _number(run: Run, measure: str) -> str:
    """A cost as it stands in the table, with a sign where something is missing."""
    whole = {"macs": run.counted, "flops": run.counted, "params": run.known}.get(measure, True)
    return least(not whole) + grouped(getattr(run, measure))
