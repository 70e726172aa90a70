"""A diagram as a Graphviz graph that people can go on with: cells are nodes, boxes clusters. No coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..core.numbers import grouped
from ..diagram.inside import Inside, inside
from ..diagram.model import BLOCK, Box, Cell, Edge, Line
from ..diagram.said.glossary import glossary
from ..diagram.said.labels import sign_text
from ..diagram.texts import convention
from ..layout.strip.nest import repeat_text
from ..styles.base import Setting, Sketch
from .base import RENDERERS, Figure, Options, Renderer

if TYPE_CHECKING:
    from graphviz import Digraph  # late: types alone

FONT = "Helvetica"
"""What every Graphviz can measure."""
EDGES = {"flow": ("solid", "1.3"), "residual": ("solid", "2.2"), "skip": ("dashed", "1.6")}
"""Style and width of an edge by its kind."""


def write(figure: Figure, options: Options) -> bytes:
    """The DOT file of a figure."""
    return _Writer(figure).source(options.background or figure.theme.colors.page).encode()


class _Writer:
    """One graph on its way."""

    def __init__(self, figure: Figure) -> None:
        self.diagram, self.theme, self.style = figure.diagram, figure.theme, figure.style
        self.words = glossary(figure.scene.language)
        self.setting = Setting(self.theme, language=self.words.language)

    def source(self, page: str) -> str:
        from graphviz import Digraph  # late: start-up time

        said, colors = self.diagram.words, self.theme.colors
        graph = Digraph(_text(said.title))
        meta = self.diagram.meta
        counted = convention(meta.view.cost, self.words) if meta else ""
        lines = [said.title, " · ".join(filter(None, (said.subtitle, said.totals))), counted]
        graph.attr(
            "graph", rankdir="TB", nodesep="0.3", ranksep="0.35", bgcolor=page, fontname=FONT, fontcolor=colors.text,
            label=_lines(lines), labelloc="t", tooltip=_text(said.description),
        )  # fmt: skip
        graph.attr("node", fontname=FONT, fontsize="12", style="filled", margin="0.12,0.06")
        graph.attr("edge", fontname=FONT, fontsize="10", color=colors.line, arrowsize="0.7")
        for line in self.diagram.lines:
            self._line(graph, line)
        return str(graph.source)

    def _line(self, graph: Digraph, line: Line) -> None:
        """One line; a block that is drawn open on its own is a cluster with its name."""
        held: dict[str, list[Cell]] = {}
        found: Inside = inside(line)
        for cell in line.cells:
            held.setdefault(found.cells[cell.id], []).append(cell)
        boxes: dict[str, list[Box]] = {}
        for box in line.boxes:
            boxes.setdefault(found.boxes[box.id], []).append(box)
        if line.name:
            with graph.subgraph(name=_text(f"cluster {line.name}")) as part:
                part.attr("graph", label=_text(line.name))
                self._fill(part, "", held, boxes)
        else:
            self._fill(graph, "", held, boxes)
        graph.body.extend(self._edges(line))

    def _fill(self, graph: Digraph, id: str, held: dict[str, list[Cell]], boxes: dict[str, list[Box]]) -> None:
        """The cells of a box, then the boxes in it."""
        for cell in held.get(id, ()):
            graph.node(_text(cell.id), **self._node(cell))
        for box in boxes.get(id, ()):
            with graph.subgraph(name=_text(f"cluster_{box.id}")) as part:
                part.attr("graph", **self._cluster(box))
                self._fill(part, box.id, held, boxes)

    def _cluster(self, box: Box) -> dict[str, str]:
        colors = self.theme.colors
        said = [" ".join(filter(None, (box.name or box.block, repeat_text(box)))), box.reason]
        return {
            "id": _text(box.id), "label": _lines(said), "labeljust": "l", "style": "rounded,filled",
            "fillcolor": colors.tint, "color": colors.edge, "fontcolor": colors.muted, "fontname": FONT,
            "fontsize": "11", "tooltip": _text(box.id), "class": _class(f"box {box.residual or ''}"),
        }  # fmt: skip

    def _node(self, cell: Cell) -> dict[str, str]:
        look, sketch = self.theme.look(cell.category, cell.ids), self.style.sketch(cell, self.setting)
        label = _lines([*self._said(cell, sketch), sign_text(cell.sign, self.words)])
        edge = look.ring if sketch.ring else look.outline or look.ring
        said = {
            "id": _text(cell.id), "label": label, "tooltip": _lines(self._told(cell)),
            "fillcolor": sketch.fill or look.core, "color": edge, "fontcolor": sketch.ink or look.ink,
            "penwidth": "4" if sketch.ring else "1.5",
            "class": _class(f"cell {cell.category}"), **_shape(sketch),
        }  # fmt: skip
        if cell.where == "port":
            return {"id": said["id"], "label": "", "shape": "point", "width": "0.03", "tooltip": said["tooltip"]}
        return said

    def _said(self, cell: Cell, sketch: Sketch) -> Iterable[str]:
        """What stands in a node: what it is, its kernel and activation; its label; its shape."""
        if sketch.small:
            return [sketch.text]
        if sketch.lines:
            return (*sketch.lines, cell.times)
        kind = [] if cell.category == BLOCK else [self.words.cell(cell.category)]
        first = " ".join(filter(None, (*kind, sketch.text, "" if cell.early else cell.activation, cell.times)))
        if cell.early:
            first = self.words.say("legend.before", ops=self.words.fused(cell.before), word=first)
        shape = str(cell.shape) if len(cell.shape.shape) > 1 else ""
        return [first, ", ".join(filter(None, cell.label)), shape]

    def _told(self, cell: Cell) -> Iterable[str]:
        """What a node tells when one points at it."""
        yield from cell.ids or (cell.id,)
        yield f"{self.words.cell(cell.category)} → {cell.shape}"
        if cell.params:
            yield f"params {grouped(cell.params)}"
        if cell.macs:
            yield f"MACs {grouped(cell.macs)}"
        if cell.shares:
            yield f"weights of {', '.join(cell.shares)}"
        if cell.repeat > 1:
            yield f"×{cell.repeat}"

    def _edges(self, line: Line) -> Iterable[str]:
        """Written by ourselves: the package reads a colon in a name as a port."""
        from graphviz.quoting import attr_list, quote  # late: start-up time

        ids: dict[tuple[str, str], list[str]] = {}
        for tick in line.ticks:
            ids.setdefault((tick.after, tick.before), []).extend(tick.ids)
        for edge in line.edges:
            on = [*ids.get((edge.source, ""), ()), *ids.get((edge.source, edge.target), ())]
            source, target = quote(_text(edge.source)), quote(_text(edge.target))
            yield f"\t{source} -> {target}{attr_list(kwargs=self._edge(edge, on))}\n"

    def _edge(self, edge: Edge, ids: list[str]) -> dict[str, str]:
        """Layers without a cell are a bar across the edge's beginning, with their `ids` in its tooltip."""
        style, width = EDGES[edge.kind]
        said = {
            "id": _text(f"{edge.source} -> {edge.target}"), "style": style, "penwidth": width,
            "class": _class(f"edge {edge.kind}"), "tooltip": _lines([f"{edge.source} → {edge.target}", *ids]),
        }  # fmt: skip
        if edge.kind != "flow":
            said["color"] = self.theme.colors.text
        return {**said, "dir": "both", "arrowtail": "tee"} if ids else said


def _shape(sketch: Sketch) -> dict[str, str]:
    """What of a node makes its shape: boxes are round at their corners, small ones have one size."""
    round = {"style": "rounded,filled"} if sketch.shape == "box" else {}
    return {"shape": sketch.shape, **({"fixedsize": "true", "width": "0.32"} if sketch.small else round)}


def _class(text: str) -> str:
    """Words as classes of the SVG that Graphviz makes."""
    return text.strip().replace(".", "-")


def _text(text: str) -> str:
    """A text that Graphviz shows as it is: no escapes, no markup."""
    from graphviz import escape  # late: start-up time

    found: str = escape(text)
    return found


def _lines(texts: Iterable[str]) -> str:
    from graphviz import nohtml  # late: start-up time

    found: str = nohtml("\\n".join(_text(text) for text in texts if text))
    return found


TAKES = frozenset({"theme", "style", "cost", "unfold", "depth", "labels", "lang", "shape_order", "fuse_pool", "only"})
RENDERERS.add("dot", Renderer("dot", (".dot", ".gv"), write, reads="figure", takes=TAKES))
