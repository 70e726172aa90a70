"""The pairs of two lists of parts: namesakes, then the best in order, then what stands elsewhere.

A norm or an activation goes with the layer before it: first the others are paired, the heads, then what follows each.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Sequence, Set
from operator import attrgetter
from typing import Any

from ..core.records import NamedTuple
from .places import closed_up, swapped
from .sequence import Item, Match, heaviest, matched
from .signature import TreeItem

WEIGHTS = (16 << 12 | 3, 16 << 12 | 2, 16 << 12 | 1, 16 << 12, 16 << 12, 7 << 12, 3 << 12, 2 << 12)
"""By the keys of `_item`. To pair what is equal but for widths weighs as much as to pair what is equal, so that doubled
widths do not look like a shift. Two that are unlike in more weigh less than one that is equal, so that what moved does
not look like two changes; another kernel, or depthwise instead of not, weighs far less, so that what was inserted does
not look like a change of what stands beside it. The small part is less than one pair in any stretch that is compared in
full.
"""
HEAVY = 8
"""How much more layers that set a width weigh than others."""


_Chosen = tuple[Set[int], Set[int]]
"""The places of each list that are looked at."""


class _List(NamedTuple):
    """A list: the places of its heads, and by head those of the parts that follow it."""

    parts: Sequence[TreeItem]
    heads: Sequence[int]
    tails: Sequence[Sequence[int]]
    """By place; empty for what is no head."""
    head_of: Sequence[int]
    """By place; of a head itself."""


def pair_lists(mine: list[TreeItem], its: list[TreeItem]) -> list[Match]:
    """The pairs by their places, sorted; a part has at most one partner, and their order may differ."""
    one, other = _headed(mine), _headed(its)
    found = _Found(_by_name(mine, its))
    heads = set(one.heads), set(other.heads)
    found.add(_in_order(one, other, found, heads))
    found.add(_left(one, other, found, heads))
    for at, to in list(found.there.items()):
        found.add(_best(one, other, one.tails[at], other.tails[to], found))
    if len(found.there) == min(len(mine), len(its)):
        return sorted(found.there.items())
    joins = [{place for place, part in enumerate(parts) if part.joins} for parts in (mine, its)]
    found.add(_between(one, other, found, (joins[0], joins[1])))
    found.add(_left(one, other, found, (_staying(one, found.there), _staying(other, found.back))))
    return sorted(found.there.items())


def steady(mine: Sequence[TreeItem], its: Sequence[TreeItem], pairs: Sequence[Match]) -> set[int]:
    """Which of the pairs, sorted by the first, keep their order: as many layers as possible, rather those that set a
    width.
    """
    weights = [max(1, 2 * min(mine[at].size, its[to].size) + mine[at].heavy) for at, to in pairs]
    return set(heaviest([to for _, to in pairs], weights))


class _Found:
    """The pairs so far."""

    def __init__(self, pairs: Iterable[Match]) -> None:
        self.there: dict[int, int] = {}
        self.back: dict[int, int] = {}
        self.add(pairs)

    def add(self, pairs: Iterable[Match]) -> None:
        for at, to in pairs:
            self.there[at], self.back[to] = to, at


def _headed(parts: Sequence[TreeItem]) -> _List:
    tails: list[list[int]] = [[] for _ in parts]
    head_of: list[int] = []
    for place, part in enumerate(parts):
        follows = place and part.follows and parts[place - 1].place + parts[place - 1].size == part.place
        head_of.append(head_of[-1] if follows else place)
        if follows:
            tails[head_of[-1]].append(place)
    return _List(parts, [place for place, head in enumerate(head_of) if place == head], tails, head_of)


def _staying(own: _List, partners: Container[int]) -> set[int]:
    """The heads, and what follows those with a partner: what came or went with its layer has not moved."""
    return {place for place, head in enumerate(own.head_of) if head == place or head in partners}


def _by_name(mine: list[TreeItem], its: list[TreeItem]) -> list[Match]:
    """Namesakes, wherever they stand; a name counts where both lists have it once."""
    places = [{part.name: place for place, part in enumerate(parts)} for parts in (mine, its)]
    counts = [Counter([part.name for part in parts]) for parts in (mine, its)]
    return [
        (at, places[1][name])
        for name, at in places[0].items()
        if name and counts[0][name] == counts[1][name] == 1
        if (mine[at].group is None) == (its[places[1][name]].group is None)
    ]


def _in_order(one: _List, other: _List, found: _Found, chosen: _Chosen) -> Iterator[Match]:
    """The best pairs of heads, between those that keep their order."""
    for left, right in _stretches(one, other, found, chosen):
        mine, its = [one.parts[at] for at in left], [other.parts[to] for to in right]
        items = [_item(one, at) for at in left], [_item(other, to) for to in right]
        pairs = closed_up(mine, its, matched(*items, WEIGHTS))
        for at, to in swapped(mine, its, pairs):
            yield left[at], right[to]


def _between(one: _List, other: _List, found: _Found, chosen: _Chosen) -> Iterator[Match]:
    """The best pairs of what is left between those that keep their order: its layer came or went, it did not."""
    for left, right in _stretches(one, other, found, chosen):
        yield from _best(one, other, left, right, found)


def _stretches(one: _List, other: _List, found: _Found, chosen: _Chosen) -> list[tuple[list[int], list[int]]]:
    """The chosen places without partners, between the pairs that keep their order."""
    pairs = sorted(found.there.items())
    kept = steady(one.parts, other.parts, pairs)
    fixed = [pair for place, pair in enumerate(pairs) if place in kept]
    stretches = []
    low = start = 0
    for high, stop in [*fixed, (len(one.parts), len(other.parts))]:
        left = [at for at in range(low, high) if at in chosen[0] and at not in found.there]
        right = [to for to in range(start, stop) if to in chosen[1] and to not in found.back]
        if left and right:
            stretches.append((left, right))
        low, start = high + 1, stop + 1
    return stretches


def _best(one: _List, other: _List, left: Sequence[int], right: Sequence[int], found: _Found) -> list[Match]:
    """The best pairs in order of these places, where they have no partner."""
    left = [at for at in left if at not in found.there]
    right = [to for to in right if to not in found.back]
    if not left or not right:
        return []
    pairs = matched([_item(one, at) for at in left], [_item(other, to) for to in right], WEIGHTS)
    return [(left[at], right[to]) for at, to in pairs]


def _item(own: _List, place: int) -> Item:
    """A part as it is compared: equal with its types and with what follows it, with its types, equal; equal but for
    widths with what follows it, equal but for widths; of one nature, of one kind, of one role.
    """
    part = own.parts[place]
    behind = tuple([own.parts[tail].exact for tail in own.tails[place]])
    typed = part.exact, part.types
    keys = ((*typed, behind), typed, part.exact, (part.loose, behind), part.loose, part.nature, part.kind, part.role)
    return Item(keys, part.id.rpartition(".")[2], HEAVY if part.heavy else 1)


def _left(one: _List, other: _List, found: _Found, chosen: _Chosen) -> list[Match]:
    """Of the chosen without a partner what is equal, or equal but for widths inside: it stands elsewhere."""
    made = _Found(())
    for key in (attrgetter("exact"), attrgetter("loose", "channels")):
        ways: dict[Any, deque[int]] = defaultdict(deque)
        for to, part in enumerate(other.parts):
            if to in chosen[1] and to not in found.back and to not in made.back:
                ways[key(part)].append(to)
        for at, part in enumerate(one.parts):
            if at in chosen[0] and at not in found.there and at not in made.there and ways[key(part)]:
                made.add([(at, ways[key(part)].popleft())])
    return list(made.there.items())
