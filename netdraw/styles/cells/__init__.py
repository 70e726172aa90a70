"""The style `cells`: a disc or an ellipse a layer, told apart by silhouette, hue and ring; its label stands below."""

from ...diagram.model import Cell, LegendEntry
from ..base import STYLES, Sample, Setting, Sketch, Style, sample_cell
from .glyphs import Glyph
from .measures import border, content, extent, glyph, rise
from .paint import paint

LEGEND_DOT = 1.44
"""Small discs are drawn larger in the legend, where they stand in line with the others."""
SMALL_DISC = 0.75
"""A glyph of less than this, in D, is a small disc with a sign."""
SIGNS = {"split": "<", "slice": "/", "crop": "#", "shuffle": "⇄", "maximum": "max", "minimum": "min"}
"""A letter for what is drawn as strokes and has a name longer than one."""


def sample(entry: LegendEntry) -> Sample:
    """The glyph of an entry."""
    return Sample(sample_cell(entry), LEGEND_DOT if 2 * glyph(entry.category).rx <= 0.5 else 1.0)


def sketch(cell: Cell, setting: Setting) -> Sketch:
    """A silhouette as Graphviz has it."""
    shape, inner = glyph(cell.category), content(cell.category, cell.kernel)
    ring = (shape.activated if cell.activation and not cell.early else shape.linear) == "ring"
    if 2 * max(shape.rx, shape.ry) < SMALL_DISC:
        return Sketch("circle", SIGNS.get(inner, inner), small=True, ring=ring)
    return Sketch(_shape(shape), inner, ring=ring)


def _shape(shape: Glyph) -> str:
    """What leans is a parallelogram, what has a name of its own a box."""
    if shape.linear == "box":
        return "box"
    return "parallelogram" if shape.angle else "invhouse" if shape.mark == "triangle" else "ellipse"


CELLS = STYLES.add("cells", Style("cells", extent, paint, border=border, rise=rise, sample=sample, sketch=sketch))
