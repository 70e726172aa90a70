"""The silhouettes of the style `cells`, as data: one row a category, from which everything about its shape follows."""

from typing import Literal

from ...core.records import NamedTuple

Form = Literal["ring", "outline", "disc", "box"]
"""A filled ring around a core, an outlined ring around it, a disc, a rounded box as wide as its name."""

Mark = Literal["", "triangle", "square", "triangles"]
"""What is engraved in a disc."""


class Glyph(NamedTuple):
    """A silhouette: an ellipse by its half axes in D, turned by `angle` degrees clockwise.

    `linear` is its form alone, `activated` where an activation is fused in. `letters` stand in the core where a cell
    brings no kernel of its own; a key of SIGNS there is drawn as strokes. `loop` is a handle on top.
    """

    linear: Form
    activated: Form
    rx: float = 0.5
    ry: float = 0.5
    angle: float = 0.0
    letters: str = ""
    mark: Mark = ""
    loop: bool = False


NARROW = 43 / 74 / 2
"""Half of the short axis of a lying or standing ellipse."""
_SMALL = 0.25
_CONV = Glyph("outline", "ring")
_RING = Glyph("ring", "ring")
_DISC = Glyph("disc", "disc")
_DOT = Glyph("disc", "disc", _SMALL, _SMALL)

GLYPHS: dict[str, Glyph] = {
    "input": _DISC,
    "input.noisy": _DISC._replace(mark="triangle"),
    "input.backfed": _RING,
    "parameter": _DOT,
    "output": _DISC,
    "output.match": _RING,
    "softmax": _DISC._replace(mark="triangle"),
    "linear": Glyph("disc", "ring"),
    "linear.probabilistic": _RING._replace(letters="P"),
    "linear.spiking": _DISC._replace(mark="triangle"),
    "conv": _CONV,
    "conv.row": _CONV._replace(ry=NARROW),
    "conv.column": _CONV._replace(rx=NARROW),
    "conv.depthwise": _CONV._replace(ry=0.3, angle=-60.0),
    "conv.group": _CONV._replace(letters="G"),
    "conv.pool": _CONV,
    "conv.transposed": _CONV,
    "kernel": _DISC._replace(letters="K"),
    "pool": _RING,
    "pool.max": _RING,
    "pool.max.row": _RING._replace(ry=NARROW),
    "pool.max.column": _RING._replace(rx=NARROW),
    "pool.avg": _RING,
    "pool.avg.row": _RING._replace(ry=NARROW),
    "pool.avg.column": _RING._replace(rx=NARROW),
    "pool.region": _RING,
    "upsample": _RING._replace(letters="↑"),
    "upsample.down": _RING._replace(letters="↓"),
    "norm": _CONV._replace(letters="N"),
    "norm.batch": _CONV._replace(letters="BN"),
    "norm.layer": _CONV._replace(letters="LN"),
    "norm.group": _CONV._replace(letters="GN"),
    "norm.instance": _CONV._replace(letters="IN"),
    "norm.rms": _CONV._replace(letters="RMS"),
    "norm.l2": _CONV._replace(letters="L2"),
    "norm.lrn": _DISC._replace(letters="LRN"),
    "nms": _DISC._replace(letters="NMS"),
    "attention": _RING._replace(letters="A"),
    "embedding": _DISC._replace(letters="E"),
    "memory": _RING,
    "recurrent": _DISC._replace(letters="R"),
    "recurrent.rnn": _DISC._replace(loop=True),
    "recurrent.lstm": _RING._replace(loop=True),
    "recurrent.gru": _DISC._replace(mark="triangle", loop=True),
    "recurrent.bidirectional": _DISC._replace(mark="square", loop=True),
    "recurrent.bidirectional.lstm": _RING._replace(mark="square", loop=True),
    "recurrent.bidirectional.gru": _DISC._replace(mark="triangles", loop=True),
    "activation": _DOT,
    "add": _DOT._replace(letters="+"),
    "sub": _DOT._replace(letters="−"),
    "mul": _DOT._replace(letters="×"),
    "div": _DOT._replace(letters="÷"),
    "pow": _DOT._replace(letters="^"),
    "maximum": _DOT._replace(letters="maximum"),
    "minimum": _DOT._replace(letters="minimum"),
    "matmul": _DOT._replace(letters="·"),
    "concat": _DOT._replace(letters="‖"),
    "split": _DOT._replace(letters="split"),
    "slice": _DOT._replace(letters="slice"),
    "crop": _DOT._replace(letters="crop"),
    "shuffle": _DOT._replace(letters="shuffle"),
    "block": Glyph("box", "box"),
    "other": _DISC,
}

Arm = tuple[tuple[float, float], tuple[float, float]]
_ASKEW = 0.74
_DOTS = 0.15


def _dot(x: float, y: float) -> tuple[Arm, ...]:
    """Two strokes so short that their round ends make a dot: a stroke of no length is not drawn everywhere."""
    return ((x - _DOTS, y), (x + _DOTS, y)), ((x, y - _DOTS), (x, y + _DOTS))


SIGNS: dict[str, tuple[Arm, ...]] = {
    "+": (((-1, 0), (1, 0)), ((0, -1), (0, 1))),
    "×": (((-_ASKEW, -_ASKEW), (_ASKEW, _ASKEW)), ((-_ASKEW, _ASKEW), (_ASKEW, -_ASKEW))),
    "‖": (((-0.45, -1), (-0.45, 1)), ((0.45, -1), (0.45, 1))),
    "−": (((-1, 0), (1, 0)),),
    "÷": (((-1, 0), (1, 0)), *_dot(0, -0.75), *_dot(0, 0.75)),
    "^": (((-0.85, 0.5), (0, -0.65)), ((0, -0.65), (0.85, 0.5))),
    "·": (*_dot(0, 0), ((-0.2, -0.2), (0.2, 0.2)), ((-0.2, 0.2), (0.2, -0.2))),
    "↑": (((0, 1), (0, -1)), ((-0.72, -0.3), (0, -1)), ((0, -1), (0.72, -0.3))),
    "↓": (((0, -1), (0, 1)), ((-0.72, 0.3), (0, 1)), ((0, 1), (0.72, 0.3))),
    "maximum": (((-0.75, -0.8), (0.75, -0.8)), ((-0.7, 0.65), (0, -0.15)), ((0, -0.15), (0.7, 0.65))),
    "minimum": (((-0.75, 0.8), (0.75, 0.8)), ((-0.7, -0.65), (0, 0.15)), ((0, 0.15), (0.7, -0.65))),
    "split": (((-1, 0), (-0.2, 0)), ((-0.2, 0), (0.8, -0.8)), ((-0.2, 0), (0.8, 0.8))),
    "slice": (((-0.5, 0.9), (0.5, -0.9)),),
    "crop": (((-0.4, -1), (-0.4, 0.5)), ((-0.4, 0.5), (1, 0.5)), ((-1, -0.5), (0.4, -0.5)), ((0.4, -0.5), (0.4, 1))),
    "shuffle": (
        ((-1.05, -0.75), (1.05, 0.75)), ((1.05, 0.75), (0.45, 0.75)), ((1.05, 0.75), (0.92, 0.18)),
        ((-1.05, 0.75), (1.05, -0.75)), ((1.05, -0.75), (0.45, -0.75)), ((1.05, -0.75), (0.92, -0.18)),
    ),
}  # fmt: skip
"""The strokes of the signs, in units of half of a sign's arm, by what stands in the core."""

FINE = frozenset(("shuffle",))
"""Signs with thinner strokes, whose parts would run into one another."""
