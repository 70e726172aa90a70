"""Two sequences side by side: what they have in common, in order, in time that does not grow with the square.

What lies between keys that both have once is compared in full where it is small; where it is large and has no such
keys, by how often a key has come. So long chains cost little, alike or not, and short lists get the best answer.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from ..core.records import NamedTuple

Match = tuple[int, int]
"""A place in the one, and the place in the other that it goes with."""

SMALL = 1 << 14
"""How many pairs of places are compared in full."""
ROUNDS = 6
"""How often a stretch is cut at keys that both have once; then it is cut by counts, once for each key."""


class Item(NamedTuple):
    """What is compared: keys from the strictest to the loosest, each of which implies the ones behind it.

    `name` decides between places that are equally good. `heft` is how often its pairs count.
    """

    keys: tuple[Hashable, ...]
    name: str = ""
    heft: int = 1


class _Stretch(NamedTuple):
    """Places from `low` to before `high` in the one, from `start` to before `stop` in the other."""

    low: int
    high: int
    start: int
    stop: int
    round: int


def common(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[Match]:
    """The longest common sequence by key; a long one where a large stretch repeats itself."""
    return matched([Item((key,)) for key in one], [Item((key,)) for key in other], (1,))


def matched(one: Sequence[Item], other: Sequence[Item], weights: Sequence[int]) -> list[Match]:
    """The pairs in order whose weights add up to the most; a pair has the weight of the strictest key that is equal,
    times the smaller heft of the two.

    Weights fall from key to key; between equal sums equal names decide. Pairs increase in both places.
    """
    found: list[Match] = []
    work = [_Stretch(low=0, high=len(one), start=0, stop=len(other), round=0)]
    while work:
        stretch = _trimmed(one, other, work.pop(), found)
        if (stretch.high - stretch.low) * (stretch.stop - stretch.start) <= SMALL:
            found += _best(one, other, stretch, weights)
            continue
        anchors = _anchors(one, other, stretch, len(weights))
        found += anchors
        if stretch.round < ROUNDS + len(weights):
            work += _between(stretch, anchors)
    return sorted(found)


def _trimmed(one: Sequence[Item], other: Sequence[Item], stretch: _Stretch, found: list[Match]) -> _Stretch:
    """Without the equal beginning and end, which are found: no better pairs of these exist."""
    low, high, start, stop, count = stretch
    while low < high and start < stop and one[low].keys[0] == other[start].keys[0]:
        found.append((low, start))
        low, start = low + 1, start + 1
    while low < high and start < stop and one[high - 1].keys[0] == other[stop - 1].keys[0]:
        high, stop = high - 1, stop - 1
        found.append((high, stop))
    return _Stretch(low=low, high=high, start=start, stop=stop, round=count)


def _between(stretch: _Stretch, anchors: list[Match]) -> Iterable[_Stretch]:
    """What lies between the anchors."""
    low, start = stretch.low, stretch.start
    for at, to in [*anchors, (stretch.high, stretch.stop)]:
        if low < at and start < to:
            yield _Stretch(low=low, high=at, start=start, stop=to, round=stretch.round + 1)
        low, start = at + 1, to + 1


def _anchors(one: Sequence[Item], other: Sequence[Item], stretch: _Stretch, levels: int) -> list[Match]:
    """Pairs that cut a large stretch: by the strictest key that both have once; in late rounds by counted keys."""
    low, high, start, stop, count = stretch
    counted = count >= ROUNDS
    for level in range(count - ROUNDS, levels) if counted else range(levels):
        left = _places([one[at].keys[level] for at in range(low, high)], counted)
        right = _places([other[to].keys[level] for to in range(start, stop)], counted)
        shared = [(at, right[key]) for key, at in left.items() if key in right]
        if shared:
            kept = heaviest([to for _, to in shared], [1] * len(shared))
            return [(low + shared[place][0], start + shared[place][1]) for place in kept]
    return [] if counted else _anchors(one, other, stretch._replace(round=ROUNDS), levels)


def _places(keys: Sequence[Hashable], counted: bool) -> dict[Hashable, int]:
    """By key the place of what comes once; counted, by key and how often it came before the place of everything."""
    if counted:
        seen: Counter[Hashable] = Counter()
        found: dict[Hashable, int] = {}
        for place, key in enumerate(keys):
            found[key, seen[key]] = place
            seen[key] += 1
        return found
    often = Counter(keys)
    return {key: place for place, key in enumerate(keys) if often[key] == 1}


def heaviest(places: Sequence[int], weights: Sequence[int]) -> list[int]:
    """The indices of the increasing subsequence of `places` that weighs most; weights are above 0."""
    ends: list[int] = []  # increasing places, each with the weight of the best sequence that ends there
    sums: list[int] = []
    last: list[int] = []
    before = [-1] * len(places)
    for index, place in enumerate(places):
        at = bisect_left(ends, place)
        before[index] = last[at - 1] if at else -1
        weight = weights[index] + (sums[at - 1] if at else 0)
        if at < len(ends) and ends[at] == place and sums[at] >= weight:
            continue
        stop = at
        while stop < len(ends) and sums[stop] <= weight:
            stop += 1
        ends[at:stop], sums[at:stop], last[at:stop] = [place], [weight], [index]
    chain = []
    index = last[-1] if last else -1
    while index >= 0:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def _best(one: Sequence[Item], other: Sequence[Item], stretch: _Stretch, weights: Sequence[int]) -> list[Match]:
    """The best pairs of a small stretch, from a table of all; the places are taken as early as they can be."""
    low, high, start, stop, _ = stretch
    scores = [[_score(one[at], other[to], weights) for to in range(start, stop)] for at in range(low, high)]
    below = [0] * (stop - start + 1)
    table = [below]  # by how much the ends from there on can weigh together, the last row first
    for row in reversed(scores):
        here = [0] * len(below)
        for to in range(len(row) - 1, -1, -1):
            here[to] = max(below[to], here[to + 1], below[to + 1] + row[to] if row[to] else 0)
        table.append(here)
        below = here
    table.reverse()
    found = []
    at = to = 0
    while at < high - low and to < stop - start:
        if scores[at][to] and table[at][to] == table[at + 1][to + 1] + scores[at][to]:
            found.append((low + at, start + to))
            at, to = at + 1, to + 1
        elif table[at][to] == table[at + 1][to]:
            at += 1
        else:
            to += 1
    return found


def _score(one: Item, other: Item, weights: Sequence[int]) -> int:
    """The weight of a pair, doubled, and 1 for equal names; 0 where no key is equal."""
    for mine, its, weight in zip(one.keys, other.keys, weights, strict=True):
        if mine == its:
            return 2 * weight * min(one.heft, other.heft) + (one.name == other.name)
    return 0
