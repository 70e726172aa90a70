"""What a network is, in one sentence for those who cannot see its figure: LEAST to LONGEST characters."""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping

from ...analysis.model import Analysis
from ...core.numbers import short
from ...core.records import NamedTuple
from ...graph.model import Graph, Group
from ...ops.base import Types
from ...ops.tensor import TensorType
from ..folding.fuse import When
from ..folding.fuse import activated as activations
from ..view import ShapeOrder
from .glossary import Glossary, glossary
from .labels import shape_text

LEAST, LONGEST = 80, 150

_TITLE = 60
"""What is kept of a title."""
_CLAUSE = LONGEST - LEAST
"""A clause and the sign before it have no more characters, so that below LEAST there is room for any other."""
_SHAPES = 18
"""The longest list of shapes."""
_NAMES = 3
"""Kinds of blocks, or of layers, that are named."""


class Clause(NamedTuple):
    """A part of the sentence. Those of less importance go first where there is no room; `place` is where it is read.

    What only fills the sentence up to LEAST says nothing of this network.
    """

    place: int
    text: str
    fills: bool = False


def alt_text(
    graph: Graph,
    analysis: Analysis,
    title: str,
    year: int | None = None,
    lang: str = "en",
    order: ShapeOrder = "chw",
    activated: Collection[When] | None = None,
) -> str:
    """`MobileNetV2 (2018): network from 3×224² to 1000; 17 InvertedResidual blocks; …; 3.50 M parameters, 301 M MACs.`

    Never more than LONGEST characters, never less than LEAST. `activated` says when each activation that shares a cell
    comes, where that is known already.
    """
    activated = activations(graph).values() if activated is None else activated
    words = glossary(lang)
    cut = title if len(title) <= _TITLE else title[: _TITLE - 1].rstrip() + "…"
    named = words.say("about.year", title=cut, year=year) if year else cut
    between = words.say("alt.between")
    kept: list[Clause] = []
    length = len(words.say("alt.whole", title=named, clauses="")) - len(between)
    for clause in _clauses(graph, analysis, words, order, list(activated).count("before")):
        more = len(between) + len(clause.text)
        if more <= _CLAUSE and length + more <= LONGEST and not (clause.fills and length >= LEAST):
            kept.append(clause)
            length += more
    return words.say("alt.whole", title=named, clauses=between.join([clause.text for clause in sorted(kept)]))


def _clauses(graph: Graph, analysis: Analysis, words: Glossary, order: ShapeOrder, early: int) -> Iterator[Clause]:
    """All that there is to say, the most important first; `alt.counted` and its like are always there."""
    total = analysis.total
    costs = costs_key(analysis.unknown, analysis.not_counted)
    yield Clause(6, words.say(costs, params=short(total.params), macs=short(total.macs)))
    types = {name: (kind,) for name, kind in graph.inputs} | {node.id: node.outputs for node in graph.nodes}
    yield Clause(0, _flow(graph, types, words, order))
    blocks = Counter([group.block for group in _blocks(graph) if group.block]).most_common()
    if blocks:
        yield Clause(1, _counted("blocks", blocks, words))
    if early:
        yield Clause(3, words.say(f"alt.before{'.one' if early == 1 else ''}", count=early))
    done = [group.residual.done for group in graph.groups if group.residual]
    if done:
        yield Clause(2, words.say("alt.adds", adds=len(done) - done.count("none"), blocks=len(done)))
    stages = len([stage for stage in analysis.stages if stage.kind == "stage"])
    one = ".one" if stages == 1 else ""
    yield Clause(4, words.say(f"about.layers{one}", count=len(graph.nodes), stages=stages))
    weighty = Counter(_categories(graph, analysis, types)).most_common()
    if weighty:
        yield Clause(5, _counted("layers", [(words.cell(name), count) for name, count in weighty], words))
    for place, key in enumerate(("counted", "computed", "learned"), 7):
        yield Clause(place, words.say(f"alt.{key}"), fills=True)


def costs_key(unknown: object, not_counted: object) -> str:
    """The key of the words for the totals, of which something may be missing: of the parameters, of the MACs."""
    if unknown:
        return "about.costs.unknown" if not_counted else "about.costs.params"
    return "about.costs.least" if not_counted else "about.costs"


def _flow(graph: Graph, types: Mapping[str, Types], words: Glossary, order: ShapeOrder) -> str:
    """From the inputs to the outputs."""

    def shapes(what: str, kinds: list[TensorType]) -> str:
        """By their shapes; by their number where these are too long."""
        text = words.say("alt.list").join([shape_text(kind, order) for kind in kinds])
        return text if len(text) <= _SHAPES else words.say(f"alt.{what}{'' if kinds[1:] else '.one'}", count=len(kinds))

    start = shapes("inputs", [kind for _, kind in graph.inputs])
    end = shapes("outputs", [types[node][port] for _, (node, port) in graph.outputs])
    return words.say("alt.flow", start=start, end=end)


def _blocks(graph: Graph) -> Iterator[Group]:
    """The outermost calls of blocks that have a structure: neither mere chains of layers, nor mere repeats."""
    below: dict[str, list[Group]] = {}
    for group in graph.groups:
        below.setdefault(group.parent, []).append(group)
    inside: set[str] = set()
    for group in graph.groups:  # parents stand before their children
        members = below.get(group.id, [])
        # One may only say how often another is there: a row of its own block's members, a block of repeats.
        repeats = any(member.kind == "repeat" or member.block == group.block for member in members)
        if group.parent in inside:
            inside.add(group.id)
        elif group.block and group.kind in ("block", "row") and members and not repeats:
            inside.add(group.id)
            yield group


def _categories(graph: Graph, analysis: Analysis, types: Mapping[str, Types]) -> Iterator[str]:
    """The main category of every layer that costs something."""
    found: dict[Hashable, str] = {}
    for node in [node for node in graph.nodes if analysis.nodes[node.id].macs]:
        inputs = tuple([types[ref.node][ref.port] for ref in node.inputs])
        key = node.key(inputs)
        if key not in found:
            found[key] = node.definition.face(node.attrs, inputs, node.outputs).category.partition(".")[0]
        yield found[key]


def _counted(what: str, counts: list[tuple[str, int]], words: Glossary) -> str:
    """`4 InceptionB, 3 InceptionA, 4 other blocks`: as many names as there is room for."""
    many = ".one" if len(counts) == counts[0][1] == 1 else ""
    for shown in range(min(len(counts), _NAMES), -1, -1):
        parts = [words.say("alt.one", count=count, name=name) for name, count in counts[:shown]]
        others = sum(count for _, count in counts[shown:])
        if others:
            parts.append(words.say("alt.others" if parts else "alt.all", count=others))
        text = words.say(f"alt.{what}{many}", kinds=words.say("alt.list").join(parts))
        if len(text) < _CLAUSE - 2:
            break
    return text
