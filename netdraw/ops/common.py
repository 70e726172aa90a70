"""What the families share: axes that an op needs, sliding windows, and small texts."""

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, TypeAlias

from ..core.records import NamedTuple
from .base import Attrs, Face, Rational, RuleError, Types, Window, whole
from .tensor import SIGNAL, TensorType

SPATIAL = ("", "t", "hw", "dhw")
"""By rank the letters of the spatial axes behind `c`."""

AXIS_NAMES = {"c": "channels", "t": "tokens", "d": "depth", "h": "height", "w": "width"}

SIDE_NAMES = {**AXIS_NAMES, "t": "length"}
"""The sizes along which windows slide; there `t` is a signal's."""

Padding: TypeAlias = "int | tuple[int, int]"
"""What is added at each end of an axis; a pair, before and behind, where they differ."""


def described(source: TensorType) -> str:
    """A shape with its axes, for messages: `512×7×7 (c, h, w)`."""
    return f"{source} ({', '.join(source.axes)})"


def need_spatial(op: str, source: TensorType, rank: int, vector: bool = False, *, alone: bool = False) -> str:
    """The letters of the `rank` spatial axes behind `c`; raises ND307 where the input has other axes.

    A `vector`, with `c` alone, may do, too. An op that stands `alone` has no like of another rank.
    """
    axes = SPATIAL[rank]
    if source.axes != "c" + axes and not (vector and source.axes == "c"):
        needed = f"{op} needs the axes {'c, or ' if vector else ''}c, {', '.join(axes)}; its input is"
        raise RuleError("ND307", f"{needed} {described(source)}" + _to_map("" if alone else op, source, rank))
    return axes


def need_channels_first(op: str, source: TensorType) -> int:
    """The channels of a vector or map of any rank; raises ND307 where `c` is not the first axis."""
    if source.axes[0] == "c":
        return source.shape[0]
    order = ["c", *(axis for axis in source.axes if axis != "c")]
    repair = f": write Permute: {{dims: [{', '.join(order)}]}} before it" if "c" in source.axes else ""
    raise RuleError("ND307", f"{op} needs c as its first axis; its input is {described(source)}{repair}")


def _to_map(op: str, source: TensorType, rank: int) -> str:
    """What to write where an op on maps of `rank` axes meets other axes; empty where nothing is known."""
    if source.axes == "c":
        return ": put it before Flatten"
    if source.axes == "tc":
        return ": write " + ("Permute: {dims: [c, t]}" if rank == 1 else "FeatureMap") + " before it"
    given = len(source.spatial)
    return f": write {op[:-2]}{given}d" if op.endswith(f"{rank}d") and source.axes == "c" + SPATIAL[given] else ""


def need_map(op: str, source: TensorType) -> str:
    """The letters of the spatial axes of a signal, an image or a volume; raises ND307 for any other input."""
    axes = source.axes[1:]
    if source.axes[:1] != "c" or axes not in SPATIAL[1:]:
        needed = f"{op} needs the axes c, t or c, h, w or c, d, h, w; its input is {described(source)}"
        repair = {"c": ": put it before Flatten", "tc": ": write FeatureMap before it"}.get(source.axes, "")
        raise RuleError("ND307", needed + repair)
    return axes


def need_tokens(op: str, source: TensorType, what: str = "its input") -> None:
    """Raises ND307 where a value has other axes than t and c."""
    if source.axes == "tc":
        return
    repair = ": write Permute: {dims: [t, c]} before it" if source.axes == SIGNAL else ""
    repair = ": write Tokens before it" if source.axes in ("chw", "cdhw") else repair
    repair = ": write Reshape: {shape: [1, -1]} before it" if source.axes == "c" else repair
    raise RuleError("ND307", f"{op} needs the axes t, c; {what} is {described(source)}{repair}")


def need_axis(op: str, source: TensorType, axis: str, attr: str = "dim") -> int:
    """The size of the axis that an attribute names; raises ND307 where the input has none of that letter."""
    size = source.size(axis)
    if size is None:
        raise RuleError("ND307", f"{op} acts along {axis}; its input {described(source)} has no such axis", attr)
    return size


def along(axes: str, default: str = "c") -> str:
    """The axes that an op acts along, as a face has them: `h, w`; empty where they are the default."""
    return "" if axes == default else ", ".join(axes)


def along_axis(category: str, kernel: str = "") -> Callable[[Attrs, Types, Types], Face]:
    """The face of an op that acts along `dim`: the size of that axis behind it, with its letter where it is not `c`."""

    def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
        return sized_along(category, kernel, attrs["dim"], str(outputs[0].size(attrs["dim"])))

    return face


def sized_along(category: str, kernel: str, axis: str, size: str) -> Face:
    """A face with the size along an axis: `197` channels, `t=197` tokens."""
    if axis == "c":
        return Face(category, kernel, out=size)
    return Face(category, kernel, out=size, axis=axis, label=f"{axis}={size}")


class Slide(NamedTuple):
    """A window that slides along one axis; `padding` is None for `same` and `causal`; `rounding` is a pool's."""

    kernel: int
    stride: int
    padding: int | tuple[int, int] | None = 0
    dilation: int = 1
    rounding: str = "floor"

    @property
    def extent(self) -> int:
        """What one position covers: dilation · (kernel − 1) + 1."""
        return self.dilation * (self.kernel - 1) + 1

    def positions(self, size: int) -> tuple[int, bool]:
        """How many positions fit on `size` (below 1: none), and whether rounding up gave one that was dropped.

        `same` and `causal`: ceil(in / stride), as TensorFlow. `floor` and `ceil`: torch.nn.MaxPool2d, whose `ceil`
        drops a last window that would start behind the input. `caffe`: as `ceil`, but it drops only where there is
        padding.
        """
        if self.padding is None:
            return -(-size // self.stride), False
        before, behind = self.padding if isinstance(self.padding, tuple) else (self.padding, self.padding)
        free = size + before + behind - self.extent
        if self.rounding == "floor":
            return free // self.stride + 1, False
        count = -(-free // self.stride) + 1
        may_drop = self.rounding == "ceil" or before + behind > 0
        dropped = may_drop and (count - 1) * self.stride >= size + before
        return count - dropped, dropped

    def formula(self, axis: str, size: int) -> str:
        """The shape rule of this axis with its numbers put in."""
        name, (count, dropped) = SIDE_NAMES[axis], self.positions(size)
        if self.padding is None:
            return f"out_{name} = ceil(in / stride) = ceil({size} / {self.stride}) = {count}"
        up = "floor" if self.rounding == "floor" else "ceil"
        tail = " − 1, since the last window would start behind the input," if dropped else ""
        rule, added = padding_formula(self.padding, "+")
        return (
            f"out_{name} = {up}((in {rule} − dilation·(kernel − 1) − 1) / stride) + 1"
            f" = {up}(({size} {added} − {self.dilation}·({self.kernel} − 1) − 1) / {self.stride}) + 1"
            f"{tail} = {count}"
        )


def ends(padding: Padding) -> tuple[int, int]:
    """What is added before an axis and behind it."""
    return padding if isinstance(padding, tuple) else (padding, padding)


def padding_text(padding: Padding) -> str:
    """`1`, or `0+1` where the ends differ."""
    return f"{padding[0]}+{padding[1]}" if isinstance(padding, tuple) else str(padding)


def padding_formula(padding: Padding, sign: str) -> tuple[str, str]:
    """How a formula adds or takes off both ends of an axis, in words and in numbers."""
    if isinstance(padding, tuple):
        return f"{sign} before {sign} behind", f"{sign} {padding[0]} {sign} {padding[1]}"
    return f"{sign} 2·padding", f"{sign} 2·{padding}"


def slides(attrs: Attrs) -> tuple[Slide, ...]:
    """The windows of a convolution or pooling, one a spatial axis."""
    kernel, stride = attrs["kernel_size"], attrs["stride"]
    rank = len(kernel)
    padding = attrs.get("padding", (0,) * rank)
    pads = (None,) * rank if isinstance(padding, str) else padding
    dilation, rounding = attrs.get("dilation", (1,) * rank), attrs.get("rounding", "floor")
    return tuple(
        Slide(kernel=kernel[i], stride=stride[i], padding=pads[i], dilation=dilation[i], rounding=rounding)
        for i in range(rank)
    )


TooMuch = tuple[int, str]
"""What is too much on an axis: the most that it takes, and the message that says so."""


def window_sizes(attrs: Attrs, source: TensorType) -> dict[str, int]:
    """The spatial sizes of the output by letter, of an input with axes `c` and the window's.

    Raises ND305 where no position fits.
    """
    sizes, wrong = {}, list[TooMuch]()
    for axis, size, slide in zip(source.axes[1:], source.shape[1:], slides(attrs), strict=True):
        sizes[axis], _ = slide.positions(size)
        if sizes[axis] < 1:
            wrong.append(_too_large(axis, size, slide, "padding" in attrs))
    if wrong:
        raise least_of("ND305", wrong, "kernel_size")
    return sizes


def _too_large(axis: str, size: int, slide: Slide, pads: bool) -> TooMuch:
    """What is said of a window of which no position fits, of an op that may pad or not."""
    before, behind = ends(slide.padding or 0)
    room = size + before + behind
    most = (room - 1) // slide.dilation + 1
    covers = f" at dilation {slide.dilation} covers {slide.extent} and" if slide.dilation > 1 else ""
    added = f"{before} at both ends" if before == behind else f"{before} before it and {behind} behind"
    padded = f" with padding {added} ({room})" if room > size else ""
    input = f"its input, of {SIDE_NAMES[axis]} {size}{padded}"
    repair = f"use kernel_size {most} or less{', or padding: same' if pads else ''}"
    return most, f"kernel {slide.kernel}{covers} is larger than {input}; {repair}"


def least_of(code: str, wrong: list[TooMuch], attr: str) -> RuleError:
    """What is said of the axis that takes least: one number is often written for all, and its repair helps on all."""
    _, message = min(wrong, key=lambda one: one[0])
    return RuleError(code, message, attr)


def fit(attrs: Attrs) -> tuple[str, str]:
    """The padding and the rounding of a window as a face says them.

    Both empty where a map that the stride divides comes out that much smaller, which is what most windows are set to.
    """
    return _fit(tuple([(name, attrs[name]) for name in WINDOW if name in attrs]))


WINDOW = ("kernel_size", "stride", "padding", "dilation", "rounding")


@cache
def _fit(window: tuple[tuple[str, Any], ...]) -> tuple[str, str]:
    attrs = dict(window)
    if attrs.get("padding") == "causal":
        return "causal", ""
    found = slides(attrs)
    # Any input much larger than the window: what is lost at its ends is the same for all.
    large = [1000 * slide.extent * slide.stride for slide in found]
    if all(slide.positions(size)[0] * slide.stride == size for size, slide in zip(large, found, strict=True)):
        return "", ""
    rounding = {slide.rounding for slide in found if slide.stride > 1} - {"floor"}
    return sizes_text(tuple([padding_text(slide.padding or 0) for slide in found])), "".join(rounding)


def window_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    """The shape rule of a sliding window, one line an axis."""
    source = inputs[0]
    rows = zip(source.axes[1:], source.shape[1:], slides(attrs), strict=True)
    return tuple(slide.formula(axis, size) for axis, size, slide in rows)


def sliding(attrs: Attrs, inputs: Types) -> Window:
    """The window of a convolution or pooling: dilated kernel and stride."""
    return Window(tuple(slide.extent for slide in slides(attrs)), attrs["stride"])


def growing(attrs: Attrs, inputs: Types) -> Window:
    """The window of what spreads each input element over a kernel, an extent of ceil(kernel's extent / stride)."""
    return Window(tuple(-(-slide.extent // slide.stride) for slide in slides(attrs)), inverse(attrs["stride"]))


def inverse(factors: Iterable[Rational]) -> tuple[Rational, ...]:
    """The strides of a map that grows by these factors."""
    from fractions import Fraction  # late: start-up time

    return tuple([1 if factor == 1 else whole(1 / Fraction(factor)) for factor in factors])


def times(sizes: Iterable[int]) -> str:
    """`3×3`."""
    return "×".join(map(str, sizes))


def sizes_text(sizes: tuple[int, ...] | tuple[str, ...], default: int | None = None, sign: str = "") -> str:
    """`2` where all are equal, else `2×1`, behind `sign`; empty where all are the default."""
    if all(size == default for size in sizes):
        return ""
    return sign + (str(sizes[0]) if len(set(sizes)) == 1 else "×".join(map(str, sizes)))
