"""What a pattern names in a network: by ids, else by titles, else by the names of blocks and ops."""

from __future__ import annotations

from collections.abc import Callable
from fnmatch import fnmatchcase

from ..core.errors import Fault, OptionError, did_you_mean, near_miss
from ..core.records import NamedTuple
from .model import Graph, Group, Node

_SIGNS = "*?[]"


class Selected(NamedTuple):
    """A group or a node that a pattern names, and the positions of its nodes; an input or output has none."""

    id: str
    title: str
    parent: str
    places: tuple[int, ...]
    alone: bool = False
    """Whether it is a node, no group."""


def select(graph: Graph, glob: str) -> list[Selected]:
    """The outermost groups and nodes that a pattern names, in graph order, then inputs and outputs.

    Where no id fits, titles are tried (`conv3_x`), then blocks and ops (`Bottleneck`). None where nothing fits.
    """
    for way in _WAYS:
        found = _units(graph, way, glob)
        if way is _id:
            ends = [*(name for name, _ in graph.inputs), *(name for name, _ in graph.outputs)]
            found += [Selected(id=name, title="", parent="", places=()) for name in ends if fnmatchcase(name, glob)]
        if found:
            return found
    return []


def required(graph: Graph, glob: str, option: str) -> list[Selected]:
    """What a pattern names. Raises OptionError, with what is near, where that is nothing."""
    found = select(graph, glob)
    if not found:
        raise OptionError([Fault("ND628", f"'{glob}' meets nothing in {graph.name}{_hint(graph, glob)}", where=option)])
    return found


Item = Group | Node


def _id(item: Item) -> str:
    return item.id


def _title(item: Item) -> str:
    return item.title or ""


def _kind(item: Item) -> str:
    return (item.block if isinstance(item, Group) else item.op) or ""


def _parent(item: Item) -> str:
    return item.parent if isinstance(item, Group) else item.group


_WAYS: tuple[Callable[[Item], str], ...] = (_id, _title, _kind)


def _units(graph: Graph, way: Callable[[Item], str], glob: str) -> list[Selected]:
    owner: dict[str, Group | None] = {"": None}
    for group in graph.groups:  # parents stand before their children
        owner[group.id] = owner[group.parent] or (group if _fits(way(group), glob) else None)
    places: dict[str, list[int]] = {}
    chosen: dict[str, Item] = {}
    for place, node in enumerate(graph.nodes):
        item = owner[node.group] or (node if _fits(way(node), glob) else None)
        if item is not None:
            chosen[item.id] = item
            places.setdefault(item.id, []).append(place)
    return [
        Selected(
            id=item.id,
            title=_title(item),
            parent=_parent(item),
            places=tuple(places[item.id]),
            alone=isinstance(item, Node),
        )
        for item in chosen.values()
    ]


def _fits(name: str, glob: str) -> bool:
    return bool(name) and fnmatchcase(name, glob)


def _hint(graph: Graph, glob: str) -> str:
    """The nearest name; where ids end so, the pattern for them; else what stands at the top."""
    items: list[Item] = [*graph.groups, *graph.nodes]
    word = glob.strip("".join((*_SIGNS, ".")))
    names = dict.fromkeys(name for way in _WAYS for item in items if (name := way(item)))
    tails = [name for name in names if name.endswith(f".{word}")]
    if word and tails:
        return f"; write '*.{word}' for {tails[0]}" + (f" and {len(tails) - 1} more" if len(tails) > 1 else "")
    if word and near_miss(word, names):
        return did_you_mean(word, names)
    top = [item.id for item in items if not _parent(item)]
    return f"; it has {', '.join(top[:4])}{', …' if len(top) > 4 else ''}"
