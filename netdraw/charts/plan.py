"""How high a chart is, and what stands beside its points: names where all find a place, else numbers with a key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise

from ..core.records import NamedTuple
from .geometry import Area, Corner, Line
from .labels import place
from .occupied import Occupied, PlacedLabel, Room
from .sheet import MARK, KeyEntry, Sheet, across, upwards

NAMED = ((0.62, 2.4), (0.62, 3.6), (0.8, 2.4), (0.8, 3.6), (1.0, 3.6))
"""A chart's height by its width, and how far from its point, in D, a name may stand, in the order of the tries."""
COUNTED = (
    (0.62, 1.6),
    (0.62, 3.6),
    (0.8, 3.6),
    (0.8, 6.0),
    (1.0, 6.0),
    (1.0, 9.0),
    (1.4, 9.0),
    (1.4, 15.0),
    (1.6, 15.0),
)
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
    return next(found for way in _ways(sheet) if (found := _tried(sheet, *way)))


def _ways(sheet: Sheet) -> Iterator[tuple[Sequence[str], Sequence[KeyEntry], tuple[float, float], bool]]:
    """Labels, key, form, and whether each label has to find a place; in the order of the tries."""
    alike = [(point.label, point.x, point.y) for point in sheet.chart.points]
    first = {key: number for number, key in reversed([*enumerate(alike)])}
    # Of points that are alike in all, the first says it.
    names = [key[0] if first[key] == number else "" for number, key in enumerate(alike)]
    keys, counts = sheet.series_keys(), accumulate(int(bool(name)) for name in names)
    if sum(map(bool, names)) > MOST:
        yield names, keys, BESIDE, False
        return
    for form in NAMED:
        yield names, keys, form, True
    numbers = [str(count) if name else "" for name, count in zip(names, counts, strict=True)]
    numbered = sheet.point_keys(numbers)
    for form in COUNTED:
        yield numbers, numbered, form, True
    yield numbers, numbered, COUNTED[-1], False


def _tried(
    sheet: Sheet, labels: Sequence[str], keys: Sequence[KeyEntry], form: tuple[float, float], whole: bool
) -> Plan | None:
    ratio, reach = form
    plot, height = sheet.plot(keys, ratio)
    d = sheet.d
    points = [(across(plot, sheet.x, one.x), upwards(plot, sheet.y, one.y)) for one in sheet.chart.points]
    lines: list[Line] = []
    rest = iter(points)
    for one in sheet.chart.series:
        own = [*islice(rest, len(one.points))]
        lines += pairwise(own) if one.joined else ()
    inside = plot.grown(-0.04 * d)._replace(right=sheet.wide - sheet.margin)
    board = Occupied(inside, lines, points, MARK * d, Room(BETWEEN * d, OWN * d, OTHER * d, reach * d))
    sizes = [(sheet.width(label, sheet.base), HIGH * sheet.base) if label else None for label in labels]
    places = place(board, sizes, whole)
    if places is None:
        return None
    shown = [label if placed else "" for label, placed in zip(labels, places, strict=True)]
    return Plan(
        height=height, plot=plot, points=tuple(points), labels=tuple(shown), places=tuple(places), keys=tuple(keys)
    )
