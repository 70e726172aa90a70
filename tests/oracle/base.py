"""A layer drawn by lot, what is told of it, and the row of an op."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

Sizes = dict[str, int]
"""A tensor: its axes by letter, in order, with their sizes."""
Attrs = dict[str, Any]
"""Attributes as they are written in a spec; what is left out has PyTorch's default."""

ODD = ("c", "tc", "chw", "cdhw", "ct", "hwc", "cwh", "th")
"""Axes of an input that another op would want, and in orders that a Permute leaves behind."""


class Impossible(Exception):
    """There is no such layer."""


class Malformed(Impossible):
    """A value or an input of another form than the op takes; PyTorch, which knows no letters, may take it."""


class Layer(NamedTuple):
    """One layer, as it is written."""

    op: str
    attrs: Attrs
    inputs: tuple[Sizes, ...]

    @property
    def source(self) -> Sizes:
        return self.inputs[0]

    def per_axis(self, name: str, rank: int, least: int = 1, default: Any = None) -> list[int]:
        """A whole number for each of `rank` axes."""
        value = self.attrs.get(name, default)
        values = value if isinstance(value, list) else [value] * rank
        if len(values) != rank:
            raise Malformed(name)
        return [whole(name, one, least) for one in values]

    def pads(self, name: str, rank: int) -> list[int | tuple[int, int]]:
        """A number for each of `rank` axes, or a pair, before and behind."""
        value = self.attrs.get(name, 0)
        values = value if isinstance(value, list) else [value] * rank
        if len(values) != rank or any(isinstance(one, list) and len(one) != 2 for one in values):
            raise Malformed(name)
        return [
            (whole(name, one[0], 0), whole(name, one[1], 0)) if isinstance(one, list) else whole(name, one, 0)
            for one in values
        ]

    def whole(self, name: str, least: int = 1, default: Any = None) -> int:
        """A whole number of `least` or more."""
        return whole(name, self.attrs.get(name, default), least)

    def need(self, *orders: str) -> Sizes:
        """The first input, which must have its axes in one of these orders."""
        if "".join(self.source) not in orders:
            raise Malformed(f"axes {[*self.source]}")
        return self.source


def whole(name: str, value: Any, least: int) -> int:
    """The value; raises Malformed where it is no whole number, or a smaller one."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise Malformed(name)
    return value


class Told(NamedTuple):
    """What a layer gives, and how many numbers it learns and products it takes."""

    outputs: tuple[Sizes, ...]
    params: int = 0
    macs: int = 0


class Dice(Random):
    """A source of chance with the throws that all layers need."""

    def rare(self, share: float = 0.03) -> bool:
        """True now and then, where something is to be wrong."""
        return self.random() < share

    def size(self, most: int, least: int = 1) -> int:
        """A number from `least`; small ones are more frequent."""
        return min(self.randint(least, most), self.randint(least, most))

    def sizes(self, rank: int, most: int, least: int = 1) -> int | list[int]:
        """A number for all axes or one for each; now and then one that is wrong."""
        if self.rare(0.01):
            wrong: list[Any] = [least - 1, [least] * (rank + 1), 1.5]
            return self.choice(wrong)
        return self.size(most, least) if self.random() < 0.5 else [self.size(most, least) for _ in range(rank)]

    def pads(self, rank: int, most: int) -> Any:
        """What is added to each axis; now and then its ends apart."""
        if self.random() < 0.8:
            return self.sizes(rank, most, 0)
        return [self.choice([self.size(most, 0), [self.size(most, 0), self.size(most, 0)]]) for _ in range(rank)]

    def tensor(self, axes: str, most: int = 12, **known: int) -> Sizes:
        """A tensor of random sizes, but for those that are known."""
        return {axis: known[axis] if axis in known else self.randint(1, most) for axis in axes}

    def some(self, attrs: Attrs, share: float = 0.6) -> Attrs:
        """Some of the attributes, the others left to their defaults."""
        return {name: value for name, value in attrs.items() if self.random() < share}


Draw = Callable[[Dice], tuple[Attrs, tuple[Sizes, ...]]]
Module = Callable[[Any, Layer], Any]


class Row(NamedTuple):
    """An op: how a layer of it is drawn, what is told of one (raises Impossible), and what PyTorch has for it.

    `torch` is given the module `torch` and a layer; it gives what is called with the tensors, or None where PyTorch has
    nothing of the kind. Where it is `strict`, PyTorch refuses whatever does not fit.
    """

    draw: Draw
    tell: Callable[[Layer], Told]
    torch: Module | None = None
    strict: bool = False


def drawn(op: str, row: Row, dice: Dice) -> Layer:
    """A layer by lot; now and then an input has other axes than the op may take."""
    attrs, inputs = row.draw(dice)
    if inputs and dice.rare():
        other = dice.tensor(dice.choice(ODD), 6)
        inputs = (*inputs[:-1], other) if dice.random() < 0.5 else (other, *inputs[1:])
    return Layer(op, attrs, inputs)
