"""AdaptiveAvgPool2d and AdaptiveMaxPool2d, and what makes one of any rank. Sizes: torch.nn.AdaptiveAvgPool2d."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Example, Face, OpDef, Refusal, Types, always, elsewhere, registered
from ..common import SPATIAL, need_spatial, times


def adaptive(
    name: str,
    rank: int,
    others: tuple[str, ...],
    examples: tuple[Example, ...],
    refusals: tuple[Refusal, ...] = (),
) -> OpDef:
    """A pooling over `rank` axes by as many windows as the output has cells; `name` is Avg or Max."""
    full, axes = f"Adaptive{name}Pool{rank}d", SPATIAL[rank]
    what, globally = ("mean", "global average") if name == "Avg" else ("largest value", "global maximum")

    def infer(attrs: Attrs, inputs: Types) -> Types:
        source = inputs[0]
        need_spatial(full, source, rank)
        rows = zip(axes, attrs["output_size"], strict=True)
        return (source.replace(**{axis: size for axis, size in rows if size != kinds.NONE}),)

    def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
        sizes = attrs["output_size"]
        told = "×".join([axis if size == kinds.NONE else str(size) for axis, size in zip(axes, sizes, strict=True)])
        return Face(f"pool.{name.lower()}", label="global" if set(sizes) == {1} else f"→ {told}", sized=told)

    def formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
        given, made = inputs[0].shape[1:], outputs[0].shape[1:]
        cells = f"cell i is the {what} of floor(i·in / out) to ceil((i + 1)·in / out)"
        return (f"out = output_size = {times(made)}; {cells}, in = {times(given)}",)

    sizes = ("", "length", "height and width", "depth, height and width")[rank]
    return OpDef(
        name=full,
        snake=f"adaptive_{name.lower()}_pool{rank}d",
        doc=f"The {what} over as many windows as the output has cells; at output_size 1 the {globally}.",
        attrs=(
            Attr("output_size", kinds.sizes(rank, open=True), doc=f"{sizes} of the output; none keeps the input's"),
        ),
        infer=infer,
        face=face,
        window=always(None),  # its windows follow from the sizes, so that it has no stride
        formula=formula,
        names=elsewhere(f"torch.nn.{full}", *others),
        examples=examples,
        refusals=refusals,
    )


registered(adaptive)(
    "Avg",
    2,
    ("GlobalAveragePool", "GlobalAveragePooling2D", "Pooling", "", "avgpool"),
    (
        Example(((1280, 7, 7),), {"output_size": 1}, ((1280, 1, 1),), note="global"),
        Example(((512, 7, 9),), {"output_size": [7, 7]}, ((512, 7, 7),), note="before VGG's classifier"),
        Example(((512, 8, 26),), {"output_size": [1, "none"]}, ((512, 1, 26),), note="over the height alone"),
    ),
    (
        Refusal(
            ((512,),),
            {"output_size": 1},
            "ND307",
            "AdaptiveAvgPool2d needs the axes c, h, w; its input is 512 (c): put it before Flatten",
        ),
    ),
)
registered(adaptive)(
    "Max",
    2,
    ("GlobalMaxPool", "GlobalMaxPooling2D AdaptiveMaxPooling2D", ""),
    (
        Example(((512, 14, 14),), {"output_size": 1}, ((512, 1, 1),), note="global"),
        Example(((64, 13, 9),), {"output_size": [7, "none"]}, ((64, 7, 9),), note="an axis keeps its size"),
    ),
    (
        Refusal(
            ((197, 768),),
            {"output_size": 1},
            "ND307",
            "AdaptiveMaxPool2d needs the axes c, h, w; its input is 197×768 (t, c): write FeatureMap before it",
        ),
    ),
)
