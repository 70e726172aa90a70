"""What takes elements by their place, or moves them: IndexSelect, Roll. Sources: torch.index_select, torch.roll."""

from __future__ import annotations

from .. import kinds
from ..base import PASS, Attr, Attrs, Example, Refusal, RuleError, Types, Window, define, elsewhere
from ..common import AXIS_NAMES, along_axis, described, need_axis
from .shape import tick


def _count(attrs: Attrs, inputs: Types, size: int) -> int:
    """How many places are taken of an axis; raises where they are not given once, or do not lie on it."""
    index, dim = attrs["index"], attrs["dim"]
    if (index is None) == (len(inputs) == 1):
        found = "there is neither" if index is None else "both are there"
        raise RuleError("ND309", f"IndexSelect needs index, or a second input with the places; {found}", "index")
    if index is None:
        if len(inputs[1].axes) != 1:
            message = f"IndexSelect needs places in one row; its second input is {described(inputs[1])}"
            raise RuleError("ND307", message)
        return inputs[1].shape[0]
    places = index if isinstance(index, tuple) else (index,)
    outside = [place for place in places if not 0 <= place < size]
    if outside:
        raise RuleError("ND310", f"index {outside[0]} does not lie on {dim}, whose places are 0 to {size - 1}", "index")
    return len(places)


def _select_infer(attrs: Attrs, inputs: Types) -> Types:
    axis, source = attrs["dim"], inputs[0]
    return (source.replace(**{axis: _count(attrs, inputs, need_axis("IndexSelect", source, axis))}),)


def _select_window(attrs: Attrs, inputs: Types) -> Window | None:
    """Places in any order have no stride."""
    return None if attrs["dim"] in inputs[0].spatial else PASS


def _select_formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    axis = attrs["dim"]
    return (f"out_{AXIS_NAMES[axis]} = {outputs[0].size(axis)} places of {inputs[0].size(axis)}",)


def _roll_infer(attrs: Attrs, inputs: Types) -> Types:
    shifts, dims = attrs["shifts"], attrs["dims"]
    count = len(shifts) if isinstance(shifts, tuple) else 1
    if count != len(dims):
        message = f"Roll has {count} shift{'s' if count > 1 else ''} for {len(dims)} axes; each axis has one"
        raise RuleError("ND309", message.replace("1 axes", "1 axis"), "shifts")
    for axis in dims:
        need_axis("Roll", inputs[0], axis, "dims")
    return inputs


def _roll_window(attrs: Attrs, inputs: Types) -> Window | None:
    """The stride stays; where an element comes from is known, what it sees around the border is not."""
    spatial = inputs[0].spatial
    return Window(None, (1,) * len(spatial)) if set(spatial) & set(attrs["dims"]) else PASS


define(
    name="IndexSelect",
    snake="index_select",
    doc="Some places of an axis, in the order in which they are written, or that a second input gives.",
    attrs=(
        Attr("dim", kinds.axis(), doc="the axis of which places are taken"),
        Attr("index", kinds.indices(), default=None, doc="the places, from 0; without them there is a second input"),
    ),
    infer=_select_infer,
    face=along_axis("slice"),
    arity=(1, 2),
    carries=1,
    window=_select_window,
    formula=_select_formula,
    names=elsewhere("torch.index_select", "Gather", "", "", "tf.gather GatherV2"),
    examples=(
        Example(((64, 28, 28),), {"dim": "c", "index": [0, 2, 5]}, ((3, 28, 28),)),
        Example(((196, 768), (49,)), {"dim": "t"}, ((49, 768),), note="the tokens that a masked autoencoder keeps"),
        Example(((197, 768),), {"dim": "t", "index": 0}, ((1, 768),), note="the class token"),
    ),
    refusals=(
        Refusal(
            ((64, 28, 28),),
            {"dim": "c", "index": [0, 64]},
            "ND310",
            "index 64 does not lie on c, whose places are 0 to 63",
        ),
        Refusal(
            ((64, 28, 28),),
            {"dim": "c"},
            "ND309",
            "IndexSelect needs index, or a second input with the places; there is neither",
        ),
        Refusal(
            ((196, 768), (49, 2)),
            {"dim": "t"},
            "ND307",
            "IndexSelect needs places in one row; its second input is 49×2 (t, c)",
        ),
    ),
)
define(
    name="Roll",
    snake="roll",
    doc="Moves elements along axes; what leaves at one end comes in at the other.",
    attrs=(
        Attr("shifts", kinds.indices(), doc="how far, one number for each axis"),
        Attr("dims", kinds.axes(), doc="the axes along which they move"),
    ),
    infer=_roll_infer,
    face=tick,
    window=_roll_window,
    names=elsewhere("torch.roll", "", "", "", "tf.roll"),
    examples=(
        Example(((96, 56, 56),), {"shifts": [-3, -3], "dims": ["h", "w"]}, ((96, 56, 56),), note="Swin's windows"),
        Example(((196, 64),), {"shifts": 1, "dims": "t"}, ((196, 64),), note="each token in the next one's place"),
    ),
    refusals=(
        Refusal(
            ((96, 56, 56),),
            {"shifts": -3, "dims": ["h", "w"]},
            "ND309",
            "Roll has 1 shift for 2 axes; each axis has one",
        ),
        Refusal(
            ((196, 64),),
            {"shifts": 1, "dims": "h"},
            "ND307",
            "Roll acts along h; its input 196×64 (t, c) has no such axis",
        ),
    ),
)
