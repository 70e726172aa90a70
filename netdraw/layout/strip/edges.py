"""The lines of a row: flows from cell to cell, arcs in boxes, lanes above, and the cells on them. In D."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...core.records import NamedTuple
from ...diagram.model import Cell, Edge
from ...styles.base import Side
from .. import sizes as s
from ..base import Point
from ..canvas import Canvas
from .grid import Grid, Heights
from .lanes import FROM_LEFT, LETTER, LanePiece
from .ports import arrival, leaf, low, walls
from .routes import LANE, Route
from .rows import Row
from .slots import stand, told_width

Path = list[Point]
SIDES: tuple[Side, Side] = ("left", "right")


class OpenPath(NamedTuple):
    """A way that is not at its end yet; `dot` says that it begins in a junction."""

    pieces: list[Path]
    dot: bool = False

    def on(self, *points: Point) -> OpenPath:
        return self._replace(pieces=[*self.pieces[:-1], [*self.pieces[-1], *points]])


class EdgeDrawer:
    """Draws on a canvas what is above and on the line, in a figure of that width.

    `ys` are the lines of the rows, `left` is where a further one begins, `entry` leads into a branch.
    """

    def __init__(
        self,
        canvas: Canvas,
        grid: Grid,
        heights: Heights,
        rows: list[Row],
        ys: list[float],
        *,
        width: float = 0.0,
        left: float = 0.0,
        entry: OpenPath | None = None,
    ) -> None:
        self.canvas, self.grid, self.order, self.heights = canvas, grid, grid.order, heights
        self.rows, self.ys, self.width, self.left = rows, ys, width, left
        self.begin, self.entry = left + s.BEGIN, entry or OpenPath([])
        self.row_of = [number for number, row in enumerate(rows) for _ in range(row.first, row.until)]

    def on_line(self) -> None:
        """What runs on the line and in its boxes, but not above rows."""
        self._flows()
        self._ticks()
        self._arcs()

    def _flows(self) -> None:
        """The steps from cell to cell; a row that goes on ends in a head, the next begins with a short piece."""
        for place, edge in self.order.flows.items():
            if place < 0:
                self._enter(edge)
                continue
            y, below = self.ys[self.row_of[place]], self.ys[self.row_of[place + 1]]
            begin, end = self.grid.side(place, 1), self.grid.side(place + 1, -1)
            if self.row_of[place] == self.row_of[place + 1]:
                pieces: list[Path] = [[(begin, y), (end, y)]]
            else:
                pieces = [[(begin, y), (self.width - s.HEAD, y)], [(self.begin, below), (end, below)]]
            ends = self.order.cells[place + 1].where == "port"
            self.canvas.edge((edge.source, edge.target), "flow", pieces, head=ends)

        for place, edge in self.order.tag_edges.items():
            begin, end, y = self.grid.side(place, 1), self.grid.side(self.order.place_of[edge.target], -1), self.ys[0]
            self.canvas.edge((edge.source, edge.target), "flow", [[(begin, y), (end, y)]])

    def _enter(self, edge: Edge) -> None:
        """The step into a branch."""
        way = self.entry.on((self.grid.side(0, -1), self.ys[0]))
        ends = self.order.cells[0].where == "port"
        self.canvas.edge((edge.source, edge.target), "flow", way.pieces, dot=way.dot, head=ends, radius=s.BEND)

    def way(self, place: int) -> OpenPath:
        """The way from the cell before a place, or into the branch, up to that place."""
        if not place:
            return self.entry
        y, below = self.ys[self.row_of[place - 1]], self.ys[self.row_of[place]]
        begin = self.grid.side(place - 1, 1)
        if y == below:
            return OpenPath([[(begin, y)]])
        return OpenPath([[(begin, y), (self.width - s.HEAD, y)], [(self.begin, below)]])

    def _ticks(self) -> None:
        for place, ticks in self.order.ticks.items():
            x = self.grid.end(place) + s.TICK if place >= 0 else self.grid.side(0, -1) - s.TICK
            for count, tick in enumerate(ticks):
                self.canvas.tick(tick.ids[0], x + s.TICKS * count, self.ys[self.row_of[max(place, 0)]])

    def _arcs(self) -> None:
        """The routes that run in boxes."""
        grid = self.grid
        for number, height in sorted(self.heights.arc.items()):
            route = self.order.routes[number]
            if self._row(route) != self.row_of[route.end]:
                continue  # It is open at a break, and runs as a lane does.
            y = self.ys[self.row_of[route.end]]
            begin, end, over = grid.port[number], arrival(grid, number), y - height
            start = self._said(route, low(grid, number), over) or [*self._start(number, y, begin), (begin, over)]
            path = [*start, (end, over), (end, self.top(number, y))]
            self._way(route, [path], walls(grid, number) if route.cells else [], self._before(route, path))

    def lanes(self, lanes: list[list[LanePiece]], heights: list[dict[int, float]], letters: dict[int, str]) -> None:
        """The routes that run above rows; `heights` are those of their pieces by row."""
        paths: dict[int, list[Path]] = {}
        before: dict[int, list[Path]] = {}
        for row, pieces in enumerate(lanes):
            for piece in pieces:
                y = self.ys[row]
                over = y - heights[row][piece.route]
                said = self._said(self.order.routes[piece.route], piece.low, over) if piece.begins else []
                path = [] if said or not piece.begins else self._start(piece.route, y, piece.low)
                path += [*(said or [(piece.low, over)]), (piece.high, over)]
                path += [(piece.high, self.top(piece.route, y))] if piece.ends else []
                if piece.begins and piece.route not in self.order.hosted.get(LANE, ()):
                    before[piece.route] = self._before(self.order.routes[piece.route], path)
                paths.setdefault(piece.route, []).append(path)
                self._letters(piece, over, letters.get(piece.route, ""))
        for number, found in paths.items():
            route = self.order.routes[number]
            self._way(route, found, walls(self.grid, number) if route.cells else [], before.get(number, ()))

    def _row(self, route: Route) -> int:
        """The row that a route begins in."""
        return self.row_of[max(self.order.begins(route), 0)]

    def _before(self, route: Route, path: Path) -> list[Path]:
        """The way out of the row before to a box that begins the next, where no line leads there; begins the path."""
        if route.start < 0 or self.order.goes_on(route.start) or self.row_of[route.start] == self._row(route):
            return []
        path.insert(0, (self.begin, path[0][1]))
        y = self.ys[self.row_of[route.start]]
        return [[(self.grid.side(route.start, 1), y), (self.width - s.HEAD, y)]]

    def _start(self, number: int, y: float, port: float) -> Path:
        """Where a route begins: on the line, or on the border of its cell where no line goes on from there."""
        route = self.order.routes[number]
        if route.leaf:
            end = leaf(self.grid, number, self.heights.taps)
            return [(end.x, y - end.y), (port, y - end.y)]
        start = route.start
        here = start >= 0 and y == self.ys[self.row_of[start]] and port > self.grid.x[start]
        return [(port, y)] if self.order.goes_on(start) or not here else [(self.grid.side(start, 1), y), (port, y)]

    def _said(self, route: Route, low: float, y: float) -> Path:
        """Where a route begins behind its text; nothing for one that has none."""
        if not route.from_member:
            return []
        size = self.grid.ruler.caption
        self.canvas.letter(route.edges[0].target, route.from_member, low, y, "start", size)
        return [(low + self.grid.ruler.letter(route.from_member) + LETTER, y)]

    def _letters(self, piece: LanePiece, y: float, letter: str) -> None:
        id, size = self.order.routes[piece.route].edges[0].source, self.grid.ruler.caption
        if not piece.begins:
            self.canvas.letter(id, letter, self.left + FROM_LEFT - LETTER, y, "end", size)
        if not piece.ends:
            self.canvas.letter(id, letter, piece.high + LETTER, y, "start", size)

    def _way(self, route: Route, paths: list[Path], walls: list[float], before: Sequence[Path] = ()) -> None:
        """One edge a route, or one from cell to cell of its arc: they stand on the level part of its first path.

        `before` it is what it has in an earlier row.
        """
        turn = 0 if route.from_member else next(n for n, (a, b) in enumerate(pairwise(paths[0])) if a[0] == b[0]) + 1
        begun, (high, _), *end = paths[0][: turn + 1], *paths[0][turn + 1 :]
        low, y = begun[-1]
        dot = turn == 1 and not before
        ruler = self.grid.ruler
        count, places = len(route.cells), stand(route, low, high, walls, ruler) if route.cells else []
        for number, (cell, x) in enumerate(zip(route.cells, places, strict=True)):
            self.canvas.cell(cell.id, x, y, small=True)
            before_x, behind_x = (ruler.border(cell, side, small=True) for side in SIDES)
            self._say(cell, x, y - ruler.slot(cell).height / 2 - s.OVER_SIDE)
            self._wire(route.edges[number], [*before, [*begun, (x - before_x, y)]], number == 0 and dot, False)
            begun, before = [(x + behind_x, y)], ()
        self._side_ticks(route, places, paths[-1] if len(paths) > 1 else [(low, y), (high, y)])
        self._wire(route.edges[-1], [*before, [*begun, (high, y), *end], *paths[1:]], not count and dot, True)

    def _say(self, cell: Cell, x: float, y: float) -> None:
        """What is said over a small cell, about x; of one in words all lines of its label, each with its own mark."""
        ruler, size, said = self.grid.ruler, self.grid.ruler.caption, self.grid.ruler.said(cell)
        if not cell.told and cell.marked and said:
            self.canvas.write(cell.id, "sublabel", said, x, y, "middle", size, underline=ruler.strong(said, size))
        elif not cell.told and said:
            self.canvas.note(cell.id, "sublabel", said, x, y, size)
        if not cell.told or not said:
            return
        begin, label = x - told_width(cell, ruler) / 2 + s.AIR, ruler.under(cell)
        for line, text in enumerate(label):
            under = ruler.strong(text, size) if line in cell.marked else 0.0
            part = text + s.SEPARATOR.rstrip() * (line + 1 < len(label) and not under)
            middle = begin + (under or ruler.small(part)) / 2
            self.canvas.write(cell.id, "sublabel", part, middle, y, "middle", size, underline=under)
            begin += (under or ruler.small(text)) + ruler.small(s.SEPARATOR)

    def _side_ticks(self, route: Route, places: list[float], last: Path) -> None:
        """Those behind the cells of a route, at `places`; else before it comes down, on the level part of its end."""
        (low, y), (high, _) = last[:2]
        slot = self.grid.ruler.slot
        xs = {cell.id: x + slot(cell).width / 2 + s.TICK / 2 for cell, x in zip(route.cells, places, strict=True)}
        ends = {(edge.source, edge.target) for edge in route.edges}
        found = [tick for tick in self.order.side_ticks if tick.after in xs or (tick.after, tick.before) in ends]
        for count, tick in enumerate(found):
            x = xs.get(tick.after, max(high - s.TICK_END, (low + high) / 2)) - s.TICKS * count
            self.canvas.tick(tick.ids[0], x, y)

    def _wire(self, edge: Edge, pieces: list[Path], first: bool, last: bool) -> None:
        self.canvas.edge((edge.source, edge.target), edge.kind, pieces, dot=first, head=last, member=edge.member)

    def top(self, number: int, y: float) -> float:
        """Where a route comes down on its target."""
        route, cell = self.order.routes[number], self.order.cells[self.order.routes[number].end]
        if route.spot:
            y -= self.heights.shelves[route.shelf]
            cell = self.grid.shelves[route.shelf].cell(route.spot)
        return y - self.grid.ruler.border(cell, "top", s.PORT_STEP * route.arrive, headed=True)
