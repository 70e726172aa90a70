"""Networks as lines of one figure, each with the parts and the units by which it is aligned."""

from collections.abc import Sequence

from ..analysis.model import Stage
from ..core.numbers import least, short_column
from ..core.records import NamedTuple
from ..diagram.build import build_parts
from ..diagram.elements.legend import make_legend
from ..diagram.model import Cell, LegendEntry, Line
from ..diagram.said.glossary import glossary
from ..diagram.said.labels import shape_text
from ..diagram.texts import About
from ..diagram.view import View, cost_of, lacking
from .base import Compared, cost_units, prefixed
from .columns import AlignKey


class Member(NamedTuple):
    """A network's line, and of every cell on it the part that it belongs to, by number; `parts` are what these are."""

    network: Compared
    line: Line
    on_line: tuple[int, ...]
    of: tuple[int, ...]
    parts: tuple[AlignKey, ...]


class AlignedUnit(NamedTuple):
    """An outermost box, or a single cell: its cells on the line from the place `first` on, by what they are aligned.

    `done` is what the box's residual rule did, `part` what it belongs to.
    """

    first: int
    keys: tuple[AlignKey, ...]
    done: str
    part: AlignKey


def make_members(networks: Sequence[Compared], view: View) -> tuple[list[Member], tuple[LegendEntry, ...]]:
    """The lines, none of them aligned, and the legend of all."""
    inputs = input_texts(networks, view)
    totals = _totals(networks, view)
    found, keyed = [], []
    for one, said, told in zip(networks, inputs, totals, strict=True):
        diagram, parts, cells = build_parts(one.graph, one.analysis, view, About(one.title, one.source))
        keyed.append((parts, cells))
        line = diagram.lines[0]._replace(
            name=one.title,
            note="" if len(set(inputs)) == 1 else said,
            totals=told,
            cost_total=cost_of(one.analysis.total, view.cost) or 0,
            least=bool(lacking(one.analysis, view.cost)),
        )
        found.append(_member(one, line))
    return found, make_legend(keyed, glossary(view.lang), view.depth) if view.legend else ()


def input_texts(networks: Sequence[Compared], view: View) -> list[str]:
    """By network, the shapes of its inputs."""
    return [" · ".join([shape_text(kind, view.shape_order) for _, kind in one.graph.inputs]) for one in networks]


def _totals(networks: Sequence[Compared], view: View) -> list[tuple[str, ...]]:
    """By network, what stands under each of the heads, with so many digits that unequal ones are told apart."""
    columns = []
    for unit in cost_units(view):
        texts = short_column([cost_of(one.analysis.total, unit) or 0 for one in networks])
        columns.append([
            least(lacking(one.analysis, unit)) + text for one, text in zip(networks, texts, strict=True)
        ])  # fmt: skip
    return list(zip(*columns, strict=True)) or [()] * len(networks)


def _member(one: Compared, line: Line) -> Member:
    """A line with the parts of its cells: runs of one total stride."""
    of_node = {node: stage for stage in one.analysis.stages for node in stage.nodes}
    parts: list[AlignKey] = []
    axis, of = [], []
    for place, cell in enumerate(line.cells):
        if cell.where not in ("line", "port"):
            continue
        key = _part(one, cell, of_node)
        if not parts or (key is not None and key != parts[-1]):
            parts.append(key or AlignKey("stem", ""))
        axis.append(place)
        of.append(len(parts) - 1)
    return Member(network=one, line=prefixed(line, one.name), on_line=tuple(axis), of=tuple(of), parts=tuple(parts))


def _part(one: Compared, cell: Cell, of_node: dict[str, Stage]) -> AlignKey | None:
    """What a cell's stage is aligned by; None for what goes with the cell before.

    The stride is that of the last node that has one: what stands behind it on a side chain may be no map.
    """
    stage = of_node.get(cell.last)
    if stage is None:
        return None
    strides = (one.analysis.nodes[node].stride for node in reversed(stage.nodes))
    stride = next(filter(None, strides), None)
    if stage.kind == "head" or stride is None:
        return AlignKey("head", "")
    return AlignKey(stage.kind, "×".join(map(str, stride)))


def make_units(member: Member) -> list[AlignedUnit]:
    """The units of a line in order."""
    cells = member.line.cells
    numbers = {cell.id: number for number, cell in enumerate(cells)}
    ends = {numbers[box.first]: box for box in member.line.boxes if box.parent is None}
    units: list[AlignedUnit] = []
    keys: list[list[AlignKey]] = []
    until = -1
    for place, number in enumerate(member.on_line):
        box = ends.get(number)
        if number > until or not units:
            units.append(AlignedUnit(place, (), box.residual or "" if box else "", member.parts[member.of[place]]))
            keys.append([])
            until = numbers[box.last] if box else number
        keys[-1].append(AlignKey(cells[number].category, cells[number].kernel))
    return [unit._replace(keys=tuple(own)) for unit, own in zip(units, keys, strict=True)]
