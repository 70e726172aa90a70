"""Long chains to outputs, which fan out at the end of the figure, behind the letters of what they read."""

from collections.abc import Collection, Sequence

from ...core.records import NamedTuple
from ..folding.barecells import BareCell
from ..model import Branch, Fork, Tag
from .cellgraph import FAN_MOST, CellGraph, cell_graph, depths
from .sides import MOST


class Head(NamedTuple):
    """The cells of a chain with its output at the end, and the cells that it reads, one after the other."""

    roots: tuple[int, ...]
    cells: tuple[int, ...]


class WithoutHeads(NamedTuple):
    """A network without its heads: where one leaves stands a cell for its letter. The numbers of the others stay.

    `gone` are the cells of the heads; `branches` begin with `tags`, in others of which ends what they read.
    """

    cells: list[BareCell]
    pairs: list[tuple[int, int]]
    order: list[int]
    gone: set[int]
    branches: tuple[Branch, ...]
    tags: tuple[Tag, ...]


def without_heads(
    cells: Sequence[BareCell], pairs: Collection[tuple[int, int]], order: Sequence[int], once: Collection[int]
) -> WithoutHeads | None:
    """The network without its heads; None where it has none. `once` are the first cells of chains that are drawn for
    several.
    """
    heads = _find_heads(cells, pairs, once)
    if not heads:
        return None
    gone = {one for head in heads for one in head.cells}
    roots = sorted({root for head in heads for root in head.roots})
    kept = [cell._replace(names=None, last=False) if number in gone else cell for number, cell in enumerate(cells)]
    for root in roots:
        id = f"{cells[root].id}:out"
        kept.append(BareCell(id=id, place=len(cells), nodes=(), category="output", shape=cells[root].shape, names=()))
    ends = range(len(cells), len(kept))
    branches, begins = [], []
    for number, head in enumerate(heads, 1):
        ids = tuple([cells[one].id for one in head.cells])
        own = [Tag(f"{cells[root].id}:head{number}", cells[root].id, ids[:1]) for root in head.roots]
        begins += own
        branches.append(Branch((*(tag.id for tag in own), *ids)))
    return WithoutHeads(
        cells=kept,
        pairs=[*(pair for pair in pairs if gone.isdisjoint(pair)), *zip(roots, ends, strict=True)],
        order=[*(one for one in order if one not in gone), *ends],
        gone=gone,
        branches=tuple(branches),
        tags=(*(Tag(f"{cells[root].id}:out", cells[root].id) for root in roots), *begins),
    )


def _find_heads(cells: Sequence[BareCell], pairs: Collection[tuple[int, int]], once: Collection[int]) -> list[Head]:
    """Chains of more than a few cells to a named output beside others, and those that are drawn for several."""
    graph = cell_graph(cells, pairs)
    outputs = [number for number, cell in enumerate(cells) if cell.names is not None]
    heads = [head for one in outputs if cells[one].output != "output" and (head := _head(graph, one, once))]
    heads = [head for head in heads if head.cells[0] in once or all(len(graph.after[one]) > 1 for one in head.roots)]
    # The line fans out by itself where it ends.
    last = _last_tapped(graph, outputs)
    if len(heads) == len(outputs):
        last = max((root for head in heads for root in head.roots), key=depths(graph.before).__getitem__)
    return [head for head in heads if head.roots != (last,)]


def _head(graph: CellGraph, output: int, once: Collection[int]) -> Head | None:
    """The chain that leads to an output alone; None where it is short, reads several cells without need, or is the line
    that goes on in another stage.
    """
    chain = [output]
    while chain[-1] not in once and len(graph.before[chain[-1]]) == 1:
        (root,) = graph.before[chain[-1]]
        if graph.cells[output].last and graph.crosses(root, chain[-1]):
            return None
        if len(graph.after[root]) > 1 or not graph.before[root]:
            break
        chain.append(root)
    roots = tuple(sorted(graph.before[chain[-1]]))
    shared = chain[-1] in once
    return Head(roots, tuple(chain[::-1])) if shared or (len(roots) < 2 and len(chain) - 1 > MOST) else None


def _last_tapped(graph: CellGraph, outputs: Sequence[int]) -> int | None:
    """The last cell before the line's output from which something else leaves, where that is near."""
    cell = next((one for one in outputs if graph.cells[one].last), None)
    for _ in range(FAN_MOST):
        if cell is None or len(graph.before[cell]) != 1 or graph.crosses(graph.before[cell][0], cell):
            return None
        (cell,) = graph.before[cell]
        if len(graph.after[cell]) > 1:
            return cell
    return None


def joined(forks: Sequence[Fork], branches: tuple[Branch, ...], last: str) -> tuple[Fork, ...]:
    """The forks with more branches in the fan behind the last cell of the line, or in one that begins by itself."""
    fans = [fork.join is None and fork.start == last for fork in forks]
    if not any(fans):
        return (*forks, Fork("", None, branches))
    pairs = zip(forks, fans, strict=True)
    return tuple([fork._replace(branches=fork.branches + branches) if ends else fork for fork, ends in pairs])
