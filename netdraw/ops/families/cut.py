"""What cuts a tensor: Split, Chunk, Slice, Crop. Sources: torch.split, torch.chunk, Python's slices, Caffe's Crop."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Refusal, RuleError, Types, define, elsewhere
from ..common import AXIS_NAMES, along_axis, described, need_axis, times
from .shape import tick

MOST_PARTS = 1024
"""The most outputs of a Split."""


def _parts(attrs: Attrs, size: int) -> tuple[int, ...]:
    """The sizes of a Split's outputs; raises ND310 where they do not make up the axis."""
    sections: int | tuple[int, ...] = attrs["sections"]
    axis = attrs["dim"]
    if isinstance(sections, tuple):
        if sum(sections) != size:
            message = f"sections {' + '.join(map(str, sections[:9]))}{' + …' if len(sections) > 9 else ''}"
            raise RuleError("ND310", f"{message} are {sum(sections)}, but {axis} is {size}", "sections")
        return sections
    if sections > MOST_PARTS:
        raise RuleError("ND310", f"sections {sections} is more than the {MOST_PARTS} that a Split may have", "sections")
    if size % sections:
        repair = "use a number that divides it, or a list of sizes"
        raise RuleError("ND310", f"sections {sections} does not divide the {size} of {axis}; {repair}", "sections")
    return (size // sections,) * sections


def _split_infer(attrs: Attrs, inputs: Types) -> Types:
    axis, source = attrs["dim"], inputs[0]
    return tuple(source.replace(**{axis: part}) for part in _parts(attrs, need_axis("Split", source, axis)))


def _split_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    axis = attrs["dim"]
    return (f"in_{AXIS_NAMES[axis]} = {inputs[0].size(axis)} = {' + '.join(str(out.size(axis)) for out in outputs)}",)


def _bounds(attrs: Attrs, size: int) -> tuple[int, int]:
    """Start and stop counted from the front; raises ND310 where they are not on the axis, or leave nothing."""
    start, stop = attrs["start"], size if attrs["stop"] is None else attrs["stop"]
    first, last = (place + size if place < 0 else place for place in (start, stop))
    if not 0 <= first < last <= size:
        attr = "start" if not 0 <= first < size else "stop"
        message = f"a slice from {start} to {stop} does not lie on {attrs['dim']}, of size {size}"
        raise RuleError(
            "ND310", f"{message}; 0 ≤ start < stop ≤ {size} must hold, negative ones counted from the end", attr
        )
    return first, last


def _slice_infer(attrs: Attrs, inputs: Types) -> Types:
    axis, source = attrs["dim"], inputs[0]
    first, last = _bounds(attrs, need_axis("Slice", source, axis))
    return (source.replace(**{axis: last - first}),)


def _slice_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    axis = attrs["dim"]
    first, last = _bounds(attrs, inputs[0].size(axis) or 0)
    return (f"out_{AXIS_NAMES[axis]} = stop − start = {last} − {first} = {last - first}",)


def _crop_sizes(attrs: Attrs, inputs: Types) -> tuple[dict[str, int], str]:
    """The spatial sizes that are wanted, and how they are called in a message; raises where they are not given."""
    source, size = inputs[0], attrs["size"]
    if size is None:
        return _sizes_of_second(inputs)
    if len(inputs) > 1:
        raise RuleError("ND309", "Crop has a size and a second input, which gives one, too; write one of them", "size")
    rank = len(source.spatial)
    sizes = size if isinstance(size, tuple) else (size,) * rank
    if not rank or len(sizes) != rank:
        message = f"size {times(sizes) or size} does not fit the spatial axes of {described(source)}"
        raise RuleError("ND307", f"{message}; it has one number for each", "size")
    return dict(zip(source.spatial, sizes, strict=True)), times(sizes)


def _sizes_of_second(inputs: Types) -> tuple[dict[str, int], str]:
    if len(inputs) < 2:
        message = "Crop takes 2 inputs, not 1, unless its size is written: Crop: {size: [h, w]}"
        raise RuleError("ND311", message)
    source, wanted = inputs
    if not source.spatial or source.spatial != wanted.spatial:
        given = f"{described(source)} and {described(wanted)}"
        raise RuleError("ND307", f"Crop needs two inputs with the same spatial axes; they are {given}")
    return {axis: wanted.size(axis) or 0 for axis in source.spatial}, f"the size of {wanted}"


def _crop_infer(attrs: Attrs, inputs: Types) -> Types:
    source, (sizes, wanted) = inputs[0], _crop_sizes(attrs, inputs)
    for axis, size in sizes.items():
        if size > (source.size(axis) or 0):
            message = f"Crop cannot cut {source} to {wanted}: its {AXIS_NAMES[axis]} is smaller"
            roles = "; the first input is cut, the second gives the size" if len(inputs) > 1 else ""
            raise RuleError("ND310", message + roles, None if len(inputs) > 1 else "size")
    return (source.replace(**sizes),)


def _crop_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    given, made = times(inputs[0].sizes), times(outputs[0].sizes)
    by = "size" if len(inputs) == 1 else "the second input's size"
    return (f"out = {by} = {made}, cut from the centre of {given}",)


def _chunk_infer(attrs: Attrs, inputs: Types) -> Types:
    axis, source, chunks = attrs["dim"], inputs[0], attrs["chunks"]
    size = need_axis("Chunk", source, axis)
    if chunks > MOST_PARTS:
        raise RuleError("ND310", f"chunks {chunks} is more than the {MOST_PARTS} that a Chunk may have", "chunks")
    part = -(-size // chunks)
    return tuple(source.replace(**{axis: min(part, size - start)}) for start in range(0, size, part))


define(
    name="Split",
    snake="split",
    doc="Cuts an axis into parts, each an output of its own: `name:0`, `name:1` and so on.",
    attrs=(
        Attr("sections", kinds.integers(), doc="how many equal parts, or a list with the size of each"),
        Attr("dim", kinds.axis(), default="c", doc="the axis that is cut"),
    ),
    infer=_split_infer,
    face=lambda attrs, inputs, outputs: Face(category="split", axis="" if attrs["dim"] == "c" else attrs["dim"]),
    formula=_split_formula,
    names=elsewhere("torch.tensor_split torch.split", "Split", "split", "Slice"),
    examples=(
        Example(((116, 28, 28),), {"sections": 2}, ((58, 28, 28), (58, 28, 28)), note="ShuffleNetV2"),
        Example(((96, 14, 14),), {"sections": [64, 32]}, ((64, 14, 14), (32, 14, 14)), note="by sizes"),
        Example(((4, 6, 8),), {"sections": 2, "dim": "w"}, ((4, 6, 4), (4, 6, 4)), note="along the width"),
    ),
)
define(
    name="Chunk",
    snake="chunk",
    doc="Cuts an axis into equal parts, rounded up, so that the last may be smaller and there may be fewer.",
    attrs=(
        Attr("chunks", kinds.integer(), doc="into how many parts at most"),
        Attr("dim", kinds.axis(), default="c", doc="the axis that is cut"),
    ),
    infer=_chunk_infer,
    face=lambda attrs, inputs, outputs: Face(category="split", axis="" if attrs["dim"] == "c" else attrs["dim"]),
    formula=_split_formula,
    names=elsewhere("torch.chunk", "", "", ""),
    examples=(
        Example(((10, 8, 8),), {"chunks": 4}, ((3, 8, 8), (3, 8, 8), (3, 8, 8), (1, 8, 8)), note="3 + 3 + 3 + 1"),
        Example(((196, 2304),), {"chunks": 3}, ((196, 768),) * 3, note="queries, keys and values"),
        Example(((5, 8),), {"chunks": 4, "dim": "t"}, ((2, 8), (2, 8), (1, 8)), note="fewer than 4, as in PyTorch"),
    ),
    refusals=(
        Refusal(
            ((64, 9, 9),),
            {"chunks": 3, "dim": "t"},
            "ND307",
            "Chunk acts along t; its input 64×9×9 (c, h, w) has no such axis",
        ),
        Refusal(((2048,),), {"chunks": 2000}, "ND310", "chunks 2000 is more than the 1024 that a Chunk may have"),
    ),
)
define(
    name="Slice",
    snake="slice",
    doc="A part of an axis, as Python's x[start:stop]; nothing is clipped in silence.",
    attrs=(
        Attr("dim", kinds.axis(), default="c", doc="the axis that is cut"),
        Attr("start", kinds.index(), default=0, doc="first place; a negative one counts from the end"),
        Attr("stop", kinds.index(), default=None, doc="place behind the last; by default the end of the axis"),
    ),
    infer=_slice_infer,
    face=along_axis("slice"),
    formula=_slice_formula,
    names=elsewhere("torch.narrow", "Slice", "slice", "Slice"),
    examples=(
        Example(((64, 28, 28),), {"dim": "c", "start": 16, "stop": 48}, ((32, 28, 28),)),
        Example(((197, 768),), {"dim": "t", "start": 1}, ((196, 768),), note="without the class token"),
        Example(((8, 28, 28),), {"dim": "w", "stop": -4}, ((8, 28, 24),), note="all but the last four"),
    ),
)
define(
    name="Crop",
    snake="crop",
    doc="Cuts the first input's spatial axes, from the centre, to the second's sizes or to those of size.",
    attrs=(Attr("size", kinds.integers(), default=None, doc="the sizes, in place of a second input: [h, w], or one"),),
    infer=_crop_infer,
    face=tick,
    arity=(1, 2),
    carries=1,
    formula=_crop_formula,
    names=elsewhere("torchvision.transforms.functional.center_crop", "CenterCropPad", "CenterCrop", "Crop"),
    examples=(
        Example(((64, 568, 568), (128, 392, 392)), {}, ((64, 392, 392),), note="the copy and crop of U-Net"),
        Example(((21, 38, 40), (3, 38, 33)), {}, ((21, 38, 33),), note="one axis only"),
        Example(((3, 256, 256),), {"size": 224}, ((3, 224, 224),), note="to a size that is written"),
    ),
    refusals=(
        Refusal(((3, 9, 8),), {"size": 9}, "ND310", "Crop cannot cut 3×9×8 to 9×9: its width is smaller"),
        Refusal(
            ((3, 9, 8),),
            {"size": [4, 4, 4]},
            "ND307",
            "size 4×4×4 does not fit the spatial axes of 3×9×8 (c, h, w); it has one number for each",
        ),
        Refusal(
            ((3, 9, 8),),
            {},
            "ND311",
            "Crop takes 2 inputs, not 1, unless its size is written: Crop: {size: [h, w]}",
        ),
        Refusal(
            ((3, 9, 9), (3, 8, 8)),
            {"size": 8},
            "ND309",
            "Crop has a size and a second input, which gives one, too; write one of them",
        ),
    ),
)
