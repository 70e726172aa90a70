"""What is left of a graph to draw when runs are folded: the last member stands for all, and carries their sums."""

from collections.abc import Iterator, Mapping, Sequence

from ...analysis.model import Analysis
from ...core.records import NamedTuple
from ...graph.model import Group
from .fold import Fold, find_folds
from .fuse import Fused
from .index import Index


class DrawnNodes(NamedTuple):
    """By position: whether a node is drawn, what it reads among the drawn, its sums, the product of the ×n around it.

    A last member reads what the first reads. `macs` is None where no rule counts. `folds` are by the id of their last
    group. `members` tells of which member of a run a node reads, by its position and the number of the input, where
    that is not the last.
    """

    shown: list[bool]
    sources: list[tuple[int, ...]]
    params: list[int]
    macs: list[int | None]
    repeats: list[int]
    folds: dict[str, Fold]
    members: dict[tuple[int, int], int]
    stages: Sequence[int] = ()
    """The number of the stage of each node, -1 in the stem and the head."""
    end: str = ""
    """The name of the output in which the line ends."""
    alike: Mapping[int, int] = {}
    """The node that is drawn for each that shares its weights and is not; such a node reads what they all read."""

    def fold(self, group: Group) -> Fold:
        """The groups that a drawn group stands for; itself where it stands for no others."""
        return self.folds.get(group.id) or Fold((group,))


def draw_all(index: Index, analysis: Analysis) -> DrawnNodes:
    """Every member by itself."""
    return _drawn(index, analysis, stage_numbers(index, analysis))


def _drawn(index: Index, analysis: Analysis, stages: list[int]) -> DrawnNodes:
    """All nodes; `stages` are theirs."""
    count = len(index.nodes)
    rows = [analysis.nodes[node.id] for node in index.nodes]
    return DrawnNodes(
        shown=[True] * count,
        sources=list(index.sources),
        params=[row.params for row in rows],
        macs=[row.macs for row in rows],
        repeats=[1] * count,
        folds={},
        members={},
        stages=[at if at >= 0 and analysis.stages[at].kind == "stage" else -1 for at in stages],
        end=analysis.end,
    )


def draw_folded(index: Index, fused: Fused, analysis: Analysis) -> DrawnNodes:
    """Runs folded, outer ones first; nothing folds across the border of a stage, which has a bracket of its own."""
    stages = stage_numbers(index, analysis)
    drawn = _drawn(index, analysis, stages)
    open_groups = [""]
    inner: dict[int, tuple[int, int]] = {}
    while open_groups:
        siblings = index.children.get(open_groups.pop(), [])
        hidden = set()
        for part in _by_stage(index, stages, siblings):
            for run in find_folds(index, fused, part):
                _fold(index, drawn, run)
                if run.paired:
                    before, last = (index.spans[group.id][1] - 1 for group in run.groups[-2:])
                    inner[before] = last, len(run.groups) - 1
                hidden.update([group.id for group in run.groups[:-1]])
        open_groups += [group.id for group in siblings if group.id not in hidden]
    alike = _share(index, fused, drawn)
    if inner:
        _read_inner(drawn, inner)
    return drawn._replace(alike=alike)


def _share(index: Index, fused: Fused, drawn: DrawnNodes) -> dict[int, int]:
    """Hides all but the last of chains that share their weights, whose numbers and sources become those of all."""
    hidden: dict[int, int] = {}
    if not any(node.shares for node in index.nodes):
        return hidden
    from .shared import find_alike  # late: few networks share weights

    for alike in find_alike(index, fused, drawn.params):
        chains = [chain for chain in alike if all(drawn.shown[place] for place in chain)]
        if len(chains) < 2:
            continue
        *others, last = sorted(chains)
        for chain in others:
            for place, own in zip(last, chain, strict=True):
                hidden[own] = place
                _add(drawn, place, own)
        for place in last:
            drawn.repeats[place] *= len(chains)
        drawn.sources[last[0]] = tuple([drawn.sources[chain[0]][0] for chain in (*others, last)])
    return hidden


def _add(drawn: DrawnNodes, place: int, other: int) -> None:
    """Hides a node, whose numbers another takes."""
    drawn.shown[other] = False
    drawn.params[place] += drawn.params[other]
    if (more := drawn.macs[other]) is not None:
        drawn.macs[place] = (drawn.macs[place] or 0) + more


def _read_inner(drawn: DrawnNodes, inner: dict[int, tuple[int, int]]) -> None:
    """Whoever reads the last but one of a run reads its last member instead, and it is known that he does not.

    `inner` is by the position of the output: that of the last member's, and which member it is.
    """
    for place, sources in enumerate(drawn.sources):
        for number, at in enumerate(sources):
            if drawn.shown[place] and at in inner:
                last, drawn.members[place, number] = inner[at]
                drawn.sources[place] = (*drawn.sources[place][:number], last, *sources[number + 1 :])


def stage_numbers(index: Index, analysis: Analysis) -> list[int]:
    """The stage of every node, by position."""
    numbers = {node: number for number, stage in enumerate(analysis.stages) for node in stage.nodes}
    return [numbers.get(node.id, -1) for node in index.nodes]


def _by_stage(index: Index, stages: list[int], siblings: list[Group]) -> Iterator[list[Group]]:
    """Parts of consecutive groups that begin in one stage.

    That is enough: where one of two equal groups has a border inside, both have, and the second begins behind it.
    """
    part: list[Group] = []
    current = -1
    for group in siblings:
        if group.id in index.spans and (stage := stages[index.spans[group.id][0]]) != current:
            yield part
            part, current = [], stage
        part.append(group)
    yield part


def _fold(index: Index, drawn: DrawnNodes, run: Fold) -> None:
    """Hides all members but the last, whose numbers and sources become those of the run."""
    starts = [index.spans[group.id][0] for group in run.groups]
    last, stop = index.spans[run.groups[-1].id]
    drawn.folds[run.groups[-1].id] = run
    for place in range(last, stop):
        offset = place - last
        for start in starts[:-1]:
            _add(drawn, place, start + offset)
        drawn.repeats[place] *= len(starts)
        own, first = drawn.sources[place], drawn.sources[starts[0] + offset]
        if any(at < last for at in own):
            drawn.sources[place] = tuple([at if at >= last else outer for at, outer in zip(own, first, strict=True)])
