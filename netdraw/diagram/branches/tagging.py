"""The tags of what leaves the line: their ids, and which cells the ways lead to that begin with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Branch, Fork, Shelf, Tag
from .reduction import Reduction


class Namer:
    """Ids of cells and tags by number: tags have the numbers behind those of the cells."""

    def __init__(self, reduction: Reduction) -> None:
        self.reduction, self.cells = reduction, reduction.cells
        self.known: list[str] = []
        self.counts: dict[int, int] = {}

    def id(self, number: int) -> str:
        at = number - len(self.cells)
        if at < 0:
            return self.cells[number].id
        for source in self.reduction.tags[len(self.known) :]:
            self.counts[source] = self.counts.get(source, 0) + 1
            self.known.append(f"{self.end(source)}{self.counts[source]}")
        return self.known[at]

    def end(self, cell: int) -> str:
        """The tag in which a cell ends."""
        return f"{self.cells[cell].id}:tag"


def readers(reduction: Reduction, names: Namer, forks: Iterable[Fork], shelves: Iterable[Shelf]) -> tuple[Tag, ...]:
    """All tags: those that values end in, and those that ways begin with, with the cells that these lead to."""
    count, cells = len(reduction.cells), reduction.cells
    sources = {names.id(count + at): source for at, source in enumerate(reduction.tags)}
    if not sources:
        return ()
    led: dict[tuple[int, str], str] = {}
    for tag, reader in _led(forks, shelves, sources):
        led.setdefault((sources[tag], reader), tag)
    found: dict[str, list[str]] = {tag: [] for tag in sources}
    for source in sorted(set(sources.values())):
        for after in reduction.after[source]:
            led_by = led.get((source, cells[after].id))
            if led_by is not None:
                found[led_by].append(cells[after].id)
    ends = [Tag(names.end(source), cells[source].id) for source in sorted(set(sources.values()))]
    begins = [Tag(tag, cells[source].id, tuple(found[tag])) for tag, source in sources.items()]
    return (*ends, *begins)


def _led(forks: Iterable[Fork], shelves: Iterable[Shelf], tags: dict[str, int]) -> Iterator[tuple[str, str]]:
    """Tags and the cells that they may lead to: all on their own way, or its end where nothing stands on it."""
    todo: list[tuple[Branch, str, str]] = [(shelf.branch, shelf.over, "") for shelf in shelves]
    todo += [(branch, fork.join or "", "") for fork in forks for branch in fork.branches]
    for branch, end, around in todo:
        begins = branch.cells[0] in tags
        tag = branch.cells[0] if begins else around
        own = [*branch.cells[begins:], *([end] if begins and branch == Branch((tag,)) else [])]
        if tag:
            yield from ((tag, one) for one in own)
        for fork in branch.forks:
            inner = tag if fork.start == tag else ""
            todo += [(one, fork.join or "", inner) for one in fork.branches]
