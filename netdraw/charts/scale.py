"""Where values stand along an axis, and which of them it names."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ..core.records import NamedTuple
from .model import Axis

STEPS = (1, 2, 5)
"""An axis names so many times a power of ten."""
FEWEST, MOST = 3, 7
"""So many values does an axis name."""
AIR = 0.06
"""What is left free at both ends of an axis, by its length."""
ALONE = 0.05
"""How far a linear axis reaches on both sides of a single value, by that."""
PREFIXES = "kMGTPE"


class AxisScale(NamedTuple):
    """An axis from `low` to `high` (their logarithms where it is one), and the values that it names."""

    low: float
    high: float
    log: bool
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The share of the axis that lies before a value."""
        place = math.log10(value) if self.log else value
        return (place - self.low) / (self.high - self.low)


def scale(axis: Axis, values: Sequence[float]) -> AxisScale:
    """The scale on which all values stand; linear where one is not above 0."""
    log = axis.log and min(values) > 0
    places = [math.log10(value) if log else value for value in values]
    low, high = min(places), max(places)
    if high == low:
        spread = 0.5 if log else abs(high) * ALONE
        low, high = (low - spread, high + spread) if log or high else (0.0, 1.0)
    air = (high - low) * AIR
    low, high = low - air, high + air
    return AxisScale(low, high, log, _log_ticks(low, high) if log else _linear_ticks(low, high))


def _log_ticks(low: float, high: float) -> tuple[float, ...]:
    """Powers of ten where there are enough of them, else with twice and five times of them; else as if linear."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    for steps in ((1,), STEPS):
        found = [step * 10.0**power for power in powers for step in steps]
        inside = [value for value in found if low <= math.log10(value) <= high]
        if len(inside) > MOST:
            every = math.ceil(len(inside) / MOST)
            return tuple(inside[::every])
        if len(inside) >= FEWEST:
            return tuple(inside)
    return _linear_ticks(10**low, 10**high)


def _linear_ticks(low: float, high: float) -> tuple[float, ...]:
    """Multiples of the least 1, 2 or 5 times a power of ten of which an axis has no more than MOST."""
    power = math.floor(math.log10(high - low)) - 1
    sizes = (step * 10.0**exponent for exponent in range(power, power + 4) for step in STEPS)
    size = next(size for size in sizes if math.floor(high / size) - math.ceil(low / size) < MOST)
    first, last = math.ceil(low / size), math.floor(high / size)
    return tuple([number * size for number in range(first, last + 1)])


def value_text(value: float) -> str:
    """A value as an axis names it, in as few digits as it has, up to the twelfth: `20 M`, `0.5`, `299.46 M`."""
    size = abs(value)
    place = 0
    while size >= 1000 * (1 - 1e-9) and place < len(PREFIXES):
        size, place = size / 1000, place + 1
    text = f"{size:.12g}"
    sign = "−" if value < 0 else ""
    return f"{sign}{text} {PREFIXES[place - 1]}" if place else f"{sign}{text}"
