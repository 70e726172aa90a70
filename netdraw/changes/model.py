"""What differs between two networks, before any format: one change a layer, group, input or output, and the totals."""

from __future__ import annotations

from typing import Any, Literal

from ..analysis.model import Analysis
from ..core.records import NamedTuple
from ..graph.model import Done, Graph, Reason

Kind = Literal["added", "removed", "moved", "changed", "renamed", "shape", "same"]
"""`shape` is a layer of which nothing was changed but what it reads, so that its shape or its cost is another."""
Level = Literal["input", "group", "layer", "output"]

SIGNS: dict[Kind, str] = {
    "added": "+", "removed": "−", "moved": "→", "changed": "~", "renamed": "→", "shape": "·", "same": " ",
}  # fmt: skip


class Side(NamedTuple):
    """One of the two: `label` tells it from the other; `settings` are the params that were given, `width=1.4`."""

    label: str
    title: str
    graph: Graph
    analysis: Analysis
    settings: str = ""
    source: str = ""


class Decision(NamedTuple):
    """What a residual rule did; `reason` tells why nothing was added."""

    done: Done
    reason: Reason | None = None


class Edit(NamedTuple):
    """One thing that differs, None where a side has none.

    `field` is an `attribute` of the op, or one of `op`, `block`, `id`, `title`, `behind` (what it follows), `inputs`,
    `shares`, `repeat`, `residual`, `shape`. Of `residual` both are Decisions, or the rules where these did the same.
    """

    field: str
    before: Any
    after: Any
    attribute: bool = False

    @property
    def part(self) -> str:
        """The field; "" for an attribute, which may have the name of any of them: the `shape` of a Reshape."""
        return "" if self.attribute else self.field

    @property
    def sides(self) -> tuple[Any, Any]:
        """Before and after."""
        return self.before, self.after


class Number(NamedTuple):
    """A count before and after; None where it is not counted."""

    before: int | None
    after: int | None

    @property
    def delta(self) -> int:
        """What came in addition; what is not counted is nothing."""
        return (self.after or 0) - (self.before or 0)


class Change(NamedTuple):
    """One layer, group, input or output. `before` and `after` are its ids; one is None where it was added or removed.

    `what` is its op or block. A group's numbers are those of the layers in it, before and after; of what both networks
    have, where it is in the group in both. Where it was added or removed, they are those of the layers that were.
    `within` is the id of the outermost group that was added or removed as a whole with it, else "".
    """

    kind: Kind
    level: Level
    before: str | None
    after: str | None
    what: str
    edits: tuple[Edit, ...] = ()
    params: Number = Number(0, 0)
    macs: Number = Number(0, 0)
    layers: Number = Number(0, 0)
    within: str = ""

    @property
    def id(self) -> str:
        """Its id, that in the second network where it has one there."""
        return self.after or self.before or ""

    @property
    def differs(self) -> bool:
        """Whether anything was done to it."""
        return self.kind not in ("shape", "same")


class TotalChange(NamedTuple):
    """The whole of both networks."""

    params: Number
    macs: Number
    layers: Number


class Diff(NamedTuple):
    """What differs between two networks; `rows` are all layers, groups, inputs and outputs of both, in order.

    The numbers of all rows that are layers add up to the difference of the totals.
    """

    before: Side
    after: Side
    rows: tuple[Change, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """What was added, removed, moved, changed or renamed."""
        return tuple(row for row in self.rows if row.differs)

    @property
    def consequences(self) -> tuple[Change, ...]:
        """The layers whose shape or cost is another only because of what they read."""
        return tuple(row for row in self.rows if row.kind == "shape" and row.level == "layer")

    @property
    def same(self) -> bool:
        """Whether nothing differs; titles, sources and names of networks do not count."""
        return not self.changes

    @property
    def totals(self) -> TotalChange:
        """Params, MACs and how many layers."""
        one, other = self.before.analysis.total, self.after.analysis.total
        layers = Number(len(self.before.graph.nodes), len(self.after.graph.nodes))
        return TotalChange(Number(one.params, other.params), Number(one.macs, other.macs), layers)
