"""Checks on the whole graph."""

from __future__ import annotations

from ..core.errors import Faults
from .model import Node, Ref


def check_reached(nodes: list[Node], outputs: list[tuple[str, Ref]], faults: Faults) -> None:
    """Notes every dead end: a node that reaches no output, named by the last node of its path.

    Its cost would count and its figure would lie.
    """
    by_id = {node.id: node for node in nodes}
    reached: set[str] = set()
    stack = [ref.node for _, ref in outputs]
    while stack:
        id = stack.pop()
        if id in reached or id not in by_id:
            continue
        reached.add(id)
        node = by_id[id]
        stack.extend(ref.node for ref in node.inputs)
    read = {ref.node for node in nodes for ref in node.inputs}
    for node in nodes:
        if node.id not in reached and node.id not in read:
            message = f"'{node.id}' reaches no output; read it by `from`, name it under outputs, or leave it out"
            faults.add("ND405", message, node.span)
