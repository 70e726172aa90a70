"""How far boxes reach above and below the line, and how high the arcs in them run. In D, both ways from the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...diagram.model import Box
from .. import sizes as s
from .grid import Grid, Heights, PlacedFork
from .nest import grouped, repeat_text
from .ports import arrival, low
from .routes import LANE
from .tracks import track_heights

Span = tuple[float, float]
Spot = tuple[float, float, float]
"""What something takes: from x to x, and how far it reaches up."""
SHARED = 2.0
"""Boxes side by side that differ by less than this share top and bottom."""


def heights(grid: Grid) -> Heights:
    """Of the boxes of a line, from the inside out, and of the shelves in them."""
    nest = grid.order.nest
    if not nest.boxes:
        return Heights(top=[], bottom=[], arc={}, reason={}, taps={}, shelves={})
    lines = grouped(_label_ends(grid))
    inside = grouped((box_index.parent, number) for number, box_index in enumerate(nest.boxes))
    forks = grouped((nest.inner[place], fork) for place, fork in grid.forks.items())
    perched = grouped((nest.inner[ordered.over], number) for number, ordered in enumerate(grid.order.shelves))
    top, bottom = [0.0] * len(nest.boxes), [0.0] * len(nest.boxes)
    arc: dict[int, float] = {}
    reason: dict[int, float] = {}
    shelves: dict[int, float] = {}
    for number in reversed(range(len(nest.boxes))):
        box_index, inner, own = nest.boxes[number], inside.get(number, []), forks.get(number, [])
        _share(top, bottom, inner)
        crown = grid.crown(box_index.first, box_index.last + 1)
        spots = [(grid.left[one], grid.right[one], top[one]) for one in inner]
        raised = lifted(grid, perched.get(number, ()), spots, own, crown)
        shelves |= raised
        arcs, reach, over = _arcs(grid, number, highest(crown, [*spots, *body_spots(own), *ledge_spots(grid, raised)]))
        arc |= arcs
        if box_index.box.reason:
            reason[number] = reach + s.NOTE
        top[number] = _noted(grid, box_index.box, reach, over)
        deep = [(grid.right[one], bottom[one]) for one in inner]
        bottom[number] = _below(grid, number, lines.get(number, ()), deep, own)
    return Heights(top=top, bottom=bottom, arc=arc, reason=reason, taps={}, shelves=shelves)


def shared(found: Heights, boxes: Sequence[int]) -> Heights:
    """With neighbours of nearly one height given the same top and bottom."""
    if not boxes:
        return found
    top, bottom = found.top[:], found.bottom[:]
    _share(top, bottom, boxes)
    return found._replace(top=top, bottom=bottom)


def _share(top: list[float], bottom: list[float], boxes: Sequence[int]) -> None:
    left = sorted(boxes, key=lambda box_index: top[box_index] + bottom[box_index])
    while left:
        tallest = top[left[-1]] + bottom[left[-1]]
        alike = [box_index for box_index in left if tallest - (top[box_index] + bottom[box_index]) < SHARED]
        high, deep = max(top[box_index] for box_index in alike), max(bottom[box_index] for box_index in alike)
        for box_index in alike:
            top[box_index], bottom[box_index] = high, deep
        left = left[: len(left) - len(alike)]


def of_branch(grid: Grid) -> tuple[Heights, float]:
    """Of a whole branch, and how far it reaches above its line: arcs run over all that stands on it, taps over these;
    where lanes lead on from the taps it is the other way round.
    """
    order, whole = grid.order, (0, len(grid.x))
    boxes = [number for number, box_index in enumerate(order.nest.boxes) if box_index.parent == -1]
    found = shared(heights(grid), boxes)
    loose, crown = grid.loose(*whole), grid.crown(*whole)
    spots = [(grid.left[box_index], grid.right[box_index], found.top[box_index]) for box_index in boxes]
    perched = [number for number, ordered in enumerate(order.shelves) if order.nest.inner[ordered.over] == -1]
    shelves = lifted(grid, perched, spots, loose, crown)
    reach = highest(crown, [*spots, *body_spots(loose), *ledge_spots(grid, shelves)])
    if any(route.leaf for route in order.routes):
        taps, reach = _tapped(grid, reach)
        arcs, reach, _ = _arcs(grid, LANE, reach)
    else:
        arcs, reach, _ = _arcs(grid, LANE, reach)
        taps, reach = _tapped(grid, reach)
    return found._replace(arc=found.arc | arcs, taps=taps, shelves=found.shelves | shelves), reach


def _tapped(grid: Grid, reach: float) -> tuple[dict[int, float], float]:
    """How far the taps stand over the line above what reaches so far, and how far all reaches then."""
    taps = {number: reach + fork.bottom for number, fork in grid.taps.items()}
    return taps, highest(reach, tap_spots(grid, taps))


def under_branch(grid: Grid, found: Heights) -> tuple[float, float]:
    """How far a branch reaches below its line with its last label's air, and to that label's baseline."""
    outer = [found.bottom[number] for number, box_index in enumerate(grid.order.nest.boxes) if box_index.parent == -1]
    forks = grid.loose(0, len(grid.x))
    lines = zip(grid.order.cells, grid.widths, strict=True)
    labels = [grid.ruler.label_end(cell, n) for cell, widths in lines for n, width in enumerate(widths) if width]
    labels = labels or [grid.ruler.labelled(cell) for cell in grid.order.cells]
    deep = max([grid.deep(0, len(grid.x)), *labels, *outer, *(fork.deep for fork in forks)])
    return max([deep + s.UNDER_LABEL, *(fork.bottom for fork in forks)]), deep


def lifted(
    grid: Grid, numbers: Iterable[int], spots: Sequence[Spot], forks: Sequence[PlacedFork], crown: float
) -> dict[int, float]:
    """How far over the line some shelves stand, over the boxes at `spots` and the forks that stand under them."""
    found: dict[int, float] = {}
    standing = [*spots, *body_spots(forks)]
    for number in sorted(numbers, key=lambda number: grid.shelves[number].rank):
        shelf = grid.shelves[number]
        spans = [(shelf.x, shelf.right)]
        joined = [fork.top for fork in forks if fork.ordered.fork.join and _meets(fork.trunk, fork.end(), spans)]
        base = max([highest(crown, under(standing, spans)), *joined])
        if shelf.below >= 0:
            base = max(base, found[shelf.below] + grid.shelves[shelf.below].placed.up)
        found[number] = base + shelf.placed.down
    return found


def body_spots(forks: Iterable[PlacedFork]) -> list[Spot]:
    return [(fork.trunk, fork.far, fork.top) for fork in forks]


def ledge_spots(grid: Grid, found: Mapping[int, float]) -> list[Spot]:
    """Of shelves that stand so far over the line."""
    return [(grid.shelves[n].x, grid.shelves[n].right, up + grid.shelves[n].placed.up) for n, up in found.items()]


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
    """The heights of what runs in a box, over what reaches so far; how far all reaches then, and the room over it."""
    numbers = grid.order.hosted.get(host, ())
    if not numbers:
        return {}, reach, s.PADDING
    spans = {number: (low(grid, number), arrival(grid, number)) for number in numbers}
    return track_heights(spans, grid.order.routes, reach, grid.ruler)


def _noted(grid: Grid, box: Box, reach: float, over: float) -> float:
    """The top of a box with its texts above what reaches so far; without any it has that room `over` it."""
    for text in filter(None, (box.reason, box.name, *box.marks)):
        reach, over = reach + s.NOTE + grid.ruler.note_height(text), s.OVER_NOTE
    return reach + over


def _label_ends(grid: Grid) -> Iterator[tuple[int, tuple[float, float]]]:
    """The box of every line of a label, -1 for none, with where the line ends: at its right, and below."""
    for place, box_index in enumerate(grid.order.nest.inner):
        cell, x = grid.order.cells[place], grid.x[place]
        for line, width in enumerate(grid.widths[place]):
            if width:
                yield box_index, (x + width / 2, grid.ruler.label_end(cell, line))


def _below(grid: Grid, number: int, lines: Sequence[Span], inner: Sequence[Span], forks: Sequence[PlacedFork]) -> float:
    """Under the last label, or under an own line of ×n where a label stands in its corner.

    `lines` are the box's own, as (right end, lower end), `inner` the boxes in it.
    """
    cells, nest, box_index = grid.order.cells, grid.order.nest, grid.order.nest.boxes[number]
    own = [cells[place] for place in range(box_index.first, box_index.last + 1) if nest.inner[place] == number]
    reach = max(map(grid.ruler.reach, own), default=s.RADIUS)
    bottom = max([reach + s.PADDING, *(end + s.UNDER_LABEL for _, end in lines)])
    bottom = max([bottom, *(deep + s.PADDING for _, deep in inner), *(fork.bottom for fork in forks)])
    repeat = repeat_text(box_index.box)
    if not repeat:
        return bottom
    left = grid.right[number] - s.REPEAT_RIGHT - grid.ruler.corner(repeat) - s.AIR
    beside = max((deep for end, deep in lines if end > left), default=0.0)
    ends = [(fork.x + fork.lefts[-1] + fork.branches[-1].right, fork.deep) for fork in forks]
    deeps = [beside, *(deep for end, deep in (*inner, *ends) if end > left)]
    return max(bottom, *(grid.ruler.corner_end(repeat, deep, reach) + s.REPEAT_UP for deep in deeps))
