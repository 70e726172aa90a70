"""Calls of ops and blocks: binds the arguments, expands blocks; a group is a block that is written in its place."""

from __future__ import annotations

from ..core.errors import Span
from ..ops import OpDef
from ..ops.base import NO_PORTS
from ..ops.rules import plain
from ..ops.tensor import UNKNOWN, TensorType
from ..spec.keywords import is_cap_word
from ..spec.library import in_library
from ..spec.model import Args, Block, Call, GroupLayer, OpValue, ResidualRule
from .context import Context, Expansion, ListBuilder, Site
from .model import Ref
from .residual import Residuals
from .values import Bound, Env, OpRef, Silent
from .wiring import Chain, Outcome


class Calls:
    def __init__(self, context: Context, build: ListBuilder) -> None:
        self.context = context
        self.state = context.state
        self.residuals = Residuals(context, build, self.ours)

    def layer(self, call: Call, site: Site) -> Outcome | None:
        """An op or block by its name, or the one that a param holds."""
        if is_cap_word(call.target):
            if self.context.names.target(call.target) is None:
                return self.unknown(site)
            args = self.context.evaluator.args(OpValue(call.target, call.args, site.common.span), site.env)
            return (self.ours if in_library(call.common.span) else self.call)(call.target, args, site)
        try:
            held = site.env.bound(call.target)
        except Silent:
            return self.unknown(site)
        if held is None or not isinstance(held.value, OpRef):
            if held is None:
                names = self.context.names
                self.context.faults.add("ND103", names.no_param(call.target, site.env.names()), call.common.span)
            else:
                self.no_op(f"the param '{call.target}' holds", held, may_be_none=True)
            return self.unknown(site)
        if held.value.gives_no_layer:
            return None
        return self.held(held.value, call.args, held.span, site)

    def held(self, held: OpRef, args: Args, span: Span, site: Site) -> Outcome:
        """The op or block that a value holds; one that an expression gave stands at `span`.

        What is written at the call wins over what came with the value.
        """
        span = held.span if held.span.path else span
        given = frozenset((*held.args, *self.context.defaults.get(held.name, ())))
        written = OpValue(held.name, args, span)
        self.context.names.check(written, self.context.faults, given)
        if in_library(site.common.span) and not in_library(span):  # what does not fit there lies in the value
            site = site._replace(common=site.common._replace(span=span))
        more = self.context.evaluator.args(written, site.env) if args else {}
        return self.call(held.name, {**held.args, **more}, site)

    def ours(self, name: str, args: dict[str, Bound], site: Site) -> Outcome:
        """A call that netdraw makes, in a library block or for a residual: what the file defines so must take it."""
        names = self.context.names
        if name in names.blocks or name in names.ops:
            takes, given = names.signature(name), {*args, *self.context.defaults.get(name, ())}
            foreign = [key for key in args if takes.aliases.get(key, key) not in takes.names]
            lacks = [key for key in takes.names if key in takes.required and key not in given]
            if foreign or lacks:
                if name not in self.context.unfit:
                    what = f"does not take {', '.join(foreign)}" if foreign else f"needs {', '.join(lacks)}"
                    message = f"the {name} of this file, which stands here for the library's, {what}; rename it"
                    self.context.faults.add("ND105" if foreign else "ND302", message, site.common.span)
                self.context.unfit.add(name)
                return self.unknown(site)
        return self.call(name, args, site)

    def no_op(self, holds: str, value: Bound, may_be_none: bool = False) -> None:
        """Notes a value that stands where an op or block must be, or none."""
        from ..spec.advice.hints import meant  # late: start-up time

        hint = meant(str(value.value), self.context.names.known(), is_value=may_be_none)
        message = f"{holds} {plain(value.value)}, which is no op or block{hint}"
        self.context.faults.add("ND213", message, value.span)

    def group(self, group: GroupLayer, site: Site) -> Outcome:
        """A group: its layers in a chain that sees the names around it."""
        at = self.state.group(site.group("layers"))
        inner = Chain(site.sources[0], group.layers, site.chain, name=site.common.name or "")
        return self._inside(group, site.common.residual, at, inner, site, site.env)

    def call(self, name: str, args: dict[str, Bound], site: Site) -> Outcome:
        """One call of a known name; a written argument wins over the file's defaults."""
        target = self.context.names.target(name)
        defaults = self.context.defaults.get(name)
        if defaults:
            args = {**defaults, **args}
        if isinstance(target, Block):
            return self._block(target, args, site)
        assert target is not None
        return self._op(target, args, site)

    def _op(self, op: OpDef, args: dict[str, Bound], site: Site) -> Outcome:
        if site.common.residual is not None:
            message = f"residual stands beside a block or a group, not beside the op {op.name}"
            self.context.faults.add("ND121", message, site.common.residual.span)
        sources = tuple(site.sources) if op.arity[1] != 0 else ()
        counted = site.common.sources is not None
        attrs, outputs = self.state.infer(op, args, sources, site.common.span, counted)
        ref = self.state.add(site.node(op.name, sources, attrs, outputs))
        if len(outputs) == 1 and op.ports is NO_PORTS:
            return Outcome(ref=ref, failed=outputs[0] is UNKNOWN)
        failed = UNKNOWN in outputs
        names = () if failed else op.ports(attrs, tuple(map(self.state.type, sources)))
        if not names and len(outputs) > 1:
            names = tuple(map(str, range(len(outputs))))
        return Outcome(ref=ref, ports={name: Ref(site.id, port) for port, name in enumerate(names)}, failed=failed)

    def unknown(self, site: Site) -> Outcome:
        """A layer that cannot be built: a node of type Unknown in its place, so that what follows stays connected."""
        return Outcome(ref=self.state.add(site.node("Identity", tuple(site.sources), {}, (UNKNOWN,))), failed=True)

    def _block(self, block: Block, args: dict[str, Bound], site: Site) -> Outcome:
        calls, span = self.context.calls, site.common.span
        names = [call.block for call in calls]
        if block.name in names:
            path = " → ".join([*names[names.index(block.name) :], block.name])
            self.context.faults.add("ND406", f"the block {block.name} calls itself: {path}", span)
            return self.unknown(site)
        if not self._inputs_fit(block, site):
            return self.unknown(site)
        at = self.state.group(site.group(site.kind, block.name))
        calls.append(Expansion(block.name, site.id, span))
        env = self._env(block, args, self.state.type(site.sources[0]))
        outcome = self._instance(block, at, site._replace(env=env), site.env) if self._meets(block, env) else None
        calls.pop()
        return outcome or self.unknown(site)

    def _meets(self, block: Block, env: Env) -> bool:
        """Whether all that a block requires holds, or cannot be told; notes what does not."""
        if not block.require:
            return True
        return self.context.evaluator.meets(block.require, env.params, env, f"{block.name}: ")

    def _instance(self, block: Block, at: int, site: Site, around: Env) -> Outcome:
        """The layers of one instance; a rule beside the call sees the names around it, too."""
        chain = Chain(site.sources[0], block.layers, None)
        chain.name_inputs(dict(zip(block.inputs, site.sources, strict=False)))
        scope = site.env if site.common.residual is None else site.env.over(around)
        return self._inside(block, site.common.residual or block.residual, at, chain, site, scope)

    def _inside(
        self, held: Block | GroupLayer, rule: ResidualRule | None, at: int, chain: Chain, site: Site, scope: Env
    ) -> Outcome:
        """The layers of a block or group, its residual, and its outputs and names."""
        heads = len(self.state.outputs)
        end = self.residuals.body(held.layers, rule, at, chain, site, scope)
        if not (held.outputs or chain.names or chain.dropped or len(self.state.outputs) > heads):
            return Outcome(ref=end)  # most have nothing that can be read; there may be very many
        ports = {name.removeprefix(site.id + "."): ref for name, ref, _ in self.state.outputs[heads:]}
        ports.update({name: self.context.wiring.ref_or_failed(source, chain) for name, source in held.outputs})
        return Outcome(ref=end, ports=ports, names=chain.own_names, dropped=chain.dropped)

    def _inputs_fit(self, block: Block, site: Site) -> bool:
        count = len(block.inputs) or 1
        if len(site.sources) == count:
            return True
        takes = f"{count} inputs ({', '.join(block.inputs)})" if block.inputs else "one input"
        message = f"{block.name} takes {takes}, not {len(site.sources)}"
        self.context.faults.add("ND311", message, site.common.span)
        return False

    def _env(self, block: Block, args: dict[str, Bound], source: TensorType) -> Env:
        """The scope of one instance: params in order, then `let`, each read once with the block's input."""
        env = Env(self.context.names, {} if block.library else self.context.file)
        env.input = source
        evaluator = self.context.evaluator
        for param in block.params:
            env.params[param.name] = args.get(param.name) or evaluator.or_poison(param.default, param.span, env)
        for item in block.let:
            env.lets[item.name] = evaluator.or_poison(item.value, item.span, env)
        return env
