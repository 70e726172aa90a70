"""Upsample: a map at another size, by interpolation. Sizes: torch.nn.functional.interpolate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Refusal, RuleError, Types, Window, define, elsewhere
from ..common import SIDE_NAMES, described, inverse, need_map, sizes_text, times
from ..tensor import TensorType

if TYPE_CHECKING:
    from fractions import Fraction  # late: start-up time

_RANKS = {"linear": 1, "bilinear": 2, "bicubic": 2, "trilinear": 3}
"""The modes that are for maps of one rank alone; they take align_corners."""
_BY_RANK = ("", "linear", "bilinear", "trilinear")
_REACH = {"nearest": 1, "bicubic": 4}
"""How many elements of an axis make one of the output; linear ones 2."""


def _check_mode(attrs: Attrs, source: TensorType, rank: int) -> None:
    """Raises ND309 where the mode is for other maps, or knows no corners."""
    mode = attrs["mode"]
    if _RANKS.get(mode, rank) != rank:
        what = ("", "signals, c, t", "images, c, h, w", "volumes, c, d, h, w")[_RANKS[mode]]
        message = f"mode {mode} is for {what}; the input is {described(source)}"
        raise RuleError("ND309", f"{message}: write {_BY_RANK[rank]}", "mode")
    if attrs["align_corners"] is not None and mode not in _RANKS:
        message = f"align_corners is for the modes {', '.join(_RANKS)}; leave it out for {mode}"
        raise RuleError("ND309", message, "align_corners")


def _a_side(attrs: Attrs, name: str, source: TensorType, rank: int) -> tuple[float, ...]:
    """An attribute's values, one a spatial axis; raises ND309 where it has another number of them."""
    value = attrs[name]
    if not isinstance(value, tuple):
        return (value,) * rank
    if len(value) != rank:
        needs = f"{rank} spatial {'axis' if rank == 1 else 'axes'}"
        raise RuleError("ND309", f"{name} has {len(value)} entries; the input {described(source)} has {needs}", name)
    return value


def _infer(attrs: Attrs, inputs: Types) -> Types:
    source = inputs[0]
    axes = need_map("Upsample", source)
    _check_mode(attrs, source, len(axes))
    given = [name for name in ("scale_factor", "size") if attrs[name] is not None]
    given += ["the second input"] * (len(inputs) - 1)
    if len(given) != 1:
        several = f"{' and '.join(given)} both say how large the output is; write one of them"
        lacks = "Upsample needs a scale_factor, a size, or a second input whose size it takes"
        raise RuleError("ND309", several if given else lacks, given[0] if len(given) > 1 else None)
    return (source.replace(**dict(zip(axes, _sizes(attrs, inputs, axes), strict=True))),)


def _sizes(attrs: Attrs, inputs: Types, axes: str) -> tuple[int, ...]:
    """The output's spatial sizes; raises ND305, ND307 and ND309."""
    source, rank = inputs[0], len(axes)
    if len(inputs) > 1:
        if inputs[1].spatial != axes:
            message = f"Upsample takes the size of its second input, {described(inputs[1])}"
            raise RuleError("ND307", f"{message}, which must have the axes {', '.join(axes)}")
        return inputs[1].sizes
    if attrs["size"] is not None:
        return tuple(map(int, _a_side(attrs, "size", source, rank)))
    factors = _a_side(attrs, "scale_factor", source, rank)
    sizes = tuple([int(size * factor) for size, factor in zip(source.sizes, factors, strict=True)])
    for axis, before, after, factor in zip(axes, source.sizes, sizes, factors, strict=True):
        if after < 1:
            message = f"scale_factor {factor:g} leaves nothing of a {SIDE_NAMES[axis]} of {before}"
            raise RuleError("ND305", f"{message}: floor({before} · {factor:g}) is 0", "scale_factor")
    return sizes


def _factors(attrs: Attrs, inputs: Types) -> tuple[Fraction, ...]:
    """By how much each axis grows."""
    from fractions import Fraction  # late: start-up time

    source, rank = inputs[0], len(inputs[0].spatial)
    if attrs["scale_factor"] is not None:
        # The decimal that was written: a float is not it.
        return tuple([Fraction(str(factor)) for factor in _a_side(attrs, "scale_factor", source, rank)])
    sizes = _sizes(attrs, inputs, source.spatial)
    return tuple([Fraction(after, before) for before, after in zip(source.sizes, sizes, strict=True)])


def _window(attrs: Attrs, inputs: Types) -> Window:
    factors = _factors(attrs, inputs)
    return Window(tuple([_reach(attrs["mode"], factor) for factor in factors]), inverse(factors))


def _reach(mode: str, factor: Fraction) -> int:
    """How many elements one of the output sees; `area` is the mean over adaptive windows."""
    if factor == 1:
        return 1
    if mode != "area":
        return _REACH.get(mode, 2)
    return -(-factor.denominator // factor.numerator) + (1 not in (factor.numerator, factor.denominator))


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    said = _growth(_factors(attrs, inputs)) if attrs["size"] is None else None
    pairs = {*zip(inputs[0].sizes, outputs[0].sizes, strict=True)}
    shrinks = any(size > out for size, out in pairs) and all(size >= out for size, out in pairs)
    category = "upsample.down" if shrinks else "upsample"
    mode = "" if attrs["mode"] == "nearest" else attrs["mode"]
    made = times(outputs[0].sizes)
    if said is None:
        return Face(category, label=f"→ {made}", sized=made if attrs["size"] is not None else "")
    return Face(category, label=mode, stride=said)


def _growth(factors: tuple[Fraction, ...]) -> str | None:
    """`×2`, `×1.5`, `/2`, empty where the size stays; None where a factor has no short number."""
    if all(factor <= 1 and factor.numerator == 1 for factor in factors):
        return sizes_text(tuple([factor.denominator for factor in factors]), 1, "/")
    texts = [f"{float(factor):.4g}" for factor in factors]
    short = all(float(text) == float(factor) for text, factor in zip(texts, factors, strict=True))
    return sizes_text(tuple(texts), sign="×") if short else None


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    source, made = inputs[0], outputs[0].sizes
    if len(inputs) > 1:
        return (f"out = the second input's size = {times(made)}",)
    if attrs["size"] is not None:
        return (f"out = size = {times(made)}",)
    rows = zip(source.spatial, source.sizes, _a_side(attrs, "scale_factor", source, len(made)), made, strict=True)
    return tuple(
        f"out_{SIDE_NAMES[axis]} = floor(in · scale_factor) = floor({before} · {factor:g}) = {after}"
        for axis, before, factor, after in rows
    )


_TWICE = {"scale_factor": 2}
_CORNERS = "whether the corners of both maps are the same places; changes no size"
define(
    name="Upsample",
    snake="upsample",
    doc="A signal, an image or a volume at another size, by interpolation; a second input gives the size.",
    attrs=(
        Attr(
            "scale_factor", kinds.factors(), default=None, doc="factor of the size, rounded down; one, or one an axis"
        ),
        Attr("size", kinds.integers(), default=None, doc="size of the output, in place of the factor"),
        Attr(
            "mode",
            kinds.choice("nearest", "linear", "bilinear", "bicubic", "trilinear", "area"),
            default="nearest",
            doc="how the elements between are found; changes no size",
        ),
        Attr("align_corners", kinds.boolean(), default=None, doc=_CORNERS),
    ),
    infer=_infer,
    face=_face,
    arity=(1, 2),
    carries=1,
    window=_window,
    formula=_formula,
    names=elsewhere(
        "torch.nn.Upsample torch.nn.functional.interpolate torch.nn.UpsamplingNearest2d torch.nn.UpsamplingBilinear2d",
        "Resize",
        "UpSampling1D UpSampling2D UpSampling3D Resizing",
        "Interp",
        "tf.image.resize ResizeBilinear ResizeNearestNeighbor",
        "upsample",
    ),
    examples=(
        Example(((128, 13, 13),), _TWICE, ((128, 26, 26),), note="YOLOv3"),
        Example(
            ({"c": 64, "t": 25},), {"scale_factor": 1.5, "mode": "linear"}, ({"c": 64, "t": 37},), note="rounded down"
        ),
        Example(
            ((8, 4, 6, 7),),
            {"scale_factor": [1, 2, 2], "mode": "trilinear"},
            ((8, 4, 12, 14),),
            note="a factor an axis",
        ),
        Example(
            ((256, 7, 7),),
            {"size": [224, 160], "mode": "bilinear", "align_corners": False},
            ((256, 224, 160),),
            note="to a size",
        ),
        Example(((256, 13, 10), (64, 25, 20)), {}, ((256, 25, 20),), note="to the size of the second input, as in FPN"),
    ),
    refusals=(
        Refusal(
            ((512,),),
            _TWICE,
            "ND307",
            "Upsample needs the axes c, t or c, h, w or c, d, h, w; its input is 512 (c): put it before Flatten",
        ),
        Refusal(
            ((8, 4, 4),), {}, "ND309", "Upsample needs a scale_factor, a size, or a second input whose size it takes"
        ),
        Refusal(
            ((8, 4, 4),),
            {**_TWICE, "size": 8},
            "ND309",
            "scale_factor and size both say how large the output is; write one of them",
        ),
        Refusal(
            ((8, 4, 4), (8, 8, 8)),
            _TWICE,
            "ND309",
            "scale_factor and the second input both say how large the output is; write one of them",
        ),
        Refusal(
            ({"c": 8, "t": 4},),
            {**_TWICE, "mode": "bilinear"},
            "ND309",
            "mode bilinear is for images, c, h, w; the input is 8×4 (c, t): write linear",
        ),
        Refusal(
            ((8, 4, 4),),
            {**_TWICE, "align_corners": True},
            "ND309",
            "align_corners is for the modes linear, bilinear, bicubic, trilinear; leave it out for nearest",
        ),
        Refusal(
            ((8, 4, 4),),
            {"size": [8, 8, 8]},
            "ND309",
            "size has 3 entries; the input 8×4×4 (c, h, w) has 2 spatial axes",
        ),
        Refusal(
            ((8, 4, 4),),
            {"scale_factor": 0.2},
            "ND305",
            "scale_factor 0.2 leaves nothing of a height of 4: floor(4 · 0.2) is 0",
        ),
        Refusal(
            ((8, 4, 4), (512,)),
            {},
            "ND307",
            "Upsample takes the size of its second input, 512 (c), which must have the axes h, w",
        ),
    ),
)
