"""Boxes: around a ×n, a group with a residual rule, and the outermost fork that joins."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

from ...analysis.stages.titles import joined
from ...graph.model import Group
from ..folding.index import Index
from ..model import Box
from ..said.glossary import Glossary
from ..said.labels import reason_text
from .lineparts import LineParts

if TYPE_CHECKING:
    from .forkgroups import ForkGroups


def make_boxes(parts: LineParts, words: Glossary) -> tuple[Box, ...]:
    """All boxes, each behind the one around it. Groups with the same cells are one box."""
    boxer = _Boxer(parts, words)
    for group in parts.table.graph.groups:
        boxer.take(group)
    for number in boxer.forks.bare if boxer.forks else ():
        boxer.bare(number)
    return _named(list(boxer.boxes.values()))


class _Boxer:
    """Takes groups, parents first. `around` is by group: its box, and whether it lies in a fork or a residual."""

    def __init__(self, parts: LineParts, words: Glossary) -> None:
        self.index, self.drawn, self.made, self.words = parts.table, parts.drawn, parts.made, words
        line = parts.on_line
        self.places = [self.made.places[number] for number in line]
        self.ids = [self.made.cells[number].id for number in line]
        self.forks: ForkGroups | None = None
        self.branches: dict[str, tuple[int, int]] = {}
        if parts.forks or any(group.kind == "parallel" for group in parts.table.graph.groups):
            from .forkgroups import branch_places, fork_groups  # late: start-up time

            self.forks, self.branches = fork_groups(parts), branch_places(parts.forks)
        self.boxes: dict[str, Box] = {}
        self.around: dict[str, tuple[str | None, bool]] = {"": (None, False)}

    def take(self, group: Group) -> None:
        parent, forked = self.around[group.parent]
        fork = self.forks is not None and group.id in self.forks.groups and not forked
        self.around[group.id] = parent, forked or fork or group.residual is not None
        span = self.index.spans.get(group.id)
        if span is None or not self.drawn.shown[span[1] - 1]:
            return
        ends = self.ends(span) if fork or group.id in self.drawn.folds or group.residual is not None else None
        if ends is None:
            return
        box = self.box(group, *ends, parent)
        if parent and (self.boxes[parent].first, self.boxes[parent].last) == ends:
            self.boxes[parent] = _merged(self.boxes[parent], box)
        else:
            self.boxes[box.id] = box
            self.around[group.id] = box.id, self.around[group.id][1]

    def box(self, group: Group, first: str, last: str, parent: str | None) -> Box:
        run, rule = self.drawn.fold(group), group.residual
        # A fork's title is that of any group with the same cells (a row of stages).
        titles = [inherited(self.index, one, "title") if one.kind == "parallel" else one.title for one in run.groups]
        return Box(
            id=group.id,
            block=inherited(self.index, group, "block") or "",
            first=first,
            last=last,
            repeat=len(run.groups),
            residual=rule.done if rule else None,
            reason=reason_text(rule.reason, self.words) if rule else "",
            name=joined(titles),
            parent=parent,
            growth=run.growth,
        )

    def ends(self, span: tuple[int, int]) -> tuple[str, str] | None:
        """The first and last cell between two positions."""
        first, stop = bisect_left(self.places, span[0]), bisect_left(self.places, span[1])
        if first < stop:
            return self.ids[first], self.ids[stop - 1]
        if not self.branches:
            return None
        from .forkgroups import ends_on_branch  # late: start-up time

        return ends_on_branch(self.made, self.branches, span)

    def bare(self, number: int) -> None:
        """A box of its own around a fork that no group holds."""
        join = self.made.cells[number].id
        parent, forked = self.around[self.index.nodes[self.made.places[number]].group]
        if not forked and not (parent and (self.boxes[parent].first, self.boxes[parent].last) == (join, join)):
            self.boxes[join] = Box(id=join, block="", first=join, last=join, parent=parent)


def make_shared(parts: LineParts, once: Collection[int]) -> list[Box]:
    """The boxes around chains that are drawn for several: ×n says for how many. Their outputs stand outside."""
    made = parts.made
    cells = {made.cells[number].id: made.cells[number] for number in once}
    boxes = []
    for branch in [branch for fork in parts.forks for branch in fork.branches] if once else ():
        first = next((id for id in branch.cells if id in cells), None)
        if first is not None:
            last = [id for id in branch.cells if id not in made.outputs][-1]
            boxes.append(Box(id=first, block="", first=first, last=last, repeat=cells[first].repeat))
    return boxes


def inherited(index: Index, group: Group, field: Literal["title", "block"]) -> str | None:
    """A field of the innermost group with the same nodes that has it."""
    span = index.spans[group.id]
    value: str | None = getattr(group, field)
    while not value and group.parent and index.spans.get(group.parent) == span:
        group = index.groups[group.parent]
        value = getattr(group, field)
    return value


def _merged(outer: Box, inner: Box) -> Box:
    """One box for two groups with the same cells; it keeps the outer id, by which boxes inside know it."""
    rule = outer if outer.residual else inner
    return outer._replace(
        block=outer.block or inner.block,
        repeat=outer.repeat * inner.repeat,
        residual=rule.residual,
        reason=rule.reason,
        name=outer.name or inner.name,
        growth=outer.growth or inner.growth,
    )


def _named(boxes: list[Box]) -> tuple[Box, ...]:
    """Where there are several kinds of block, the kind stands where it changes, unless the box has a title."""
    several = len({box.block for box in boxes if box.block}) > 1
    named = []
    before: dict[str | None, str] = {}
    for box in boxes:
        changes = several and box.block and before.get(box.parent) != box.block
        before[box.parent] = box.block
        named.append(box._replace(name=box.block) if changes and box.name is None else box)
    return tuple(named)
