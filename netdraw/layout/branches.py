"""Draws the branches of forks, the fans that end a line and the taps above it, with all that is in them. In D."""

from __future__ import annotations

import math

from . import bands, boxes
from . import sizes as s
from .bodies import Body
from .canvas import Canvas
from .rows import Row
from .wires import Way, Wires


def draw(canvas: Canvas, wires: Wires) -> None:
    """Everything that stands beside a line whose own wires are `wires`."""
    grid = wires.grid
    for place, body in grid.bodies.items():
        way = wires.way(place)
        y = wires.ys[wires.row_of[place]]
        _branches(canvas, body, y, way.on((body.trunk, y)))
        _join(canvas, wires, place, body, y)
    if grid.fan:
        y = wires.ys[-1]
        way = Way([[(wires.side(len(grid.x) - 1, 1), y), (grid.fan.trunk, y)]])
        _branches(canvas, grid.fan, y, way)
    for number, body in grid.taps.items():
        y = wires.ys[wires.row_of[grid.axis.links[number].start]]
        _branches(canvas, body, y - body.lifted, Way([[(body.trunk, y)]], dot=True))


def _branches(canvas: Canvas, body: Body, y: float, way: Way) -> None:
    """The branches of a body whose middle is at `y`; what leads to all of them is drawn once."""
    short = Way([[(body.trunk - s.BEND, y), (body.trunk, y)]])
    for number, (track, left, below) in enumerate(zip(body.tracks, body.lefts, body.ys, strict=True)):
        grid, at, row = track.grid, y + below, Row(0, len(track.grid.x))
        entry = way if number == (len(body.tracks) - 1) // 2 or way.dot else short
        grid.shift([body.x + left] * row.until)
        boxes.draw(canvas, grid, track.heights, row, at)
        bands.draw(canvas, grid, row, at, bands.Band(None, None, 0.0), 1)
        wires = Wires(canvas, grid, [row], [at], 0.0, entry.on((body.trunk, at)) if below or way.dot else entry)
        wires.flows()
        wires.ticks()
        wires.arcs(track.heights)
        draw(canvas, wires)


def _join(canvas: Canvas, wires: Wires, place: int, body: Body, y: float) -> None:
    """The ways from the last cells to their join."""
    cell, (width, height) = wires.axis.cells[place], wires.extent(place)
    for number, (below, port, turn) in enumerate(zip(body.ys, body.ports(), body.turns(), strict=True)):
        track = body.tracks[number].grid
        last = len(track.x) - 1
        begin = (Wires(canvas, track, [Row(0, last + 1)], [y + below], 0.0).side(last, 1), y + below)
        end = (wires.grid.x[place] - width / 2 * math.sqrt(1 - (2 * port / height) ** 2), y + port)
        path = [begin, (turn, y + below), (turn, y + port), end] if below or port else [begin, end]
        canvas.wire((track.axis.cells[last].id, cell.id), "flow", [path], radius=s.BEND)
