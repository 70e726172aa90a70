"""What differs between the two of a pair: attributes, shapes, weights, and the decisions of groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..graph.model import Group, Node, free_title
from ..tables.summary.phrases import stated
from .model import Decision, Edit


def of_nodes(one: Node, other: Node, names: Mapping[str, str]) -> Iterator[Edit]:
    """What was changed of a layer itself: op, attributes, title, whose weights it uses.

    `names` are those in the other network of what both have.
    """
    mine, its = dict(one.attrs), dict(other.attrs)
    if one.op != other.op:
        yield Edit("op", one.op, other.op)
        mine, its = stated(one), stated(other)
    for name in dict.fromkeys((*mine, *its)):
        before, after = mine.get(name, one.attrs.get(name)), its.get(name, other.attrs.get(name))
        if before != after:
            yield Edit(name, before, after, attribute=True)
    titles = free_title(one), free_title(other)  # another name is another id
    if titles[0] != titles[1]:
        yield Edit("title", titles[0] or None, titles[1] or None)
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
        done = _decision(one), _decision(other)
        if done[0] == done[1] and one.residual and other.residual:
            yield Edit("residual", one.residual.rule, other.residual.rule)
        else:
            yield Edit("residual", *done)


def what(group: Group) -> str:
    """The block that a group is, or the word of the language."""
    return group.block or ("group" if group.kind == "layers" else group.kind)


def _decision(group: Group) -> Decision | None:
    """What its rule decided; None where it has none."""
    done = group.residual
    if done is None or not (done.reason or done.add):
        return None
    return Decision(done.done) if done.add else Decision("none", done.reason)
