"""Element by element, rarer than Add and Mul: differences, quotients, powers, extremes, and functions of one input.

Sources: torch.sub, torch.div, torch.pow, torch.maximum, torch.minimum, torch.exp and their like.
"""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import Attr, Attrs, Example, Face, Refusal, RuleError, Types, always, define, elsewhere, same_type
from .elementwise import broadcast, join, repeated

_PAIR = "An axis of size 1 is broadcast."
_IMAGE, _ROW = (64, 28, 28), (64, 1, 1)

join(
    "Sub",
    f"The first input minus the second, element by element. {_PAIR}",
    ("sub", "−"),
    ("Sub", "Subtract", "", "tf.subtract"),
    Example((_IMAGE, _IMAGE), {}, (_IMAGE,), note="what a residual has learned"),
    Example((_IMAGE, _ROW), {}, (_IMAGE,), note="a mean taken off every place"),
    most=2,
)
join(
    "Div",
    f"The first input by the second, element by element. {_PAIR}",
    ("div", "÷"),
    ("Div", "", "", "tf.divide RealDiv"),
    Example((_IMAGE, _IMAGE), {}, (_IMAGE,)),
    Example(((196, 768), (196, 1)), {}, ((196, 768),), note="every token by a number of its own"),
    most=2,
)
join(
    "Maximum",
    f"The larger of two or more inputs, element by element. {_PAIR}",
    ("maximum", ""),
    ("Max", "Maximum", "", "tf.maximum"),
    Example((_IMAGE, _IMAGE), {}, (_IMAGE,), note="maxout of two convolutions"),
    Example(((512,), (512,), (512,)), {}, ((512,),), note="three inputs"),
)
join(
    "Minimum",
    f"The smaller of two or more inputs, element by element. {_PAIR}",
    ("minimum", ""),
    ("Min", "Minimum", "", "tf.minimum"),
    Example((_IMAGE, _IMAGE), {}, (_IMAGE,)),
    Example((_IMAGE, _ROW), {}, (_IMAGE,), note="a bound for each channel"),
)


def _pow_infer(attrs: Attrs, inputs: Types) -> Types:
    given = attrs["exponent"] is not None
    if given == (len(inputs) == 2):
        found = "both are there" if given else "there is neither"
        message = f"Pow needs its exponent as a number or as a second input; {found}: write Pow: 2, or from: [a, b]"
        raise RuleError("ND309", message, "exponent")
    return broadcast("Pow")(attrs, inputs)


define(
    name="Pow",
    snake="pow",
    doc=f"The input to the power of a number, or of a second input. {_PAIR}",
    attrs=(Attr("exponent", kinds.real(), default=None, doc="the number; without it there is a second input"),),
    infer=_pow_infer,
    face=always(Face(category="pow", kernel="^")),
    arity=(1, 2),
    formula=repeated,
    names=elsewhere("torch.pow", "Pow", "", "Power", "tf.pow"),
    examples=(
        Example(((64, 28, 28),), {"exponent": 2}, ((64, 28, 28),), note="squares"),
        Example(((64, 28, 28), (64, 1, 1)), {}, ((64, 28, 28),), note="a power for each channel"),
    ),
    refusals=(
        Refusal(
            ((512,),),
            {},
            "ND309",
            "Pow needs its exponent as a number or as a second input; there is neither: write Pow: 2, or from: [a, b]",
        ),
        Refusal(
            ((512,), (512,)),
            {"exponent": 2},
            "ND309",
            "Pow needs its exponent as a number or as a second input; both are there: write Pow: 2, or from: [a, b]",
        ),
    ),
)


def _function(
    name: str,
    doc: str,
    others: tuple[str, ...],
    *attrs: Attr,
    infer: Callable[[Attrs, Types], Types] = same_type,
    given: tuple[tuple[str, float], ...] = (),
    refusals: tuple[Refusal, ...] = (),
) -> None:
    """A function of each element that is no activation, so that it joins no cell; `others` are its names from ONNX on,
    and `given` what its examples set.
    """
    word = name.lower()
    define(
        name=name,
        snake=word,
        doc=doc,
        attrs=attrs,
        infer=infer,
        face=always(Face(category="activation.function", label=word)),
        names=elsewhere(f"torch.{word}", *others),
        examples=(Example((_IMAGE,), dict(given), (_IMAGE,)), Example(((512,),), dict(given), ((512,),))),
        refusals=refusals,
    )


_function("Exp", "e to the power of each element.", ("Exp", "", "Exp", "tf.exp"))
_function("Log", "The natural logarithm of each element.", ("Log", "", "Log", "tf.math.log"))
_function("Sqrt", "The square root of each element.", ("Sqrt", "", "", "tf.sqrt"))
_function("Abs", "Each element without its sign.", ("Abs", "", "AbsVal", "tf.abs"))
_function("Neg", "Each element with the other sign.", ("Neg", "", "", "tf.negative"))


def _clamp_infer(attrs: Attrs, inputs: Types) -> Types:
    if attrs["min"] is None and attrs["max"] is None:
        raise RuleError("ND309", "Clamp needs min, max, or both: write Clamp: {min: 0, max: 6}", "min")
    return inputs


_function(
    "Clamp",
    "Each element between min and max, these beyond them.",
    ("Clip", "", "Clip", "tf.clip_by_value"),
    Attr("min", kinds.real(), default=None, doc="the least that comes out; by default there is none"),
    Attr("max", kinds.real(), default=None, doc="the most that comes out; by default there is none"),
    infer=_clamp_infer,
    given=(("min", 0.0), ("max", 1.0)),
    refusals=(Refusal(((512,),), {}, "ND309", "Clamp needs min, max, or both: write Clamp: {min: 0, max: 6}"),),
)
