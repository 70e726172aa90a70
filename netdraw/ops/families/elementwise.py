"""Element by element: Add, Mul; and Parameter, which most often is added. Broadcasting: PyTorch's, of equal ranks."""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Fuse, RuleError, Term, Types, always, define, elsewhere
from ..common import AXIS_NAMES, described
from ..tensor import TensorType


def _joined(name: str, first: TensorType, second: TensorType) -> TensorType:
    """The broadcast of two types; raises ND308 where an axis differs and neither size is 1."""
    if first.axes != second.axes:
        message = f"{name} cannot join {described(first)} and {described(second)}; all inputs need the same axes"
        raise RuleError("ND308", message)
    pairs = list(zip(first.axes, first.shape, second.shape, strict=True))
    unequal = [f"{AXIS_NAMES[axis]} {a} and {b}" for axis, a, b in pairs if a != b and 1 not in (a, b)]
    if unequal:
        message = f"{name} cannot join {first} and {second}: {', '.join(unequal)}"
        raise RuleError("ND308", f"{message}; sizes must be equal, or 1")
    # Sizes are 1 or more, so the larger of two is the other where one is 1.
    return first._replace(shape=tuple(max(a, b) for _, a, b in pairs))


def _infer(name: str) -> Callable[[Attrs, Types], Types]:
    def infer(attrs: Attrs, inputs: Types) -> Types:
        made = inputs[0]
        for other in inputs[1:]:
            made = _joined(name, made, other)
        return (made,)

    return infer


def _formula(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    if all(source.shape == outputs[0].shape for source in inputs):
        return ()
    return (f"axes of size 1 are repeated: {' and '.join(map(str, inputs))} give {outputs[0]}",)


def _join(name: str, doc: str, sign: str, fuse: Fuse, others: tuple[str, ...], *examples: Example) -> None:
    """An op that joins inputs element by element, drawn as its sign; `others` are its names from Keras on."""
    define(
        name=name,
        snake=name.lower(),
        doc=doc,
        attrs=(),
        infer=_infer(name),
        face=always(Face(category=name.lower(), kernel=sign)),
        arity=(2, None),
        formula=_formula,
        fuse=fuse,
        names=elsewhere(f"torch.{name.lower()}", name, *others),
        examples=examples,
    )


_join(
    "Add",
    "The element-wise sum of two or more inputs. An axis of size 1 is broadcast.",
    "+",
    "anchor",
    ("Add", "Eltwise", "tf.add AddV2", "shortcut"),
    Example(((24, 56, 56), (24, 56, 56)), {}, ((24, 56, 56),), note="a residual"),
    Example(((197, 768), (1, 768)), {}, ((197, 768),), note="one row added to every token"),
    Example(((8, 4, 4), (8, 4, 4), (8, 4, 4)), {}, ((8, 4, 4),), note="three inputs"),
)
_join(
    "Mul",
    "The element-wise product of two or more inputs. An axis of size 1 is broadcast.",
    "×",
    "none",
    ("Multiply", "Eltwise", "tf.multiply"),
    Example(((96, 56, 56), (96, 1, 1)), {}, ((96, 56, 56),), note="a squeeze-excite gate"),
    Example(((16, 1, 8), (16, 4, 1)), {}, ((16, 4, 8),), note="both grow"),
)


def _parameter_infer(attrs: Attrs, inputs: Types) -> Types:
    pairs = attrs["shape"]
    return (TensorType(tuple(size for _, size in pairs), "".join(axis for axis, _ in pairs)),)


def _parameter_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term(tuple((AXIS_NAMES[axis], size) for axis, size in attrs["shape"])),)


define(
    name="Parameter",
    snake="parameter",
    doc="A learned tensor without an input: a class token, positions.",
    attrs=(Attr("shape", kinds.shape(), doc="its sizes without batch: [t, c], or by letters, {t: 1, c: 768}"),),
    infer=_parameter_infer,
    face=lambda attrs, inputs, outputs: Face(category="parameter", label=str(outputs[0])),
    arity=(0, 0),
    params=_parameter_params,
    names=elsewhere("torch.nn.Parameter", "Constant", "add_weight", ""),
    examples=(
        Example((), {"shape": [1, 768]}, ((1, 768),), params=768, note="a class token"),
        Example((), {"shape": {"t": 197, "c": 768}}, ((197, 768),), params=151296, note="positions, by letters"),
    ),
)
