"""What a network costs: a side table by node id, subtotals by group, and what was not counted."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..core.records import NamedTuple
from ..ops.base import Rational

BYTES = 4
"""Of one element of an activation: a float of 32 bits."""


class Figures(NamedTuple):
    """The numbers of one node. `params` is 0 where weights are shared; `macs` is None where the op has no rule.

    `activations` counts the elements of all outputs. `receptive_field` and `stride` are per spatial axis, unclipped,
    the largest over paths; None after a global pool or Flatten.
    """

    params: int
    macs: int | None
    activations: int
    receptive_field: tuple[int, ...] | None
    stride: tuple[Rational, ...] | None


class Subtotal(NamedTuple):
    """The sum over the nodes of a group, nested ones included."""

    params: int = 0
    macs: int = 0
    activations: int = 0


def subtotal(rows: Sequence[Figures]) -> Subtotal:
    """The sum over nodes; what is not counted is left out."""
    macs, activations = sum([row.macs or 0 for row in rows]), sum([row.activations for row in rows])
    return Subtotal(sum([row.params for row in rows]), macs, activations)


class Stage(NamedTuple):
    """A run of nodes that a figure brackets and a comparison aligns; `kind` is `stem`, `stage` or `head`.

    `id` is the group's where there is one, else the first node's; `resolution` the total stride at its end, as text.
    """

    id: str
    kind: str
    title: str | None
    nodes: tuple[str, ...]
    total: Subtotal
    resolution: str


class Analysis(NamedTuple):
    """Costs live beside the graph. One MAC is one multiply-add; convolutions and linear layers count.

    The MACs of `not_counted` are in no sum, nor the parameters of `unknown`: nodes of which they are not stated, whose
    rule failed, or which read one of these.
    """

    nodes: Mapping[str, Figures]
    groups: Mapping[str, Subtotal]
    stages: tuple[Stage, ...]
    total: Subtotal
    not_counted: tuple[str, ...]
    unknown: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "nodes": {
                key: {**row._asdict(), "stride": None if row.stride is None else [str(step) for step in row.stride]}
                for key, row in self.nodes.items()
            },
            "groups": {key: row._asdict() for key, row in self.groups.items()},
            "stages": [{**row._asdict(), "total": row.total._asdict()} for row in self.stages],
            "total": self.total._asdict(),
            "not_counted": list(self.not_counted),
            "unknown": list(self.unknown),
        }
