"""A network by stage: its blocks as matrices with the number of their repeats, and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...analysis.model import Analysis
from ..document import CellLines
from ..summary.report import Report
from .blocks import find_units, lines_of
from .paths import Paths, find_heads
from .steps import StageEntry, Step, Steps, map_text, places


def staged(report: Report, found: Steps, numbered: bool) -> Iterator[StageEntry]:
    """The rows of one network, named by the stage and the size of its output.

    What stands before and after the stages gives a row for each size of its output.
    The keys are numbers where the caller says so, else sizes.
    """
    seen: dict[str, int] = {}
    for row in _rows(report, found):
        told = row.key if numbered else f"{row.key} {row.names[1]}"
        seen[told] = seen.get(told, 0) + 1
        yield row._replace(key=f"{told} {seen[told]}")


def _rows(report: Report, found: Steps) -> Iterator[StageEntry]:
    """The rows with the kind of their stage for a key."""
    known = {step.node.id: step for step in found.steps}
    steps = {stage.id: [known[id] for id in stage.nodes if id in known] for stage in report.analysis.stages}
    lines = _Lines(found, report.analysis)
    stages = [stage for stage in report.analysis.stages if steps[stage.id]]
    numbers = {stage.id: number for number, stage in enumerate((s for s in stages if s.kind == "stage"), 1)}
    for place, stage in enumerate(stages):
        name = stage.title or (f"stage {numbers[stage.id]}" if stage.kind == "stage" else stage.kind)
        if stage.kind == "stage":
            size = lines.size(steps[stage.id])
            yield StageEntry(stage.kind, (name, size), lines.parts(steps[stage.id]))
            continue
        after = stages[place + 1 : place + 2]
        next_size = lines.size(steps[after[0].id]) if after else ""
        for size, members in groupby(steps[stage.id], map_text):
            parts = lines.parts(list(members))
            if parts:
                # What already has the next stage's size, such as a pooling, stands in that stage's rows.
                said = (after[0].title or f"stage {numbers[after[0].id]}") if size == next_size and after else name
                yield StageEntry(stage.kind, (said, size), parts)


class _Lines:
    """The parts of a row: those of blocks, of heads, and of layers that are in neither."""

    def __init__(self, found: Steps, analysis: Analysis) -> None:
        self.paths = Paths(found)
        self.heads = find_heads(self.paths, analysis)
        self.units = find_units(self.paths, analysis.stages, self.heads)

    def size(self, steps: Sequence[Step]) -> str:
        """The size of a stage's output; a head that begins in it has another."""
        ends = [step for step in steps if step.place not in self.heads] or steps
        return map_text(ends[-1])

    def parts(self, steps: Sequence[Step]) -> tuple[CellLines, ...]:
        """Blocks with the same lines are one matrix; `×3` counts them, whatever their strides and shortcuts."""
        parts: list[CellLines] = []
        for (head, unit), members in groupby(steps, self._owner):
            inside, before = list(members), f"{head}: " if head else ""
            if not unit:
                parts += _loose(inside, before)
                continue
            lines = tuple(before + line for line in lines_of(self.paths, self.paths.table.groups[unit]))
            if parts and parts[-1].lines == lines and parts[-1].times is not None:
                parts[-1] = parts[-1]._replace(times=parts[-1].times + 1)
            elif lines:
                parts.append(CellLines(lines, 1))
        # A single layer, or the name of a single block, needs no brackets.
        return tuple(part._replace(times=None) if len(part.lines) == part.times == 1 else part for part in parts)

    def _owner(self, step: Step) -> tuple[str, str]:
        """The head and the block that a layer belongs to."""
        return self.heads.get(step.place, ""), self.units[step.node.group]


def _loose(steps: Sequence[Step], before: str) -> tuple[CellLines, ...]:
    """Layers that are in no block: on a map, of tokens and in a head a line each; those that give vectors in one.

    Their strides are said, since they are not those of a block.
    """
    lines: list[str] = []
    for flat, members in groupby(steps, lambda step: not before and not any(size > 1 for size in places(step.output))):
        said = [(step.say(step.words.line), step.stride) for step in members]
        own = [f"{text}, stride {stride}" if stride != "1" else text for text, stride in said if text]
        lines += [", ".join(own)] if flat and own else own
    return (CellLines(tuple(before + line for line in lines)),) if lines else ()
