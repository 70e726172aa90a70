"""What a summary says, before any format: rows of layers and groups, totals, and the convention of the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...analysis.model import Analysis, Subtotal
from ...analysis.sharing import Sharing, find_sharing, whose
from ...core.numbers import least
from ...core.records import NamedTuple
from ...diagram.elements.signs import shared_text
from ...diagram.said.glossary import glossary
from ...diagram.said.labels import reason_text
from ...diagram.texts import CONVENTIONS, further_products
from ...diagram.view import CostUnit
from ...graph.model import Graph, Group, Node, around, free_title
from ...ops.tensor import TensorType
from ...spec.model import Header

HEADINGS: Mapping[CostUnit, str] = {"macs": "MACs", "flops": "FLOPs (2 × MACs)", "params": "", "none": ""}
"""Over the column of costs; empty where there is none."""
FACTORS: Mapping[CostUnit, int] = {"macs": 1, "flops": 2, "params": 0, "none": 0}


class ReportLine(NamedTuple):
    """A group or a layer. `depth` is how many groups are around it; a layer has a `node`, a group has none.

    `cost` is in the unit of the report, None for a layer without a rule. `note` is what a residual rule did, and whose
    weights are used where these are not its own. `least` are the signs before the parameters and the cost where some
    are not counted.
    """

    id: str
    what: str
    depth: int
    output: TensorType
    params: int
    cost: int | None
    note: str = ""
    node: Node | None = None
    group: Group | None = None
    least: tuple[str, str] = ("", "")

    @property
    def called(self) -> str:
        """What it is, with its title where its id does not say it: `Inception, 3a`."""
        if self.group is not None:
            return called(self.group)
        return ", ".join(filter(None, (self.what, self.node and free_title(self.node))))


class Report(NamedTuple):
    """One network in one unit of cost."""

    title: str
    header: Header
    graph: Graph
    analysis: Analysis
    unit: CostUnit
    lines: tuple[ReportLine, ...]
    sharing: tuple[Sharing, ...] = ()
    """The weights that several layers use."""

    @property
    def heading(self) -> str:
        """The words over the column of costs."""
        return HEADINGS[self.unit]

    @property
    def cost(self) -> int:
        """The total in the unit of the report."""
        return self.analysis.total.macs * FACTORS[self.unit]

    @property
    def least(self) -> str:
        """The sign before a total from which something is missing."""
        return least(self.analysis.not_counted)

    @property
    def least_params(self) -> str:
        """The same sign before the total of the parameters."""
        return least(self.analysis.unknown)

    @property
    def layers(self) -> tuple[ReportLine, ...]:
        """The lines of layers alone."""
        return tuple(line for line in self.lines if line.node is not None)

    @property
    def convention(self) -> str:
        """What one unit is, what counts, and the ops that were not counted."""
        known = CONVENTIONS[self.unit] or CONVENTIONS["params"]
        known = " ".join([known, *further_products(self.graph, self.unit, glossary("en"))])
        missing = {*self.analysis.unknown, *(self.analysis.not_counted if self.heading else ())}
        if missing:
            names = sorted({node.op for node in self.graph.nodes if node.id in missing})
            return f"{known} Not counted: {', '.join(names)}."
        return known

    @property
    def shared(self) -> str:
        """Which weights are shared; "" where none are."""
        return shared_text(self.sharing, glossary("en"))

    @property
    def notes(self) -> str:
        """The convention, and which weights are shared."""
        return " ".join(filter(None, (self.convention, self.shared)))


def report(graph: Graph, analysis: Analysis, header: Header, unit: CostUnit) -> Report:
    """The report of a network."""
    sharing = find_sharing(graph, analysis)
    lines, title = tuple(_lines(graph, analysis, FACTORS[unit], whose(graph, sharing))), header.title or graph.name
    return Report(title=title, header=header, graph=graph, analysis=analysis, unit=unit, lines=lines, sharing=sharing)


def _lines(graph: Graph, analysis: Analysis, factor: int, owners: Mapping[str, str]) -> Iterator[ReportLine]:
    """Groups before what they hold, layers in the order of the graph. `owners` are those of shared weights."""
    groups = {group.id: group for group in graph.groups}
    innermost = {node.id: node.group for node in graph.nodes}
    # What the last node of a group gives: a shortcut stands before its add.
    ends = {id: node.outputs[0] for node in graph.nodes for id in around(groups, node.group)}
    depths = {"": 0}
    for group in graph.groups:
        depths[group.id] = depths[group.parent] + 1
    opened: set[str] = set()
    lacking = [
        {id for node in missing for id in around(groups, innermost[node])}
        for missing in (analysis.unknown, analysis.not_counted)
    ]
    for node in graph.nodes:
        for group in reversed([groups[id] for id in around(groups, node.group) if id not in opened]):
            opened.add(group.id)
            whole = analysis.groups.get(group.id, Subtotal())
            yield ReportLine(
                id=group.id,
                what=name_of(group),
                depth=depths[group.parent],
                output=ends[group.id],
                params=whole.params,
                cost=whole.macs * factor,
                note="; ".join(filter(None, (decision(group), shares_of(group.id, owners)))),
                group=group,
                least=(least(group.id in lacking[0]), least(group.id in lacking[1])),
            )
        row = analysis.nodes[node.id]
        yield ReportLine(
            id=node.id,
            what=node.op,
            depth=depths[node.group],
            output=node.outputs[0],
            params=row.params,
            cost=None if row.macs is None else row.macs * factor,
            note=shares_of(node.id, owners),
            node=node,
            least=(least(node.id in analysis.unknown), ""),
        )


def name_of(group: Group) -> str:
    """What a group is: its block's name, else its title, else the word of the language."""
    return group.block or group.title or group.kind


def called(group: Group) -> str:
    """The same with the title, where neither that nor the id says it: `Inception, 3a`."""
    title, name = free_title(group), name_of(group)
    return f"{name}, {title}" if title not in ("", name) else name


def shares_of(id: str, owners: Mapping[str, str]) -> str:
    """Whose weights a layer or group uses, in words; "" where these are its own."""
    return f"shares the weights of {owners[id]}" if id in owners else ""


DECISIONS = {"add": "adds its input", "project": "adds its input, projected"}


def decision(group: Group) -> str:
    """What the residual rule of a group did, and why: `stride 2, so no add`; empty where it has no rule."""
    residual = group.residual
    if residual is None:
        return ""
    if residual.done == "none":
        reason = reason_text(residual.reason, glossary("en"))
        return f"{reason or 'residual: none'}, so no add"
    return DECISIONS[residual.done]
