"""The tags of what leaves the line, and which cells the ways lead to that begin with one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..model import Branch, Fork, Shelf, Tag
from .reduction import Reduced, end_tag


def find_tags(reduced: Reduced, forks: Iterable[Fork], shelves: Iterable[Shelf]) -> tuple[Tag, ...]:
    """All tags: those that values end in, and those that ways begin with, with the cells that these lead to."""
    graph, sources = reduced.graph, {tag.tag: tag.cell for tag in reduced.tags}
    led: dict[tuple[int, str], str] = {}
    for tag, reader in _led(forks, shelves, sources):
        led.setdefault((sources[tag], reader), tag)
    found: dict[str, list[str]] = {tag: [] for tag in sources}
    lettered = sorted(set(sources.values()))
    for source in lettered:
        for after in graph.after[source]:
            reader = graph.cells[after].id
            if (source, reader) in led:
                found[led[source, reader]].append(reader)
    ends = [Tag(end_tag(graph, source), graph.cells[source].id) for source in lettered]
    begins = [Tag(tag, graph.cells[source].id, tuple(found[tag])) for tag, source in sources.items()]
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
