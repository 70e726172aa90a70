"""What a spec file says, checked in form and not yet evaluated. Content only: no looks."""

from typing import Any

from ..core.errors import Span
from ..core.records import NamedTuple
from .expressions.expr import Expr


class _Poison:
    """The value that stands where one could not be read or evaluated; the fault is noted."""


POISON: Any = _Poison()


class Const(NamedTuple):
    """A number or a truth value as written."""

    value: Any
    span: Span


class Formula(NamedTuple):
    """An expression; a bare word is one too, judged where it arrives."""

    expr: Expr
    text: str
    span: Span


class ListValue(NamedTuple):
    """A list of values."""

    items: "tuple[Value, ...]"
    span: Span


class LetterMap(NamedTuple):
    """Sizes by the letters of their axes, `{t: 64, c: 512}`, or shapes by name, `{boxes: [100, 4]}`."""

    items: "tuple[tuple[str, Value], ...]"
    span: Span


class OpValue(NamedTuple):
    """An op or block as a value: `ReLU6`, `{LeakyReLU: 0.1}`; `none` is the one that gives no layer."""

    name: str
    args: "Args"
    span: Span


Value = Const | Formula | ListValue | LetterMap | OpValue


class Arg(NamedTuple):
    """One written argument; `name` is "" for the short form, which sets the first attribute."""

    name: str
    value: Value
    span: Span


Args = tuple[Arg, ...]


class Source(NamedTuple):
    """One entry of `from`: a name or `input`, maybe with a port (`x:p3`), or a step back.

    `path` leads on into what is so named: to a member of a repeat (`x.2`), or a name inside (`encoder.e1`).
    """

    name: str
    step: int
    path: tuple[str, ...]
    port: str
    text: str
    span: Span


class ResidualRule(NamedTuple):
    """`residual` on a block, a group or a call; the value of `rule` is one of RULES.

    An empty `shortcut` means the default projection.
    """

    rule: Value
    span: Span
    shortcut: "tuple[Layer, ...]" = ()
    shortcut_from: Source | None = None
    after: "tuple[Layer, ...]" = ()


class Common(NamedTuple):
    """The reserved words that may stand beside a layer. `segment` is its part of the id path."""

    segment: str
    span: Span
    name: str | None = None
    label: str | None = None
    sources: tuple[Source, ...] | None = None
    when: Value | None = None
    repeat: Value | None = None
    residual: ResidualRule | None = None
    shares: Source | None = None


class Call(NamedTuple):
    """An op or block by its name (CapWord), or the one that a param holds (snake_case)."""

    common: Common
    target: str
    args: Args


class GroupLayer(NamedTuple):
    """`- layers: [...]`; `outputs` name values inside."""

    common: Common
    layers: "tuple[Layer, ...]"
    outputs: tuple[tuple[str, Source], ...] = ()


class Column(NamedTuple):
    """One column of `stages`: the letter (or attribute) over its cells, and the attribute it sets.

    `formula` is over the letter where the column says `{out: divisible(c * width)}`.
    """

    letter: str
    target: str
    formula: Value | None
    span: Span


class Stages(NamedTuple):
    """`- stages: BLOCK` with a table: a row each, its cells in the order of the columns."""

    common: Common
    block: Value
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    cells: tuple[Value, ...]
    """Where the columns are a map of lists: one value a column, lists or scalars, evaluated as a whole."""
    first_only: tuple[str, ...]


class Branch(NamedTuple):
    """One branch of `parallel` or one head: its key and its layers; none is the identity.

    It is there only if `when` holds, and `repeat` times, all reading the same.
    """

    key: str
    layers: "tuple[Layer, ...]"
    span: Span
    when: Value | None = None
    repeat: Value | None = None


class Parallel(NamedTuple):
    """`- parallel: {name: [...]}` with `join`."""

    common: Common
    branches: tuple[Branch, ...]
    join: Value


class Heads(NamedTuple):
    """`- heads: {name: [...]}`: branches without a join, each a named output."""

    common: Common
    branches: tuple[Branch, ...]


Layer = Call | GroupLayer | Stages | Parallel | Heads


class Param(NamedTuple):
    """A param of a file or block; no default means required."""

    name: str
    default: Value | None
    span: Span


class Requirement(NamedTuple):
    """What must hold when a block is entered; where it does not, that is the fault of `param`.

    `said` tells why: names in braces stand for their values.
    """

    param: str
    that: Value
    said: str


class Block(NamedTuple):
    """A block definition. `inputs` are its ports, the first the chain; `outputs` name values inside."""

    name: str
    params: tuple[Param, ...]
    let: tuple[Arg, ...]
    residual: ResidualRule | None
    inputs: tuple[str, ...]
    outputs: tuple[tuple[str, Source], ...]
    layers: tuple[Layer, ...]
    span: Span
    library: bool = False
    doc: str = ""
    require: tuple[Requirement, ...] = ()


class OpStatement(NamedTuple):
    """The definition of an op. `given` is what it states, by name; its expressions see the attributes and the input."""

    name: str
    attributes: tuple[Param, ...]
    given: tuple[tuple[str, Value], ...]
    label: str
    doc: str
    span: Span


class Variant(NamedTuple):
    """A named set of params, and the parts of the header that it replaces."""

    name: str
    params: tuple[Arg, ...]
    header: "Header"
    span: Span


class Results(NamedTuple):
    """What the trained network reaches, by someone else's measure: `source` says whose.

    `top1` is the share of ImageNet-1k's validation images whose first guess is right, in per cent.
    """

    top1: float
    source: str


class Header(NamedTuple):
    """What a spec says of itself; None or empty where it says nothing."""

    title: str | None = None
    year: int | None = None
    source: str | None = None
    links: tuple[tuple[str, str], ...] = ()
    about: tuple[tuple[str, str], ...] = ()
    expect: tuple[tuple[str, int], ...] = ()
    results: Results | None = None


class InputDef(NamedTuple):
    """One input of the network: sizes by axis letter, or by length where `axes` is empty."""

    name: str
    axes: str
    sizes: tuple[Value, ...]
    span: Span


class Spec(NamedTuple):
    """One file."""

    path: str
    name: str
    header: Header
    params: tuple[Param, ...]
    inputs: tuple[InputDef, ...]
    outputs: tuple[tuple[str, Source], ...]
    defaults: tuple[OpValue, ...]
    blocks: tuple[Block, ...]
    ops: tuple[OpStatement, ...]
    layers: tuple[Layer, ...]
    variants: tuple[Variant, ...]
    aliases: tuple[tuple[str, str], ...]
    span: Span
    require: tuple[Requirement, ...] = ()
    uses: tuple[str, ...] = ()
    """The ops and blocks that the text calls or holds as values, a block's calls of itself left out; sorted."""
    is_whole: bool = True
    """Whether all of the text could be read; where it could not, that something is missing proves nothing."""

    def variant(self, name: str) -> Variant | None:
        """The variant of that name, or None."""
        return next((variant for variant in self.variants if variant.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        found: dict[str, Any] = _plain(self)
        return {key: value for key, value in found.items() if key not in ("uses", "is_whole")}


_KINDS: dict[type, str] = {
    Call: "call", GroupLayer: "layers", Stages: "stages", Parallel: "parallel", Heads: "heads", OpValue: "op",
}  # fmt: skip


def _plain(value: Any) -> Any:
    """Plain data for JSON: numbers as such, expressions as their text, places as texts; all else by its fields."""
    if isinstance(value, Const):
        return value.value
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, Span):
        return str(value)
    if isinstance(value, ListValue):
        return [_plain(item) for item in value.items]
    if isinstance(value, LetterMap):
        return {letter: _plain(item) for letter, item in value.items}
    if not isinstance(value, tuple):
        return value
    fields = getattr(value, "_fields", None)
    if not fields:
        return [_plain(item) for item in value]
    named = {name: _plain(item) for name, item in zip(fields, value, strict=True)}
    kind = _KINDS.get(type(value))
    return {"kind": kind, **named} if kind else named
