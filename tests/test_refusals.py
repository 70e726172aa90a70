"""What the ops refuse, told of a text: the same words, at the place of the layer or of its attribute."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

import netdraw
from netdraw.core.errors import SpecError
from netdraw.ops import OPS, OpDef
from netdraw.ops.base import Refusal
from netdraw.ops.rules import refused
from netdraw.ops.tensor import written

REFUSALS = [(OPS[name], refusal) for name in OPS for refusal in refused(OPS[name])]
LAYER = "  - "


def flow(value: Any) -> str:
    """A value as a spec has it, in one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return "none" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def text_of(op: OpDef, refusal: Refusal) -> str:
    """A network of that one layer; it has an input, whatever that reads."""
    kinds = [written(shape) for shape in refusal.inputs or ((1,),)]
    names = [f"in{number}" for number in range(len(kinds))]
    rows = {name: dict(zip(kind.axes, kind.shape, strict=True)) for name, kind in zip(names, kinds, strict=True)}
    reads = {"from": names if len(names) > 1 else names[0]} if refusal.inputs else {}
    layer = {**refusal.attrs, **reads}
    return f"netdraw: 1\nname: net\ninputs: {flow(rows)}\nlayers:\n{LAYER}{op.name}: {flow(layer)}\n"


@pytest.mark.parametrize("name", OPS.names())
def test_every_op_says_what_it_refuses(name: str) -> None:
    assert refused(OPS[name])


@pytest.mark.parametrize(("op", "refusal"), REFUSALS, ids=lambda value: getattr(value, "name", ""))
def test_a_text_is_told_the_same_with_its_place(op: OpDef, refusal: Refusal) -> None:
    text = text_of(op, refusal)
    with pytest.raises(SpecError) as caught:
        netdraw.load(text)
    (fault,) = [fault for fault in caught.value.faults if fault.severity == "error"]
    assert (fault.code, fault.message) == (refusal.code, refusal.message)
    line = text.splitlines()[4]
    attrs = [re.search(rf"[{{ ]{name}: ", line) for name in refusal.attrs]
    starts = {line.index(op.name) + 1, *(found.end() + 1 for found in attrs if found)}
    assert fault.span is not None and fault.span.line == 5 and fault.span.column in starts
