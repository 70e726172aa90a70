"""Long chains to outputs, which fan out at the end of the figure, behind the letters of what they read."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ..folding.barecells import BareCell
from ..model import Branch, Fork, Tag
from .cellgraph import FAN_MOST, CellGraph, cell_graph, depths
from .sides import MOST


class Head(NamedTuple):
    """The cells of a chain with its output at the end, and the cells that it reads, one after the other."""

    roots: tuple[int, ...]
    cells: tuple[int, ...]


class WithoutHeads(NamedTuple):
    """A network without its heads: where one leaves stands a cell for its letter."""

    cells: list[BareCell]
    pairs: list[tuple[int, int]]
    order: list[int]


def find_heads(cells: Sequence[BareCell], pairs: Iterable[tuple[int, int]], once: Collection[int]) -> list[Head]:
    """Chains of more than a few cells to a named output beside others; `once` are the first cells of those that stand
    for several.
    """
    graph = cell_graph(cells, pairs)
    outputs = [number for number, cell in enumerate(cells) if cell.names is not None]
    heads = [head for one in outputs if cells[one].output != "output" and (head := _head(graph, one, once))]
    heads = [head for head in heads if head.cells[0] in once or all(len(graph.after[one]) > 1 for one in head.roots)]
    # The line fans out by itself where it ends.
    last = _deepest(graph, heads) if len(heads) == len(outputs) else _last_tapped(graph, outputs)
    return [head for head in heads if head.roots != (last,)]


def _head(graph: CellGraph, output: int, once: Collection[int]) -> Head | None:
    """The chain that leads to an output alone; None where it is short, or reads several cells without need."""
    chain = [output]
    while chain[-1] not in once and len(graph.before[chain[-1]]) == 1:
        (root,) = graph.before[chain[-1]]
        if len(graph.after[root]) > 1 or not graph.before[root]:
            break
        chain.append(root)
    roots = tuple(sorted(graph.before[chain[-1]]))
    shared = chain[-1] in once
    return Head(roots, tuple(chain[::-1])) if shared or (len(roots) < 2 and len(chain) - 1 > MOST) else None


def _deepest(graph: CellGraph, heads: Sequence[Head]) -> int:
    """The root of a head that lies deepest."""
    return max((root for head in heads for root in head.roots), key=depths(graph.before).__getitem__)


def _last_tapped(graph: CellGraph, outputs: Sequence[int]) -> int | None:
    """The last cell before the line's output from which something else leaves, where that is near."""
    cell = next((one for one in outputs if graph.cells[one].output == "output"), None)
    for _ in range(FAN_MOST):
        if cell is None or len(graph.before[cell]) != 1:
            return None
        (cell,) = graph.before[cell]
        if len(graph.after[cell]) > 1:
            return cell
    return None


def without(
    cells: Sequence[BareCell], pairs: Iterable[tuple[int, int]], order: Sequence[int], heads: Sequence[Head]
) -> WithoutHeads:
    """The network without some heads. The numbers of what is gone stay, so that those of the others do."""
    gone = {one for head in heads for one in head.cells}
    roots = _roots(heads)
    kept = [cell._replace(names=None) if number in gone else cell for number, cell in enumerate(cells)]
    kept += [
        BareCell(id=_end(cells[one]), place=len(cells), nodes=(), category="output", shape=cells[one].shape, names=())
        for one in roots
    ]
    ends = range(len(cells), len(kept))
    left = [(source, target) for source, target in pairs if source not in gone and target not in gone]
    return WithoutHeads(
        kept, [*left, *zip(roots, ends, strict=True)], [*(one for one in order if one not in gone), *ends]
    )


def fan(cells: Sequence[BareCell], heads: Sequence[Head]) -> tuple[tuple[Branch, ...], tuple[Tag, ...]]:
    """The heads as branches that begin with tags, and these, with those in which what they read ends."""
    branches, begins = [], []
    for number, head in enumerate(heads, 1):
        ids = tuple([cells[one].id for one in head.cells])
        own = [Tag(f"{cells[root].id}:head{number}", cells[root].id, ids[:1]) for root in head.roots]
        begins += own
        branches.append(Branch((*(tag.id for tag in own), *ids)))
    ends = [Tag(_end(cells[root]), cells[root].id) for root in _roots(heads)]
    return tuple(branches), (*ends, *begins)


def joined(forks: Sequence[Fork], branches: tuple[Branch, ...], last: str) -> tuple[Fork, ...]:
    """The forks with more branches in the fan behind the last cell of the line, or in one that begins by itself."""
    fans = [fork.join is None and fork.start == last for fork in forks]
    if not any(fans):
        return (*forks, Fork("", None, branches))
    pairs = zip(forks, fans, strict=True)
    return tuple([fork._replace(branches=fork.branches + branches) if ends else fork for fork, ends in pairs])


def _roots(heads: Sequence[Head]) -> list[int]:
    """The cells that heads read, each once."""
    return sorted({root for head in heads for root in head.roots})


def _end(root: BareCell) -> str:
    """The id of the tag in which a cell that heads read ends."""
    return f"{root.id}:out"
