"""The pairs of two lists of parts: namesakes, then the best in order, then what stands elsewhere."""

from collections import Counter, defaultdict, deque
from typing import Any

from .sequence import Item, Match, heaviest, matched
from .signature import Part

WEIGHTS = (4 << 10 | 3, 4 << 10 | 2, 4 << 10, 2 << 10, 1 << 10)
"""Of a pair that is equal with its types, equal, equal but for widths, of one kind, of one role.

To pair most comes before to pair what is equal, so that doubled widths do not look like a shift; the small part is less
than one pair in any stretch that is compared in full.
"""


def pair_lists(mine: list[Part], its: list[Part]) -> list[Match]:
    """The pairs by their places, sorted; a part has at most one partner, and their order may differ."""
    named = sorted(_by_name(mine, its))
    pairs = [*named, *_in_order(mine, its, named)]
    return sorted([*pairs, *_left(mine, its, pairs)])


def steady(mine: list[Part], its: list[Part], pairs: list[Match]) -> set[int]:
    """Which of the pairs, sorted by the first, keep their order: as many layers as possible."""
    weights = [max(1, min(mine[at].size, its[to].size)) for at, to in pairs]
    return set(heaviest([to for _, to in pairs], weights))


def _by_name(mine: list[Part], its: list[Part]) -> list[Match]:
    """Namesakes, wherever they stand; a name counts where both lists have it once."""
    places = [{part.name: place for place, part in enumerate(parts)} for parts in (mine, its)]
    counts = [Counter([part.name for part in parts]) for parts in (mine, its)]
    return [
        (at, places[1][name])
        for name, at in places[0].items()
        if name and counts[0][name] == counts[1][name] == 1
        if (mine[at].group is None) == (its[places[1][name]].group is None)
    ]


def _in_order(mine: list[Part], its: list[Part], named: list[Match]) -> list[Match]:
    """The best pairs of the others, between the namesakes that keep their order."""
    kept = steady(mine, its, named)
    fixed = [pair for place, pair in enumerate(named) if place in kept]
    taken = {at for at, _ in named}, {to for _, to in named}
    found: list[Match] = []
    low = start = 0
    for high, stop in [*fixed, (len(mine), len(its))]:
        left = [at for at in range(low, high) if at not in taken[0]]
        right = [to for to in range(start, stop) if to not in taken[1]]
        pairs = matched([_item(mine[at]) for at in left], [_item(its[to]) for to in right], WEIGHTS)
        found += _swapped(mine, its, [(left[at], right[to]) for at, to in pairs])
        low, start = high + 1, stop + 1
    return found


def _item(part: Part) -> Item:
    keys = ((part.exact, part.types), part.exact, part.loose, part.kind, part.role)
    return Item(keys, part.id.rpartition(".")[2])


def _swapped(mine: list[Part], its: list[Part], pairs: list[Match]) -> list[Match]:
    """Neighbours that only changed places look as if each had changed; here they go with what they are equal to."""
    found: list[Match] = []
    run: list[Match] = []
    for at, to in [*pairs, (-1, -1)]:
        follows = not run or (at, to) == (run[-1][0] + 1, run[-1][1] + 1)
        if run and (not follows or mine[at].exact == its[to].exact):
            found += _untwisted(mine, its, run)
            run = []
        if at >= 0:
            if mine[at].exact == its[to].exact:
                found.append((at, to))
            else:
                run.append((at, to))
    return found


def _untwisted(mine: list[Part], its: list[Part], run: list[Match]) -> list[Match]:
    ways: dict[int, deque[int]] = defaultdict(deque)
    for _, to in run:
        ways[its[to].exact].append(to)
    if Counter([mine[at].exact for at, _ in run]) != Counter([its[to].exact for _, to in run]):
        return run
    return [(at, ways[mine[at].exact].popleft()) for at, _ in run]


def _left(mine: list[Part], its: list[Part], pairs: list[Match]) -> list[Match]:
    """Of what has no partner yet what is equal, or equal but for widths inside: it stands elsewhere in the list."""
    taken = {at for at, _ in pairs}, {to for _, to in pairs}
    found: list[Match] = []
    for key in (_exactly, _loosely):
        ways: dict[Any, deque[int]] = defaultdict(deque)
        for to, part in enumerate(its):
            if to not in taken[1]:
                ways[key(part)].append(to)
        for at, part in enumerate(mine):
            if at not in taken[0] and ways[key(part)]:
                found.append((at, ways[key(part)].popleft()))
        taken[0].update(at for at, _ in found)
        taken[1].update(to for _, to in found)
    return found


def _exactly(part: Part) -> Any:
    return part.exact


def _loosely(part: Part) -> Any:
    return part.loose, part.channels
