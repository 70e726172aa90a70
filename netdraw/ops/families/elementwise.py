"""Element by element: Add, Mul; and Parameter, which most often is added. Broadcasting: PyTorch's, of equal ranks."""

from __future__ import annotations

from collections.abc import Callable

from .. import kinds
from ..base import Attr, Attrs, Cost, Example, Face, Fuse, Refusal, RuleError, Term, Types, always, define, elsewhere
from ..common import AXIS_NAMES, described
from ..tensor import TensorType, by_length


def joined(name: str, first: TensorType, second: TensorType) -> TensorType:
    """The broadcast of two types; raises ND308 where an axis differs and neither size is 1."""
    if first.axes != second.axes:
        message = f"{name} cannot join {described(first)} and {described(second)}; all inputs need the same axes"
        raise RuleError("ND308", message + (_repair(first, second) or _repair(second, first)))
    pairs = list(zip(first.axes, first.shape, second.shape, strict=True))
    unequal = [f"{AXIS_NAMES[axis]} {a} and {b}" for axis, a, b in pairs if a != b and 1 not in (a, b)]
    if unequal:
        message = f"{name} cannot join {first} and {second}: {', '.join(unequal)}"
        raise RuleError("ND308", f"{message}; sizes must be equal, or 1")
    # Sizes are 1 or more, so the larger of two is the other where one is 1.
    return first._replace(shape=tuple(max(a, b) for _, a, b in pairs))


def _repair(first: TensorType, second: TensorType) -> str:
    """What to write before the second of two types, so that it has the axes of the first; empty where nobody knows."""
    before = f" before {described(second)}"
    if sorted(first.axes) == sorted(second.axes):
        return f": write Permute: {{dims: [{', '.join(first.axes)}]}}{before}"
    if second.axes == "c" and "c" in first.axes:
        sizes = [str(second.shape[0]) if axis == "c" else "1" for axis in first.axes]
        named = ", ".join(f"{axis}: {size}" for axis, size in zip(first.axes, sizes, strict=True))
        plain = by_length((1,) * len(sizes)).axes == first.axes
        shape = f"[{', '.join(sizes)}]" if plain else f"{{{named}}}"
        return f": write Reshape: {{shape: {shape}}}{before}"
    if first.axes == "tc" and second.axes in ("chw", "cdhw"):
        return f": write Tokens{before}"
    return ""


def broadcast(name: str) -> Callable[[Attrs, Types], Types]:
    """The shape rule of an op that joins all its inputs element by element."""

    def infer(attrs: Attrs, inputs: Types) -> Types:
        made = inputs[0]
        for other in inputs[1:]:
            made = joined(name, made, other)
        return (made,)

    return infer


def repeated(attrs: Attrs, inputs: Types, outputs: Types) -> tuple[str, ...]:
    """The line on what was broadcast, where anything was."""
    if all(source.shape == outputs[0].shape for source in inputs):
        return ()
    return (f"axes of size 1 are repeated: {' and '.join(map(str, inputs))} give {outputs[0]}",)


def join(
    name: str,
    doc: str,
    look: tuple[str, str],
    others: tuple[str, ...],
    *examples: Example,
    fuse: Fuse = "none",
    most: int | None = None,
) -> None:
    """An op that joins `most` inputs element by element, drawn as its `look`, a category and a sign; `others` are its
    names from ONNX on.
    """
    category, sign = look
    define(
        name=name,
        snake=name.lower(),
        doc=doc,
        attrs=(),
        infer=broadcast(name),
        face=always(Face(category=category, kernel=sign)),
        arity=(2, most),
        formula=repeated,
        fuse=fuse,
        names=elsewhere(f"torch.{name.lower()}", *others),
        examples=examples,
        refusals=(
            Refusal(
                ((64, 56, 56), (64, 28, 28)),
                {},
                "ND308",
                f"{name} cannot join 64×56×56 and 64×28×28: height 56 and 28, width 56 and 28; "
                "sizes must be equal, or 1",
            ),
            Refusal(
                ((512, 7, 7), (512,)),
                {},
                "ND308",
                f"{name} cannot join 512×7×7 (c, h, w) and 512 (c); all inputs need the same axes: "
                "write Reshape: {shape: [512, 1, 1]} before 512 (c)",
            ),
        ),
    )


join(
    "Add",
    "The element-wise sum of two or more inputs. An axis of size 1 is broadcast.",
    ("add", "+"),
    ("Add", "Add", "Eltwise", "tf.add AddV2", "shortcut"),
    Example(((24, 56, 56), (24, 56, 56)), {}, ((24, 56, 56),), note="a residual"),
    Example(((197, 768), (1, 768)), {}, ((197, 768),), note="one row added to every token"),
    Example(((8, 4, 4), (8, 4, 4), (8, 4, 4)), {}, ((8, 4, 4),), note="three inputs"),
    fuse="anchor",
)
join(
    "Mul",
    "The element-wise product of two or more inputs. An axis of size 1 is broadcast.",
    ("mul", "×"),
    ("Mul", "Multiply", "Eltwise", "tf.multiply"),
    Example(((96, 56, 56), (96, 1, 1)), {}, ((96, 56, 56),), note="a squeeze-excite gate"),
    Example(((16, 1, 8), (16, 4, 1)), {}, ((16, 4, 8),), note="both grow"),
)


def _parameter_infer(attrs: Attrs, inputs: Types) -> Types:
    pairs = attrs["shape"]
    return (TensorType(tuple(size for _, size in pairs), "".join(axis for axis, _ in pairs)),)


def _parameter_params(attrs: Attrs, inputs: Types, outputs: Types) -> Cost:
    return (Term(tuple((AXIS_NAMES[axis], size) for axis, size in attrs["shape"])),)


_SHAPE = kinds.shape()
_FIVE = f"shape expects {_SHAPE.expects}, not [1, 2, 3, 4, 5]"
define(
    name="Parameter",
    snake="parameter",
    doc="A learned tensor without an input: a class token, positions.",
    attrs=(Attr("shape", _SHAPE, doc="its sizes without batch: [t, c], or by letters, {t: 1, c: 768}"),),
    infer=_parameter_infer,
    face=lambda attrs, inputs, outputs: Face(category="parameter", label=str(outputs[0])),
    arity=(0, 0),
    params=_parameter_params,
    names=elsewhere("torch.nn.Parameter", "Constant", "add_weight", ""),
    examples=(
        Example((), {"shape": [1, 768]}, ((1, 768),), params=768, note="a class token"),
        Example((), {"shape": {"t": 197, "c": 768}}, ((197, 768),), params=151296, note="positions, by letters"),
    ),
    refusals=(
        Refusal((), {"shape": [2, 3, 4, 5, 6]}, "ND301", f"shape expects {_SHAPE.expects}, not [2, 3, 4, 5, 6]"),
    ),
)
