"""One node or group in full: its rule, and its formulas with their numbers put in."""

from __future__ import annotations

from ..analysis.model import Analysis, Subtotal
from ..analysis.sharing import find_sharing, whose
from ..core.errors import Fault, OptionError, did_you_mean
from ..core.numbers import grouped, least
from ..diagram.said.glossary import glossary
from ..diagram.said.labels import reason_text
from ..graph.model import Graph, Group, Node, Ref, type_table
from ..ops.base import Cost, Types, total
from ..ops.tensor import TensorType
from ..spec.library import in_library
from ..tables.summary.phrases import attributes
from ..tables.summary.report import decision

Pairs = list[tuple[str, str]]


def explain(graph: Graph, analysis: Analysis, id: str) -> str:
    """The text for the node, group or input of that id; raises OptionError, with the nearest, where there is none."""
    types = type_table(graph)
    for node in graph.nodes:
        if node.id == id:
            return _text(node.id, node.op, _node(graph, analysis, node, types))
    for group in graph.groups:
        if group.id == id:
            return _text(group.id, group.block or group.kind, _group(graph, analysis, group, types))
    for name, kind in graph.inputs:
        if name == id:
            readers = _readers(graph, [name])
            return _text(name, "input", [("shape", _shape(kind)), ("read by", ", ".join(readers))])
    ids = [node.id for node in graph.nodes] + [group.id for group in graph.groups] + [name for name, _ in graph.inputs]
    raise OptionError([Fault("ND012", f"{graph.name} has no layer or group '{id}'{_hint(id, ids)}", where=id)])


def _hint(id: str, ids: list[str]) -> str:
    """The nearest ids; those that end so, where it is the tail of some."""
    tails = [one for one in ids if one.endswith("." + id)]
    if tails:
        more = f" and {len(tails) - 3} more" if len(tails) > 3 else ""
        return f"; there are {', '.join(tails[:3])}{more}"
    hint = did_you_mean(id, ids)
    return hint if hint.startswith("; did") else f"; it begins with {', '.join(ids[:3])}"


def _text(id: str, what: str, pairs: Pairs) -> str:
    """A title, and labels in a column of their own; a text of several lines stays in its column."""
    width = max(len(label) for label, _ in pairs)
    lines = [f"{id}  {what}"]
    for label, text in pairs:
        first, *rest = text.split("\n")
        lines.append(f"  {label:{width}}  {first}")
        lines += [f"  {'':{width}}  {line}" for line in rest]
    return "\n".join([*lines, ""])


def _node(graph: Graph, analysis: Analysis, node: Node, types: dict[Ref, TensorType]) -> Pairs:
    op, row = node.definition, analysis.nodes[node.id]
    inputs: Types = tuple(types[ref] for ref in node.inputs)
    pairs = [("is", op.doc), ("title", node.title or ""), ("attributes", attributes(node))]
    pairs += [("input", f"{_shape(kind)}, from {ref}") for ref, kind in zip(node.inputs, inputs, strict=True)]
    pairs += [("output", _shape(kind)) for kind in node.outputs]
    pairs.append(("shape rule", "\n".join(op.formula(node.attrs, inputs, node.outputs)) or _plain_rule(inputs, node)))
    params, macs = op.params(node.attrs, inputs, node.outputs), op.counted(node.attrs, inputs, node.outputs)
    shared = f"0, since they are those of {node.shares}: " if node.shares else ""
    pairs.append(("params", shared + _cost(params)))
    pairs.append(("shared with", ", ".join(_sharers(graph, node))))
    pairs.append(("MACs", _cost(macs) if macs is not None or op.macs else "not counted: the op has no rule"))
    pairs.append(("FLOPs", f"2 × MACs = {grouped(2 * row.macs)}" if row.macs else ""))
    if row.receptive_field:  # one of tokens has no axes
        stride = "" if row.stride is None else f", stride {'×'.join(map(str, row.stride))} in the input"
        pairs.append(("receptive field", f"{'×'.join(map(str, row.receptive_field))}{stride}"))
    pairs.append(("activations", f"{grouped(row.activations)} elements"))
    pairs.append(("read by", ", ".join(_readers(graph, [node.id]))))
    return [*(pair for pair in pairs if pair[1]), *_place(graph, node)]


def _plain_rule(inputs: Types, node: Node) -> str:
    """The words for an op without a formula, where they are sure."""
    return "output = input" if len(set(inputs)) == 1 and set(node.outputs) == set(inputs) else ""


def _cost(cost: Cost | None) -> str:
    """Named products, the same with numbers, and their sum: `kernel × out = 3 × 8 = 24`; terms with names in lines."""
    if cost is None:
        return "not counted: not stated"
    if not cost:
        return "0"
    if len(cost) > 1 and any(term.name for term in cost):
        lines = [f"{term.name}: {_cost((term,))}" for term in cost]
        return "\n".join([*lines, f"{' + '.join(grouped(term.value) for term in cost)} = {grouped(total(cost))}"])
    names = " + ".join(" × ".join(name for name, _ in term.factors) for term in cost)
    numbers = " + ".join(" × ".join(grouped(factor) for _, factor in term.factors) for term in cost)
    whole = grouped(total(cost))
    return " = ".join([names, whole] if numbers == whole else [names, numbers, whole])


def _group(graph: Graph, analysis: Analysis, group: Group, types: dict[Ref, TensorType]) -> Pairs:
    members = _members(graph, group.id)
    inside = {node.id for node in members}
    sources = dict.fromkeys(ref for node in members for ref in node.inputs if ref.node not in inside)
    whole = analysis.groups.get(group.id, Subtotal())
    pairs = [("title", group.title or "")]
    pairs += [("input", f"{_shape(types[ref])}, from {ref}") for ref in sources]
    pairs.append(("output", _shape(members[-1].outputs[0]) if members else ""))
    pairs.append(("residual", _residual(graph, group, types)))
    uncounted = [id for id in analysis.not_counted if id in inside]
    sign = least(uncounted)
    learned = least(not inside.isdisjoint(analysis.unknown)) + grouped(whole.params)
    pairs += [("params", learned + _not_own(graph, analysis, group.id, members)), *_shared(graph, analysis, group.id)]
    pairs.append(("MACs", sign + grouped(whole.macs)))
    pairs.append(("FLOPs", f"2 × MACs = {sign}{grouped(2 * whole.macs)}" if whole.macs else ""))
    pairs.append(("not counted", ", ".join(uncounted)))
    pairs.append(("holds", ", ".join(_children(graph, group.id))))
    pairs.append(("read by", ", ".join(_readers(graph, [node.id for node in members]))))
    return [*(pair for pair in pairs if pair[1]), *_place(graph, group)]


def _sharers(graph: Graph, node: Node) -> list[str]:
    """The other nodes with the weights of one."""
    owner = node.shares or node.id
    return [one.id for one in graph.nodes if owner in (one.id, one.shares) and one is not node]


def _not_own(graph: Graph, analysis: Analysis, id: str, members: list[Node]) -> str:
    """Why a group has fewer parameters than its layers need; "" where all weights are its own."""
    inside = {node.id for node in members}
    others = [node.shares for node in members if node.shares and node.shares not in inside]
    if not others:
        return ""
    owner = whose(graph, find_sharing(graph, analysis)).get(id)
    if owner:
        return f", since they are those of {owner}"
    return f", since {len(others)} of its layers use weights of others: {', '.join(dict.fromkeys(others))}"


def _shared(graph: Graph, analysis: Analysis, id: str) -> Pairs:
    """The groups that have a group's weights, too."""
    found = [one for one in find_sharing(graph, analysis) if id in (one.owner, *one.users)]
    return [("shared with", ", ".join([other for other in (one.owner, *one.users) if other != id])) for one in found]


def _residual(graph: Graph, group: Group, types: dict[Ref, TensorType]) -> str:
    """The rule, what it did, and why; empty where there is none."""
    residual = group.residual
    if residual is None:
        return ""
    rule = f"{residual.written} gives {residual.rule}" if residual.written else residual.rule
    if residual.rule == "none":
        return f"{rule}, so no add"
    said = f"{rule}: {decision(group)}"
    if residual.add is None:
        return said
    main, shortcut = next(node for node in graph.nodes if node.id == residual.add).inputs
    if residual.done == "add":
        why = "the stride is 1 and the shapes are equal" if residual.rule != "always" else "the shapes are equal"
        return f"{said}, since {why}\n{residual.add} = {main} + {shortcut}, {types[main]} each"
    way = next(one.id for one in graph.groups if one.parent == group.id and one.kind == "shortcut")
    steps = ", ".join(node.id for node in _members(graph, way))
    added = f"{residual.add} = {main} + {shortcut}"
    needs = reason_text(residual.needs, glossary("en"))
    return f"{said}, since {needs}\nshortcut: {steps}, gives {types[shortcut]}\n{added}"


def _members(graph: Graph, id: str) -> list[Node]:
    """The nodes in a group, those of nested groups included."""
    around = {id}
    for group in graph.groups:  # parents stand before their children
        if group.parent in around:
            around.add(group.id)
    return [node for node in graph.nodes if node.group in around]


def _children(graph: Graph, id: str) -> list[str]:
    """The last segments of what stands directly in a group, in order."""
    below = [group.id for group in graph.groups if group.parent == id]
    below += [node.id for node in graph.nodes if node.group == id]
    order = {node.id: place for place, node in enumerate(graph.nodes)}
    first = {one: min((order[node.id] for node in _members(graph, one)), default=order.get(one, 0)) for one in below}
    return [one.removeprefix(id + ".") for one in sorted(below, key=lambda one: first[one])]


def _readers(graph: Graph, ids: list[str]) -> list[str]:
    """What reads any of these from outside: layers, and the outputs of the network."""
    wanted = set(ids)
    others = (node for node in graph.nodes if node.id not in wanted)
    layers = [node.id for node in others if any(ref.node in wanted for ref in node.inputs)]
    return layers + [f"the output '{name}'" for name, ref in graph.outputs if ref.node in wanted]


def _shape(kind: TensorType) -> str:
    return f"{kind} ({', '.join(kind.axes)})" if kind.known else "?"


def _place(graph: Graph, item: Node | Group) -> Pairs:
    """Where it is written; for a part of a library block the user's own call of it too."""
    if item.span is None or not item.span.line:
        return []
    pairs = [("written at", str(item.span))]
    groups = {group.id: group for group in graph.groups}
    at: Group | None = groups.get(item.group if isinstance(item, Node) else item.parent)
    while at is not None and in_library(item.span):
        if at.span is not None and at.span.line and not in_library(at.span):
            return [*pairs, ("called at", str(at.span))]
        at = groups.get(at.parent)
    return pairs
