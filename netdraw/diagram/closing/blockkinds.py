"""The kinds of blocks: those with the same structure, whatever their widths, are one kind."""

from collections.abc import Hashable, Iterator, Sequence
from itertools import count
from string import ascii_uppercase

from ...core.records import NamedTuple
from ..folding.barecells import ClosedBlock
from ..folding.index import Index, Value
from ..model import by_key


class BlockKind(NamedTuple):
    """Blocks of one structure, in order. `name` stands on their cells; `block` is the written name."""

    name: str
    block: str
    blocks: tuple[ClosedBlock, ...]

    @property
    def stands(self) -> int:
        """How many blocks of the network it stands for."""
        return sum([one.repeat for one in self.blocks])


def find_kinds(index: Index, blocks: Sequence[ClosedBlock]) -> list[BlockKind]:
    """In order of appearance; several of one name are told apart by a letter, which is all of their name where the
    network has no other blocks.
    """
    kinds = by_key(((one.name, structure(index, one)), one) for one in blocks)
    names = [name for name, _ in kinds]
    letters = {name: _letters() for name in names}
    found = []
    for (name, _), alike in kinds.items():
        letter = next(letters[name]) if names.count(name) > 1 else ""
        text = letter if letter and len(letters) == 1 else f"{name} {letter}".strip()
        found.append(BlockKind(text, name, tuple(alike)))
    return found


def named(kinds: Sequence[BlockKind]) -> list[ClosedBlock]:
    """The blocks in order, with the names of their kinds; those of the only kind with their own titles, if all have
    one, by which a table knows them.
    """
    alone = len(kinds) == 1 and all(one.title for one in kinds[0].blocks)
    found = [one._replace(name=one.title if alone else kind.name) for kind in kinds for one in kind.blocks]
    return sorted(found, key=lambda one: one.span)


def structure(index: Index, one: ClosedBlock) -> Hashable:
    """What makes a kind: ops, kernels, traits and wiring, and what residual rules did; no widths."""
    first, stop = one.span
    outside: dict[Value, int] = {}
    nodes: list[Hashable] = []
    for place in range(first, stop):
        face, wiring = index.face(place), index.wiring(place, first, outside)
        nodes.append((index.nodes[place].op, face.category, face.size, face.traits, wiring))
    return tuple(nodes), tuple(_rules(index, one.id, first))


def _rules(index: Index, id: str, first: int) -> Iterator[tuple[int, str]]:
    """The residual rules of a group and of those in it, by place."""
    group = index.groups.get(id)
    if group and group.residual:
        yield index.spans.get(id, (first, first))[0] - first, group.residual.done
    for child in index.children.get(id, ()):
        yield from _rules(index, child.id, first)


def _letters() -> Iterator[str]:
    """A, B, … Z, A2, …"""
    return (f"{letter}{round if round > 1 else ''}" for round in count(1) for letter in ascii_uppercase)
