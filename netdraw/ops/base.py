"""What an op is: one definition holds its attributes, rules, costs, looks, names elsewhere and worked examples."""

from collections.abc import Callable, Mapping
from math import prod
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeAlias, TypeVar

from ..core.errors import Span
from ..core.records import NamedTuple
from ..core.registry import Registry
from .kinds import LARGEST, Stated, TooLargeError, ValueKind
from .tensor import TensorType

if TYPE_CHECKING:
    from fractions import Fraction  # late: start-up time

Attrs = Mapping[str, Any]
Types = tuple[TensorType, ...]
Rational: TypeAlias = "int | Fraction"
"""A stride: a Fraction only where a map grows, and the module is loaded only then."""


T = TypeVar("T")
P = ParamSpec("P")


class RuleError(Exception):
    """A rule cannot be applied to these inputs; `attr` names the attribute at fault, None the op itself.


    `span` is the place in a text of the expression that failed.
    """

    def __init__(self, code: str, message: str, attr: str | None = None, span: Span | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.attr, self.span = code, message, attr, span
        self.others: tuple[RuleError, ...] = ()


def every(*steps: Callable[[], T]) -> list[T]:
    """What the steps of a rule give; raises the RuleErrors of all that fail, in one."""
    found, errors = [], list[RuleError]()
    for step in steps:
        try:
            found.append(step())
        except RuleError as error:
            errors.append(error)
    if errors:
        errors[0].others = tuple(errors[1:])
        raise errors[0]
    return found


class _Required:
    def __repr__(self) -> str:
        return "required"


REQUIRED = _Required()


class Follow(NamedTuple):
    """A default that is another attribute's value: a pooling's stride is its kernel_size."""

    name: str


class Attr(NamedTuple):
    """One attribute: its PyTorch name, the form of its values, its default and what it means."""

    name: str
    kind: ValueKind
    default: Any = REQUIRED
    doc: str = ""
    aliases: Mapping[str, Mapping[Any, Any]] = {}
    """Other names under which it is read, each with a map from the values there to the values here."""


class Term(NamedTuple):
    """A product of named factors. A cost is a sum of terms, so that a count and its explanation are one fact."""

    factors: tuple[tuple[str, int], ...]

    @property
    def value(self) -> int:
        return prod([factor for _, factor in self.factors])


Cost = tuple[Term, ...]


def total(cost: Cost | None) -> int:
    """The number that a cost adds up to; 0 for one that is not known."""
    return sum(term.value for term in cost or ())


class Window(NamedTuple):
    """What one output element sees, one entry a spatial axis of the input: extent (dilation included) and stride.

    An upsampling has the inverse of its factor as stride. An extent that is not known is None.
    """

    extent: tuple[int, ...] | None
    stride: tuple[Rational, ...]


PASS = Window((), ())
"""Sees one element at stride 1 on every axis (element-wise ops, norms, joins)."""


class Face(NamedTuple):
    """What a figure can say of a node; a field that it lacks is empty.

    `kernel` is what stands in the core (`3`, `LRN`, `+`), `size` the full kernel (`3×3`), `out` and `into` channels or
    width. `stride` has its sign: `/2`, `/2×1` where the axes differ, `×2` where the map grows, empty where it is 1;
    `groups` and `dilation` have none. `padding` and `rounding` are those of a window under which a map that the stride
    divides does not come out that much smaller; `sized` is the output's size where that does not depend on the input's;
    `axis` is the one that an op acts along where that is not its default. `label` replaces `out` where the field's
    custom differs (`global`). `title` is what an op without a rule of its own is called, since its looks do not tell.
    """

    category: str
    kernel: str = ""
    size: str = ""
    out: str = ""
    into: str = ""
    stride: str = ""
    groups: str = ""
    dilation: str = ""
    label: str = ""
    name: str = ""
    padding: str = ""
    rounding: str = ""
    sized: str = ""
    axis: str = ""
    title: str = ""

    @property
    def traits(self) -> tuple[str, ...]:
        """What tells two nodes of one category and kernel apart, widths aside: the values of TRAITS."""
        return tuple([getattr(self, name) for name in TRAITS])


TRAITS = ("title", "sized", "stride", "groups", "dilation", "padding", "rounding", "axis")
"""The fields of a face that are neither looks nor widths, in the order in which they are told."""


class Example(NamedTuple):
    """A worked example: a test and a line of the manual. `outputs` are shapes without batch."""

    inputs: tuple[tuple[int, ...], ...]
    attrs: Mapping[str, Any]
    outputs: tuple[tuple[int, ...], ...]
    params: int = 0
    macs: int = 0
    note: str = ""


Fuse = Literal["anchor", "norm", "activation", "none"]


def always(value: T) -> Callable[..., T]:
    """A rule that gives the same for all attributes and types."""
    return lambda *given: value


class OpDef(NamedTuple):
    """The one definition of an op.

    `infer` gives the output types or raises RuleError. `params` and `macs` are sums of products, None where they are
    not stated; `macs=None` is an op without a rule. Both are listed as not counted. `window` is None for an op that
    has no stride (a global pool, Flatten). `ports` are the names of the outputs, () where they have numbers only.
    `fuse` says what it may do in a cell: hold others (`anchor`), or join one as `norm` or `activation`. `arity` is the
    least and the most inputs (None: any number); `carries` how many of them, from the first, hand on elements (None:
    all): a further one only gives a size. The first of `attrs` is what a short form sets. `inferred` are what PyTorch
    is told and netdraw takes from the input. `widths` are the attributes that say how wide the output is, `follows`
    those that go with the input's channels where they equal them (the groups of a depthwise convolution): a network
    made wider changes these alone.
    """

    name: str
    snake: str
    doc: str
    attrs: tuple[Attr, ...]
    infer: Callable[[Attrs, Types], Types]
    face: Callable[[Attrs, Types, Types], Face]
    inferred: tuple[str, ...] = ()
    widths: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    arity: tuple[int, int | None] = (1, 1)
    carries: int | None = None
    params: Callable[[Attrs, Types, Types], Cost | None] = always(())
    macs: Callable[[Attrs, Types, Types], Cost | None] | None = always(())
    window: Callable[[Attrs, Types], Window | None] = always(PASS)
    formula: Callable[[Attrs, Types, Types], tuple[str, ...]] = always(())
    ports: Callable[[Attrs, Types], tuple[str, ...]] = always(())
    fuse: Fuse = "none"
    names: Mapping[str, tuple[str, ...]] = {}
    examples: tuple[Example, ...] = ()

    @property
    def bare(self) -> str:
        """How a layer of it is written without attributes; a join says what it reads."""
        return f"{self.name}: {{from: [a, b]}}" if self.arity[0] > 1 else f"- {self.name}"

    def attr(self, name: str) -> Attr | None:
        """The attribute that is read under that name, an alias included, or None."""
        for attr in self.attrs:
            if attr.name == name:
                return attr
        return next((attr for attr in self.attrs if name in attr.aliases), None)

    def counted(self, attrs: Attrs, inputs: Types, outputs: Types) -> Cost | None:
        """The MACs, None where they are not known."""
        return None if self.macs is None else self.macs(attrs, inputs, outputs)


FAMILIES = (
    *("conv", "norm", "activation", "pool", "elementwise", "shape", "linear"),
    *("cut", "reshape", "transposed", "detection", "opaque"),
)
"""The modules that define ops: first those that most networks need, since the others are imported for theirs alone."""

OPS: Registry[OpDef] = Registry("ops", families=[f"{__package__}.{family}" for family in FAMILIES])


def registered(make: Callable[P, OpDef]) -> Callable[P, OpDef]:
    """What makes an op, and adds it to the registry under its name."""

    def define(*args: P.args, **fields: P.kwargs) -> OpDef:
        op = make(*args, **fields)
        return OPS.add(op.name, op)

    return define


define = registered(OpDef)


def elsewhere(
    pytorch: str, onnx: str, keras: str, caffe: str, tensorflow: str = "", darknet: str = ""
) -> Mapping[str, tuple[str, ...]]:
    """The names of an op in other tools, with spaces between several."""
    tools = {"pytorch": pytorch, "onnx": onnx, "keras": keras, "caffe": caffe}
    tools |= {tool: names for tool, names in (("tensorflow", tensorflow), ("darknet", darknet)) if names}
    return {tool: tuple(names.split()) for tool, names in tools.items()}


def whole(value: Rational) -> Rational:
    """The same number, as an int where it is one."""
    return value.numerator if value.denominator == 1 else value


def same_type(attrs: Attrs, inputs: Types) -> Types:
    """The shape rule of ops that change no shape."""
    return (inputs[0],)


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
    if is_first and op.arity[0] > 1 and isinstance(value, list | tuple):
        return f"; write '{op.bare}'"
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
        for axis, size in zip(output.axes, output.shape, strict=True):
            if size > LARGEST:
                message = f"{op.name} gives {output} ({', '.join(output.axes)}): {axis} is larger than 10^9"
                raise RuleError("ND505", f"{message}, the limit of any size")
    return outputs


def check_count(op: OpDef, count: int) -> None:
    """Raises RuleError (ND311) where an op does not take so many inputs."""
    least, most = op.arity
    if count < least or (most is not None and count > most):
        takes = f"{least} or more inputs" if most is None else f"{most} input{'s' if most != 1 else ''}"
        raise RuleError("ND311", f"{op.name} takes {takes}, not {count}")


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
