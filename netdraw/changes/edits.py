"""What differs between the two of a pair: attributes, shapes, weights, and the decisions of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..diagram.said.glossary import glossary
from ..diagram.said.labels import reason_text
from ..graph.model import Group, Node
from ..ops import OPS
from ..ops.base import Follow
from ..tables.summary.report import DECISIONS
from .model import Edit


def of_nodes(one: Node, other: Node) -> Iterator[Edit]:
    """What was changed of a layer itself: op, attributes, label."""
    if one.op != other.op:
        yield Edit("op", one.op, other.op)
        mine, its = stated(one), stated(other)
    else:
        mine, its = one.attrs, other.attrs
    for name in dict.fromkeys((*mine, *its)):
        before, after = mine.get(name, one.attrs.get(name)), its.get(name, other.attrs.get(name))
        if before != after:
            yield Edit(name, before, after)
    if one.label != other.label:
        yield Edit("title", one.label, other.label)


def stated(node: Node) -> Mapping[str, Any]:
    """The attributes that are not the op's defaults."""
    found = {}
    for attr in OPS[node.op].attrs:
        value = node.attrs.get(attr.name)
        default = node.attrs.get(attr.default.name) if isinstance(attr.default, Follow) else attr.default
        if attr.name in node.attrs and value != default:
            found[attr.name] = value
    return found


def shapes(one: Node, other: Node) -> Iterator[Edit]:
    """What it gives."""
    if one.outputs != other.outputs:
        yield Edit("shape", one.outputs, other.outputs)


def weights(one: Node, other: Node, names: Mapping[str, str]) -> Iterator[Edit]:
    """Whose weights it uses."""
    if (one.shares and names.get(one.shares)) != other.shares or bool(one.shares) != bool(other.shares):
        yield Edit("shares", one.shares, other.shares)


def of_groups(one: Group, other: Group, repeats: tuple[int, int]) -> Iterator[Edit]:
    """What was changed of a group itself; `repeats` are how often each repeats what it holds, 1 where it does not."""
    if one.block != other.block and "repeat" not in (one.kind, other.kind):
        yield Edit("block", what(one), what(other))
    if repeats[0] != repeats[1]:
        yield Edit("repeat", *repeats)
    if one.title != other.title:
        yield Edit("title", one.title, other.title)
    rules = [group.residual and (group.residual.rule, group.residual.done) for group in (one, other)]
    if rules[0] != rules[1]:
        yield Edit("residual", *_decisions(one, other))


def what(group: Group) -> str:
    """The block that a group is, or the word of the language."""
    return group.block or _WORDS.get(group.kind, group.kind)


_WORDS = {"layers": "group"}


def _decisions(one: Group, other: Group) -> tuple[str | None, str | None]:
    """What the rules did; the rules themselves where they did the same."""
    done = _decision(one), _decision(other)
    if done[0] != done[1] or one.residual is None or other.residual is None:
        return done
    return one.residual.rule, other.residual.rule


def _decision(group: Group) -> str | None:
    """`adds its input`, `no add (stride 2)`; None where it has no rule."""
    done = group.residual
    if done is None or not (done.reason or done.add):
        return None
    return DECISIONS[done.done] if done.add else f"no add ({reason_text(done.reason, glossary('en'))})"
