"""The texts of cells and bars: the compact grammar, and shapes."""

from __future__ import annotations

from ..analysis.stages import sizes_text
from ..ops.base import Face
from ..ops.tensor import TensorType


def shape_text(kind: TensorType) -> str:
    """A shape as a figure says it: `64×112²`, `3×160×224`, `1000`, `2048` for a map of 1×1, `64×512` for tokens."""
    if not kind.known:
        return "?"
    others = [str(size) for axis, size in zip(kind.axes, kind.shape, strict=True) if axis not in "dhw"]
    return "×".join([*others, sizes_text(kind)] if has_map(kind) else others or ["1"])


def has_map(kind: TensorType) -> bool:
    """Whether a value has spatial axes of which one is larger than 1."""
    return largest(kind) > 1


def largest(kind: TensorType) -> int:
    """The largest spatial size; 1 where there is none."""
    return max([size for axis, size in zip(kind.axes, kind.shape, strict=True) if axis in "dhw"], default=1)


def kernel_text(face: Face) -> str:
    """What stands in the core: the kernel, or `G32` for a convolution in groups."""
    return f"G{face.groups}" if face.groups else face.kernel


def cell_label(face: Face) -> tuple[str, ...]:
    """At most two lines: channels or width, then what is not the default."""
    said = (face.size if face.groups else "", f"d={face.dilation}" if face.dilation else "", face.stride)
    return tuple([line for line in (face.label or face.out, " ".join(filter(None, said))) if line])


def input_label(kind: TensorType) -> tuple[str, ...]:
    """The channels of an input; of tokens without channels how many they are: `t=64`."""
    channels = kind.size("c")
    if channels is not None:
        return (str(channels),)
    return tuple([f"{axis}={size}" for axis, size in zip(kind.axes, kind.shape, strict=True)][:1])
