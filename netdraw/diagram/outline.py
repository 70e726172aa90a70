"""A figure to be read aloud: one line for every stage, box and cell, indented by what is around it."""

from collections import Counter
from collections.abc import Iterator

from ..core.numbers import short
from .elements.legend import entry_text
from .model import Box, Cell, Diagram, Line, all_cells, by_key
from .said.glossary import Glossary, glossary
from .said.labels import shape_text, sign_text
from .view import ShapeOrder

INDENT = "  "


def outline(diagram: Diagram, lang: str = "en") -> list[str]:
    """The lines of a diagram in its order, in one of the glossary's languages."""
    words = glossary(lang)
    order: ShapeOrder = diagram.meta.view.shape_order if diagram.meta else "chw"
    found: list[str] = []
    for line in diagram.lines:
        if line.name:
            found.append(f"{line.name} {line.note}".strip())
        unit = diagram.words.unit
        found += [INDENT * (depth + bool(line.name)) + text for depth, text in _lines(line, unit, words, order)]
    return found


def _lines(line: Line, unit: str, words: Glossary, order: ShapeOrder) -> Iterator[tuple[int, str]]:
    """What is there, each with the number of stages and boxes around it."""
    begins = _begins(line)
    stages = {begins.get(bracket.first, bracket.first): bracket for bracket in line.brackets if not bracket.more}
    closing = {bracket.last for bracket in line.brackets}
    inside, staged = 0, False
    opens = by_key((begins.get(box.first, box.first), box) for box in line.boxes)
    closes = Counter(box.last for box in line.boxes)
    for cell in line.cells:
        if cell.where == "port":
            continue
        stage = stages.get(cell.id)
        if stage is not None:
            staged = True
            name = stage.title or words.say("outline.stage")
            cost = "" if stage.cost is None else f"{short(stage.cost)} {unit}"
            yield 0, words.say("outline.cost", stage=name, cost=cost) if cost else name
        for box in opens.get(cell.id, ()):
            yield staged + inside, _box(box, words)
            inside += 1
        yield staged + inside, _cell(cell, words, order)
        inside -= closes[cell.id]
        staged = staged and cell.id not in closing


def _begins(line: Line) -> dict[str, str]:
    """By the cell in which branches meet, or over which a shelf stands, the first cell of these: a box or stage that
    begins there holds them, too.
    """
    places = {cell.id: place for place, cell in enumerate(line.cells)}
    found = {}
    for fork in line.forks:
        # Letters are no cells of a diagram.
        cells = [one for branch in fork.branches for one in all_cells(branch) if one in places]
        if fork.join is not None and cells:
            found[fork.join] = min(cells, key=places.__getitem__)
    kinds = {cell.id: cell.category for cell in line.cells}
    for shelf in line.shelves:
        # A further input stands before the box.
        cells = [one for one in all_cells(shelf.branch) if kinds.get(one, "input") != "input"]
        found[shelf.over] = min([found.get(shelf.over, shelf.over), *cells], key=places.__getitem__)
    return found


def _box(box: Box, words: Glossary) -> str:
    """`InvertedResidual ×3; adds its input`."""
    times = f" {box.mark}" if box.mark else f" ×{box.repeat}" if box.repeat > 1 else ""
    grows = f", +{box.growth}" if box.growth and not box.mark else ""
    done = box.residual or ""
    did = words.say(f"outline.{done}", reason=box.reason) if done and (done != "none" or box.reason) else ""
    return words.say("alt.between").join(filter(None, ((box.name or box.block) + times + grows, did, *box.marks)))


def _cell(cell: Cell, words: Glossary, order: ShapeOrder) -> str:
    """`convolution, ReLU6; kernel 3; 32 /2; gives 32×112²`; a cell off the line says where it is."""
    place = "" if cell.where == "line" else words.say(f"outline.{cell.where}")
    what = entry_text(cell, words)
    kernel = words.say("outline.kernel", kernel=cell.kernel) if cell.kernel.isdigit() else cell.kernel
    core = kernel if kernel[-1:].isalnum() else ""  # a sign says what the category has said
    gives = words.say("outline.gives", shape=shape_text(cell.shape, order))
    label, shared = "" if cell.shared else " ".join(cell.label), sign_text(cell.sign, words)
    return words.say("alt.between").join(filter(None, (place, what, core + cell.times, label, gives, shared)))
