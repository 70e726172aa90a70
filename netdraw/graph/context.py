"""What all parts of the builder share, and where in the graph a layer is built."""

from collections.abc import Callable, Mapping

from ..core.errors import Faults, Span
from ..core.records import NamedTuple
from ..ops.base import Attrs, Types
from ..spec.library import in_library
from ..spec.model import Common, Layer
from ..spec.names import Names
from .model import Group, Kind, Node, Ref
from .state import State
from .values import Bound, Env, Evaluator
from .wiring import Chain, Wiring


class Place(NamedTuple):
    """Where layers go: the prefix of their ids (`stages.1.0.`) and the id of their group, "" at the top."""

    prefix: str
    group: str

    def inside(self, id: str) -> "Place":
        """The place in the group of that id."""
        return Place(id + ".", id)


class Expansion(NamedTuple):
    """A block that is being expanded: its name, the id of this instance, and where it was called."""

    block: str
    id: str
    span: Span


class Site(NamedTuple):
    """One member of a layer about to be built: what it reads, its id, and its place in a repeat."""

    common: Common
    sources: list[Ref]
    env: Env
    chain: Chain
    place: Place
    id: str
    member: int | None = None
    kind: Kind = "block"
    """What a block's group is: `row` where a row of stages is a single call."""

    @property
    def inside(self) -> Place:
        """The place of what it holds."""
        return self.place.inside(self.id)

    def group(self, kind: Kind, block: str | None = None) -> Group:
        """The group that it opens; a bracket shows its label, else its name."""
        title, parent, span = self.common.label or self.common.name, self.place.group, self.common.span
        return Group(id=self.id, kind=kind, block=block, title=title, parent=parent, member=self.member, span=span)

    def node(self, op: str, inputs: tuple[Ref, ...], attrs: Attrs, outputs: Types) -> Node:
        """The node that it becomes; its title is found as a group's is."""
        title, group, span = self.common.label or self.common.name, self.place.group, self.common.span
        node = Node(id=self.id, op=op, attrs=attrs, inputs=inputs, outputs=outputs, group=group, span=span, title=title)
        own = self.env.names_of.ops.get(op)
        return node._replace(own=own) if own is not None else node


ListBuilder = Callable[[tuple[Layer, ...], Env, Chain, Place], Ref]
"""Builds a list of layers in its place; gives the list's end. Handed to whatever holds lists."""


class Context:
    """One run of the builder."""

    def __init__(self, names: Names, faults: Faults) -> None:
        self.names = names
        self.faults = faults
        self.state = State(faults)
        self.evaluator = Evaluator(names, faults)
        self.wiring = Wiring(faults)
        self.file: Mapping[str, Bound] = {}
        """The params of the file, evaluated; blocks of the file see them, library blocks do not."""
        self.defaults: Mapping[str, dict[str, Bound]] = {}
        """The file's `defaults`, by name, evaluated in its scope."""
        self.unfit: set[str] = set()
        """What the file defines in place of the library's and that does not take what is handed to that."""
        self.calls: list[Expansion] = []
        """The blocks that are being expanded, outermost first."""
        faults.locate = self._locate

    def _locate(self, span: Span, message: str) -> tuple[Span, str]:
        """A fault inside a block belongs to a call: one in a library block is shown at the user's own call of it."""
        if not self.calls:
            return span, message
        if not in_library(span):
            inner = self.calls[-1]
            return span, f"{message} (in {inner.id}, called in line {inner.span.line})" if inner.span.line else message
        for call in reversed(self.calls):
            if not in_library(call.span):
                return call.span, f"{message} (in {call.block})"
        return span, message
