"""How high a chart is, and what stands beside its points: names where all find a place, else numbers with a key."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ..core.records import NamedTuple
from .geometry import Area, Corner, Line
from .labels import place
from .occupied import Occupied, PlacedLabel, Room
from .sheet import MARK, KeyEntry, Sheet, at

NAMED = ((0.62, 2.4), (0.62, 3.6), (0.8, 2.4), (0.8, 3.6), (1.0, 3.6))
"""A chart's height by its width, and how far from its point, in D, a name may stand, in the order of the tries."""
COUNTED = ((0.62, 1.6), (0.62, 3.6), (0.8, 3.6), (0.8, 6.0), (1.0, 6.0), (1.0, 9.0), (1.4, 9.0), (1.4, 15.0))
"""The same for numbers."""
BESIDE = (NAMED[0][0], 0.0)
"""Where there are more points than a key can have."""
MOST = 200
"""Of more points no key can be read: those that find no place have no label."""
BETWEEN, OWN, OTHER = 0.16, 0.09, 0.05
"""The distances of labels from each other, from their own mark, and from others, in D."""
HIGH = 1.12
"""A label's height by the size of its text, the same over and under the middle of capitals."""


class Plan(NamedTuple):
    """A chart with all its places. `labels` are the words beside the points, empty for those that have none."""

    height: float
    plot: Area
    points: tuple[Corner, ...]
    labels: tuple[str, ...]
    places: tuple[PlacedLabel | None, ...]
    keys: tuple[KeyEntry, ...]


def plan(sheet: Sheet) -> Plan:
    """The first of the ways to label a chart in which every label finds a place."""
    names, keys = _once(sheet), sheet.series_keys()
    few = sum(map(bool, names)) <= MOST
    for form in NAMED if few else ():
        found = _tried(sheet, names, keys, form)
        if found is not None:
            return found
    numbers, numbered = _numbers(names), keys
    if few:
        numbered = sheet.point_keys(numbers)
        for form in COUNTED:
            found = _tried(sheet, numbers, numbered, form)
            if found is not None:
                return found
    last = _tried(sheet, numbers if few else names, numbered, COUNTED[-1] if few else BESIDE, whole=False)
    assert last is not None
    return last


def _once(sheet: Sheet) -> list[str]:
    """What is beside each point; of points that are alike in all, the first says it."""
    said: set[tuple[str, float, float]] = set()
    names = []
    for point in sheet.chart.points:
        key = (point.label, point.x, point.y)
        names.append("" if key in said else point.label)
        said.add(key)
    return names


def _numbers(names: Sequence[str]) -> list[str]:
    """From 1, for every point that has a name."""
    count, found = 0, []
    for name in names:
        count += bool(name)
        found.append(str(count) if name else "")
    return found


def _tried(
    sheet: Sheet, labels: Sequence[str], keys: Sequence[KeyEntry], form: tuple[float, float], whole: bool = True
) -> Plan | None:
    ratio, reach = form
    plot, height = sheet.plot(keys, ratio)
    d, series = sheet.d, sheet.chart.series
    points = [at(plot, sheet.x, sheet.y, point) for point in sheet.chart.points]
    lines: list[Line] = []
    start = 0
    for one in series:
        own = points[start : start + len(one.points)]
        start += len(own)
        lines += pairwise(own) if one.joined else ()
    inside = plot.grown(-0.04 * d)._replace(right=sheet.width - sheet.margin)
    board = Occupied(inside, lines, points, MARK * d, Room(BETWEEN * d, OWN * d, OTHER * d, reach * d))
    sizes = [(sheet.medium.width(label, sheet.base), HIGH * sheet.base) if label else None for label in labels]
    places = place(board, sizes, whole)
    if places is None:
        return None
    shown = [label if placed else "" for label, placed in zip(labels, places, strict=True)]
    return Plan(height, plot, tuple(points), tuple(shown), tuple(places), tuple(keys))
