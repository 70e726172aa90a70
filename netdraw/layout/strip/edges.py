"""The lines of a row: flows from cell to cell, arcs in boxes, lanes above, and the cells on them. In D."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...core.records import NamedTuple
from ...diagram.model import Cell, by_key
from .. import sizes as s
from ..base import Point
from ..collector import Collector
from .grid import Grid, Heights
from .lanes import FROM_LEFT, LETTER, LanePiece
from .ports import arrival, leaf, low, walls
from .routes import LANE, Route
from .rows import Row, row_of
from .slots import stand, told_width

Path = list[Point]


class OpenPath(NamedTuple):
    """A way that is not at its end yet; `dot` says that it begins in a junction."""

    pieces: list[Path]
    dot: bool = False

    def on(self, *points: Point) -> OpenPath:
        return self._replace(pieces=[*self.pieces[:-1], [*self.pieces[-1], *points]])


NO_ENTRY = OpenPath([])


class EdgeDrawer(NamedTuple):
    """Draws on a collector what is above and on the line, in a figure of that width.

    `ys` are the lines of the rows, `left` is where a further one begins, `entry` leads into a branch.
    """

    collector: Collector
    grid: Grid
    heights: Heights
    rows: list[Row]
    ys: list[float]
    width: float = 0.0
    left: float = 0.0
    entry: OpenPath = NO_ENTRY

    def y(self, place: int) -> float:
        """The line of the row in which a cell stands."""
        return self.ys[row_of(self.rows, place)]

    def on_line(self) -> None:
        """The steps from cell to cell, with their ticks, and what runs in boxes; but not what runs above rows."""
        grid, order = self.grid, self.grid.order
        for place, edge in order.flows.items():
            way = self.way(place + 1).on((grid.side(place + 1, -1), self.y(place + 1)))
            head, radius = order.cells[place + 1].where == "port", s.BEND if place < 0 else s.CORNER
            self.collector.edge(edge, way.pieces, dot=way.dot, head=head, radius=radius)
        for place, edge in order.tag_edges.items():
            begin, end, y = grid.side(place, 1), grid.side(order.place_of[edge.target], -1), self.ys[0]
            self.collector.edge(edge, [[(begin, y), (end, y)]])
        for place, ticks in order.ticks.items():
            x = grid.end(place) + s.TICK if place >= 0 else grid.side(0, -1) - s.TICK
            for count, tick in enumerate(ticks):
                self.collector.tick(tick.ids[0], x + s.TICKS * count, self.y(place))
        self._arcs()

    def way(self, place: int) -> OpenPath:
        """The way from the cell before a place, or into the branch, up to that place; a row that begins there begins
        with a short piece.
        """
        if not place:
            return self.entry
        y, below, begin = self.y(place - 1), self.y(place), self.grid.side(place - 1, 1)
        return OpenPath([[(begin, y)]] if y == below else [self._out(begin, y), [(self.left + s.BEGIN, below)]])

    def _out(self, x: float, y: float) -> Path:
        """The way out of a row at `y` that goes on in the next."""
        return [(x, y), (self.width - s.HEAD, y)]

    def _arcs(self) -> None:
        """The routes that run in boxes; one that is open at a break runs as a lane does."""
        for number, height in sorted(self.heights.arc.items()):
            route = self.grid.order.routes[number]
            row, end = row_of(self.rows, self.grid.order.begins(route)), arrival(self.grid, number)
            if row == row_of(self.rows, route.end):
                arc = LanePiece(route=number, low=low(self.grid, number), high=end, begins=True, ends=True)
                self._routes([(self.ys[row], height, arc)], {})

    def lanes(self, lanes: list[list[LanePiece]], heights: list[dict[int, float]], letters: dict[int, str]) -> None:
        """The routes that run above rows; `heights` are those of their pieces by row."""
        by_row = zip(self.ys, lanes, heights, strict=True)
        self._routes([(y, own[piece.route], piece) for y, pieces, own in by_row for piece in pieces], letters)

    def _routes(self, pieces: list[tuple[float, float, LanePiece]], letters: dict[int, str]) -> None:
        """Routes by their pieces, each with the line of its row and its height over that."""
        for y, height, piece in pieces:
            self._letters(piece, y - height, letters.get(piece.route, ""))
        for number, own in by_key((piece.route, (y, height, piece)) for y, height, piece in pieces).items():
            route, before = self.grid.order.routes[number], []
            if route.lane >= 0:
                self._drop(number, *own[0])
                continue
            paths: list[Path] = []
            for y, height, piece in own:
                path = self._begin(piece, y, y - height)
                path += [(piece.high, y - height), *([(piece.high, self.top(number, y))] if piece.ends else [])]
                if piece.begins and route.host != LANE:
                    before = self._before(route, path)
                paths.append(path)
            self._way(route, paths, walls(self.grid, number) if route.cells else [], before)

    def _drop(self, number: int, y: float, height: float, piece: LanePiece) -> None:
        """The way down from the lane of another route; ticks stand in its middle."""
        order, top, over = self.grid.order, self.top(number, y), y - height
        (edge,) = order.routes[number].edges
        self.collector.edge(edge, [[(piece.high, over), (piece.high, top)]], dot=True, head=True)
        for tick in order.side_ticks:
            if (tick.after, tick.before) == (edge.source, edge.target):
                self.collector.tick(tick.ids[0], piece.high, (over + top) / 2, level=True)

    def _before(self, route: Route, path: Path) -> list[Path]:
        """The way out of the row before to a box that begins the next, where no line leads there; begins the path."""
        start, order = route.start, self.grid.order
        if start < 0 or order.goes_on(start) or self.y(start) == self.y(order.begins(route)):
            return []
        path.insert(0, (self.left + s.BEGIN, path[0][1]))
        return [self._out(self.grid.side(start, 1), self.y(start))]

    def _begin(self, piece: LanePiece, y: float, over: float) -> Path:
        """How a piece of a route gets to its track: from the line, or from the border of its cell where no line goes on
        from there. One behind a text begins on its track, as one that comes from another row.
        """
        grid, route, low = self.grid, self.grid.order.routes[piece.route], piece.low
        if not piece.begins:
            return [(low, over)]
        if text := route.from_member:
            return [(low + grid.ruler.letter(text) + LETTER, over)]
        if route.leaf:
            end = leaf(grid, piece.route, self.heights.taps)
            return [(end.x, y - end.y), (low, y - end.y), (low, over)]
        place = route.start
        beside = place >= 0 and y == self.y(place) and low > grid.x[place] and not grid.order.goes_on(place)
        return [*([(grid.side(place, 1), y)] if beside else []), (low, y), (low, over)]

    def _letters(self, piece: LanePiece, y: float, letter: str) -> None:
        """The texts at the ends of a piece: what its route begins behind, and the letter under which it goes on."""
        route, size = self.grid.order.routes[piece.route], self.grid.ruler.caption
        if piece.begins and route.from_member:
            self.collector.letter(route.edges[0].target, route.from_member, piece.low, y, "start", size)
        if not piece.begins:
            self.collector.letter(route.edges[0].source, letter, self.left + FROM_LEFT - LETTER, y, "end", size)
        if not piece.ends:
            self.collector.letter(route.edges[0].source, letter, piece.high + LETTER, y, "start", size)

    def _way(self, route: Route, paths: list[Path], walls: list[float], before: Sequence[Path]) -> None:
        """One edge a route, or one from cell to cell of its arc: they stand on the level part of its first path.

        `before` it is what it has in an earlier row.
        """
        turn = 0 if route.from_member else next(n for n, (a, b) in enumerate(pairwise(paths[0])) if a[0] == b[0]) + 1
        begun, (high, _), *end = paths[0][: turn + 1], *paths[0][turn + 1 :]
        low, y = begun[-1]
        dot = turn == 1 and not before
        ruler = self.grid.ruler
        places = stand(route, low, high, walls, ruler) if route.cells else []
        for number, (cell, x) in enumerate(zip(route.cells, places, strict=True)):
            self.collector.cell(cell.id, x, y, small=True)
            before_x, behind_x = ruler.border(cell, "left", small=True), ruler.border(cell, "right", small=True)
            self._say(cell, x, y - ruler.slot(cell).height / 2 - s.OVER_SIDE)
            self.collector.edge(route.edges[number], [*before, [*begun, (x - before_x, y)]], dot=number == 0 and dot)
            begun, before = [(x + behind_x, y)], ()
        self._side_ticks(route, places, paths[-1] if len(paths) > 1 else [(low, y), (high, y)])
        pieces = [*before, [*begun, (high, y), *end], *paths[1:]]
        self.collector.edge(route.edges[-1], pieces, dot=not route.cells and dot, head=True)

    def _say(self, cell: Cell, x: float, y: float) -> None:
        """What is said over a small cell, about x; of one in words all lines of its label, each with its own mark."""
        ruler, size, said = self.grid.ruler, self.grid.ruler.caption, self.grid.ruler.said(cell)
        if not said:
            return
        if not cell.told and cell.marked:
            self.collector.write(cell.id, "sublabel", said, x, y, "middle", size, underline=ruler.strong(said, size))
        elif not cell.told:
            self.collector.note(cell.id, "sublabel", said, x, y, size)
        begin, label = x - told_width(cell, ruler) / 2 + s.AIR, ruler.under(cell)
        for line, text in enumerate(label if cell.told else ()):
            under = ruler.strong(text, size) if line in cell.marked else 0.0
            part = text + s.SEPARATOR.rstrip() * (line + 1 < len(label) and not under)
            middle = begin + (under or ruler.small(part)) / 2
            self.collector.write(cell.id, "sublabel", part, middle, y, "middle", size, underline=under)
            begin += (under or ruler.small(text)) + ruler.small(s.SEPARATOR)

    def _side_ticks(self, route: Route, places: list[float], last: Path) -> None:
        """Those behind the cells of a route, at `places`; else before it comes down, on the level part of its end."""
        (low, y), (high, _) = last[:2]
        slot = self.grid.ruler.slot
        xs = {cell.id: x + slot(cell).width / 2 + s.TICK / 2 for cell, x in zip(route.cells, places, strict=True)}
        ends = {(edge.source, edge.target) for edge in route.edges}
        found = [tick for tick in self.grid.order.side_ticks if tick.after in xs or (tick.after, tick.before) in ends]
        for count, tick in enumerate(found):
            x = xs.get(tick.after, max(high - s.TICK_END, (low + high) / 2)) - s.TICKS * count
            self.collector.tick(tick.ids[0], x, y)

    def top(self, number: int, y: float) -> float:
        """Where a route comes down on its target."""
        order, route, end = self.grid.order, self.grid.order.routes[number], self.grid.order.routes[number].end
        if route.spot:
            y -= self.heights.shelves[route.shelf]
            order = order.shelves[route.shelf].order
            end = order.place_of[route.spot]
        return y - self.grid.ruler.border(order.cells[end], "top", s.PORT_STEP * route.arrive, headed=True)
