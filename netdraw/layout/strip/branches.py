"""Draws the branches of forks, the fans that end a line and the taps above it, with all that is in them. In D."""

from __future__ import annotations

from .. import sizes as s
from ..canvas import Canvas
from . import bands, boxes
from .grid import Body, Track
from .ports import arrival
from .rows import Row
from .wires import Way, Wires


def draw(canvas: Canvas, wires: Wires) -> None:
    """Everything that stands beside a line whose own wires are `wires`."""
    grid, lifted = wires.grid, wires.heights
    for place, body in grid.bodies.items():
        way = wires.way(place) if body.sub.fork.start else None
        y = wires.ys[wires.row_of[place]]
        _branches(canvas, body, y, way.on((body.trunk, y)) if way else None)
        _join(canvas, wires, place, body)
    if grid.fan:
        y = wires.ys[-1]
        begins = bool(grid.fan.sub.fork.start)
        way = Way([[(wires.grid.side(len(grid.x) - 1, 1), y), (grid.fan.trunk, y)]]) if begins else None
        _branches(canvas, grid.fan, y, way)
    for number, perch in enumerate(grid.axis.perches):
        _shelf(canvas, wires, number, wires.ys[wires.row_of[perch.over]])
    for number, body in grid.taps.items():
        y = wires.ys[wires.row_of[grid.axis.links[number].start]]
        _branches(canvas, body, y - lifted.taps[number], Way([[(body.trunk, y)]], dot=True))


def _branches(canvas: Canvas, body: Body, y: float, way: Way | None) -> None:
    """The branches of a body whose middle is at `y`; what leads to all of them, if anything does, is drawn once."""
    short = Way([[(body.trunk - s.BEND, y), (body.trunk, y)]])
    led = [number for number, track in enumerate(body.tracks) if not track.begins]
    whole = led[(len(led) - 1) // 2] if led else -1
    for number, (track, left, below) in enumerate(zip(body.tracks, body.lefts, body.ys, strict=True)):
        at = y + below
        if way is None or track.begins:
            draw_track(canvas, track, body.x + left, at)
            continue
        entry = way if number == whole or way.dot else short
        draw_track(canvas, track, body.x + left, at, entry.on((body.trunk, at)) if below or way.dot else entry)


def draw_track(canvas: Canvas, track: Track, x: float, y: float, entry: Way | None = None) -> None:
    """A branch that begins at `x`, and all that stands beside it."""
    row = Row(0, len(track.grid.x))
    grid = track.grid.shifted([x] * row.until)
    boxes.draw(canvas, grid, track.heights, row, y)
    bands.draw(canvas, grid, row, y, bands.Band(None, None, 0.0), 1)
    wires = Wires(canvas, grid, track.heights, [row], [y], entry=entry)
    wires.on_line()
    draw(canvas, wires)


def _shelf(canvas: Canvas, wires: Wires, number: int, line: float) -> None:
    """A shelf over the line at `line`, and the ways down from it."""
    ledge, y = wires.grid.ledges[number], line - wires.heights.ledges[number]
    ends = {end.cell: (ledge.x + end.x, y + end.y) for end in ledge.ends()}
    draw_track(canvas, ledge.track, ledge.x - ledge.track.left, y)
    for drop in wires.axis.drops.get(number, ()):
        (edge,) = wires.axis.links[drop].edges
        x, end = arrival(wires.grid, drop), ends[edge.source]
        path = [end, (x, end[1]), (x, wires.top(drop, line))]
        canvas.wire((edge.source, edge.target), edge.kind, [path], head=True, radius=s.BEND)


def _join(canvas: Canvas, wires: Wires, place: int, body: Body) -> None:
    """The ways from the last cells to their join."""
    y = wires.ys[wires.row_of[place]]
    cell = wires.axis.cells[place]
    for last, port, turn in zip(body.ends, body.ports(), body.turns(), strict=True):
        begin = (body.x + last.x, y + last.y)
        end = (wires.grid.x[place] - wires.grid.ruler.border(cell, "left", port), y + port)
        path = [begin, (turn, y + last.y), (turn, y + port), end] if last.y or port else [begin, end]
        canvas.wire((last.cell, cell.id), "flow", [path], radius=s.BEND)
