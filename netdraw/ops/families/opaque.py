"""Opaque, and the ops that a spec defines: expressions state their shapes and costs, which no rule of ours knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .. import kinds
from ..base import (
    OPS,
    PASS,
    Attr,
    Attrs,
    Cost,
    Example,
    Face,
    Fuse,
    OpDef,
    Rational,
    Refusal,
    RuleError,
    Term,
    Types,
    Window,
    elsewhere,
)
from ..common import described
from ..rules import plain
from ..stated import EITHER, SEVERAL, STATED, STATEMENTS, cost_scope, shape_scope
from ..tensor import TensorType, by_length

MOST_OUTPUTS = 1024
_ROLES: Mapping[str, Fuse] = {"conv": "anchor", "linear": "anchor", "norm": "norm", "activation": "activation"}
"""What an op that a spec defines may do in a cell, by its category or the one above it."""


def _infer(attrs: Attrs, inputs: Types) -> Types:
    if attrs["out"] is not None and attrs["outputs"] is not None:
        raise RuleError("ND309", "out states one output, outputs several; write one of them", "outputs")
    types = tuple(kind for _, kind in _outputs(attrs, inputs))
    for name in ("params", "macs"):
        if attrs[name] is not None:
            _count(name, attrs, cost_scope(inputs, types))
    return types


def _outputs(attrs: Attrs, inputs: Types) -> list[tuple[str, TensorType]]:
    """Each output's name and type; raises RuleError where a shape is none."""
    if attrs["outputs"] is None:
        return [("", inputs[0] if attrs["out"] is None else _type("out", _value("out", attrs, inputs), inputs[0]))]
    shapes = _value("outputs", attrs, inputs)
    if not isinstance(shapes, Mapping) or not 0 < len(shapes) <= MOST_OUTPUTS:
        raise RuleError("ND301", f"outputs expects {SEVERAL}, not {plain(shapes)}", "outputs")
    return [(name, _type("outputs", shape, inputs[0], name)) for name, shape in shapes.items()]


def _value(name: str, attrs: Attrs, inputs: Types) -> Any:
    return attrs[name].run({**shape_scope(inputs), **_own(attrs)})


def _own(attrs: Attrs) -> dict[str, Any]:
    """The attributes that a spec gave the op, which its expressions see."""
    return {name: value for name, value in attrs.items() if name not in STATED}


def _type(attr: str, shape: Any, source: TensorType, name: str = "") -> TensorType:
    """The type that a shape states, of an op whose first input is `source`."""
    said = f"{attr} {name}".strip()
    if isinstance(shape, Mapping) and shape:
        foreign = [axis for axis in shape if axis not in source.axes]
        if foreign:
            message = f"{said} names the axis {foreign[0]}, which the input {described(source)} lacks"
            raise RuleError("ND307", f"{message}; a list states a shape with other axes", attr)
        return source.replace(**{axis: _size(f"{axis} of {said}", size, attr) for axis, size in shape.items()})
    if not isinstance(shape, list | tuple) or not 1 <= len(shape) <= 4:
        raise RuleError("ND301", f"{said} expects {EITHER}, not {plain(shape)}", attr)
    kind = by_length((1,) * len(shape), source.dtype)
    sizes = [_size(f"{axis} of {said}", size, attr) for axis, size in zip(kind.axes, shape, strict=True)]
    return kind._replace(shape=tuple(sizes))


def _size(said: str, value: Any, attr: str) -> int:
    try:
        return kinds.integer().read(value)  # type: ignore[no-any-return]
    except kinds.TooLargeError:
        raise RuleError("ND505", f"{said} is {plain(value)}, larger than 10^9, the limit of any size", attr) from None
    except ValueError:
        repair = "; round it, by // or floor" if isinstance(value, float) else ""
        raise RuleError("ND301", f"{said} is {kinds.integer().expects}, not {plain(value)}{repair}", attr) from None


def _count(name: str, attrs: Attrs, scope: Mapping[str, Any]) -> int:
    """The number that a cost comes to."""
    value = attrs[name].run({**scope, **_own(attrs)})
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < 0:
        raise RuleError("ND301", f"{name} is a whole number of 0 or more, not {plain(value)}", name)
    return int(value)


def _cost(name: str, attrs: Attrs, inputs: Types, outputs: Types) -> Cost | None:
    """A stated cost as it was written; None where none was."""
    if attrs[name] is None:
        return None
    value, text = _count(name, attrs, cost_scope(inputs, outputs)), attrs[name].written
    return (Term((("stated" if text.replace("_", "").isdigit() else text, value),)),)


def _params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost | None:
    return _cost("params", attrs, inputs, outputs)


def _macs(attrs: Attrs, inputs: Types, outputs: Types) -> Cost | None:
    return _cost("macs", attrs, inputs, outputs)


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    """The shapes as they were written, with the values of names put in, and as numbers."""
    name = "out" if attrs["outputs"] is None else "outputs"
    if attrs[name] is None:
        return ("output = input; no shape is stated",)
    texts = dict.fromkeys((attrs[name].written, str(attrs[name])))
    made = [f"{key}: {described(kind)}" if key else described(kind) for key, kind in _outputs(attrs, inputs)]
    return (" = ".join([name, *texts, ", ".join(made)]),)


def _window(attrs: Attrs, inputs: Types) -> Window | None:
    """The stride, where the sizes of the map tell it; what one element sees is only sure of what acts on each alone."""
    source, output = inputs[0], _outputs(attrs, inputs)[0][1]
    if source == output and attrs["category"].partition(".")[0] in ("activation", "norm"):
        return PASS
    pairs = list(zip(source.sizes, output.sizes, strict=False))
    if not pairs or source.spatial != output.spatial:
        return None
    if any(max(pair) % min(pair) for pair in pairs):
        return None
    return Window(None, tuple([_ratio(before, after) for before, after in pairs]))


def _ratio(before: int, after: int) -> Rational:
    if before % after == 0:
        return before // after
    from fractions import Fraction  # late: start-up time

    return Fraction(before, after)


def _stride(window: Window | None) -> str:
    """The stride with its sign: `/2`, `×2` where the map grows."""
    steps = window.stride if window is not None else ()
    if all(step == 1 for step in steps):
        return ""
    grows = all(step <= 1 for step in steps)
    texts = [str(1 / step if grows else step) for step in steps]
    return ("×" if grows else "/") + (texts[0] if len(set(texts)) == 1 else "×".join(texts))


def _face(title: str, own: bool) -> Callable[[Attrs, Types, Types], Face]:
    """The face of an op of that title; one with attributes of its `own` may have a kernel_size."""

    def face(attrs: Attrs, inputs: Types, outputs: Types) -> Face:
        first, kernel = outputs[0], attrs.get("kernel_size", "") if own else ""
        size = "×".join(map(str, kernel)) if isinstance(kernel, tuple) else f"{kernel}×{kernel}" if kernel else ""
        return Face(
            category=attrs["category"],
            kernel=str(kernel) if isinstance(kernel, int) else size,
            size=size,
            out=str(first.size("c") or first.shape[-1]),
            label=", ".join(name for name, _ in _outputs(attrs, inputs) if name),
            stride=_stride(_window(attrs, inputs)),
            title=title,
        )

    return face


def opaque(
    name: str,
    snake: str,
    doc: str,
    *,
    own: tuple[Attr, ...] = (),
    given: Mapping[str, Any] = {},
    title: str = "",
    widths: tuple[str, ...] = (),
) -> OpDef:
    """An op of which a spec states what there is to know.

    `own` are its attributes, which its expressions see, `given` what is stated where it is defined, `title` what a
    figure calls it, and `widths` the attributes that are the width of its output.
    """

    return OpDef(
        name=name,
        snake=snake,
        doc=doc,
        attrs=(*own, *(attr._replace(default=given.get(attr.name, attr.default)) for attr in STATEMENTS)),
        infer=_infer,
        face=_face(title or name, bool(own)),
        widths=widths,
        arity=(1, None),
        params=_params,
        macs=_macs,
        window=_window,
        formula=_formula,
        ports=lambda attrs, inputs: tuple(name for name, _ in _outputs(attrs, inputs) if name),
        fuse=_ROLES.get(str(given.get("category", "")).partition(".")[0], "none"),
    )


_CONV: dict[str, Any] = {"out": {"c": 64, "h": 16, "w": 16}, "params": 1000, "macs": 5000, "category": "conv"}
_BOXES: dict[str, Any] = {"outputs": {"boxes": [100, 4], "scores": [100]}}
_NO_AXIS = "out names the axis t, which the input 3×8×8 (c, h, w) lacks; a list states a shape with other axes"
_OPAQUE = opaque("Opaque", "opaque", "An op that netdraw lacks: its shape and its costs are stated.")
OPS.add(
    _OPAQUE.name,
    _OPAQUE._replace(
        names=elsewhere("torch.autograd.Function", "", "Lambda", "Python"),
        examples=(
            Example(((32, 32, 32),), _CONV, ((64, 16, 16),), params=1000, macs=5000, note="what is stated"),
            Example(((8732, 4), (8732, 21)), _BOXES, ((100, 4), (100,)), note="two outputs; their cost is not counted"),
        ),
        refusals=(Refusal(((3, 8, 8),), {"out": {"t": 8}}, "ND307", _NO_AXIS),),
    ),
)
