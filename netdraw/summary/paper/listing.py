"""A plain chain layer by layer, in segments that a pooling ends: `conv3-64`, `maxpool`, `FC-4096`."""

from __future__ import annotations

from collections.abc import Iterator

from ..tables import Part
from .steps import Step, Steps, map_text, size_text, spatial

Listed = tuple[str, tuple[str, ...], tuple[Part, ...]]
"""A row: its key, no names before it, and its lines."""


def listed(found: Steps) -> Iterator[Listed]:
    """The rows of one network: the weights it has, its input, its segments and poolings, then layer by layer."""
    weighted = sum(1 for step in found.steps if step.weight)
    yield "weights", (), (Part((f"{weighted} weight layers",)),)
    yield "input", (), (Part((f"input {size_text(found.table.graph.inputs[0][1], '×')}",)),)
    segment: list[Step] = []
    for number, step in enumerate(found.steps):
        said = step.say(step.words.listed)
        pools = step.face.category.startswith("pool.")
        if segment and (pools or not spatial(step.into)):
            yield _segment(segment)
            segment = []
        if pools:
            yield f"pool {map_text(step.into)}", (), (Part((said,)),)
        elif spatial(step.into):
            segment.append(step)
        elif said:
            left = len(found.steps) - number
            yield f"end {left}", (), (Part((said,)),)
    if segment:
        yield _segment(segment)


def _segment(steps: list[Step]) -> Listed:
    lines = tuple(filter(None, (step.say(step.words.listed) for step in steps)))
    return f"at {map_text(steps[0].into)}", (), (Part(lines),)
