"""Builds branches: `parallel`, which joins them, and `heads`, each an output of its own."""

from __future__ import annotations

from ..core.records import NamedTuple
from ..spec.keywords import free
from ..spec.model import Branch, Common, Heads, Parallel
from .calls import Calls
from .context import Context, ListBuilder, Place, Site
from .model import Group, Kind, Ref
from .values import OpRef, Silent
from .wiring import Chain, Outcome


class _Built(NamedTuple):
    """A branch that is there, or one of its copies: its key (`b`, `b.1`), where it was written, and what it gave."""

    key: str
    branch: Branch
    outcome: Outcome


class Branches:
    def __init__(self, context: Context, calls: Calls, build: ListBuilder) -> None:
        self.context = context
        self.state = context.state
        self.calls = calls
        self.build = build

    def parallel(self, layer: Parallel, site: Site) -> Outcome | None:
        """The branches, then the op that joins them; one that alone is left is not joined, and none is no layer."""
        built = self._branches(layer, "parallel", site)
        if not built:
            return None
        names = _names(layer, built)
        left_alone = len(built) == 1 and not _is_plain(layer)
        outcome = built[0].outcome if left_alone else self._join(layer, [one.outcome.ref for one in built], site)
        return outcome._replace(names=names, dropped=_dropped(layer, names))

    def _join(self, layer: Parallel, ends: list[Ref], site: Site) -> Outcome:
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
        built = self._branches(layer, "heads", site)
        for key, branch, outcome in built:
            self.state.output(site.place.prefix + key, outcome.ref, branch.span)
        names, ports = _names(layer, built), {key: outcome.ref for key, _, outcome in built}
        return Outcome(ref=site.sources[0], ports=ports, passes=True, names=names, dropped=_dropped(layer, names))

    def _branches(self, layer: Parallel | Heads, kind: Kind, site: Site) -> list[_Built]:
        """Opens the group of all branches and builds those that are there; they have no `input` of their own."""
        self.state.group(site.group(kind))
        built, evaluator = list[_Built](), self.context.evaluator
        for branch in layer.branches:
            site.env.input = self.state.type(site.sources[0])
            if branch.when is not None and not evaluator.truth(branch.when, site.env):
                continue
            if branch.repeat is None:
                built.append(self._branch(branch, branch.key, site.inside, site))
            else:
                built += self._copies(branch, evaluator.count(branch.repeat, site.env), site)
        return built

    def _copies(self, branch: Branch, count: int, site: Site) -> list[_Built]:
        """Like branches beside each other, in a group of their own."""
        assert branch.repeat is not None
        env, outer, id = site.env, site.env.index, f"{site.id}.{branch.key}"
        group = Group(id=id, kind="repeat", title=branch.key, parent=site.id, span=branch.span)
        self.state.group(group)
        built = []
        with self.state.repeated(count, branch.repeat.span, env) as growing:
            for index in range(count):
                env.index = index
                self.state.step(branch.span)
                growing.next(site.sources)
                built.append(self._branch(branch, f"{branch.key}.{index}", site.place.inside(id), site, index))
        env.index = outer
        return built

    def _branch(self, branch: Branch, key: str, place: Place, site: Site, member: int | None = None) -> _Built:
        id, first, dropped = f"{site.id}.{key}", len(self.state.nodes), self.state.dropped
        group = Group(id=id, kind="branch", title=branch.key, parent=place.group, member=member, span=branch.span)
        self.state.group(group)
        chain = Chain(site.sources[0], branch.layers, site.chain, own_input=False)
        end = self.build(branch.layers, site.env, chain, place.inside(id))
        if len(self.state.nodes) == first and self.state.dropped > dropped:
            message = (
                f"`when` leaves no layer of the branch '{branch.key}', so that it is the input itself; where the branch"
                f" is to be left out, write {branch.key}: {{when: …, layers: […]}}"
            )
            self.context.faults.add("ND416", message, branch.span, severity="warning")
        outcome = Outcome(ref=end, first=first, last=len(self.state.nodes), names=chain.names, dropped=chain.dropped)
        return _Built(key, branch, outcome)


def _is_plain(layer: Parallel) -> bool:
    """Whether the branches that are there are those that are written."""
    return all(branch.when is None and branch.repeat is None for branch in layer.branches)


def _names(layer: Parallel | Heads, built: list[_Built]) -> dict[str, Outcome]:
    """What each branch gave, by its key; of copies the last, which has them all as members."""
    names = {}
    for branch in layer.branches:
        own = [one.outcome for one in built if one.branch is branch]
        if own:
            names[branch.key] = own[-1] if branch.repeat is None else own[-1]._replace(members=tuple(own))
    return names


def _dropped(layer: Parallel | Heads, names: dict[str, Outcome]) -> frozenset[str]:
    return frozenset(branch.key for branch in layer.branches if branch.key not in names)
