"""The residual rule: adds if and only if the stride is 1 and channels and sizes match, all on resolved values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core.errors import Span
from ..ops import OPS
from ..ops.tensor import TensorType
from ..spec.model import Common, Const, ResidualRule
from .context import Context, Place, Site
from .model import Done, Reason, Ref, Residual
from .paths import DisagreeError, Strides, block_stride
from .values import Bound, OpRef, Silent
from .wiring import Chain

if TYPE_CHECKING:
    from .layers import Layers

ADD, PROJECTION = "Add", "ConvBNAct"
"""The op that adds, and the library block that projects by default."""


class Residuals:
    def __init__(self, context: Context, layers: Layers) -> None:
        self.context = context
        self.state = context.state
        self.layers = layers

    def apply(self, rule: ResidualRule, at: int, first: int, chain: Chain, site: Site) -> Ref:
        """What a block or group gives under its rule: its end, the add, or what stands after it.

        `at` is its place among the groups, `first` that of its first node; `chain` is its list, `site` its own place.
        """
        start, end = chain.input, chain.end
        if rule.rule != "none":
            found = self._decide(rule, first, start, end)
            if found is None:
                return end
            done, reason, stride = found
            if done == "none":
                self.state.note_residual(at, Residual(rule.rule, done, reason))
            else:
                end = self._add(rule, done, reason, stride, at, chain, site)
        else:
            self.state.note_residual(at, Residual("none", "none"))
        if not rule.after:
            return end
        id = chain.free_id(site.id + ".", "after")
        self.state.group(id, "after", site.id, span=rule.span)
        behind = Chain(end, rule.after, chain)
        return self.layers.build(rule.after, site.env, behind, Place(id + ".", id))

    def _decide(
        self, rule: ResidualRule, first: int, start: Ref, end: Ref
    ) -> tuple[Done, Reason | None, Strides] | None:
        """What to do, why nothing is added, and the stride; None where a type is not known or the paths disagree."""
        into, out = self.state.type(start), self.state.type(end)
        if not into.known or not out.known:
            return None
        if rule.rule == "always":
            if into.shape != out.shape:
                message = f"residual: always cannot add {out} to {into}; write project, or auto to add where it fits"
                self.context.faults.add("ND409", message, rule.span)
                return None
            return "add", None, ()
        try:
            stride = block_stride(self.state.nodes[first:], self.state.types, start, end)
        except DisagreeError as error:
            one, other = _stride_text(error.one), _stride_text(error.other)
            message = f"paths through the block disagree at {error.node.id}: stride {one} and stride {other}"
            self.context.faults.add("ND411", message, rule.span)
            return None
        except KeyError:  # a source inside could not be resolved; that is noted
            return None
        reason = why_not(stride, into, out)
        if reason is None:
            return "add", None, stride
        return ("project" if rule.rule == "project" else "none"), reason, stride

    def _add(
        self, rule: ResidualRule, done: Done, needs: Reason | None, stride: Strides, at: int, chain: Chain, site: Site
    ) -> Ref:
        """The shortcut behind the main path, then the add."""
        end, shortcut, name = chain.end, chain.input, ""
        if done == "project":
            projected = self._project(rule, stride, chain, site)
            if projected is None:
                return end
            shortcut = projected
        name = chain.free_id(site.id + ".", "add")
        ref = self.state.op(OPS[ADD], {}, [end, shortcut], name, site.id, rule.span)
        self.state.note_residual(at, Residual(rule.rule, done, None, name, needs))
        return ref

    def _project(self, rule: ResidualRule, stride: Strides, chain: Chain, site: Site) -> Ref | None:
        id = chain.free_id(site.id + ".", "shortcut")
        start = self._shortcut_start(rule, chain)
        if start is None:
            return None
        if rule.shortcut:
            self.state.group(id, "shortcut", site.id, span=rule.span)
            env = site.env
            inner = Chain(start, rule.shortcut, chain)
            ref = self.layers.build(rule.shortcut, env, inner, Place(id + ".", id))
        else:
            found = self._default(stride, chain, start, site, id, rule.span)
            if found is None:
                return None
            ref = found
        return ref if self._same_shape(rule, ref, chain.end) else None

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
        inner = site._replace(
            common=Common("shortcut", span), sources=[start], place=site.inside, id=id, member=None, kind="shortcut"
        )
        return self.layers.calls.call(PROJECTION, args, inner).ref

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
    """The first test that fails, in the order stride, channels, sizes; None where the block adds."""
    if any(step != 1 for step in stride):
        return Reason("stride", (stride,))
    if into.size("c") != out.size("c"):
        return Reason("channels", ((into.size("c"),), (out.size("c"),)))
    if into.shape != out.shape:
        return Reason("sizes", (_sizes(into), _sizes(out)))
    return None


def _stride_text(stride: Strides) -> str:
    return str(stride[0]) if len(set(stride)) == 1 else "×".join(map(str, stride))


def _sizes(kind: TensorType) -> tuple[int | None, ...]:
    """The spatial sizes, or the whole shape where the ranks differ."""
    return tuple([kind.size(axis) for axis in kind.spatial]) or kind.shape
