"""The ops: one definition each, registered when its family's file is imported."""

from .base import OPS, OpDef

__all__ = ["OPS", "OpDef"]
