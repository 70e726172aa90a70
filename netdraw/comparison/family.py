"""Whole networks, one line each: a family cell by cell, or any networks stage by stage."""

from collections.abc import Sequence
from typing import NamedTuple

from ..analysis.model import Stage
from ..diagram.brackets import cost_of
from ..diagram.build import build, take_parts
from ..diagram.glossary import Glossary, glossary
from ..diagram.labels import shape_text
from ..diagram.legend import make_legend
from ..diagram.model import Bar, Bracket, Cell, Diagram, LegendEntry, Line, Words
from ..diagram.tags import lettered
from ..diagram.view import View
from ..diagram.words import About, convention
from ..numbers import short
from .base import Compared, prefixed, sources, titles
from .columns import Key, columns, gain, weight


class Member(NamedTuple):
    """A network's line, and of every cell on it the part that it belongs to, by number; `parts` are what these are."""

    network: Compared
    line: Line
    axis: tuple[int, ...]
    of: tuple[int, ...]
    parts: tuple[Key, ...]


def family(networks: Sequence[Compared], view: View) -> Diagram:
    """Cells aligned one by one; what a line has in common with the line below it is said there alone."""
    members, legend = _members(networks, view)
    placed = _cell_columns(members)
    lines = [_placed(member, own) for member, own in zip(members, placed, strict=True)]
    shown = [
        _once(member, line, lines[number + 1 :])
        for number, (member, line) in enumerate(zip(members, lines, strict=True))
    ]
    shown[-1] = _bracketed(shown[-1], members[-1].network.analysis.stages, glossary(view.lang))
    return Diagram(lettered(tuple(shown)), legend, _words(networks, view))


def whole(networks: Sequence[Compared], view: View) -> Diagram:
    """Stages aligned by what is left of the input's size; every line says all of itself."""
    members, legend = _members(networks, view)
    lines = [_placed(member, own) for member, own in zip(members, _part_columns(members), strict=True)]
    return Diagram(lettered(tuple(lines)), legend, _words(networks, view))


def _words(networks: Sequence[Compared], view: View) -> Words:
    words = glossary(view.lang)
    inputs = _inputs(networks, view)
    common = inputs[0] if len(set(inputs)) == 1 else ""
    unit = "" if view.cost == "none" else words.say(f"unit.{view.cost}")
    heads = (words.say("unit.params"), *([unit] if view.cost in ("macs", "flops") else [])) if unit else ()
    parts = [*sources([one.source for one in networks]), convention(view.cost, words)]
    parts += [words.say("caption.bars.shape")] if view.bars == "shape" else []
    caption = " ".join(f"{part.rstrip('.')}." if part and part[-1] not in ".。" else part for part in parts if part)
    title = titles(networks, words)
    about = words.say("compare.about.lines", title=title)
    return Words(
        title, common, "", caption.replace("。 ", "。") if view.caption else "", unit, 0, about, view.title, heads
    )  # fmt: skip


def _inputs(networks: Sequence[Compared], view: View) -> list[str]:
    return [" · ".join([shape_text(kind, view.shape_order) for _, kind in one.graph.inputs]) for one in networks]


def _members(networks: Sequence[Compared], view: View) -> tuple[list[Member], tuple[LegendEntry, ...]]:
    inputs = _inputs(networks, view)
    found, keyed = [], []
    for one, said in zip(networks, inputs, strict=True):
        diagram = build(one.graph, one.analysis, view, About(one.title, one.source))
        parts = take_parts(one.graph, one.analysis, view)
        keyed.append((parts.table, parts.made))
        total = one.analysis.total
        least = "≥ " if one.analysis.not_counted else ""
        cost = cost_of(total, view.cost) or 0
        totals = (short(total.params), *([least + short(cost)] if view.cost in ("macs", "flops") else []))
        line = diagram.lines[0]._replace(
            name=one.title,
            note="" if len(set(inputs)) == 1 else said,
            totals=totals if view.cost != "none" else (),
            cost_total=cost,
        )
        found.append(_member(one, line))
    return found, make_legend(keyed, glossary(view.lang), view.depth) if view.legend else ()


def _member(one: Compared, line: Line) -> Member:
    """A line with the parts of its cells: runs of one total stride."""
    of_node = {node: stage for stage in one.analysis.stages for node in stage.nodes}
    parts: list[Key] = []
    axis, of = [], []
    for place, cell in enumerate(line.cells):
        if cell.where not in ("line", "port"):
            continue
        key = _part(one, cell, of_node)
        if not parts or (key is not None and key != parts[-1]):
            parts.append(key or Key("stem", ""))
        axis.append(place)
        of.append(len(parts) - 1)
    return Member(one, prefixed(line, one.name), tuple(axis), tuple(of), tuple(parts))


def _part(one: Compared, cell: Cell, of_node: dict[str, Stage]) -> Key | None:
    """What a cell's stage is aligned by; None for what goes with the cell before."""
    stage = of_node.get(cell.last)
    if stage is None:
        return None
    stride = one.analysis.nodes[stage.nodes[-1]].stride
    if stage.kind == "head" or stride is None:
        return Key("head", "")
    return Key(stage.kind, "×".join(map(str, stride)))


def _aligned_parts(members: Sequence[Member]) -> list[list[int]]:
    return columns([member.parts for member in members], weight)


def _cell_columns(members: Sequence[Member]) -> list[list[int]]:
    """A column for every cell on a line: those of one part stand together, aligned by op and kernel."""
    aligned = _aligned_parts(members)
    count = max(part for own in aligned for part in own) + 1
    found = [[-1] * len(member.axis) for member in members]
    offset = 0
    for part in range(count):
        places = [
            [place for place, of in enumerate(member.of) if own[of] == part]
            for member, own in zip(members, aligned, strict=True)
        ]
        made = _part_cells(members, places)
        for number, (own, column) in enumerate(zip(places, made, strict=True)):
            for place, one in zip(own, column, strict=True):
                found[number][place] = offset + one
        offset += max((one for column in made for one in column), default=-1) + 1
    return found


def _part_cells(members: Sequence[Member], places: Sequence[Sequence[int]]) -> list[list[int]]:
    """The columns of the cells of one part: boxes (and single cells) are aligned first, then the cells in them."""
    units = [_units(member, own) for member, own in zip(members, places, strict=True)]
    aligned = columns(units, _unit_weight)
    count = max((one for own in aligned for one in own), default=-1) + 1
    found: list[list[int]] = [[] for _ in members]
    offset = 0
    for column in range(count):
        inside = [units[number][own.index(column)].keys if column in own else () for number, own in enumerate(aligned)]
        made = columns(inside, weight)
        for number, own in enumerate(made):
            found[number] += [offset + one for one in own]
        offset += max((one for own in made for one in own), default=-1) + 1
    return found


class _Unit(NamedTuple):
    """The cells of an outermost box, or a single one; `done` is what the box's residual rule did."""

    keys: tuple[Key, ...]
    done: str


def _units(member: Member, places: Sequence[int]) -> list[_Unit]:
    cells = member.line.cells
    numbers = {cell.id: number for number, cell in enumerate(cells)}
    ends = {numbers[box.first]: box for box in member.line.boxes if box.parent is None}
    units: list[_Unit] = []
    until = -1
    for place in places:
        number = member.axis[place]
        box = ends.get(number)
        if number > until or not units:
            units.append(_Unit((), box.residual or "" if box else ""))
            until = numbers[box.last] if box else number
        units[-1] = units[-1]._replace(keys=(*units[-1].keys, _key(member, place)))
    return units


def _unit_weight(one: _Unit, other: _Unit) -> int:
    """Boxes go with boxes; of several those that add alike."""
    if (len(one.keys) > 1) != (len(other.keys) > 1):
        return 0
    won = gain(one.keys, other.keys)
    return won and 2 * won + (one.done == other.done)


def _part_columns(members: Sequence[Member]) -> list[list[int]]:
    """A column for the first cell of every part; the others go with it."""
    found = []
    for member, own in zip(members, _aligned_parts(members), strict=True):
        line = [-1] * len(member.axis)
        for place, of in enumerate(member.of):
            if not place or member.of[place - 1] != of:
                line[place] = own[of]
        found.append(line)
    return found


def _key(member: Member, place: int) -> Key:
    cell = member.line.cells[member.axis[place]]
    return Key(cell.category, cell.kernel)


def _placed(member: Member, own: Sequence[int]) -> Line:
    cells = list(member.line.cells)
    for place, column in zip(member.axis, own, strict=True):
        cells[place] = cells[place]._replace(column=column)
    return member.line._replace(cells=tuple(cells))


def _once(member: Member, line: Line, below: Sequence[Line]) -> Line:
    """A line without brackets, without the labels of parts that the lines below it repeat, and without such bars."""
    following = [
        ({cell.column: cell for cell in one.cells if cell.column >= 0}, {bar.cell: bar for bar in one.bars})
        for one in below
    ]
    under = [
        next(((found[cell.column], bars) for found, bars in following if cell.column in found), None)
        for cell in line.cells
    ]
    part_of = dict(zip(member.axis, member.of, strict=True))
    told = {
        part_of[place]
        for place, (cell, one) in enumerate(zip(line.cells, under, strict=True))
        if place in part_of and (one is None or one[0].label != cell.label)
    }
    here, cells = -1, []
    bar_of = {bar.cell: bar for bar in line.bars}
    for place, (cell, one) in enumerate(zip(line.cells, under, strict=True)):
        here = part_of.get(place, here)
        cells.append(cell if here in told else cell._replace(label=()))
        if one and cell.id in bar_of and _bar_text(one[1].get(one[0].id)) == bar_of[cell.id].text:
            del bar_of[cell.id]
    return line._replace(cells=tuple(cells), bars=tuple(bar_of.values()), brackets=())


def _bar_text(bar: Bar | None) -> tuple[str, ...]:
    return bar.text if bar else ()


def _bracketed(line: Line, stages: Sequence[Stage], words: Glossary) -> Line:
    """The last line with a bracket for every stage that has several cells, by title or number, without costs."""
    name = line.cells[0].id.partition("/")[0]
    place = {one: number for number, cell in enumerate(line.cells) for one in cell.ids if cell.where == "line"}
    found = []
    for number, stage in enumerate((one for one in stages if one.kind == "stage"), 1):
        inside = sorted({place[key] for node in stage.nodes if (key := f"{name}/{node}") in place})
        if inside:
            ends = line.cells[inside[0]].id, line.cells[inside[-1]].id
            title = stage.title or words.say("stage.numbered", number=number)
            found.append(Bracket(f"{name}/{stage.id}", title, *ends, None, stage.resolution))
    return line._replace(brackets=tuple(found))
