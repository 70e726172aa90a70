"""How far boxes reach above and below the line, and how high the arcs in them run. In D, both ways from the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...diagram.model import Box
from .. import sizes as s
from .grid import Body, Grid, Heights
from .levels import stack
from .links import LANE
from .nest import grouped, repeat_text
from .ports import arrival, low

Span = tuple[float, float]
Spot = tuple[float, float, float]
"""What something takes: from x to x, and how far it reaches up."""
SHARED = 2.0
"""Boxes side by side that differ by less than this share top and bottom."""


def heights(grid: Grid) -> Heights:
    """Of the boxes of a line, from the inside out, and of the shelves in them."""
    nest = grid.axis.nest
    if not nest.hulls:
        return Heights(top=[], bottom=[], arc={}, reason={}, taps={}, ledges={})
    lines = grouped(_label_ends(grid))
    inside = grouped((hull.parent, number) for number, hull in enumerate(nest.hulls))
    bodies = grouped((nest.inner[place], body) for place, body in grid.bodies.items())
    perched = grouped((nest.inner[perch.over], number) for number, perch in enumerate(grid.axis.perches))
    top, bottom = [0.0] * len(nest.hulls), [0.0] * len(nest.hulls)
    arc: dict[int, float] = {}
    reason: dict[int, float] = {}
    ledges: dict[int, float] = {}
    for number in reversed(range(len(nest.hulls))):
        hull, inner, own = nest.hulls[number], inside.get(number, []), bodies.get(number, [])
        _share(top, bottom, inner)
        crown = grid.crown(hull.first, hull.last + 1)
        spots = [(grid.left[one], grid.right[one], top[one]) for one in inner]
        raised = lifted(grid, perched.get(number, ()), spots, own, crown)
        ledges |= raised
        arcs, reach, over = _arcs(grid, number, highest(crown, [*spots, *body_spots(own), *ledge_spots(grid, raised)]))
        arc |= arcs
        if hull.box.reason:
            reason[number] = reach + s.NOTE
        top[number] = _noted(grid, hull.box, reach, over)
        deep = [(grid.right[one], bottom[one]) for one in inner]
        bottom[number] = _below(grid, number, lines.get(number, ()), deep, own)
    return Heights(top=top, bottom=bottom, arc=arc, reason=reason, taps={}, ledges=ledges)


def shared(found: Heights, hulls: Sequence[int]) -> Heights:
    """With neighbours of nearly one height given the same top and bottom."""
    if not hulls:
        return found
    top, bottom = found.top[:], found.bottom[:]
    _share(top, bottom, hulls)
    return found._replace(top=top, bottom=bottom)


def _share(top: list[float], bottom: list[float], hulls: Sequence[int]) -> None:
    left = sorted(hulls, key=lambda hull: top[hull] + bottom[hull])
    while left:
        tallest = top[left[-1]] + bottom[left[-1]]
        alike = [hull for hull in left if tallest - (top[hull] + bottom[hull]) < SHARED]
        high, deep = max(top[hull] for hull in alike), max(bottom[hull] for hull in alike)
        for hull in alike:
            top[hull], bottom[hull] = high, deep
        left = left[: len(left) - len(alike)]


def of_branch(grid: Grid) -> tuple[Heights, float]:
    """Of a whole branch, and how far it reaches above its line: arcs run over all that stands on it, taps over these;
    where lanes lead on from the taps it is the other way round.
    """
    axis, whole = grid.axis, (0, len(grid.x))
    hulls = [number for number, hull in enumerate(axis.nest.hulls) if hull.parent == -1]
    found = shared(heights(grid), hulls)
    loose, crown = grid.loose(*whole), grid.crown(*whole)
    spots = [(grid.left[hull], grid.right[hull], found.top[hull]) for hull in hulls]
    perched = [number for number, perch in enumerate(axis.perches) if axis.nest.inner[perch.over] == -1]
    ledges = lifted(grid, perched, spots, loose, crown)
    reach = highest(crown, [*spots, *body_spots(loose), *ledge_spots(grid, ledges)])
    if any(link.leaf for link in axis.links):
        taps, reach = _tapped(grid, reach)
        arcs, reach, _ = _arcs(grid, LANE, reach)
    else:
        arcs, reach, _ = _arcs(grid, LANE, reach)
        taps, reach = _tapped(grid, reach)
    return found._replace(arc=found.arc | arcs, taps=taps, ledges=found.ledges | ledges), reach


def _tapped(grid: Grid, reach: float) -> tuple[dict[int, float], float]:
    """How far the taps stand over the line above what reaches so far, and how far all reaches then."""
    taps = {number: reach + body.bottom for number, body in grid.taps.items()}
    return taps, highest(reach, tap_spots(grid, taps))


def under_branch(grid: Grid, found: Heights) -> tuple[float, float]:
    """How far a branch reaches below its line with its last label's air, and to that label's baseline."""
    outer = [found.bottom[number] for number, hull in enumerate(grid.axis.nest.hulls) if hull.parent == -1]
    bodies = grid.loose(0, len(grid.x))
    lines = zip(grid.axis.cells, grid.widths, strict=True)
    labels = [grid.ruler.label_end(cell, n) for cell, widths in lines for n, width in enumerate(widths) if width]
    labels = labels or [grid.ruler.labelled(cell) for cell in grid.axis.cells]
    deep = max([grid.deep(0, len(grid.x)), *labels, *outer, *(body.deep for body in bodies)])
    return max([deep + s.UNDER_LABEL, *(body.bottom for body in bodies)]), deep


def lifted(
    grid: Grid, numbers: Iterable[int], spots: Sequence[Spot], bodies: Sequence[Body], crown: float
) -> dict[int, float]:
    """How far over the line some shelves stand, over the boxes at `spots` and the bodies that stand under them."""
    found: dict[int, float] = {}
    standing = [*spots, *body_spots(bodies)]
    for number in sorted(numbers, key=lambda number: grid.ledges[number].rank):
        ledge = grid.ledges[number]
        spans = [(ledge.x, ledge.right)]
        joined = [body.top for body in bodies if body.sub.fork.join and _meets(body.trunk, body.end(), spans)]
        base = max([highest(crown, under(standing, spans)), *joined])
        if ledge.below >= 0:
            base = max(base, found[ledge.below] + grid.ledges[ledge.below].track.up)
        found[number] = base + ledge.track.down
    return found


def body_spots(bodies: Iterable[Body]) -> list[Spot]:
    return [(body.trunk, body.far, body.top) for body in bodies]


def ledge_spots(grid: Grid, found: Mapping[int, float]) -> list[Spot]:
    """Of shelves that stand so far over the line."""
    return [(grid.ledges[n].x, grid.ledges[n].right, up + grid.ledges[n].track.up) for n, up in found.items()]


def tap_spots(grid: Grid, found: Mapping[int, float]) -> list[Spot]:
    """Of taps whose middles stand so far over the line."""
    return [(grid.taps[n].trunk, grid.taps[n].far, up + grid.taps[n].top) for n, up in found.items()]


def highest(reach: float, spots: Iterable[Spot]) -> float:
    """How far all reach up, and what reaches so far."""
    return max([reach, *(top for _, _, top in spots)])


def under(spots: Iterable[Spot], spans: Sequence[Span]) -> list[Spot]:
    """Those over which something runs from x to x."""
    return [spot for spot in spots if _meets(*spot[:2], spans)]


def _meets(left: float, right: float, spans: Sequence[Span]) -> bool:
    return any(low < right + s.AIR and left - s.AIR < high for low, high in spans)


def _arcs(grid: Grid, host: int, reach: float) -> tuple[dict[int, float], float, float]:
    """The heights of what runs in a hull, over what reaches so far; how far all reaches then, and the room over it."""
    numbers = grid.axis.hosted.get(host, ())
    if not numbers:
        return {}, reach, s.PADDING
    spans = {number: (low(grid, number), arrival(grid, number)) for number in numbers}
    return stack(spans, grid.axis.links, reach, grid.ruler)


def _noted(grid: Grid, box: Box, reach: float, over: float) -> float:
    """The top of a box with its texts above what reaches so far; without any it has that room `over` it."""
    for text in filter(None, (box.reason, box.name, *box.marks)):
        reach, over = reach + s.NOTE + grid.ruler.note_height(text), s.OVER_NOTE
    return reach + over


def _label_ends(grid: Grid) -> Iterator[tuple[int, tuple[float, float]]]:
    """The hull of every line of a label, -1 for none, with where the line ends: at its right, and below."""
    for place, hull in enumerate(grid.axis.nest.inner):
        cell, x = grid.axis.cells[place], grid.x[place]
        for line, width in enumerate(grid.widths[place]):
            if width:
                yield hull, (x + width / 2, grid.ruler.label_end(cell, line))


def _below(grid: Grid, number: int, lines: Sequence[Span], inner: Sequence[Span], bodies: Sequence[Body]) -> float:
    """Under the last label, or under an own line of ×n where a label stands in its corner.

    `lines` are the hull's own, as (right end, lower end), `inner` the hulls in it.
    """
    cells, nest, hull = grid.axis.cells, grid.axis.nest, grid.axis.nest.hulls[number]
    own = [cells[place] for place in range(hull.first, hull.last + 1) if nest.inner[place] == number]
    reach = max(map(grid.ruler.reach, own), default=s.RADIUS)
    bottom = max([reach + s.PADDING, *(end + s.UNDER_LABEL for _, end in lines)])
    bottom = max([bottom, *(deep + s.PADDING for _, deep in inner), *(body.bottom for body in bodies)])
    repeat = repeat_text(hull.box)
    if not repeat:
        return bottom
    left = grid.right[number] - s.REPEAT_RIGHT - grid.ruler.corner(repeat) - s.AIR
    beside = max((deep for end, deep in lines if end > left), default=0.0)
    ends = [(body.x + body.lefts[-1] + body.tracks[-1].right, body.deep) for body in bodies]
    deeps = [beside, *(deep for end, deep in (*inner, *ends) if end > left)]
    return max(bottom, *(grid.ruler.corner_end(repeat, deep, reach) + s.REPEAT_UP for deep in deeps))
