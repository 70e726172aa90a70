"""What Graphviz answers, read from its JSON: the program may be any that a variable names, so that all is checked."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ...core.records import NamedTuple
from ..base import Point

FARTHEST = 1e9
"""No coordinate lies further out, in points."""


class Asked(NamedTuple):
    """The names of the nodes and of the clusters that are to be placed; edges have their numbers as ids."""

    nodes: frozenset[str]
    clusters: frozenset[str]
    edges: int


class Answer(NamedTuple):
    """All that was asked for, in points from the bottom left.

    A node has its middle, a cluster its left, bottom, right and top, an edge the points of its spline.
    """

    width: float
    height: float
    nodes: Mapping[str, Point]
    clusters: Mapping[str, tuple[float, float, float, float]]
    edges: tuple[tuple[Point, ...], ...]


def read(said: str, asked: Asked) -> Answer:
    """The positions in a text. Raises ValueError, with what is wrong, for one that does not have them all."""
    try:
        data = json.loads(said)
    except (RecursionError, ValueError):
        raise ValueError("no JSON that can be read") from None
    if not isinstance(data, dict):
        raise ValueError("no JSON object")
    objects = [(_text(item, "name"), item) for item in _items(data, "objects")]
    nodes = {name: _point(_text(item, "pos")) for name, item in objects if name in asked.nodes}
    clusters = {name: _rectangle(item) for name, item in objects if name in asked.clusters}
    ids = [str(number) for number in range(asked.edges)]
    edges = {_text(item, "id"): _spline(item) for item in _items(data, "edges")}
    for names, found in ((asked.nodes, nodes), (asked.clusters, clusters), (ids, edges)):
        if lost := sorted(set(names).difference(found)):
            raise ValueError(f"{len(lost)} of {len(names)} positions are missing")
    _, _, width, height = _rectangle(data)
    ways = tuple(edges[id] for id in ids)
    return Answer(width=width, height=height, nodes=nodes, clusters=clusters, edges=ways)


def _items(data: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    items = data.get(key, [])
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ValueError(f"its {key} are no list of JSON objects")
    yield from items


def _text(item: Mapping[str, Any], key: str) -> str:
    text = item.get(key)
    if not isinstance(text, str):
        raise ValueError(f"a {key} is missing")
    return text


def _numbers(text: str) -> list[float]:
    numbers = [float(part) for part in text.split(",")]
    if not all(abs(number) <= FARTHEST for number in numbers):
        raise ValueError(f"{text} is no place")
    return numbers


def _point(text: str) -> Point:
    x, y = _numbers(text)
    return x, y


def _rectangle(item: Mapping[str, Any]) -> tuple[float, float, float, float]:
    left, bottom, right, top = _numbers(_text(item, "bb"))
    if right < left or top < bottom:
        raise ValueError("a bb is turned round")
    return left, bottom, right, top


def _spline(item: Mapping[str, Any]) -> tuple[Point, ...]:
    """The points of a spline, without the tips of arrows."""
    points = [_point(part) for part in _text(item, "pos").split() if not part.startswith(("e,", "s,"))]
    if len(points) % 3 != 1:
        raise ValueError("a pos is no spline")
    return tuple(points)
