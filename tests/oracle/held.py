"""What netdraw says of a layer, by the door of the builder or from a text, held against what is counted out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import netdraw
from netdraw.core.errors import NetdrawError
from netdraw.ops import OPS
from netdraw.ops.base import RuleError, total
from netdraw.ops.rules import complete, infer, read
from netdraw.ops.tensor import TensorType

from .base import Dice, Impossible, Layer, Sizes, Told, drawn
from .table import SHARES, TABLE


@cache
def _names() -> list[str]:
    return [name for name in sorted(TABLE) for _ in range(SHARES.get(name, 1))]


def layers(seed: int, count: int) -> Iterator[Layer]:
    """So many layers; each by itself can be drawn again."""
    for number in range(count):
        dice = Dice(f"{seed} {number}")
        op = dice.choice(_names())
        yield drawn(op, TABLE[op], dice)


def counted_out(layer: Layer) -> Told | Impossible:
    """What the layer gives, by counting, or why there is none."""
    try:
        return TABLE[layer.op].tell(layer)
    except Impossible as error:
        return error


def said(layer: Layer) -> Told | RuleError:
    """What netdraw's rules say, asked as the builder asks them; face, window and formula must have an answer, too."""
    op, inputs = OPS[layer.op], tuple(map(_type, layer.inputs))
    try:
        attrs = _stored(layer)
        outputs = infer(op, attrs, inputs)
    except RuleError as error:
        return error
    for question in (op.face, op.formula):
        question(attrs, inputs, outputs)
    op.window(attrs, inputs)
    costs = op.params(attrs, inputs, outputs), op.counted(attrs, inputs, outputs)
    assert None not in costs, f"{layer.op} is not counted"
    return Told(tuple(map(_sizes, outputs)), *map(total, costs))


def _stored(layer: Layer) -> dict[str, Any]:
    op, stored = OPS[layer.op], {}
    for name, value in layer.attrs.items():
        attr = op.attr(name)
        assert attr is not None, name
        stored[attr.name] = read(op, attr, value, name)
    return complete(op, stored)


def _type(sizes: Sizes) -> TensorType:
    return TensorType(tuple(sizes.values()), "".join(sizes))


def _sizes(kind: TensorType) -> Sizes:
    return dict(zip(kind.axes, kind.shape, strict=True))


def text(layer: Layer) -> str:
    """A spec of this layer alone, with its inputs by letter."""
    names = [f"in{number}" for number in range(len(layer.inputs))]
    head = {"netdraw": 1, "name": "layer", "inputs": dict(zip(names, layer.inputs, strict=True))}
    body = {**head, "layers": [{layer.op: {**layer.attrs, "from": names, "name": "made"}}]}
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in body.items())


def said_of_text(layer: Layer) -> Told | NetdrawError:
    """The same of a spec that is read, built and analysed."""
    try:
        net = netdraw.load(text(layer))
    except NetdrawError as error:
        return error
    cost = net.analysis.total
    return Told(tuple(map(_sizes, net.graph.nodes[-1].outputs)), cost.params, cost.macs)


def differs(layer: Layer, answer: Any) -> str:
    """Where an answer is not what is counted out, in words; empty where it is."""
    expected = counted_out(layer)
    agree = isinstance(answer, Exception) if isinstance(expected, Impossible) else answer == expected
    ordered = isinstance(answer, Exception) or isinstance(expected, Impossible) or _orders(answer) == _orders(expected)
    return "" if agree and ordered else f"{layer}\n  netdraw: {answer!r}\n  counted out: {expected!r}"


def _orders(told: Told) -> list[list[str]]:
    return [list(sizes) for sizes in told.outputs]
