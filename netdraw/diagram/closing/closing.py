"""Blocks and stages that are drawn closed: which they are, and the cells that stand for them."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from ...analysis.model import Analysis
from ...analysis.stages.titles import joined
from ...graph.model import Group, Node
from ...ops.base import Face
from ...ops.tensor import TensorType
from ..elements.assemble import assemble
from ..elements.boxes import inherited
from ..elements.lineparts import LineParts
from ..folding.barecells import BlockFace, ClosedBlock
from ..folding.fuse import Fused
from ..folding.index import Index
from ..model import BLOCK
from ..said.glossary import Glossary
from ..view import View
from .blockkinds import BlockKind, find_kinds, named


def close(parts: LineParts, analysis: Analysis, view: View, words: Glossary) -> tuple[LineParts, list[BlockKind]]:
    """The parts with blocks or stages closed, as the view's depth says; where it draws them once, also their kinds."""
    found = find_blocks(parts, analysis, words)
    if view.depth == "stage":
        found = find_stages(parts, analysis, found, words)
    kinds = find_kinds(parts.table, found) if view.depth == "once" else []
    found = named(kinds) if kinds else found
    if not found:
        return parts, kinds
    fused, owners = _fused(parts, found)
    faces = [BlockFace(one, *_face(parts, analysis, one)) for one in found]
    shut = assemble(parts.table, fused, parts.drawn, words, dict(zip(owners, faces, strict=True)), towers=view.towers)
    # A box around a single one of them is left out.
    given = {one.id for one in found}
    boxes = tuple([box for box in shut.boxes if not (box.first == box.last and box.first in given)])
    return shut._replace(boxes=boxes), kinds


def find_blocks(parts: LineParts, analysis: Analysis, words: Glossary) -> list[ClosedBlock]:
    """The outermost boxes; of what lies in none the innermost blocks, rows and members of a repeat with several cells.

    A named list that is a stage by itself is no block.
    """
    index = parts.table
    chosen = {box.id for box in parts.boxes if box.parent not in index.groups and box.id in index.groups}
    stages = {stage.id for stage in analysis.stages}
    boxed = {"": False}
    for group in index.graph.groups:
        boxed[group.id] = boxed[group.parent] or group.id in chosen
    holding = {"", *stages} - {group.id for group in index.graph.groups if group.kind != "layers"}
    for group in reversed(index.graph.groups):
        if group.id not in holding and not boxed[group.id] and _is_block(parts, group):
            chosen.add(group.id)
        if group.id in chosen or group.id in holding:
            holding.add(group.parent)
    return [closed_block(parts, group, words) for group in index.graph.groups if group.id in chosen]


def _is_block(parts: LineParts, group: Group) -> bool:
    """Whether a group is a unit of several cells, and is drawn."""
    span = parts.table.spans.get(group.id)
    unit = group.kind in ("block", "row", "layers") or group.member is not None
    return unit and span is not None and parts.drawn.shown[span[1] - 1] and len(parts.made.within(span)) > 1


def closed_block(parts: LineParts, group: Group, words: Glossary) -> ClosedBlock:
    """A group as a closed block; one whose weights others share, and which is drawn for them, stands for all."""
    run, repeat, around = parts.drawn.fold(group), 1, group.id
    while around:
        outer = parts.table.groups[around]
        repeat *= len(parts.drawn.fold(outer).groups)
        around = outer.parent
    name = inherited(parts.table, group, "block")
    title = joined([inherited(parts.table, one, "title") for one in run.groups]) or ""
    span = parts.table.spans[group.id]
    shared = 1 + max([0, *Counter([place for place in parts.drawn.alike.values() if place in range(*span)]).values()])
    return ClosedBlock(
        id=group.id,
        name=name or title or words.say("block.unnamed"),
        title=title,
        span=span,
        times=shared * len(run.groups),
        repeat=shared * repeat,
        growth=run.growth,
    )


def find_stages(
    parts: LineParts, analysis: Analysis, blocks: Sequence[ClosedBlock], words: Glossary
) -> list[ClosedBlock]:
    """The stages of several cells: by title, by the blocks that they consist of, else by number."""
    found = []
    stages = [stage for stage in analysis.stages if stage.kind == "stage"]
    for number, stage in enumerate(stages, 1):
        first = parts.table.places[stage.nodes[0]]
        span = (first, first + len(stage.nodes))
        if parts.table.places[stage.nodes[-1]] == span[1] - 1 and len(parts.made.within(span)) > 1:
            name, times = stage.title or words.say("stage.numbered", number=number), 1
            inside = [block for block in blocks if span[0] <= block.span[0] < span[1]]
            whole = sum(len(parts.made.within(block.span)) for block in inside) == len(parts.made.within(span))
            if whole and len({block.name for block in inside}) == 1 and not stage.title:
                name, times = inside[0].name, sum(block.times for block in inside)
            found.append(ClosedBlock(id=stage.id, name=name, title="", span=span, times=times))
    return found


def _fused(parts: LineParts, found: Sequence[ClosedBlock]) -> tuple[Fused, list[int]]:
    """All nodes of each in one cell, those without a cell included; and the owner of each, its first node drawn."""
    owners, shown = parts.fused.owners, parts.drawn.shown
    new: dict[int, int] = {}
    firsts = []
    for one in found:
        inside = [place for place in range(*one.span) if one.span[0] <= owners[place] < one.span[1]]
        firsts.append(next(place for place in inside if shown[place]))
        new.update(dict.fromkeys(inside, firsts[-1]))
    return Fused([new.get(owner, owner) for owner in owners], parts.fused.ticks - new.keys()), firsts


def _face(parts: LineParts, analysis: Analysis, one: ClosedBlock) -> tuple[Face, TensorType]:
    """What a figure says of a closed block: the one kernel that its layers with weights have, its width and stride; and
    the type that it gives.
    """
    index, made = parts.table, parts.made
    inside = [made.places[number] for number in made.within(one.span)]
    sizes = {index.face(place).size for place in inside if learns(index.nodes[place], analysis)} - {""}
    larger = {size for size in sizes if set(size) != {"1", "×"}}
    into, out = index.source_types(one.span[0])[:1], index.nodes[_given(index, one)].outputs[0]
    face = Face(
        BLOCK,
        kernel=one.name,
        size=larger.pop() if len(larger) == 1 else "",
        out=_width(out),
        into=_width(into[0]) if into else "",
        stride=stride_of(index, analysis, one),
        name=one.name,
    )
    return face, out


def learns(node: Node, analysis: Analysis) -> bool:
    """Whether a node has weights, its own or others'."""
    return bool(analysis.nodes[node.id].params or node.shares)


def _given(index: Index, one: ClosedBlock) -> int:
    """The position of the node whose value a part gives on: what the next node behind it reads, else its last one."""
    # What only leads to an output may stand behind the one that is read.
    first, stop = one.span
    read = ([at for at in sources if first <= at < stop] for sources in index.sources[stop:])
    return max(next(filter(None, read), [stop - 1]))


def _width(kind: TensorType) -> str:
    """The channels of a value, else the size of its last axis."""
    return str(kind.size("c") or kind.shape[-1]) if kind.known and kind.shape else ""


def stride_of(index: Index, analysis: Analysis, one: ClosedBlock) -> str:
    """The stride from the first map that a block reads to what it gives: `/2`, `/2×1`, `×2` where the map grows."""
    inside = range(*one.span)
    reads = [value for place in inside for value in index.reads(place) if value[0] not in inside]
    source = next((at for at, port in reads if index.type_at(at, port).spatial), -1)
    after = analysis.nodes[index.nodes[_given(index, one)].id].stride
    before = analysis.nodes[index.nodes[source].id].stride if source >= 0 else None
    if after is None or (before is None and source >= 0):
        return ""
    steps = [Fraction(a) / b for a, b in zip(after, before or [1] * len(after), strict=True)]
    grows = any(step < 1 for step in steps)
    sizes = [str(1 / step if grows else step) for step in steps]
    said = sizes[0] if len(set(sizes)) == 1 else "×".join(sizes)
    return "" if {*sizes} <= {"1"} else ("×" if grows else "/") + said
