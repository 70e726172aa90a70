"""Builds branches: `parallel`, which joins them, and `heads`, each an output of its own."""

from __future__ import annotations

from ..spec.keywords import free
from ..spec.model import Common, Heads, Parallel
from .calls import Calls
from .context import Context, ListBuilder, Site
from .model import Group, Kind, Ref
from .values import OpRef, Silent
from .wiring import Chain, Outcome


class Branches:
    def __init__(self, context: Context, calls: Calls, build: ListBuilder) -> None:
        self.context = context
        self.state = context.state
        self.calls = calls
        self.build = build

    def parallel(self, layer: Parallel, site: Site) -> Outcome | None:
        """The branches, then the op that joins them."""
        ends = self._ends(layer, "parallel", site)
        site.env.input = self.state.type(site.sources[0])
        segment = free("join", {branch.key for branch in layer.branches})
        common = Common(segment=segment, span=layer.join.span)
        inner = site._replace(common=common, sources=ends, place=site.inside, id=f"{site.id}.{segment}", member=None)
        try:
            join = self.context.evaluator.value(layer.join, site.env)
        except Silent:
            return self.calls.unknown(inner)
        if isinstance(join.value, OpRef) and not join.value.gives_no_layer:
            return self.calls.held(join.value, (), join.span, inner)
        self.calls.no_op("join takes an op, such as Concat, Add or Mul, not", join)
        return self.calls.unknown(inner)

    def heads(self, layer: Heads, site: Site) -> Outcome:
        """Each head is an output, named by its path of calls; the chain passes unchanged."""
        ports = {}
        for branch, end in zip(layer.branches, self._ends(layer, "heads", site), strict=True):
            self.state.output(site.place.prefix + branch.key, end, branch.span)
            ports[branch.key] = end
        return Outcome(ref=site.sources[0], ports=ports, passes=True)

    def _ends(self, layer: Parallel | Heads, kind: Kind, site: Site) -> list[Ref]:
        """Opens the group of all branches and builds them: the end of each; branches have no `input` of their own."""
        self.state.group(site.group(kind))
        ends, start = [], site.sources[0]
        for branch in layer.branches:
            id = f"{site.id}.{branch.key}"
            self.state.group(Group(id=id, kind="branch", title=branch.key, parent=site.id, span=branch.span))
            chain = Chain(start, branch.layers, site.chain, own_input=False)
            ends.append(self.build(branch.layers, site.env, chain, site.place.inside(id)))
        return ends
