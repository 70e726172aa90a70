"""Receptive field and effective stride, in elements of the network's input, one entry a spatial axis."""

from collections.abc import Sequence

from ..core.records import NamedTuple
from ..ops.base import Rational, Window, whole

Axes = tuple[Rational, ...]


class Field(NamedTuple):
    """What one element sees (`extent`) and how far its neighbour's view is away (`stride`).

    `extent` is None where it sees everything, behind a global pool or Flatten; `stride` where it has none.
    """

    extent: Axes | None
    stride: Axes | None


EVERYTHING = Field(None, None)


def at_input(rank: int) -> Field:
    """The field of an input with that many spatial axes."""
    return Field((1,) * rank, (1,) * rank)


def through(window: Window | None, fields: Sequence[Field | None]) -> Field | None:
    """The field behind an op with these inputs; None where no path leads to an input of the network.

    A path behind a global pool sees everything, but has no say in the stride.
    """
    field = fields[0] if len(fields) == 1 else _joined([field for field in fields if field is not None])
    if field is None or (window is not None and not window.stride):
        return field
    if window is None or field.stride is None or len(field.stride) != len(window.stride):
        return EVERYTHING
    stride = tuple([whole(jump * step) for jump, step in zip(field.stride, window.stride, strict=True)])
    if field.extent is None or window.extent is None:
        return Field(None, stride)
    rows = zip(field.extent, window.extent, field.stride, strict=True)
    return Field(tuple([size + (reach - 1) * jump for size, reach, jump in rows]), stride)


def _joined(fields: list[Field]) -> Field | None:
    """The largest over paths, axis by axis."""
    if not fields:
        return None
    extents = [field.extent for field in fields if field.extent is not None]
    strides = [field.stride for field in fields if field.stride is not None]
    return Field(_largest(extents) if len(extents) == len(fields) else None, _largest(strides) if strides else None)


def _largest(rows: list[Axes]) -> Axes | None:
    first = rows[0]
    if all(row == first for row in rows):
        return first
    if len({len(row) for row in rows}) > 1:  # Axes that do not correspond cannot be compared.
        return None
    return tuple([max(column) for column in zip(*rows, strict=True)])
