"""Ways above the line that overlap, one over the other: arcs in a box, lanes over a row. In D."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .. import sizes as s
from ..sizes import Ruler
from .routes import Route

NONE: Mapping[int, str] = {}
Spans = dict[int, tuple[float, float]]
"""By number of the route, from where to where it runs."""


def tracks(spans: Spans, routes: Sequence[Route]) -> list[list[int]]:
    """The routes of each level, the lowest first: greedy interval colouring, shorter ones inner."""
    found: list[list[int]] = []
    for number in sorted(
        spans, key=lambda number: (routes[number].end - routes[number].start, routes[number].start, number)
    ):
        low, high = spans[number]
        for track in found:
            if all(high + s.AIR <= spans[other][0] or spans[other][1] + s.AIR <= low for other in track):
                track.append(number)
                break
        else:
            found.append([number])
    return found


def track_heights(
    spans: Spans, routes: Sequence[Route], reach: float, ruler: Ruler, letters: Mapping[int, str] = NONE
) -> tuple[dict[int, float], float, float]:
    """The height of every way over what reaches up to `reach`; how far they reach, and the room to leave above them.

    `letters` are those at the ends of the ways that go on in another row.
    """
    heights: dict[int, float] = {}
    below, over, said, beside, spacing = 0.0, s.OVER_ARC, 0.0, 0.0, ruler.spacing
    for count, track in enumerate(tracks(spans, routes)):
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
