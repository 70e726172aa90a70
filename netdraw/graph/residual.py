"""The residual rule: adds if and only if the stride is 1 and channels and sizes match, all on resolved values."""

from __future__ import annotations

from collections.abc import Callable

from ..core.errors import Span
from ..core.records import NamedTuple
from ..ops import OPS
from ..ops.tensor import TensorType
from ..spec.keywords import RULES
from ..spec.model import Common, Const, Formula, Layer, ResidualRule
from ..spec.residual import no_rule
from .context import Context, ListBuilder, Site
from .model import Done, Group, Node, Reason, Ref, Residual
from .paths import DisagreeError, Strides, block_stride
from .values import Bound, Env, OpRef, Silent
from .wiring import Chain, Outcome

ADD, PROJECTION = "Add", "ConvBNAct"
"""The op that adds, and the library block that projects by default."""


class _Decision(NamedTuple):
    """What to do at the end of a block, by which rule, why the input is not added as it is, and the block's stride."""

    rule: str
    done: Done
    reason: Reason | None
    stride: Strides


class Residuals:
    """Builds the inside of blocks and groups; `build` builds a list of layers, `call` calls a block."""

    def __init__(
        self, context: Context, build: ListBuilder, call: Callable[[str, dict[str, Bound], Site], Outcome]
    ) -> None:
        self.context = context
        self.state = context.state
        self.build = build
        self.call = call

    def body(
        self, layers: tuple[Layer, ...], rule: ResidualRule | None, at: int, chain: Chain, site: Site, scope: Env
    ) -> Ref:
        """What a block or group gives under its rule: its end, the add, or what stands after it.

        `at` is its place among the groups; `chain` is its list, `site` its own place, `scope` has the rule's names.
        """
        if rule is None:
            return self.build(layers, site.env, chain, site.inside)
        first, word = len(self.state.nodes), self._word(rule, scope)
        end, site = self.build(layers, site.env, chain, site.inside), site._replace(env=scope)
        decision = self._decide(word, rule.span, first, chain)
        if decision is None:
            return end
        if decision.done == "none":
            done = Residual(rule=word, done="none", reason=decision.reason, written=_written(rule))
            self.state.note(at, residual=done)
        else:
            end = self._add(rule, decision, at, chain, site)
        if not rule.after:
            return end
        id = chain.free_id(site.id + ".", "after")
        self.state.group(Group(id=id, kind="after", parent=site.id, span=rule.span))
        return self.build(rule.after, site.env, Chain(end, rule.after, chain), site.place.inside(id))

    def _word(self, rule: ResidualRule, scope: Env) -> str:
        """One of RULES; `none` where the value is no rule, which is noted."""
        try:
            value, span = self.context.evaluator.value(rule.rule, scope, frozenset(RULES))
        except Silent:
            return "none"
        if isinstance(value, OpRef) and value.gives_no_layer:
            return "none"
        if isinstance(value, str):
            if value in RULES:
                return value
        elif not isinstance(value, OpRef):
            span = rule.rule.span  # the value may be right, but not as a rule
        self.context.faults.add("ND118", no_rule(value, _written(rule)), span)
        return "none"

    def _decide(self, rule: str, span: Span, first: int, chain: Chain) -> _Decision | None:
        """None where a type is not known or the paths disagree."""
        if rule == "none":
            return _Decision(rule, "none", None, ())
        start, end = chain.input, chain.end
        into, out = self.state.type(start), self.state.type(end)
        if not into.known or not out.known:
            return None
        if rule == "always":
            if into.shape != out.shape:
                message = f"residual: always cannot add {out} to {into}; write project, or auto to add where it fits"
                self.context.faults.add("ND409", message, span)
                return None
            return _Decision(rule, "add", None, ())
        try:
            stride = block_stride(self.state.nodes[first:], self.state.types, start, end)
        except DisagreeError as error:
            one, other = _stride_text(error.one), _stride_text(error.other)
            message = f"paths through the block disagree at {error.node.id}: stride {one} and stride {other}"
            self.context.faults.add("ND411", message, span)
            return None
        except KeyError:  # a source inside could not be resolved; that is noted
            return None
        reason = why_not(stride, into, out)
        if reason is None:
            return _Decision(rule, "add", None, stride)
        return _Decision(rule, "project" if rule == "project" else "none", reason, stride)

    def _add(self, rule: ResidualRule, decision: _Decision, at: int, chain: Chain, site: Site) -> Ref:
        """The shortcut behind the main path, then the add."""
        end = chain.end
        shortcut = self._project(rule, decision.stride, chain, site) if decision.done == "project" else chain.input
        if shortcut is None:
            return end
        id = chain.free_id(site.id + ".", "add")
        inputs = (end, shortcut)
        _, outputs = self.state.infer(OPS[ADD], {}, inputs, rule.span)
        node = Node(id=id, op=ADD, attrs={}, inputs=inputs, outputs=outputs, group=site.id, span=rule.span)
        done = Residual(decision.rule, decision.done, add=id, needs=decision.reason, written=_written(rule))
        self.state.note(at, residual=done)
        return self.state.add(node)

    def _project(self, rule: ResidualRule, stride: Strides, chain: Chain, site: Site) -> Ref | None:
        id = chain.free_id(site.id + ".", "shortcut")
        start = self._shortcut_start(rule, chain)
        if start is None:
            return None
        if rule.shortcut:
            self.state.group(Group(id=id, kind="shortcut", parent=site.id, span=rule.span))
            inner = Chain(start, rule.shortcut, chain)
            ref: Ref | None = self.build(rule.shortcut, site.env, inner, site.place.inside(id))
        else:
            ref = self._default(stride, chain, start, site, id, rule.span)
        return ref if ref is not None and self._same_shape(rule, ref, chain.end) else None

    def _shortcut_start(self, rule: ResidualRule, chain: Chain) -> Ref | None:
        if rule.shortcut_from is None:
            return chain.input
        try:
            return self.context.wiring.ref(rule.shortcut_from, chain)
        except Silent:
            return None

    def _default(self, stride: Strides, chain: Chain, start: Ref, site: Site, id: str, span: Span) -> Ref | None:
        """A 1×1 ConvBNAct at the block's stride, without activation."""
        out = self.state.type(chain.end)
        channels = out.size("c")
        if channels is None or any(step != int(step) for step in stride) or len(stride) != 2:
            self._ask_for_shortcut(self.state.type(chain.input), out, span)
            return None
        steps = [int(step) for step in stride]
        values = {"out_channels": channels, "kernel_size": 1, "stride": steps, "act": OpRef("none", {}, span)}
        args: dict[str, Bound] = {key: Const(value, span) for key, value in values.items()}
        common = Common(segment="shortcut", span=span)
        inner = site._replace(common=common, sources=[start], place=site.inside, id=id, member=None, kind="shortcut")
        return self.call(PROJECTION, args, inner).ref

    def _same_shape(self, rule: ResidualRule, shortcut: Ref, end: Ref) -> bool:
        ours, out = self.state.type(shortcut), self.state.type(end)
        if not ours.known:
            return False
        if ours.shape != out.shape:
            if rule.shortcut:
                message = f"the shortcut gives {ours}, the block {out}; they must be equal to be added"
                self.context.faults.add("ND410", message, rule.span)
            else:
                self._ask_for_shortcut(ours, out, rule.span)
            return False
        return True

    def _ask_for_shortcut(self, ours: TensorType, out: TensorType, span: Span) -> None:
        message = f"a 1×1 convolution cannot bring {ours} to {out}; write residual: {{rule: project, shortcut: [...]}}"
        self.context.faults.add("ND410", message, span)


def why_not(stride: Strides, into: TensorType, out: TensorType) -> Reason | None:
    """The first test that fails, in the order stride, channels, sizes; None where the block adds.

    Sizes are those of the spatial axes, or the whole shape where there are none.
    """
    if any(step != 1 for step in stride):
        return Reason("stride", (stride,))
    if into.size("c") != out.size("c"):
        return Reason("channels", ((into.size("c"),), (out.size("c"),)))
    if into.shape != out.shape:
        return Reason("sizes", (into.sizes or into.shape, out.sizes or out.shape))
    return None


def _written(rule: ResidualRule) -> str:
    return rule.rule.text if isinstance(rule.rule, Formula) else ""


def _stride_text(stride: Strides) -> str:
    return str(stride[0]) if len(set(stride)) == 1 else "×".join(map(str, stride))
