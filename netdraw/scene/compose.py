"""Diagram, places and theme make a Scene: every primitive in its colour, in groups that say what they stand for.

What lies lower is drawn first: boxes with their texts, edges, ticks, cells, bars, brackets, the legend, the texts
around the figure.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..core.numbers import number
from ..diagram.model import BLOCK, Bar, Box, Cell, Diagram, Tag, Tick, plain
from ..diagram.outline import outline
from ..layout.base import PlacedBracket, PlacedCell, PlacedEdge, PlacedTag, PlacedText, Placement, Rect
from ..layout.sizes import BAR, BAR_WIDTH
from ..styles.base import BOX_RADIUS, DEFAULT, Metrics, Side, Spot
from ..themes.model import Colors
from ..type.paths import opened, polyline
from ..type.primitives import BEFORE, Group, Item, Paint, Path, Rectangle, Text, mix
from .edges import Data, drawn, lettered
from .model import Scene

# In D.
NESTED = 0.16
"""How far the tint of a nested box goes towards the colour of its edge, by each of the first two boxes around it."""

UNDERLINE = 0.08
"""From the baseline of a marked text to the line under it."""

_PLACES = {
    "label": "cell", "sublabel": "cell", "times": "cell", "shape": "bar", "cost": "bracket",
    "reason": "box", "name": "box", "repeat": "box", "legend": "legend",
}  # fmt: skip
"""The kind of group that a text belongs to, by its role; the others stand by themselves."""
_CLASSES = {
    "subtitle": "shape", "sublabel": "label", "times": "repeat", "letter": "name", "kind": "name", "head": "label",
    "table": "label", "width": "shape",
}  # fmt: skip
_OVER = ("flow", "skip", "residual")
"""Residuals are drawn over lanes, lanes over the flow."""
_LOUD = frozenset(("title", "label", "shape", "repeat", "table"))
"""Roles in the colour of text; others are muted where they are not bold."""


def compose(
    diagram: Diagram,
    placement: Placement,
    metrics: Metrics,
    *,
    unit: str = "px",
    scale: float = 1.0,
    engine: str = "strip",
) -> Scene:
    """The picture of a diagram that was placed by those metrics; `engine` is what placed it, for the metadata.

    `unit` is px, mm, pt or in, and `scale` how many units of the drawing make one.
    """
    theme, fonts, language = metrics.setting
    composer = _Composer(diagram, placement, metrics)
    return Scene(
        width=placement.width,
        height=placement.height,
        physical=(length(placement.width / scale, unit), length(placement.height / scale, unit)),
        background=theme.colors.page,
        items=composer.items(),
        title=diagram.words.title,
        description=diagram.words.description,
        language=language,
        meta=(*_made(diagram, metrics).items(), ("engine", engine), ("outline", outline(diagram, language))),
        fonts=fonts,
    )


def _made(diagram: Diagram, metrics: Metrics) -> dict[str, object]:
    """For the metadata: how the figure of a network was made; of its view and style what differs from the default."""
    made: dict[str, object] = {}
    if diagram.meta:
        view = {name: plain(value) for name, value in diagram.meta.view.chosen().items()}
        totals = plain(diagram.meta.totals)
        if not diagram.meta.totals.unknown:  # as in nearly all networks
            del totals["unknown"]
        made = {**plain(diagram.meta), "view": view, "totals": totals}
    made["theme"] = metrics.setting.theme.name
    return made if metrics.style.name == DEFAULT else {**made, "style": metrics.style.name}


def length(value: float, unit: str) -> str:
    """A size on paper; inches need more digits than coordinates, so that the shape stays."""
    return number(value) if unit == "px" else f"{value:.4f}".rstrip("0").rstrip(".") + unit


Owned = dict[tuple[str, str], list[PlacedText]]
"""Texts by the kind and the id of the group that they belong to."""


def _owned(placement: Placement, cells: Iterable[PlacedCell]) -> tuple[Owned, list[PlacedText]]:
    """All texts by their group, and those whose group is not drawn, which stand by themselves.

    `cells` are those that are drawn.
    """
    drawn = {("box", rect.id) for rect in placement.boxes} | {("cell", cell.id) for cell in cells}
    drawn |= {("bar", rect.id) for rect in placement.bars} | {("legend", key.id) for key in placement.legend}
    drawn |= {("bracket", bracket.id) for bracket in placement.brackets}
    texts: Owned = {}
    for text in placement.texts:
        texts.setdefault((_PLACES.get(text.role, ""), text.id), []).append(text)
    return texts, [text for owner, several in texts.items() if owner not in drawn for text in several]


class _Composer:
    """Looks things up by id."""

    def __init__(self, diagram: Diagram, placement: Placement, metrics: Metrics) -> None:
        self.style, self.setting, self.metrics = metrics.style, metrics.setting, metrics
        self.theme, self.colors = self.setting.theme, self.setting.theme.colors
        self.diagram, self.placement, self.d = diagram, placement, placement.d
        self.hair, self.radius = self.theme.strokes.structure * self.d, BOX_RADIUS * self.d
        lines = diagram.lines
        self.cells: dict[str, Cell] = {cell.id: cell for line in lines for cell in line.cells}
        self.boxes: dict[str, Box] = {box.id: box for line in lines for box in line.boxes}
        self.bars: dict[str, Bar] = {bar.cell: bar for line in lines for bar in line.bars}
        self.ticks: dict[str, Tick] = {one: tick for line in lines for tick in line.ticks for one in tick.ids}
        self.tags: dict[str, Tag] = {tag.id: tag for line in lines for tag in line.tags}
        self.upper = {(edge.source, edge.target) for edge in placement.edges if edge.kind != "flow"}
        costly = sorted(placement.brackets, key=lambda bracket: bracket.cost is None)
        self.telling = {bracket.id: bracket for bracket in reversed(costly)}
        """By stage the part of its bracket that has the text: the first with the cost."""
        self.placed = [placed for placed in placement.cells if self.cells[placed.id].where != "port"]
        self.texts, self.loose = _owned(placement, self.placed)
        early = (placed.entry for placed in self.placed if self.cells[placed.id].early)
        self.entry: Side = next(early, "left")
        """Where the line comes into the samples of the legend: as into the cells that tell."""

    def items(self) -> tuple[Item, ...]:
        places = self.placement
        boxes: dict[str, list[Rect]] = {}
        for rect in sorted(places.boxes, key=lambda rect: rect.depth):
            boxes.setdefault(rect.id, []).append(rect)
        found: list[Item] = [self.box(rects) for rects in boxes.values()]
        for edge in sorted(places.edges, key=lambda edge: _OVER.index(edge.kind)):
            found += self.edge(edge)
        found += map(self.tick, places.ticks)
        found += map(self.cell, self.placed)
        found += map(self.tag, places.tags)
        found += map(self.bar, places.bars)
        found += map(self.bracket, places.brackets)
        found += map(self.key, places.legend)
        found += self.frames()
        return (*found, *(item for text in self.loose for item in self.said(text)))

    def frames(self) -> list[Group]:
        """The frames of what is highlighted, each the heavier for that it must not be told by its colour alone."""
        if not self.diagram.marks:
            return []
        from .frames import Frames  # late: only what is highlighted

        finder = Frames(self.diagram, self.placement, self.metrics)
        paint = Paint("", self.colors.highlight, self.theme.strokes.highlight * self.d)
        groups = []
        for mark in self.diagram.marks:
            data = (("glob", mark.glob), ("ids", " ".join((*mark.cells, *mark.ticks))))
            shapes = [
                Rectangle(left, top, right - left, bottom - top, radius=self.radius, paint=paint)
                for left, top, right, bottom in finder.of(mark)
            ]
            groups.append(Group("highlight", data, tuple(shapes)))
        return groups

    def text(self, words: PlacedText, muted: bool = False) -> Text:
        loud = (words.role in _LOUD or words.weight > 400) and not muted
        color = self.colors.highlight if words.underline else self.colors.text if loud else self.colors.muted
        x, y, weight, anchor, role = words.x, words.y, words.weight, words.anchor, words.role
        shown = _CLASSES.get(role, role)
        return Text(x, y, words.text, words.size, weight=weight, anchor=anchor, color=color, role=shown)

    def texts_of(self, kind: str, one: str) -> list[Item]:
        return [item for words in self.texts.get((kind, one), ()) for item in self.said(words)]

    def said(self, words: PlacedText) -> list[Item]:
        """A text, with a line under it where it is marked."""
        text = self.text(words)
        if not words.underline:
            return [text]
        left = words.x - words.underline * BEFORE[words.anchor]
        y = words.y + UNDERLINE * self.d
        line = polyline(((left, y), (left + words.underline, y)))
        return [text, Path(line, Paint("", text.color, self.hair), "mark")]

    def box(self, rects: list[Rect]) -> Group:
        """A box, with all its parts where it goes on in another row."""
        box = self.boxes[rects[0].id]
        paint = Paint(tint(self.colors, rects[0].depth), self.colors.edge, self.hair)
        shapes: list[Item] = []
        for rect in rects:
            x, y, width, height = rect.x, rect.y, rect.width, rect.height
            if not any(rect.cut):
                shapes.append(Rectangle(x, y, width, height, radius=self.radius, paint=paint))
            else:
                fill, lines = opened((x, y, x + width, y + height), rect.cut, self.radius, rect.down)
                shapes += [Path(fill, Paint(paint.fill)), Path(lines, paint._replace(fill=""))]
        data = [("id", box.id), ("block", box.block), ("repeat", str(box.repeat))]
        data += [("residual", box.residual)] if box.residual is not None else []
        data += [("reason", box.reason)] if box.reason else []
        return Group("box", tuple(data), (*shapes, *self.texts_of("box", box.id)))

    def edge(self, edge: PlacedEdge) -> list[Item]:
        source, target = self.cells.get(edge.source), self.cells.get(edge.target)
        data: Data = (("from", source.last if source else edge.source), ("to", target.first if target else edge.target))
        data += (("member", str(edge.member)),) if edge.member else ()
        return drawn(edge, data, self.theme, self.d)

    def tick(self, rect: Rect) -> Group:
        """A short stroke across its edge, in the edge's colour."""
        tick = self.ticks[rect.id]
        if rect.width > rect.height:
            y = rect.y + rect.height / 2
            ends = (rect.x, y), (rect.x + rect.width, y)
        else:
            x = rect.x + rect.width / 2
            ends = (x, rect.y), (x, rect.y + rect.height)
        color = self.colors.text if (tick.after, tick.before) in self.upper else self.colors.line
        return Group("tick", (("ids", " ".join(tick.ids)),), (Path(polyline(ends), Paint("", color, self.hair)),))

    def tag(self, mark: PlacedTag) -> Group:
        tag = self.tags[mark.id]
        data: Data = (("letter", mark.letter), ("from", self.cells[tag.source].last))
        data += (("to", " ".join([self.cells[one].first for one in tag.readers])),) if tag.readers else ()
        return Group("tag", data, lettered(mark, self.theme, self.d))

    def cell(self, placed: PlacedCell) -> Group:
        cell = self.cells[placed.id]
        spot = Spot(placed.x, placed.y, placed.d, small=placed.small, entry=placed.entry)
        shape = (*self.style.paint(cell, self.setting, spot), *self._sign(cell, spot))
        return Group("cell", _cell_data(cell), (*shape, *self.texts_of("cell", placed.id)))

    def _sign(self, cell: Cell, spot: Spot) -> tuple[Item, ...]:
        """What tells that others have a cell's weights, too."""
        if not cell.sign:
            return ()
        from .signs import sign_at  # late: few networks share weights

        return sign_at(cell, spot, self.metrics)

    def bar(self, rect: Rect) -> Group:
        """A bar, and its lines of text, the first one loud. Its id is that of the node whose output it is."""
        bar, cell = self.bars[rect.id], self.cells[rect.id]
        shape = Rectangle(rect.x, rect.y, rect.width, rect.height, radius=0.0, paint=Paint(self.colors.bar))
        texts = self.texts.get(("bar", rect.id), ())
        items = [self.text(words, muted=index > 0) for index, words in enumerate(texts)]
        return Group("bar", (("id", cell.last), ("value", str(bar.value))), (shape, *items))

    def bracket(self, bracket: PlacedBracket) -> Group:
        """A bracket, or the part of it in one row."""
        paint = Paint("", self.colors.line, self.hair)
        data: Data = (("stage", bracket.id),)
        data += (("stages", " ".join(bracket.stages)),) if len(bracket.stages) > 1 else ()
        data += (("cost", str(bracket.cost)),) if bracket.cost is not None else ()
        texts = self.texts_of("bracket", bracket.id) if bracket is self.telling[bracket.id] else ()
        return Group("bracket", data, (Path(polyline(bracket.points), paint), *texts))

    def key(self, placed: PlacedCell) -> Group:
        """One entry of the legend; its sample is no cell, since it stands for no layer."""
        entry = self.diagram.legend[int(placed.id)]
        shape: tuple[Item, ...] = ()
        if entry.share:  # a bar of the height that its value has in the figure
            high, wide, paint = entry.share * BAR * self.d, BAR_WIDTH * self.d, Paint(self.colors.bar)
            shape = (Rectangle(placed.x - wide / 2, placed.y - high / 2, wide, high, radius=0.0, paint=paint),)
        elif entry.sign:
            from .signs import sign  # late: few networks share weights

            shape = sign(entry.sign, Spot(placed.x, placed.y, self.d), self.metrics)
        elif sample := self.style.sample(entry):
            spot = Spot(placed.x, placed.y, placed.d * sample.size, entry=self.entry)
            shape = self.style.paint(sample.cell, self.setting, spot)
        return Group("legend", (), (*shape, *self.texts_of("legend", placed.id)))


def _cell_data(cell: Cell) -> Data:
    data: Data = (("ids", " ".join(cell.ids)), ("category", cell.category))
    data += (("shares", " ".join(cell.shares)),) if cell.shares else ()
    data += (("before", " ".join(cell.before)),) if cell.before else ()
    if cell.of:  # it is counted in the closed block
        return (*data, ("shape", str(cell.shape)), ("of", cell.of))
    data += (("id", cell.id),) if cell.category == BLOCK else ()
    data += (("macs", str(cell.macs)),) if cell.macs is not None else ()
    data += (("params", str(cell.params)), ("shape", str(cell.shape)), ("repeat", str(cell.repeat)))
    return data if cell.output is None else (*data, ("output", cell.output))


def tint(colors: Colors, depth: int) -> str:
    return mix(colors.tint, colors.edge, NESTED * min(depth, 2)) if depth else colors.tint
