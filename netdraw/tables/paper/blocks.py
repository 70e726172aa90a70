"""The blocks of a network in a table by stage: which groups are one, and the lines that each has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...analysis.model import Stage
from ...graph.model import Group
from .paths import Paths
from .steps import Step, channels

UNNAMED = "block"
INNER = ("repeat", "layers", "stages", "row")
"""Groups that hold others one behind the other."""


def find_units(paths: Paths, stages: Sequence[Stage], heads: Mapping[int, str]) -> dict[str, str]:
    """By group id: the outermost block in one stage and one head that repeats, adds or forks, "" for none."""
    table = paths.table
    numbers = {node: number for number, stage in enumerate(stages) for node in stage.nodes}
    owners = [numbers[node.id] for node in table.nodes]
    units = {"": ""}
    for group in table.graph.groups:
        span = table.spans.get(group.id)
        inside = span is not None and owners[span[0]] == owners[span[1] - 1]
        inside = inside and len({heads.get(step.place) for step in paths.inside(group)}) <= 1
        own = not units[group.parent] and inside and _is_unit(paths, group)
        units[group.id] = group.id if own else units[group.parent]
    return units


def _is_unit(paths: Paths, group: Group) -> bool:
    if group.residual is not None or group.kind == "parallel" or group.member is not None:
        return not paths.forks(group) or paths.joins(group)
    if group.kind not in ("block", "layers") or not paths.forks(group) or not paths.joins(group):
        return False
    # What only holds forks one behind the other is told by these.
    return not paths.in_line(group) or (group.kind == "block" and _forking(paths, group) < 2)


def _forking(paths: Paths, group: Group) -> int:
    """How many groups in a group fork, those that repeat one by one."""
    below = [child for child in paths.table.children.get(group.id, ()) if paths.forks(child)]
    return sum(max(1, _forking(paths, child)) if child.kind in INNER else 1 for child in below)


def lines_of(paths: Paths, group: Group) -> tuple[str, ...]:
    """The layers on the block's way; of a block with several ways its name and channels."""
    if not paths.forks(group):
        return _chain(paths, group)
    name = name_of(paths, group)
    if name:
        return (f"{name}, {channels(paths.table.nodes[paths.last(group)].outputs[0])}",)
    if group.kind == "parallel" or not paths.in_line(group):
        return (_join(paths, group),)
    own = [
        [item.say(item.words.line)] if isinstance(item, Step) else lines_of(paths, item) for item in paths.items(group)
    ]
    return tuple(line for lines in own for line in lines if line)


def _chain(paths: Paths, group: Group) -> tuple[str, ...]:
    """A line a layer. Strides are not said: members of one matrix differ in the first one's alone."""
    start, stop = paths.table.spans[group.id]
    told = [step for place, step in sorted(paths.by_place.items()) if start <= place < stop]
    told = [step for step in told if paths.tells(step) or step.words.moves]
    again = group.residual is not None or group.member is not None
    if again and told and told[-1].words.join and paths.table.reads(start)[0] in paths.table.reads(told[-1].place):
        # The input itself is joined: the channels grow with each member, and the rest is the same in all.
        told.pop()
    return tuple(filter(None, [step.say(step.words.line) for step in told]))


def _join(paths: Paths, group: Group) -> str:
    """What brings the ways of an unnamed block together, and its channels."""
    start, stop = paths.table.spans[group.id]
    joins = [step for place, step in paths.by_place.items() if start <= place < stop and step.words.join]
    last = max(joins, key=lambda step: step.place, default=None)
    wide = channels(paths.table.nodes[stop - 1].outputs[0])
    return last.say(last.words.join) if last and last.channels == wide else f"{UNNAMED}, {wide}"


def name_of(paths: Paths, group: Group) -> str:
    """The innermost block of the same nodes, which lies in the group or around it; else the title of the group."""
    table, named = paths.table, group
    span = table.spans[group.id]
    while not named.block and named.parent and table.spans.get(named.parent) == span:
        named = table.groups[named.parent]
    inner: Group | None = group
    while inner is not None:
        named = inner if inner.block else named
        inner = next((one for one in table.children.get(inner.id, ()) if table.spans.get(one.id) == span), None)
    return named.block or group.title or ""
