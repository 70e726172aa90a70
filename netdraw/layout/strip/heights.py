"""How far boxes reach above and below the line, and how high the arcs in them run. In D, both ways from the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ...diagram.model import Cell
from .. import sizes as s
from .grid import Grid
from .levels import stack
from .links import LANE, repeat_text

if TYPE_CHECKING:
    from .bodies import Body, Ledge

Span = tuple[float, float]
Spot = tuple[float, float, float]
"""Where a hull stands: from x to x, and how far it reaches up."""
SHARED = 2.0
"""Boxes side by side that differ by less than this share top and bottom."""


class Heights:
    """By hull: `top` and `bottom`; by link that runs in a hull: its `arc`; by hull with a reason: its baseline."""

    def __init__(self, grid: Grid) -> None:
        self.grid, self.axis = grid, grid.axis
        count = len(self.axis.hulls)
        self.top = [0.0] * count
        self.bottom = [0.0] * count
        self.arc: dict[int, float] = {}
        self.reason: dict[int, float] = {}
        self._inside: dict[int, list[int]] = {}
        self._lines = self._own_lines()
        self._bodies: dict[int, list[Body]] = {}
        self._ledges: dict[int, list[Ledge]] = {}
        for place, body in grid.bodies.items():
            self._bodies.setdefault(self.axis.inner[place], []).append(body)
        for perch, ledge in zip(self.axis.perches, grid.ledges, strict=True):
            self._ledges.setdefault(self.axis.inner[perch.over], []).append(ledge)
        for hull in reversed(range(count)):
            self._measure(hull)
            self._inside.setdefault(self.axis.hulls[hull].parent, []).append(hull)

    def share(self, hulls: Sequence[int]) -> None:
        """Gives neighbours of nearly one height the same top and bottom."""
        left = sorted(hulls, key=self._height)
        while left:
            tallest = self._height(left[-1])
            alike = [hull for hull in left if tallest - self._height(hull) < SHARED]
            top = max(self.top[hull] for hull in alike)
            bottom = max(self.bottom[hull] for hull in alike)
            for hull in alike:
                self.top[hull], self.bottom[hull] = top, bottom
            left = left[: len(left) - len(alike)]

    def lift_all(self) -> float:
        """How far a branch reaches above its line: arcs run over all that stands on it, taps stand over these."""
        hulls = [hull for hull, one in enumerate(self.axis.hulls) if one.parent == -1]
        self.share(hulls)
        loose = self.grid.loose(0, len(self.grid.x))
        crown = self.grid.crown(0, len(self.grid.x))
        reach = max([crown, *(self.top[hull] for hull in hulls), *(body.top for body in loose)])
        reach = self.lift(self._ledges.get(-1, ()), self._spots(hulls), loose, crown, reach)
        taps = self.grid.taps.values()
        raised = any(link.leaf for link in self.axis.links)
        if raised:
            reach = _lift_taps(taps, reach)
        numbers = self.axis.hosted.get(LANE, ())
        if numbers:
            spans = {number: (self.grid.low(number), self.grid.arrival(number)) for number in numbers}
            heights, reach, _ = stack(spans, self.axis.links, reach, self.grid.ruler)
            self.arc.update(heights)
        return reach if raised else _lift_taps(taps, reach)

    def lift(
        self, ledges: Iterable[Ledge], hulls: Sequence[Spot], bodies: Sequence[Body], crown: float, reach: float
    ) -> float:
        """Lifts shelves over what stands under them; how far all reaches then."""
        for ledge in sorted(ledges, key=lambda ledge: ledge.rank):
            spans = [(ledge.x, ledge.right)]
            joined = [body.top for body in bodies if body.sub.fork.join and meets(body.trunk, body.end(), spans)]
            base = max([crown, *under(hulls, spans), *joined, *tops(bodies, spans)])
            if ledge.below:
                base = max(base, ledge.below.lifted + ledge.below.top)
            ledge.lifted = base + ledge.bottom
            reach = max(reach, ledge.lifted + ledge.top)
        return reach

    def _spots(self, hulls: Iterable[int]) -> list[Spot]:
        return [(self.grid.left[hull], self.grid.right[hull], self.top[hull]) for hull in hulls]

    def under(self) -> tuple[float, float]:
        """How far a branch reaches below its line with its last label's air, and to that label's baseline."""
        lines = [line for own in self._lines.values() for _, line in own]
        lines = lines or [self.grid.ruler.labelled(cell) for cell in self.axis.cells]
        deep = max([self.grid.deep(0, len(self.grid.x)), *lines])
        outer = [self.bottom[hull] for hull, one in enumerate(self.axis.hulls) if one.parent == -1]
        bodies = self.grid.loose(0, len(self.grid.x))
        deep = max([deep, *outer, *(body.deep for body in bodies)])
        return max([deep + s.UNDER_LABEL, *(body.bottom for body in bodies)]), deep

    def _height(self, hull: int) -> float:
        return self.top[hull] + self.bottom[hull]

    def _own_lines(self) -> dict[int, list[tuple[float, float]]]:
        """By hull, its own cells' texts, those of inner hulls apart: (right end, lower end)."""
        grid, lines = self.grid, dict[int, list[tuple[float, float]]]()
        for place, hull in enumerate(self.axis.inner):
            own = lines.setdefault(hull, [])
            cell, x = self.axis.cells[place], grid.x[place]
            ends = [(grid.ruler.label_end(cell, line), width) for line, width in enumerate(grid.widths[place]) if width]
            own.extend((x + width / 2, end) for end, width in ends)
        return lines

    def _own_cells(self, hull: int) -> list[Cell]:
        """The cells of a hull, those of inner ones apart."""
        first, last = self.axis.hulls[hull].first, self.axis.hulls[hull].last
        return [self.axis.cells[place] for place in range(first, last + 1) if self.axis.inner[place] == hull]

    def _measure(self, hull: int) -> None:
        inside = self._inside.get(hull, ())
        if inside:
            self.share(inside)
        crown = self.grid.crown(self.axis.hulls[hull].first, self.axis.hulls[hull].last + 1)
        bodies = self._bodies.get(hull, [])
        reach = max([crown, *(self.top[child] for child in inside), *(body.top for body in bodies)])
        reach = self.lift(self._ledges.get(hull, ()), self._spots(inside), bodies, crown, reach)
        self.top[hull] = self._above(hull, reach)
        self.bottom[hull] = self._below(hull, inside)

    def _above(self, hull: int, reach: float) -> float:
        box, over = self.axis.hulls[hull].box, s.PADDING
        numbers = self.axis.hosted.get(hull, ())
        if numbers:
            spans = {number: (self.grid.low(number), self.grid.arrival(number)) for number in numbers}
            heights, reach, over = stack(spans, self.axis.links, reach, self.grid.ruler)
            self.arc.update(heights)
        for text, is_reason in ((box.reason, True), (box.name, False), *((mark, False) for mark in box.marks)):
            if text:
                if is_reason:
                    self.reason[hull] = reach + s.NOTE
                reach, over = reach + s.NOTE + self.grid.ruler.note_height(text), s.OVER_NOTE
        return reach + over

    def _below(self, hull: int, inside: Sequence[int]) -> float:
        """Under the last label, or under an own line of ×n where a label stands in its corner."""
        own = self._lines.get(hull, ())
        reach = max([self.grid.ruler.reach(cell) for cell in self._own_cells(hull)], default=s.RADIUS)
        bottom = max([reach + s.PADDING, *(end + s.UNDER_LABEL for _, end in own)])
        bodies = self._bodies.get(hull, ())
        bottom = max([bottom, *(self.bottom[child] + s.PADDING for child in inside), *(body.bottom for body in bodies)])
        repeat = repeat_text(self.axis.hulls[hull].box)
        if not repeat:
            return bottom
        ruler, right = self.grid.ruler, self.grid.right[hull]
        left = right - s.REPEAT_RIGHT - ruler.corner(repeat) - s.AIR
        baseline = ruler.corner_end(repeat, max((deep for end, deep in own if end > left), default=0.0), reach)
        for child in inside:
            if self.grid.right[child] > left:
                baseline = max(baseline, ruler.corner_end(repeat, self.bottom[child], reach))
        for body in bodies:
            if body.x + body.lefts[-1] + body.tracks[-1].right > left:
                baseline = max(baseline, ruler.corner_end(repeat, body.deep, reach))
        return max(bottom, baseline + s.REPEAT_UP)


def _lift_taps(taps: Iterable[Body], reach: float) -> float:
    for body in taps:
        body.lifted = reach + body.bottom
    return max([reach, *(body.lifted + body.top for body in taps)])


def tops(bodies: Iterable[Body | Ledge], spans: Sequence[Span]) -> list[float]:
    """How far those bodies reach up over which something runs from x to x."""
    return [body.lifted + body.top for body in bodies if meets(body.trunk, body.far, spans)]


def under(hulls: Iterable[Spot], spans: Sequence[Span]) -> list[float]:
    """How far those hulls reach up over which something runs from x to x."""
    return [top for left, right, top in hulls if meets(left, right, spans)]


def meets(left: float, right: float, spans: Sequence[Span]) -> bool:
    return any(low < right + s.AIR and left - s.AIR < high for low, high in spans)
