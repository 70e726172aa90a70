"""MaxUnpool1d, MaxUnpool2d, MaxUnpool3d: a max pooling undone. Sizes: torch.nn.MaxUnpool2d."""

from __future__ import annotations

from collections.abc import Sequence

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Follow, OpDef, Refusal, RuleError, Types, elsewhere, registered
from ..common import SIDE_NAMES, described, growing, need_spatial, sizes_text, times
from ..tensor import Shape, TensorType


def _usual(attrs: Attrs, source: TensorType) -> list[int]:
    """The output's spatial sizes where none is asked for; below 1 where nothing is left."""
    rows = zip(source.shape[1:], *[attrs[name] for name in ("kernel_size", "stride", "padding")], strict=True)
    return [(size - 1) * stride + kernel - 2 * pad for size, kernel, stride, pad in rows]


def _check(op: str, attrs: Attrs, source: TensorType, wanted: Sequence[int], attr: str | None) -> None:
    """Raises ND305 where nothing is left, and ND309 where no pooling could have had the sizes that are asked for."""
    rows = zip(source.spatial, source.sizes, _usual(attrs, source), wanted, attrs["stride"], strict=True)
    for axis, size, usual, asked, stride in rows:
        if asked < 1:
            message = (
                f"{op} gives a {SIDE_NAMES[axis]} of {usual}: (in − 1)·stride − 2·padding + kernel must be 1 or more"
            )
            raise RuleError("ND305", message, "padding")
        if not usual - stride < asked < usual + stride:
            could = f"{max(1, usual - stride + 1)} to {usual + stride - 1}"
            message = f"{op} cannot give a {SIDE_NAMES[axis]} of {asked}: a pooling to {size} had {could}"
            raise RuleError("ND309", message, attr)


def _wanted(op: str, attrs: Attrs, inputs: Types, axes: str) -> tuple[int, ...] | None:
    """The sizes that are asked for, by the second input or by output_size; raises ND307 and ND309."""
    if len(inputs) < 2:
        size: tuple[int, ...] | None = attrs["output_size"]
        return size
    if attrs["output_size"] is not None:
        message = "output_size and the second input both say how large the output is; write one of them"
        raise RuleError("ND309", message, "output_size")
    if inputs[1].spatial != axes:
        message = f"{op} takes the size of its second input, {described(inputs[1])}"
        raise RuleError("ND307", f"{message}, which must have the axes {', '.join(axes)}")
    return inputs[1].sizes


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    source, made = inputs[0], outputs[0].sizes
    if len(inputs) > 1 or attrs["output_size"] is not None:
        return (f"out = {'output_size' if len(inputs) < 2 else 'the second input’s size'} = {times(made)}",)
    lines = []
    for i, axis in enumerate(source.spatial):
        kernel, stride, pad = [attrs[name][i] for name in ("kernel_size", "stride", "padding")]
        lines.append(
            f"out_{SIDE_NAMES[axis]} = (in − 1)·stride − 2·padding + kernel"
            f" = ({source.shape[i + 1]} − 1)·{stride} − 2·{pad} + {kernel} = {made[i]}"
        )
    return tuple(lines)


def _face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
    rows = zip(attrs["kernel_size"], attrs["stride"], attrs["padding"], strict=True)
    as_usual = all(kernel - 2 * pad == stride for kernel, stride, pad in rows)
    return Face(
        "upsample",
        size=times(attrs["kernel_size"]),
        label="unpool",
        stride=sizes_text(attrs["stride"], 1, "×"),
        padding="" if as_usual else sizes_text(attrs["padding"]),
        sized="" if attrs["output_size"] is None else times(attrs["output_size"]),
    )


def unpool(rank: int, examples: tuple[Example, ...], refusals: tuple[Refusal, ...]) -> OpDef:
    """The definition of an unpooling over `rank` axes."""
    name = f"MaxUnpool{rank}d"

    def infer(attrs: Attrs, inputs: Types) -> Types:
        source = inputs[0]
        axes = need_spatial(name, source, rank)
        wanted = _wanted(name, attrs, inputs, axes) or _usual(attrs, source)
        _check(name, attrs, source, wanted, "output_size" if len(inputs) < 2 else None)
        return (source.replace(**dict(zip(axes, wanted, strict=True))),)

    return OpDef(
        name=name,
        snake=f"max_unpool{rank}d",
        doc="Puts each element where its maximum stood before a pooling, zeros elsewhere; the size is that of the "
        "second input, the map that was pooled, if it is given.",
        attrs=(
            Attr("kernel_size", kinds.sizes(rank), doc="size of the pooling's window"),
            Attr(
                "stride", kinds.sizes(rank), default=Follow("kernel_size"), doc="its step; by default the kernel_size"
            ),
            Attr("padding", kinds.sizes(rank, 0), default=(0,) * rank, doc="what the pooling added at both ends"),
            Attr(
                "output_size",
                kinds.sizes(rank),
                default=None,
                doc="size of the output, less than a step from the usual",
            ),
        ),
        infer=infer,
        face=_face,
        arity=(1, 2),
        carries=1,
        window=growing,
        formula=_formula,
        names=elsewhere(f"torch.nn.{name}", "MaxUnpool", "", "Unpooling" if rank == 2 else ""),
        examples=examples,
        refusals=refusals,
    )


_TWO = {"kernel_size": 2}
_SIGNAL: Shape = {"c": 8, "t": 10}

registered(unpool)(
    1,
    (
        Example((_SIGNAL,), _TWO, ({"c": 8, "t": 20},)),
        Example((_SIGNAL,), {**_TWO, "output_size": 21}, ({"c": 8, "t": 21},), note="an odd size"),
    ),
    (
        Refusal(
            (_SIGNAL,),
            {**_TWO, "output_size": 22},
            "ND309",
            "MaxUnpool1d cannot give a length of 22: a pooling to 10 had 19 to 21",
        ),
        Refusal(
            ((3, 8, 9),),
            _TWO,
            "ND307",
            "MaxUnpool1d needs the axes c, t; its input is 3×8×9 (c, h, w): write MaxUnpool2d",
        ),
    ),
)
registered(unpool)(
    2,
    (
        Example(((512, 7, 10),), _TWO, ((512, 14, 20),), note="SegNet"),
        Example(((512, 7, 10), (512, 15, 20)), _TWO, ((512, 15, 20),), note="to the size of the map that was pooled"),
        Example(((8, 28, 28),), {"kernel_size": 3, "stride": 2, "padding": 1}, ((8, 55, 55),)),
    ),
    (
        Refusal(
            ((512, 7, 10), (512, 17, 20)),
            _TWO,
            "ND309",
            "MaxUnpool2d cannot give a height of 17: a pooling to 7 had 13 to 15",
        ),
        Refusal(
            ((512, 7, 10), (512, 14, 20)),
            {**_TWO, "output_size": [14, 20]},
            "ND309",
            "output_size and the second input both say how large the output is; write one of them",
        ),
        Refusal(
            ((512, 7, 10), (512,)),
            _TWO,
            "ND307",
            "MaxUnpool2d takes the size of its second input, 512 (c), which must have the axes h, w",
        ),
        Refusal(
            ((8, 1, 1),),
            {**_TWO, "padding": 1},
            "ND305",
            "MaxUnpool2d gives a height of 0: (in − 1)·stride − 2·padding + kernel must be 1 or more",
        ),
    ),
)
registered(unpool)(
    3,
    (
        Example(((64, 4, 7, 7),), _TWO, ((64, 8, 14, 14),)),
        Example(((64, 8, 7, 7),), {"kernel_size": [1, 2, 2]}, ((64, 8, 14, 14),), note="each frame by itself"),
    ),
    (
        Refusal(
            ((3, 8, 9),),
            _TWO,
            "ND307",
            "MaxUnpool3d needs the axes c, d, h, w; its input is 3×8×9 (c, h, w): write MaxUnpool2d",
        ),
    ),
)
