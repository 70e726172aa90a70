"""What an op is: one definition holds its attributes, rules, costs, looks, names elsewhere and worked examples."""

from collections.abc import Callable, Mapping
from math import prod
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeAlias, TypeVar

from ..core.errors import Span
from ..core.records import NamedTuple
from ..core.registry import Registry
from .kinds import ValueKind
from .tensor import Shape, TensorType

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
    """A product of named factors. A cost is a sum of terms, so that a count and its explanation are one fact.

    `name` says which of several it is, where the factors do not tell.
    """

    factors: tuple[tuple[str, int], ...]
    name: str = ""

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
    `heads`, `window` and `layers` are numbers that only attention and recurrent layers have; `groups` of heads are
    those that share keys and values.
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
    heads: str = ""
    window: str = ""
    layers: str = ""

    @property
    def traits(self) -> tuple[str, ...]:
        """What tells two nodes of one category and kernel apart, widths aside: the values of TRAITS."""
        return tuple([getattr(self, name) for name in TRAITS])


TRAITS = (
    *("title", "sized", "stride", "groups", "dilation", "padding", "rounding", "axis"),
    *("heads", "window", "layers"),
)
"""The fields of a face that are neither looks nor widths, in the order in which they are told."""


class Example(NamedTuple):
    """A worked example: a test and a line of the manual. The shapes are without batch; see `tensor.written`."""

    inputs: tuple[Shape, ...]
    attrs: Mapping[str, Any]
    outputs: tuple[Shape, ...]
    params: int = 0
    macs: int = 0
    note: str = ""


class Refusal(NamedTuple):
    """What the op cannot do, and what it says: a test and a line of the manual."""

    inputs: tuple[Shape, ...]
    attrs: Mapping[str, Any]
    code: str
    message: str


Fuse = Literal["anchor", "norm", "activation", "none"]
Counts = Literal["", "attention", "recurrent", "matmul"]
"""What a figure says that counts, beside the convolutions and linear layers of which it always does."""


def always(value: T) -> Callable[..., T]:
    """A rule that gives the same for all attributes and types."""
    return lambda *given: value


NO_PORTS: Callable[[Attrs, Types], tuple[str, ...]] = always(())
"""The outputs have numbers only."""


class OpDef(NamedTuple):
    """The one definition of an op.

    `infer` gives the output types or raises RuleError. `params` and `macs` are sums of products, None where they are
    not stated; `macs=None` is an op without a rule. Both are listed as not counted. `window` is None for an op that
    has no stride (a global pool, Flatten). `ports` are the names of the outputs, () where they have numbers only.
    `fuse` says what it may do in a cell: hold others (`anchor`), or join one as `norm` or `activation`. `shifts` tells
    whether it adds a learned offset to each channel, so that a bias before it would do nothing. `arity` is the
    least and the most inputs (None: any number); `carries` how many of them, from the first, hand on elements (None:
    all): a further one only gives a size. `slides_over` is how many of these its window slides over (None: all): a
    further one lies at the output's places. The first of `attrs` is what a short form sets. `inferred` are what PyTorch
    is told and netdraw takes from the input. `widths` are the attributes that say how wide the output is, `follows`
    those that go with the input's channels where they equal them (the groups of a depthwise convolution): a network
    made wider changes these alone. `counts` is what a figure says that counts, for products of
    their own kind.
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
    slides_over: int | None = None
    params: Callable[[Attrs, Types, Types], Cost | None] = always(())
    macs: Callable[[Attrs, Types, Types], Cost | None] | None = always(())
    window: Callable[[Attrs, Types], Window | None] = always(PASS)
    formula: Callable[[Attrs, Types, Types], tuple[str, ...]] = always(())
    ports: Callable[[Attrs, Types], tuple[str, ...]] = NO_PORTS
    fuse: Fuse = "none"
    shifts: Callable[[Attrs], bool] = always(False)
    names: Mapping[str, tuple[str, ...]] = {}
    examples: tuple[Example, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    counts: Counts = ""

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
    *("conv", "norm", "activation", "pool", "adaptive", "elementwise", "shape", "linear"),
    *("cut", "reshape", "transposed", "detection"),
    *("norms", "tokens", "attention", "multihead", "embedding", "recurrent"),
    *("regularisation", "reduction", "rare_activations", "arithmetic"),
    *("upsample", "padding", "signal", "volume", "shuffle", "lppool", "unpool", "deformable"),
    *("matmul", "bilinear", "axes", "gather", "regions", "recurrent_cell", "opaque"),
)
"""The modules that define ops: first those that most networks need, since the others are imported for theirs alone."""

OPS: Registry[OpDef] = Registry("ops", families=[f"{__package__}.families.{family}" for family in FAMILIES])


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
