"""Draws the branches of forks, the fans that end a line and the taps above it, with all that is in them. In D."""

from __future__ import annotations

from ...diagram.model import Edge
from .. import sizes as s
from ..collector import Collector
from . import bands, boxes
from .edges import NO_ENTRY, EdgeDrawer, OpenPath
from .grid import PlacedFork, PlacedLine
from .ports import arrival
from .rows import Row


def draw(collector: Collector, drawer: EdgeDrawer) -> None:
    """Everything that stands beside a line whose own edges are drawn by `drawer`."""
    grid, count = drawer.grid, len(drawer.grid.x)
    for place, placed in [*grid.forks.items(), *([(count, grid.fan)] if grid.fan else [])]:
        y = drawer.y(place)
        way = OpenPath([[(grid.side(place - 1, 1), y)]]) if place == count else drawer.way(place)
        _branches(collector, placed, y, way.on((placed.trunk, y)) if placed.fork.start else None)
        if place < count:
            _join(collector, drawer, place, placed)
    for number, shelf in enumerate(grid.order.shelves):
        _shelf(collector, drawer, number, drawer.y(shelf.over))
    for number, placed in grid.taps.items():
        y = drawer.y(grid.order.routes[number].start)
        _branches(collector, placed, y - drawer.heights.taps[number], OpenPath([[(placed.trunk, y)]], dot=True))


def _branches(collector: Collector, fork: PlacedFork, y: float, way: OpenPath | None) -> None:
    """The branches of a fork whose middle is at `y`; what leads to all of them, if anything does, is drawn once."""
    short = OpenPath([[(fork.trunk - s.BEND, y), (fork.trunk, y)]])
    led = [number for number, placed in enumerate(fork.branches) if not placed.begins]
    whole = led[(len(led) - 1) // 2] if led else -1
    for number, (placed, left, below) in enumerate(zip(fork.branches, fork.lefts, fork.ys, strict=True)):
        at = y + below
        if way is None or placed.begins:
            draw_line(collector, placed, fork.x + left, at)
            continue
        entry = way if number == whole or way.dot else short
        draw_line(collector, placed, fork.x + left, at, entry.on((fork.trunk, at)) if below or way.dot else entry)


def draw_line(collector: Collector, placed: PlacedLine, x: float, y: float, entry: OpenPath = NO_ENTRY) -> None:
    """A branch that begins at `x`, and all that stands beside it."""
    row = Row(0, len(placed.grid.x))
    grid = placed.grid.shifted([x] * row.until)
    boxes.draw(collector, grid, placed.heights, row, y)
    bands.draw(collector, grid, row, y, bands.Band(None, None, 0.0), 1)
    drawer = EdgeDrawer(collector, grid, placed.heights, [row], ys=[y], entry=entry)
    drawer.on_line()
    draw(collector, drawer)


def _shelf(collector: Collector, drawer: EdgeDrawer, number: int, line: float) -> None:
    """A shelf over the line at `line`, and the ways down from it."""
    shelf, y = drawer.grid.shelves[number], line - drawer.heights.shelves[number]
    ends = {end.cell: (shelf.x + end.x, y + end.y) for end in shelf.ends()}
    draw_line(collector, shelf.placed, shelf.x - shelf.placed.left, y)
    for drop in drawer.grid.order.drops.get(number, ()):
        (edge,) = drawer.grid.order.routes[drop].edges
        x, end = arrival(drawer.grid, drop), ends[edge.source]
        path = [end, (x, end[1]), (x, drawer.top(drop, line))]
        collector.edge(edge, [path], head=True, radius=s.BEND)


def _join(collector: Collector, drawer: EdgeDrawer, place: int, fork: PlacedFork) -> None:
    """The ways from the last cells to their join."""
    y, cell = drawer.y(place), drawer.grid.order.cells[place]
    for last, port, turn in zip(fork.ends, fork.ports(), fork.turns(), strict=True):
        begin = (fork.x + last.x, y + last.y)
        end = (drawer.grid.x[place] - drawer.grid.ruler.border(cell, "left", port), y + port)
        path = [begin, (turn, y + last.y), (turn, y + port), end] if last.y or port else [begin, end]
        collector.edge(Edge(last.cell, cell.id), [path], radius=s.BEND)
