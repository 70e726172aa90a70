"""What of two lists only changed places, told from what was changed."""

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from itertools import groupby

from .sequence import Match
from .signature import TreeItem


def closed_up(mine: Sequence[TreeItem], its: Sequence[TreeItem], pairs: Sequence[Match]) -> list[Match]:
    """Where of several equal parts any could be the partner, the one right behind the partner of the neighbour is."""
    taken = {at for at, _ in pairs}, {to for _, to in pairs}
    found: list[Match] = []
    for pair in pairs:
        at, to = pair
        if found:
            left, right = found[-1][0] + 1, found[-1][1] + 1
            if left == at and right not in taken[1] and _equal(its[right], its[to]):
                to = right
            elif right == to and left not in taken[0] and _equal(mine[left], mine[at]):
                at = left
        for side, (before, after) in zip(taken, zip(pair, (at, to), strict=True), strict=True):
            side.discard(before)
            side.add(after)
        found.append((at, to))
    return found


def _equal(one: TreeItem, other: TreeItem) -> bool:
    """Equal, and what sets a width with equal types: a pooling rather belongs to the layer before it."""
    return one.exact == other.exact and (not one.heavy or one.types == other.types)


def swapped(mine: Sequence[TreeItem], its: Sequence[TreeItem], pairs: Sequence[Match]) -> list[Match]:
    """Parts that only changed places look as if each had changed; here they go with what they are equal to."""
    return [pair for run in _runs(pairs) for pair in _exchanged(mine, its, _neighbours(mine, its, run))]


def _runs(pairs: Sequence[Match]) -> list[list[Match]]:
    """Pairs with no other part between them."""
    numbered = groupby(enumerate(pairs), lambda each: (each[1][0] - each[0], each[1][1] - each[0]))
    return [[pair for _, pair in run] for _, run in numbered]


def _neighbours(mine: Sequence[TreeItem], its: Sequence[TreeItem], run: Sequence[Match]) -> list[Match]:
    """Unlike pairs side by side whose parts are the same in another order, however many they are."""
    found: list[Match] = []
    for unlike, group in groupby(run, lambda pair: mine[pair[0]].exact != its[pair[1]].exact):
        pairs = list(group)
        found += _untwisted(mine, its, pairs) if unlike else pairs
    return found


def _untwisted(mine: Sequence[TreeItem], its: Sequence[TreeItem], run: list[Match]) -> list[Match]:
    if len(run) < 2:
        return run
    ways: dict[int, deque[int]] = defaultdict(deque)
    for _, to in run:
        ways[its[to].exact].append(to)
    if Counter([mine[at].exact for at, _ in run]) != Counter([its[to].exact for _, to in run]):
        return run
    return [(at, ways[mine[at].exact].popleft()) for at, _ in run]


def _exchanged(mine: Sequence[TreeItem], its: Sequence[TreeItem], run: list[Match]) -> list[Match]:
    """Two that stand apart and have each other's place; equal parts right behind both go with them."""
    found = list(run)
    waiting: dict[tuple[int, int], int] = {}
    done: set[int] = set()

    def ends(place: int) -> tuple[int, int]:
        at, to = run[place]
        return mine[at].exact, its[to].exact

    for place in range(len(run)):
        before, after = ends(place)
        if before == after or place in done:
            continue
        first = waiting.pop((after, before), None)
        if first is None or first in done:
            waiting[before, after] = place
            continue
        for one, other in zip(range(first, place), range(place, len(run)), strict=False):
            if done & {one, other} or ends(one) != ends(other)[::-1]:
                break
            found[one], found[other] = (run[one][0], run[other][1]), (run[other][0], run[one][1])
            done.update((one, other))
    return found
