"""The stride of a block: per axis, the product along the paths from its input to its output."""

from __future__ import annotations

from collections.abc import Mapping

from ..ops.base import Rational, whole
from ..ops.tensor import TensorType
from .model import Node, Ref

Strides = tuple[Rational, ...]


class DisagreeError(Exception):
    """Two paths that have a say give different strides; `node` is where they meet."""

    def __init__(self, node: Node, one: Strides, other: Strides) -> None:
        super().__init__(node.id)
        self.node, self.one, self.other = node, one, other


def block_stride(nodes: list[Node], types: Mapping[Ref, TensorType], start: Ref, end: Ref) -> Strides:
    """The stride from `start` to `end` over `nodes`, an upsampling counting as its inverse; 1 where no path has a say.

    A path through a global pool, a Flatten or an op without a stride has no say, nor has one that is broadcast at a
    join, or whose map gets other axes. Raises DisagreeError.
    """
    ones: Strides = (1,) * len(types[start].spatial)
    said: dict[str, Strides] = {start.node: ones}
    for node in nodes:
        strides = _of_node(node, types, said)
        if strides is not None:
            said[node.id] = strides
    return said.get(end.node, ones)


def _of_node(node: Node, types: Mapping[Ref, TensorType], said: Mapping[str, Strides]) -> Strides | None:
    op = node.definition
    window = op.window(node.attrs, tuple(types[ref] for ref in node.inputs))
    found: Strides | None = None
    for ref in node.inputs[: op.slides_over or op.carries]:
        strides = said.get(ref.node)
        if strides is None or _is_broadcast(types[ref], node.outputs[0], len(node.inputs)):
            continue
        if found is not None and found != strides:
            raise DisagreeError(node, found, strides)
        found = strides
    if found is None or window is None or not window.stride:
        return found if window is not None else None
    if len(found) != len(window.stride):  # Tokens have become a map, or a map a signal: axes that do not correspond.
        return None
    return tuple(whole(have * step) for have, step in zip(found, window.stride, strict=True))


def _is_broadcast(source: TensorType, output: TensorType, inputs: int) -> bool:
    """Whether a join stretches this input over a larger map."""
    if inputs < 2 or source.axes != output.axes:
        return False
    return any(source.size(axis) == 1 and output.size(axis) != 1 for axis in source.spatial)
