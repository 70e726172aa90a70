"""What is compared, and how things of several networks keep their ids apart: each begins with its network's name."""

import os
from collections.abc import Iterable, Sequence, Set
from itertools import chain, count

from ..analysis.model import Analysis
from ..core.records import NamedTuple
from ..diagram.model import Branch, FigureTexts, Fork, Line, Shelf
from ..diagram.said.glossary import Glossary, sentences
from ..diagram.view import CostUnit, View
from ..graph.model import Graph
from ..spec.model import Results


class Compared(NamedTuple):
    """One network of a comparison. `name` is unique in it; `title` is what the figure calls it."""

    name: str
    title: str
    graph: Graph
    analysis: Analysis
    source: str = ""
    family: str = ""
    """The name of its file; networks of one family are variants of it."""
    results: Results | None = None


def unique(names: Sequence[str]) -> list[str]:
    """The names, with a number behind those that were there before."""
    found: list[str] = []
    for name in names:
        free = chain([name], (f"{name}_{number}" for number in count(2)))
        found.append(next(one for one in free if one not in found))
    return found


def prefixed(line: Line, name: str) -> Line:
    """A line whose ids all begin with a name and a slash."""

    def at(one: str) -> str:
        return f"{name}/{one}" if one else one

    def every(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(map(at, ids))

    def branch(one: Branch) -> Branch:
        return one._replace(cells=every(one.cells), forks=tuple(map(fork, one.forks)))

    def fork(one: Fork) -> Fork:
        join = None if one.join is None else at(one.join)
        return one._replace(start=at(one.start), join=join, branches=tuple(map(branch, one.branches)))

    cells = [cell._replace(id=at(cell.id), ids=every(cell.ids), of=at(cell.of)) for cell in line.cells]
    ticks = [tick._replace(ids=every(tick.ids), after=at(tick.after), before=at(tick.before)) for tick in line.ticks]
    boxes = [
        box._replace(id=at(box.id), first=at(box.first), last=at(box.last), parent=box.parent and at(box.parent))
        for box in line.boxes
    ]
    tags = [tag._replace(id=at(tag.id), source=at(tag.source), readers=every(tag.readers)) for tag in line.tags]
    brackets = [
        one._replace(
            stage=at(one.stage),
            first=at(one.first),
            last=at(one.last),
            stages=tuple(map(at, one.stages)),
            cells=tuple(map(at, one.cells)),
        )
        for one in line.brackets
    ]
    return line._replace(
        cells=tuple(cells),
        ticks=tuple(ticks),
        edges=tuple([edge._replace(source=at(edge.source), target=at(edge.target)) for edge in line.edges]),
        boxes=tuple(boxes),
        brackets=tuple(brackets),
        bars=tuple([bar._replace(cell=at(bar.cell)) for bar in line.bars]),
        forks=tuple(map(fork, line.forks)),
        shelves=tuple([Shelf(branch(shelf.branch), at(shelf.over)) for shelf in line.shelves]),
        tags=tuple(tags),
    )


def titles(networks: Sequence[Compared], words: Glossary) -> str:
    """The names of all, one after the other."""
    return words.say("compare.and").join(dict.fromkeys(one.title for one in networks))


def cost_units(view: View) -> tuple[CostUnit, ...]:
    """What the totals of lines are: parameters, and the cost where it is another one."""
    return ("params",) if view.cost == "params" else ("params", view.cost) if view.cost != "none" else ()


def lines_texts(title: str, inputs: Set[str], caption: Sequence[str], view: View, words: Glossary) -> FigureTexts:
    """The texts around whole networks: below the title their inputs where all have the same, then the caption's
    sentences. Over the totals stands what they are.
    """
    ended = [f"{part.rstrip('.')}." if part and part[-1] not in ".。" else part for part in caption]
    return FigureTexts(
        title=title,
        subtitle=next(iter(inputs)) if len(inputs) == 1 else "",
        totals="",
        caption=sentences(ended) if view.caption else "",
        unit="" if view.cost == "none" else words.say(f"unit.{view.cost}"),
        cost_total=0,
        description=title,
        titled=view.title,
        heads=tuple([words.say(f"head.{unit}") for unit in cost_units(view)]),
    )


def sources(texts: Sequence[str]) -> list[str]:
    """The sources of all; of parts of one work what they have in common, up to a comma: authors alone are no work."""
    different = list(dict.fromkeys(filter(None, texts)))
    if len(different) < 2:
        return different
    common = os.path.commonprefix(different)
    begin = common[: common.rfind(",")] if "," in common else ""
    return [begin] if "," in begin else different
