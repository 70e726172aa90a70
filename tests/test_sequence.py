"""Longest common sequences: exact where they are small, and never quadratic."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netdraw.analysis import sequence
from netdraw.analysis.sequence import Item, common, heaviest, matched

LETTERS = st.lists(st.sampled_from("abcd"), max_size=24)


def length(one: Sequence[object], other: Sequence[object]) -> int:
    """How long the longest common sequence is, by the table in every textbook."""
    row = [0] * (len(other) + 1)
    for item in one:
        before = row[:]
        for to, its in enumerate(other):
            row[to + 1] = before[to] + 1 if item == its else max(before[to + 1], row[to])
    return row[-1]


def is_common(found: list[tuple[int, int]], one: Sequence[object], other: Sequence[object]) -> bool:
    steps = all(a < b and c < d for (a, c), (b, d) in itertools.pairwise(found))
    return steps and all(one[at] == other[to] for at, to in found)


@given(LETTERS, LETTERS)
def test_a_short_one_is_the_longest(one: list[str], other: list[str]) -> None:
    found = common(one, other)
    assert is_common(found, one, other) and len(found) == length(one, other)


@given(LETTERS, LETTERS)
def test_a_stretch_that_is_too_large_for_the_table_still_gives_a_common_one(one: list[str], other: list[str]) -> None:
    small, sequence.SMALL = sequence.SMALL, 4
    try:
        assert is_common(common(one, other), one, other)
    finally:
        sequence.SMALL = small


def test_the_strictest_key_wins_and_equal_names_decide() -> None:
    one = [Item(("a1", "a"), "x"), Item(("b1", "b"))]
    other = [Item(("a2", "a")), Item(("a3", "a"), "x"), Item(("b1", "b"))]
    assert matched(one, other, (3, 2)) == [(0, 1), (1, 2)]
    assert matched(one[:1], [*other[:1], Item(("a1", "a"))], (3, 2)) == [(0, 1)]


def test_to_pair_more_comes_before_to_pair_what_is_equal() -> None:
    widths = [Item((n, "conv")) for n in (64, 128, 256)]
    doubled = [Item((n, "conv")) for n in (128, 256, 512)]
    assert matched(widths, doubled, (12, 10)) == [(0, 0), (1, 1), (2, 2)]


def test_a_heavy_pair_counts_more_than_equal_light_ones() -> None:
    one = [Item(("a", "conv"), heft=8), Item(("p", "pool"))]
    other = [Item(("q", "pool")), Item(("p", "pool")), Item(("b", "conv"), heft=8)]
    assert matched(one, other, (16, 3)) == [(0, 2)]
    light = [Item(("a", "conv")), Item(("p", "pool"))], [*other[:2], Item(("b", "conv"))]
    assert matched(*light, (16, 3)) == [(1, 1)]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 5)), max_size=9))
def test_the_heaviest_increasing_one(items: list[tuple[int, int]]) -> None:
    places, weights = [place for place, _ in items], [weight for _, weight in items]
    found = heaviest(places, weights)
    assert all(places[a] < places[b] and a < b for a, b in itertools.pairwise(found))
    ways = itertools.chain.from_iterable(
        itertools.combinations(range(len(items)), size) for size in range(len(items) + 1)
    )
    rising = [way for way in ways if all(places[a] < places[b] for a, b in itertools.pairwise(way))]
    assert sum(weights[place] for place in found) == max(sum(weights[place] for place in way) for way in rising)


class Counted:
    """A key that counts how often it is asked for its equality or its hash."""

    asked = 0

    def __init__(self, key: object) -> None:
        self.key = key

    def __eq__(self, other: object) -> bool:
        Counted.asked += 1
        return isinstance(other, Counted) and self.key == other.key

    def __hash__(self) -> int:
        Counted.asked += 1
        return hash(self.key)


LONG = {
    "equal": (lambda n: range(n), lambda n: range(n)),
    "turned": (lambda n: range(n), lambda n: range(n)[::-1]),
    "alternating": (lambda n: [i % 2 for i in range(n)], lambda n: [i % 2 for i in range(1, n + 2)]),
    "unlike": (lambda n: [0] * n, lambda n: [1] * n),
    "few keys": (lambda n: [i * i % 7 for i in range(n)], lambda n: [i * i * i % 7 for i in range(n)]),
    "each twice": (lambda n: [i // 2 for i in range(n)], lambda n: [i // 2 for i in range(n)][::-1]),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", LONG)
def test_long_ones_are_not_quadratic(case: str) -> None:
    def asked(count: int) -> int:
        one, other = ([Counted(key) for key in make(count)] for make in LONG[case])
        Counted.asked = 0
        assert is_common(common(one, other), one, other)
        return Counted.asked

    few, many = asked(4000), asked(8000)
    assert many < 2.5 * few and many < 400 * 8000
