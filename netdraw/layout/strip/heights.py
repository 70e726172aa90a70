"""How far boxes reach above and below the line, and how high the ways over it run: arcs in a box, lanes over a row.

In D, both ways from the line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ...diagram.model import by_key
from .. import sizes as s
from .grid import Grid, Heights, PlacedFork
from .nest import repeat_text
from .ports import arrival, low
from .routes import LANE, Route
from .tracks import TakenTracks

Span = tuple[float, float]
Spans = Mapping[int, Span]
"""By number of the route, from where to where it runs."""
Spot = tuple[float, float, float]
"""What something takes: from x to x, and how far it reaches up."""
SHARED = 2.0
"""Boxes side by side that differ by less than this share top and bottom."""
Letters = Mapping[int, str]


def heights(grid: Grid) -> Heights:
    """Of the boxes of a line, from the inside out, and of the shelves in them."""
    nest, count = grid.order.nest, len(grid.order.nest.boxes)
    all_heights = Heights(top=[0.0] * count, bottom=[0.0] * count, arc={}, reason={}, taps={}, shelves={})
    if not nest.boxes:
        return all_heights
    top, bottom, arc, reason, _, shelves = all_heights
    lines = by_key(_label_ends(grid))
    inside = by_key((box.parent, number) for number, box in enumerate(nest.boxes))
    forks = by_key((nest.inner[place], fork) for place, fork in grid.forks.items())
    raised = by_key((nest.inner[shelf.over], number) for number, shelf in enumerate(grid.order.shelves))
    for number, (box, first, last, *_) in reversed(list(enumerate(nest.boxes))):
        inner, own = inside.get(number, []), forks.get(number, [])
        _share(top, bottom, inner)
        crown = grid.crown(first, last + 1)
        spots = [(grid.left[one], grid.right[one], top[one]) for one in inner]
        stood = lifted(grid, raised.get(number, ()), spots, own, crown)
        arcs, reach, over = _arcs(grid, number, highest(crown, [*spots, *fork_spots(own), *shelf_spots(grid, stood)]))
        shelves.update(stood)
        arc.update(arcs)
        if box.marks and _ticked(grid, number):
            reach += s.TICK_HEIGHT / 2
        if box.reason:
            reason[number] = reach + s.NOTE
        for text in filter(None, (box.reason, box.name, *box.marks)):
            reach, over = reach + s.NOTE + grid.ruler.note_height(text), s.OVER_NOTE
        top[number] = reach + over
        deep = [(grid.right[one], bottom[one]) for one in inner]
        bottom[number] = _below(grid, number, lines.get(number, ()), deep, own)
    return all_heights


def _ticked(grid: Grid, number: int) -> bool:
    """Whether a layer without a cell stands on an arc of a box."""
    routes = [grid.order.routes[one] for one in grid.order.hosted.get(number, ())]
    edges = {(edge.source, edge.target) for route in routes for edge in route.edges}
    return any((tick.after, tick.before) in edges for tick in grid.order.side_ticks)


def shared(found: Heights, boxes: Sequence[int]) -> Heights:
    """With neighbours of nearly one height given the same top and bottom."""
    top, bottom = found.top[:], found.bottom[:]
    _share(top, bottom, boxes)
    return found._replace(top=top, bottom=bottom)


def _share(top: list[float], bottom: list[float], boxes: Sequence[int]) -> None:
    for places in alike([top[box] + bottom[box] for box in boxes]):
        group = [boxes[place] for place in places]
        high, deep = max(top[box] for box in group), max(bottom[box] for box in group)
        for box in group:
            top[box], bottom[box] = high, deep


def alike(sizes: Sequence[float]) -> Iterator[list[int]]:
    """The places of those that differ by less than SHARED from the largest, then of the others likewise."""
    left = sorted(range(len(sizes)), key=sizes.__getitem__)
    while left:
        found = [place for place in left if sizes[left[-1]] - sizes[place] < SHARED]
        yield found
        left = left[: -len(found)]


def of_branch(grid: Grid) -> tuple[Heights, float]:
    """Of a whole branch, and how far it reaches above its line: arcs run over all that stands on it, taps over these;
    where lanes lead on from the taps it is the other way round.
    """
    order, whole = grid.order, (0, len(grid.x))
    boxes = [number for number, box in enumerate(order.nest.boxes) if box.parent == -1]
    found = shared(heights(grid), boxes)
    loose, crown = grid.loose(*whole), grid.crown(*whole)
    spots = [(grid.left[box], grid.right[box], found.top[box]) for box in boxes]
    raised = [number for number, shelf in enumerate(order.shelves) if order.nest.inner[shelf.over] == -1]
    shelves = lifted(grid, raised, spots, loose, crown)
    reach = highest(crown, [*spots, *fork_spots(loose), *shelf_spots(grid, shelves)])
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
    outer = [found.bottom[number] for number, box in enumerate(grid.order.nest.boxes) if box.parent == -1]
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
    standing = [*spots, *fork_spots(forks)]
    for number in sorted(numbers, key=lambda number: grid.shelves[number].rank):
        shelf = grid.shelves[number]
        spans = [(shelf.x, shelf.right)]
        joined = [one.top for one in forks if one.fork.join and _meets(one.trunk, one.end(), spans)]
        base = max([highest(crown, under(standing, spans)), *joined])
        if shelf.below >= 0:
            base = max(base, found[shelf.below] + grid.shelves[shelf.below].placed.up)
        found[number] = base + shelf.placed.down
    return found


def fork_spots(forks: Iterable[PlacedFork]) -> list[Spot]:
    return [(fork.trunk, fork.far, fork.top) for fork in forks]


def shelf_spots(grid: Grid, found: Mapping[int, float]) -> list[Spot]:
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
    return track_heights(grid, spans, reach, {})


def track_heights(grid: Grid, spans: Spans, reach: float, letters: Letters) -> tuple[dict[int, float], float, float]:
    """The height of every way over what reaches up to `reach`; how far they reach, and the room to leave above them.

    `letters` are those at the ends of the ways that go on in another row.
    """
    routes, ruler, spacing = grid.order.routes, grid.ruler, grid.ruler.spacing
    heights: dict[int, float] = {}
    below, over, said, beside = 0.0, s.OVER_ARC, 0.0, 0.0
    for count, track in enumerate(_tracks(spans, routes)):
        half = max([ruler.slot(cell).height / 2 for number in track for cell in routes[number].cells], default=0.0)
        texts = [text for number in track for text in (routes[number].from_member, letters.get(number, ""))]
        side = max(map(ruler.lane_side, texts))
        step = half + spacing.under_small if half else spacing.arc
        if count:
            step = spacing.beside_small + half + below + said if half or below else side + beside
        reach += step
        heights.update(dict.fromkeys(track, reach))
        below, beside = half, side
        said = max([ruler.said_height(tuple(map(ruler.said, routes[number].cells))) for number in track])
    if below:
        reach, over = reach + below + said, spacing.over_small
    return heights, reach, over


def _tracks(spans: Spans, routes: Sequence[Route]) -> list[list[int]]:
    """The routes of each track, the lowest first: greedy interval colouring, shorter ones inner; those on one lane
    count as one.
    """
    found: list[list[int]] = []
    lanes = by_key((number if routes[number].lane < 0 else routes[number].lane, number) for number in spans)
    runs = {n: (min(spans[one][0] for one in own), max(spans[one][1] for one in own)) for n, own in lanes.items()}
    taken = TakenTracks([(low, high + s.AIR) for low, high in runs.values()])
    for number in sorted(runs, key=lambda n: (routes[n].end - routes[n].start, routes[n].start, n)):
        low, high = runs[number]
        track = taken.take(low, high + s.AIR)
        if track == len(found):
            found.append([])
        found[track] += lanes[number]
    return found


def _label_ends(grid: Grid) -> Iterator[tuple[int, tuple[float, float]]]:
    """The box of every line of a label, -1 for none, with where the line ends: at its right, and below."""
    for place, box in enumerate(grid.order.nest.inner):
        cell, x = grid.order.cells[place], grid.x[place]
        for line, width in enumerate(grid.widths[place]):
            if width:
                yield box, (x + width / 2, grid.ruler.label_end(cell, line))


def _below(grid: Grid, number: int, lines: Sequence[Span], inner: Sequence[Span], forks: Sequence[PlacedFork]) -> float:
    """Under the last label, or under an own line of ×n where a label stands in its corner.

    `lines` are the box's own, as (right end, lower end), `inner` the boxes in it.
    """
    cells, nest, (box, first, last, *_) = grid.order.cells, grid.order.nest, grid.order.nest.boxes[number]
    own = [cells[place] for place in range(first, last + 1) if nest.inner[place] == number]
    reach = max(map(grid.ruler.reach, own), default=s.RADIUS)
    bottom = max([reach + s.PADDING, *(end + s.UNDER_LABEL for _, end in lines)])
    bottom = max([bottom, *(deep + s.PADDING for _, deep in inner), *(fork.bottom for fork in forks)])
    repeat = repeat_text(box)
    if not repeat:
        return bottom
    left = grid.right[number] - s.REPEAT_RIGHT - grid.ruler.corner(repeat) - s.AIR
    beside = max((deep for end, deep in lines if end > left), default=0.0)
    ends = [(fork.x + fork.lefts[-1] + fork.branches[-1].right, fork.deep) for fork in forks]
    deeps = [beside, *(deep for end, deep in (*inner, *ends) if end > left)]
    return max(bottom, *(grid.ruler.corner_end(repeat, deep, reach) + s.REPEAT_UP for deep in deeps))
