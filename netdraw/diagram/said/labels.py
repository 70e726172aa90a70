"""The texts of cells and bars: the compact grammar, and shapes."""

from __future__ import annotations

from collections.abc import Sequence

from ...graph.model import Reason
from ...ops.base import Face, Rational
from ...ops.tensor import TensorType, squared
from ..model import BLOCK
from ..view import ShapeOrder
from .glossary import Glossary

MOST = 16
"""Widths of more times k, or of a smaller part of it, say nothing that a number would not."""


ALIKE = "="
"""The sign of weights that are shared where there is one set of them; several have numbers."""


OWN = ("heads", "window", "layers")
"""What only attention and recurrent layers have."""

LETTERS = {"groups": "G", "dilation": "d", "heads": "h", "window": "w", "layers": "L"}
"""The letters of a face's numbers in a label."""


def sign_text(sign: str, words: Glossary) -> str:
    """The sign of a cell in words: `shared weights`, `shared weights 2`; "" where it has none."""
    return words.say("legend.shared") + ("" if sign == ALIKE else f" {sign}") if sign else ""


def shape_text(kind: TensorType, order: ShapeOrder = "chw") -> str:
    """A shape as a figure says it: `64×112²`, `3×160×224`, `1000`, `2048` for a map of 1×1, `64×512` for tokens,
    `64×16×56²` for a volume, `32×183` for a signal.

    In the order `hwc` the channels of all of these stand last: `112²×64`.
    """
    if not kind.known:
        return "?"
    others = [str(size) for size in kind.others]
    if not has_map(kind):
        return "×".join(others or ["1"])
    sizes = squared(kind.sizes)
    return "×".join([sizes, *others] if order == "hwc" else [*others, sizes])


def has_map(kind: TensorType) -> bool:
    """Whether a value has spatial axes of which one is larger than 1."""
    return largest(kind) > 1


def largest(kind: TensorType) -> int:
    """The largest spatial size; 1 where there is none."""
    return max(kind.sizes, default=1)


def kernel_text(face: Face) -> str:
    """What stands in the core: the kernel, in short `1×3²` of a volume, or `G32` of a convolution in groups."""
    if face.groups and face.size:
        return f"G{face.groups}"
    depth, *sides = face.kernel.split("×")
    return f"{depth}×{sides[0]}²" if len(sides) == 2 and sides[0] == sides[1] else face.kernel


def cell_label(face: Face) -> tuple[str, ...]:
    """At most two lines: channels or width, then what is not the default; a title stands over both, in one."""
    # The core says something else than the kernel.
    outside = face.groups or face.category == BLOCK or face.kernel[:1].isalpha()
    own = ("heads", "groups", "window") if face.heads else OWN
    said = (face.size if outside else "", *lettered(face, ("dilation", *own)), face.stride)
    lines = [line for line in (face.label or face.out, " ".join(filter(None, said))) if line]
    return (face.title, ", ".join(lines)) if face.title and lines else tuple(lines)


def full_label(face: Face) -> tuple[str, ...]:
    """One line: `3×3, 64, /2`; defaults are left out."""
    numbers = lettered(face, ("groups", "dilation", *OWN))
    line = ", ".join(filter(None, (face.title, face.size, face.label or face.out, face.stride, *numbers)))
    return (line,) if line else ()


def lettered(face: Face, fields: Sequence[str]) -> list[str]:
    """`d=2`, `h=12`: the fields that a face has, by their letters."""
    return [f"{LETTERS[name]}={getattr(face, name)}" for name in fields if getattr(face, name)]


def relative(width: str, base: int) -> str:
    """A width in terms of a block's input of k = `base` channels: `6k`, `k`, `k/4`; else as it is."""
    if not width.isdigit() or not base or not int(width):
        return width
    channels = int(width)
    if channels % base == 0 and channels // base <= MOST:
        return "k" if channels == base else f"{channels // base}k"
    return f"k/{base // channels}" if base % channels == 0 and base // channels <= MOST else width


def input_label(kind: TensorType) -> tuple[str, ...]:
    """The channels of an input; of tokens without channels how many they are: `t=64`."""
    channels = kind.size("c")
    if channels is not None:
        return (str(channels),)
    return tuple([f"{axis}={size}" for axis, size in zip(kind.axes, kind.shape, strict=True)][:1])


def reason_text(reason: Reason | None, words: Glossary) -> str:
    """`stride 2`, `64 → 96`, `16×16 in, 14×14 out`; "" where nothing was in the way."""
    if reason is None:
        return ""
    if reason.kind == "stride":
        steps = reason.values[0]
        return words.say("reason.stride", stride=_sizes(steps[:1] if len(set(steps)) == 1 else steps))
    into, out = (_sizes(value) for value in reason.values)
    return words.say(f"reason.{reason.kind}", into=into, out=out)


def _sizes(sizes: Sequence[Rational | None]) -> str:
    return "×".join(map(str, sizes))
