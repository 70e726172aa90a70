"""A part of a network as a network of its own: what it reads are its inputs, what is read of it its outputs.

Its numbers are those that the whole network gives for these layers, so that parts add up to the whole.
"""

from itertools import groupby

from ..analysis.cost import subtotals
from ..analysis.cut import Cutter, Stretch, Subnetwork
from ..analysis.model import Analysis, Stage
from ..analysis.stages.titles import joined
from ..core.errors import Fault, OptionError, option
from ..core.numbers import share
from ..core.records import NamedTuple
from ..graph.model import Graph
from ..graph.select import Selected, required
from .said.glossary import glossary
from .texts import About
from .view import View, cost_of


class Only(NamedTuple):
    """What is drawn of a network: its parts, a line each; `whole` is all of them together, and `title` names it."""

    parts: tuple[Subnetwork, ...]
    whole: Subnetwork
    title: str


def only(graph: Graph, analysis: Analysis, glob: str) -> Only:
    """The parts that a pattern names. Raises OptionError, with what is near, where it names no layer.

    Groups with nothing but loose layers of the same list between them are one part, these included.
    """
    units = [unit for unit in required(graph, glob, option("only")) if unit.places]
    if not units:
        message = f"'{glob}' is an input or output of {graph.name}, no layer; name what is to be drawn"
        raise OptionError([Fault("ND628", message, where=option("only"))])
    cutter = Cutter(graph, analysis)
    runs = _runs(graph, units)
    # The title of a single unit or of neighbours (`4a–4e`), else the pattern.
    alone = len(units) == 1 or (len(runs) == 1 and all(unit.title for unit in units))
    title = runs[0].title or runs[0].id if alone else glob
    if len(runs) == 1:
        part = cutter.part(runs[0], title)
        return Only((part,), part, title)
    staged = [_staged(cutter.part(run, run.title or run.id), run) for run in runs]
    return Only(tuple(staged), _together(staged, title), title)


def _runs(graph: Graph, units: list[Selected]) -> list[Stretch]:
    """The stretches that units make, with nothing but loose nodes of their list between them."""
    rows: list[list[Selected]] = []
    for unit in sorted([piece for unit in units for piece in _pieces(unit)], key=lambda unit: unit.places[0]):
        if rows and _near(graph, rows[-1][-1], unit):
            rows[-1].append(unit)
        else:
            rows.append([unit])
    return [
        Stretch(row[0].id, joined([unit.title for unit in row]) or "", row[0].places[0], row[-1].places[-1] + 1)
        for row in rows
    ]


def _pieces(unit: Selected) -> list[Selected]:
    """A unit in its stretches: the nodes of a group need not stand together."""
    # In a stretch a node's position and its number grow alike.
    pieces = groupby(enumerate(unit.places), key=lambda pair: pair[1] - pair[0])
    return [unit._replace(places=tuple([place for _, place in piece])) for _, piece in pieces]


def _near(graph: Graph, one: Selected, other: Selected) -> bool:
    between = graph.nodes[one.places[-1] + 1 : other.places[0]]
    lists = not one.alone and not other.alone and one.parent == other.parent
    return not between or (lists and all(node.group == one.parent for node in between))


def _staged(part: Subnetwork, run: Stretch) -> Subnetwork:
    """A part that is one of several: one bracket tells its share of them."""
    nodes = tuple([node.id for node in part.graph.nodes])
    stage = Stage(id=run.id, kind="stage", title=None, nodes=nodes, total=part.analysis.total, resolution="")
    return part._replace(analysis=part.analysis._replace(stages=(stage,)))


def _together(parts: list[Subnetwork], title: str) -> Subnetwork:
    """All parts as one, for what is said of them together."""
    graphs, analyses = [part.graph for part in parts], [part.analysis for part in parts]
    graph = Graph(
        name=title,
        inputs=tuple([one for graph in graphs for one in graph.inputs]),
        nodes=tuple([node for graph in graphs for node in graph.nodes]),
        groups=tuple([group for graph in graphs for group in graph.groups]),
        outputs=tuple([one for graph in graphs for one in graph.outputs]),
    )
    nodes = {id: row for analysis in analyses for id, row in analysis.nodes.items()}
    groups = subtotals(graph, nodes)
    total = groups.pop("")
    stages = tuple([stage for analysis in analyses for stage in analysis.stages])
    lost = tuple([id for analysis in analyses for id in analysis.not_counted])
    unknown = tuple([id for analysis in analyses for id in analysis.unknown])
    whole = Analysis(nodes=nodes, groups=groups, stages=stages, total=total, not_counted=lost, unknown=unknown)
    return Subnetwork(graph, whole)


def about_part(about: About, chosen: Only, whole: Analysis, view: View) -> About:
    """What the figure says of itself: the part's name in its title, and in its caption what its totals are of."""
    words = glossary(view.lang)
    title = words.say("part.title", part=chosen.title, title=about.title)
    note = ""
    if view.cost != "none":
        own, all_of_it = (cost_of(total, view.cost) or 0 for total in (chosen.whole.analysis.total, whole.total))
        told = words.say("part.shares" if chosen.whole.analysis.stages else "part.totals")
        key, unit = "part.note" if all_of_it else "part.note.plain", words.say(f"unit.{view.cost}")
        note = words.say(key, told=told, share=share(own, all_of_it), unit=unit)
    return about._replace(title=title, note=note)
