"""Long chains to outputs, which fan out at the end of the figure, behind the letters of what they read."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ..folding.barecells import BareCell
from ..model import Branch, Fork, Tag
from .sides import MOST
from .taps import FAN_MOST


class Head(NamedTuple):
    """The cells of a chain with its output at the end, and the cells that it reads, one after the other."""

    roots: tuple[int, ...]
    cells: tuple[int, ...]


class Trunk(NamedTuple):
    """A network without its heads: where one leaves stands a cell without an id, by the cell that it leaves from."""

    cells: list[BareCell]
    pairs: list[tuple[int, int]]
    order: list[int]
    ends: dict[int, int]


def find_heads(cells: Sequence[BareCell], pairs: Iterable[tuple[int, int]], once: Collection[int]) -> list[Head]:
    """Chains of more than a few cells to a named output beside others; `once` are the first cells of those that stand
    for several.
    """
    outputs = [number for number, cell in enumerate(cells) if cell.output is not None]
    before: list[list[int]] = [[] for _ in cells]
    after: list[list[int]] = [[] for _ in cells]
    depth = [0] * len(cells)
    for source, target in pairs:
        before[target].append(source)
        after[source].append(target)
    for number in range(len(cells)):
        depth[number] = max([0, *(depth[one] + 1 for one in before[number])])
    found = [head for one in outputs if cells[one].output != "output" and (head := _head(before, after, one, once))]
    found = [head for head in found if all(len(after[root]) > 1 or head.cells[0] in once for root in head.roots)]
    # The line fans out by itself where it ends.
    if len(found) == len(outputs):
        last = max((root for head in found for root in head.roots), key=lambda root: depth[root])
    else:
        last = _last(before, after, next((one for one in outputs if cells[one].output == "output"), -1))
    return [head for head in found if head.roots != (last,)]


def _last(before: list[list[int]], after: list[list[int]], output: int) -> int:
    """The last cell before the line's output from which something else leaves, where that is near; else -1."""
    cell = output
    for _ in range(FAN_MOST):
        if cell < 0 or len(before[cell]) != 1:
            return -1
        cell = before[cell][0]
        if len(after[cell]) > 1:
            return cell
    return -1


def _head(before: list[list[int]], after: list[list[int]], output: int, once: Collection[int]) -> Head | None:
    chain = [output]
    while chain[-1] not in once and len(before[chain[-1]]) == 1:
        root = before[chain[-1]][0]
        if len(after[root]) > 1 or not before[root]:
            break
        chain.append(root)
    roots = tuple(sorted(before[chain[-1]]))
    if len(roots) > 1 and chain[-1] not in once:
        return None
    return Head(roots, tuple(chain[::-1])) if chain[-1] in once or len(chain) - 1 > MOST else None


def without(
    cells: Sequence[BareCell], pairs: Iterable[tuple[int, int]], order: Sequence[int], heads: Sequence[Head]
) -> Trunk:
    """The network without some heads."""
    gone = {one for head in heads for one in head.cells}
    kept = [cell._replace(names=None) if number in gone else cell for number, cell in enumerate(cells)]
    left = [(source, target) for source, target in pairs if source not in gone and target not in gone]
    ends: dict[int, int] = {}
    for root in sorted({root for head in heads for root in head.roots}):
        ends[root] = len(kept)
        left.append((root, len(kept)))
        kept.append(BareCell(f"{cells[root].id}:out", len(cells), (), "output", cells[root].shape, names=()))
    # The numbers of what is gone stay, so that those of the others do.
    return Trunk(kept, left, [*(one for one in order if one not in gone), *ends.values()], ends)


def fan(cells: Sequence[BareCell], heads: Sequence[Head]) -> tuple[tuple[Branch, ...], tuple[Tag, ...]]:
    """The heads as branches that begin with tags, and these, with those in which what they read ends."""
    branches, begins = [], []
    for number, head in enumerate(heads, 1):
        own = [Tag(f"{cells[root].id}:head{number}", cells[root].id, (cells[head.cells[0]].id,)) for root in head.roots]
        begins += own
        branches.append(Branch((*(tag.id for tag in own), *(cells[one].id for one in head.cells))))
    roots = sorted({root for head in heads for root in head.roots})
    ends = [Tag(f"{cells[root].id}:out", cells[root].id) for root in roots]
    return tuple(branches), (*ends, *begins)


def joined(forks: Sequence[Fork], branches: tuple[Branch, ...], last: str) -> tuple[Fork, ...]:
    """The forks with more branches in the fan behind the last cell of the line, or in one that begins by itself."""
    found = [fork._replace(branches=fork.branches + branches) if _ends(fork, last) else fork for fork in forks]
    return tuple(found) if any(_ends(fork, last) for fork in forks) else (*forks, Fork("", None, branches))


def _ends(fork: Fork, last: str) -> bool:
    return fork.join is None and fork.start == last
