"""Finds what may never happen in a placement: texts that touch, things on other things, things outside their box.

All measured from the fonts that are drawn, in the drawing's unit.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise, product
from typing import NamedTuple

from netdraw.diagram.model import Box, Cell, Diagram, LegendEntry, Line
from netdraw.diagram.tags import untagged
from netdraw.layout.base import PlacedCell, PlacedEdge, PlacedTag, PlacedText, Placement, Point
from netdraw.styles.base import Metrics
from netdraw.type.typeface import OURS, Fonts

STROKE = 0.03
"""Half of the widest line, in D."""
SLIP = 1e-6
SHORT = 2.0


class Frame(NamedTuple):
    """A rectangle by its borders."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Frame) -> bool:
        across = self.left < other.right - SLIP and other.left < self.right - SLIP
        return across and self.top < other.bottom - SLIP and other.top < self.bottom - SLIP

    def holds(self, other: Frame) -> bool:
        across = self.left <= other.left + SLIP and other.right <= self.right + SLIP
        return across and self.top <= other.top + SLIP and other.bottom <= self.bottom + SLIP

    def wider(self, by: float) -> Frame:
        return Frame(self.left - by, self.top - by, self.right + by, self.bottom + by)


def ink(words: PlacedText, fonts: Fonts = OURS) -> Frame:
    """What is drawn of a text."""
    left, top, right, bottom = fonts.ink(words.text, words.size, words.weight)
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[words.anchor]
    x = words.x - share * fonts.width(words.text, words.size, words.weight)
    return Frame(x + left, words.y + top, x + right, words.y + bottom)


def disc_frame(disc: PlacedCell, cell: Cell | LegendEntry, metrics: Metrics) -> Frame:
    """The frame of a cell, or of an entry's sample in the legend."""
    if isinstance(cell, Cell):
        width, height = (0.0, 0.0) if cell.where == "port" else metrics.extent(cell, disc.small)
    else:
        width, height = (cell.share and (1.0, 1.0)) or metrics.sample(cell) or (0.0, 0.0)
    rx, ry = width * disc.d / 2, height * disc.d / 2
    return Frame(disc.x - rx, disc.y - ry, disc.x + rx, disc.y + ry)


def mark_frame(mark: PlacedTag) -> Frame:
    """The circle's frame."""
    left, top = mark.x - mark.width / 2, mark.y - mark.height / 2
    return Frame(left, top, left + mark.width, top + mark.height)


def segments(points: tuple[Point, ...]) -> Iterator[Frame]:
    """The straight parts of a polyline; one that runs neither level nor upright in pieces of at most SHORT."""
    for (ax, ay), (bx, by) in pairwise(points):
        across, down = bx - ax, by - ay
        count = math.ceil(math.hypot(across, down) / SHORT) if across and down else 1
        for step in range(count):
            xs = ax + across * step / count, ax + across * (step + 1) / count
            ys = ay + down * step / count, ay + down * (step + 1) / count
            yield Frame(min(xs), min(ys), max(xs), max(ys))


class _Near:
    """Frames by where they are, so that few have to be looked at."""

    SIDE = 60.0

    def __init__(self, named: Iterable[tuple[str, Frame]]) -> None:
        self.squares: dict[tuple[int, int], list[tuple[str, Frame]]] = {}
        for name, frame in named:
            for square in self._squares(frame):
                self.squares.setdefault(square, []).append((name, frame))

    def _squares(self, frame: Frame) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = (int(side // self.SIDE) for side in frame)
        yield from product(range(left, right + 1), range(top, bottom + 1))

    def meeting(self, frame: Frame) -> list[tuple[str, Frame]]:
        """Those that meet a frame, each once."""
        near = (pair for square in self._squares(frame) for pair in self.squares.get(square, ()))
        return list(dict.fromkeys(pair for pair in near if frame.meets(pair[1])))


class _Picture:
    """A placement with the frames of everything in it."""

    def __init__(self, placement: Placement, diagram: Diagram, metrics: Metrics, fonts: Fonts) -> None:
        self.placement, self.diagram = placement, diagram
        self.stroke, self.label, self.spacing = STROKE * placement.d, metrics.style.label, metrics.style.spacing
        cells = {cell.id: cell for line in diagram.lines for cell in line.cells}
        self.discs = {disc.id: disc_frame(disc, cells[disc.id], metrics) for disc in placement.cells}
        self.marks = {mark.id: mark_frame(mark) for mark in placement.tags}
        self.discs.update(self.marks)
        self.sources = {tag.id: tag.source for line in diagram.lines for tag in line.tags}
        self.readers = {tag.id: tag.readers for line in diagram.lines for tag in line.tags}
        self.boxes: dict[str, list[Frame]] = {}
        """The frames of a box, one a row."""
        for rect in placement.boxes:
            frame = Frame(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height)
            self.boxes.setdefault(rect.id, []).append(frame)
        self.bars = {
            rect.id: Frame(rect.x, rect.y, rect.x + rect.width, rect.y + rect.height) for rect in placement.bars
        }
        self.texts = [(words, ink(words, fonts)) for words in placement.texts]
        self.legend = [disc_frame(disc, diagram.legend[int(disc.id)], metrics) for disc in placement.legend]
        self.frames = [(id, frame) for id, frames in self.boxes.items() for frame in frames]
        self.page = Frame(0.0, 0.0, placement.width, placement.height)

    def lines(self) -> Iterator[tuple[str, Frame]]:
        """Everything that is a stroke."""
        for wire in self.placement.edges:
            for piece in wire.pieces:
                for part in segments(piece):
                    yield f"the {wire.kind} {wire.source} to {wire.target}", part.wider(self.stroke)
        for mark in self.placement.tags:
            for part in segments(mark.stub):
                yield f"the line to {mark.id}", part.wider(self.stroke)
        for span in self.placement.brackets:
            for part in segments(span.points):
                yield f"the bracket {span.id}", part.wider(self.stroke)
        for tick in self.placement.ticks:
            yield f"the tick {tick.id}", Frame(tick.x, tick.y, tick.x + tick.width, tick.y + tick.height)


def collisions(placement: Placement, diagram: Diagram, metrics: Metrics, fonts: Fonts = OURS) -> list[str]:
    """Everything that is wrong with a placement, in words; none is right."""
    if placement.engine.startswith("dot"):
        # There every way is led to its end.
        lines = [line if line.name else untagged(line) for line in diagram.lines]
        diagram = diagram._replace(lines=tuple(lines))
    picture = _Picture(placement, diagram, metrics, fonts)
    found = list(_missing(picture))
    if not found:
        for check in CHECKS:
            found += check(picture)
    return found


def _missing(picture: _Picture) -> Iterator[str]:
    """Everything of the diagram has its place, once; a bar may be left out where it is not needed."""
    placement = picture.placement
    for line in picture.diagram.lines:
        for cell in line.cells:
            if sum(disc.id == cell.id for disc in placement.cells) != 1:
                yield f"the cell {cell.id} is not there once"
        for box in line.boxes:
            if box.drawn and box.id not in picture.boxes:
                yield f"the box {box.id} is missing"
        wires = {(wire.source, wire.target) for wire in placement.edges}
        yield from (f"no wire for {edge}" for edge in line.edges if (edge.source, edge.target) not in wires)
        if len(placement.edges) != sum(len(line.edges) for line in picture.diagram.lines):
            yield f"{len(placement.edges)} wires for {len(line.edges)} edges"
        yield from (f"no bar at {bar.cell}" for bar in line.bars if bar.needed and bar.cell not in picture.bars)
        ticks = {tick.id for tick in placement.ticks}
        yield from (f"no tick {tick.ids[0]}" for tick in line.ticks if tick.ids[0] not in ticks)
        yield from _missing_words(picture, line)
        yield from _missing_tags(picture, line)
    tags = {tag.id for line in picture.diagram.lines for tag in line.tags}
    yield from (f"the tag {mark.id} is no tag" for mark in placement.tags if mark.id not in tags)
    told = sum(span.cost or 0 for span in placement.brackets)
    if told != sum(bracket.cost or 0 for line in picture.diagram.lines for bracket in line.brackets):
        yield f"the brackets' costs add up to {told}"


def _missing_tags(picture: _Picture, line: Line) -> Iterator[str]:
    """Every value with a letter ends in one circle, and all that read it begin with another of that letter."""
    marks = {mark.id: mark for mark in picture.placement.tags}
    yield from (f"the tag {tag.id} is missing" for tag in line.tags if tag.id not in marks)
    for tag in line.tags:
        mark = marks[tag.id]
        if mark.letter != tag.letter or not mark.letter or bool(mark.stub) == bool(tag.readers):
            yield f"the tag {tag.id} is not as it should be"
        if mark.stub:
            (x, y), end = mark.stub[0], mark.stub[-1]
            at = Frame(x, y, x, y).wider(0.01)
            begins = mark.dot or picture.discs[tag.source].wider(0.01).meets(at) or _on_wire(picture, tag.source, at)
            if not begins or not picture.marks[tag.id].wider(0.01).meets(Frame(*end, *end).wider(0.01)):
                yield f"the line to the tag {tag.id} does not join it to its cell"
    edges = {(edge.source, edge.target) for edge in line.edges}
    told = [(tag.source, reader) for tag in line.tags for reader in tag.readers]
    yield from (f"a tag leads from {pair[0]} to {pair[1]}" for pair in told if pair not in edges)
    if len(set(told)) < len(told):
        yield "two tags lead to one cell"


def _on_wire(picture: _Picture, source: str, at: Frame) -> bool:
    """Whether a wire of a cell passes a place."""
    wires = [wire for wire in picture.placement.edges if wire.source == source]
    return any(part.wider(0.02).meets(at) for wire in wires for piece in wire.pieces for part in segments(piece))


def _missing_words(picture: _Picture, line: Line) -> Iterator[str]:
    said = {(words.id, words.text) for words, _ in picture.texts}
    for cell in line.cells:
        label = picture.label(cell)
        if cell.where not in ("arc", "gate"):
            yield from (f"no label {part} at {cell.id}" for part in label if (cell.id, part) not in said)
        elif cell.where == "gate" and "".join(label).isdigit() and (cell.id, label[0]) not in said:
            yield f"no width at {cell.id}"
    for box in line.boxes:
        repeat = f"×{box.repeat}" + (f", +{box.growth}" if box.growth else "") if box.repeat > 1 else ""
        wanted = [box.name, box.reason, box.mark or repeat, *box.marks]
        yield from (f"no {part} at {box.id}" for part in wanted if part and (box.id, part) not in said)


def _text_on_text(picture: _Picture) -> Iterator[str]:
    """No two texts overlap; on one baseline they stand at least 0.1 D apart."""
    air = 0.1 * picture.placement.d
    inked = sorted(((words, frame) for words, frame in picture.texts), key=lambda pair: pair[1].top)
    for place, (words, frame) in enumerate(inked):
        for other, beside in inked[place + 1 :]:
            if beside.top >= frame.bottom:
                break
            near = words.y == other.y and Frame(frame.left - air, frame.top, frame.right + air, frame.bottom)
            if frame.meets(beside) or (near and near.meets(beside)):
                yield f"the texts '{words.text}' ({words.id}) and '{other.text}' ({other.id}) touch"


def _text_on_things(picture: _Picture) -> Iterator[str]:
    lines = list(picture.lines())
    things = [(f"the cell {id}", frame) for id, frame in picture.discs.items()]
    things += [(f"the bar {id}", frame) for id, frame in picture.bars.items()]
    things += [("a cell of the legend", frame) for frame in picture.legend]
    near = _Near((*lines, *things))
    for words, frame in picture.texts:
        for name, _ in near.meeting(frame):
            yield f"'{words.text}' ({words.role} of {words.id}) stands on {name}"
        for id, box in picture.frames:
            if frame.meets(box) and not box.wider(-picture.stroke).holds(frame):
                yield f"'{words.text}' ({words.role} of {words.id}) stands on the border of {id}"


def _covered(picture: _Picture) -> Iterator[str]:
    """What a box says does not stand in one that lies in it, which is drawn over it."""
    for words, frame in picture.texts:
        own = picture.boxes.get(words.id, []) if words.role in ("reason", "name", "repeat") else []
        for id, box in picture.frames if own else ():
            if frame.meets(box) and not any(box.holds(one) for one in own):
                yield f"'{words.text}' of {words.id} stands in {id}"


def _outside(picture: _Picture) -> Iterator[str]:
    margin = picture.page.wider(-0.1 * picture.placement.d)
    for words, frame in picture.texts:
        if not margin.holds(frame):
            yield f"'{words.text}' ({words.id}) leaves the page"
        boxes = picture.boxes.get(words.id, []) if words.role in ("reason", "name", "repeat") else []
        if boxes and not any(box.holds(frame) for box in boxes):
            yield f"'{words.text}' leaves its box {words.id}"
    frames = [*picture.discs.items(), *picture.frames, *picture.bars.items(), *picture.lines()]
    yield from (f"{name} leaves the page" for name, frame in frames if not margin.holds(frame))
    yield from ("a cell of the legend leaves the page" for frame in picture.legend if not margin.holds(frame))


def _discs(picture: _Picture) -> Iterator[str]:
    gap = (picture.spacing.inside - 0.01) * picture.placement.d
    for line in picture.diagram.lines:
        for cell, after in (pair for track in _tracks(line) for pair in pairwise(track)):
            here, there = picture.discs[cell], picture.discs[after]
            if {cell, after} <= picture.marks.keys():
                continue
            if here.meets(Frame(0, there.top, picture.page.right, there.bottom)) and 0 <= there.left - here.right < gap:
                yield f"{cell} and {after} stand too near"
    for (id, frame), (other, beside) in combinations(picture.discs.items(), 2):
        if frame.meets(beside):
            yield f"the cells {id} and {other} overlap"


def _boxes(picture: _Picture) -> Iterator[str]:
    d = picture.placement.d
    for line in picture.diagram.lines:
        for box in filter(lambda box: box.drawn, line.boxes):
            yield from _held(picture, line, box)
    for (id, frame), (other, beside) in combinations(picture.frames, 2):
        if frame.wider(0.1 * d).meets(beside) and not (frame.holds(beside) or beside.holds(frame)):
            yield f"the boxes {id} and {other} touch"


def _held(picture: _Picture, line: Line, box: Box) -> Iterator[str]:
    """Every cell of a box stands in it, in one of its parts where it goes on in another row; no other cell does."""
    d, frames = picture.placement.d, picture.boxes[box.id]
    order = _track(line, box.first)
    held = order[order.index(box.first) : order.index(box.last) + 1]
    beside = _beside(line, held)
    for words, label in picture.texts:
        inside = words.role in ("label", "sublabel") and (words.id in held or words.id in beside)
        if inside and not any(frame.holds(label) for frame in frames):
            yield f"the label '{words.text}' of {words.id} stands out of its box {box.id}"
    for cell in beside:
        if not any(frame.wider(-0.1 * d).holds(picture.discs[cell]) for frame in frames):
            yield f"{cell} stands out of its box {box.id}"
    for cell in order:
        disc = picture.discs[cell]
        if cell in held and not any(frame.wider(-0.24 * d).holds(disc) for frame in frames):
            yield f"{cell} stands out of its box {box.id}"
        if cell not in held and any(frame.wider(0.29 * d).meets(disc) and _same_row(frame, disc) for frame in frames):
            yield f"{cell} is too near to the box {box.id}"


def _tracks(line: Line) -> list[tuple[str, ...]]:
    """The cells of the line itself, then of every branch."""
    found = []
    forks = list(line.forks)
    for fork in forks:
        for branch in fork.branches:
            found.append(branch.cells)
            forks += branch.forks
    found += [shelf.branch.cells for shelf in line.shelves]
    beside = {cell for track in found for cell in track}
    line_cells = [cell.id for cell in line.cells if cell.where in ("line", "port") and cell.id not in beside]
    return [tuple(line_cells), *found]


def _track(line: Line, cell: str) -> tuple[str, ...]:
    """The line or branch that a cell stands on."""
    return next(track for track in _tracks(line) if cell in track)


def _beside(line: Line, held: tuple[str, ...]) -> list[str]:
    """The cells on the branches that end in one of some cells."""
    found: list[str] = []
    forks = list(line.forks)
    for fork in forks:
        for branch in fork.branches:
            forks += branch.forks
        if fork.join in held or fork.start in found:
            found += [cell for branch in fork.branches for cell in branch.cells]
    inputs = {cell.id for cell in line.cells if cell.category == "input"}
    over = [cell for shelf in line.shelves if shelf.over in held for cell in shelf.branch.cells]
    return [*found, *(cell for cell in over if cell not in inputs)]


def _same_row(box: Frame, disc: Frame) -> bool:
    return box.top < (disc.top + disc.bottom) / 2 < box.bottom


def _wires(picture: _Picture) -> Iterator[str]:
    """No wire runs through a foreign cell; every wire but the first piece of one meets both its ends."""
    near = _Near(picture.discs.items())
    for wire in picture.placement.edges:
        for piece in wire.pieces:
            for part in segments(piece):
                for id, disc in near.meeting(part.wider(picture.stroke)):
                    own = {picture.sources.get(id, id), *picture.readers.get(id, ())} & {wire.source, wire.target}
                    if not own and _touches(part, disc, picture.stroke):
                        yield f"{wire.source} to {wire.target} runs through {id}"
        yield from _ends(picture, wire)


def _touches(part: Frame, disc: Frame, stroke: float) -> bool:
    """Whether a line runs through a cell: what is no level or upright line may pass a corner of its frame."""
    if not part.wider(stroke).meets(disc):
        return False
    x, y = (part.left + part.right - disc.left - disc.right) / 2, (part.top + part.bottom - disc.top - disc.bottom) / 2
    rx, ry = (disc.right - disc.left) / 2 + stroke, (disc.bottom - disc.top) / 2 + stroke
    return _straight(part) or (x / rx) ** 2 + (y / ry) ** 2 < 1


def _arrivals(picture: _Picture) -> Iterator[str]:
    """No two branches come to their join on one path."""
    ends: dict[str, list[tuple[PlacedEdge, Frame]]] = {}
    for wire in picture.placement.edges:
        parts = [*segments(wire.pieces[-1])]
        if wire.kind == "flow" and len(wire.pieces[-1]) > 2 and all(map(_straight, parts)):
            ends.setdefault(wire.target, []).append((wire, parts[-2]))
    for found in ends.values():
        for (wire, part), (other, beside) in combinations(found, 2):
            if wire.source != other.source and part.wider(picture.stroke).meets(beside):
                yield f"{wire.source} and {other.source} come to {wire.target} on one path"


def _shared_paths(picture: _Picture) -> Iterator[str]:
    """No two arcs or lanes of different cells run on one path: they cross, or keep apart, or end in one point."""
    parts = [
        (wire, part)
        for wire in picture.placement.edges
        if wire.kind != "flow"
        for piece in wire.pieces
        for part in segments(piece)
        if _straight(part)
    ]
    parts.sort(key=lambda pair: pair[1].left)
    for place, (wire, part) in enumerate(parts):
        for other, beside in parts[place + 1 :]:
            if beside.left > part.right + picture.stroke:
                break
            along = (part.left == part.right) == (beside.left == beside.right)
            apart = wire.source != other.source and wire.pieces[-1][-1] != other.pieces[-1][-1]
            if along and apart and part.wider(picture.stroke).meets(beside):
                yield f"{wire.source} to {wire.target} runs on {other.source} to {other.target}"


def _straight(part: Frame) -> bool:
    return part.left == part.right or part.top == part.bottom


def _ends(picture: _Picture, wire: PlacedEdge) -> Iterator[str]:
    (x, y), d = wire.pieces[0][0], picture.placement.d
    at = Frame(x, y, x, y).wider(0.01)
    others = [other for other in picture.placement.edges if other is not wire and other.source == wire.source]
    trunk = any(part.wider(0.02).meets(at) for other in others for piece in other.pieces for part in segments(piece))
    tags = [picture.marks[tag].wider(0.01 * d).meets(at) for tag, one in picture.sources.items() if one == wire.source]
    if wire.member:
        said = [ink for words, ink in picture.texts if (words.role, words.text) == ("letter", f"×{wire.member}")]
        before = any(0 < x - ink.right < 0.15 * d and ink.top < y < ink.bottom for ink in said)
        over = any(0 < y - ink.bottom < 0.15 * d and ink.left < x < ink.right for ink in said)
        if not (before or over):
            yield f"{wire.source} to {wire.target} does not say of which member it is"
    elif not picture.discs[wire.source].wider(0.01 * d).meets(at):
        if not (wire.dot or trunk or any(tags)):
            yield f"{wire.source} to {wire.target} does not begin at its source"
        if wire.kind != "flow" and not (wire.dot or any(tags)):
            yield f"{wire.source} to {wire.target} leaves the line without a junction"
    x, y = wire.pieces[-1][-1]
    if not picture.discs[wire.target].wider(0.01 * picture.placement.d).meets(Frame(x, y, x, y).wider(0.01)):
        yield f"{wire.source} to {wire.target} does not end at its target"


def _off_their_wires(picture: _Picture) -> Iterator[str]:
    """Every tick stands across a wire of its cell, with its middle on it; behind a last cell there is none."""
    places = {tick.id: tick for tick in picture.placement.ticks}
    leaving = {wire.source for wire in picture.placement.edges}
    for tick in (tick for line in picture.diagram.lines for tick in line.ticks if tick.after in leaving):
        rect = places[tick.ids[0]]
        x, y = rect.x + rect.width / 2, rect.y + rect.height / 2
        if not _on_wire(picture, tick.after, Frame(x, y, x, y)):
            yield f"the tick {tick.ids[0]} stands on no wire of {tick.after}"


CHECKS = (
    _text_on_text, _text_on_things, _covered, _outside, _discs, _boxes, _wires, _arrivals, _shared_paths, _off_their_wires,
)  # fmt: skip


def calls(run: Callable[[], object]) -> int:
    """How many calls a piece of work makes once what it caches is made: a measure that no other load moves."""
    made = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event.endswith("call")

    run()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(None)
    return made
