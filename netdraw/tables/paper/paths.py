"""Which layers of a network lead to which: what a table may print as a chain, what forks, and what is a head."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from ...analysis.model import Analysis
from ...diagram.folding.index import Index
from ...graph.model import Group, around
from .steps import Step, Steps

END = "output"
"""The name that the chain's end has among the outputs; no head is called so."""


class Paths:
    """The ways through a network, by the positions of its nodes; sets of positions are the bits of numbers."""

    def __init__(self, found: Steps) -> None:
        self.table, self.by_place = found.table, {step.place: step for step in found.steps}
        self.before = _before(found.table)
        self._shortcuts: set[str] = set()
        """The groups that are shortcuts, and those in them."""
        for group in found.table.graph.groups:
            if group.kind == "shortcut" or group.parent in self._shortcuts:
                self._shortcuts.add(group.id)
        self._told = [step for step in found.steps if self.tells(step)]

    def tells(self, step: Step) -> bool:
        """Whether a block's lines have a layer: it learns, has a window or a title, and is on no shortcut."""
        return step.node.group not in self._shortcuts and bool(step.weight or step.face.size or step.face.title)

    def names(self, step: Step, outputs: Sequence[str]) -> bool:
        """Whether a layer stands in a block after which outputs are called, as `large` is in `large.box`."""
        groups = self.table.groups
        blocks = [id for id in around(groups, step.node.group) if groups[id].kind in ("block", "heads")]
        return any(all(name.startswith(f"{id}.") for name in outputs) for id in blocks)

    def inside(self, group: Group) -> list[Step]:
        """The steps of a group that its lines have."""
        start, stop = self.table.spans.get(group.id, (0, 0))
        return [step for step in self._told if start <= step.place < stop]

    def chained(self, places: Iterable[int]) -> bool:
        """Whether each of the nodes leads to the next."""
        return all(self.before[b] >> a & 1 for a, b in pairwise(places))

    def forks(self, group: Group) -> bool:
        """Whether the layers of a group lie on several ways."""
        return not self.chained(step.place for step in self.inside(group))

    def joins(self, group: Group) -> bool:
        """Whether all ways of a group come together in its last node."""
        last = self.last(group)
        return all(step.place == last or self.before[last] >> step.place & 1 for step in self.inside(group))

    def last(self, group: Group) -> int:
        """The position of a group's last node."""
        return self.table.spans[group.id][1] - 1

    def items(self, group: Group) -> list[Group | Step]:
        """What stands in a group one behind the other: groups with nodes, and layers of its own."""
        groups = [child for child in self.table.children.get(group.id, ()) if child.id in self.table.spans]
        start, stop = self.table.spans[group.id]
        own = [step for place, step in self.by_place.items() if start <= place < stop and step.node.group == group.id]
        return sorted([*groups, *own], key=self._end)

    def in_line(self, group: Group) -> bool:
        """Whether the items of a group make a chain, though one of them may fork."""
        return self.chained(map(self._end, self.items(group)))

    def _end(self, item: Group | Step) -> int:
        return item.place if isinstance(item, Step) else self.last(item)


def _before(table: Index) -> list[int]:
    """For each node the nodes that it depends on."""
    found: list[int] = []
    for place, sources in enumerate(table.sources):
        bits = 0
        for at in table.carried(place, sources):
            bits |= found[at] | 1 << at if at >= 0 else 0
        found.append(bits)
    return found


def find_heads(paths: Paths, analysis: Analysis) -> Mapping[int, str]:
    """By position: the output that a layer leads to, and from which no later stage goes on; of the last stage where
    others in it do not, or where a block has its name. Else the named block that it stands in beside the line.
    """
    table, stages = paths.table, analysis.stages
    names = [name for name, _ in table.graph.outputs]
    number = {id: place for place, stage in enumerate(stages) for id in stage.nodes}
    outputs, ends = _reached(table, number)
    everywhere = [~0] * len(stages)
    for step in filter(paths.tells, paths.by_place.values()):
        everywhere[number[step.node.id]] &= outputs[step.place]
    found: dict[int, str] = {}
    for place, step in paths.by_place.items():
        bits, stage = outputs[place], number[step.node.id]
        own = [name for at, name in enumerate(names) if bits >> at & 1]
        alone = (len(own) == 1 and bits & ~everywhere[stage]) or paths.names(step, own)
        if len(names) > 1 and own and END not in own and ends[place] == stage and (stage < len(stages) - 1 or alone):
            found[place] = _common(own)
    return {**_beside(table, analysis), **_apart(paths, outputs), **found}


def _reached(table: Index, number: Mapping[str, int]) -> tuple[list[int], list[int]]:
    """For each node the outputs that it leads to, and the number of the last stage."""
    outputs, ends = [0] * len(table.nodes), [number[node.id] for node in table.nodes]
    for place, (_, ref) in enumerate(table.graph.outputs):
        if table.places[ref.node] >= 0:
            outputs[table.places[ref.node]] |= 1 << place
    for place in reversed(range(len(table.nodes))):
        for at in table.carried(place, table.sources[place]):
            if at >= 0:
                outputs[at] |= outputs[place]
                ends[at] = max(ends[at], ends[place])
    return outputs, ends


def _common(names: Sequence[str]) -> str:
    """The path that names of outputs have in common, else all of them."""
    return ".".join(os.path.commonprefix([name.split(".") for name in names])) or ", ".join(names)


def _beside(table: Index, analysis: Analysis) -> dict[int, str]:
    """The nodes of groups of the top list that are no stages and hold nothing of the line, by their titles."""
    line, stages = frozenset(analysis.line), {stage.id for stage in analysis.stages}
    tops = [[*around(table.groups, node.group)][-1:] for node in table.nodes]
    on = {id for node, top in zip(table.nodes, tops, strict=True) if node.id in line for id in top} | stages
    named = {place: table.groups[id].title for place, top in enumerate(tops) for id in top if id not in on}
    return {place: title for place, title in named.items() if title}


def _apart(paths: Paths, outputs: Sequence[int]) -> dict[int, str]:
    """The layers of blocks whose ways do not come together in the block, by its name."""
    found: dict[int, str] = {}
    for group in paths.table.graph.groups:
        if group.kind != "block" or group.id not in paths.table.spans or not paths.forks(group) or paths.joins(group):
            continue
        inside = paths.inside(group)
        if len({outputs[step.place] for step in inside}) == 1:
            found.update({step.place: group.title or group.block or "" for step in inside if step.place not in found})
    return found
