"""The points of a sweep: every combination of the values of some params, as given; and which of them a fault is at."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from ..core.errors import Fault, OptionError, option
from ..core.numbers import grouped
from ..figure.options.kinds import wrong
from ..spec.settings import Written, value_of

OPTION = "--over"
MOST = 1000
"""A sweep has no more points."""

Over = Mapping[str, Sequence[Any]]
"""The values by the names of their params."""
Values = tuple[Any, ...]


def points(over: Over) -> list[Values]:
    """All combinations; the values of the last param change first. Raises OptionError for none and for too many."""
    faults = [fault for name, values in over.items() for fault in _checked(name, values)]
    if not over:
        faults.append(_wrong(f"nothing to sweep over; write {option('over')}, such as width=1,0.75,0.5"))
    if faults:
        raise OptionError(faults)
    count = math.prod(map(len, over.values()))
    if count > MOST:
        raise wrong("over", f"{grouped(count)} points are too many; a sweep has {grouped(MOST)} at most", "ND661")
    return list(product(*over.values()))


def _wrong(message: str) -> Fault:
    return Fault("ND660", message, where=option("over"))


def _checked(name: str, values: object) -> Iterator[Fault]:
    if isinstance(values, str | bytes) or not isinstance(values, Sequence) or not values:
        yield _wrong(f"'{name}' needs a list of values, not {values!r}")
        return
    found: list[Any] = []
    for value in values:
        plain = value_of(value)
        key = (isinstance(plain, bool), plain)  # for Python True is 1
        if key in found:
            yield _wrong(f"'{name}' has the value {said(value)} twice")
        found.append(key)


def split_values(options: Iterable[str]) -> dict[str, list[Written]]:
    """`name=1,2,3` options by name; a comma inside brackets is none between values.

    Raises ValueError for others, for a value that is missing, and for a name that stands twice.
    """
    found: dict[str, list[Written]] = {}
    for text in options:
        name, sign, values = text.partition("=")
        name = name.strip()
        if not sign or not name or not values.strip():
            raise ValueError(f"'{text}' is not of the form name=value,value")
        if name in found:
            raise ValueError(f"'{name}' is given twice; write all of its values in one: {name}=value,value")
        parts = [part.strip() for part in _parts(values)]
        if "" in parts:
            raise ValueError(f"'{text}' lacks a value beside a comma; write name=value,value")
        found[name] = [Written(part, OPTION) for part in parts]
    return found


def _parts(values: str) -> list[str]:
    depth, parts = 0, [""]
    for character in values:
        depth += (character in "[{(") - (character in ")}]")
        if character == "," and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def said(value: Any) -> str:
    """A value as it was written."""
    return value.line if isinstance(value, Written) else f"{value:g}" if isinstance(value, float) else str(value)


def at_points(told: Sequence[Iterable[Fault]], over: Over, all_points: Sequence[Values]) -> list[Fault]:
    """The faults of all points, each once; one that not all of them have says which have it."""
    where: dict[Fault, list[int]] = {}
    for number, faults in enumerate(told):
        for fault in dict.fromkeys(faults):
            where.setdefault(fault, []).append(number)
    return [_named(fault, numbers, over, all_points) for fault, numbers in where.items()]


def _named(fault: Fault, numbers: Sequence[int], over: Over, all_points: Sequence[Values]) -> Fault:
    """A fault with its points, where not all have it; one in a value says so by its place."""
    if len(numbers) == len(all_points) or (fault.where or "").startswith((f"{OPTION} ", "param ")):
        return fault
    return fault._replace(message=f"{fault.message}; at {_at([all_points[n] for n in numbers], over, all_points)}")


def _at(failed: Sequence[Values], over: Over, all_points: Sequence[Values]) -> str:
    """What some points have in common where no others have that, else the first and how many more there are."""
    common = [place for place in range(len(over)) if len({said(point[place]) for point in failed}) == 1]
    alike = [point for point in all_points if all(said(point[n]) == said(failed[0][n]) for n in common)]
    shown = common if common and len(alike) == len(failed) else range(len(over))
    names = list(over)
    text = ", ".join(f"{names[place]}={said(failed[0][place])}" for place in shown if len(over[names[place]]) > 1)
    more = len(failed) - 1 if shown is not common else 0
    return f"{text} and {more} more point{'s' if more > 1 else ''}" if more else text
