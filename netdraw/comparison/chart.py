"""Networks as a chart: what is on its axes, which networks have no place on it, and how families are joined."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence

from ..analysis.model import BYTES
from ..charts.measures import MEASURES, Measure, measure, measured
from ..charts.model import Axis, Chart, Point, Series
from ..core.errors import Errors, Fault, OptionError, option
from ..diagram.said.glossary import Glossary, glossary, sentences
from ..diagram.texts import inputs
from ..diagram.view import View
from ..scene.model import Scene
from ..type.primitives import Group
from .base import Compared

Axes = tuple[Measure, Measure]
SOURCES, WITHOUT = 8, 12
"""So many sources, and networks that are left out, does a caption name."""
TELLING = 3
"""What titles begin with tells a family from so many characters on."""


def axes_of(x: str | None, y: str | None, cost: str, known: Mapping[str, Measure] = MEASURES) -> Axes:
    """What runs to the right and upwards; by default params against the cost.

    Raises OptionError for another word, and for one on both axes.
    """
    right = x or (cost if cost in ("macs", "flops") else "macs")
    errors = Errors()
    with errors:
        across = measure(right, "x", known)
    with errors:
        upwards = measure(y or "params", "y", known)
    errors.check()
    if across == upwards:
        other = option("x" if y == right and x is None else "y")
        message = f"both axes have {right}; choose another measure for one of them"
        raise OptionError([Fault("ND662", message, where=other)])
    return across, upwards


def lacking(networks: Sequence[Compared], axes: Axes) -> dict[str, list[Compared]]:
    """By measure, the networks that have none."""
    return {axis.name: [one for one in networks if _value(one, axis) is None] for axis in axes if axis.stated}


def left_out(networks: Sequence[Compared], axes: Axes) -> tuple[Fault, ...]:
    """A warning that names the networks without a place. Raises OptionError where none has one."""
    said = []
    for name, bare in lacking(networks, axes).items():
        axis = option("y" if axes[1].name == name else "x")
        if len(bare) == len(networks):
            message = (
                f"none of the networks states {name}; write results: {{{name}: 71.9, source: …}} into their specs,"
                f" or choose another {axis}"
            )
            raise OptionError([Fault("ND672", message, where=axis)])
        if bare:
            names = ", ".join(one.name for one in bare)
            message = f"not in the chart, since their specs state no {name}: {names}"
            said.append(Fault("ND674", message, where=axis, severity="warning"))
    return tuple(said)


def chart_of(networks: Sequence[Compared], axes: Axes, view: View) -> Chart:
    """The networks that have a value on both axes; the variants of one file are joined."""
    words = glossary(view.lang)
    bare = {one.name: one for few in lacking(networks, axes).values() for one in few}
    shown = [one for one in networks if one.name not in bare]
    families: dict[str, list[Compared]] = {}
    for one in shown:
        families.setdefault(one.family, []).append(one)
    several = {name: members for name, members in families.items() if len(members) > 1}
    loose = [members[0] for name, members in families.items() if name not in several]
    groups = [(members, True) for members in several.values()] + ([(loose, False)] if loose else [])
    labels = _labels(shown, axes)
    series = []
    for members, joined in groups:
        points = [Point(one.name, *_place(one, axes), labels[one.name]) for one in members]
        points.sort(key=lambda point: (point.x, point.y, point.id))
        series.append(Series(_named(members, words.say("chart.others")), tuple(points), joined))
    x, y = (words.say(f"measure.{axis.name}") for axis in axes)
    title = words.say("chart.against", y=y, x=x)
    title = f"{title[:1].upper()}{title[1:]}" if view.title else ""
    return Chart(
        title=title,
        x=Axis(x, axes[0].log),
        y=Axis(y, axes[1].log),
        series=tuple(series),
        caption=sentences(_caption(shown, list(bare.values()), axes, view)) if view.caption else "",
        description=words.say("chart.about", y=y, x=x, count=len(shown)),
    )


def _value(one: Compared, axis: Measure) -> float | None:
    return measured(one.analysis.total, one.results.top1 if one.results else None).by(axis)


def _place(one: Compared, axes: Axes) -> tuple[float, float]:
    x, y = (_value(one, axis) or 0 for axis in axes)
    return x, y


def _labels(networks: Sequence[Compared], axes: Axes) -> dict[str, str]:
    """By name, what stands beside a point: the title; the name where the title is that of another point before."""
    first: dict[str, tuple[float, float]] = {}
    found = {}
    for one in networks:
        place = _place(one, axes)
        found[one.name] = one.title if first.setdefault(one.title, place) == place else one.name
    return found


def _named(members: Sequence[Compared], others: str) -> str:
    """What the titles of a family begin with, by whole words; those that stand alone are `others`."""
    if len(members) == 1:
        return members[0].title
    if len({one.family for one in members}) > 1:
        return others
    titles = [one.title for one in members]
    common = os.path.commonprefix(titles)
    while common and any(title[len(common) :][:1].isalnum() for title in titles) and common[-1].isalnum():
        common = common[:-1]
    common = common.rstrip(" -–(@")
    return common if len(common) >= TELLING else members[0].family


def conventions(measures: Sequence[str], words: Glossary) -> list[str]:
    """What is counted as one of each measure, for those that need to be told."""
    said = [words.say(f"convention.{unit}") for unit in ("macs", "flops") if unit in measures]
    return [*said, words.say("cost.convention.memory", bytes=BYTES)] if "memory" in measures else said


def unlabelled(scene: Scene) -> tuple[Fault, ...]:
    """A warning where points have no label since there is no room; some may stand where an equal one has it."""
    points = [item.items for item in scene.items if isinstance(item, Group) and item.role == "point"]
    bare = sum(len(items) == 1 for items in points)
    if not bare:
        return ()
    message = f"{bare} of {len(points)} points have no label of their own, for there is no room: draw fewer, or wider"
    return (Fault("ND675", message, where=scene.title or "the chart", severity="warning"),)


def _caption(shown: Sequence[Compared], bare: Sequence[Compared], axes: Axes, view: View) -> list[str]:
    """What is counted, at which inputs, whose numbers the others are, and who is left out."""
    words = glossary(view.lang)
    said = [*conventions([axis.name for axis in axes], words), *_inputs(shown, view)]
    if any(axis.stated for axis in axes):
        sources = Counter(one.results.source for one in shown if one.results)
        named = [source for source, _ in sources.most_common()]
        said.append(words.say("chart.stated", sources=_few(named, SOURCES, "; ", words)))
    if bare:
        said.append(words.say("chart.without", names=_names([one.title for one in bare], words)))
    return said


def _inputs(shown: Sequence[Compared], view: View) -> list[str]:
    """The inputs, where they are not all the same: the rarest with their networks first, the others' last."""
    words, found = glossary(view.lang), dict[str, list[str]]()
    for one in shown:
        found.setdefault(inputs(one.graph, view), []).append(one.title)
    *rare, (usual, _) = sorted(found.items(), key=lambda item: len(item[1]))
    if not rare:
        return []
    told = [words.say("chart.input", size=size, names=_names(titles, words)) for size, titles in rare]
    told.append(words.say("chart.input.others", size=usual))
    return [words.say("chart.inputs", inputs=words.say("compare.semicolon").join(told))]


def _names(titles: Sequence[str], words: Glossary) -> str:
    return _few(list(dict.fromkeys(titles)), WITHOUT, words.say("compare.and"), words)


def _few(names: Sequence[str], most: int, between: str, words: Glossary) -> str:
    """The first of several, and how many more there are."""
    rest = len(names) - most
    return between.join([*names[:most], *([words.say("chart.more", count=rest)] if rest > 0 else [])])
