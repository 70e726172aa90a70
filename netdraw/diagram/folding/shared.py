"""Chains to outputs that use the same weights: they are drawn once, with the sums of all."""

from collections.abc import Collection, Iterator, Sequence
from itertools import count

from ..model import by_key
from .fuse import Fused
from .index import Index


def find_alike(index: Index, fused: Fused, params: Sequence[int]) -> list[tuple[tuple[int, ...], ...]]:
    """The chains to outputs that share all of their weights, and have some; `params` are those of every node.

    Those of one row differ in what they read alone; each runs from its first node to an output.
    """
    roots = {node.shares for node in index.nodes if node.shares}
    found = by_key([(_key(index, chain, roots), chain) for chain in _chains(index)])
    found.pop("", None)
    alike = []
    for chains in found.values():
        length = next(length for length in count() if not _same(index, params, chains, length))
        length = min(_whole(fused, chain, length) for chain in chains)
        if len(chains) > 1 and length:
            alike.append(tuple([chain[:length][::-1] for chain in chains]))
    return alike


def _chains(index: Index) -> Iterator[tuple[int, ...]]:
    """For each output the nodes that lead to it alone, from the last backwards."""
    for _, ref in index.graph.outputs:
        place, chain = index.places[ref.node], []
        while place >= 0 and index.readers[place] == 1:
            chain.append(place)
            if len(index.carried(place, index.sources[place])) != 1:
                break
            place = index.sources[place][0]
        yield tuple(chain)


def _key(index: Index, chain: Sequence[int], roots: Collection[str]) -> str:
    """What chains that may be alike have in common: the node whose weights are the last in them."""
    weights = (index.nodes[place].shares or index.nodes[place].id for place in chain)
    return next((one for one in weights if one in roots), "")


def _same(index: Index, params: Sequence[int], chains: Sequence[Sequence[int]], at: int) -> bool:
    """Whether all chains have one node there: op, attributes, and weights if it has any."""
    if any(len(chain) <= at or len(index.sources[chain[at]]) != 1 for chain in chains):
        return False
    nodes = [index.nodes[chain[at]] for chain in chains]
    kinds = {(node.op, str(tuple(node.attrs.values()))) for node in nodes}
    roots = {node.shares or node.id for node in nodes}
    free = not any(params[chain[at]] for chain in chains) and all(node.shares is None for node in nodes)
    return len(kinds) == 1 and (free or len(roots) == 1)


def _whole(fused: Fused, chain: Sequence[int], length: int) -> int:
    """The length at which no cell has nodes both in the end of a chain and before it."""
    owners = fused.owners
    while length and length < len(chain) and owners[chain[length - 1]] == owners[chain[length]]:
        length -= 1
    return length
