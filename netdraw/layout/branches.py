"""Draws the branches of forks, the fans that end a line and the taps above it, with all that is in them. In D."""

from __future__ import annotations

from . import bands, boxes
from . import sizes as s
from .bodies import Body
from .canvas import Canvas
from .grid import sided
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
    for track, left, below in zip(body.tracks, body.lefts, body.ys, strict=True):
        grid, at, row = track.grid, y + below, Row(0, len(track.grid.x))
        grid.shift([body.x + left] * row.until)
        boxes.draw(canvas, grid, track.heights, row, at)
        bands.draw(canvas, grid, row, at, bands.Band(None, None, 0.0), 1)
        wires = Wires(canvas, grid, [row], [at], 0.0, way if at == way.pieces[-1][-1][1] else way.on((body.trunk, at)))
        wires.flows()
        wires.ticks()
        wires.arcs(track.heights)
        draw(canvas, wires)


def _join(canvas: Canvas, wires: Wires, place: int, body: Body, y: float) -> None:
    """The ways from the last cells to their join."""
    grid, cell = wires.grid, wires.axis.cells[place]
    links = sum(link.end == place and link.tap is None for link in wires.axis.links)
    border = wires.side(place, -1)
    for track, below, beside in zip(body.tracks, body.ys, body.ports(links), strict=True):
        last = len(track.grid.x) - 1
        right = Wires(canvas, track.grid, [Row(0, last + 1)], [y + below], 0.0).side(last, 1)
        path = [(right, y + below)]
        if below and sided(grid, place):
            path += [(border - s.SIDED, y + below), (border - s.SIDED, y)]
        elif below:
            x, reach = grid.x[place] + beside, wires.border(place, beside)
            path += [(x, y + below), (x, y + (reach if below > 0 else -reach))]
        if not below or sided(grid, place):
            path.append((border, y))
        canvas.wire((track.grid.axis.cells[last].id, cell.id), "flow", [path], radius=s.BEND)
