"""A plain chain layer by layer, in segments that a pooling ends: `conv3-64`, `maxpool`, `FC-4096`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ..document import CellLines
from .steps import StageEntry, Step, Steps, size_text, spatial


def listed(found: Steps) -> Iterator[StageEntry]:
    """The rows of one network: the weights it has, its input, its segments and poolings, then layer by layer.

    Segments are numbered from the first, and the layers behind the last from the end.
    """
    weighted = sum(1 for step in found.steps if step.weight)
    yield StageEntry("weights", (), (CellLines((f"{weighted} weight layers",)),))
    yield StageEntry("input", (), (CellLines((f"input {size_text(found.table.graph.inputs[0][1], '×')}",)),))
    keys = _keys(found.steps)
    for key, members in groupby(range(len(keys)), keys.__getitem__):
        steps = [found.steps[place] for place in members]
        lines = tuple(filter(None, (step.say(step.words.listed) for step in steps)))
        if lines:
            yield StageEntry(key, (), (CellLines(lines),))


def _keys(steps: tuple[Step, ...]) -> list[str]:
    """The row of each layer."""
    found: list[str] = []
    segments = pools = 0
    for number, step in enumerate(steps):
        if step.face.category.startswith("pool."):
            pools += 1
            found.append(f"pool {segments}.{pools}")
        elif not spatial(step.into):
            found.append(f"end {len(steps) - number}")
        else:
            segments += not found or not found[-1].startswith("at ")
            pools = 0
            found.append(f"at {segments}")
    return found
