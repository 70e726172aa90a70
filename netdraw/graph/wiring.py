"""Where a layer reads from: the names and siblings of its list and of the lists around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from ..core.errors import Faults, did_you_mean, near_miss
from ..core.records import NamedTuple
from ..spec.keywords import free
from ..spec.model import Common, Layer, Source
from .model import Ref
from .values import Silent

_FAILED = Ref("?")
"""A source that could not be resolved: its type is Unknown."""


class Outcome(NamedTuple):
    """What a layer gave: its value, named or numbered ports, members, and the range of nodes that it built.

    `names` are those written inside, of the last member where there are several; those `dropped` gave no layer.
    `passes` where it is no sibling of its list: heads, and stages, whose members are siblings already.
    """

    ref: Ref
    ports: Mapping[str, Ref] = {}
    members: tuple[Outcome, ...] = ()
    first: int = 0
    last: int = 0
    passes: bool = False
    failed: bool = False
    """Nothing can be said of its ports and members: the fault is noted."""
    names: Mapping[str, Outcome] = {}
    dropped: Collection[str] = ()

    def inside(self, segment: str) -> Outcome | None:
        """The member of that number, or the layer of that name inside; None where there is none."""
        if not segment.isdecimal():
            return self.names.get(segment)
        index = int(segment[:9])
        return self.members[index] if index < len(self.members) else None


class Chain:
    """One list of layers while it is built.

    `siblings` begins with the list's input and has one entry a built member; `input` is that of the innermost block
    or group. `outer` is the list around it, None at the border of a block; `name` is that of its group.
    """

    __slots__ = ("dropped", "input", "inputs", "name", "names", "outer", "siblings", "written")

    def __init__(
        self, start: Ref, layers: tuple[Layer, ...], outer: Chain | None, own_input: bool = True, name: str = ""
    ) -> None:
        self.siblings: list[Ref] = [start]
        self.input: Ref = start if own_input or outer is None else outer.input
        self.outer = outer
        self.name = name
        self.names: dict[str, Outcome] = {}
        self.inputs: frozenset[str] = frozenset()
        self.dropped: set[str] = set()
        self.written = layers

    @property
    def end(self) -> Ref:
        """The value of the last member, or the list's input."""
        return self.siblings[-1]

    @property
    def own_names(self) -> Mapping[str, Outcome]:
        """The layers that have a name, without the inputs."""
        return {name: one for name, one in self.names.items() if name not in self.inputs} if self.inputs else self.names

    def name_inputs(self, refs: Mapping[str, Ref]) -> None:
        """The inputs of a network or block that has several, by name."""
        self.names.update({name: Outcome(ref=ref) for name, ref in refs.items()})
        self.inputs = frozenset(refs)

    def free_id(self, prefix: str, kind: str) -> str:
        """An id for what the builder adds to this list."""
        return prefix + free(kind, {layer.common.segment for layer in self.written})

    def around(self) -> Iterator[Chain]:
        """This list and those around it, up to the border of its block."""
        chain: Chain | None = self
        while chain is not None:
            yield chain
            chain = chain.outer

    def visible(self) -> list[str]:
        """All names that `from` can use here, the nearest first."""
        return list(dict.fromkeys(["input", *(name for chain in self.around() for name in chain.names)]))


class Wiring:
    """Resolves sources; notes the fault and raises Silent where it cannot."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults

    def sources(self, common: Common, chain: Chain, previous: Ref | None = None) -> list[Ref]:
        """What a layer reads; under `repeat` a name as first source holds for the first member only."""
        if common.sources is None:
            return [chain.end]
        first, *others = common.sources
        start = previous if previous is not None and not first.step else self.ref_or_failed(first, chain)
        return [start, *(self.ref_or_failed(source, chain) for source in others)]

    def ref_or_failed(self, source: Source, chain: Chain) -> Ref:
        """One source; a value of type Unknown where it cannot be resolved."""
        try:
            return self.ref(source, chain)
        except Silent:
            return _FAILED

    def ref(self, source: Source, chain: Chain) -> Ref:
        """One source."""
        if source.step:
            return self._step(source, chain)
        if not source.name:
            raise Silent  # it could not be read
        if source.name == "input" and "input" not in chain.names:
            return chain.input
        return self._port(source, self.outcome(source, chain))

    def outcome(self, source: Source, chain: Chain) -> Outcome:
        """The layer, or the member of it, that a source names."""
        found = next((at.names[source.name] for at in chain.around() if source.name in at.names), None)
        if found is None:
            raise self._unknown(source, chain)
        way = source.name
        for segment in source.path:
            inner = found.inside(segment)
            if inner is None:
                raise Silent if found.failed else self._not_inside(source, way, segment, found)
            found, way = inner, f"{way}.{segment}"
        return found

    def _not_inside(self, source: Source, way: str, segment: str, outcome: Outcome) -> Silent:
        """For a member or a name that what is read at `way` does not hold."""
        if segment.isdecimal():
            count = len(outcome.members)
            what = f"has {count} members, 0 to {count - 1}" if count else "has no members"
            return self._fault("ND407", f"'{source.text}': '{way}' {what}", source)
        if segment in outcome.dropped:
            message = f"'{way}.{segment}' is left out here: its `when` or `repeat` gives no layer"
            return self._fault("ND402", message, source)
        if segment in outcome.ports:
            return self._fault("ND402", f"'{segment}' is an output of '{way}'; write '{way}:{segment}'", source)
        hint = _meant(segment, outcome.names, f"{way}.")
        if not hint:
            names = ", ".join(outcome.names)
            hint = f"; it has {names}" if names else "; a layer inside is read by the name that was given to it"
        return self._fault("ND402", f"no layer in '{way}' is named '{segment}'{hint}", source)

    def _port(self, source: Source, outcome: Outcome) -> Ref:
        if not source.port or outcome.failed:
            return outcome.ref
        if source.port in outcome.ports:
            return outcome.ports[source.port]
        names, way = list(outcome.ports), source.text.partition(":")[0]
        hint = f"; it has {', '.join(names)}" if names else "; it has a single output"
        if source.port in outcome.names:
            hint = f"; for the layer of that name inside write '{way}.{source.port}'"
        raise self._fault("ND407", f"'{way}' has no output '{source.port}'{hint}", source)

    def _step(self, source: Source, chain: Chain) -> Ref:
        if -source.step > len(chain.siblings):
            reach = len(chain.siblings)
            message = f"{source.step} reaches back too far; the farthest here is -{reach}, the input of the list"
            raise self._fault("ND404", message, source)
        return chain.siblings[source.step]

    def _unknown(self, source: Source, chain: Chain) -> Silent:
        for at in chain.around():
            if source.name == at.name:
                path = ".".join(source.path)
                rest = f"; write '{path}'" if path and not path[0].isdecimal() else ", which has no value yet"
                message = f"'{source.name}' is the group around this layer{rest}"
                return self._fault("ND403", message, source)
            if source.name in at.dropped:
                message = f"'{source.name}' is left out here: its `when` or `repeat` gives no layer"
                return self._fault("ND402", message, source)
            if any(layer.common.name == source.name for layer in at.written):
                return self._fault("ND403", f"'{source.name}' comes later; a layer reads what stands before it", source)
            if any(layer.common.segment == source.name for layer in at.written):
                message = f"'{source.name}' has no name, this is its id alone; write 'name: {source.name}' beside it"
                return self._fault("ND402", message, source)
        names = {name: one for at in reversed([*chain.around()]) for name, one in at.names.items()}
        hint = _meant(".".join((source.name, *source.path)), names) or did_you_mean(source.name, chain.visible())
        return self._fault("ND402", f"no layer is named '{source.name}' here{hint}", source)

    def _fault(self, code: str, message: str, source: Source) -> Silent:
        self.faults.add(code, message, source.span)
        return Silent()


def _meant(path: str, names: Mapping[str, Outcome], prefix: str = "") -> str:
    """The tail of a message: where a name stands deeper inside, how it is read there; else the nearest, or nothing."""
    known = [*_paths(names)]
    deeper = [f"'{prefix}{one}'" for one in known if one.endswith("." + path)]
    if deeper:
        return f"; write {' or '.join(deeper[:3])}"
    near = near_miss(path, [one for one in known if one.count(".") == path.count(".")])
    return f"; did you mean '{prefix}{near}'?" if near else ""


def _paths(names: Mapping[str, Outcome], depth: int = 8) -> Iterator[str]:
    """Every name, and every name inside of one as it is read from here."""
    for name, outcome in names.items():
        yield name
        for inner in _paths(outcome.names, depth - 1) if depth else ():
            yield f"{name}.{inner}"
