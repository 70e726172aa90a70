"""Where cells and boxes stand from left to right, in one row that never ends. All in D.

Each cell stands as near to the one before as its gap allows, and far enough for every text under it; what is not
needed gives way (see `sweep`). Cutting the row leaves all distances as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from ...diagram.model import Bar, Cell
from .. import sizes as s
from ..sizes import Ruler
from .axis import Axis
from .links import LANE, SEPARATOR, Link

if TYPE_CHECKING:
    from .bodies import Body, End, Ledge


class Grid:
    """By cell: centre `x` and half of its slot; by hull: `left` and `right`; by link: the x of its port.

    `notes` are the texts at the top of a box, by (hull, role): (x, anchor). `bars` are those that have room. `bodies`
    stand before a cell, the `fan` behind the last one, `taps` over the line at the port of a link, `hung` are these by
    the cell that they stand behind; `ledges` are the shelves in order, `perched` by the cell
    that they stand over.
    """

    def __init__(
        self,
        axis: Axis,
        ruler: Ruler,
        bodies: dict[int, Body],
        fan: Body | None,
        taps: dict[int, Body],
        ledges: Sequence[Ledge] = (),
    ) -> None:
        self.bodies, self.fan, self.taps, self.ledges = bodies, fan, taps, ledges
        self.hung: dict[int, list[Body]] = {}
        for number, body in taps.items():
            self.hung.setdefault(axis.links[number].start, []).append(body)
        self.perched: dict[int, list[Ledge]] = {}
        for perch, ledge in zip(axis.perches, ledges, strict=True):
            self.perched.setdefault(perch.over, []).append(ledge)
        self.axis, self.ruler = axis, ruler
        self.x: list[float] = []
        self.half = _halves(axis, ruler)
        self.widths = [ruler.lines(cell) for cell in axis.cells]
        self.left = [0.0] * len(axis.hulls)
        self.right = [0.0] * len(axis.hulls)
        self.port = [0.0] * len(axis.links)
        self.notes: dict[tuple[int, str], float] = {}
        self.bars: dict[int, Bar] = {}

    def start(self, place: int) -> float:
        """The left border of a cell, or of the outermost box that begins with it."""
        opens = self.axis.opens[place]
        if opens or place not in self.bodies:
            return self.left[opens[0]] if opens else self.x[place] - self.half[place]
        return self.bodies[place].trunk

    def end(self, place: int) -> float:
        """The right border of a cell, or of the outermost box that ends with it."""
        closes = self.axis.closes[place]
        return self.right[closes[-1]] if closes else self.x[place] + self.half[place]

    def finish(self, place: int) -> float:
        """The right border of a stage that ends with a cell: the last one's holds the cells of the fan behind it."""
        if self.fan and place == len(self.x) - 1:
            return self.fan.finish()
        return self.end(place)

    def opened(self, place: int, side: int) -> list[float]:
        """The borders of the boxes that a row break beside a cell leaves open, innermost first: on the cell's left
        (`side` -1), or on its right (1).
        """
        wide = max(self.widths[place], default=0.0) / 2 + s.AIR
        if side < 0:
            first = min(self.start(place), self.x[place] - wide + s.PADDING)
        else:
            first = max(self.end(place), self.x[place] + wide - s.PADDING)
        count = len(self.axis.crossed(place if side < 0 else place + 1))
        return [first + side * s.PADDING * (number + 1) for number in range(count)]

    def arrival(self, link: int) -> float:
        """The x where a link comes down on its target."""
        one = self.axis.links[link]
        x = self.ledges[one.perch].spot(one.spot) if one.spot else self.x[one.end]
        return x + s.PORT_STEP * one.arrive

    def low(self, link: int) -> float:
        """Where a link begins over the line, with its text."""
        said = self.axis.links[link].from_member
        return self.port[link] - (self.ruler.letter(said) + s.AIR if said else 0.0)

    def loose(self, first: int, until: int) -> list[Body]:
        """The bodies between two places that no box holds."""
        found = [body for place, body in self.bodies.items() if first <= place < until and self.axis.inner[place] == -1]
        return [*found, self.fan] if self.fan and until == len(self.x) else found

    def crown(self, first: int, until: int) -> float:
        """How far the cells between two places reach up, the ×n over a closed block included."""
        return max(map(self._up, self.axis.cells[first:until]), default=s.RADIUS)

    def _up(self, cell: Cell) -> float:
        times = s.TIMES + s.TIMES_HEIGHT if self.ruler.over(cell) else 0.0
        return self.ruler.reach(cell) + times + self.ruler.rise(cell)

    def deep(self, first: int, until: int) -> float:
        """How far the cells between two places reach down, their labels apart."""
        return max(map(self.ruler.reach, self.axis.cells[first:until]), default=s.RADIUS)

    def over(self, place: int) -> float:
        """How far to the right a cell and what hangs on it reach, brackets apart."""
        ends = [body.far for body in self.hung.get(place, ())]
        if self.fan and place == len(self.x) - 1:
            ends.append(self.fan.right)
        return max([self.end(place), *ends])

    def reach(self) -> tuple[float, float]:
        """Where the whole line begins and ends, with all that hangs on it."""
        places = range(len(self.x))
        halves = [max([self.half[place], *(width / 2 for width in self.widths[place])]) for place in places]
        ledges = self.ledges
        low = min([0.0, *(x - half for x, half in zip(self.x, halves, strict=True)), *(one.x for one in ledges)])
        ends = [self.over(place) for place in places] + [self.x[n] + halves[n] for n in places]
        return low, max([*ends, *(one.right for one in ledges)])

    def walls(self, number: int) -> list[float]:
        """Where other links go through the arc of this one, from left to right; of those placed so far."""
        axis, link = self.axis, self.axis.links[number]
        ends = [*axis.legs.get(link.host, ())]
        ends += [(n, begins) for n in axis.hosted.get(link.host, ()) if n != number for begins in (True, False)]
        if link.host == LANE:
            ends += [(n, True) for n in self.taps]
        places = [(axis.links[n].start if begins else axis.links[n].end, n, begins) for n, begins in ends]
        found = [self.port[n] if begins else self.arrival(n) for place, n, begins in places if place < len(self.x)]
        low, high = self.port[number], self.arrival(number) if link.end < len(self.x) else float("inf")
        return sorted(x for x in found if low < x < high)

    def legs(self, hull: int, row: tuple[int, int]) -> list[float]:
        """Where links go through the top of a hull, in one row."""
        found = []
        for number, begins in self.axis.legs.get(hull, ()):
            link = self.axis.links[number]
            if row[0] <= (link.start if begins else link.end) < row[1]:
                found.append(self.port[number] if begins else self.arrival(number))
        return found

    def shift(self, by: list[float]) -> None:
        """Moves every cell to the right, and with it what hangs on it; `by` never falls."""
        axis = self.axis
        for number, link in enumerate(axis.links):
            place = axis.hulls[link.host].first if link.inside_port(axis.hulls) else max(link.start, 0)
            self.port[number] += by[place]
        for place, body in self.bodies.items():
            body.move(by[place])
        for number, body in self.taps.items():
            body.move(by[axis.links[number].start])
        for perch, ledge in zip(axis.perches, self.ledges, strict=True):
            ledge.move(by[perch.over])
        if self.fan:
            self.fan.move(by[-1])
        for place, hull in enumerate(axis.hulls):
            self.left[place] += by[hull.first]
            self.right[place] += by[hull.last]
        for (place, role), x in self.notes.items():
            self.notes[place, role] = x + by[axis.hulls[place].first]
        self.x = [x + shift for x, shift in zip(self.x, by, strict=True)]

    def leaf(self, number: int) -> End:
        """Where a lane leaves its side chain: the last cell's right side, and how far that is over the line."""
        link = self.axis.links[number]
        ends = [(body, end) for body in self.hung[link.start] for end in body.ends() if end.cell == link.leaf]
        body, end = ends[0]
        return end._replace(x=body.x + end.x, y=body.lifted - end.y)

    def side(self, place: int, side: int) -> float:
        """Where the line meets a cell, on its left (-1) or its right (1)."""
        return self.x[place] + side * self.ruler.border(self.axis.cells[place], "left" if side < 0 else "right")


def side_gap(link: Link, ruler: Ruler) -> float:
    """The least gap between two cells of an arc, so that what is said over them keeps apart."""
    said = [_said_width(cell, ruler.said(cell), ruler) for cell in link.cells]
    pairs = zip(pairwise(said), pairwise(slots(link, ruler)), strict=True)
    excess = [(sum(texts) - sum(cells)) / 2 for texts, cells in pairs]
    return max([0.0, *excess]) + ruler.spacing.beside_small


def slots(link: Link, ruler: Ruler) -> list[float]:
    """What each cell of an arc takes along the line."""
    return [ruler.slot(cell).width for cell in link.cells]


def _said_width(cell: Cell, text: str, ruler: Ruler) -> float:
    """What is said over a small cell takes along the line."""
    if cell.told:
        return told_width(cell, ruler)
    return ruler.strong(text, ruler.caption) if cell.marked else ruler.note(text)


def told_width(cell: Cell, ruler: Ruler) -> float:
    """What a label takes that is said in one, its marked lines semibold."""
    widths = [
        ruler.strong(text, ruler.caption) if line in cell.marked else ruler.small(text)
        for line, text in enumerate(ruler.under(cell))
    ]
    return sum(widths) + ruler.small(SEPARATOR) * (len(widths) - 1) + 2 * s.AIR


def side_width(link: Link, ruler: Ruler) -> float:
    """What the cells of an arc take, side by side, with what they keep free beside them."""
    around = 2 * (ruler.spacing.beside_small - s.AIR)
    return sum(slots(link, ruler)) + (len(link.cells) - 1) * side_gap(link, ruler) + around


def _halves(axis: Axis, ruler: Ruler) -> list[float]:
    """Half of each cell's slot: cells keep one pitch whatever their silhouette, only small discs take less."""
    halves = []
    for place, cell in enumerate(axis.cells):
        width, height = ruler.extent(cell)
        half = (width if max(width, height) < 0.75 else max(width, 1.0)) / 2
        halves.append(max(half, times_reach(axis, ruler, place)) if ruler.over(cell) else half)
    return halves


def times_reach(axis: Axis, ruler: Ruler, place: int) -> float:
    """How far to the right of a cell's middle the ×n over it must reach: it stands beside what comes down there."""
    wide = ruler.strong(ruler.over(axis.cells[place]), ruler.repeat)
    beside = [s.PORT_STEP * link.arrive for link in axis.links if link.end == place and not link.tap]
    return max(beside) + s.TIMES_LEFT + wide if beside else wide / 2


def fit(wish: float, width: float, walls: list[float]) -> float:
    """The centre nearest to the wish at which a text (or a disc) keeps clear of all walls; the wish where none does."""
    best, reach = wish, float("inf")
    for a, b in pairwise(walls):
        low, high = a + s.AIR + width / 2, b - s.AIR - width / 2
        centre = min(max(wish, low), high)
        if low <= high + 1e-9 and abs(centre - wish) < reach:
            best, reach = centre, abs(centre - wish)
    return best
