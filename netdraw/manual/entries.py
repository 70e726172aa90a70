"""The manual of codes, ops and blocks, from their definitions alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from ..core import resources
from ..core.numbers import grouped
from ..core.records import NamedTuple
from ..ops import OPS, OpDef
from ..ops.base import REQUIRED, Attr, Example, Follow, Refusal
from ..ops.rules import refused
from ..ops.tensor import Shape, TensorType, by_length
from ..ops.tensor import written as typed
from ..spec.advice.hints import meant
from ..spec.keywords import is_cap_word
from ..spec.library import library_block, library_names, library_text
from ..spec.model import Block, Param
from ..spec.statements import value_text
from ..tables.summary.phrases import written


class Code(NamedTuple):
    """The title of a code, and a text of several lines: what it means, an example, what to write."""

    title: str
    text: str


_HEAD = re.compile(r"(ND\d{3}): (\S.*)")


@cache
def codes() -> dict[str, Code]:
    """What every code of a fault means, in order."""
    return read_codes(resources.read_text(resources.package_path("core", "codes.md")))


def read_codes(document: str) -> dict[str, Code]:
    """The codes of a document: heads such as `## ND001: no such file`, in order, with a text below each.

    Blank lines are left out. Raises ValueError, with the head, where the document has another form.
    """
    found: dict[str, Code] = {}
    for part in re.split(r"^## ", document, flags=re.MULTILINE)[1:]:
        head, *lines = [line.rstrip() for line in part.splitlines() if line.strip()]
        match = _HEAD.fullmatch(head)
        if match is None or not lines or any(line.startswith("#") for line in lines):
            raise ValueError(f"'## {head}' is not of the form '## ND001: title' with a text, and no other head, below")
        if match[1] <= max(found, default=""):
            raise ValueError(f"'## {head}' does not stand in the order of the codes")
        found[match[1]] = Code(match[2], "\n".join(lines))
    return found


def subjects() -> list[str]:
    """Everything that has an entry."""
    return [*codes(), *OPS.names(), *library_names()]


def meant_by(subject: str) -> str:
    """The tail of a message on a subject without an entry: what it is called here."""
    return meant(subject, [*OPS.names(), *library_names()], codes())


def entry(subject: str) -> str | None:
    """The entry of a code, an op or a library block; None where there is none."""
    code = codes().get(subject.upper())
    if code is not None:
        return f"{subject.upper()}  {code.title}\n\n{code.text}\n"
    block = library_block(subject) if is_cap_word(subject) else None
    if block is not None:
        return block_entry(block)
    op = OPS.get(subject)
    return None if op is None else op_entry(op)


def op_entry(op: OpDef) -> str:
    """An op: what it does, its attributes, inputs, axes, names elsewhere, worked examples, and what it refuses."""
    lines = [op.name, "", op.doc, ""]
    lines += _table([(attr.name, default_text(attr), _about(attr)) for attr in op.attrs], "attributes")
    lines += [f"inputs: {_arity(op)}", f"axes: {'; '.join(axes_of(op))}", f"MACs: {_counted(op)}"]
    elsewhere = [f"{tool} {', '.join(names)}" for tool, names in op.names.items() if names]
    lines += [f"elsewhere: {'; '.join(elsewhere)}"] if elsewhere else []
    lines += ["", "examples:", *(f"  {example_text(op, example)}" for example in op.examples)] if op.examples else []
    lines += ["", "refuses:", *(f"  {refusal_text(one)}" for one in refused(op))]
    return "\n".join([*lines, ""])


def _table(rows: list[tuple[str, str, str]], title: str) -> list[str]:
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
    shown = [f"  {name:{widths[0]}}  {default:{widths[1]}}  {about}".rstrip() for name, default, about in rows]
    return [f"{title} (the first is what the short form sets):", *shown, ""]


def _about(attr: Attr) -> str:
    aliases = f"; also written {', '.join(attr.aliases)}" if attr.aliases else ""
    return f"{attr.doc}: {attr.kind.expects}{aliases}" if attr.doc else f"{attr.kind.expects}{aliases}"


def default_text(attr: Attr) -> str:
    """The default as it would be written; `required` where there is none."""
    if attr.default is REQUIRED:
        return "required"
    return attr.default.name if isinstance(attr.default, Follow) else _short(attr.default)


def _short(value: Any) -> str:
    """A value in its short form: one number where all axes have the same."""
    if isinstance(value, tuple) and value and all(item == value[0] for item in value):
        return written(value[0])
    return written(value)


def _counted(op: OpDef) -> str:
    if op.macs is None:
        return "not counted, since the op has no rule"
    return "counted" if any(example.macs for example in op.examples) else "none, by the convention"


def _arity(op: OpDef) -> str:
    least, most = op.arity
    if most is None:
        return f"{least} or more"
    return str(least) if least == most else f"{least} to {most}"


def example_text(op: OpDef, example: Example) -> str:
    """`3×224×224 → 64×112×112, {out_channels: 64, kernel_size: 7}: 9,408 params, 118,013,952 MACs (a stem)`."""
    costs = [f"{grouped(example.params)} params"] if example.params else []
    costs += [f"{grouped(example.macs)} MACs"] if example.macs else []
    note = f" ({example.note})" if example.note else ""
    given = f"{shapes_text(example.inputs)} → {shapes_text(example.outputs)}{_attrs_text(example)}"
    return f"{given}{': ' if costs else ''}{', '.join(costs)}{note}"


def refusal_text(refusal: Refusal) -> str:
    """`10, {kernel_size: 3}: ND307 MaxPool2d needs the axes …`."""
    return f"{shapes_text(refusal.inputs)}{_attrs_text(refusal)}: {refusal.code} {refusal.message}"


def shapes_text(shapes: Iterable[Shape]) -> str:
    """`96×56×56 and 96×1×1`, `64×100 (c, t)` where the axes do not follow from their number; `nothing` for none."""
    return " and ".join(_shape_text(typed(shape), isinstance(shape, Mapping)) for shape in shapes) or "nothing"


def _shape_text(kind: TensorType, lettered: bool) -> str:
    return f"{kind} ({', '.join(kind.axes)})" if lettered and kind != by_length(kind.shape) else str(kind)


def axes_of(op: OpDef) -> list[str]:
    """What it reads and gives in the worked examples, each once: `c, h, w → c`."""

    def axes(shapes: Iterable[Shape]) -> str:
        return " and ".join(dict.fromkeys(", ".join(typed(shape).axes) for shape in shapes)) or "nothing"

    return list(dict.fromkeys(f"{axes(one.inputs)} → {axes(one.outputs)}" for one in op.examples))


def _attrs_text(shown: Example | Refusal) -> str:
    attrs = ", ".join(f"{key}: {_yaml(value)}" for key, value in shown.attrs.items())
    return f", {{{attrs}}}" if attrs else ""


def _yaml(value: Any) -> str:
    """A value as the spec language writes it."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_yaml, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_yaml(item)}' for key, item in value.items())}}}"
    return written(value)


def block_entry(block: Block) -> str:
    """A library block: what it does, its params, and its text."""
    rows = [(param.name, param_text(param), "") for param in block.params]
    text = [f"  {line}" for line in library_text(block).splitlines()]
    return "\n".join([block.name, "", block.doc, "", *_table(rows, "params"), "text:", *text, ""])


def param_text(param: Param) -> str:
    """The default of a param as it is written; `required` where there is none."""
    return "required" if param.default is None else value_text(param.default)


def schemas() -> dict[str, Callable[[], dict[str, Any]]]:
    """What makes the JSON Schema of specs, and that of themes."""
    from ..spec.schema import schema as spec  # late: start-up time
    from ..themes.schema import schema as theme  # late: start-up time

    return {"spec": spec, "theme": theme}
