"""Draws the branches of forks, the fans that end a line and the taps above it, with all that is in them. In D."""

from __future__ import annotations

from .. import sizes as s
from ..canvas import Canvas
from . import bands, boxes
from .edges import EdgeDrawer, OpenPath
from .grid import PlacedFork, PlacedLine
from .ports import arrival
from .rows import Row


def draw(canvas: Canvas, drawer: EdgeDrawer) -> None:
    """Everything that stands beside a line whose own edges are drawn by `drawer`."""
    grid, lifted = drawer.grid, drawer.heights
    for place, fork in grid.forks.items():
        way = drawer.way(place) if fork.ordered.fork.start else None
        y = drawer.ys[drawer.row_of[place]]
        _branches(canvas, fork, y, way.on((fork.trunk, y)) if way else None)
        _join(canvas, drawer, place, fork)
    if grid.fan:
        y = drawer.ys[-1]
        begins = bool(grid.fan.ordered.fork.start)
        way = OpenPath([[(drawer.grid.side(len(grid.x) - 1, 1), y), (grid.fan.trunk, y)]]) if begins else None
        _branches(canvas, grid.fan, y, way)
    for number, ordered in enumerate(grid.order.shelves):
        _shelf(canvas, drawer, number, drawer.ys[drawer.row_of[ordered.over]])
    for number, fork in grid.taps.items():
        y = drawer.ys[drawer.row_of[grid.order.routes[number].start]]
        _branches(canvas, fork, y - lifted.taps[number], OpenPath([[(fork.trunk, y)]], dot=True))


def _branches(canvas: Canvas, fork: PlacedFork, y: float, way: OpenPath | None) -> None:
    """The branches of a fork whose middle is at `y`; what leads to all of them, if anything does, is drawn once."""
    short = OpenPath([[(fork.trunk - s.BEND, y), (fork.trunk, y)]])
    led = [number for number, placed in enumerate(fork.branches) if not placed.begins]
    whole = led[(len(led) - 1) // 2] if led else -1
    for number, (placed, left, below) in enumerate(zip(fork.branches, fork.lefts, fork.ys, strict=True)):
        at = y + below
        if way is None or placed.begins:
            draw_track(canvas, placed, fork.x + left, at)
            continue
        entry = way if number == whole or way.dot else short
        draw_track(canvas, placed, fork.x + left, at, entry.on((fork.trunk, at)) if below or way.dot else entry)


def draw_track(canvas: Canvas, placed: PlacedLine, x: float, y: float, entry: OpenPath | None = None) -> None:
    """A branch that begins at `x`, and all that stands beside it."""
    row = Row(0, len(placed.grid.x))
    grid = placed.grid.shifted([x] * row.until)
    boxes.draw(canvas, grid, placed.heights, row, y)
    bands.draw(canvas, grid, row, y, bands.Band(None, None, 0.0), 1)
    drawer = EdgeDrawer(canvas, grid, placed.heights, [row], [y], entry=entry)
    drawer.on_line()
    draw(canvas, drawer)


def _shelf(canvas: Canvas, drawer: EdgeDrawer, number: int, line: float) -> None:
    """A shelf over the line at `line`, and the ways down from it."""
    shelf, y = drawer.grid.shelves[number], line - drawer.heights.shelves[number]
    ends = {end.cell: (shelf.x + end.x, y + end.y) for end in shelf.ends()}
    draw_track(canvas, shelf.placed, shelf.x - shelf.placed.left, y)
    for drop in drawer.order.drops.get(number, ()):
        (edge,) = drawer.order.routes[drop].edges
        x, end = arrival(drawer.grid, drop), ends[edge.source]
        path = [end, (x, end[1]), (x, drawer.top(drop, line))]
        canvas.edge((edge.source, edge.target), edge.kind, [path], head=True, radius=s.BEND)


def _join(canvas: Canvas, drawer: EdgeDrawer, place: int, fork: PlacedFork) -> None:
    """The ways from the last cells to their join."""
    y = drawer.ys[drawer.row_of[place]]
    cell = drawer.order.cells[place]
    for last, port, turn in zip(fork.ends, fork.ports(), fork.turns(), strict=True):
        begin = (fork.x + last.x, y + last.y)
        end = (drawer.grid.x[place] - drawer.grid.ruler.border(cell, "left", port), y + port)
        path = [begin, (turn, y + last.y), (turn, y + port), end] if last.y or port else [begin, end]
        canvas.edge((last.cell, cell.id), "flow", [path], radius=s.BEND)
