"""Counting out: cells of an axis, positions of a window, weights one by one. Kept for each set of small numbers."""

from __future__ import annotations

from functools import cache
from itertools import count as counted
from itertools import product, takewhile

from .base import Impossible, Sizes

Padding = int | tuple[int, int]
"""What is added at both ends of an axis, or before and behind it."""


@cache
def taps(kernel: int, dilation: int) -> tuple[int, ...]:
    """The places that a kernel touches, from its first."""
    return tuple(range(0, kernel * dilation, dilation))


def padded(size: int, padding: Padding) -> list[str]:
    """The cells of a padded axis."""
    before, behind = padding if isinstance(padding, tuple) else (padding, padding)
    return ["pad"] * before + ["input"] * size + ["pad"] * behind


@cache
def fitting(size: int, kernel: int, stride: int, padding: Padding, dilation: int) -> int:
    """How many positions of a window lie wholly on a padded axis."""
    cells = padded(size, padding)
    touched = taps(kernel, dilation)
    return sum(all(first + tap < len(cells) for tap in touched) for first in range(0, len(cells), stride))


@cache
def same(size: int, kernel: int, stride: int, dilation: int) -> int:
    """How many positions there are with `same`: one for each step within the input, and no padding is left over."""
    wanted = len(range(0, size, stride))
    touched = taps(kernel, dilation)[-1] + 1
    added = next(pads for pads in range(touched) if fitting(size + pads, kernel, stride, 0, dilation) >= wanted)
    assert fitting(size + added, kernel, stride, 0, dilation) == wanted
    return wanted


@cache
def overhanging(size: int, kernel: int, stride: int, padding: Padding, dilation: int, drops: bool) -> int:
    """How many positions there are where the last may stick out of the padded axis.

    A window is added as long as the one before it has not reached the end; where it `drops`, none begins behind the
    input and the padding before it.
    """
    cells = padded(size, padding)
    behind = max(place for place, cell in enumerate(cells) if cell == "input") + 1
    last = taps(kernel, dilation)[-1]
    firsts = takewhile(lambda first: first - stride + last < len(cells) - 1, counted(0, stride))
    return len([first for first in firsts if not drops or first < behind])


@cache
def spread(size: int, kernel: int, stride: int, dilation: int, extra: int, cut: Padding) -> int:
    """The cells of an axis over which every input cell is spread, `extra` behind them and `cut` taken off the ends."""
    reached = max(cell * stride + tap for cell in range(size) for tap in taps(kernel, dilation))
    cells = list(range(reached + 1 + extra))
    before, behind = cut if isinstance(cut, tuple) else (cut, cut)
    return len(cells[before : max(0, len(cells) - behind)])


@cache
def weights(into: int, out: int, groups: int) -> int:
    """How many pairs of channels have a weight, where both sides are dealt out to the groups."""
    sides = [dealt(into, groups), dealt(out, groups)]
    return sum(len(list(product(ins, outs))) for ins, outs in zip(*sides, strict=True))


def dealt(count: int, groups: int) -> list[list[int]]:
    """`count` things in so many runs of one length; raises Impossible where some are left."""
    runs: list[list[int]] = []
    things = list(range(count))
    length = next((length for length in range(1, count + 1) if length * groups >= count), 0)
    for _ in range(groups):
        runs.append(things[:length])
        things = things[length:]
    if things or any(len(run) != length for run in runs) or not length:
        raise Impossible(f"{groups} groups of {count}")
    return runs


def places(tensor: Sizes) -> list[tuple[int, ...]]:
    """Every element, by its place on each axis."""
    return list(product(*map(range, tensor.values())))


def count(*sizes: int) -> int:
    """How many combinations there are."""
    return sum(1 for _ in product(*map(range, sizes)))
