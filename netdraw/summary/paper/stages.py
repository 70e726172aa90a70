"""A network by stage: its blocks as matrices with the number of their repeats, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ...analysis.model import Stage
from ...graph.model import Group
from ...ops.tensor import TensorType
from ..report import Report, name_of
from ..tables import Part
from .steps import Step, Steps, channels, map_text, spatial

Staged = tuple[str, tuple[str, ...], tuple[Part, ...]]
"""A row: its key, the stage's name and the size of its output, and its parts."""


def staged(report: Report, found: Steps, numbered: bool) -> Iterator[Staged]:
    """The rows of one network. What stands before and after the stages gives a row for each size of its output.

    The keys are numbers where the caller says so, else sizes.
    """
    seen: dict[str, int] = {}
    for kind, names, parts in _rows(report, found):
        told = kind if numbered else f"{kind} {names[1]}"
        seen[told] = seen.get(told, 0) + 1
        yield f"{told} {seen[told]}", names, parts


def _rows(report: Report, found: Steps) -> Iterator[Staged]:
    """The rows with the kind of their stage for a key."""
    known = {step.node.id: step for step in found.steps}
    steps = {stage.id: [known[id] for id in stage.nodes if id in known] for stage in report.analysis.stages}
    units = _units(found, report.analysis.stages)
    stages = [stage for stage in report.analysis.stages if steps[stage.id]]
    numbers = {stage.id: number for number, stage in enumerate((s for s in stages if s.kind == "stage"), 1)}
    for place, stage in enumerate(stages):
        name = stage.title or (f"stage {numbers[stage.id]}" if stage.kind == "stage" else stage.kind)
        if stage.kind == "stage":
            size = map_text(steps[stage.id][-1].output)
            yield stage.kind, (name, size), _parts(found, units, steps[stage.id])
            continue
        after = stages[place + 1 : place + 2]
        next_size = map_text(steps[after[0].id][-1].output) if after else ""
        for size, members in groupby(steps[stage.id], lambda step: map_text(step.output)):
            parts = _loose(list(members))
            if parts:
                # What already has the next stage's size, such as a pooling, stands in that stage's rows.
                said = (after[0].title or f"stage {numbers[after[0].id]}") if size == next_size and after else name
                yield stage.kind, (said, size), parts


def _loose(steps: Sequence[Step]) -> tuple[Part, ...]:
    """Layers that are in no block: on a map a line each, behind it all in one."""
    lines = tuple(filter(None, map(line_of, steps)))
    if lines and not any(size > 1 for size in spatial(steps[-1].output)):
        lines = (", ".join(lines),)
    return (Part(lines),) if lines else ()


def line_of(step: Step) -> str:
    """A layer as a line; its stride is said, since it is not that of a block."""
    said = step.say(step.words.line)
    return f"{said}, stride {step.stride}" if said and step.stride != "1" else said


def _parts(found: Steps, units: Mapping[str, str], steps: Sequence[Step]) -> tuple[Part, ...]:
    """Blocks with the same lines are one matrix; `×3` counts them, whatever their strides and shortcuts."""
    parts: list[Part] = []
    for unit, members in groupby(steps, lambda step: units[step.node.group]):
        inside = list(members)
        if not unit:
            parts += _loose(inside)
            continue
        lines = _lines(found, found.table.groups[unit], inside)
        if parts and parts[-1].lines == lines and parts[-1].times is not None:
            parts[-1] = parts[-1]._replace(times=parts[-1].times + 1)
        elif lines:
            parts.append(Part(lines, 1))
    # A single layer, or the name of a single block, needs no brackets.
    return tuple(part._replace(times=None) if len(part.lines) == part.times == 1 else part for part in parts)


def _units(found: Steps, stages: Sequence[Stage]) -> dict[str, str]:
    """By group id: the outermost block in one stage that repeats, adds or forks, "" for none."""
    table = found.table
    numbers = {node: number for number, stage in enumerate(stages) for node in stage.nodes}
    owners = [numbers[node.id] for node in table.nodes]
    units = {"": ""}
    for group in table.graph.groups:
        span = table.spans.get(group.id)
        inside = span is not None and owners[span[0]] == owners[span[1] - 1]
        block = group.residual is not None or group.kind == "parallel" or group.member is not None
        units[group.id] = units[group.parent] or (group.id if inside and block else "")
    return units


def _lines(found: Steps, group: Group, steps: Sequence[Step]) -> tuple[str, ...]:
    """The layers with weights on the block's main path; of a block with several branches its name and width."""
    if _forks(found, group):
        return (f"{name_of(_named(found, group))}, {channels(_last(found, group))}",)
    shortcuts = _below(found, group, "shortcut")
    kept = [step for step in steps if step.node.group not in shortcuts and (step.weight or step.face.size)]
    # Strides are not said: members of one matrix differ in the first one's alone.
    return tuple(filter(None, (step.say(step.words.line) for step in kept)))


def _last(found: Steps, group: Group) -> TensorType:
    return found.table.nodes[found.table.spans[group.id][1] - 1].outputs[0]


def _named(found: Steps, group: Group) -> Group:
    """The innermost block of the same nodes, which lies in the group or around it."""
    table, named = found.table, group
    span = table.spans[group.id]
    while not named.block and named.parent and table.spans.get(named.parent) == span:
        named = table.groups[named.parent]
    inner: Group | None = group
    while inner is not None:
        named = inner if inner.block else named
        inner = next((one for one in table.children.get(inner.id, ()) if table.spans.get(one.id) == span), None)
    return named


def _below(found: Steps, group: Group, kind: str) -> set[str]:
    """The ids of groups of a kind in a group, and of all in them."""
    below: set[str] = set()
    for child in found.table.children.get(group.id, ()):
        if child.kind == kind:
            below |= _all(found, child)
        else:
            below |= _below(found, child, kind)
    return below


def _all(found: Steps, group: Group) -> set[str]:
    return {group.id}.union(*(_all(found, child) for child in found.table.children.get(group.id, ())))


def _forks(found: Steps, group: Group) -> bool:
    """Whether a fork with several branches that have layers stands in a group."""
    children = found.table.children.get(group.id, ())
    branches = [child for child in children if child.kind == "branch" and child.id in found.table.spans]
    return len(branches) > 1 or any(_forks(found, child) for child in children)
