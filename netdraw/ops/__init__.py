"""The ops: one definition each, registered when its family's file is imported."""

from . import activation, conv, cut, detection, elementwise, linear, norm, opaque, pool, reshape, shape, transposed
from .base import OPS, OpDef

__all__ = [
    "OPS",
    "OpDef",
    "activation",
    "conv",
    "cut",
    "detection",
    "elementwise",
    "linear",
    "norm",
    "opaque",
    "pool",
    "reshape",
    "shape",
    "transposed",
]
