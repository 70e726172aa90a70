"""How an op's rules are asked: values are read, defaults filled in, types inferred, with the limits of any network."""

from collections.abc import Mapping
from typing import Any

from .base import Attr, Attrs, Follow, OpDef, Refusal, RuleError, Types
from .kinds import LARGEST, Stated, TooLargeError


def plain(value: Any) -> str:
    """A value as a person would write it in a spec, at most about 60 characters."""
    if value is None or isinstance(value, bool):
        return {None: "nothing", True: "true", False: "false"}[value]
    if isinstance(value, int) and abs(value) >= 10**18:
        return "a number of more than 18 digits"
    if type(value) in (list, tuple):  # Not a NamedTuple: an op as a value may be one, and says itself what it is.
        text = f"[{', '.join(plain(item) for item in value[:9])}{', …' if len(value) > 9 else ''}]"
    elif isinstance(value, Mapping):
        text = f"{{{', '.join(f'{key}: {plain(item)}' for key, item in value.items())}}}"
    else:
        text = str(value)
    short = text if len(text) <= 60 else text[:59] + "…"
    return f"'{short}'" if isinstance(value, str) else short


def read(op: OpDef, attr: Attr, value: Any, written: str = "") -> Any:
    """The value in its stored form; `written` is the name in the text where that is an alias.

    Raises RuleError: ND301 where the form is wrong, ND505 where a size is beyond the limit.
    """
    name = written or attr.name
    if name in attr.aliases:
        known = attr.aliases[name]
        for word, stored in known.items():
            if type(word) is type(value) and word == value:
                return stored
        expects = " or ".join(map(plain, known))
        raise RuleError("ND301", f"{name} expects {expects}, not {plain(value)}", attr.name)
    try:
        return attr.kind.read(value)
    except TooLargeError:
        message = f"{name} of {op.name} is {plain(value)}, larger than 10^9, the limit of any size or count"
        raise RuleError("ND505", message, attr.name) from None
    except ValueError as error:
        tail = error.args[0] if error.args else _hint(op, attr, value)
        raise RuleError("ND301", f"{name} expects {attr.kind.expects}, not {plain(value)}{tail}", attr.name) from None


def _hint(op: OpDef, attr: Attr, value: Any) -> str:
    """What is written instead of a value that another tool would take; empty where nothing is known."""
    is_first, is_number = attr == op.attrs[0], isinstance(value, int) and not isinstance(value, bool)
    if is_first and op.arity[1] not in (0, 1) and isinstance(value, list | tuple):
        return f"; write '{op.name}: {{from: [a, b]}}'"
    if is_first and op.inferred and not op.widths and is_number:
        return f"; {op.inferred[0]} is inferred, leave it out: '{op.bare}'"
    meant = attr.kind.meant(value)
    return "" if meant is None else f"; write {meant}"


def infer(op: OpDef, attrs: Attrs, inputs: Types) -> Types:
    """The output types, by the op's rule; the one door for builder and importers.

    Raises RuleError: what the rule raises, ND311 for a wrong number of inputs, ND505 for a size beyond the limit.
    """
    check_count(op, len(inputs))
    outputs = op.infer(attrs, inputs)
    for output in outputs:
        if max(output.shape, default=0) > LARGEST:
            axis = next(axis for axis, size in zip(output.axes, output.shape, strict=True) if size > LARGEST)
            message = f"{op.name} gives {output} ({', '.join(output.axes)}): {axis} is larger than 10^9"
            raise RuleError("ND505", f"{message}, the limit of any size")
    return outputs


def check_count(op: OpDef, count: int) -> None:
    """Raises RuleError (ND311) where an op does not take so many inputs."""
    least, most = op.arity
    if count < least or (most is not None and count > most):
        raise RuleError("ND311", _count_message(op, count))


def _count_message(op: OpDef, count: int) -> str:
    least, most = op.arity
    counts = f"{least} or more" if most is None else str(least)
    if most is not None and most > least:
        counts = f"{least} {'or' if most == least + 1 else 'to'} {most}"
    return f"{op.name} takes {counts} input{'s' if counts != '1' else ''}, not {count}"


def refused(op: OpDef) -> tuple[Refusal, ...]:
    """What the op cannot do; of one that can do with anything, another number of inputs."""
    if op.refusals or not op.examples:
        return op.refusals
    inputs, attrs = op.examples[0].inputs, op.examples[0].attrs
    inputs = inputs[: op.arity[0] - 1] if op.arity[1] is None else (*inputs, inputs[-1])
    return (Refusal(inputs, attrs, "ND311", _count_message(op, len(inputs))),)


def complete(op: OpDef, values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` in the op's order with the defaults filled in; what is required must be there."""
    attrs: dict[str, Any] = {}
    for attr in op.attrs:
        attrs[attr.name] = values[attr.name] if attr.name in values else default_of(attr, attrs)
    return attrs


def default_of(attr: Attr, attrs: Attrs) -> Any:
    """The value of an attribute that is not given, from those before it. Raises RuleError."""
    if isinstance(attr.default, Follow):
        return attrs.get(attr.default.name)
    if not isinstance(attr.default, Stated) or attr.kind.stated:
        return attr.default
    value = attr.default.run(attrs)
    try:
        return attr.kind.read(value)
    except ValueError:
        message = f"{attr.name} expects {attr.kind.expects}, not {plain(value)}"
        raise RuleError("ND301", message, attr.name) from None
