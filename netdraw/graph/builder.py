"""Builds a graph from a spec: expands blocks, repeats and stages, resolves sources, infers every type on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress

from ..core.errors import Fault, Faults, Span
from ..core.gc_pause import paused
from ..ops.base import OPS
from ..ops.kinds import TooLargeError, integer
from ..ops.rules import plain
from ..ops.tensor import TensorType, by_length
from ..spec.library import is_taken, names_of
from ..spec.model import POISON, InputDef, Spec, Value
from .context import Context, Place
from .layers import Layers
from .model import Built, Graph, Node, Ref, around
from .state import LimitReached
from .values import Bound, Env, Silent
from .wiring import Chain

SIZE = integer()
_WIRING = ("ND103", "ND213", "ND4", "ND506")
"""Codes, or their beginnings, of faults after which an edge is missing, so that a dead end proves nothing."""


def build(
    spec: Spec,
    variant: str | None = None,
    settings: Mapping[str, Value] | None = None,
    noted: Sequence[Fault] = (),
) -> Built:
    """The graph of a spec: its params, then the variant's, then `settings`; the later wins.

    `noted` are the faults of reading, which are not told again.

    The faults come with the graph, where failed nodes have type Unknown; raises only TooManyFaults.
    """
    faults = Faults(noted)
    with paused():
        builder = _Builder(spec, faults)
        graph = builder.run(variant, settings or {})
    return Built(graph, faults.sorted())


def check_known(graph: Graph, faults: Faults) -> None:
    """Notes nodes whose type is not known although nothing is wrong with the text: none may leave without a fault."""
    for node in graph.nodes:
        if not all(kind.known for kind in node.outputs):
            message = f"the shape of '{node.id}' is not known, and no fault was found: this is a fault of {node.op}"
            faults.add("ND901", f"{message}, or of netdraw", node.span)


class _Builder:
    def __init__(self, spec: Spec, faults: Faults) -> None:
        self.spec = spec
        self.faults = faults
        self.context = Context(names_of(spec), faults)
        self.state = self.context.state

    def run(self, variant: str | None, settings: Mapping[str, Value]) -> Graph:
        spec, context = self.spec, self.context
        context.file = self._params(variant, settings)
        env = Env(context.names, context.file)
        context.defaults = {default.name: context.evaluator.checked(default, env) for default in spec.defaults}
        inputs = self._inputs(env) if context.evaluator.meets(spec.require, context.file, env) else []
        if not inputs:
            return Graph(name=variant or spec.name, inputs=(), nodes=(), groups=(), outputs=())
        chain = Chain(Ref(inputs[0][0]), spec.layers, None)
        if [name for name, _ in inputs] != ["input"]:
            chain.name_inputs({name: Ref(name) for name, _ in inputs})
        with suppress(LimitReached):
            Layers(context).build(spec.layers, env, chain, Place("", ""))
        outputs = self._outputs(chain)
        if spec.is_whole and not self.state.nodes and not self.faults:
            message = "no layer is left: each is none, left out by `when` or repeated 0 times"
            self.faults.add("ND120", message, spec.span)
        if spec.is_whole and not any(fault.code.startswith(_WIRING) for fault in self.faults.items):
            self._check_reached(outputs)
            self._check_inputs(outputs)
        self._remark_own()
        return Graph(
            name=variant or spec.name,
            inputs=tuple(inputs),
            nodes=tuple(self.state.nodes),
            groups=tuple(self.state.groups),
            outputs=tuple(outputs),
        )

    def _params(self, variant: str | None, settings: Mapping[str, Value]) -> dict[str, Bound]:
        """The file's params in order; a default may use the params before it."""
        found = self.spec.variant(variant) if variant else None
        written: dict[str, Value] = {arg.name: arg.value for arg in (found.params if found else ())}
        written.update(settings)
        params: dict[str, Bound] = {}
        env = Env(self.context.names, params)
        for param in self.spec.params:
            value = written.get(param.name, param.default)
            if value is None:
                message = f"the param '{param.name}' is required; choose a variant or give it by --set {param.name}=…"
                self.faults.add("ND302", message, param.span)
            params[param.name] = self.context.evaluator.or_poison(value, param.span, env)
        return params

    def _inputs(self, env: Env) -> list[tuple[str, TensorType]]:
        inputs = []
        for item in self.spec.inputs:
            kind = self._input_type(item, env)
            if kind is not None:
                inputs.append((item.name, kind))
                self.state.types[Ref(item.name)] = kind
        return inputs

    def _input_type(self, item: InputDef, env: Env) -> TensorType | None:
        sizes = []
        for value in item.sizes:
            size, span = self.context.evaluator.or_poison(value, value.span, env)
            if size is POISON:
                return None
            try:
                sizes.append(SIZE.read(size))
            except TooLargeError:
                self.faults.add("ND505", f"the size {plain(size)} is larger than 10^9, the limit of any size", span)
                return None
            except ValueError:
                self.faults.add("ND301", f"a size is {SIZE.expects}, not {plain(size)}", span)
                return None
        return TensorType(tuple(sizes), item.axes) if item.axes else by_length(tuple(sizes))

    def _check_inputs(self, outputs: list[tuple[str, Ref]]) -> None:
        read = {ref.node for node in self.state.nodes for ref in node.inputs} | {ref.node for _, ref in outputs}
        for item in self.spec.inputs:
            if item.name not in read and self.state.nodes:
                self.faults.add("ND405", f"no layer reads the input '{item.name}'; name it in a `from`", item.span)

    def _remark_own(self) -> None:
        """Notes on blocks and ops of the file that are never called, or take the name of one of ours."""
        called = {group.block for group in self.state.groups} | {node.op for node in self.state.nodes}
        called = called.union(self.spec.uses, self.context.unfit)  # one may be given by a setting
        for what, own in (("block", self.spec.blocks), ("op", self.spec.ops)):
            for one in own:
                if is_taken(one.name) or one.name in OPS:
                    message = f"the {what} {one.name} of this file stands for the library's of the same name"
                    self.faults.add("ND414", message, one.span, severity="note")
                if one.name not in called:
                    self.faults.add("ND415", f"the {what} {one.name} is never called", one.span, severity="warning")

    def _outputs(self, chain: Chain) -> list[tuple[str, Ref]]:
        """The chain's end as `output`, unless something consumes it; heads; what the file names."""
        named = [(name, ref) for name, ref, _ in self.state.outputs]
        for name, source in self.spec.outputs:
            try:
                ref = self.context.wiring.ref(source, chain)
            except Silent:
                continue
            if any(name == taken for taken, _ in named):
                self.faults.add("ND408", f"the output '{name}' exists already; give it another name", source.span)
            named.append((name, ref))
        taken = {ref for _, ref in named} | {Ref(item.name) for item in self.spec.inputs}
        if chain.end not in taken.union(*[node.inputs for node in self.state.nodes]):
            named.insert(0, ("output", chain.end))
        return named

    def _check_reached(self, outputs: list[tuple[str, Ref]]) -> None:
        """Notes every dead end: a node that reaches no output, named by the last node of its path.

        Its cost would count and its figure would lie. One whose type is not known has a fault, or follows one.
        """
        nodes, reached = self.state.nodes, {ref.node for _, ref in outputs}
        for node in reversed(nodes):  # what a node reads stands before it
            if node.id in reached:
                reached.update([ref.node for ref in node.inputs])
        lost = [node for node in nodes if node.id not in reached]
        read = {ref.node for node in lost for ref in node.inputs}
        for node in lost:
            if node.id not in read and all(kind.known for kind in node.outputs):
                message = f"'{node.id}' reaches no output; read it by `from`, name it under outputs, or leave it out"
                self.faults.add("ND405", message, self._place(node))

    def _place(self, node: Node) -> Span | None:
        """Where a node was written: for one of a library block, the call of that."""
        groups, own = {group.id: group for group in self.state.groups}, {block.name for block in self.spec.blocks}
        holding = [groups[id] for id in around(groups, node.group)]
        return [node.span, *[group.span for group in holding if group.block and group.block not in own]][-1]
