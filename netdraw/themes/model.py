"""A theme: colours, strokes and font sizes. No shapes, which are a style's."""

from collections.abc import Mapping

from ..core.records import NamedTuple
from ..ops.categories import nearest


class Colors(NamedTuple):
    """The colours beside those of the cells, each `#rrggbb`: text and lines, the page, a box's tint and its edge.

    `highlight` is that of the frames around what the caller points at, and of what a comparison marks.
    """

    text: str
    muted: str
    line: str
    page: str
    tint: str
    edge: str
    bar: str
    highlight: str


class Look(NamedTuple):
    """The colours of one cell, each `#rrggbb`: its core, its ring, and what is written in the core.

    `outline` is the darker line around a cell without ring, "" for none.
    """

    core: str
    ring: str
    outline: str
    ink: str


class Strokes(NamedTuple):
    """Line widths in D, the diameter of a cell."""

    flow: float
    residual: float
    structure: float
    highlight: float


class Shapes(NamedTuple):
    """The parts of a cell in D: a filled ring, the hairline between it and its core (whose middle is `ring` inside).

    `line` is the width of an outlined ring and `gap` how far inside its core begins; `outline` the line around a disc,
    `edge` that around a filled ring, 0 for none; `lean` the short axis of a leaning ellipse.
    """

    ring: float
    hairline: float
    line: float
    gap: float
    outline: float
    edge: float
    lean: float


SHAPES = Shapes(ring=0.105, hairline=0.022, line=0.045, gap=0.12, outline=0.04, edge=0.0, lean=0.6)
"""Those of the default theme."""

BARS = ("some", "every")


class Font(NamedTuple):
    """Text sizes in D, and the family."""

    base: float
    caption: float
    title: float
    family: str


class Rule(NamedTuple):
    """Other colours for the cells that `id` (a glob, for any of a cell's ids) and `category` fit; "" fits all.

    A category fits those under it, too. A colour that is None stays as it is. `place` is where it is written.
    """

    id: str = ""
    category: str = ""
    core: str | None = None
    ring: str | None = None
    outline: str | None = None
    ink: str | None = None
    place: str = ""

    def fits(self, ids: tuple[str, ...], category: str) -> bool:
        from fnmatch import fnmatchcase

        if self.category and category != self.category and not category.startswith(self.category + "."):
            return False
        return not self.id or any(fnmatchcase(one, self.id) for one in ids)

    def apply(self, look: Look) -> Look:
        return Look(*(new if new is not None else old for new, old in zip(self[2:6], look, strict=True)))


class Theme(NamedTuple):
    """All looks, resolved. `cells` has `other`, which stands for every category without a look of its own."""

    name: str
    colors: Colors
    cells: Mapping[str, Look]
    strokes: Strokes
    font: Font
    rules: tuple[Rule, ...] = ()
    shapes: Shapes = SHAPES
    bars: str = "some"
    """Which outputs have a bar where the caller does not say: `some` that mean something, or `every` one."""
    origin: str = ""
    """The file that it was read from, or what stands for one; "" for one of ours."""

    def look(self, category: str, ids: tuple[str, ...] = ()) -> Look:
        """The colours of a cell: those of its category, else of the one above (`conv` for `conv.depthwise`)."""
        look = self.cells[nearest(category, self.cells)]
        for rule in self.rules:
            if rule.fits(ids, category):
                look = rule.apply(look)
        return look
