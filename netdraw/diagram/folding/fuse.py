"""Which nodes share a cell: norms and activations join the convolution, linear or add that they belong to.

A norm or activation joins the anchor before it when it is that node's only reader, else the anchor after it when that
is its only reader (pre-activation); an activation joins a norm that has a cell of its own. Nothing moves across the
border of a block instance, but a block that is a mere chain (ConvBNAct) has no border.
"""

from ...core.records import NamedTuple
from .index import Index


class Fused(NamedTuple):
    """By position. `owners` is the node that gives the cell its face; `ticks` are the nodes that have no cell."""

    owners: list[int]
    ticks: set[int]


def fuse(index: Index, pools: bool = False) -> Fused:
    """The owner of every node; one that joins no other owns itself. `pools` join the convolution before, too."""
    borders = _borders(index)
    scopes = [borders[node.group] for node in index.nodes]
    owners = list(range(len(index.nodes)))
    held: dict[int, set[str]] = {}
    ticks: set[int] = set()
    for place, op in enumerate(index.ops):
        sources = index.carried(place, index.sources[place])
        if len(sources) != 1:
            continue
        if op.fuse == "none" and index.face(place).category == "tick":
            ticks.add(place)
        elif sources[0] < 0:
            continue
        elif op.fuse == "anchor":
            _take_before(index, scopes, owners, place)
        elif index.readers[sources[0]] == 1 and scopes[sources[0]] == scopes[place]:
            if op.fuse != "none":
                _join(index, owners, held, place)
            elif pools and is_pool(index, place) and not is_pool(index, sources[0]):
                # Only a convolution's cell takes one, which then is no cell of its own.
                owner = owners[sources[0]]
                owners[place] = owner if index.face(owner).category == "conv" else place
    return Fused(owners, ticks)


def _join(index: Index, owners: list[int], held: dict[int, set[str]], place: int) -> None:
    """Joins the cell before, once as a norm and once as an activation; a norm's own cell takes activations only."""
    role, owner = index.ops[place].fuse, owners[index.sources[place][0]]
    holds, roles = index.ops[owner].fuse, held.setdefault(owner, set())
    if (holds == "anchor" or (holds == "norm" and role == "activation")) and role not in roles:
        roles.add(role)
        owners[place] = owner


def is_pool(index: Index, place: int) -> bool:
    """Whether a node is a pooling with a window that slides."""
    face = index.face(place)
    return face.category.startswith("pool.") and bool(face.size)


def _take_before(index: Index, scopes: list[str], owners: list[int], place: int) -> None:
    """Takes the norm and the activation before that have no anchor and no other reader."""
    roles: set[str] = set()
    at = index.sources[place][0]
    while at >= 0 and index.readers[at] == 1 and scopes[at] == scopes[place]:
        role = index.ops[at].fuse
        if role not in ("norm", "activation") or role in roles or index.ops[owners[at]].fuse == "anchor":
            return
        roles.add(role)
        owners[at] = place
        at = index.sources[at][0] if index.sources[at] else -1


def _borders(index: Index) -> dict[str, str]:
    """By group id: the innermost group around that fusing does not leave."""
    breaks = [0]
    for place, sources in enumerate(index.sources):
        breaks.append(breaks[-1] + (sources != (place - 1,) or place == 0 or index.readers[place - 1] != 1))
    borders = {"": ""}
    for group in index.graph.groups:
        span = index.spans.get(group.id)
        chain = span is not None and breaks[span[1]] == breaks[span[0] + 1]
        member = group.kind != "block" and group.member is not None
        own = group.residual is not None or member or (group.kind == "block" and not chain)
        borders[group.id] = group.id if own else borders[group.parent]
    return borders
