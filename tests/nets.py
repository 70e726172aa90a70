"""Short ways to build networks in tests."""

from __future__ import annotations

from netdraw.core import resources
from netdraw.core.errors import Fault, Faults, Span
from netdraw.diagram.said.glossary import glossary
from netdraw.diagram.said.labels import reason_text
from netdraw.graph.builder import build
from netdraw.graph.model import Built, Graph, Node
from netdraw.ops import OPS
from netdraw.ops.base import total
from netdraw.spec.model import Const
from netdraw.spec.parser import parse

HEAD = "netdraw: 1\nname: net\n"
IMAGE = HEAD + "input: [3, 32, 32]\n"


def built(text: str, variant: str | None = None) -> Built:
    """The graph of a text and all faults, those of reading first; a text without a header gets one."""
    faults = Faults()
    spec = parse(text if "netdraw:" in text else IMAGE + text, "net.yaml", faults)
    if spec is None:
        return Built(Graph("net", (), (), (), ()), faults.sorted())
    result = build(spec, variant, noted=faults.items)
    return Built(result.graph, (*faults.sorted(), *result.faults))


def graph(text: str, variant: str | None = None) -> Graph:
    """The graph of a text without errors."""
    result = built(text, variant)
    assert errors(result) == []
    return result.graph


def zoo(file: str, variant: str | None = None, **settings: float) -> Graph:
    """The graph of a file of the zoo."""
    faults = Faults()
    spec = parse(resources.read_text(resources.path("specs", file + ".yaml")), f"specs/{file}.yaml", faults)
    assert spec is not None and not faults, faults.items
    result = build(spec, variant, {name: Const(value, Span("", 0, 0)) for name, value in settings.items()})
    assert errors(result) == []
    return result.graph


def errors(result: Built) -> list[str]:
    """The errors as the user sees them."""
    return [str(fault) for fault in result.faults if fault.severity == "error"]


def codes(text: str) -> list[str]:
    return [fault.code for fault in built(text).faults if fault.severity == "error"]


def node(net: Graph, id: str) -> Node:
    return next(node for node in net.nodes if node.id == id)


def shapes(net: Graph) -> dict[str, tuple[int, ...]]:
    """The shape of the first output of every node."""
    return {node.id: node.outputs[0].shape for node in net.nodes}


def wires(net: Graph) -> dict[str, list[str]]:
    """What every node reads."""
    return {node.id: [str(ref) for ref in node.inputs] for node in net.nodes}


def residuals(net: Graph) -> dict[str, tuple[str, str]]:
    """What was done, and why not, of every group with a rule."""
    words = glossary("en")
    return {group.id: (rule.done, reason_text(rule.reason, words)) for group in net.groups if (rule := group.residual)}


def costs(net: Graph) -> tuple[int, int]:
    """Params and MACs, by the ops' own rules; shared weights once."""
    from netdraw.graph.model import type_table

    types = type_table(net)
    params = macs = 0
    for item in net.nodes:
        op, inputs = OPS[item.op], tuple(types[ref] for ref in item.inputs)
        params += 0 if item.shares else total(op.params(item.attrs, inputs, item.outputs))
        macs += total(op.macs(item.attrs, inputs, item.outputs)) if op.macs else 0
    return params, macs


__all__ = ["Fault", "built", "codes", "costs", "errors", "graph", "node", "residuals", "shapes", "wires", "zoo"]
