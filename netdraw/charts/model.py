"""A chart before it has coordinates: points in series over two axes. The second, small input to a Scene."""

from typing import Any

from ..core.records import NamedTuple


class Axis(NamedTuple):
    """What is measured, with its unit (`MACs`, `memory in bytes`). `log` where equal ratios take equal room."""

    name: str
    log: bool = True


class Point(NamedTuple):
    """One network: an `id` that says which, its place by the axes' values, and what stands beside it."""

    id: str
    x: float
    y: float
    label: str


class Series(NamedTuple):
    """Points that belong together; `joined` draws a line from each to the next."""

    name: str
    points: tuple[Point, ...]
    joined: bool = True


class Chart(NamedTuple):
    """All that a chart says. `description` is for those who cannot see it."""

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    caption: str = ""
    description: str = ""

    @property
    def points(self) -> tuple[Point, ...]:
        """Those of all series, in order."""
        return tuple([point for series in self.series for point in series.points])

    def to_dict(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "x": self.x._asdict(),
            "y": self.y._asdict(),
            "series": [
                {"name": one.name, "joined": one.joined, "points": [point._asdict() for point in one.points]}
                for one in self.series
            ],
            "caption": self.caption,
            "description": self.description,
        }
