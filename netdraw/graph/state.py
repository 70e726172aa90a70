"""The graph while it is built: nodes and groups so far, their types, and the limits. It never leaves this package."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from ..core.errors import Faults, Span
from ..ops import OpDef
from ..ops.base import REQUIRED, Attrs, RuleError, Types
from ..ops.kinds import Stated
from ..ops.rules import check_count, complete, infer, read
from ..ops.tensor import UNKNOWN, TensorType
from ..spec.model import POISON
from .model import Group, Node, Ref
from .values import Bound, Env

MAX_NODES = 200_000
MAX_EMPTY = 100_000
"""So many layers and members more than there are nodes may give none; a node may stand in so many groups as well."""
_STEPS = 100
"""Layers and members a node: more than it can have around it."""


class LimitReached(Exception):
    """Building cannot go on; the fault is noted."""


class State:
    """Nodes and groups in the order of the text."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.nodes: list[Node] = []
        self.groups: list[Group] = []
        self.types: dict[Ref, TensorType] = {}
        self.outputs: list[tuple[str, Ref, Span]] = []
        self._inferred: dict[Hashable, tuple[Attrs, Types]] = {}
        """What the rules gave, for layers that are alike."""
        self.dropped = 0
        """How many layers `when` has left out so far."""
        self._steps = 0
        self._members = 1
        """How many times, by the repeats around it, a layer is built that is built now."""

    def type(self, ref: Ref) -> TensorType:
        return self.types.get(ref, UNKNOWN)

    def step(self, span: Span) -> None:
        """Counts one layer or member that is built, even one that gives no node."""
        self._steps += 1
        if len(self.nodes) >= MAX_NODES:
            self._stop(f"the network has more than {MAX_NODES:,} nodes, the limit", span)
        if self._steps > MAX_EMPTY + _STEPS * len(self.nodes):
            self._stop(f"more than {MAX_EMPTY:,} layers that hold nothing, the limit; calls multiply", span)

    @contextmanager
    def repeated(self, count: int, span: Span, env: Env) -> Iterator[Members]:
        """Around the members of a repeat. Notes a fault before any is built where they are too many with the repeats
        around them.
        """
        outer, self._members = self._members, self._members * count
        inside = f", {outer:,} times by the repeats around it," if outer > 1 else ""
        self.stop_beyond(self._members, f"repeat: {count}{inside}", span)
        asked, env.asks_index = env.asks_index, False
        yield Members(self, count, span, env)
        env.asks_index = env.asks_index or asked
        self._members = outer

    def stop_beyond(self, nodes: int, what: str, span: Span) -> None:
        """Notes the fault of so many nodes, before they are built."""
        if nodes > MAX_NODES:
            self._stop(f"{what} gives more than {MAX_NODES:,} nodes, the limit", span)

    def _stop(self, message: str, span: Span) -> NoReturn:
        self.faults.add("ND506", message, span)
        raise LimitReached

    def group(self, group: Group) -> int:
        """Opens a group; its place in `groups`, where `note` finds it."""
        self.groups.append(group)
        return len(self.groups) - 1

    def note(self, place: int, **fields: Any) -> None:
        """Sets what is known of a group only once its nodes are there."""
        self.groups[place] = self.groups[place]._replace(**fields)

    def output(self, name: str, ref: Ref, span: Span) -> None:
        """Names an output of the network; a name is given once."""
        if any(name == taken for taken, _, _ in self.outputs):
            self.faults.add("ND408", f"the output '{name}' exists already; give the layer around it a name", span)
            return
        self.outputs.append((name, ref, span))

    def add(self, node: Node) -> Ref:
        self.nodes.append(node)
        for port, kind in enumerate(node.outputs):
            self.types[Ref(node.id, port)] = kind
        return Ref(node.id)

    def infer(
        self, op: OpDef, values: Mapping[str, Bound], inputs: tuple[Ref, ...], span: Span, counted: bool = False
    ) -> tuple[Attrs, Types]:
        """Attributes and output types by the op's rule; the type is Unknown where it fails, and the faults are noted.

        Where a layer says what it reads, its inputs are `counted` even if an attribute is at fault.
        """
        self.step(span)
        types = tuple([self.type(ref) for ref in inputs])
        key = _key(op, values, types)
        found = self._inferred.get(key)
        if found is not None:
            return found
        attrs: Attrs | None = None
        try:
            attrs = self._attrs(op, values)
            if attrs is not None and all(kind.known for kind in types):
                found = attrs, infer(op, attrs, types)
                if key:
                    self._inferred[key] = found
                return found
            if counted:
                check_count(op, len(inputs))
        except RuleError as error:
            for one in (error, *error.others):
                self.faults.add(
                    one.code, one.message, one.span or _written(one.attr or "", values, attrs or {}) or span
                )
        return attrs or {}, (UNKNOWN,)

    def _attrs(self, op: OpDef, values: Mapping[str, Bound]) -> Attrs | None:
        """The attributes in their stored form, or None where one is wrong."""
        stored: dict[str, Any] = {}
        failed = False
        for name, bound in values.items():
            attr = op.attr(name)
            if attr is None or bound.value is POISON:
                failed = True
                continue
            try:
                stored[attr.name] = read(op, attr, bound.value, name)
            except RuleError as error:
                self.faults.add(error.code, error.message, bound.span)
                failed = True
        if failed or [attr for attr in op.attrs if attr.default is REQUIRED and attr.name not in stored]:
            return None
        return complete(op, stored)


class Members:
    """The members of a repeat as they are built: where two read values of the same types, and none asks for its index,
    all that follow are like them, so that it is known how many nodes they give.
    """

    def __init__(self, state: State, count: int, span: Span, env: Env) -> None:
        self.state, self.count, self.span, self.env = state, count, span, env
        self.types: list[TensorType] = []
        self.first = self.built = 0

    def next(self, sources: Iterable[Ref]) -> None:
        """Before a member that reads so much. Stops where there will be too many nodes."""
        types, nodes = [self.state.type(ref) for ref in sources], len(self.state.nodes)
        if (
            self.built > 1 and types == self.types and not self.env.asks_index
        ):  # the first may have arguments of its own
            left = (nodes - self.first) * (self.count - self.built)
            self.state.stop_beyond(nodes + left, f"repeat: {self.count}", self.span)
        self.types, self.first, self.built = types, nodes, self.built + 1


def _key(op: OpDef, values: Mapping[str, Bound], types: Types) -> Hashable:
    """What layers that are alike have in common; None where a value, such as a list, has no hash, or has a place.

    Values that are equal may still differ in their form, as `true` and 1 do.
    """
    found = [bound.value for bound in values.values()]
    kinds = [type(value) for value in found]
    key = (op.name, types, *values, *kinds, *found)
    try:
        hash(key)
    except TypeError:
        return None
    return None if Stated in kinds else key


def _written(attr: str, values: Mapping[str, Bound], attrs: Attrs) -> Span | None:
    """Where an attribute was written: at the call, or where the op was defined."""
    if attr in values:
        return values[attr].span
    stated = attrs.get(attr)
    return stated.span if isinstance(stated, Stated) else None
