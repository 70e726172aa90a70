"""A cell of a unit in words: a text for each thing that can be said of it, "" where it is as usual."""

from ...core.records import NamedTuple
from ...diagram.model import Cell
from ...diagram.said.glossary import Glossary
from .conditions import trait_texts, usual_texts
from .units import Unit, width_behind


class Said(NamedTuple):
    """The texts of a cell, in the order in which they stand: its `name` is the first. `usual` is what is said instead
    of an empty one where that is a difference; `{what}` in it is what the cell above says. `norm` is the
    normalisation in it, which is said only where it differs, and `placed` the same with where it stands.
    """

    name: str
    texts: tuple[str, ...]
    usual: tuple[str, ...]
    norm: str = ""
    placed: str = ""


NOTHING = Said("", (), ())


def _placed(name: str, early: bool, words: Glossary) -> str:
    """What joined a cell, and where it comes before the cell's own op that it does: `ReLU before`."""
    return words.say("compare.before", op=name) if early else name


def say(unit: Unit, number: int, cell: Cell, words: Glossary) -> Said:
    """The kernel and the op, the activation or that there is none, the traits; beside the line, which has no room for
    it, the width. Over a small cell the kernel stands for the op.
    """
    place, table = unit.parts.made.places[number], unit.parts.table
    if not 0 <= place < len(table.nodes):
        return NOTHING
    face, small = table.face(place), cell.where in ("arc", "gate")
    name = f"{face.size} {words.cell(cell.category)}".strip()
    rings = table.ops[place].fuse == "anchor" and bool(table.ops[place].widths)
    linear = words.say("compare.linear")
    activation = _placed(cell.activation, cell.early, words) or (linear if rings and not small else "")
    own = cell.where != "line" and (not small or table.ops[place].widths)
    width = width_behind(unit, number) if own else ""
    traits, usual = trait_texts(face, words), usual_texts(face, words)
    without = linear if rings else words.say("compare.missing", what="{what}")
    places = [table.places[id] for id in cell.ids]
    norms = [one for one in places if table.ops[one].fuse == "norm" and one != place]
    norm = " ".join([table.face(one).kernel for one in norms])
    placed = _placed(norm, any(one < place for one in norms), words)
    texts, others = (name, activation, *traits, width), ("", without, *usual, "")
    if small:
        texts, others = (face.size or name, width, activation, *traits), ("", "", without, *usual)
    return Said(name, texts, others, norm=norm, placed=placed)


def labelled(cell: Cell, own: Said, above: Said | None, first: bool, words: Glossary) -> Cell:
    """A cell with its label, and with what is not as in the cell above marked; `first` where there is no line above."""
    texts: list[str] = []
    marked: list[int] = []
    for line, text in enumerate(own.texts):
        other = above.texts[line] if above else ""
        differs = text != other or (line == 0 and above is not None and own.name != above.name)
        if not text and other:
            text = own.usual[line].format(what=other)
        if text:
            marked += [len(texts)] if differs and not first else []
            texts.append(text)
    if above and own.placed != above.placed:
        marked.append(len(texts))
        texts.append(own.placed or words.say("compare.missing", what=above.norm))
    return cell._replace(label=tuple(texts), marked=tuple(marked), told=cell.where in ("arc", "gate") and bool(texts))
