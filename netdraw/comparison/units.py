"""The units of a network: its blocks without their widths, each once, with the count of blocks that it stands for."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ..analysis.model import Analysis
from ..diagram.build import Parts, take_parts
from ..diagram.closing import find_blocks, stride_of
from ..diagram.glossary import Glossary
from ..diagram.index import Index
from ..diagram.kinds import Kind, find_kinds
from ..diagram.once import block_parts, reason_of
from ..diagram.view import View
from ..graph.model import Graph
from ..ops.tensor import TensorType
from .base import Compared
from .scaled import Scale, scaled_cost
from .widths import Width, width


class Unit(NamedTuple):
    """One structure of blocks. `parts` are those of its first block as a network of its own.

    `widths` are by the position of a node in the block, `into` is that of its input. `condition` tells it from the
    other units of the same block: `stride 2`, `64 → 96`, `add`; "" where there are none. `reason` says why nothing is
    added where that is a question. `macs` is what it costs at the scale asked for; None where its widths
    cannot be had there.
    """

    kind: Kind
    condition: str
    reason: str
    parts: Parts
    into: Width | None
    widths: dict[int, Width]
    macs: int | None

    @property
    def names(self) -> tuple[str, ...]:
        """What it can be picked by: its block, that with its condition, and the ids of its blocks."""
        name = self.kind.block
        return (name, f"{name}: {self.condition}" if self.condition else name, *(one.id for one in self.kind.blocks))


Picker = Callable[[list[tuple[str, Unit]]], Callable[[Unit], bool]]
"""Given all units with the names of their networks, tells which are asked for."""


def pick_units(
    networks: Sequence[Compared], view: View, words: Glossary, scale: Scale, picker: Picker
) -> list[tuple[Compared, list[Unit]]]:
    """The units of every network that are asked for."""
    found = [(one, find_units(one.graph, one.analysis, view, words, scale)) for one in networks]
    wanted = picker([(one.name, unit) for one, units in found for unit in units])
    return [(one, [unit for unit in units if wanted(unit)]) for one, units in found]


def find_units(graph: Graph, analysis: Analysis, view: View, words: Glossary, scale: Scale) -> list[Unit]:
    """In order of appearance."""
    whole = take_parts(graph, analysis, view)
    kinds = find_kinds(whole.table, find_blocks(whole, analysis, words))
    conditions = _conditions(whole.table, analysis, kinds, words)
    return [
        _unit(whole.table, analysis, kind, condition, view, words, scale)
        for kind, condition in zip(kinds, conditions, strict=True)
    ]


def _unit(
    index: Index, analysis: Analysis, kind: Kind, condition: str, view: View, words: Glossary, scale: Scale
) -> Unit:
    parts = block_parts(index, analysis, kind.blocks[0], view)
    group = index.groups.get(kind.blocks[0].id)
    rule = group.residual if group else None
    reason = (reason_of(index, kind, words) or rule.reason) if rule and rule.done == "none" else ""
    widths, into = _widths(index, kind)
    macs = scaled_cost(parts.table.graph, widths, scale) if into else None
    return Unit(kind, condition, reason, parts, into, widths, macs)


def _widths(index: Index, kind: Kind) -> tuple[dict[int, Width], Width | None]:
    """The widths behind every node of a unit by its position in the block, and that of its input."""
    starts = [one.span[0] for one in kind.blocks]
    length = kind.blocks[0].span[1] - starts[0]
    sources = [index.source_types(start)[:1] for start in starts]
    inputs = [_channels(kinds[0]) if kinds else 0 for kinds in sources]
    outputs = [_channels(index.nodes[start + length - 1].outputs[0]) for start in starts]
    found = {}
    for offset in range(length):
        values = [_channels(index.nodes[start + offset].outputs[0]) for start in starts]
        if all(values):
            found[offset] = width(values, inputs, outputs)
    return found, width(inputs, inputs, outputs) if all(inputs) else None


def _channels(kind: TensorType) -> int:
    """The channels of a value, else the size of its last axis; 0 where it has none."""
    size = kind.size("c")
    return size or (kind.shape[-1] if kind.known and kind.shape else 0)


def _conditions(index: Index, analysis: Analysis, kinds: Sequence[Kind], words: Glossary) -> list[str]:
    """What tells the units of one block apart; a letter more where that does not."""
    names = [kind.block for kind in kinds]
    said = [_condition(index, analysis, kind, words) if names.count(kind.block) > 1 else "" for kind in kinds]
    pairs = list(zip(names, said, strict=True))
    found = []
    for number, (pair, text) in enumerate(zip(pairs, said, strict=True)):
        letter = chr(ord("A") + pairs[:number].count(pair)) if pairs.count(pair) > 1 else ""
        found.append(" ".join(filter(None, (text, letter))))
    return found


def _condition(index: Index, analysis: Analysis, kind: Kind, words: Glossary) -> str:
    """What its residual rule did, or its stride."""
    rules = [group.residual for one in kind.blocks if (group := index.groups.get(one.id)) and group.residual]
    if not rules:
        stride = stride_of(index, analysis, kind.blocks[0])
        return words.say("reason.stride", stride=stride.lstrip("/") or "1")
    reasons = list(dict.fromkeys(rule.reason or rule.needs for rule in rules))
    if rules[0].done == "add":
        return words.say("compare.add")
    return reasons[0] if len(reasons) == 1 else words.say("reason.channels")


def width_behind(unit: Unit, number: int) -> str:
    """The width behind a cell; that of the input for what stands before the first."""
    place = unit.parts.made.places[number]
    if place < 0:
        return unit.into.text if unit.into else ""
    owners = unit.parts.fused.owners
    members = [one for one, owner in enumerate(owners) if owner == place]
    found = unit.widths.get(members[-1]) if members else None
    return found.text if found else ""
