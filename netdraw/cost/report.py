"""Where the cost lies: MACs, parameters, weights and memory by kind of layer, by stage, by block or by layer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import reduce

from ..analysis.cost import weights
from ..analysis.model import BYTES, Analysis
from ..analysis.separable import Comparison, SeparablePair, compare, find_pairs
from ..analysis.sharing import Sharing, find_sharing
from ..core.records import NamedTuple
from ..diagram.closing.closing import find_blocks
from ..diagram.elements.assemble import line_parts
from ..diagram.folding.index import Index, index
from ..diagram.said.glossary import Glossary, glossary
from ..diagram.view import By, View
from ..graph.model import Graph
from ..ops.categories import CATEGORIES, nearest
from ..ops.tensor import UNKNOWN


class Amount(NamedTuple):
    """What some layers cost. `memory` is that of their outputs, in bytes; `weights` are kernels alone."""

    layers: int = 0
    macs: int = 0
    params: int = 0
    weights: int = 0
    memory: int = 0

    def plus(self, other: Amount) -> Amount:
        """The sum, field by field."""
        return Amount(*[a + b for a, b in zip(self, other, strict=True)])


class Piece(NamedTuple):
    """Some layers under a name: `category` is that of the one among them that costs most, `ids` are all of them."""

    name: str
    category: str
    ids: tuple[str, ...]
    amount: Amount


class Layer(NamedTuple):
    """One layer: what it is, as a figure names it, and what it costs."""

    id: str
    kind: str
    category: str
    amount: Amount


def layers_of(graph: Graph, analysis: Analysis, words: Glossary) -> list[Layer]:
    """Every layer, in the order of the graph."""
    table = index(graph)
    return [_layer(table, analysis, place, words) for place in range(len(graph.nodes))]


def _layer(table: Index, analysis: Analysis, place: int, words: Glossary) -> Layer:
    node, op = table.nodes[place], table.ops[place]
    row, inputs, face = analysis.nodes[node.id], table.source_types(place), table.face(place)
    known = UNKNOWN not in inputs and UNKNOWN not in node.outputs
    kernels = weights(op, node.attrs, inputs, node.outputs) if known and not node.shares else 0
    category = nearest(face.category, CATEGORIES)
    # A kernel is named where something is multiplied by it; poolings of all sizes are one kind.
    multiplies = known and bool(op.counted(node.attrs, inputs, node.outputs))
    kind = " ".join(filter(None, (face.title or words.cell(category), face.size if multiplies else "")))
    memory = row.activations * BYTES
    amount = Amount(layers=1, macs=row.macs or 0, params=row.params, weights=kernels, memory=memory)
    return Layer(node.id, kind, category, amount)


def total_of(things: Iterable[Layer | Piece]) -> Amount:
    """The sum over layers or pieces."""
    return reduce(Amount.plus, (one.amount for one in things), Amount())


def pieces(graph: Graph, analysis: Analysis, by: By, words: Glossary) -> tuple[Piece, ...]:
    """The parts that add up to the network; every layer is in exactly one."""
    return tuple(_BY[by](graph, analysis, layers_of(graph, analysis, words), words))


def _piece(name: str, layers: list[Layer]) -> Piece:
    first = max(layers, key=lambda layer: (layer.amount.macs, layer.amount.params, layer.amount.memory))
    return Piece(name, first.category, tuple(layer.id for layer in layers), total_of(layers))


def _by_kind(graph: Graph, analysis: Analysis, layers: list[Layer], words: Glossary) -> list[Piece]:
    """The most costly first: by MACs, then by parameters, then by memory."""
    kinds: dict[str, list[Layer]] = {}
    for layer in layers:
        kinds.setdefault(layer.kind, []).append(layer)
    found = [_piece(name, members) for name, members in kinds.items()]
    return sorted(found, key=lambda piece: (piece.amount.macs, piece.amount.params, piece.amount.memory), reverse=True)


def _by_stage(graph: Graph, analysis: Analysis, layers: list[Layer], words: Glossary) -> Iterator[Piece]:
    known = {layer.id: layer for layer in layers}
    number = 0
    for stage in analysis.stages:
        number += stage.kind == "stage"
        plain = "stage.numbered" if stage.kind == "stage" else f"cost.{stage.kind}"
        name = stage.title or words.say(plain, number=number)
        said = f"{name}, {stage.resolution}" if stage.resolution and stage.kind == "stage" else name
        yield _piece(said, [known[id] for id in stage.nodes])


def _by_block(graph: Graph, analysis: Analysis, layers: list[Layer], words: Glossary) -> Iterator[Piece]:
    """The blocks of a figure, all members of a repeat; between them each cell by itself."""
    parts = line_parts(graph, analysis, View(unfold=True))
    blocks = {one.span[0]: one for one in find_blocks(parts, analysis, words)}
    place, owners = 0, parts.fused.owners
    while place < len(layers):
        block, end = blocks.get(place), place + 1
        if block:
            title = "" if block.title in (block.name, *block.id.split(".")) else block.title
            name, end = " ".join(filter(None, (block.id, block.name, title))), block.span[1]
        else:
            name = layers[owners[place]].id
            while end < len(owners) and owners[end] == owners[place] and end not in blocks:
                end += 1
        yield _piece(name, layers[place:end])
        place = end


_BY: Mapping[By, Callable[[Graph, Analysis, list[Layer], Glossary], Iterable[Piece]]] = {
    "kind": _by_kind,
    "stage": _by_stage,
    "block": _by_block,
    "layer": lambda graph, analysis, layers, words: (_piece(layer.id, [layer]) for layer in layers),
}


class Costs(NamedTuple):
    """One network, in parts; the separable pairs in it, and what they save (None where there are none)."""

    name: str
    title: str
    by: By
    pieces: tuple[Piece, ...]
    total: Amount
    pairs: tuple[SeparablePair, ...]
    standard: Comparison | None
    not_counted: tuple[tuple[str, str], ...]
    """The id and the op of each layer whose MACs have no rule."""
    unknown: tuple[tuple[str, str], ...]
    """Likewise of those whose parameters are not known."""
    unweighed: tuple[tuple[str, str], ...]
    """Likewise of those that have parameters, but no MACs by which to tell how many of them are kernels."""
    words: Glossary
    """Those of the language that its names are in."""
    sharing: tuple[Sharing, ...] = ()
    """The weights that several layers use."""

    def missing(self, unit: str) -> tuple[tuple[str, str], ...]:
        """What a total in a unit, a field of Amount, lacks."""
        weights = (*self.unknown, *self.unweighed)
        return {"macs": self.not_counted, "params": self.unknown, "weights": weights}.get(unit, ())

    def lacks(self, ids: Iterable[str], unit: str) -> bool:
        """Whether some of these layers are missing in that."""
        return not {id for id, _ in self.missing(unit)}.isdisjoint(ids)


def costs(graph: Graph, analysis: Analysis, title: str, by: By, language: str = "en") -> Costs:
    """The costs of a network under the title that it is shown with, its parts named in a language."""
    words = glossary(language)
    pairs = find_pairs(graph, analysis)
    found = pieces(graph, analysis, by, words)
    ops = {node.id: node.op for node in graph.nodes}
    unweighed = [id for id in analysis.not_counted if analysis.nodes[id].params]
    groups = (analysis.not_counted, analysis.unknown, unweighed)
    missing = [tuple([(id, ops[id]) for id in ids]) for ids in groups]
    return Costs(
        name=graph.name,
        title=title,
        by=by,
        pieces=found,
        total=total_of(found),
        pairs=pairs,
        standard=compare(graph, analysis, pairs) if pairs else None,
        not_counted=missing[0],
        unknown=missing[1],
        unweighed=missing[2],
        words=words,
        sharing=find_sharing(graph, analysis),
    )
