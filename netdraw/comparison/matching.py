"""What stands beside a line goes with what stands beside the line above: branches, shortcuts, gates, shelves."""

from collections.abc import Mapping, Sequence

from ..core.records import NamedTuple
from ..diagram.model import Line
from .columns import AlignKey, best, gain, weight

SIDES = ("arc", "gate")


class SidePath(NamedTuple):
    """Cells one behind the other beside the line. `kind` is `branch`, `shelf`, `arc` or `gate`, `end` the cell that
    they lead to; None where they end in an output.
    """

    kind: str
    end: str | None
    cells: tuple[str, ...]


class Match(NamedTuple):
    """By cell, the one above that it goes with; `gone` are tracks above with those of their cells that have none."""

    partners: dict[str, str]
    gone: list[SidePath]
    lost: list[SidePath]
    """Tracks of which all is gone."""


def tracks(line: Line) -> list[SidePath]:
    """All of a line, those on others included."""
    found = [SidePath("branch", fork.join, branch.cells) for fork in line.forks for branch in fork.branches]
    inner = [branch for fork in line.forks for branch in fork.branches] + [shelf.branch for shelf in line.shelves]
    found += [SidePath("shelf", shelf.over, shelf.branch.cells) for shelf in line.shelves]
    for branch in inner:
        for fork in branch.forks:
            found += [SidePath("branch", fork.join, one.cells) for one in fork.branches]
            inner += fork.branches
    return [*found, *_sides(line)]


def on_tracks(line: Line) -> set[str]:
    """All cells that stand beside the line."""
    return {cell for track in tracks(line) for cell in track.cells}


def _sides(line: Line) -> list[SidePath]:
    """The small cells on ways above the line, way by way."""
    where = {cell.id: cell.where for cell in line.cells if cell.where in SIDES}
    onward = {edge.source: edge.target for edge in line.edges if edge.source in where}
    found = []
    for id in where:
        if id not in onward.values() and id in onward:
            chain = [id]
            while onward.get(chain[-1]) in where:
                chain.append(onward[chain[-1]])
            found.append(SidePath(where[id], onward.get(chain[-1]), tuple(chain)))
    return found


def match(
    own: Sequence[SidePath],
    above: Sequence[SidePath],
    keys: Mapping[str, AlignKey],
    others: Mapping[str, AlignKey],
    on: dict[str, str],
) -> Match:
    """Tracks that lead to cells which go together, `on` the line at first, by the best common sequence; then the cells
    on them. `keys` are those of the own cells, `others` of those above.
    """

    def weigh(other: SidePath, one: SidePath) -> int:
        """How much two tracks have in common; those without a cell go together."""
        return gain(_keys(other, others), _keys(one, keys)) if other.cells or one.cells else 1

    found = Match(dict(on), [], [])
    left, open_ = list(own), list(above)
    while track := next((one for one in left if one.end is None or one.end in found.partners), None):
        end = None if track.end is None else found.partners[track.end]
        mine = [one for one in left if (one.kind, one.end) == (track.kind, track.end)]
        theirs = [one for one in open_ if (one.kind, one.end) == (track.kind, end)]
        left = [one for one in left if one not in mine]
        for column, number in best([[one] for one in theirs], mine, weigh):
            open_.remove(theirs[column])
            _cells(found, mine[number], theirs[column], keys, others)
    found.lost.extend(one for one in open_ if one.cells)
    return found


def _keys(track: SidePath, keys: Mapping[str, AlignKey]) -> list[AlignKey]:
    return [keys[cell] for cell in track.cells if cell in keys]


def _cells(
    found: Match, own: SidePath, above: SidePath, keys: Mapping[str, AlignKey], others: Mapping[str, AlignKey]
) -> None:
    """Pairs the cells of two tracks."""
    mine, theirs = ([cell for cell in one.cells if cell in known] for one, known in ((own, keys), (above, others)))
    pairs = best([[key] for key in _keys(above, others)], _keys(own, keys), weight)
    found.partners.update((mine[number], theirs[column]) for column, number in pairs)
    kept = {theirs[column] for column, _ in pairs}
    gone = tuple([cell for cell in theirs if cell not in kept])
    if gone:
        found.gone.append(above._replace(cells=gone))
