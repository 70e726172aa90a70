"""Builds the layers of one list: `when`, `repeat` and `from`, then whatever the layer is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from ..spec.model import Call, GroupLayer, Heads, Layer, Parallel, Stages
from .calls import Calls
from .context import Context, Place, Site
from .model import Ref
from .stagerows import StageRows
from .values import Env
from .wiring import Chain, Outcome

if TYPE_CHECKING:
    from .branches import Branches


class Layers:
    """The one that builds lists; whatever holds lists is handed `build`."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.state = context.state
        calls = Calls(context, self.build)
        self._builders: dict[type, Callable[[Any, Site], Outcome | None]] = {
            Call: calls.layer,
            GroupLayer: calls.group,
            Stages: StageRows(context, calls).build,
            Parallel: lambda layer, site: self._branches().parallel(layer, site),
            Heads: lambda layer, site: self._branches().heads(layer, site),
        }
        self.calls = calls

    def _branches(self) -> Branches:
        from .branches import Branches  # late: start-up time

        return Branches(self.context, self.calls, self.build)

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
            sources = self.context.wiring.sources(common, chain) if common.repeat is None else []
            id = place.prefix + common.segment
            site = Site(common=common, sources=sources, env=env, chain=chain, place=place, id=id)
            outcome = self._one(layer, site) if common.repeat is None else self._repeat(layer, site)
        else:
            self.state.dropped += 1
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
            from .shares import share  # late: few networks share weights

            share(self.context, layer.common.shares, site, first)
        return outcome

    def _repeat(self, layer: Layer, site: Site) -> Outcome | None:
        common, env, outer = site.common, site.env, site.env.index
        assert common.repeat is not None
        count = self.context.evaluator.count(common.repeat, env)
        members: list[Outcome] = []
        with self.state.repeated(count, common.repeat.span, env) as growing:
            self.state.group(site.group("repeat"))
            for index in range(count):
                env.index = index
                self.state.step(common.span)
                first = len(self.state.nodes)
                sources = self.context.wiring.sources(common, site.chain, members[-1].ref if members else None)
                growing.next(sources)
                member = site._replace(sources=sources, place=site.inside, id=f"{site.id}.{index}", member=index)
                outcome = self._one(layer, member)
                if outcome is None:
                    break
                members.append(outcome._replace(first=first, last=len(self.state.nodes)))
        env.index = outer
        return members[-1]._replace(members=tuple(members)) if members else None
