"""What moves elements between channels and places: PixelShuffle, PixelUnshuffle, ChannelShuffle. Source: torch.nn."""

from __future__ import annotations

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Refusal, RuleError, Types, Window, define, elsewhere
from ..common import inverse, need_map, need_spatial


def _shuffle_infer(attrs: Attrs, inputs: Types) -> Types:
    source, factor = inputs[0], attrs["upscale_factor"]
    need_spatial("PixelShuffle", source, 2)
    channels, height, width = source.shape
    if channels % factor**2:
        message = (
            f"upscale_factor {factor} needs channels that {factor}² = {factor**2} divides; the input has {channels}"
        )
        raise RuleError("ND304", message, "upscale_factor")
    return (source.replace(c=channels // factor**2, h=height * factor, w=width * factor),)


def _unshuffle_infer(attrs: Attrs, inputs: Types) -> Types:
    source, factor = inputs[0], attrs["downscale_factor"]
    need_spatial("PixelUnshuffle", source, 2)
    channels, height, width = source.shape
    if height % factor or width % factor:
        message = f"downscale_factor {factor} does not divide the map of {height}×{width}"
        raise RuleError("ND310", f"{message}; both sides must be a multiple of it", "downscale_factor")
    return (source.replace(c=channels * factor**2, h=height // factor, w=width // factor),)


def _channels_infer(attrs: Attrs, inputs: Types) -> Types:
    source, groups = inputs[0], attrs["groups"]
    need_map("ChannelShuffle", source)
    if source.shape[0] % groups:
        raise RuleError("ND304", f"groups {groups} does not divide the {source.shape[0]} input channels", "groups")
    return (source,)


def _stride(sign: str, factor: int) -> str:
    return f"{sign}{factor}" if factor > 1 else ""


def _shuffle_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    (into, height, width), (out, *made), r = inputs[0].shape, outputs[0].shape, attrs["upscale_factor"]
    return (
        f"out_channels = in_channels / upscale_factor² = {into} / {r}² = {out}",
        f"out_height = in_height·upscale_factor = {height}·{r} = {made[0]}",
        f"out_width = in_width·upscale_factor = {width}·{r} = {made[1]}",
    )


def _unshuffle_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    (into, height, width), (out, *made), r = inputs[0].shape, outputs[0].shape, attrs["downscale_factor"]
    return (
        f"out_channels = in_channels·downscale_factor² = {into}·{r}² = {out}",
        f"out_height = in_height / downscale_factor = {height} / {r} = {made[0]}",
        f"out_width = in_width / downscale_factor = {width} / {r} = {made[1]}",
    )


def _channels_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    channels, groups = inputs[0].shape[0], attrs["groups"]
    return (f"output = input, {channels}: channel g·{channels // groups} + i goes to i·{groups} + g",)


define(
    name="PixelShuffle",
    snake="pixel_shuffle",
    doc="Spreads each place's channels over r × r places: the map grows by r and has r² times fewer channels.",
    attrs=(Attr("upscale_factor", kinds.integer(), doc="factor r by which height and width grow"),),
    infer=_shuffle_infer,
    face=lambda attrs, inputs, outputs: Face(
        "upsample", out=str(outputs[0].shape[0]), stride=_stride("×", attrs["upscale_factor"])
    ),
    window=lambda attrs, inputs: Window((1, 1), inverse((attrs["upscale_factor"],) * 2)),
    formula=_shuffle_formula,
    names=elsewhere("torch.nn.PixelShuffle", "DepthToSpace", "", "", "tf.nn.depth_to_space"),
    examples=(
        Example(((9, 72, 72),), {"upscale_factor": 3}, ((1, 216, 216),), note="ESPCN"),
        Example(((256, 24, 32),), {"upscale_factor": 2}, ((64, 48, 64),), note="as in SRResNet"),
    ),
    refusals=(
        Refusal(
            ((10, 72, 72),),
            {"upscale_factor": 3},
            "ND304",
            "upscale_factor 3 needs channels that 3² = 9 divides; the input has 10",
        ),
        Refusal(
            ((512,),),
            {"upscale_factor": 2},
            "ND307",
            "PixelShuffle needs the axes c, h, w; its input is 512 (c): put it before Flatten",
        ),
    ),
)
define(
    name="PixelUnshuffle",
    snake="pixel_unshuffle",
    doc="Gathers r × r places into the channels of one: the map shrinks by r and has r² times more channels.",
    attrs=(Attr("downscale_factor", kinds.integer(), doc="factor r by which height and width shrink"),),
    infer=_unshuffle_infer,
    face=lambda attrs, inputs, outputs: Face(
        "upsample.down", out=str(outputs[0].shape[0]), stride=_stride("/", attrs["downscale_factor"])
    ),
    window=lambda attrs, inputs: Window((attrs["downscale_factor"],) * 2, (attrs["downscale_factor"],) * 2),
    formula=_unshuffle_formula,
    names=elsewhere("torch.nn.PixelUnshuffle", "SpaceToDepth", "", "", "tf.nn.space_to_depth", "reorg"),
    examples=(
        Example(((1, 216, 216),), {"downscale_factor": 3}, ((9, 72, 72),), note="undoes PixelShuffle"),
        Example(((64, 26, 26),), {"downscale_factor": 2}, ((256, 13, 13),), note="the passthrough of YOLOv2"),
    ),
    refusals=(
        Refusal(
            ((64, 26, 25),),
            {"downscale_factor": 2},
            "ND310",
            "downscale_factor 2 does not divide the map of 26×25; both sides must be a multiple of it",
        ),
        Refusal(
            ((197, 768),),
            {"downscale_factor": 2},
            "ND307",
            "PixelUnshuffle needs the axes c, h, w; its input is 197×768 (t, c): write FeatureMap before it",
        ),
    ),
)
define(
    name="ChannelShuffle",
    snake="channel_shuffle",
    doc="The channels in another order: the first of each group, then the second of each, and so on.",
    attrs=(Attr("groups", kinds.integer(), doc="how many groups the channels lie in"),),
    infer=_channels_infer,
    face=lambda attrs, inputs, outputs: Face("shuffle", groups=str(attrs["groups"])),
    formula=_channels_formula,
    names=elsewhere("torch.nn.ChannelShuffle", "", "", "ShuffleChannel"),
    examples=(
        Example(((240, 28, 28),), {"groups": 3}, ((240, 28, 28),), note="ShuffleNet"),
        Example(({"c": 8, "t": 50},), {"groups": 2}, ({"c": 8, "t": 50},), note="a signal"),
    ),
    refusals=(
        Refusal(((10, 4, 4),), {"groups": 3}, "ND304", "groups 3 does not divide the 10 input channels"),
        Refusal(
            ((512,),),
            {"groups": 2},
            "ND307",
            "ChannelShuffle needs the axes c, t or c, h, w or c, d, h, w; its input is 512 (c): put it before Flatten",
        ),
    ),
)
