"""Each kind of block drawn open once, on a line of its own below the network's."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from string import ascii_letters, digits

from ...analysis.model import Analysis
from ...graph.model import Graph, Group, Ref
from ..elements.assemble import assemble
from ..elements.cells import Sayer, make_cells
from ..elements.legend import Keyed
from ..elements.lineparts import LineParts
from ..folding.barecells import ClosedBlock
from ..folding.drawn import draw_all, draw_folded
from ..folding.fuse import fuse
from ..folding.index import Index
from ..folding.index import index as index_of
from ..model import Box, Line, all_cells, by_key
from ..said.glossary import Glossary
from ..view import View
from .blockkinds import BlockKind
from .closing import learns

TITLES = 2
"""So many titles have room before a row of widths."""


def make_lines(
    index: Index, analysis: Analysis, kinds: Sequence[BlockKind], view: View, words: Glossary
) -> tuple[tuple[Line, ...], list[Keyed]]:
    """A line a kind: its first block, and the widths of all of them; and the cells, for the legend.

    Inputs and output are ports; the cells carry no cost, for the closed blocks do.
    """
    lines: list[Line] = []
    keyed: list[Keyed] = []
    for kind in kinds:
        one = kind.blocks[0]
        parts = block_parts(index, analysis, one, view, words)
        sayer = Sayer(parts, outer_box(parts, one, reason_of(index, kind, words)), view)
        cells = make_cells(parts, sayer, one.id, parts.ports)
        columns = _columns(index, analysis, parts, one.span[0])
        table = _table(index, kind, columns)
        line = parts.line(cells, sayer.boxes)._replace(
            name=kind.name,
            note=_note(index, kind, bool(table), words),
            table=table,
            parting=_parting(parts, columns) if table else (),
        )
        lines.append(line)
        keyed.append((parts, cells))
    return tuple(lines), keyed


def block_parts(index: Index, analysis: Analysis, one: ClosedBlock, view: View, words: Glossary) -> LineParts:
    """The parts of one block as a network of its own, whose inputs stand at its beginning, the first-read one last."""
    table = index_of(_cut(index, one))
    fused = fuse(table, view.fuse_pool)
    whole = analysis._replace(stages=())
    drawn = draw_all(table, whole) if view.unfold else draw_folded(table, fused, whole)
    return assemble(table, fused, drawn, words, inputs_first=True)


def _cut(index: Index, one: ClosedBlock) -> Graph:
    """The nodes of a block as a graph: what it reads are inputs, in order of first use, what is read of it outputs."""
    first, stop = one.span
    nodes, behind = index.nodes[first:stop], index.nodes[stop:]
    own = {node.id for node in nodes}
    names = _numbered(f"{one.id}:in", [ref for node in nodes for ref in node.inputs if ref.node not in own])
    read = [*(ref for node in behind for ref in node.inputs), *(ref for _, ref in index.graph.outputs)]
    ends = _numbered(f"{one.id}:out", [Ref(nodes[-1].id), *(ref for ref in read if ref.node in own)])
    inside = [
        node._replace(
            inputs=tuple([Ref(names[ref]) if ref in names else ref for ref in node.inputs]),
            shares=node.shares if node.shares in own else None,
        )
        for node in nodes
    ]
    return Graph(
        name=one.name,
        inputs=tuple([(name, index.type_at(index.places[ref.node], ref.port)) for ref, name in names.items()]),
        nodes=tuple(inside),
        groups=tuple(_inside(index, one)),
        outputs=tuple([(name, ref) for ref, name in ends.items()]),
    )


def _numbered(name: str, refs: Iterable[Ref]) -> dict[Ref, str]:
    """The name of each value, with a number from the second on."""
    return {ref: f"{name}{number if number > 1 else ''}" for number, ref in enumerate(dict.fromkeys(refs), 1)}


def _inside(index: Index, one: ClosedBlock) -> Iterator[Group]:
    """The groups of a block, its own first."""
    seen = {one.id}
    for group in index.graph.groups:
        if group.id == one.id:
            yield group._replace(parent="")
        elif group.parent in seen:
            seen.add(group.id)
            yield group


def _note(index: Index, kind: BlockKind, listed: bool, words: Glossary) -> str:
    """How many blocks there are; that it is one of them where their channels differ and are not `listed`."""
    differ = len({index.nodes[one.span[1] - 1].outputs[0].size("c") for one in kind.blocks}) > 1
    one_of = "block.one_of" if differ and not listed else "block.count"
    count = words.say(one_of if kind.stands > 1 else "block.count.one", count=kind.stands)
    return count if kind.block in kind.name else f"{kind.block} · {count}"


def outer_box(parts: LineParts, one: ClosedBlock, reason: str | None) -> tuple[Box, ...]:
    """The boxes with one around all cells of the line, which is drawn once and has its name over it."""
    cells, ports = parts.made.cells, parts.ports
    line = [cells[number].id for number in parts.on_line if number not in ports]
    if not line:
        return parts.boxes
    outer = next((box for box in parts.boxes if (box.first, box.last) == (line[0], line[-1])), None)
    if outer is None:
        inside = [box if box.parent else box._replace(parent=one.id) for box in parts.boxes]
        return (Box(id=one.id, block=one.name, first=line[0], last=line[-1]), *inside)
    plain = outer._replace(name=None, repeat=1, growth=0, reason=outer.reason if reason is None else reason)
    return tuple([plain if box is outer else box for box in parts.boxes])


def reason_of(index: Index, kind: BlockKind, words: Glossary) -> str | None:
    """What to say where the blocks of a kind do not add for several reasons, which are their widths."""
    rules = [group.residual for one in kind.blocks if (group := index.groups.get(one.id))]
    return words.say("reason.several") if len({rule.reason for rule in rules if rule}) > 1 else None


def _columns(index: Index, analysis: Analysis, parts: LineParts, first: int) -> dict[int, int]:
    """The cells with weights by number, and how far behind the `first` node of their block they stand."""
    found = {}
    for number, place in enumerate(parts.made.places):
        if 0 <= place < len(parts.table.nodes):
            node = parts.table.nodes[place]
            if learns(node, analysis) and parts.table.face(place).out:
                found[number] = index.places[node.id] - first
    return found


def _parting(parts: LineParts, columns: Iterable[int]) -> tuple[int, ...]:
    """The columns of a table, from 1, before which its block goes another way: a branch, the arc, a gate, the line."""
    branches = [branch for fork in parts.forks for branch in fork.branches]
    ways = {id: number for number, one in enumerate(branches) for id in all_cells(one)}
    found = [(ways.get(parts.made.cells[number].id), parts.where[number]) for number in columns]
    return tuple([place + 2 for place, (one, other) in enumerate(pairwise(found)) if one != other])


def _table(index: Index, kind: BlockKind, columns: dict[int, int]) -> tuple[tuple[str, ...], ...]:
    """The widths of the cells with weights, block by block, under their kernels; nothing where all are alike."""
    first, offsets = kind.blocks[0].span[0], columns.values()
    rows = by_key((tuple([index.face(one.span[0] + at).out for at in offsets]), one) for one in kind.blocks)
    if len(rows) < 2:
        return ()
    table: list[tuple[str, ...]] = [("", *(index.face(first + offset).size for offset in offsets), "")]
    for widths, ones in rows.items():
        count = sum([one.repeat for one in ones])
        table.append((_where(index, ones), *widths, f"×{count}" if count > 1 else ""))
    return tuple(table)


def _where(index: Index, ones: Sequence[ClosedBlock]) -> str:
    """The titles of blocks with the same widths, where they have few, else what goes in and comes out."""
    titles = [one.title for one in ones if one.title]
    if len(titles) == len(ones) <= TITLES:
        return _listed(", ".join(dict.fromkeys(titles)).split(", "))
    one = ones[0]
    kinds = index.source_types(one.span[0])[:1] + index.nodes[one.span[1] - 1].outputs[:1]
    return " → ".join([str(kind.size("c") or "") for kind in kinds])


def _listed(titles: Sequence[str]) -> str:
    """`mixed_5c, 5d`: what all begin with, up to a sign, is said once."""
    first, last = min(titles), max(titles)
    length = next((at for at, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    common = first[:length].rstrip(ascii_letters + digits)
    return ", ".join([titles[0], *(title.removeprefix(common) for title in titles[1:])])
