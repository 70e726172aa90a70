"""What has a frame: the cells that patterns name, those of folded members and of closed blocks included."""

from fnmatch import fnmatchcase

from ...graph.select import Selected, select
from ..folding.fold import Fold
from ..folding.index import Index
from ..model import Highlight
from .lineparts import LineParts


def find_highlights(parts: LineParts, globs: tuple[str, ...]) -> tuple[Highlight, ...]:
    """One mark for every group, layer, input or output that a pattern names; what is drawn as one has one mark.

    A pattern that names nothing gives none: who asks must know beforehand.
    """
    stands = _stands(parts.table, parts.drawn.folds)
    found: dict[tuple[tuple[str, ...], tuple[str, ...]], Highlight] = {}
    for glob in globs:
        for unit in select(parts.table.graph, glob):
            mark = _mark(parts, stands, unit, glob) if unit.places else _end(parts, unit, glob)
            if mark.cells or mark.ticks:
                found.setdefault((mark.cells, mark.ticks), mark)
    return tuple(found.values())


def _stands(index: Index, folds: dict[str, Fold]) -> list[int]:
    """By position, the node that is drawn for a node: that of the last member of its fold."""
    stands = list(range(len(index.nodes)))
    for fold in folds.values():
        last = index.spans[fold.groups[-1].id][0]
        for group in fold.groups[:-1]:
            first, stop = index.spans[group.id]
            for place in range(first, stop):
                stands[place] = last + place - first
    for place in reversed(range(len(stands))):  # what stands for a node lies behind it, and is settled
        stands[place] = stands[stands[place]]
    return stands


def _mark(parts: LineParts, stands: list[int], unit: Selected, glob: str) -> Highlight:
    made, ticks = parts.made, parts.fused.ticks
    places = sorted({stands[place] for place in unit.places})
    found = {made.numbers[place] for place in places if place not in ticks}
    if not unit.alone:  # what a group gives as an output of the network belongs to it
        own = {parts.table.nodes[place].id for place in unit.places}
        found.update(
            [made.outputs[name] for name, ref in parts.table.graph.outputs if ref.node in own and name in made.outputs]
        )
    numbers = sorted(found)
    cells = tuple([made.cells[number].id for number in numbers])
    if cells:
        return Highlight(glob, cells)
    ids = {parts.table.nodes[place].id for place in places}
    return Highlight(glob, (), tuple([tick.ids[0] for tick in made.ticks if not ids.isdisjoint(tick.ids)]))


def _end(parts: LineParts, unit: Selected, glob: str) -> Highlight:
    """The cell of an input or an output."""
    ends = [cell for cell in parts.made.cells if cell.category == "input" or cell.output]
    # An output that is drawn for several has the names of all.
    names = [(cell.id, (cell.output, *cell.output.split()) if cell.output else (cell.id,)) for cell in ends]
    return Highlight(glob, tuple([id for id, own in names if any(fnmatchcase(name, unit.id) for name in own)]))
