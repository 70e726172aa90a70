"""Which widths of a unit are what they seem: all are tried with another input and another output."""

from collections.abc import Iterator
from fractions import Fraction

from ...core.records import NamedTuple
from ...diagram.closing.blockkinds import BlockKind
from ...diagram.folding.barecells import ClosedBlock
from ...diagram.folding.index import Index
from ...graph.model import Graph
from ...ops.tensor import TensorType
from .scaled import measure
from .widths import ChannelWidth, more, width

WIDER, AS_WIDE = 2, 4
"""In a trial the input has so many times its channels, and the output so many times its own."""

Widths = tuple[tuple[ChannelWidth | None, ...], dict[int, ChannelWidth]]
"""Those of the inputs, and those behind the nodes by their position in the block."""


class Values(NamedTuple):
    """Channels block by block: of each input, and behind each node."""

    inputs: list[tuple[int, ...]]
    nodes: list[list[int]]

    @property
    def first(self) -> tuple[int, ...]:
        """Those of the first input, in terms of which widths are said."""
        return self.inputs[0] if self.inputs else (0,) * len(self.nodes[0])

    def at(self, one: ChannelWidth) -> Fraction:
        """A width in a trial of the first block."""
        return one.at(WIDER * self.first[0], AS_WIDE * self.nodes[-1][0])

    def said(self, free: bool) -> Widths:
        """Their widths, where the output is a free one and where it is not."""
        outputs = self.nodes[-1] if free else []
        into = tuple([width(row, self.first, outputs) if all(row) else None for row in self.inputs])
        found = {place: width(row, self.first, outputs) for place, row in enumerate(self.nodes) if all(row)}
        return into, found


def find_widths(index: Index, kind: BlockKind, graph: Graph) -> Widths:
    """The widths of a unit whose first block is `graph`.

    An output that does not come out as wide as a free one would is none. What follows from other widths, and does not
    come out as it is said, is so much more than the input, or a number.
    """
    starts = [one.span[0] for one in kind.blocks]
    nodes = [[channels(index.nodes[start + at].outputs[0]) for start in starts] for at in range(len(graph.nodes))]
    values = Values(list(zip(*(_inputs(index, one) for one in kind.blocks), strict=True)), nodes)
    last = len(graph.nodes) - 1
    (into, found), wrong = values.said(True), _wrong(graph, values, *values.said(True))
    if last not in found or last in wrong:
        into, found = values.said(False)
        wrong = _wrong(graph, values, into, found)
    for place in wrong:
        if not graph.nodes[place].definition.widths:
            found[place] = more(values.nodes[place], values.first)
    return into, found


def _wrong(
    graph: Graph, values: Values, into: tuple[ChannelWidth | None, ...], found: dict[int, ChannelWidth]
) -> set[int]:
    """The nodes that do not come out as wide as is said; what cannot be had counts as wrong for the last."""
    tried = measure(graph, [kind for _, kind in graph.inputs], into, found, values.at)
    wrong = {
        place for place in found if place in tried.types and channels(tried.types[place][0]) != values.at(found[place])
    }
    last = len(graph.nodes) - 1
    return wrong if last in tried.types else wrong | ({last} & found.keys())


def _inputs(index: Index, one: ClosedBlock) -> Iterator[int]:
    """The channels of all that a block reads, in order of first use."""
    seen = set()
    for place in range(*one.span):
        for at, ref in zip(index.sources[place], index.nodes[place].inputs, strict=True):
            if at < one.span[0] and (at, ref.port) not in seen:
                seen.add((at, ref.port))
                yield channels(index.type_at(at, ref.port))


def channels(kind: TensorType) -> int:
    """The channels of a value, else the size of its last axis; 0 where it has none."""
    size = kind.size("c")
    return size or (kind.shape[-1] if kind.known and kind.shape else 0)
