"""The layers that a paper's table lists: each with the norm and activation fused in it, in the words of papers."""

from __future__ import annotations

from collections.abc import Iterable

from ...analysis.cost import weight_term
from ...core.records import NamedTuple
from ...diagram.folding.fuse import fuse
from ...diagram.folding.index import Index, index
from ...diagram.said.labels import lettered
from ...graph.model import Graph, Node
from ...ops.base import Face
from ...ops.tensor import UNKNOWN, TensorType
from ..document import CellLines
from .layerwords import TITLED, Wording, name_of, words_of

TIMES = " × "


class Step(NamedTuple):
    """One layer of the table. `place` is its node's in the graph, `weight` the sizes of its kernel, () for none."""

    node: Node
    place: int
    face: Face
    into: TensorType
    output: TensorType
    weight: tuple[int, ...] = ()
    stride: str = "1"
    window: tuple[int, ...] = ()
    ones: tuple[int, ...] = (1, 1)
    """The spatial sizes that a vector has in tables of this network."""

    @property
    def words(self) -> Wording:
        """The words of its kind."""
        return TITLED if self.face.title else words_of(self.face.category)

    @property
    def channels(self) -> str:
        """The channels that come out, of tokens with their number."""
        return channels(self.output) if spatial(self.output) or self.output.axes == "c" else size_text(self.output)

    @property
    def reads(self) -> str:
        """The size of its input."""
        return size_text(self.into, ones=self.ones)

    def say(self, text: str) -> str:
        """A text of WORDS with the fields of this layer."""
        face = self.face
        size = "×".join(map(str, self.window))
        stride = "" if self.stride == "1" else self.stride
        name, apart = name_of(face.category), ", ".join(lettered(face, ("heads", "groups", "window", "layers")))
        return text.format(
            op=self.node.op.lower(),
            name=name,
            Name=name[:1].upper() + name[1:],
            apart=apart or "–",
            apartly=f", {apart}" if apart else "",
            title=face.title,
            into=face.into,
            label=face.label,
            channels=self.channels,
            kernel=face.kernel,
            out=face.out or face.label,
            groups=face.groups,
            dilated=f", d={face.dilation}" if face.dilation else "",
            size=size,
            window=TIMES.join(map(str, self.window)) or face.label,
            weight=TIMES.join(map(str, self.weight)),
            over=f", /{stride}" if stride else "",
            by="" if (size, stride) == ("2×2", "2") or not face.size else f" {size}, /{self.stride}",
            local=f"{size} " if face.size else "",
        ).strip()


class StageEntry(NamedTuple):
    """What one network has in a row: `key` tells which row it is, `names` stand in the columns before the networks'."""

    key: str
    names: tuple[str, ...]
    parts: tuple[CellLines, ...]


class Steps(NamedTuple):
    """The steps of a network and its graph by position. `chain` says whether every layer reads only the one before."""

    table: Index
    steps: tuple[Step, ...]
    chain: bool


def find_steps(graph: Graph) -> Steps:
    """All layers but those that share another one's cell, and those that have none (Flatten, Dropout)."""
    table = index(graph)
    fused = fuse(table)
    places = [place for place, owner in enumerate(fused.owners) if owner == place and place not in fused.ticks]
    chain = len(graph.inputs) == len(graph.outputs) == 1
    chain = chain and all(sources == (place - 1,) for place, sources in enumerate(table.sources))
    ones = ones_of(kind for _, kind in graph.inputs)
    return Steps(table, tuple(_step(table, place)._replace(ones=ones) for place in places), chain)


def ones_of(inputs: Iterable[TensorType]) -> tuple[int, ...]:
    """The spatial sizes of a vector where these are the inputs: as many as a map has, as papers write it; none where
    they are tokens.
    """
    kinds = list(inputs)
    rank = max((len(kind.sizes) for kind in kinds), default=0)
    return (1,) * (rank or (0 if any(kind.is_tokens for kind in kinds) else 2))


def _step(table: Index, place: int) -> Step:
    node, op, inputs, face = table.nodes[place], table.ops[place], table.source_types(place), table.face(place)
    output = node.outputs[0]
    step = Step(node=node, place=place, face=face, into=inputs[0] if inputs else output, output=output)
    if UNKNOWN in inputs or UNKNOWN in node.outputs:
        return step
    sizes = weight_term(op, node.attrs, inputs, node.outputs)
    # A depthwise kernel reads one channel: papers leave that factor out.
    weight = sizes[:-2] + sizes[-1:] if face.category == "conv.depthwise" else sizes
    seen = op.window(node.attrs, inputs)
    stride = joined(seen.stride) if seen and seen.stride else "1"
    return step._replace(weight=weight, stride=stride, window=_window(step))


def _window(step: Step) -> tuple[int, ...]:
    """The kernel; of a pooling that is told by its output what it sees of its input, where that is a whole number."""
    kernel = step.node.attrs.get("kernel_size")
    if isinstance(kernel, tuple):
        return kernel
    pairs = list(zip(spatial(step.into), spatial(step.output), strict=False))
    whole = step.face.category.startswith("pool.") and all(size % out == 0 for size, out in pairs)
    return tuple(size // out for size, out in pairs) if whole else ()


def joined(sizes: Iterable[object]) -> str:
    """`2` where all are equal, else `2×1`."""
    texts = [str(size) for size in sizes]
    return texts[0] if len(set(texts)) == 1 else "×".join(texts)


def spatial(kind: TensorType) -> tuple[int, ...]:
    """The sizes of a map; none of a vector."""
    return kind.sizes


def size_text(kind: TensorType, times: str = TIMES, ones: tuple[int, ...] = (1, 1)) -> str:
    """The input of a layer as papers write it: `224 × 224 × 3`, `1 × 1 × 1024` for a vector, `197 × 768` for tokens.

    `ones` are the sizes that a vector has.
    """
    if not kind.known:
        return "?"
    sizes = kind.sizes or (ones if kind.axes == "c" else ())
    return times.join(map(str, [*sizes, *kind.others]))


def places(kind: TensorType) -> tuple[int, ...]:
    """The sizes of a value without its channels: of a map, the number of tokens, none of a vector."""
    return tuple(size for axis, size in zip(kind.axes, kind.shape, strict=True) if axis != "c")


def map_text(step: Step) -> str:
    """The size of an output: `56×56`; `1×1` for a vector of a network of maps, `64` for tokens."""
    return "×".join(map(str, places(step.output) or step.ones or (1,))) if step.output.known else "?"


def channels(kind: TensorType) -> str:
    """The channels of a value, else its last size."""
    return str(kind.size("c") or kind.shape[-1]) if kind.known and kind.shape else "?"
