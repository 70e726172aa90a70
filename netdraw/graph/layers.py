"""Builds the layers of one list: `when`, `repeat` and `from`, then whatever the layer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..core.errors import did_you_mean
from ..spec.model import Call, Common, GroupLayer, Heads, Layer, OpValue, Parallel, Source, Stages
from ..spec.words import free, is_cap_word
from .calls import Calls
from .context import Context, Place, Site
from .model import Ref
from .residual import Residuals
from .stages import StageRows
from .values import Bound, Env, OpRef, Silent
from .wiring import Chain, Outcome

_FAILED = Ref("?")
"""A source that could not be resolved: its type is Unknown."""


class Layers:
    """The one that builds lists; the parts that expand a call, stages or a residual come back to it."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.state = context.state
        self.calls = Calls(context, self)
        self.residuals = Residuals(context, self)
        self._builders: dict[type, Callable[[Any, Site], Outcome | None]] = {
            Call: self._call,
            GroupLayer: self._group,
            Stages: StageRows(context, self).build,
            Parallel: self._parallel,
            Heads: self._heads,
        }

    def build(self, layers: tuple[Layer, ...], env: Env, chain: Chain, place: Place) -> Ref:
        """Builds a list; its end."""
        for layer in layers:
            self._layer(layer, env, chain, place)
        return chain.end

    def _layer(self, layer: Layer, env: Env, chain: Chain, place: Place) -> None:
        common = layer.common
        self.state.step(common.span)
        env.input = self.state.type(chain.end)
        if common.name is not None and common.name in chain.inputs:
            self.context.faults.add("ND401", f"'{common.name}' is the name of an input; take another", common.span)
        outcome: Outcome | None = None
        first = len(self.state.nodes)
        if common.when is None or self.context.evaluator.truth(common.when, env):
            site = Site(common, [], env, chain, place, place.prefix + common.segment)
            if common.repeat is None:
                outcome = self._one(layer, site._replace(sources=self.sources(common, chain)))
            else:
                outcome = self._repeat(layer, site)
        if common.name is None:
            return
        if outcome is None:
            chain.dropped.add(common.name)
        else:
            chain.names[common.name] = outcome._replace(first=first, last=len(self.state.nodes))

    def _one(self, layer: Layer, site: Site) -> Outcome | None:
        """One member of a layer; it becomes a sibling of its list, but for heads, and stages, whose members do."""
        first = len(self.state.nodes)
        site.env.input = self.state.type(site.sources[0])
        outcome = self._builders[type(layer)](layer, site)
        if outcome is not None and not outcome.passes:
            site.chain.siblings.append(outcome.ref)
        if layer.common.shares is not None:
            self.calls.share(layer.common.shares, site.chain, first)
        return outcome

    def _repeat(self, layer: Layer, site: Site) -> Outcome | None:
        common, env, outer = site.common, site.env, site.env.index
        assert common.repeat is not None
        count = self.context.evaluator.count(common.repeat, env)
        self.state.check_repeat(count, common.repeat.span)
        self.state.group(site.id, "repeat", site.place.group, title=site.title, span=common.span)
        members: list[Outcome] = []
        for index in range(count):
            env.index = index
            self.state.step(common.span)
            first = len(self.state.nodes)
            sources = self.sources(common, site.chain, members[-1].ref if members else None)
            member = site._replace(sources=sources, place=site.inside, id=f"{site.id}.{index}", member=index)
            outcome = self._one(layer, member)
            if outcome is None:
                break
            members.append(outcome._replace(first=first, last=len(self.state.nodes)))
        env.index = outer
        return members[-1]._replace(members=tuple(members)) if members else None

    def sources(self, common: Common, chain: Chain, previous: Ref | None = None) -> list[Ref]:
        """What a layer reads; under `repeat` a name as first source holds for the first member only."""
        if common.sources is None:
            return [chain.end]
        refs = []
        for position, source in enumerate(common.sources):
            follows = position == 0 and previous is not None and not source.step
            refs.append(previous if follows and previous is not None else self._source(source, chain))
        return refs

    def _source(self, source: Source, chain: Chain) -> Ref:
        try:
            return self.context.wiring.ref(source, chain)
        except Silent:
            return _FAILED

    def _call(self, call: Call, site: Site) -> Outcome | None:
        """An op or block by its name, or the one that a param holds."""
        if is_cap_word(call.target):
            if self.context.names.target(call.target) is None:
                return self.calls.unknown(site)
            args = self.context.evaluator.args(OpValue(call.target, call.args, site.common.span), site.env)
            return self.calls.call(call.target, args, site)
        try:
            held = site.env.bound(call.target)
        except Silent:
            return self.calls.unknown(site)
        if held is None or not isinstance(held.value, OpRef):
            self._not_a_layer(call, held, site.env)
            return self.calls.unknown(site)
        return self._held(call, held.value, site)

    def _held(self, call: Call, held: OpRef, site: Site) -> Outcome | None:
        """The op or block that a param holds; what is written at the call wins over what came with the value."""
        names, span = self.context.names, held.span if held.span.line else site.common.span
        if held.gives_no_layer:
            return None
        given = frozenset((*held.args, *self.context.defaults.get(held.name, ())))
        if names.target(held.name) is None or not names.check(held.name, call.args, span, self.context.faults, given):
            return self.calls.unknown(site)
        written = self.context.evaluator.args(OpValue(held.name, call.args, span), site.env)
        return self.calls.call(held.name, {**held.args, **written}, site)

    def _not_a_layer(self, call: Call, held: Bound | None, env: Env) -> None:
        if held is None:
            hint = did_you_mean(call.target, [*env.names(), *self.context.names.known()])
            message = f"'{call.target}' is neither an op or block nor a param{hint}"
            self.context.faults.add("ND103", message, call.common.span)
        else:
            message = f"the param '{call.target}' holds no op or block, so it cannot stand as a layer"
            self.context.faults.add("ND213", message, call.common.span)

    def _group(self, group: GroupLayer, site: Site) -> Outcome:
        parent, span = site.place.group, site.common.span
        at = self.state.group(site.id, "layers", parent, title=site.title, member=site.member, span=span)
        inner = Chain(site.sources[0], group.layers, site.chain)
        first = len(self.state.nodes)
        end = self.build(group.layers, site.env, inner, site.inside)
        if site.common.residual is not None:
            end = self.residuals.apply(site.common.residual, at, first, inner, site)
        return Outcome(end)

    def _parallel(self, layer: Parallel, site: Site) -> Outcome | None:
        self.state.group(
            site.id, "parallel", site.place.group, title=site.title, member=site.member, span=site.common.span
        )
        ends = self._branch_ends(layer, site)
        site.env.input = self.state.type(site.sources[0])
        segment = free("join", {branch.key for branch in layer.branches})
        common = Common(segment=segment, span=site.common.span)
        inner = site._replace(common=common, sources=ends, place=site.inside, id=f"{site.id}.{segment}", member=None)
        try:
            join = self.context.evaluator.value(layer.join, site.env).value
        except Silent:
            return self.calls.unknown(inner)
        if isinstance(join, OpRef) and self.context.names.target(join.name) is not None:
            return self.calls.call(join.name, dict(join.args), inner)
        if not isinstance(join, OpRef) or join.gives_no_layer:
            self.context.faults.add("ND213", "join names an op, such as Concat, Add or Mul", layer.join.span)
        return self.calls.unknown(inner)

    def _branch_ends(self, layer: Parallel | Heads, site: Site) -> list[Ref]:
        """The end of every branch; branches have no `input` of their own."""
        ends, start = [], site.sources[0]
        for branch in layer.branches:
            id = f"{site.id}.{branch.key}"
            self.state.group(id, "branch", site.id, title=branch.key, span=branch.span)
            chain = Chain(start, branch.layers, site.chain, own_input=False)
            ends.append(self.build(branch.layers, site.env, chain, Place(id + ".", id)))
        return ends

    def _heads(self, layer: Heads, site: Site) -> Outcome:
        """Each head is an output, named by its path of calls; the chain passes unchanged."""
        self.state.group(
            site.id, "heads", site.place.group, title=site.title, member=site.member, span=site.common.span
        )
        ports = {}
        for branch, end in zip(layer.branches, self._branch_ends(layer, site), strict=True):
            self.state.output(site.place.prefix + branch.key, end, branch.span)
            ports[branch.key] = end
        return Outcome(site.sources[0], ports, passes=True)
