"""Boxes: around a ×n, a group with a residual rule, and the outermost fork that joins."""

from __future__ import annotations

from bisect import bisect_left

from ..graph.model import Group
from .cells import Cells
from .index import Index
from .members import Drawn
from .model import Box


def make_boxes(index: Index, drawn: Drawn, made: Cells) -> tuple[Box, ...]:
    """All boxes, each behind the one around it. Groups with the same cells are one box."""
    line = [number for number, cell in enumerate(made.cells) if cell.where == "line"]
    places = [made.places[number] for number in line]
    ids = [made.cells[number].id for number in line]
    boxes: dict[str, Box] = {}
    around: dict[str, tuple[str | None, bool]] = {"": (None, False)}  # by group: its box, whether in a fork or residual
    for group in index.graph.groups:
        parent, forked = around[group.parent]
        around[group.id] = parent, forked or group.kind == "parallel" or group.residual is not None
        span = index.spans.get(group.id)
        if span is None or not drawn.shown[span[1] - 1]:
            continue
        if group.id not in drawn.runs and group.residual is None and (forked or group.kind != "parallel"):
            continue
        first, stop = bisect_left(places, span[0]), bisect_left(places, span[1])
        if first == stop:
            continue
        box = _box(group, drawn, ids[first], ids[stop - 1], parent)
        if parent and (boxes[parent].first, boxes[parent].last) == (box.first, box.last):
            boxes[parent] = _merged(boxes[parent], box)
        else:
            boxes[box.id] = box
            around[group.id] = box.id, around[group.id][1]
    return _named(list(boxes.values()))


def _box(group: Group, drawn: Drawn, first: str, last: str, parent: str | None) -> Box:
    run, rule = drawn.runs.get(group.id), group.residual
    return Box(
        id=group.id,
        block=group.block or "",
        first=first,
        last=last,
        repeat=len(run.groups) if run else 1,
        residual=rule.done if rule else None,
        reason=rule.reason if rule else "",
        name=group.title,
        parent=parent,
        growth=run.growth if run else 0,
    )


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
