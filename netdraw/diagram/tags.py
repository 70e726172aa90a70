"""Letters in circles: what begins and ends with one, which letter it is, and what a line is without them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from .model import Branch, Fork, Line, Shelf, Tag, all_cells


def find_tags(
    sources: Mapping[str, str],
    readers: Mapping[str, Sequence[str]],
    forks: Iterable[Fork],
    shelves: Iterable[Shelf],
) -> tuple[Tag, ...]:
    """All tags: those that values end in, and those that ways begin with, with the cells that these lead to.

    `sources` are by the id of a tag that a way begins with the cell that it stands for; `readers` are by such a cell
    what reads it.
    """
    led: dict[tuple[str, str], str] = {}
    for tag, reader in _led(forks, shelves, sources):
        led.setdefault((sources[tag], reader), tag)
    begins = [
        Tag(tag, source, tuple([one for one in readers[source] if led.get((source, one)) == tag]))
        for tag, source in sources.items()
    ]
    return (*(Tag(end_tag(source), source) for source in readers), *begins)


def end_tag(cell: str) -> str:
    """The id of the tag in which a cell ends; with a number those of the tags that ways begin with."""
    return f"{cell}:tag"


def _led(forks: Iterable[Fork], shelves: Iterable[Shelf], tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
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


LETTERS = "abcdefghijklmnopqrstuvwxyz"


def lettered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a figure with a letter of its own for every value that has one."""
    found, count = [], 0
    for line in lines:
        letters = {
            source: letter(at) for at, source in enumerate(dict.fromkeys(tag.source for tag in line.tags), count)
        }
        count += len(letters)
        found.append(line._replace(tags=tuple([tag._replace(letter=letters[tag.source]) for tag in line.tags])))
    return tuple(found)


def upwards(shelves: Sequence[Shelf]) -> list[Shelf]:
    """The shelves, each behind the one that it stands over, if any."""
    holders = {id: number for number, shelf in enumerate(shelves) for id in all_cells(shelf.branch)}
    found: dict[int, Shelf] = {}
    for number in range(len(shelves)):
        chain, at = [], number
        while at not in found and at not in chain:
            chain.append(at)
            at = holders.get(shelves[at].over, at)
        found.update((one, shelves[one]) for one in reversed(chain))
    return list(found.values())


def untagged(line: Line) -> Line:
    """The line as if nothing had a letter: no tags on its branches and shelves, and none of these without a cell."""
    if not line.tags:
        return line
    sources = {tag.id: tag.source for tag in line.tags}
    bare = [shelf._replace(branch=_bare(shelf.branch, sources)) for shelf in line.shelves]
    shelves = tuple([one for one in bare if one.branch.cells or one.branch.forks])
    forks = tuple([_bare_fork(fork, sources) for fork in line.forks])
    return line._replace(forks=forks, shelves=shelves, tags=())


def _bare_fork(fork: Fork, sources: dict[str, str]) -> Fork:
    branches = [_bare(branch, sources) for branch in fork.branches]
    start = sources.get(fork.start, fork.start)
    return Fork(start, fork.join, tuple([branch for branch in branches if branch.cells or branch.forks]))


def _bare(branch: Branch, sources: dict[str, str]) -> Branch:
    cells = tuple([one for one in branch.cells if one not in sources])
    return Branch(cells, tuple([_bare_fork(fork, sources) for fork in branch.forks]))


def letter(count: int, known: str = LETTERS) -> str:
    """a, b, … z, aa, …"""
    before, rest = divmod(count, len(known))
    return (letter(before - 1, known) if before else "") + known[rest]
