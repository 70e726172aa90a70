"""Calls of ops and blocks: binds the arguments, expands blocks, and lets layers share weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..ops import OpDef
from ..ops.base import total
from ..ops.tensor import UNKNOWN, TensorType
from ..spec.model import Block, Source
from .context import Context, Expansion, Site
from .model import Node, Ref
from .state import op_of
from .values import Bound, Env, Silent
from .wiring import Chain, Outcome

if TYPE_CHECKING:
    from .layers import Layers


class Calls:
    def __init__(self, context: Context, layers: Layers) -> None:
        self.context = context
        self.state = context.state
        self.layers = layers

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
        common = site.common
        if common.residual is not None:
            message = f"residual stands beside a block or a group, not beside the op {op.name}"
            self.context.faults.add("ND121", message, common.residual.span)
        inputs = site.sources if op.arity[1] != 0 else []
        ref = self.state.op(op, args, inputs, site.id, site.place.group, common.span, common.label)
        count = len(self.state.nodes[-1].outputs)
        return Outcome(ref, {str(port): Ref(site.id, port) for port in range(count)} if count > 1 else {})

    def unknown(self, site: Site) -> Outcome:
        """A layer that cannot be built: a node of type Unknown in its place, so that what follows stays connected."""
        node = Node(site.id, "Identity", {}, tuple(site.sources), (UNKNOWN,), site.place.group, site.common.span)
        self.state.nodes.append(node)
        self.state.types[Ref(site.id)] = UNKNOWN
        return Outcome(Ref(site.id), failed=True)

    def _block(self, block: Block, args: dict[str, Bound], site: Site) -> Outcome:
        calls, span = self.context.calls, site.common.span
        names = [call.block for call in calls]
        if block.name in names:
            path = " → ".join([*names[names.index(block.name) :], block.name])
            self.context.faults.add("ND406", f"the block {block.name} calls itself: {path}", span)
            return self.unknown(site)
        if not self._inputs_fit(block, site):
            return self.unknown(site)
        parent, title = site.place.group, site.title
        at = self.state.group(site.id, site.kind, parent, block=block.name, title=title, member=site.member, span=span)
        chain = Chain(site.sources[0], block.layers, None)
        chain.name_inputs(dict(zip(block.inputs, site.sources, strict=False)))
        calls.append(Expansion(block.name, site.id, span))
        outcome = self._body(
            block, at, chain, site._replace(env=self._env(block, args, self.state.type(site.sources[0])))
        )
        calls.pop()
        return outcome

    def _body(self, block: Block, at: int, chain: Chain, site: Site) -> Outcome:
        """The layers of one instance, its residual, and its outputs by name."""
        first, heads = len(self.state.nodes), len(self.state.outputs)
        end = self.layers.build(block.layers, site.env, chain, site.inside)
        rule = site.common.residual or block.residual
        if rule is not None:
            end = self.layers.residuals.apply(rule, at, first, chain, site)
        ports = {name.removeprefix(site.id + "."): ref for name, ref, _ in self.state.outputs[heads:]}
        for name, source in block.outputs:
            try:
                ports[name] = self.context.wiring.ref(source, chain)
            except Silent:
                ports[name] = Ref("?")
        return Outcome(end, ports)

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
        env = Env(self.context.names, {}, {} if block.library else self.context.file)
        env.input = source
        evaluator = self.context.evaluator
        for param in block.params:
            env.params[param.name] = args.get(param.name) or evaluator.or_poison(param.default, param.span, env)
        for item in block.let:
            env.lets[item.name] = evaluator.or_poison(item.value, item.span, env)
        return env

    def share(self, source: Source, chain: Chain, first: int) -> None:
        """Lets the nodes built since `first` use the weights of another layer, one after the other."""
        try:
            other = self.context.wiring.outcome(source, chain)
        except Silent:
            return
        nodes = self.state.nodes
        theirs = [place for place in range(other.first, other.last) if self._weights(nodes[place])]
        ours = [place for place in range(first, len(nodes)) if self._weights(nodes[place])]
        counts = [[self._weights(nodes[place]) for place in places] for places in (theirs, ours)]
        if not self._all_known(first):
            return
        if counts[0] != counts[1]:
            message = f"shares: '{source.text}' has {sum(counts[0]):,} weights, this layer {sum(counts[1]):,}"
            self.context.faults.add("ND412", message + "; shared weights are equal in count", source.span)
            return
        for mine, other_place in zip(ours, theirs, strict=True):
            nodes[mine] = nodes[mine]._replace(shares=nodes[other_place].shares or nodes[other_place].id)

    def _all_known(self, first: int) -> bool:
        return all(kind.known for node in self.state.nodes[first:] for kind in node.outputs)

    def _weights(self, node: Node) -> int:
        types = tuple(self.state.type(ref) for ref in node.inputs)
        if not all(kind.known for kind in (*types, *node.outputs)):
            return 0
        return total(op_of(node).params(node.attrs, types, node.outputs))
