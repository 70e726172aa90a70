"""Which tracks are taken over which stretch of a row, as a segment tree of sets of bits."""

from collections.abc import Collection, Iterator

Span = tuple[float, float]


class TakenTracks:
    """The tracks over the spans that are given beforehand, each up to its end, which is free again.

    A leaf is a stretch between two neighbouring ends of spans. `whole` has, as bits, the tracks that are taken over the
    whole of a node, `part` those over any part of it; so n spans take O(n log n) steps, however many tracks there are.
    """

    def __init__(self, spans: Collection[Span]) -> None:
        ends = sorted({end for span in spans for end in span})
        self.places = {end: place for place, end in enumerate(ends)}
        self.size = len(ends)
        self.whole, self.part = [0] * (2 * self.size), [0] * (2 * self.size)

    def take(self, low: float, high: float) -> int:
        """The lowest track that is free from `low` to `high`, which is taken from then on."""
        nodes = list(self._cover(self.places[low], self.places[high]))
        above = {node >> up for node in nodes for up in range(1, node.bit_length())}
        taken = 0
        for node in nodes:
            taken |= self.part[node]
        for node in above:
            taken |= self.whole[node]
        lowest = ~taken & (taken + 1)
        for node in nodes:
            self.whole[node] |= lowest
            self.part[node] |= lowest
        for node in above:
            self.part[node] |= lowest
        return lowest.bit_length() - 1

    def _cover(self, first: int, last: int) -> Iterator[int]:
        """The fewest nodes that cover the leaves from the first up to the last."""
        first, last = first + self.size, last + self.size
        while first < last:
            if first & 1:
                yield first
                first += 1
            if last & 1:
                last -= 1
                yield last
            first, last = first >> 1, last >> 1
