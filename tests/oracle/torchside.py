"""What PyTorch says of a layer, on its device `meta`, where tensors have a shape and no elements.

There a few things pass that no other device takes (an `output_padding`): what netdraw refuses is tried on `cpu`, too.
"""

from __future__ import annotations

import warnings
from typing import Any

from .base import Layer, Malformed, Told
from .held import counted_out, said
from .table import TABLE

Answer = tuple[list[tuple[int, ...]], int, "int | None"]
"""Shapes without batch, parameters, and MACs where they are wanted."""


def asked(torch: Any, layer: Layer, costs: bool, device: str = "meta") -> Answer | Exception | None:
    """The answer, or what it raises; None where it has nothing of the kind."""
    module = TABLE[layer.op].torch
    if module is None or isinstance(counted_out(layer), Malformed):
        return None
    try:
        with warnings.catch_warnings(), torch.device(device):
            warnings.simplefilter("ignore")
            made = module(torch, layer)
            return None if made is None else _run(torch, made, layer, costs)
    except (AssertionError, RuntimeError, ValueError, IndexError, TypeError) as error:
        return error


def _run(torch: Any, made: Any, layer: Layer, costs: bool) -> Answer:
    from torch.utils.flop_counter import FlopCounterMode

    inputs = [torch.empty(1, *sizes.values()) for sizes in layer.inputs]
    macs = None
    if costs:
        with FlopCounterMode(display=False) as counter:
            outputs = made(*inputs)
        macs = counter.get_total_flops() // 2
    else:
        outputs = made(*inputs)
    outputs = outputs if isinstance(outputs, tuple | list) else [outputs]
    if not all(one.numel() for one in outputs):
        raise ValueError("nothing is left; PyTorch has empty tensors, and netdraw has none")
    params = sum(one.numel() for one in made.parameters()) if isinstance(made, torch.nn.Module) else 0
    return [tuple(one.shape)[1:] for one in outputs], params, macs


def torch_differs(torch: Any, layer: Layer, costs: bool = False) -> str:
    """Where netdraw says another thing than PyTorch; empty where both agree or PyTorch has nothing of the kind."""
    theirs, ours = asked(torch, layer, costs), said(layer)
    if theirs is None:
        return ""
    if isinstance(theirs, Exception) or not isinstance(ours, Told):
        is_strict = TABLE[layer.op].strict
        if is_strict and not isinstance(ours, Told) and not isinstance(theirs, Exception):
            theirs = asked(torch, layer, False, "cpu")
        agree = not isinstance(ours, Told) and (isinstance(theirs, Exception) or not is_strict)
    else:
        shapes, params, macs = theirs
        agree = (shapes, params) == ([tuple(one.values()) for one in ours.outputs], ours.params)
        agree = agree and macs in (None, ours.macs)
    return "" if agree else f"{layer}\n  netdraw: {ours!r}\n  PyTorch: {theirs!r}"
