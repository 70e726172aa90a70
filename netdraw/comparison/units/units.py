"""The units of a network: its blocks without their widths, each once, with the count of blocks that it stands for."""

from collections.abc import Callable, Sequence

from ...analysis.model import Analysis, Subtotal
from ...core.records import NamedTuple
from ...diagram.closing.blockkinds import BlockKind, find_kinds
from ...diagram.closing.closing import closed_block, find_blocks
from ...diagram.closing.openblocks import block_parts, reason_of
from ...diagram.elements.assemble import line_parts
from ...diagram.elements.cells import Sayer, make_cells
from ...diagram.elements.lineparts import LineParts
from ...diagram.folding.barecells import ClosedBlock
from ...diagram.folding.index import Index
from ...diagram.model import Cell
from ...diagram.said.glossary import Glossary, glossary
from ...diagram.said.labels import reason_text
from ...diagram.view import View
from ...graph.model import Graph, Group
from ...ops.base import Face
from ..base import Compared
from .conditions import Condition, conditions
from .scaled import Lack, Scale, measure, resized
from .trial import find_widths
from .widths import OUTPUT, ChannelWidth


class Unit(NamedTuple):
    """One structure of blocks. `parts` are those of its first block as a network of its own.

    `widths` are by the position of a node in the block, `into` those of its inputs. `condition` tells it from the
    other units of the same block. `reason` says why nothing is added where that is a question. `cost` is what it costs
    at the scale asked for; None where its widths cannot be had there, for what `lack` says.
    """

    kind: BlockKind
    condition: Condition
    reason: str
    parts: LineParts
    into: tuple[ChannelWidth | None, ...]
    widths: dict[int, ChannelWidth]
    cost: Subtotal | None = None
    lack: Lack | None = None
    block: str = ""
    """The name of its block in English, which says how a block is called that has none."""

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be picked by, the same in all languages: its block, that with its condition, and the ids of its
        blocks.
        """
        name = self.block or self.kind.block
        return (name, *(f"{name}: {one}" for one in self.condition.names), *(one.id for one in self.kind.blocks))

    def cells(self) -> tuple[Cell, ...]:
        """The cells of its first block by number, as the default view labels them; its ends are ports."""
        return make_cells(self.parts, Sayer(self.parts, (), View()), self.kind.blocks[0].id, self.parts.ports)

    def face(self, number: int) -> Face | None:
        """That of a cell by number; a port has none."""
        place, table = self.parts.made.places[number], self.parts.table
        return table.face(place) if 0 <= place < len(table.nodes) else None

    @property
    def has_output(self) -> bool:
        """Whether something in it is in terms of an output of its own."""
        return any(one is not None and one.of == OUTPUT for one in (*self.into, *self.widths.values()))

    @property
    def listed(self) -> bool:
        """Whether its cost is its first block's, since a layer is as wide as in no other."""
        return self.cost is not None and any(
            one.listed and self.parts.table.ops[place].widths for place, one in self.widths.items()
        )


Picker = Callable[[list[tuple[str, Unit]]], Callable[[Unit], bool]]
"""Given all units with the names of their networks, tells which are asked for."""


class Picked(NamedTuple):
    """The networks with the units that are asked for; `bare` are those that have no unit, `left` those of which none
    is asked for.
    """

    shown: list[tuple[Compared, list[Unit]]]
    bare: list[Compared]
    left: list[Compared]


def pick_units(networks: Sequence[Compared], view: View, scale: Scale, picker: Picker) -> Picked:
    """The units of every network that are asked for."""
    words = glossary(view.lang)
    found = [(one, find_units(one.graph, one.analysis, view, words, scale)) for one in networks]
    wanted = picker([(one.name, unit) for one, units in found for unit in units])
    picked = Picked([], [one for one, units in found if not units], [])
    for one, units in found:
        chosen = [unit for unit in units if wanted(unit)]
        if chosen:
            picked.shown.append((one, chosen))
        elif units:
            picked.left.append(one)
    return picked


def find_units(graph: Graph, analysis: Analysis, view: View, words: Glossary, scale: Scale) -> list[Unit]:
    """In order of appearance."""
    # Members of a repeat may differ in their widths, so that each counts.
    whole = line_parts(graph, analysis, view._replace(unfold=True))
    kinds, plain = (find_kinds(whole.table, _blocks(whole, analysis, said)) for said in (words, glossary("en")))
    said = conditions(whole.table, analysis, kinds, words)
    return [
        _unit(whole.table, analysis, kind, condition, view, words, scale)._replace(block=english.block)
        for kind, english, condition in zip(kinds, plain, said, strict=True)
    ]


def _blocks(parts: LineParts, analysis: Analysis, words: Glossary) -> list[ClosedBlock]:
    """The blocks that a figure closes; of a written block that holds one beside cells of its own, that block."""
    found = find_blocks(parts, analysis, words)
    units: dict[str, ClosedBlock] = {}
    for one in found:
        outer = _holder(parts, one, found)
        units[outer.id if outer else one.id] = closed_block(parts, outer, words) if outer else one
    return list(units.values())


def _holder(parts: LineParts, one: ClosedBlock, found: Sequence[ClosedBlock]) -> Group | None:
    """The outermost written block around a block that holds no other, and more than that."""
    index, held = parts.table, None
    group = index.groups[one.id]
    while group.parent:
        group = index.groups[group.parent]
        span = index.spans.get(group.id)
        if span is None or sum(span[0] <= other.span[0] < span[1] for other in found) > 1:
            break
        if group.kind == "block" and group.block and len(parts.made.within(span)) > len(parts.made.within(one.span)):
            held = group
    return held


def _unit(
    index: Index, analysis: Analysis, kind: BlockKind, condition: Condition, view: View, words: Glossary, scale: Scale
) -> Unit:
    parts = block_parts(index, analysis, kind.blocks[0], view, words)
    group = index.groups.get(kind.blocks[0].id)
    rule = group.residual if group else None
    reason = ""
    if rule and rule.done == "none":
        reason = reason_of(index, kind, words) or reason_text(rule.reason, words)
    graph = parts.table.graph
    into, widths = find_widths(index, kind, graph)
    sizes = resized([one for _, one in graph.inputs], scale.size)
    found = measure(graph, sizes, into, widths, scale.at)
    unit = Unit(kind=kind, condition=condition, reason=reason, parts=parts, into=into, widths=widths)
    return unit._replace(cost=found.cost, lack=found.lack)


def width_behind(unit: Unit, number: int) -> str:
    """The width behind a cell; those of the inputs for what stands before the first."""
    place = unit.parts.made.places[number]
    members = [one for one, owner in enumerate(unit.parts.fused.owners) if owner == place]
    found = unit.into[place] if place < 0 else unit.widths.get(members[-1]) if members else None
    return found.text if found else ""


def name_of(unit: Unit) -> str:
    """Its block and its condition: `inverted residual, stride 2`."""
    return ", ".join(filter(None, (plain_name(unit.kind.block), unit.condition.text)))


def count_of(unit: Unit, words: Glossary) -> str:
    """`4 blocks`."""
    count = unit.kind.stands
    return words.say("block.count" if count > 1 else "block.count.one", count=count)


def plain_name(block: str) -> str:
    """`inverted residual` for `InvertedResidual`; a name with initials stays (`MBConv`)."""
    words: list[str] = []
    for character in block:
        if character.isupper() or not words:
            words.append(character)
        else:
            words[-1] += character
    if any(len(word) == 1 for word in words):
        return block
    return " ".join(words).lower()
