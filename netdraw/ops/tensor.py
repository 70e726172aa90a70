"""The type of a value that flows along an edge: a shape without batch, and the names of its axes."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import prod
from typing import TypeAlias

from ..core.records import NamedTuple

Shape: TypeAlias = "tuple[int, ...] | Mapping[str, int]"
"""A shape as it is written: sizes whose axes follow from their number, or a size by letter."""

SIGNAL = "ct"
"""The axes of a signal, where `t` counts places; in `tc` it counts tokens."""


class TensorType(NamedTuple):
    """A shape of any rank without batch; `axes` has one letter an axis (`chw`, `tc`, `c`, `cdhw`)."""

    shape: tuple[int, ...]
    axes: str
    dtype: str = "float32"

    @property
    def known(self) -> bool:
        """False for the type of a node whose rule failed."""
        return self.dtype != "unknown"

    @property
    def elements(self) -> int:
        """How many numbers one sample holds."""
        return prod(self.shape)

    def size(self, axis: str) -> int | None:
        """The size of the axis of that letter, or None where there is none."""
        index = self.axes.find(axis)
        return self.shape[index] if index >= 0 else None

    def replace(self, **sizes: int) -> "TensorType":
        """The same axes with other sizes, named by letter: `t.replace(c=64)`."""
        shape = tuple(sizes.get(axis, size) for axis, size in zip(self.axes, self.shape, strict=True))
        return TensorType(shape, self.axes, self.dtype)

    @property
    def spatial(self) -> str:
        """The letters of the axes along which a window slides, in order: `hw`, `dhw`, `t` of a signal, or none."""
        axes = self.axes
        return "".join([axes[place] for place in _places(axes)])

    @property
    def sizes(self) -> tuple[int, ...]:
        """The sizes of the spatial axes."""
        return tuple([self.shape[place] for place in _places(self.axes)])

    @property
    def others(self) -> tuple[int, ...]:
        """The sizes of all other axes, in order."""
        spatial = _places(self.axes)
        return tuple([size for place, size in enumerate(self.shape) if place not in spatial])

    @property
    def is_tokens(self) -> bool:
        """Whether `t` counts tokens, not the places of a signal."""
        return "t" in self.axes and self.axes != SIGNAL

    def __str__(self) -> str:
        return "×".join(map(str, self.shape)) if self.known else "?"


@cache
def _places(axes: str) -> tuple[int, ...]:
    """Where in a shape the spatial axes are."""
    spatial = "t" if axes == SIGNAL else "dhw"
    return tuple([place for place, axis in enumerate(axes) if axis in spatial])


def squared(sizes: Sequence[int]) -> str:
    """Spatial sizes in short: `56²`, `160×224`, `16×56²` and `16³` of a volume, `183` of a signal; empty for none."""
    *before, last = sizes or (0,)
    if last > 1 and len(before) == 2 and {*before} == {last}:
        return f"{last}³"
    if last > 1 and before[-1:] == [last]:
        return "×".join([*map(str, before[:-1]), f"{last}²"])
    return "×".join(map(str, sizes))


UNKNOWN = TensorType((), "", "unknown")

_AXES = {1: "c", 2: "tc", 3: "chw", 4: "cdhw"}


def by_length(shape: tuple[int, ...], dtype: str = "float32") -> TensorType:
    """The type of a shape that was written as a list: `[c]`, `[t, c]`, `[c, h, w]`, `[c, d, h, w]`.

    Raises KeyError for another length.
    """
    return TensorType(shape, _AXES[len(shape)], dtype)


def with_axis(axes: str, letter: str) -> str:
    """Axes with one more, where it usually stands: `tc`, `chw`, `cdhw`; in front of any other."""
    for usual in _AXES.values():
        if letter in usual and usual.replace(letter, "") == axes:
            return usual
    return letter + axes


def written(shape: Shape) -> TensorType:
    """The type of a shape as it is written."""
    return TensorType(tuple(shape.values()), "".join(shape)) if isinstance(shape, Mapping) else by_length(shape)
