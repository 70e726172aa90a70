"""What a change costs, in a figure: under every stage, and beside both lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...comparison.base import cost_units
from ...core.numbers import least, short
from ...diagram.model import Line
from ...diagram.said.glossary import Glossary
from ...diagram.view import View, cost_of
from ...tables.summary.report import FACTORS
from ..model import Diff


def signed(number: int) -> str:
    """`+0.99 M`, `−231 M`, `±0`."""
    return f"{'+' if number > 0 else '−' if number < 0 else '±'}{short(abs(number))}"


def totalled(line: Line, side: int, diff: Diff, view: View) -> Line:
    """A line with its totals; the second one's with what came in addition."""
    if view.cost == "none":
        return line
    analysis = (diff.before, diff.after)[side].analysis
    units = cost_units(view)
    counts = [[cost_of(one.analysis.total, unit) or 0 for unit in units] for one in (diff.before, diff.after)]
    lacking = (analysis.unknown, analysis.not_counted)
    totals = [f"{least(lacks)}{short(count)}" for count, lacks in zip(counts[side], lacking, strict=False)]
    deltas = [signed(after - before) for before, after in zip(*counts, strict=True)] if side else []
    return line._replace(totals=tuple(totals), deltas=tuple(deltas))


def bracketed(lines: Sequence[Line], diff: Diff, view: View, words: Glossary) -> list[Line]:
    """The lines with a bracket for every stage of the second that has a name, or costs more or less than before; in the
    first only for stages that went.
    """
    sums = stage_sums(diff, view)
    told = any(delta for own in sums for delta in own.values())
    unit = f" {words.say(f'unit.{view.cost}')}" if view.cost != "none" and told else ""
    found = []
    for side, own in reversed([*enumerate(_drawn(lines, diff, sums))]):
        line, brackets = lines[side], []
        for bracket in line.brackets:
            delta = 0 if bracket.more else own.get(bracket.stage, 0)
            cost = f"{signed(delta)}{unit}" if delta else ""
            unit = "" if delta else unit  # it is said once
            title = " · ".join(filter(None, (bracket.title, cost)))
            if title and (side or delta):
                brackets.append(bracket._replace(title=title, cost=None))
        found.append(line._replace(brackets=tuple(brackets)))
    return found[::-1]


def stage_sums(diff: Diff, view: View) -> tuple[dict[str, int], dict[str, int]]:
    """By side and stage, how much more it costs. What was removed counts in the stage that goes with its own, if any.

    All together are the difference of the totals.
    """
    sides = (diff.before, diff.after)
    stages = [{node: stage.id for stage in side.analysis.stages for node in stage.nodes} for side in sides]
    layers = [row for row in diff.rows if row.level == "layer"]
    goes_with: dict[str, str] = {}
    for row in layers:
        if row.before is not None and row.after is not None:
            goes_with.setdefault(stages[0][row.before], stages[1][row.after])
    found: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for row in layers:
        if row.after is not None:
            side, stage = 1, stages[1][row.after]
        else:
            own = stages[0][row.before or ""]
            side, stage = (1, goes_with[own]) if own in goes_with else (0, own)
        delta = row.params.delta if view.cost == "params" else row.macs.delta * FACTORS[view.cost]
        found[side][stage] = found[side].get(stage, 0) + delta
    return found


def _drawn(lines: Sequence[Line], diff: Diff, sums: Sequence[dict[str, int]]) -> Iterable[dict[str, int]]:
    """The sums by bracket; those of a stage that has none, since it costs nothing, count with the next, or the last."""
    for line, side, own in zip(lines, (diff.before, diff.after), sums, strict=True):
        brackets = {stage: bracket.stage for bracket in line.brackets for stage in bracket.stages}
        found = dict.fromkeys(brackets.values(), 0)
        owed, last = 0, ""
        for stage in side.analysis.stages:
            owed += own.get(stage.id, 0)
            if stage.id in brackets:
                last = brackets[stage.id]
                found[last] += owed
                owed = 0
        if last:
            found[last] += owed
        yield found
