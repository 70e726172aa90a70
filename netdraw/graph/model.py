"""The built network: nodes in topological order, a tree of groups, named inputs and outputs. No cost, no looks."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any, Literal

from ..core.errors import Fault, Span
from ..core.records import NamedTuple
from ..ops.base import OPS, OpDef, Rational
from ..ops.tensor import UNKNOWN, TensorType


class Ref(NamedTuple):
    """One output of a node (or an input of the network, whose id is its name)."""

    node: str
    port: int = 0

    def __str__(self) -> str:
        return f"{self.node}:{self.port}" if self.port else self.node


class Node(NamedTuple):
    """One op. `group` is the id of the innermost group, "" at the top; `shares` the node whose weights it uses.

    `title` is the name or label to show, `own` the definition of an op that the file defines itself.
    """

    id: str
    op: str
    attrs: Mapping[str, Any]
    inputs: tuple[Ref, ...]
    outputs: tuple[TensorType, ...]
    group: str = ""
    span: Span | None = None
    shares: str | None = None
    title: str | None = None
    own: OpDef | None = None

    @property
    def definition(self) -> OpDef:
        return self.own or OPS[self.op]

    def key(self, inputs: tuple[TensorType, ...]) -> Hashable:
        """What nodes of one graph that are alike have in common: the builder gives those the same attributes."""
        return self.op, id(self.attrs), inputs

    def to_dict(self) -> dict[str, Any]:
        row = self._asdict()
        del row["span"], row["own"]
        attrs = {key: list(value) if isinstance(value, tuple) else value for key, value in self.attrs.items()}
        inputs, outputs = [str(ref) for ref in self.inputs], [type_to_dict(output) for output in self.outputs]
        return {**row, "attrs": attrs, "inputs": inputs, "outputs": outputs}


Done = Literal["add", "project", "none"]


def _plain(number: "Rational | None") -> int | str | None:
    """For JSON, which knows no fractions."""
    return number if number is None or isinstance(number, int) else str(number)


class Reason(NamedTuple):
    """Why a block cannot add what it reads to what it gives, in numbers: the first of these that is in the way.

    `values` are the stride along each axis; else the channels, or the sizes along each axis, before and behind it.
    """

    kind: Literal["stride", "channels", "sizes"]
    values: "tuple[tuple[Rational | None, ...], ...]"

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "values": [[_plain(one) for one in value] for value in self.values]}


class Residual(NamedTuple):
    """What a residual rule did: `reason` tells why nothing was added, where something could have been.

    `needs` tells the same of a projection: why the identity would not do.
    """

    rule: str
    done: Done
    reason: Reason | None = None
    add: str | None = None
    """The id of the node that adds, where one does."""
    needs: Reason | None = None
    written: str = ""
    """The expression that gave the rule, where it is not written itself."""

    def to_dict(self) -> dict[str, Any]:
        row = self._asdict()
        del row["written"]
        return row | {key: row[key] and row[key].to_dict() for key in ("reason", "needs")}


Kind = Literal["block", "layers", "stages", "row", "repeat", "parallel", "branch", "heads", "shortcut", "after"]


class Group(NamedTuple):
    """A written structure: a block call, a group, stages and their rows, a repeat, a parallel and its branches.

    `member` is its place in a repeat, None outside one. `title` is the name or label to show.
    """

    id: str
    kind: Kind
    block: str | None = None
    title: str | None = None
    parent: str = ""
    member: int | None = None
    residual: Residual | None = None
    span: Span | None = None
    cells: tuple[tuple[str, str, Any], ...] = ()
    """Of a row: for each column its letter, the attribute that it sets, and the value that this was set to."""

    def to_dict(self) -> dict[str, Any]:
        row = self._asdict()
        del row["span"], row["cells"]
        row["residual"] = self.residual.to_dict() if self.residual else None
        return row


class Graph(NamedTuple):
    """A network. `inputs` and `outputs` are in written order; the chain's end is the output `output`."""

    name: str
    inputs: tuple[tuple[str, TensorType], ...]
    nodes: tuple[Node, ...]
    groups: tuple[Group, ...]
    outputs: tuple[tuple[str, Ref], ...]

    def type_of(self, ref: Ref) -> TensorType:
        """The type of a value; linear in the size of the graph: stages that ask often keep a table."""
        return type_table(self).get(ref, UNKNOWN)

    def to_dict(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "inputs": {name: type_to_dict(kind) for name, kind in self.inputs},
            "nodes": [node.to_dict() for node in self.nodes],
            "groups": [group.to_dict() for group in self.groups],
            "outputs": {name: str(ref) for name, ref in self.outputs},
        }


class Built(NamedTuple):
    """What the builder hands over: a graph, and every fault that was found on the way."""

    graph: Graph
    faults: tuple[Fault, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"graph": self.graph.to_dict(), "faults": [str(fault) for fault in self.faults]}


def type_to_dict(kind: TensorType) -> dict[str, Any] | None:
    """A type for JSON; None for the type of a node whose rule failed."""
    return {"shape": list(kind.shape), "axes": kind.axes, "dtype": kind.dtype} if kind.known else None


def type_table(graph: Graph) -> dict[Ref, TensorType]:
    """The type of every value by its reference."""
    table = {Ref(name): kind for name, kind in graph.inputs}
    for node in graph.nodes:
        for port, kind in enumerate(node.outputs):
            table[Ref(node.id, port)] = kind
    return table


def free_title(item: Node | Group) -> str:
    """The title of a layer or group, where its id does not end in it; behind it a member of a repeat has its number."""
    if item.title is None:
        return ""
    path, _, last = item.id.rpartition(".")
    said = path.rpartition(".")[2] if last.isdecimal() else last
    return "" if item.title == said else item.title


def around(groups: Mapping[str, Group], id: str) -> Iterator[str]:
    """A group and those around it, innermost first; nothing for ""."""
    while id:
        yield id
        id = groups[id].parent
